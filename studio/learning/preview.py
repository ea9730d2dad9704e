"""What the model will really see: training images as varied, with what it is asked to find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor

from studio.domain import geometry as geo
from studio.domain.labels import Label
from studio.domain.project import Split
from studio.learning.adapter import Prediction, Sample
from studio.learning.config import TrainConfig
from studio.learning.data.reading import Pictures
from studio.learning.events import Ended, Event, ImagePredicted
from studio.learning.readiness import dataset
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from studio.learning.tasks.segment import IGNORE
from studio.learning.validation import ShouldStop
from studio.storage.reader import Reader
from studio.vision import masks, rle


def preview(
    project: Path, config: TrainConfig, folder: Path, count: int, draw: int, should_stop: ShouldStop
) -> Iterator[Event]:
    """``count`` training images as ``config`` varies them, each an ``ImagePredicted``.

    They come from the very code that feeds training. Their files are written to ``folder``, and
    what is asked for is told in the form of a prediction, in pixels of the varied image. Another
    ``draw`` gives other images, varied otherwise.

    Raises:
        NotEnoughLabels: there is too little to learn from.
    """
    with Reader.open(project) as reader:
        frozen = dataset.freeze(reader, config.task, config.seed, config.val_fraction)
    spec = ModelSpec.of(config, frozen)
    train = frozen.of(Split.TRAIN)
    pictures = Pictures(train, adapter_for(spec), config.augmentation, config.seed + draw)
    folder.mkdir(parents=True, exist_ok=True)
    shuffled = np.random.default_rng((config.seed, draw)).permutation(len(train))
    shown = 0
    for position in shuffled.tolist():
        if shown == count or should_stop():
            break
        sample = pictures[1, position]
        if isinstance(sample, Sample):
            yield ImagePredicted(_written(sample, spec, folder / f"{draw}-{shown}.png"))
            shown += 1
    yield Ended("finished")


def _written(sample: Sample, spec: ModelSpec, path: Path) -> Prediction:
    """Write the image and describe its target."""
    rgb = sample.image.permute(1, 2, 0).numpy()
    path.write_bytes(cv2.imencode(".png", rgb[..., ::-1])[1].tobytes())
    heading = {"file": str(path), "width": rgb.shape[1], "height": rgb.shape[0]}
    target, labels = sample.target, spec.labels
    if "class" in target:
        return heading | {"scores": _parts(target["class"], labels)}
    if "classes" in target:
        return heading | {"objects": _areas(target["classes"], labels)}
    return heading | {"objects": _objects(target, labels, spec.places)}


def _parts(wanted: Tensor, labels: Sequence[Label]) -> dict[str, float]:
    """The part of each class that is asked for, by name."""
    if not wanted.is_floating_point():
        wanted = (torch.arange(len(labels)) == wanted).float()
    parts = zip(labels, wanted.tolist(), strict=True)
    return {label.name: round(part, 3) for label, part in parts if part > 0}


def _objects(
    target: Mapping[str, Tensor], labels: Sequence[Label], places: Sequence[str]
) -> list[dict[str, Any]]:
    """Boxes, with masks or points where the task has them."""
    found: list[dict[str, Any]] = []
    for row, (box, number) in enumerate(
        zip(target["boxes"].tolist(), target["labels"].tolist(), strict=True)
    ):
        x0, y0, x1, y1 = box
        drawn: dict[str, Any] = {"bbox": [x0, y0, x1 - x0, y1 - y0]}
        if "masks" in target:
            drawn = _mask(target["masks"][row] > 0) or drawn
        if "keypoints" in target:
            drawn["keypoints"] = _points(target["keypoints"][row], places)
        found.append(_named(labels[number - 1]) | drawn)
    return found


def _points(points: Tensor, places: Sequence[str]) -> list[dict[str, Any]]:
    """Those of (K, 3) points that are in the picture."""
    return [
        {"name": name, "x": x, "y": y, "score": 1.0, "occluded": seen == 1}
        for name, (x, y, seen) in zip(places, points.tolist(), strict=True)
        if seen
    ]


def _areas(classes: Tensor, labels: Sequence[Label]) -> list[dict[str, Any]]:
    """One object a class, and one for what is ignored."""
    found: list[dict[str, Any]] = []
    for number in classes.unique().tolist():
        drawn = _mask(classes == number) if number else None
        if drawn is not None:
            ignored = number == IGNORE
            head = {"label": "", "label_id": "", "score": 1.0} if ignored else None
            found.append((head or _named(labels[number - 1])) | drawn | {"ignore": ignored})
    return found


def _named(label: Label) -> dict[str, Any]:
    return {"label": label.name, "label_id": label.id, "score": 1.0}


def _mask(bitmap: Tensor) -> dict[str, Any] | None:
    """The box and COCO RLE of an (h, w) bitmap; None where it is empty."""
    mask = masks.encode(bitmap.numpy())
    if mask is None:
        return None
    box = geo.bounds(mask)
    height, width = bitmap.shape
    return {
        "bbox": [box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0],
        "segmentation": rle.encode(mask, width, height),
    }
