"""The preview shows what training gets."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from studio.domain.project import Split
from studio.domain.runs import Task
from studio.learning.adapter import Sample
from studio.learning.data.reading import Pictures
from studio.learning.events import Ended, ImagePredicted
from studio.learning.preview import preview
from studio.learning.readiness import dataset
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from studio.storage.reader import Reader
from studio.vision import rle
from tests.learning import scenes


def shown(project: Path, task: Task, folder: Path, draw: int = 0, **changes: object) -> list[dict]:
    config = scenes.config(task, **changes)
    told = list(preview(project, config, folder, 4, draw, scenes.never))
    assert told[-1] == Ended("finished")
    return [dict(event.prediction) for event in told[:-1] if isinstance(event, ImagePredicted)]


def pixels(prediction: dict) -> np.ndarray:
    found = cv2.imdecode(np.fromfile(prediction["file"], np.uint8), cv2.IMREAD_COLOR)
    assert found is not None and found.shape == (prediction["height"], prediction["width"], 3)
    return found[..., ::-1]


def bright(rgb: np.ndarray) -> np.ndarray:
    """Where the drawn object is, whatever its colour: (H, W) bool."""
    spread = rgb.max(axis=2).astype(int) - rgb.min(axis=2)
    return spread > 90


def agreement(first: np.ndarray, second: np.ndarray) -> float:
    return float((first & second).sum() / max(1, (first | second).sum()))


@pytest.mark.parametrize("task", [Task.DETECT, Task.INSTANCES, Task.SEGMENT])
def test_what_is_drawn_lies_on_what_is_seen(project, tmp_path, task):
    changes = {"flip_vertical": 0.5, "quarter_turns": 0.5}
    found = shown(project, task, tmp_path / "seen", augmentation="medium", **changes)
    assert len(found) == 4
    for prediction in found:
        [each] = prediction["objects"]
        there = bright(pixels(prediction))
        assert each["label"] in scenes.NAMES and each["score"] == 1.0
        if task is Task.DETECT:
            x0, y0, width, height = each["bbox"]
            rows, columns = np.nonzero(there)
            assert abs(columns.min() - x0) < 2.5 and abs(columns.max() + 1 - x0 - width) < 2.5
            assert abs(rows.min() - y0) < 2.5 and abs(rows.max() + 1 - y0 - height) < 2.5
        else:
            assert agreement(rle.decode_bitmap(each["segmentation"]) > 0, there) > 0.85


def test_a_blend_names_both_its_classes(project, tmp_path):
    found = shown(project, Task.CLASSIFY, tmp_path / "seen", cutmix=1.0)
    assert len(found) == 4
    for prediction in found:
        assert sum(prediction["scores"].values()) == pytest.approx(1, abs=0.01)
    assert any(len(prediction["scores"]) == 2 for prediction in found)


def test_a_turned_image_shows_what_is_not_known(project, tmp_path):
    found = shown(project, Task.SEGMENT, tmp_path / "seen", rotation_deg=40.0)
    ignored = [each["ignore"] for prediction in found for each in prediction["objects"]]
    assert any(ignored) and not all(ignored)


def test_it_is_the_very_image_that_training_gets(project, tmp_path):
    config = scenes.config(Task.DETECT, augmentation="strong", noise=0.1)
    with Reader.open(project) as reader:
        frozen = dataset.freeze(reader, config.task, config.seed, config.val_fraction)
    pictures = Pictures(
        frozen.of(Split.TRAIN), adapter_for(ModelSpec.of(config, frozen)),
        config.augmentation, config.seed,
    )  # fmt: skip
    trained = [pictures[1, position] for position in range(len(frozen.of(Split.TRAIN)))]
    images = [each.image.permute(1, 2, 0).numpy() for each in trained if isinstance(each, Sample)]
    changes = {"augmentation": "strong", "noise": 0.1}
    for prediction in shown(project, Task.DETECT, tmp_path / "seen", **changes):
        assert any(np.array_equal(pixels(prediction), image) for image in images)


def test_another_draw_shows_other_images(project, tmp_path):
    first, again, other = (
        [pixels(each) for each in shown(project, Task.CLASSIFY, tmp_path / str(n), draw=draw)]
        for n, draw in enumerate((0, 0, 1))
    )
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(first, other, strict=True))
