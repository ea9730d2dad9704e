"""One entry of labelme's list ``shapes``: what it covers, by its ``shape_type``.

labelme itself draws ``polygon`` (also where no type is told), ``rectangle`` (two opposite corners),
``circle`` (its centre and a point on it), ``line``, ``linestrip``, ``point``, ``points``, ``mask``
and ``oriented_rectangle`` (four corners in turn). X-AnyLabeling gives a ``rectangle`` all four
corners and adds ``rotation`` (as ``oriented_rectangle``; ``direction`` is its angle in radians),
``quadrilateral`` and ``cuboid`` (the front's four corners, then the back's).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, cast

import cv2
import numpy as np

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Geometry, Point, Points, Polygon, Polyline, RotatedBox
from studio.errors import Sentence, say
from studio.formats.finding import readable
from studio.formats.frames import Frame
from studio.formats.json_fields import DRAWN, Json, flag_of, numbers_of
from studio.formats.labelme.masks import mask_of
from studio.formats.malformed import Malformed

ROTATED_BOX, POLYGON, AROUND = "rotated_box", "polygon", "around"
"""What ``drawn``, a field of our own, holds: the rotated box that a polygon is, the polygon with
holes that a mask is, or the rectangle around points that is nothing but their class."""

SAME_PX = 0.01
"""Corners no farther apart than this were rounded, not moved."""

NEARLY_PX = 1.0
"""Corners that are off by no more than this are still those of a rectangle."""

FLAT_PX = 0.05
"""A polygon that stands for a circle strays from it by no more than this."""

FARTHEST_PX = 2.0**31
"""Nobody means a point that is farther away than this."""

_LEAST_SIDES, _MOST_SIDES = 24, 720


def kind_of(shape: Json) -> str:
    """What kind of shape an entry is; early versions did not say, and had polygons only."""
    kind = shape.get("shape_type")
    return "polygon" if kind is None else readable(str(kind))


def points_of(shape: Json) -> tuple[Point, ...]:
    """The points that an entry tells, one or more.

    Raises:
        Malformed: these are no pairs of numbers.
    """
    told = shape.get("points")
    pairs = [numbers_of(pair) for pair in cast(list[Any], told)] if isinstance(told, list) else []
    points = [(pair[0], pair[1]) for pair in pairs if pair and len(pair) == 2]
    far = any(max(abs(x), abs(y)) > FARTHEST_PX for x, y in points)
    if not points or far or len(points) < len(pairs):
        raise Malformed(say("the points should be pairs of numbers; it was left out"), "points")
    return tuple(points)


def geometry_of(shape: Json, points: tuple[Point, ...], frame: Frame) -> Geometry:
    """What an entry covers, on the image as the file counts its pixels; not yet cut to it.

    Raises:
        Malformed: there is no such kind of shape, or its points cannot be its points.
    """
    match kind_of(shape):
        case "polygon" | "quadrilateral":
            return _drawn_rotated_box(shape, points) or _polygon(points)
        case "rectangle":
            return _rectangle(points)
        case "rotation" | "oriented_rectangle":
            return _turned_rectangle(points, shape.get("direction"))
        case "circle":
            return _circle(points)
        case "line" | "linestrip":
            if len(points) < 2:
                raise Malformed(say("a line needs two points or more; it was left out"), "points")
            return Polyline(points)
        case "point" | "points":
            occluded = frozenset(range(len(points)) if flag_of(shape.get("difficult")) else ())
            return Points(points, occluded)
        case "mask":
            drawn = _of_drawn(shape, POLYGON)
            return mask_of(shape.get("mask"), points, frame, drawn)
        case "cuboid":
            return _outline(points)
        case kind:
            raise Malformed(
                say("{kind} is no known kind of shape; it was left out", kind=kind), "shape_type"
            )


def doubt_about(shape: Json, points: Sequence[Point], geometry: Geometry) -> Sentence | None:
    """What had to be changed about an entry to take it over, if anything."""
    kind = kind_of(shape)
    if kind == "rectangle" and len(points) == 4 and not _are_corners(points, geo.bounds(geometry)):
        return say("its corners are not those of a rectangle; the box around them was taken")
    if kind in ("rotation", "oriented_rectangle") and isinstance(geometry, Polygon):
        return say("its corners are not those of a rectangle; it was taken as a polygon")
    return None


def holds_points(shape: Json, geometry: Geometry) -> bool:
    """Whether an entry is the rectangle that our export puts around points to tell their class."""
    told = numbers_of(_of_drawn(shape, AROUND))
    box = geo.bounds(geometry)
    here = (box.x0, box.y0, box.x1, box.y1)
    if kind_of(shape) != "rectangle" or told is None or len(told) != 4:
        return False
    return all(abs(a - b) < SAME_PX for a, b in zip(told, here, strict=True))


def _of_drawn(shape: Json, name: str) -> Any:
    drawn = shape.get(DRAWN)
    return cast(Json, drawn).get(name) if isinstance(drawn, dict) else None


def _polygon(points: tuple[Point, ...]) -> Polygon:
    if len(points) < 3:
        raise Malformed(
            say("a polygon needs three points or more, two numbers each; it was left out"), "points"
        )
    return geo.polygon(*points)


def _rectangle(points: Sequence[Point]) -> Geometry:
    if len(points) not in (2, 4):
        raise Malformed(
            say("a rectangle needs two opposite corners, or all four; it was left out"), "points"
        )
    return geo.bounds(Polyline(tuple(points)))


def _turned_rectangle(points: tuple[Point, ...], direction: Any) -> Geometry:
    """The rotated box with these corners, or the polygon where they are no rectangle's."""
    if len(points) != 4:
        raise Malformed(say("a rotated box needs its four corners; it was left out"), "points")
    a, b, c, d = points
    across = ((b[0] - a[0] + c[0] - d[0]) / 2, (b[1] - a[1] + c[1] - d[1]) / 2)
    down = ((d[0] - a[0] + c[0] - b[0]) / 2, (d[1] - a[1] + c[1] - b[1]) / 2)
    cx, cy = sum(x for x, _ in points) / 4, sum(y for _, y in points) / 4
    angle = math.degrees(math.atan2(across[1], across[0]))
    box = RotatedBox(cx, cy, math.hypot(*across), math.hypot(*down), angle)
    clockwise = across[0] * down[1] - across[1] * down[0] >= 0
    turned = points if clockwise else (d, c, b, a)
    if not _same(turned, geo.corners(box), NEARLY_PX):
        return geo.polygon(*points)
    told = numbers_of([direction])
    return _seen_from(box, math.degrees(told[0] % math.tau)) if told else box


def _seen_from(box: RotatedBox, angle_deg: float) -> RotatedBox:
    """The same rectangle, told from the side whose angle is nearest to ``angle_deg``."""
    quarters = round((angle_deg - box.angle_deg) / 90) % 4
    sides = (box.width, box.height) if quarters % 2 == 0 else (box.height, box.width)
    angle = (box.angle_deg + 90 * quarters + 180) % 360 - 180 if quarters else box.angle_deg
    return RotatedBox(box.cx, box.cy, *sides, angle)


def _are_corners(points: Sequence[Point], box: Box) -> bool:
    """Whether each corner of ``box`` is one of ``points``, in any order."""
    return all(
        min(math.dist(corner, p) for p in points) <= NEARLY_PX for corner in geo.corners(box)
    )


def _drawn_rotated_box(shape: Json, points: Sequence[Point]) -> RotatedBox | None:
    """The rotated box that our export wrote as this polygon; None where it was changed since."""
    told = numbers_of(_of_drawn(shape, ROTATED_BOX))
    if told is None or len(told) != 5:
        return None
    box = RotatedBox(*told)
    return box if _same(points, geo.corners(box), SAME_PX) else None


def _same(points: Sequence[Point], others: Sequence[Point], within_px: float) -> bool:
    if len(points) != len(others):
        return False
    return all(math.dist(a, b) <= within_px for a, b in zip(points, others, strict=True))


def _circle(points: Sequence[Point]) -> Polygon:
    """As many vertices on the circle as make it round, whatever its size."""
    if len(points) != 2:
        raise Malformed(
            say("a circle needs its centre and a point on it; it was left out"), "points"
        )
    (cx, cy), edge = points
    radius = math.dist((cx, cy), edge)
    sides = _LEAST_SIDES
    if radius > FLAT_PX:
        sides = math.ceil(math.pi / math.acos(1 - FLAT_PX / radius))
    sides = min(max(sides, _LEAST_SIDES), _MOST_SIDES)
    angles = (2 * math.pi * number / sides for number in range(sides))
    return geo.polygon(
        *((cx + radius * math.cos(angle), cy + radius * math.sin(angle)) for angle in angles)
    )


def _outline(points: Sequence[Point]) -> Polygon:
    """The convex outline around the corners of a cuboid."""
    if len(points) != 8:
        raise Malformed(say("a cuboid needs its eight corners; it was left out"), "points")
    around = cv2.convexHull(np.array(points, dtype=np.float32), returnPoints=False)
    return _polygon(tuple(points[int(index)] for index in around.ravel()))
