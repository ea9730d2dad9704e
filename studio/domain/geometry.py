"""Pure functions on geometry. Lengths and areas are in image pixels and square pixels."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from studio.domain.shapes import (
    Box,
    Geometry,
    Mask,
    Part,
    Point,
    Points,
    Polygon,
    Polyline,
    Ring,
    RotatedBox,
)

MovePoint = Callable[[Point], Point]
OfPoints = Box | Polygon | Polyline | Points
"""The geometries that are nothing but points, each of which can go where it likes."""

MIN_SIDE_PX = 1.0
"""A box narrower than this, or a ring with less area, is a slip of the hand."""

MANY_VERTICES = 1000
"""Of fewer, Python is as quick as arrays are."""


def rectangle(a: Point, b: Point) -> Box:
    """The box with opposite corners ``a`` and ``b``, in any order."""
    return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def polygon(*outer: Point) -> Polygon:
    """A polygon of one part without holes."""
    return Polygon((Part(outer),))


def corners(box: Box | RotatedBox) -> Ring:
    """The four corners, clockwise on screen from the (unturned) top left."""
    match box:
        case Box(x0, y0, x1, y1):
            return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
        case RotatedBox(cx, cy, width, height, angle_deg):
            cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
            offsets = ((-1, -1), (1, -1), (1, 1), (-1, 1))
            return tuple(
                (
                    cx + (dx * width * cos - dy * height * sin) / 2,
                    cy + (dx * width * sin + dy * height * cos) / 2,
                )
                for dx, dy in offsets
            )


def is_long(chain: Sequence[Point]) -> bool:
    """Whether there are so many vertices that an array is worth its making (``long_chains``)."""
    return len(chain) > MANY_VERTICES


def rings(polygon: Polygon) -> Iterator[Ring]:
    """Every ring of every part, each outer ring before its holes."""
    for part in polygon.parts:
        yield part.outer
        yield from part.holes


def chains(geometry: Polygon | Polyline | Points) -> Iterator[tuple[Point, ...]]:
    """The vertices: every ring of a polygon, else all points at once."""
    if isinstance(geometry, Polygon):
        yield from rings(geometry)
    else:
        yield geometry.points


def as_polygon(geometry: Box | RotatedBox | Polygon) -> Polygon:
    """The same outline as a polygon."""
    return geometry if isinstance(geometry, Polygon) else Polygon((Part(corners(geometry)),))


def _bounds_of_points(points: tuple[Point, ...]) -> Box:
    if is_long(points):
        from studio.domain.long_chains import extent

        return Box(*extent(points))
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _bounds_of_parts(parts: Iterable[Part]) -> Box:
    boxes = [_bounds_of_points(part.outer) for part in parts]
    x0, y0, x1, y1 = zip(*((box.x0, box.y0, box.x1, box.y1) for box in boxes), strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


def bounds(geometry: Geometry) -> Box:
    """The smallest upright box around ``geometry``."""
    match geometry:
        case Box():
            return geometry
        case RotatedBox():
            return _bounds_of_points(corners(geometry))
        case Polygon((part,)):  # nearly all, and asked of thousands
            return _bounds_of_points(part.outer)
        case Polygon(parts):
            return _bounds_of_parts(parts)
        case Mask(x, y, width, height):
            return Box(x, y, x + width, y + height)
        case Polyline(points) | Points(points):
            return _bounds_of_points(points)


def ring_area(ring: Ring) -> float:
    """The area within ``ring`` (shoelace formula), never negative."""
    if is_long(ring):
        from studio.domain.long_chains import area

        return area(ring)
    return (
        abs(
            sum(
                x0 * y1 - x1 * y0
                for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True)
            )
        )
        / 2
    )


def area(geometry: Geometry) -> float:
    """The covered area; parts of a polygon are taken not to overlap."""
    match geometry:
        case Box():
            return geometry.width * geometry.height
        case RotatedBox():
            return geometry.width * geometry.height
        case Polygon(parts):
            return sum(
                ring_area(part.outer) - sum(ring_area(hole) for hole in part.holes)
                for part in parts
            )
        case Mask():
            return float(sum(memoryview(geometry.runs).cast("I")[1::2]))
        case Polyline() | Points():
            return 0.0


def length(points: Iterable[Point]) -> float:
    """How long the way through ``points`` is, in pixels."""
    return sum(math.dist(a, b) for a, b in pairwise(points))


def is_degenerate(geometry: Geometry) -> bool:
    """Whether ``geometry`` is too small, or too broken, to be an object."""
    match geometry:
        case Box() | RotatedBox():
            return not (geometry.width >= MIN_SIDE_PX and geometry.height >= MIN_SIDE_PX)
        case Polygon(parts):
            return not parts or any(
                len(set(ring)) < 3 or not ring_area(ring) >= MIN_SIDE_PX for ring in rings(geometry)
            )
        case Mask():
            return area(geometry) < 1
        case Polyline(points):
            return not length(points) >= MIN_SIDE_PX
        case Points(points):
            return not points


def clamp(point: Point, width: int, height: int) -> Point:
    """``point`` moved to the nearest place within a ``width`` x ``height`` image."""
    return (min(max(point[0], 0.0), float(width)), min(max(point[1], 0.0), float(height)))


def map_points(geometry: OfPoints, move: MovePoint) -> OfPoints:
    """``geometry`` with every point moved by ``move``."""
    match geometry:
        case Box(x0, y0, x1, y1):
            return rectangle(move((x0, y0)), move((x1, y1)))
        case Polygon(parts):
            return Polygon(
                tuple(
                    Part(
                        tuple(map(move, part.outer)),
                        tuple(tuple(map(move, hole)) for hole in part.holes),
                    )
                    for part in parts
                )
            )
        case Polyline(points) | Points(points):
            return replace(geometry, points=tuple(map(move, points)))


def translate(geometry: Geometry, dx: float, dy: float) -> Geometry:
    """``geometry`` moved by ``(dx, dy)``; a mask moves by whole pixels."""
    match geometry:
        case Box() | Polygon() | Polyline() | Points():
            return map_points(geometry, lambda point: (point[0] + dx, point[1] + dy))
        case RotatedBox():
            return replace(geometry, cx=geometry.cx + dx, cy=geometry.cy + dy)
        case Mask():
            return replace(geometry, x=geometry.x + round(dx), y=geometry.y + round(dy))


def translation_within(geometry: Geometry, dx: float, dy: float, width: int, height: int) -> Point:
    """The part of ``(dx, dy)`` that keeps ``geometry`` inside a ``width`` x ``height`` image.

    Of a rotated box the centre is kept inside; its corners may reach beyond the border.
    """
    if isinstance(geometry, RotatedBox):
        box = Box(geometry.cx, geometry.cy, geometry.cx, geometry.cy)
    else:
        box = bounds(geometry)
    return (
        max(-box.x0, min(dx, width - box.x1)) if box.width <= width else 0.0,
        max(-box.y0, min(dy, height - box.y1)) if box.height <= height else 0.0,
    )


def with_points(geometry: Points, indices: Sequence[int]) -> Points:
    """Only the points with these indices, in this order."""
    return Points(
        tuple(geometry.points[i] for i in indices),
        frozenset(new for new, old in enumerate(indices) if old in geometry.occluded),
        tuple(geometry.names[i] for i in indices) if geometry.names else (),
    )


def ring_contains(ring: Ring, point: Point) -> bool:
    """Whether ``point`` lies within ``ring`` by the even-odd rule."""
    if is_long(ring):
        from studio.domain.long_chains import contains

        return contains(ring, point)
    x, y = point
    inside = False
    x0, y0 = ring[-1]
    for x1, y1 in ring:
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            inside = not inside
        x0, y0 = x1, y1
    return inside


def contains(geometry: Geometry, point: Point) -> bool:
    """Whether ``geometry`` covers ``point``; a mask is asked for the pixel under it."""
    match geometry:
        case Box(x0, y0, x1, y1):
            return x0 <= point[0] < x1 and y0 <= point[1] < y1
        case RotatedBox():
            return ring_contains(corners(geometry), point)
        case Polygon(parts):
            return any(
                ring_contains(part.outer, point)
                and not any(ring_contains(hole, point) for hole in part.holes)
                for part in parts
            )
        case Mask(x, y, width, height, runs):
            column, row = math.floor(point[0]) - x, math.floor(point[1]) - y
            if not (0 <= column < width and 0 <= row < height):
                return False
            return _run_value_at(runs, row * width + column)
        case Polyline() | Points():
            return False


def _run_value_at(runs: bytes, index: int) -> bool:
    end, value = 0, False
    for length in memoryview(runs).cast("I"):
        end += length
        if index < end:
            return value
        value = not value
    return False


def distance_to_segment(point: Point, a: Point, b: Point) -> float:
    """The distance of ``point`` from the segment ``a`` to ``b``, in pixels."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length2 = dx * dx + dy * dy
    t = 0.0
    if length2 > 0:
        t = max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length2))
    return math.hypot(point[0] - a[0] - t * dx, point[1] - a[1] - t * dy)


def distance_to(geometry: Polyline | Points, point: Point) -> float:
    """How far ``point`` is from a line or from the nearest of some points, in pixels."""
    match geometry:
        case Polyline(points) if is_long(points):
            from studio.domain.long_chains import nearest_edge

            return nearest_edge(points, point, closed=False)[0]
        case Polyline(points):
            return min(distance_to_segment(point, a, b) for a, b in pairwise(points))
        case Points(points):
            return min(math.dist(point, each) for each in points)


def iou(a: Box, b: Box) -> float:
    """Intersection over union of two boxes, 0..1."""
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.y1, b.y1) - max(a.y0, b.y0)
    if width <= 0 or height <= 0:
        return 0.0
    overlap = width * height
    return overlap / (area(a) + area(b) - overlap)
