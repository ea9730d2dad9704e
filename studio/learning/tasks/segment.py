"""Segment: a class, or background, for every pixel."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torchvision import tv_tensors

from studio.domain import geometry as geo
from studio.domain.shapes import Box
from studio.learning.adapter import Prediction, Sample, Scores, changes_of, heading, normalised
from studio.learning.choices import Loss
from studio.learning.config import Augmentation
from studio.learning.data import augment
from studio.learning.data.tensors import as_tensor, on_device, rasterise, to_longer_side
from studio.learning.data.tiling import Tile
from studio.learning.models.auxiliary import total_loss
from studio.learning.snapshot import FrozenImage
from studio.learning.spec import ModelSpec
from studio.learning.tasks import metrics, tile_blending
from studio.learning.tasks.class_runs import ClassRuns, confusion
from studio.learning.tasks.losses import WITH_DICE, Criterion, of_one_class, of_overlap
from studio.vision.images import Rgb

IGNORE = 255
"""Stands for pixels that neither loss nor metrics look at."""
DIVISOR = 32
"""Networks halve the image five times."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Cross-entropy and Dice over pixels; class 0 is background."""

    spec: ModelSpec

    def decode_px(self, source: FrozenImage) -> int:
        """The longer side that decoding ``source`` need not exceed."""
        return self.spec.config.image_size

    def prepare(self, rgb: Rgb, source: FrozenImage, augmentation: Augmentation | None) -> Sample:
        """Image (3, h, w); target ``classes`` (h, w) uint8: 0 background, 255 ignore."""
        image = as_tensor(to_longer_side(rgb, self.spec.config.image_size))
        classes = self.class_map(source, (image.shape[2], image.shape[1]))
        varied, target = augment.for_objects(changes_of(self.spec, augmentation), outside=IGNORE)(
            tv_tensors.Image(image), {"classes": tv_tensors.Mask(torch.from_numpy(classes))}
        )
        return Sample(
            varied.as_subclass(Tensor), {"classes": target["classes"].as_subclass(Tensor)}, source
        )

    def class_map(self, source: FrozenImage, size: tuple[int, int]) -> NDArray[np.uint8]:
        """(h, w) classes of an image resized to ``size`` (width, height); upper shapes win.

        Where a class may be there unsaid, what is not drawn is no background.
        """
        index = {label.id: number for number, label in enumerate(self.spec.labels, start=1)}
        ground = IGNORE if source.unknown else 0
        canvas = np.full((size[1], size[0]), ground, dtype=np.uint8)
        scale = (size[0] / source.width, size[1] / source.height)
        for truth in source.truths:
            window = _window(geo.bounds(truth.geometry), scale)
            bitmap = rasterise(truth.geometry, (source.width, source.height), size)[window]
            canvas[window][bitmap] = IGNORE if truth.ignore else index[truth.label]
        return canvas

    def loss(self, model: nn.Module, samples: Sequence[Sample], device: torch.device) -> Tensor:
        """The configured loss, as a rule cross-entropy plus soft Dice, ignored pixels apart."""
        criterion = Criterion.of(self.spec)
        return total_loss(
            model(_batch(samples, device)), lambda logits: _loss(logits, samples, criterion)
        )

    def predict(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device
    ) -> list[Prediction]:
        """``objects``: one a class, with its mask and mean probability, in source pixels."""
        return self._read(model(_batch(samples, device)), samples)

    def judge(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device
    ) -> tuple[list[Prediction], float]:
        """Predictions, and cross-entropy plus soft Dice."""
        logits = model(_batch(samples, device))
        return self._read(logits, samples), float(
            _loss(logits, samples, Criterion.usual(self.spec))
        )

    def predict_tiles(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device, *, judged: bool
    ) -> tuple[list[NDArray[np.float32]], float]:
        """Probabilities (C, h, w) of tiles, for ``joined``, and the loss if ``judged``."""
        logits = model(_batch(samples, device))
        loss = float(_loss(logits, samples, Criterion.usual(self.spec))) if judged else 0.0
        return list(_chances(logits, samples)), loss

    def joined(
        self, source: FrozenImage, seen: Iterable[tuple[Tile, NDArray[np.float32]]]
    ) -> Prediction:
        """The prediction on an image, its tiles blended into each other where they overlap."""
        classes, best = tile_blending.strongest(seen, source.width, source.height)
        return heading(source) | {"objects": self._objects(classes, best)}

    def _read(self, logits: Tensor, samples: Sequence[Sample]) -> list[Prediction]:
        return [
            heading(sample.source)
            | {"objects": self._objects(*enlarge(each, sample.source.width, sample.source.height))}
            for sample, each in zip(samples, _chances(logits, samples), strict=True)
        ]

    def _objects(
        self, classes: NDArray[np.uint8], best: NDArray[np.float32]
    ) -> list[dict[str, Any]]:
        """One a class that occurs in (H, W) ``classes``, whose probability ``best`` tells."""
        runs = ClassRuns.of(classes)
        return [
            self._named(number)
            | {"score": round(float(cv2.mean(best, mask=_where(classes, number))[0]), 5)}
            | runs.describe(number)
            for number in np.unique(runs.values).tolist()
            if number
        ]

    def _named(self, number: int) -> dict[str, Any]:
        label = self.spec.labels[number - 1]
        return {"label": label.name, "label_id": label.id}

    def truth(self, source: FrozenImage) -> Prediction:
        """``objects``: one a class, and one for all ignored pixels (``ignore`` set)."""
        runs = ClassRuns.of(self.class_map(source, (source.width, source.height)))
        objects: list[dict[str, Any]] = []
        for number in np.unique(runs.values).tolist():
            if number == IGNORE:
                heads = {"label": "", "label_id": "", "score": 1.0, "ignore": True}
                objects.append(heads | runs.describe(number))
            elif number:
                heads = self._named(number) | {"score": 1.0, "ignore": False}
                objects.append(heads | runs.describe(number))
        return heading(source) | {"objects": objects}

    def score(self, truths: Sequence[Prediction], predictions: Sequence[Prediction]) -> Scores:
        """``miou``, ``dice`` and ``pixel_accuracy`` over all pixels of the split."""
        size = 1 + len(self.spec.labels)
        total = np.zeros((size, size), dtype=np.int64)
        for truth, prediction in zip(truths, predictions, strict=True):
            total += self._confusion(truth, prediction)
        return metrics.pixel_scores(total, self.spec.labels)

    def _confusion(self, truth: Prediction, prediction: Prediction) -> NDArray[np.int64]:
        """Pixels of one image by (true, predicted) class, ignored ones apart."""
        size = 1 + len(self.spec.labels)
        return confusion(self._runs(truth), self._runs(prediction), size, IGNORE)

    def _runs(self, described: Prediction) -> ClassRuns:
        """The classes of a prediction or truth, without unpacking them to pixels."""
        index = {label.id: number for number, label in enumerate(self.spec.labels, start=1)}
        drawn = [
            (IGNORE if each.get("ignore") else index[each["label_id"]], each["segmentation"])
            for each in described["objects"]
        ]
        return ClassRuns.read(described["height"], described["width"], drawn)

    def rank(self, metrics: Mapping[str, float], val_loss: float) -> tuple[float, float]:
        """By mIoU, then by validation loss."""
        return (metrics["miou"], -val_loss)

    def badness(self, truth: Prediction, prediction: Prediction) -> float:
        """1 - mean IoU over the classes that occur in this image's truth."""
        scores = metrics.pixel_scores(self._confusion(truth, prediction), self.spec.labels)
        return 1 - scores.metrics["miou"]


def _chances(logits: Tensor, samples: Sequence[Sample]) -> Iterator[NDArray[np.float32]]:
    """(C, h, w) probabilities of each image, without what the batch padded it with."""
    chances = logits.float().softmax(dim=1).cpu().numpy()
    for sample, each in zip(samples, chances, strict=True):
        height, width = sample.image.shape[-2:]
        yield each[:, :height, :width]


def _window(box: Box, scale: tuple[float, float]) -> tuple[slice, slice]:
    """Rows and columns of the pixels that a shape within ``box`` may cover, once resized."""
    (x0, x1), (y0, y1) = (
        (max(0, math.floor(low * factor)), max(0, math.ceil(high * factor)))
        for low, high, factor in ((box.x0, box.x1, scale[0]), (box.y0, box.y1, scale[1]))
    )
    return slice(y0, y1), slice(x0, x1)


def _loss(logits: Tensor, samples: Sequence[Sample], criterion: Criterion) -> Tensor:
    wanted = torch.full(
        (len(samples), *logits.shape[-2:]), IGNORE, dtype=torch.int64, device=logits.device
    )
    for canvas, sample in zip(wanted, samples, strict=True):
        height, width = sample.image.shape[-2:]
        canvas[:height, :width] = on_device(sample.target["classes"], logits.device)
    logits = logits.float()
    overlap = of_overlap(logits, wanted, IGNORE) if criterion.kind in WITH_DICE else 0.0
    if criterion.kind is Loss.DICE:
        return torch.as_tensor(overlap)
    return of_one_class(logits, wanted, criterion, ignore=IGNORE) + overlap


def enlarge(
    chances: NDArray[np.float32], width: int, height: int
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """The most probable class and its probability at (height, width), from (C, h, w).

    Class by class, so that memory does not grow with the number of classes.
    """
    best = np.full((height, width), -1, dtype=np.float32)
    classes = np.zeros((height, width), dtype=np.uint8)
    for number, chance in enumerate(chances):
        enlarged = cv2.resize(
            np.ascontiguousarray(chance), (width, height), interpolation=cv2.INTER_LINEAR
        )
        better = cv2.compare(enlarged, best, cv2.CMP_GT)
        cv2.copyTo(enlarged, better, best)
        # 255 becomes ``number``, which is above what any earlier class left there.
        cv2.max(classes, cv2.min(better, float(number)), classes)  # type: ignore[call-overload]
    return classes, best


def _where(classes: NDArray[np.uint8], number: int) -> NDArray[np.uint8]:
    """255 where a pixel has the class, else 0."""
    return cv2.compare(classes, float(number), cv2.CMP_EQ)  # type: ignore[call-overload]


def _batch(samples: Sequence[Sample], device: torch.device) -> Tensor:
    """One normalised batch; smaller images are padded with mid-grey, right and below."""
    height, width = (
        -(-max(sample.image.shape[axis] for sample in samples) // DIVISOR) * DIVISOR
        for axis in (1, 2)
    )
    batch = torch.full((len(samples), height, width, 3), augment.GREY, dtype=torch.uint8)
    batch = batch.permute(0, 3, 1, 2)  # channels beside each other, as in the samples
    for canvas, sample in zip(batch, samples, strict=True):
        canvas[:, : sample.image.shape[1], : sample.image.shape[2]] = sample.image
    return normalised(batch, device)
