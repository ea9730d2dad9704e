"""Which runs are points of one curve, what they tell, and the parts that measure one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import RunState, Task
from studio.learning import snapshot, trainer
from studio.learning.analysis import learning_curve
from studio.learning.analysis.comparison import ComparedRun
from studio.learning.events import EpochEnded, Event
from studio.learning.readiness import dataset, nested_subsets
from studio.learning.snapshot import FrozenImage, Snapshot
from studio.storage import runs
from studio.storage.reader import Reader
from tests.learning import scenes

LABELS = (Label("a", "ant", "#000000", 0), Label("b", "bee", "#ffffff", 1))
CONFIG = {"model": "small_cnn", "weights": "pretrained", "image_size": 64, "tile_size": 0}


def image(number: int, split: Split, tag: str = "a") -> FrozenImage:
    return FrozenImage(number, f"/{number}.png", f"{number}.png", "", 8, 8, split, (tag,))


def run(
    number: int, images: int, figure: float, judged: range = range(20), **config: object
) -> ComparedRun:
    learned = (image(1000 + each, Split.TRAIN) for each in range(images))
    seen = {each: {"truth": {"scores": {"ant": 1.0}, "file": str(number)}} for each in judged}
    images_ = (*learned, *(image(each, Split.VAL) for each in judged))
    data = Snapshot(Task.CLASSIFY, LABELS, images_)
    return ComparedRun(
        number, Task.CLASSIFY, CONFIG | config, data, {"accuracy": figure, "macro_f1": 0.5}, seen
    )


def curve(*compared_runs: ComparedRun, more: int = 50) -> learning_curve.Curve:
    return learning_curve.of(compared_runs, Task.CLASSIFY, more)


def test_halving_the_error_with_each_doubling_goes_on_so() -> None:
    found = curve(run(1, 20, 0.6), run(2, 40, 0.8), run(3, 80, 0.9))
    assert found.why is None and found.law is not None and found.gain is not None
    assert found.metric == "accuracy"
    assert [point.images for point in found.points] == [20, 40, 80]
    gain = found.gain
    assert (gain.labelled, gain.learned) == (50, 40)  # a fifth of them judges
    assert gain.now == pytest.approx(0.9)
    assert gain.then == pytest.approx(1 - 8 / 120)
    assert gain.low == pytest.approx(gain.high) == pytest.approx(gain.then)


def test_runs_that_scatter_too_much_tell_nothing() -> None:
    found = curve(run(1, 20, 0.5), run(2, 40, 0.9), run(3, 80, 0.8))
    assert found.gain is None and found.law is None and "scatter too much" in str(found.why)


def test_luck_widens_the_interval_to_either_side() -> None:
    found = curve(run(1, 20, 0.6), run(2, 40, 0.79), run(3, 80, 0.9))
    assert found.gain is not None
    assert 0 <= found.gain.low < found.gain.then < found.gain.high <= 1


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ((), "No finished run"),
        ((40,), "and there is one"),
        ((40, 80), "labelling about 25 more images"),
        ((40, 50, 60), "labelling about 27 more images"),  # to 80, a fifth or so judging
    ],
)
def test_what_cannot_be_told_says_what_is_missing(sizes: tuple[int, ...], said: str) -> None:
    found = curve(*(run(n, size, 0.5 + n / 10) for n, size in enumerate(sizes)))
    assert found.law is None and found.gain is None
    assert found.why is not None and said in str(found.why)


def test_an_error_that_does_not_fall_promises_nothing() -> None:
    found = curve(run(1, 20, 0.9), run(2, 40, 0.8), run(3, 80, 0.8))
    assert found.gain is None and "not made it better" in str(found.why)


def test_a_handful_of_validation_images_shows_no_difference() -> None:
    judged = range(5)
    found = curve(*(run(n, 20 * 2**n, 0.5 + n / 10, judged) for n in range(3)))
    assert found.gain is None and "5 validation images only" in str(found.why)


def test_a_perfect_run_counts_as_half_an_image_wrong() -> None:
    found = curve(run(1, 20, 0.6), run(2, 40, 0.8), run(3, 80, 1.0))
    assert found.points[-1].error == 0.5 / 20 and found.gain is not None


def test_only_runs_of_one_kind_are_points_of_a_curve() -> None:
    same = [run(n, 20 * 2**n, 0.5 + n / 10, epochs=n + 1, lr=n / 10) for n in range(3)]
    others = [
        run(4, 60, 0.1, model="resnet18"),
        run(5, 60, 0.1, image_size=128),
        run(6, 60, 0.1, weights="scratch"),
        run(7, 60, 0.1, range(500, 520)),
        replace(run(8, 60, 0.1), data=replace(run(8, 60, 0.1).data, labels=LABELS[:1])),
        replace(run(9, 60, 0.1), images={}),
    ]
    found = curve(*same, *others)
    assert [point.run for point in found.points] == [0, 1, 2] and found.gain is not None


def test_validation_images_may_have_grown_but_not_been_learned_from() -> None:
    grown = [run(n, 20 * 2**n, 0.5 + n / 10, range(10 * 2**n)) for n in range(3)]
    assert len(curve(*grown).points) == 3
    leaked = replace(grown[0].data, images=(*grown[0].data.images, image(5, Split.TRAIN)))
    fewer = curve(replace(grown[0], data=leaked), *grown[1:])
    assert len(fewer.points) == 3  # nine of ten are left to judge by
    moved = (image(each, Split.TRAIN) for each in range(10))
    leaked = replace(grown[0].data, images=tuple(moved))
    assert len(curve(replace(grown[0], data=leaked), *grown[1:]).points) == 2


def test_nobody_looks_further_than_twice_the_images() -> None:
    found = curve(run(1, 10, 0.5), run(2, 20, 0.7), run(3, 40, 0.8), more=500)
    assert found.gain is not None and (found.gain.learned, found.gain.labelled) == (40, 60)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=60), st.integers(0, 9))
def test_parts_are_nested_and_show_the_classes_evenly(tags: list[int], seed: int) -> None:
    learned = [image(n, Split.TRAIN, "abcd"[tag]) for n, tag in enumerate(tags)]
    data = Snapshot(Task.CLASSIFY, LABELS, (*learned, image(999, Split.VAL)))
    parts = [nested_subsets.thinned(data, part, seed) for part in (0.25, 0.5, 0.75, 1.0)]
    assert parts[-1] is data
    chosen = [{each.id for each in part.of(Split.TRAIN)} for part in parts]
    assert all(less <= more for less, more in pairwise(chosen))
    assert [len(each) for each in chosen[:3]] == [
        max(1, round(part * len(tags))) for part in (0.25, 0.5, 0.75)
    ]
    assert all(len(part.of(Split.VAL)) == 1 and part.labels == LABELS for part in parts)
    counts, half = Counter(tags), Counter(tags[each] for each in chosen[1])
    if len(chosen[1]) >= len(counts):
        assert all(half[tag] >= 1 for tag in counts)
    assert all(abs(half[tag] - counts[tag] / 2) <= 2 for tag in counts)
    again = replace(data, images=tuple(reversed(data.images)))
    assert {each.id for each in nested_subsets.thinned(again, 0.5, seed).of(Split.TRAIN)} == chosen[
        1
    ]


def test_a_part_is_learned_from_and_the_run_can_be_resumed(project: Path) -> None:
    """Paused after its first epoch, it goes on with the same images, and keeps its note."""
    config = scenes.config(Task.CLASSIFY, train_part=0.4)
    events: list[Event] = []

    def heard() -> str:
        return "pause" if any(isinstance(each, EpochEnded) for each in events) else ""

    for event in trainer.train(project, config, heard, "some of them"):
        events.append(event)
    folder = runs.find(project, 1)
    part = snapshot.read(folder)
    list(trainer.train(project, scenes.config(Task.CLASSIFY), scenes.never))
    whole = snapshot.read(runs.find(project, 2))
    assert len(part.of(Split.TRAIN)) == round(0.4 * len(whole.of(Split.TRAIN)))
    assert part.of(Split.VAL) == whole.of(Split.VAL) and part.labels == whole.labels
    assert set(part.of(Split.TRAIN)) < set(whole.of(Split.TRAIN))
    assert runs.read_note(folder) == "some of them"
    paused = runs.read(folder)
    assert paused is not None and paused.state is RunState.PAUSED
    with Reader.open(project) as reader:
        data = dataset.readiness(reader)[Task.CLASSIFY]
    plan = scenes.config(Task.CLASSIFY)
    left = learning_curve.steps_left(project, plan, data)
    assert [(step.part, step.run) for step in left] == [(0.25, 0), (0.4, 1), (0.65, 0)]
    other = learning_curve.steps_left(project, plan.changed({"epochs": 3}), data)
    assert [(step.part, step.run) for step in other] == [(part, 0) for part in (0.25, 0.4, 0.65, 1)]
    list(trainer.resume(project, 1, scenes.never))
    left = learning_curve.steps_left(project, plan, data)
    assert [step.part for step in left] == [0.25, 0.65]
    assert snapshot.read(folder) == part
    points = learning_curve.estimate(project, Task.CLASSIFY).points
    assert [(point.run, point.part) for point in points] == [(1, 0.4), (2, 1.0)]
