"""The result of an evaluation, parsed once at the border."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.domain.runs import Task
from studio.errors import RunError

Prediction = Mapping[str, Any]

COLUMNS: Mapping[Task, tuple[str, ...]] = {
    Task.CLASSIFY: ("precision", "recall", "f1", "support"),
    Task.DETECT: ("map50", "map", "precision", "recall", "support"),
    Task.INSTANCES: ("mask_map50", "mask_map", "precision", "recall"),
    Task.SEGMENT: ("iou", "dice", "pixels"),
    Task.KEYPOINTS: ("oks_map50", "pck", "precision", "recall"),
}
"""The numbers of each class, in order of interest, by their names in the file."""


@dataclass(frozen=True, slots=True)
class ClassRow:
    """The numbers of one class; ``label_id`` is "" for background."""

    label: str
    label_id: str
    numbers: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts by true class (rows) and predicted class (columns): images, or pixels."""

    labels: tuple[str, ...]
    matrix: tuple[tuple[int, ...], ...]

    def part(self, row: int, column: int) -> float:
        """The part of the true class ``row`` that was called ``column``, 0..1."""
        total = sum(self.matrix[row])
        return self.matrix[row][column] / total if total else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One image of the split: ``badness`` 0 (right) to 1, what is true and what was predicted."""

    id: int
    file: Path
    badness: float
    truth: Prediction
    prediction: Prediction


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What ``evaluation-<split>.json`` holds; ``images`` are worst first."""

    task: Task
    split: str
    metrics: Mapping[str, float]
    per_class: tuple[ClassRow, ...]
    confusion: Confusion | None
    images: tuple[Judged, ...]


def load(path: Path) -> Evaluation:
    """Read an evaluation.

    Raises:
        RunError: it cannot be read.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        task = Task(value["task"])
        return Evaluation(
            task=task,
            split=str(value["split"]),
            metrics={name: float(number) for name, number in value["metrics"].items()},
            per_class=tuple(_row(row, COLUMNS[task]) for row in value["per_class"]),
            confusion=_confusion(value.get("confusion") or {}),
            images=tuple(_judged(item) for item in value["images"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(
            "{file} cannot be read: {reason}. Evaluate the run again.", file=path, reason=error
        ) from error


def _row(value: Mapping[str, Any], columns: Sequence[str]) -> ClassRow:
    numbers = {name: value[name] for name in columns if name in value}
    return ClassRow(str(value["label"]), str(value.get("label_id", "")), numbers)


def _confusion(value: Mapping[str, Any]) -> Confusion | None:
    if not value.get("labels"):
        return None
    matrix = tuple(tuple(int(count) for count in row) for row in value["matrix"])
    return Confusion(tuple(map(str, value["labels"])), matrix)


def _judged(value: Mapping[str, Any]) -> Judged:
    return Judged(
        id=int(value["id"]),
        file=Path(value["file"]),
        badness=float(value["badness"]),
        truth=value["truth"],
        prediction=value["prediction"],
    )


def called(prediction: Prediction) -> str:
    """The class that a classifier names, "" where there is none."""
    scores: Mapping[str, float] = prediction.get("scores") or {}
    return max(scores, key=lambda name: scores[name], default="")


def shows(judged: Judged, confusion: Confusion, row: int, column: int) -> bool:
    """Whether an image belongs to a cell of the confusion matrix.

    For a classifier: it is of class ``row`` and was called ``column``. For pixels: both classes
    occur, one in the truth and the other in the prediction.
    """
    true, found = confusion.labels[row], confusion.labels[column]
    if "scores" in judged.prediction:
        return called(judged.truth) == true and called(judged.prediction) == found
    return _has(judged.truth, true) and _has(judged.prediction, found)


def _has(prediction: Prediction, label: str) -> bool:
    names = {each["label"] for each in prediction.get("objects") or ()}
    return label in names or label == "background"


def concerns(judged: Judged, label: str) -> bool:
    """Whether a class occurs in an image's truth or prediction."""
    if "scores" in judged.prediction:
        return label in (called(judged.truth), called(judged.prediction))
    return _has(judged.truth, label) or _has(judged.prediction, label)
