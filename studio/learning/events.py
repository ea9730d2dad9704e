"""What a job tells while it works: frozen values that travel as one JSON object a line.

The trainer, the evaluator and the predictor are generators of these; the worker writes them, the
window's thread reads them back, the command line prints them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from studio.errors import Sentence


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The run's folder exists and its data set is frozen.

    ``resumed_epoch`` is the epoch in which an earlier run goes on, 0 for a new one.
    """

    run: int
    folder: str
    task: str
    model: str
    device: str
    epochs: int
    steps_per_epoch: int
    train_images: int
    val_images: int
    resumed_epoch: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a phase other than training has got; ``total`` is 0 while unknown, as is ``eta_s``.

    ``phase`` is one of ``prepare``, ``check``, ``download``, ``load``, ``features``, ``evaluate``,
    ``predict``, ``export``, ``measure``. ``unit`` is ``image`` or ``byte``.
    """

    phase: str
    done: int
    total: int
    unit: str = "image"
    detail: str = ""
    eta_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know; ``level`` is ``info`` or ``warning``."""

    level: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class StepDone:
    """One optimizer step. ``step`` counts from 1 over the whole run.

    ``elapsed_s`` is how long the run has learned and judged, without what was loaded before.
    """

    epoch: int
    step: int
    steps: int
    loss: float
    lr: float
    images_per_s: float
    eta_s: float
    elapsed_s: float = 0.0


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """One pass and its validation. ``epoch`` counts from 1; ``metrics`` by public name."""

    epoch: int
    train_loss: float
    val_loss: float | None
    metrics: Mapping[str, float]
    best: bool
    elapsed_s: float
    eta_s: float
    epochs_without_improvement: int = 0


@dataclass(frozen=True, slots=True)
class SamplesDrawn:
    """Predictions of the present model on a few fixed validation images.

    ``path`` is a JSON file, relative to the run's folder: a list of predictions as ``studio
    predict --json`` prints them, with the image's absolute path under ``file``.
    """

    epoch: int
    path: str


@dataclass(frozen=True, slots=True)
class ImagePredicted:
    """The predictions on one image, as ``studio predict --json`` prints them.

    Keys: ``file``, ``width``, ``height``, and ``scores`` (label name to probability) for a
    classifier, else ``objects``: ``label``, ``label_id``, ``score``, ``bbox`` (x, y, w, h in
    upright pixels) and, where there are masks, ``segmentation`` (COCO RLE with string counts) or,
    where there are points, ``keypoints`` (``name``, ``x``, ``y``, ``score`` of each).
    ``again`` says that a prediction which did not come to its end has told it before. The model
    is that of ``epoch``, None where that is not known.
    """

    prediction: Mapping[str, Any]
    again: bool = False
    epoch: int | None = None


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The result of an evaluation; ``path`` is the detailed JSON in the run's folder."""

    split: str
    metrics: Mapping[str, float]
    path: str


@dataclass(frozen=True, slots=True)
class Probed:
    """Facts about this machine's torch and devices."""

    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RateTried:
    """The smoothed loss at one learning rate, the ``done``-th of ``total`` at most."""

    lr: float
    loss: float
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RateFound:
    """The learning rate at which the loss fell fastest."""

    lr: float


@dataclass(frozen=True, slots=True)
class Stopping:
    """A stop, pause or discard was heard and is being carried out."""

    how: str


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The worker is alive, though it has nothing new to say."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The last event of every job. ``state`` is a ``RunState`` value or ``discarded``.

    ``code`` tells failures apart: the name of the ``StudioError`` class, or ``""``.
    """

    state: str
    sentence: Sentence = field(default_factory=lambda: Sentence(""))
    metrics: Mapping[str, float] = field(default_factory=dict)
    code: str = ""


Event = (
    RunStarted | Progress | Notice | StepDone | EpochEnded | SamplesDrawn | ImagePredicted
    | Evaluated | Probed | RateTried | RateFound | Stopping | Heartbeat | Ended
)  # fmt: skip

_KINDS: Mapping[str, type] = {
    kind.__name__: kind
    for kind in (
        RunStarted, Progress, Notice, StepDone, EpochEnded, SamplesDrawn, ImagePredicted,
        Evaluated, Probed, RateTried, RateFound, Stopping, Heartbeat, Ended,
    )
}  # fmt: skip


def to_json(event: Event) -> dict[str, Any]:
    """The event as JSON values, its kind under ``event``."""
    values = {item.name: getattr(event, item.name) for item in fields(event)}
    if isinstance(sentence := values.get("sentence"), Sentence):
        values["sentence"] = sentence.to_json()
    return {"event": type(event).__name__, **values}


def dumps(event: Event) -> str:
    """The event as one line, without its line end. Not-a-number becomes null."""
    values = to_json(event)
    try:
        return json.dumps(values, ensure_ascii=False, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(values), ensure_ascii=False, allow_nan=False)


def loads(line: str) -> Event:
    """Read what ``dumps`` wrote; fields that a newer program added are passed over.

    Raises:
        ValueError: the line is not an event.
    """
    values = json.loads(line)
    kind = _KINDS.get(values.pop("event", "")) if isinstance(values, dict) else None
    if kind is None:
        raise ValueError(f"not an event: {line[:80]}")
    known = {f.name for f in fields(kind)}
    values = {name: value for name, value in values.items() if name in known}
    if isinstance(values.get("sentence"), dict):
        values["sentence"] = Sentence.told(values["sentence"])
    return kind(**values)


def _finite(value: Any) -> Any:
    match value:
        case float() if value != value or value in (float("inf"), float("-inf")):
            return None
        case dict():
            return {key: _finite(item) for key, item in value.items()}
        case list() | tuple():
            return [_finite(item) for item in value]
        case _:
            return value
