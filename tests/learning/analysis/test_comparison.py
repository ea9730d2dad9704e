"""Two runs beside each other: what differs, and whether that is more than luck."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.errors import RunError
from studio.learning import trainer
from studio.learning.analysis import comparison
from studio.learning.analysis.comparison import ComparedRun
from studio.learning.snapshot import FrozenImage, Snapshot
from studio.storage import runs
from tests.learning import scenes

LABELS = (Label("a", "ant", "#000000", 0), Label("b", "bee", "#ffffff", 1))


def image(number: int, split: Split, tag: str = "a") -> FrozenImage:
    return FrozenImage(number, f"/{number}.png", f"{number}.png", "", 8, 8, split, (tag,))


def compared_run(number: int, right: list[bool], **config: object) -> ComparedRun:
    judged = {
        position: {
            "id": position,
            "badness": 0.5,
            "truth": {"scores": {"ant": 1.0}},
            "prediction": {"scores": {"ant" if hit else "bee": 0.9}},
        }
        for position, hit in enumerate(right)
    }
    learned = [image(1000 + position, Split.TRAIN) for position in range(10)]
    images = (*(image(position, Split.VAL) for position in judged), *learned)
    return ComparedRun(
        number, Task.CLASSIFY, config, Snapshot(Task.CLASSIFY, LABELS, images),
        {"accuracy": float(np.mean(right))}, judged,
    )  # fmt: skip


def test_a_clear_gain_is_no_noise_and_its_mean_is_the_gain_in_accuracy() -> None:
    first = compared_run(1, [position % 2 == 0 for position in range(100)])
    second = compared_run(2, [position % 10 != 0 for position in range(100)])
    gain = comparison.quality(first, second)
    assert gain is not None
    assert gain.mean == pytest.approx(second.metrics["accuracy"] - first.metrics["accuracy"])
    assert 0 < gain.low < gain.mean < gain.high and not gain.is_noise
    back = comparison.quality(second, first)
    assert back is not None and back.mean == pytest.approx(-gain.mean)


def test_the_interval_is_that_of_the_normal_distribution_for_many_images() -> None:
    random = np.random.default_rng(3)
    first, second = (compared_run(n, list(random.random(2000) < 0.7)) for n in (1, 2))
    gain = comparison.quality(first, second)
    assert gain is not None
    hits = [
        [each["prediction"]["scores"].get("ant", 0) > 0 for each in run.images.values()]
        for run in (first, second)
    ]
    gains = np.array(hits[1], float) - np.array(hits[0], float)
    error = gains.std() / len(gains) ** 0.5
    assert gain.low == pytest.approx(gains.mean() - 1.96 * error, abs=0.15 * error)
    assert gain.high == pytest.approx(gains.mean() + 1.96 * error, abs=0.15 * error)


def test_one_image_more_of_twenty_is_within_noise() -> None:
    first = compared_run(1, [True] * 15 + [False] * 5)
    second = compared_run(2, [True] * 16 + [False] * 4)
    gain = comparison.quality(first, second)
    assert gain is not None and gain.mean == pytest.approx(0.05) and gain.is_noise


def test_a_handful_of_images_proves_nothing() -> None:
    def gain(count: int) -> bool:
        found = comparison.quality(
            compared_run(1, [False] * count), compared_run(2, [True] * count)
        )
        assert found is not None and found.mean == 1.0
        return not found.is_noise

    assert not gain(1) and not gain(9) and gain(10)


def test_runs_are_compared_after_their_images_were_moved() -> None:
    first, second = (compared_run(number, [True] * 4) for number in (1, 2))
    for each in (*first.images.values(), *second.images.values()):
        each["truth"]["file"] = f"/{'old' if each in first.images.values() else 'new'}/a.png"
    gain = comparison.quality(first, second)
    assert gain is not None and gain.images == 4


def test_images_that_one_run_learned_from_or_that_were_relabelled_do_not_count() -> None:
    first, second = compared_run(1, [True] * 6), compared_run(2, [False] * 6)
    learned = tuple(
        replace(each, split=Split.TRAIN) if each.id == 0 else each for each in second.data.images
    )
    second = replace(second, data=replace(second.data, images=learned))
    truth = {"scores": {"bee": 1.0}}
    second = replace(second, images=dict(second.images) | {1: second.images[1] | {"truth": truth}})
    gain = comparison.quality(first, second)
    assert gain is not None and (gain.images, gain.left_out) == (4, 2)
    assert comparison.quality(first, replace(second, images={})) is None


def test_what_changed_in_settings_and_data() -> None:
    first = compared_run(1, [True] * 4, lr=0.1, epochs=5, workers=0)
    second = compared_run(2, [True] * 5, lr=0.2, epochs=5, workers=4, ema=True)
    assert comparison.settings(first, second) == {"ema": (None, True), "lr": (0.1, 0.2)}
    assert comparison.data(first, first).is_none
    images = tuple(
        image(each.id, Split.TRAIN if each.id == 1 else each.split, "b" if each.id == 2 else "a")
        for each in second.data.images
        if each.id != 3
    )
    labels = (LABELS[0], Label("c", "wasp", "#123456", 1))
    second = replace(second, data=replace(second.data, images=images, labels=labels))
    found = comparison.data(first, second)
    assert (found.added, found.removed, found.relabelled, found.moved) == (1, 1, 1, 1)
    assert (found.new_classes, found.lost_classes) == (("wasp",), ("bee",))


def test_real_runs_are_read_from_their_folders(project) -> None:
    for lr in (0.001, 0.003):
        list(trainer.train(project, scenes.config(Task.CLASSIFY, lr=lr), scenes.never))
    first, second = (comparison.load(runs.find(project, number)) for number in (1, 2))
    assert comparison.settings(first, second) == {"lr": (0.001, 0.003)}
    gain = comparison.quality(first, second)
    assert gain is not None and gain.images == len(first.images) and gain.left_out == 0
    (runs.find(project, 1) / runs.CONFIG).write_text("[")
    with pytest.raises(RunError, match="cannot be compared"):
        comparison.load(runs.find(project, 1))
