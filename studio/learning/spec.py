"""What a trained model needs to be used again: ``model.json`` beside its weights. No torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.domain.labels import Label
from studio.domain.runs import Task
from studio.errors import RunError
from studio.learning import balance
from studio.learning.config import TrainConfig
from studio.learning.snapshot import Snapshot
from studio.storage import runs

VERSION = 1
DEFAULT_THRESHOLD = 0.5

MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)
"""ImageNet's, per RGB channel of 0..1: what all published weights expect."""


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model's classes (in the order of its outputs), preprocessing and threshold.

    ``threshold`` is the score from which a prediction is shown unless the user says otherwise.
    ``class_weights`` are for training alone, by output, and () where all classes count the same.
    ``places`` are what keypoints are called, in the order of their outputs; ``places_of`` says
    which of them the objects of a label have, by its id.
    """

    task: Task
    config: TrainConfig
    labels: tuple[Label, ...]
    multi_label: bool = False
    grey: Mapping[str, str] = field(default_factory=dict)
    threshold: float = DEFAULT_THRESHOLD
    class_weights: tuple[float, ...] = ()
    places: tuple[str, ...] = ()
    places_of: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, config: TrainConfig, snapshot: Snapshot) -> ModelSpec:
        """The spec of a model trained on ``snapshot``."""
        # Every pixel has a class, however unsure.
        threshold = 0.0 if config.task is Task.SEGMENT else DEFAULT_THRESHOLD
        return cls(
            task=config.task,
            config=config,
            labels=snapshot.labels,
            multi_label=snapshot.multi_label,
            grey=dict(snapshot.grey or {}),
            threshold=threshold,
            class_weights=balance.class_weights(snapshot, config.class_weights),
            places=snapshot.places,
            places_of=snapshot.places_of_labels(),
        )


def write(folder: Path, spec: ModelSpec) -> None:
    """Write ``model.json`` in a run's folder."""
    fit = "crop" if spec.task is Task.CLASSIFY else "longer_side"
    value: dict[str, Any] = {
        "version": VERSION,
        "task": spec.task,
        "architecture": spec.config.model,
        "labels": [
            {"id": label.id, "name": label.name, "color": label.color} for label in spec.labels
        ],
        "multi_label": spec.multi_label,
        "image_size": spec.config.image_size,
        "preprocessing": {"color": "RGB", "resize": fit, "mean": MEAN, "std": STD},
        "grey": dict(spec.grey),
        "thresholds": {"score": spec.threshold},
        "config": spec.config.to_json(),
    }
    if spec.places:
        value["places"] = list(spec.places)
        value["places_of"] = {label: list(places) for label, places in spec.places_of.items()}
    runs.write_json(folder / runs.MODEL, value)


def read(folder: Path) -> ModelSpec:
    """The spec in a run's folder.

    Raises:
        RunError: the run has no model (yet), or its description is damaged or newer than us.
    """
    try:
        value: dict[str, Any] = json.loads((folder / runs.MODEL).read_text(encoding="utf-8"))
        if value["version"] > VERSION:
            raise RunError(
                "Run {run} was made by a newer Vision Studio; please update.", run=folder.name
            )
        return ModelSpec(
            task=Task(value["task"]),
            config=TrainConfig.from_json(value["config"]),
            labels=tuple(
                Label(item["id"], item["name"], item["color"], position)
                for position, item in enumerate(value["labels"])
            ),
            multi_label=bool(value["multi_label"]),
            grey=dict(value["grey"]),
            threshold=float(value["thresholds"]["score"]),
            places=tuple(value.get("places", ())),
            places_of={k: tuple(v) for k, v in value.get("places_of", {}).items()},
        )
    except FileNotFoundError as error:
        raise RunError("Run {run} holds no trained model.", run=folder.name) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(
            "The model of run {run} cannot be read: {reason}.", run=folder.name, reason=error
        ) from error
