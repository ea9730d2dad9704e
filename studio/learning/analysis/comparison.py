"""How two runs differ: settings, data, and whether one is really better.

Two models judged on the same images are compared image by image (a paired test), and the mean
difference gets a confidence interval from the bootstrap: the images are drawn again and again,
with replacement, and the middle 95% of the means is the interval (Efron and Tibshirani 1993,
chapter 13). Where it holds zero, the difference is within noise.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from studio.domain.project import Split
from studio.domain.runs import Task
from studio.errors import RunError
from studio.learning import snapshot
from studio.learning.snapshot import FrozenImage, Snapshot
from studio.storage import runs

RESAMPLES = 4000
CONFIDENCE = 0.95
CHUNK = 200
"""Resamples drawn at a time, so that memory stays small."""

LEAST_IMAGES = 10
"""Of fewer the bootstrap's interval is too narrow: by chance alone all may differ one way."""

NOT_COMPARED = frozenset({"workers", "device", "cache_images", "compile", "tensorboard"})
"""Settings that make no difference to what is learned."""


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """One run with what it left to compare; ``images`` is its report's list, {} without one."""

    number: int
    task: Task
    config: Mapping[str, Any]
    data: Snapshot
    metrics: Mapping[str, float]
    images: Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better the second run is than the first, image by image, in parts of 1.

    ``low`` to ``high`` is the 95% interval of ``mean``. ``images`` were judged by both and
    learned from by neither; ``left_out`` were judged by one only, were learned from by the other,
    or have been labelled differently since.
    """

    mean: float
    low: float
    high: float
    images: int
    left_out: int

    @property
    def is_noise(self) -> bool:
        """Whether it may as well be none."""
        return self.tells_nothing or self.low <= 0 <= self.high

    @property
    def tells_nothing(self) -> bool:
        """Whether there are too few images for the interval to mean anything."""
        return self.images < LEAST_IMAGES

    @property
    def is_none(self) -> bool:
        """Whether both are as right on every single image."""
        return self.low == self.high == self.mean == 0


@dataclass(frozen=True, slots=True)
class DataDifference:
    """What the second run learned from and the first did not, in images and classes."""

    added: int
    removed: int
    relabelled: int
    moved: int
    new_classes: tuple[str, ...]
    lost_classes: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        """Whether both saw the same."""
        return not any(
            (self.added, self.removed, self.relabelled, self.moved, self.new_classes,
             self.lost_classes)
        )  # fmt: skip


def load(folder: Path) -> ComparedRun:
    """What there is to compare of the run in ``folder``.

    Raises:
        RunError: the run's files are missing or damaged.
    """
    run = runs.read(folder)
    report = runs.evaluation_path(folder, Split.VAL)
    try:
        config = json.loads((folder / runs.CONFIG).read_text(encoding="utf-8"))
        judged = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
        if run is None or not isinstance(config, dict):
            raise ValueError
        return ComparedRun(
            number=run.number,
            task=run.task,
            config=config,
            data=snapshot.read(folder),
            metrics=run.metrics,
            images={int(image["id"]): image for image in judged.get("images", ())},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError(
            "Run {run} cannot be compared: its files are damaged.", run=folder.name
        ) from error


def settings(first: ComparedRun, second: ComparedRun) -> dict[str, tuple[Any, Any]]:
    """Settings that differ: ``{name: (first's, second's)}``, None where one has no such."""
    names = sorted((first.config.keys() | second.config.keys()) - NOT_COMPARED)
    pairs = {name: (first.config.get(name), second.config.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def data(first: ComparedRun, second: ComparedRun) -> DataDifference:
    """What changed in the data between two runs."""
    before = {image.id: image for image in first.data.images}
    after = {image.id: image for image in second.data.images}
    both = before.keys() & after.keys()
    names = [[label.name for label in each.data.labels] for each in (first, second)]
    return DataDifference(
        added=len(after.keys() - both),
        removed=len(before.keys() - both),
        relabelled=sum(_said(before[each]) != _said(after[each]) for each in both),
        moved=sum(before[each].split is not after[each].split for each in both),
        new_classes=tuple(name for name in names[1] if name not in names[0]),
        lost_classes=tuple(name for name in names[0] if name not in names[1]),
    )


def quality(first: ComparedRun, second: ComparedRun, seed: int = 0) -> Difference | None:
    """How much better the second is than the first; None where no image can tell."""
    common = fair(first, second)
    if not common:
        return None
    gains = np.array([_right(second, each) - _right(first, each) for each in common])
    random = np.random.default_rng(seed)
    means = np.concatenate(
        [random.choice(gains, (CHUNK, len(gains))).mean(axis=1) for _ in range(RESAMPLES // CHUNK)]
    )
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, (tail, 1 - tail))
    judged = len(first.images.keys() | second.images.keys())
    return Difference(
        float(gains.mean()), float(low), float(high), len(common), judged - len(common)
    )


def fair(first: ComparedRun, second: ComparedRun) -> list[int]:
    """Ids of the images that both were judged on by the same truth and neither learned from."""
    learned = {
        image.id
        for each in (first, second)
        for image in each.data.images
        if image.split is Split.TRAIN
    }
    both = sorted((first.images.keys() & second.images.keys()) - learned)
    return [each for each in both if _truth(first, each) == _truth(second, each)]


def _truth(run: ComparedRun, image: int) -> dict[str, Any]:
    """What was true of an image, wherever its file lay."""
    return {name: value for name, value in run.images[image]["truth"].items() if name != "file"}


def _right(run: ComparedRun, image: int) -> float:
    """How right a run was on an image, 0 to 1.

    For exclusive classes 1 if the best one is right, so that the mean is the accuracy; F1 of the
    objects for detect and instances; mean IoU of the classes there for segment.
    """
    judged = run.images[image]
    if run.task is Task.CLASSIFY and not run.data.multi_label:
        return float(next(iter(judged["prediction"]["scores"]), "") in judged["truth"]["scores"])
    return 1.0 - float(judged["badness"])


def _said(image: FrozenImage) -> tuple[object, ...]:
    return (image.tags, image.truths, image.unknown)
