"""Training runs as the project knows them; a run's whole truth is its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Task(StrEnum):
    """What a model learns to do."""

    CLASSIFY = "classify"
    DETECT = "detect"
    INSTANCES = "instances"
    SEGMENT = "segment"
    KEYPOINTS = "keypoints"

    @property
    def finds(self) -> bool:
        """Whether objects are found one by one, each with a box."""
        return self in (Task.DETECT, Task.INSTANCES, Task.KEYPOINTS)


METRICS: Mapping[Task, tuple[str, ...]] = {
    Task.CLASSIFY: ("accuracy", "macro_f1"),
    Task.DETECT: ("map50", "map"),
    Task.INSTANCES: ("mask_map50", "mask_map", "map50"),
    Task.SEGMENT: ("miou", "dice", "pixel_accuracy"),
    Task.KEYPOINTS: ("oks_map50", "oks_map", "pck"),
}
"""The metrics of each task in order of interest; the first one stands for a run."""


class RunState(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    PAUSED = "paused"
    INTERRUPTED = "interrupted"
    FAILED = "failed"

    @property
    def resumable(self) -> bool:
        """Whether training can go on from the last checkpoint."""
        return self in (RunState.PAUSED, RunState.INTERRUPTED, RunState.STOPPED, RunState.FAILED)

    @property
    def usable(self) -> bool:
        """Whether the run may hold a model that predicts."""
        return self is not RunState.RUNNING


@dataclass(frozen=True, slots=True)
class Run:
    """One run: ``number`` is unique in the project, ``folder`` is its name below ``runs/``.

    ``epochs`` counts finished epochs, ``metrics`` are those of the best one by their public
    names (``accuracy``, ``map50``, ``miou`` ...), ``started_at`` is UTC in ISO 8601. Its model is
    that of ``best_epoch``: 0 before the first epoch has ended, and after it where an older
    program has not noted which.
    """

    number: int
    folder: str
    task: Task
    model: str
    state: RunState
    epochs: int = 0
    started_at: str = ""
    metrics: Mapping[str, float] = field(default_factory=dict[str, float])
    note: str = ""
    best_epoch: int = 0

    def has_model_of(self, before: Run) -> bool:
        """Whether this is the same run as ``before``, which had no better model since."""
        is_unknown = before.epochs > 0 and not before.best_epoch
        return self.number == before.number and (is_unknown or before.best_epoch == self.best_epoch)
