"""Detect: a box and a class for every object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torchvision import tv_tensors

from studio.domain import geometry as geo
from studio.learning import checkpoint
from studio.learning.adapter import Prediction, Sample, Scores, changes_of, heading
from studio.learning.config import Augmentation
from studio.learning.data import augment, mosaic
from studio.learning.data.tensors import as_tensor, on_device, to_longer_side
from studio.learning.data.tiling import Tile
from studio.learning.snapshot import FrozenImage, Truth
from studio.learning.spec import ModelSpec
from studio.learning.tasks import metrics, tile_objects
from studio.learning.tasks.ignore_regions import hidden, part_boxes
from studio.learning.tasks.tile_objects import xywh
from studio.vision.images import Rgb

LEAST_SCORE = 0.05
"""Predictions below this are not kept; mAP hardly feels them."""
LEAST_VISIBLE = 0.3
"""An object of which less is in the picture after zooming is not learned from."""


@dataclass(frozen=True, slots=True)
class Detect:
    """torchvision's detectors; ``Instances`` adds masks to what they say."""

    spec: ModelSpec

    def decode_px(self, source: FrozenImage) -> int:
        """The longer side that decoding ``source`` need not exceed."""
        return self.spec.config.image_size

    def prepare(self, rgb: Rgb, source: FrozenImage, augmentation: Augmentation | None) -> Sample:
        """Image (3, h, w); targets ``boxes`` (N, 4) x0, y0, x1, y1 and ``labels`` (N,) from 1.

        For training, ignore regions are painted grey except where an object reaches into them.
        """
        pixels = to_longer_side(rgb, self.spec.config.image_size)
        image = as_tensor(pixels)
        size = (image.shape[2], image.shape[1])
        objects = [truth for truth in source.truths if not truth.ignore]
        boxes = boxes_of(objects, source, size)
        if augmentation is not None:
            ignored = [truth for truth in source.truths if truth.ignore]
            image = hidden(image, ignored, boxes, source)
        varied, target = augment.for_objects(changes_of(self.spec, augmentation))(
            tv_tensors.Image(image),
            {
                "boxes": unclamped(boxes, size),
                "labels": self.label_numbers(objects),
            },
        )
        boxes, visible = within(target["boxes"].as_subclass(Tensor), varied)
        labels = target["labels"][visible]
        return Sample(
            varied.as_subclass(Tensor), {"boxes": boxes[visible], "labels": labels}, source
        )

    def mix(self, sample: Sample, another: Callable[[], Sample], epoch: int) -> Sample:
        """Mosaic and mixup, by their chances in the settings; ``pieced`` tells the model so."""
        config = self.spec.config
        if not mosaic.is_open(config, epoch):
            return sample
        scene = start = mosaic.Scene(sample.image, **sample.target)
        if _chance(config.mosaic):
            others = [another() for _ in range(mosaic.TILES - 1)]
            scene = mosaic.mosaic([scene, *(mosaic.Scene(s.image, **s.target) for s in others)])
        if _chance(config.mixup):
            other = another()
            scene = mosaic.mixup(scene, mosaic.Scene(other.image, **other.target))
        if scene is start:
            return sample
        target = {"boxes": scene.boxes, "labels": scene.labels, "pieced": torch.tensor(True)}
        masks = {} if scene.masks is None else {"masks": scene.masks}
        return Sample(scene.image, target | masks, sample.source)

    def label_numbers(self, objects: Sequence[Truth]) -> Tensor:
        """(N,) int64, 1 for the first class."""
        index = {label.id: number for number, label in enumerate(self.spec.labels, start=1)}
        return torch.tensor([index[truth.label] for truth in objects], dtype=torch.int64)

    def loss(self, model: nn.Module, samples: Sequence[Sample], device: torch.device) -> Tensor:
        """The sum of the detector's own losses."""
        losses: Mapping[str, Tensor] = model(scaled(samples, device), self.targets(samples, device))
        return torch.stack([value.float() for value in losses.values()]).sum()

    def targets(self, samples: Sequence[Sample], device: torch.device) -> list[dict[str, Tensor]]:
        """What torchvision's detectors are told of each image, on ``device``."""
        return [
            {name: on_device(value, device) for name, value in sample.target.items()}
            for sample in samples
        ]

    def predict(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device
    ) -> list[Prediction]:
        """``objects``, the best first, in source pixels."""
        outputs = model(scaled(samples, device))
        return [
            heading(sample.source) | {"objects": self.objects(sample, output)}
            for sample, output in zip(samples, outputs, strict=True)
        ]

    def judge(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device
    ) -> tuple[list[Prediction], float]:
        """Predictions and the detector's losses, which it tells in training mode only."""
        predictions = self.predict(model, samples, device)
        with lent_training_mode(model, device):
            return predictions, float(self.loss(model, samples, device))

    def predict_tiles(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device, *, judged: bool
    ) -> tuple[list[Prediction], float]:
        """Predictions on tiles, for ``joined``, and their loss if ``judged``."""
        if judged:
            return self.judge(model, samples, device)
        return self.predict(model, samples, device), 0.0

    def joined(self, source: FrozenImage, seen: Iterable[tuple[Tile, Prediction]]) -> Prediction:
        """The prediction on an image from those on its tiles: each object once, and whole."""
        return heading(source) | {"objects": tile_objects.joined(list(seen), source)}

    def objects(self, sample: Sample, output: Mapping[str, Tensor]) -> list[dict[str, Any]]:
        """The predictions on one image as public dicts."""
        boxes = in_source(output["boxes"].float().cpu(), sample)
        found: list[dict[str, Any]] = []
        for box, label, score in zip(
            boxes.tolist(), output["labels"].tolist(), output["scores"].tolist(), strict=True
        ):
            if score >= LEAST_SCORE and box[2] - box[0] >= 1 and box[3] - box[1] >= 1:
                found.append(self.named(label) | {"score": round(score, 5), "bbox": xywh(box)})
        return found

    def named(self, number: int) -> dict[str, Any]:
        """The label of class ``number`` (from 1) by name and id."""
        label = self.spec.labels[number - 1]
        return {"label": label.name, "label_id": label.id}

    def truth(self, source: FrozenImage) -> Prediction:
        """``objects`` with a score of 1; ignore regions have ``ignore`` set."""
        index = {label.id: number for number, label in enumerate(self.spec.labels, start=1)}
        objects = [
            self.named(index[truth.label]) | {"score": 1.0, "ignore": truth.ignore} | drawn
            for truth in source.truths
            if truth.label in index
            for drawn in self.drawn(truth, source)
        ]
        return heading(source) | {"objects": objects}

    def drawn(self, truth: Truth, source: FrozenImage) -> list[dict[str, Any]]:
        """Where ``truth`` is, as in a prediction; an ignore region part by part."""
        geometry = truth.geometry
        boxes = part_boxes(geometry) if truth.ignore else [geo.bounds(geometry)]
        return [{"bbox": xywh([box.x0, box.y0, box.x1, box.y1])} for box in boxes]

    def score(self, truths: Sequence[Prediction], predictions: Sequence[Prediction]) -> Scores:
        """``map`` and ``map50`` of boxes."""
        return metrics.object_scores(truths, predictions, self.spec.labels, self.spec.threshold)

    def rank(self, metrics: Mapping[str, float], val_loss: float) -> tuple[float, float]:
        """By mAP50 and mAP together, then by validation loss."""
        return (metrics["map50"] + metrics["map"], -val_loss)

    def badness(self, truth: Prediction, prediction: Prediction) -> float:
        """1 - F1 at the model's threshold."""
        return metrics.disagreement(truth, prediction, self.spec.threshold)


def _chance(part: float) -> bool:
    """Whether it happens this time; draws from torch where it may."""
    return part > 0 and float(torch.rand(())) < part


@contextmanager
def lent_training_mode(model: nn.Module, device: torch.device) -> Iterator[None]:
    """Training mode for a model in eval mode, its normalisation and dropout excepted.

    The regions that a detector samples are the same each time, and the random generators are
    left as they were.
    """
    random = checkpoint.random_state(device)
    torch.manual_seed(0)
    for part in model.modules():
        part.training = not isinstance(part, _STAYS_IN_EVAL)
    try:
        yield
    finally:
        model.eval()
        checkpoint.restore_random_state(random, device)


_STAYS_IN_EVAL = (nn.modules.batchnorm._BatchNorm, nn.modules.dropout._DropoutNd)


def boxes_of(truths: Sequence[Truth], source: FrozenImage, size: tuple[int, int]) -> Tensor:
    """(N, 4) bounds in the pixels of an image resized to ``size`` (width, height)."""
    scale_x, scale_y = size[0] / source.width, size[1] / source.height
    rows = [truth.bounds for truth in truths]
    return torch.tensor(
        [[b.x0 * scale_x, b.y0 * scale_y, b.x1 * scale_x, b.y1 * scale_y] for b in rows]
    ).reshape(-1, 4)


def unclamped(boxes: Tensor, size: tuple[int, int]) -> tv_tensors.BoundingBoxes:
    """Boxes that may leave the image, so that ``within`` can tell how much is left inside."""
    return tv_tensors.BoundingBoxes(  # pyright: ignore[reportCallIssue]
        boxes, format="XYXY", canvas_size=(size[1], size[0]), clamping_mode=None
    )


def within(boxes: Tensor, image: Tensor) -> tuple[Tensor, Tensor]:
    """Boxes cut to the image, and which of them are still worth learning: (N, 4), (N,) bool."""
    height, width = image.shape[-2:]
    limits = torch.tensor([width, height, width, height], dtype=boxes.dtype)
    cut = boxes.clamp(min=0).minimum(limits)
    whole = (boxes[:, 2:] - boxes[:, :2]).prod(dim=1)
    left = (cut[:, 2:] - cut[:, :2]).clamp(min=0).prod(dim=1)
    return cut, augment.sound(cut) & (left >= LEAST_VISIBLE * whole)


def scaled(samples: Sequence[Sample], device: torch.device) -> list[Tensor]:
    """Images as float RGB in 0..1 on ``device``."""
    return [on_device(sample.image, device).float() / 255 for sample in samples]


def in_source(boxes: Tensor, sample: Sample) -> Tensor:
    """Boxes from network to source pixels."""
    height, width = sample.image.shape[-2:]
    scale_x, scale_y = sample.source.width / width, sample.source.height / height
    return boxes * torch.tensor([scale_x, scale_y, scale_x, scale_y])
