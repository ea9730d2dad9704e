"""What may be wrong with labels and images, and how it can be told. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Mask, Polygon, Ring, RotatedBox, Shape


class Flaw(StrEnum):
    """Kinds of issues, the gravest first."""

    MISSING_FILE = "missing_file"
    UNREADABLE = "unreadable"
    CHANGED_FILE = "changed_file"
    LEAK = "leak"
    """Images that look the same are in training and in validation or test."""
    VIDEO = "video"
    """So are frames of one video."""
    NO_AREA = "no_area"
    OUTSIDE = "outside"
    CROSSING = "crossing"
    DUPLICATE = "duplicate"
    TINY = "tiny"
    NEAR_DUPLICATE = "near_duplicate"
    UNUSED_CLASS = "unused_class"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to look at: on images, about shapes, or about a class.

    ``images`` holds several ids where pictures are alike, the first one being the one to keep;
    ``shapes`` those that are concerned, the last one being the one to repair.
    """

    flaw: Flaw
    images: tuple[int, ...] = ()
    shapes: tuple[int, ...] = ()
    label: str = ""


DUPLICATE_IOU = 0.95
"""Two shapes of one class that overlap more than this are one object labelled twice."""

TINY_PX = 2.0
"""Shapes with a shorter side than this are rarely meant."""

_OUTSIDE_PX = 0.5
"""So far beyond the border a shape may reach before it counts as outside."""

_MOST_VERTICES = 1500
"""Longer rings are not searched for crossings: every edge is compared with every other."""


def lint(shapes: Sequence[Shape], width: int, height: int) -> Iterator[Issue]:
    """What is wrong with the shapes of one image of ``width`` x ``height`` pixels."""
    for shape in shapes:
        flaw = _flaw_of(shape, width, height)
        if flaw is not None:
            yield Issue(flaw, (shape.image_id,), (shape.id,), shape.label)
    yield from _duplicates(shapes)


def _flaw_of(shape: Shape, width: int, height: int) -> Flaw | None:
    geometry = shape.geometry
    # First, for the two halves of a bow tie may add up to no area.
    if isinstance(geometry, Polygon) and any(map(crosses_itself, geo.rings(geometry))):
        return Flaw.CROSSING
    if geo.is_degenerate(geometry):
        return Flaw.NO_AREA
    box = geo.bounds(geometry)
    if width and height and _reaches_outside(box, width, height):
        return Flaw.OUTSIDE
    if isinstance(geometry, Box | RotatedBox | Polygon | Mask):
        tiny = min(box.width, box.height) < TINY_PX
        return Flaw.TINY if tiny else None
    return None


def _reaches_outside(box: Box, width: int, height: int) -> bool:
    low, slack = -_OUTSIDE_PX, _OUTSIDE_PX
    return box.x0 < low or box.y0 < low or box.x1 > width + slack or box.y1 > height + slack


def _duplicates(shapes: Sequence[Shape]) -> Iterator[Issue]:
    boxes = np.array([_row(geo.bounds(shape.geometry)) for shape in shapes]).reshape(-1, 4)
    classes = [shape.label for shape in shapes]
    for place, shape in enumerate(shapes):
        others = np.flatnonzero(_ious(boxes[place], boxes[place + 1 :]) > DUPLICATE_IOU)
        for other in (int(each) + place + 1 for each in others):
            same_kind = type(shapes[other].geometry) is type(shape.geometry)
            if classes[other] == shape.label and same_kind:
                yield Issue(
                    Flaw.DUPLICATE, (shape.image_id,), (shape.id, shapes[other].id), shape.label
                )
                break


def _row(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def _ious(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    low, high = np.maximum(box[:2], others[:, :2]), np.minimum(box[2:], others[:, 2:])
    common = np.prod(np.clip(high - low, 0, None), axis=1)
    areas = np.prod(others[:, 2:] - others[:, :2], axis=1)
    union = np.prod(box[2:] - box[:2]) + areas - common
    return np.divide(common, union, out=np.zeros(len(others)), where=union > 0)


def crosses_itself(ring: Ring) -> bool:
    """Whether two edges of a ring that are not neighbours cross (touching is no crossing)."""
    count = len(ring)
    if count < 4 or count > _MOST_VERTICES:
        return False
    start = np.array(ring)
    end = np.roll(start, -1, axis=0)
    # Whether the ends of every edge lie on either side of every other.
    sides = [_side(start[:, None], end[:, None], points[None]) for points in (start, end)]
    parted = sides[0] * sides[1] < 0
    crossing = parted & parted.T
    return bool(crossing.any())


def _side(a: np.ndarray, b: np.ndarray, points: np.ndarray) -> np.ndarray:
    """The sign of the area that each edge ``a``-``b`` spans with each point."""
    edge, way = b - a, points - a
    return np.sign(edge[..., 0] * way[..., 1] - edge[..., 1] * way[..., 0])


def leaks(
    groups: Iterable[Sequence[int]], splits: dict[int, str], flaw: Flaw = Flaw.LEAK
) -> Iterator[Issue]:
    """The groups of images alike that are in training and in another split as well.

    ``splits`` names each image's split, "" for none.
    """
    for group in groups:
        found = {splits.get(image_id, "") for image_id in group} - {""}
        if "train" in found and len(found) > 1:
            yield Issue(flaw, tuple(group))
