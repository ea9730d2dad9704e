"""Keypoints: for every object a box, a class and its points (Keypoint R-CNN)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torchvision import tv_tensors

from studio.domain import geometry as geo
from studio.domain.places import assigned, mirrored
from studio.domain.shapes import Points
from studio.learning.adapter import Prediction, Sample, Scores, changes_of, heading
from studio.learning.config import Augmentation
from studio.learning.data import augment
from studio.learning.data.tensors import as_tensor, to_longer_side
from studio.learning.data.tiling import Tile
from studio.learning.snapshot import FrozenImage, Truth
from studio.learning.tasks import keypoint_metrics, tile_points
from studio.learning.tasks.detect import LEAST_SCORE, Detect, boxes_of, in_source, unclamped, within
from studio.learning.tasks.ignore_regions import hidden
from studio.learning.tasks.keypoint_metrics import keypoint_scores
from studio.learning.tasks.tile_objects import xywh
from studio.vision.images import Rgb

HANDS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
"""Varied along with the points: where they turn the other way round, the image was mirrored."""


@dataclass(frozen=True, slots=True)
class Keypoints(Detect):
    """Keypoint R-CNN: a detector that looks for points in its boxes."""

    def prepare(self, rgb: Rgb, source: FrozenImage, augmentation: Augmentation | None) -> Sample:
        """Image (3, h, w); targets ``boxes`` (N, 4), ``labels`` (N,), ``keypoints`` (N, K, 3).

        A point is x, y and 0 where it is not known or not in the picture, 1 where it is occluded,
        2 where it is seen. Where the image is mirrored, left and right places change.
        """
        image = as_tensor(to_longer_side(rgb, self.spec.config.image_size))
        size = (image.shape[2], image.shape[1])
        objects = [truth for truth in source.truths if not truth.ignore]
        boxes = boxes_of(objects, source, size)
        if augmentation is not None:
            ignored = [truth for truth in source.truths if truth.ignore]
            image = hidden(image, ignored, boxes, source)
        points = self._points(objects, source, size)
        moving = torch.cat((points[..., :2].reshape(-1, 2), torch.tensor(HANDS)))
        varied, target = augment.for_objects(changes_of(self.spec, augmentation))(
            tv_tensors.Image(image),
            {
                "boxes": unclamped(boxes, size),
                "labels": self.label_numbers(objects),
                "points": tv_tensors.KeyPoints(moving, canvas_size=(size[1], size[0])),  # pyright: ignore[reportCallIssue]
            },
        )
        moved = target["points"].as_subclass(Tensor)
        places = points[..., :2].shape
        points = torch.cat((moved[: -len(HANDS)].reshape(places), points[..., 2:]), dim=2)
        if _is_mirrored(moved[-len(HANDS) :]):
            points = points[:, mirrored(self.spec.places)]
        boxes, visible = within(target["boxes"].as_subclass(Tensor), varied)
        wanted = {
            "boxes": boxes[visible],
            "labels": target["labels"][visible],
            "keypoints": _in_picture(points[visible], varied),
        }
        return Sample(varied.as_subclass(Tensor), wanted, source)

    def mix(self, sample: Sample, another: Callable[[], Sample], epoch: int) -> Sample:
        """As it is: points know nothing of pictures that are put together."""
        return sample

    def _points(
        self, objects: Sequence[Truth], source: FrozenImage, size: tuple[int, int]
    ) -> Tensor:
        """(N, K, 3) float32 in the pixels of an image resized to ``size``."""
        scale_x, scale_y = size[0] / source.width, size[1] / source.height
        found = torch.zeros(len(objects), len(self.spec.places), 3)
        for row, truth in enumerate(objects):
            assert isinstance(truth.geometry, Points)
            for index, place in enumerate(assigned(truth.geometry, self.spec.places)):
                if place is not None:
                    x, y = truth.geometry.points[index]
                    seen = 1 if index in truth.geometry.occluded else 2
                    found[row, place] = torch.tensor([x * scale_x, y * scale_y, seen])
        return found

    def joined(self, source: FrozenImage, seen: Iterable[tuple[Tile, Prediction]]) -> Prediction:
        """The prediction on an image from those on its tiles: each object once, and whole."""
        return heading(source) | {"objects": tile_points.joined(list(seen), source)}

    def objects(self, sample: Sample, output: Mapping[str, Tensor]) -> list[dict[str, Any]]:
        """The predictions on one image as public dicts, with the ``keypoints`` of their class.

        All of these are told, each with how sure the model is of it, 0 to 1.
        """
        boxes = in_source(output["boxes"].float().cpu(), sample).tolist()
        height, width = sample.image.shape[-2:]
        scale = torch.tensor([sample.source.width / width, sample.source.height / height, 1.0])
        points = (output["keypoints"].float().cpu() * scale).tolist()
        found: list[dict[str, Any]] = []
        for box, of_object, label, score in zip(
            boxes, points, output["labels"].tolist(), output["scores"].tolist(), strict=True
        ):
            if score < LEAST_SCORE or box[2] - box[0] < 1 or box[3] - box[1] < 1:
                continue
            named = self.named(label)
            told = [
                {"name": self.spec.places[place], **_rounded(of_object[place])}
                for place in self._places_of(named["label_id"])
            ]
            found.append(named | {"score": round(score, 5), "bbox": xywh(box), "keypoints": told})
        return found

    def _places_of(self, label_id: str) -> Sequence[int]:
        return self.spec.places_of.get(label_id, range(len(self.spec.places)))

    def drawn(self, truth: Truth, source: FrozenImage) -> list[dict[str, Any]]:
        """The box of ``truth`` and its points in the image; of a region to ignore the boxes of its
        parts."""
        if not isinstance(truth.geometry, Points):
            return Detect.drawn(self, truth, source)
        box, points = truth.bounds, truth.geometry
        places = self.spec.places
        told = [
            {"name": places[place], "x": x, "y": y, "score": 1.0, "occluded": i in points.occluded}
            for i, (place, (x, y)) in enumerate(
                zip(assigned(points, places), points.points, strict=True)
            )
            if place is not None and (x, y) == geo.clamp((x, y), source.width, source.height)
        ]
        return [{"bbox": xywh([box.x0, box.y0, box.x1, box.y1]), "keypoints": told}]

    def score(self, truths: Sequence[Prediction], predictions: Sequence[Prediction]) -> Scores:
        """``oks_map``, ``oks_map50``, ``oks_ar`` and ``pck`` of points, ``map50`` of boxes."""
        spec = self.spec
        return keypoint_scores(truths, predictions, spec.labels, spec.places, spec.threshold)

    def rank(self, metrics: Mapping[str, float], val_loss: float) -> tuple[float, float]:
        """By the mean average precision of points, then by validation loss."""
        return (metrics["oks_map"], -val_loss)

    def badness(self, truth: Prediction, prediction: Prediction) -> float:
        """1 - F1 of objects at the model's threshold, each weighed by its points that are near."""
        return keypoint_metrics.disagreement(truth, prediction, self.spec.threshold)


def _rounded(point: Sequence[float]) -> dict[str, float]:
    x, y, sure = point
    return {"x": round(x, 2), "y": round(y, 2), "score": round(sure, 4)}


def _is_mirrored(hands: Tensor) -> bool:
    """Whether (3, 2) varied ``HANDS`` turn the other way round."""
    right, down = hands[1] - hands[0], hands[2] - hands[0]
    return bool(right[0] * down[1] - right[1] * down[0] < 0)


def _in_picture(points: Tensor, image: Tensor) -> Tensor:
    """(N, K, 3) points, those beyond the image's edges counting as not known."""
    height, width = image.shape[-2:]
    x, y = points[..., 0], points[..., 1]
    outside = (x < 0) | (y < 0) | (x > width) | (y > height)
    return torch.where(outside[..., None], torch.zeros(3), points).contiguous()
