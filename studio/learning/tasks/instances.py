"""Instances: a mask and a class for every object (Mask R-CNN)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from torchvision import tv_tensors
from torchvision.ops import masks_to_boxes

from studio.domain.shapes import Mask
from studio.errors import Sentence, say
from studio.learning.adapter import Prediction, Sample, Scores, changes_of
from studio.learning.config import Augmentation
from studio.learning.data import augment
from studio.learning.data.tensors import as_tensor, rasterise, to_longer_side
from studio.learning.snapshot import FrozenImage, Truth
from studio.learning.tasks import metrics
from studio.learning.tasks.detect import (
    LEAST_SCORE,
    Detect,
    boxes_of,
    in_source,
    unclamped,
    within,
)
from studio.learning.tasks.ignore_regions import hidden, part_boxes
from studio.learning.tasks.tile_objects import described, xywh
from studio.vision import masks
from studio.vision.images import Rgb

MOST_MASK_PIXELS = 2**25
"""Pixels of all masks of one training image together: torchvision holds them as floats."""
LEAST_OBJECTS = 20


def most_objects(image_size: int) -> int:
    """How many objects training looks at on one image at a time."""
    return max(LEAST_OBJECTS, MOST_MASK_PIXELS // image_size**2)


@dataclass(frozen=True, slots=True)
class Instances(Detect):
    """Mask R-CNN: a detector whose boxes come from masks."""

    def prepare(self, rgb: Rgb, source: FrozenImage, augmentation: Augmentation | None) -> Sample:
        """Image (3, h, w); targets ``boxes`` (N, 4), ``labels`` (N,), ``masks`` (N, h, w) uint8.

        Of more than ``most_objects`` a random choice is learned from; in training the others are
        painted grey like ignore regions, so that they do not pass for background. Without
        ``augmentation`` nothing is painted, the choice is always the same, and nothing is drawn
        from torch.
        """
        image = as_tensor(to_longer_side(rgb, self.spec.config.image_size))
        size = (image.shape[2], image.shape[1])
        most = most_objects(self.spec.config.image_size)
        chosen, passed_over = _choose(source.truths, most, always_alike=augmentation is None)
        if augmentation is not None:
            image = hidden(image, passed_over, boxes_of(chosen, source, size), source)
        source_size = (source.width, source.height)
        stack = [rasterise(truth.geometry, source_size, size) for truth in chosen]
        bitmaps = np.stack(stack) if stack else np.zeros((0, size[1], size[0]), dtype=bool)
        varied, target = augment.for_objects(changes_of(self.spec, augmentation))(
            tv_tensors.Image(image),
            {
                "boxes": unclamped(boxes_of(chosen, source, size), size),
                "labels": self.label_numbers(chosen),
                "masks": tv_tensors.Mask(torch.from_numpy(bitmaps.astype(np.uint8))),
            },
        )
        return Sample(varied.as_subclass(Tensor), _sound_target(varied, target), source)

    def mix(self, sample: Sample, another: Callable[[], Sample], epoch: int) -> Sample:
        """As ``Detect.mix``, unless that makes more objects than the memory is meant for."""
        mixed = Detect.mix(self, sample, another, epoch)
        most = most_objects(self.spec.config.image_size)
        if mixed is sample or len(mixed.target["labels"]) > most:
            return sample
        return Sample(mixed.image, _sound_target(mixed.image, mixed.target), sample.source)

    def targets(self, samples: Sequence[Sample], device: torch.device) -> list[dict[str, Tensor]]:
        """As ``Detect.targets``; the masks are read by torchvision half a pixel further on."""
        told = Detect.targets(self, samples, device)
        return [each | {"masks": half_a_pixel_on(each["masks"])} for each in told]

    def crowding(self, sources: Sequence[FrozenImage]) -> Sentence | None:
        """Says so where an image holds more objects than training looks at at a time."""
        limit = most_objects(self.spec.config.image_size)
        most = max((sum(not t.ignore for t in source.truths) for source in sources), default=0)
        if most <= limit:
            return None
        return say(
            "Up to {most} objects are on one image; to spare memory, each pass learns from "
            "{limit} of them, chosen at random.",
            most=most,
            limit=limit,
        )

    def objects(self, sample: Sample, output: Mapping[str, Tensor]) -> list[dict[str, Any]]:
        """The predictions on one image as public dicts, with ``segmentation``."""
        source = sample.source
        boxes = in_source(output["boxes"].float().cpu(), sample).tolist()
        chances = output["masks"].float().cpu().numpy()[:, 0]
        found: list[dict[str, Any]] = []
        for box, chance, label, score in zip(
            boxes, chances, output["labels"].tolist(), output["scores"].tolist(), strict=True
        ):
            mask = stretch(chance, box, source.width, source.height)
            if mask is None or score < LEAST_SCORE:
                continue
            found.append(self.named(label) | {"score": round(score, 5)} | described(mask, source))
        return found

    def drawn(self, truth: Truth, source: FrozenImage) -> list[dict[str, Any]]:
        """The mask of ``truth``; of an ignore region also its ``parts``, as boxes."""
        mask = masks.to_mask(truth.geometry, source.width, source.height)
        if mask is None:
            return []
        boxes = part_boxes(truth.geometry) if truth.ignore else []
        parts = [xywh([box.x0, box.y0, box.x1, box.y1]) for box in boxes]
        return [described(mask, source) | ({"parts": parts} if truth.ignore else {})]

    def score(self, truths: Sequence[Prediction], predictions: Sequence[Prediction]) -> Scores:
        """``map`` and ``map50`` of boxes, ``mask_map`` and ``mask_map50`` of masks."""
        labels = self.spec.labels
        boxes = metrics.object_scores(truths, predictions, labels, self.spec.threshold)
        of_masks, by_class = metrics.coco_map(truths, predictions, labels, "segm")
        rows = [
            {
                **row,
                "mask_map": by_class[row["label_id"]][0],
                "mask_map50": by_class[row["label_id"]][1],
            }
            for row in boxes.per_class
        ]
        of_masks = {f"mask_{name}": value for name, value in of_masks.items()}
        return Scores({**boxes.metrics, **of_masks}, rows)

    def rank(self, metrics: Mapping[str, float], val_loss: float) -> tuple[float, float]:
        """By mask mAP, then by validation loss."""
        return (metrics["mask_map"], -val_loss)


def _choose(
    truths: Sequence[Truth], most: int, *, always_alike: bool
) -> tuple[list[Truth], list[Truth]]:
    """The objects to learn from, and everything else (ignore regions included)."""
    objects = [truth for truth in truths if not truth.ignore]
    ignored = [truth for truth in truths if truth.ignore]
    if len(objects) <= most:
        return objects, ignored
    generator = torch.Generator().manual_seed(0) if always_alike else None
    shuffled = torch.randperm(len(objects), generator=generator).tolist()
    kept = sorted(shuffled[:most])
    return [objects[i] for i in kept], [objects[i] for i in sorted(shuffled[most:])] + ignored


def _sound_target(image: Tensor, target: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Drop what zooming cut away; boxes then fit their masks."""
    _, visible = within(target["boxes"].as_subclass(Tensor), image)
    bitmaps = target["masks"].as_subclass(Tensor)
    visible &= (bitmaps > 0).flatten(1).any(dim=1)
    bitmaps, labels = bitmaps[visible], target["labels"][visible]
    boxes = masks_to_boxes(bitmaps) if len(bitmaps) else torch.zeros(0, 4)
    boxes[:, 2:] += 1  # from the last pixel to the edge behind it
    return {"boxes": boxes.float(), "labels": labels, "masks": bitmaps}


def half_a_pixel_on(bitmaps: Tensor) -> Tensor:
    """(N, h, w) masks, half a pixel further right and down: (N, h + 1, w + 1) in float16.

    Where an edge is halved they are 0.5. The last row and column keep an object whole that lies in
    those of the image.

    torchvision cuts what a mask head shall say out of them as if a pixel's middle were its corner.
    What is learned so would be ``stretch``ed to a place half a pixel beside its object, which
    costs one of ten pixels in diameter an eighth of its IoU.
    """
    return functional.avg_pool2d(_edged(bitmaps), kernel_size=2, stride=1)[:, 0].half()


def _edged(bitmaps: Tensor) -> Tensor:
    return functional.pad(bitmaps[:, None].float(), (1, 1, 1, 1), mode="replicate")


def stretch(
    chance: NDArray[np.float32], box: Sequence[float], width: int, height: int
) -> Mask | None:
    """An (M, M) map of probabilities over ``box`` as a mask at the image's size, above 0.5.

    Sampled bilinearly at the centres of the pixels; outside the map the probability is 0.
    """
    x0, y0, x1, y1 = box
    left, top = max(0, int(np.floor(x0))), max(0, int(np.floor(y0)))
    right, bottom = min(width, int(np.ceil(x1))), min(height, int(np.ceil(y1)))
    if right <= left or bottom <= top or x1 <= x0 or y1 <= y0:
        return None
    scale_x, scale_y = chance.shape[1] / (x1 - x0), chance.shape[0] / (y1 - y0)
    # With a border of one, map pixel i has its centre at i + 1 in OpenCV's coordinates.
    to_map = np.array(
        [
            [scale_x, 0, (left + 0.5 - x0) * scale_x + 0.5],
            [0, scale_y, (top + 0.5 - y0) * scale_y + 0.5],
        ]
    )
    window = cv2.warpAffine(
        np.pad(chance, 1),
        to_map,
        (right - left, bottom - top),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
    )
    return masks.encode(np.asarray(window > 0.5), left, top)
