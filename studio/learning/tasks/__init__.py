"""One adapter a task: targets, loss, predictions and metrics."""

from __future__ import annotations

from studio.domain.runs import Task
from studio.learning.adapter import Adapter
from studio.learning.data import tiling
from studio.learning.spec import ModelSpec
from studio.learning.tasks.classify import Classify
from studio.learning.tasks.detect import Detect
from studio.learning.tasks.instances import Instances
from studio.learning.tasks.keypoints import Keypoints
from studio.learning.tasks.segment import Segment
from studio.learning.tasks.tiled import Tiled

_FINDERS = {
    Task.DETECT: Detect,
    Task.INSTANCES: Instances,
    Task.SEGMENT: Segment,
    Task.KEYPOINTS: Keypoints,
}


def adapter_for(spec: ModelSpec, *, fits_late: bool = False) -> Adapter:
    """The adapter of a model's task, for parts of images where these are tiled.

    ``fits_late`` leaves the last resizing to the device where the task can do without it.
    """
    if spec.task is Task.CLASSIFY:
        return Classify(spec, fits_late)
    inner = _FINDERS[spec.task](spec)
    return Tiled(spec, inner) if tiling.side_px(spec.config) else inner
