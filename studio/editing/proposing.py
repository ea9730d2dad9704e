"""Predictions -> proposals, and which of them a human has already answered. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.domain import geometry as geo
from studio.domain.labels import Label, MergedLabel, find_label, same_name
from studio.domain.places import LEAST_SURE, assigned
from studio.domain.proposals import Proposal
from studio.domain.shapes import Box, Geometry, Points, Polyline, RotatedBox, Shape
from studio.vision import masks, rle

SAME_OBJECT_IOU = 0.5
"""A proposal that overlaps a shape of the same class by more than this is the same object."""
SPREAD = 0.1
"""How far points of the same place lie apart, as a part of their object's size: twice what OKS
allows a model, since a human's hand and a first model's differ by more."""
LEAST_SIZE_PX = 10.0
"""For a single point, which tells no size."""


@dataclass(frozen=True, slots=True)
class Classes:
    """The project's classes as a model names them, which knows those of the day it was trained."""

    labels: Sequence[Label]
    merged: Sequence[MergedLabel] = ()

    def find(self, name: str, label_id: str = "") -> Label | None:
        """The class by its id, else by its name, be it that of one which was merged into it."""
        return (
            self._by_id(label_id)
            or self._by_id(next((m.into for m in self.merged if m.id == label_id), ""))
            or find_label(self.labels, name)
            or self._by_id(next((m.into for m in self.merged if same_name(m.name, name)), ""))
        )

    def _by_id(self, label_id: str) -> Label | None:
        return next((label for label in self.labels if label.id == label_id), None)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that a prediction says: a tag (``geometry`` None) or a shape, score in 0..1."""

    label: Label
    geometry: Geometry | None
    score: float

    def proposal(self, number: int, run: int, image_id: int) -> Proposal:
        """The suggestion as a row, with a reserved id."""
        return Proposal(number, run, image_id, self.label.id, self.geometry, self.score)


def suggestions(
    prediction: Mapping[str, Any], classes: Classes, *, multi_label: bool = False
) -> tuple[Suggestion, ...]:
    """What a prediction (``learning.events.ImagePredicted``) suggests, best first.

    An exclusive classifier suggests its best class alone. Classes that the project no longer
    has, and objects without area, are passed over; of classes that have become one the best
    score of a tag counts.

    Raises:
        ValueError: a run-length encoding is damaged.
    """
    found = tuple(
        _tags(prediction["scores"], classes, multi_label)
        if "scores" in prediction
        else _shapes(prediction["objects"], classes)
    )
    return tuple(sorted(found, key=lambda each: -each.score))


def scored(
    prediction: Mapping[str, Any], classes: Classes, *, multi_label: bool = False
) -> set[tuple[str, float]]:
    """The label's id and the score of each of ``suggestions``; no mask is unfolded for it.

    Raises:
        ValueError: a run-length encoding is damaged.
    """
    if "scores" in prediction:
        return {(e.label.id, e.score) for e in _tags(prediction["scores"], classes, multi_label)}
    return {
        (label.id, float(found["score"]))
        for found in prediction["objects"]
        if (label := label_of(found, classes)) and _is_something(found)
    }


def _is_something(found: Mapping[str, Any]) -> bool:
    """Whether ``geometry_of`` gives a geometry."""
    if found.get("segmentation"):
        return not rle.is_empty(found["segmentation"])
    return geometry_of(found) is not None


def _tags(scores: Mapping[str, float], classes: Classes, multi_label: bool) -> Iterator[Suggestion]:
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    told: set[str] = set()
    for name, score in ranked if multi_label else ranked[:1]:
        label = classes.find(name)
        if label and label.id not in told:
            told.add(label.id)
            yield Suggestion(label, None, float(score))


def _shapes(objects: Iterable[Mapping[str, Any]], classes: Classes) -> Iterator[Suggestion]:
    for found in objects:
        label, geometry = label_of(found, classes), geometry_of(found)
        if label and geometry:
            yield Suggestion(label, geometry, float(found["score"]))


def label_of(found: Mapping[str, Any], classes: Classes) -> Label | None:
    """The project's label of a predicted object: by its id, else by its name, else None."""
    return classes.find(str(found["label"]), str(found.get("label_id", "")))


def geometry_of(found: Mapping[str, Any]) -> Geometry | None:
    """The geometry of a predicted object: its mask or its points where it has any, else its box.

    Points that the model is hardly sure of are left out. None where the mask is empty, no point
    is left or the box has no area.

    Raises:
        ValueError: the run-length encoding is damaged.
    """
    if found.get("segmentation"):
        return rle.decode(found["segmentation"])
    if "keypoints" in found:
        return _points_of(found["keypoints"])
    x, y, width, height = (float(value) for value in found["bbox"])
    box = Box(x, y, x + width, y + height)
    return None if geo.is_degenerate(box) else box


def _points_of(told: Iterable[Mapping[str, Any]]) -> Points | None:
    sure = [point for point in told if point.get("score", 1.0) >= LEAST_SURE]
    if not sure:
        return None
    return Points(
        tuple((float(point["x"]), float(point["y"])) for point in sure),
        frozenset(index for index, point in enumerate(sure) if point.get("occluded")),
        tuple(str(point["name"]) for point in sure),
    )


def predicted_points(points: Points) -> list[dict[str, Any]]:
    """Keypoints as a prediction tells them."""
    names = points.names or tuple(str(number) for number in range(1, len(points.points) + 1))
    return [
        {"name": name, "x": x, "y": y, "score": 1.0, "occluded": index in points.occluded}
        for index, (name, (x, y)) in enumerate(zip(names, points.points, strict=True))
    ]


def is_answered(proposal: Proposal, standing: Iterable[Shape]) -> bool:
    """Whether a shape of the same class stands where ``proposal`` would put one."""
    return proposal.geometry is not None and any(
        shape.label == proposal.label
        and overlap(proposal.geometry, shape.geometry) > SAME_OBJECT_IOU
        for shape in standing
    )


def overlap(a: Geometry, b: Geometry) -> float:
    """Intersection over union, 0..1: of pixels, or of bounds where one of the two is a box.

    Keypoints have the same object's where they have the same places (``_near``); a line, or
    points beside an area, have no area to share.
    """
    if isinstance(a, Points) and isinstance(b, Points):
        return _near(a, b)
    if isinstance(a, Polyline | Points) or isinstance(b, Polyline | Points):
        return 0.0
    box_a, box_b = geo.bounds(a), geo.bounds(b)
    of_bounds = geo.iou(box_a, box_b)
    if of_bounds == 0 or isinstance(a, (Box, RotatedBox)) or isinstance(b, (Box, RotatedBox)):
        return of_bounds
    x, y = min(box_a.x0, box_b.x0), min(box_a.y0, box_b.y0)
    left, top = int(x // 1), int(y // 1)
    width = int(max(box_a.x1, box_b.x1)) + 1 - left
    height = int(max(box_a.y1, box_b.y1)) + 1 - top
    pixels_a, pixels_b = (
        masks.rasterise(geo.translate(each, -left, -top), width, height) for each in (a, b)
    )
    union = int((pixels_a | pixels_b).sum())
    return int((pixels_a & pixels_b).sum()) / union if union else 0.0


def _near(a: Points, b: Points) -> float:
    """COCO's object keypoint similarity, 0..1, of the places that both have.

    Where they have none in common, the nearest points are compared instead.
    """
    box = _together(geo.bounds(a), geo.bounds(b))
    size2 = max(box.width * box.height, (max(box.width, box.height) / 2) ** 2, LEAST_SIZE_PX**2)
    places = assigned(b, a.names) if b.names else []
    pairs = [(a.points[i], q) for i, q in zip(places, b.points, strict=False) if i is not None]
    if not pairs:
        pairs = [(p, min(b.points, key=lambda q: math.dist(p, q))) for p in a.points]
    spread2 = 2 * size2 * (2 * SPREAD) ** 2
    return sum(math.exp(-(math.dist(p, q) ** 2) / spread2) for p, q in pairs) / len(pairs)


def _together(a: Box, b: Box) -> Box:
    return Box(min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1))
