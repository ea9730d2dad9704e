"""What lies under the cursor: vertices, then edges, then bodies."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Geometry, Part, Point, Polygon, Ring, RotatedBox, Shape

RingChange = Callable[[Ring], Ring]


class Handle(Enum):
    """A grip of a box: its two axes say which sides move (-1 the first, 1 the second, 0 none)."""

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)

    def of(self, box: Box) -> Point:
        """Where this handle of ``box`` is."""
        return (_along(box.x0, box.x1, self.value[0]), _along(box.y0, box.y1, self.value[1]))

    def drag(self, box: Box, point: Point) -> Box:
        """``box`` with this handle moved to ``point``; it may turn over."""
        x0, x1 = _dragged(box.x0, box.x1, self.value[0], point[0])
        y0, y1 = _dragged(box.y0, box.y1, self.value[1], point[1])
        return geo.rectangle((x0, y0), (x1, y1))


def _along(low: float, high: float, side: int) -> float:
    return (low + high) / 2 if side == 0 else low if side < 0 else high


def _dragged(low: float, high: float, side: int, to: float) -> tuple[float, float]:
    return (low, high) if side == 0 else (to, high) if side < 0 else (low, to)


@dataclass(frozen=True, slots=True)
class VertexAt:
    """Vertex ``index`` of ring ``ring`` (in the order of ``geometry.rings``)."""

    ring: int
    index: int


@dataclass(frozen=True, slots=True)
class EdgeAt:
    """The edge of ring ``ring`` that starts at vertex ``index``."""

    ring: int
    index: int


Grip = Handle | VertexAt | EdgeAt
"""What can be dragged to change a geometry."""


def grip_at(geometry: Geometry, point: Point, reach: float) -> Grip | None:
    """The grip within ``reach`` image pixels of ``point``, vertices before edges, or None."""
    match geometry:
        case Box():
            return _handle_at(geometry, point, reach)
        case Polygon():
            return _vertex_at(geometry, point, reach) or _edge_at(geometry, point, reach)
        case _:
            return None


def _handle_at(box: Box, point: Point, reach: float) -> Handle | None:
    near = ((math.dist(handle.of(box), point), handle) for handle in _corners_first())
    distance, handle = min(near, key=lambda pair: pair[0])
    if distance <= reach:
        return handle
    sides = (
        (Handle.TOP, (box.x0, box.y0), (box.x1, box.y0)),
        (Handle.RIGHT, (box.x1, box.y0), (box.x1, box.y1)),
        (Handle.BOTTOM, (box.x0, box.y1), (box.x1, box.y1)),
        (Handle.LEFT, (box.x0, box.y0), (box.x0, box.y1)),
    )
    distances = [(geo.distance_to_segment(point, a, b), side) for side, a, b in sides]
    distance, side = min(distances, key=lambda pair: pair[0])
    return side if distance <= reach / 2 else None


def _corners_first() -> Iterator[Handle]:
    yield from (handle for handle in Handle if 0 not in handle.value)
    yield from (handle for handle in Handle if 0 in handle.value)


def _vertex_at(polygon: Polygon, point: Point, reach: float) -> VertexAt | None:
    best, found = reach, None
    for number, ring in enumerate(geo.rings(polygon)):
        for index, vertex in enumerate(ring):
            distance = math.dist(vertex, point)
            if distance <= best:
                best, found = distance, VertexAt(number, index)
    return found


def _edge_at(polygon: Polygon, point: Point, reach: float) -> EdgeAt | None:
    best, found = reach, None
    for number, ring in enumerate(geo.rings(polygon)):
        for index, start in enumerate(ring):
            distance = geo.distance_to_segment(point, start, ring[(index + 1) % len(ring)])
            if distance <= best:
                best, found = distance, EdgeAt(number, index)
    return found


# Changing a polygon by its vertices -----------------------------------------------------------


def move_vertex(polygon: Polygon, at: VertexAt, to: Point) -> Polygon:
    """``polygon`` with one vertex elsewhere."""
    return _with_ring(polygon, at.ring, lambda ring: (*ring[: at.index], to, *ring[at.index + 1 :]))


def insert_vertex(polygon: Polygon, at: EdgeAt, point: Point) -> Polygon:
    """``polygon`` with a vertex more on an edge."""
    after = at.index + 1
    return _with_ring(polygon, at.ring, lambda ring: (*ring[:after], point, *ring[after:]))


def delete_vertex(polygon: Polygon, at: VertexAt) -> Polygon | None:
    """``polygon`` without a vertex. A hole (or part) of three goes with it; None: all is gone."""
    ring = tuple(geo.rings(polygon))[at.ring]
    if len(ring) > 3:
        return _with_ring(
            polygon, at.ring, lambda points: (*points[: at.index], *points[at.index + 1 :])
        )
    return _without_ring(polygon, at.ring)


def _with_ring(polygon: Polygon, number: int, change: RingChange) -> Polygon:
    parts: list[Part] = []
    start = 0
    for part in polygon.parts:
        rings = [part.outer, *part.holes]
        if start <= number < start + len(rings):
            rings[number - start] = change(rings[number - start])
        parts.append(Part(rings[0], tuple(rings[1:])))
        start += len(part.holes) + 1
    return Polygon(tuple(parts))


def _without_ring(polygon: Polygon, number: int) -> Polygon | None:
    parts: list[Part] = []
    start = 0
    for part in polygon.parts:
        hole = number - start - 1
        if 0 <= hole < len(part.holes):
            parts.append(replace(part, holes=(*part.holes[:hole], *part.holes[hole + 1 :])))
        elif number != start:
            parts.append(part)
        start += len(part.holes) + 1
    return Polygon(tuple(parts)) if parts else None


# Bodies ---------------------------------------------------------------------------------------


def bodies_at(shapes: Iterable[Shape], point: Point, reach: float) -> list[Shape]:
    """The shapes that cover ``point`` or come within ``reach`` px of it, smallest first.

    Shapes that truly cover the point come before those that are only near; among equals the
    topmost comes first.
    """
    found = [
        (not covers, geo.area(shape.geometry), -order, shape)
        for order, shape in enumerate(shapes)
        if (covers := geo.contains(shape.geometry, point)) or _near(shape.geometry, point, reach)
    ]
    return [shape for *_, shape in sorted(found, key=lambda item: item[:3])]


def _near(geometry: Geometry, point: Point, reach: float) -> bool:
    match geometry:
        case Box() | RotatedBox():
            return _near_ring(geo.corners(geometry), point, reach)
        case Polygon():
            return any(_near_ring(ring, point, reach) for ring in geo.rings(geometry))
        case _:
            around = ((-reach, 0.0), (reach, 0.0), (0.0, -reach), (0.0, reach))
            return any(geo.contains(geometry, (point[0] + x, point[1] + y)) for x, y in around)


def _near_ring(ring: Ring, point: Point, reach: float) -> bool:
    return any(
        geo.distance_to_segment(point, start, ring[(index + 1) % len(ring)]) <= reach
        for index, start in enumerate(ring)
    )


def next_in_stack(stack: Sequence[Shape], current: int | None) -> Shape | None:
    """The shape that a click picks: the smallest, or the one under ``current`` (a shape's id)."""
    if not stack:
        return None
    ids = [shape.id for shape in stack]
    return stack[(ids.index(current) + 1) % len(stack)] if current in ids else stack[0]
