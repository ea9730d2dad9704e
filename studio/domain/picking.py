"""What lies under the cursor: vertices, then edges, then bodies."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from studio.domain import geometry as geo
from studio.domain import long_chains, turning
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
    Shape,
)

Vertices = Polygon | Polyline | Points
"""The geometries that are changed vertex by vertex."""

MIDDLE = 0.25
"""So much of a body's smaller side, from either end, is at most its grips'."""

RingChange = Callable[[Ring], Ring]


class Handle(Enum):
    """A grip of a box: its two axes say which sides move (-1 the first, 1 the second, 0 none).

    The sides of a rotated box are told in its own frame, and so is what is dragged.
    """

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)

    def of(self, box: Box | RotatedBox) -> Point:
        """Where this handle of ``box`` is."""
        frame = _own(box)
        at = (
            _along(frame.x0, frame.x1, self.value[0]),
            _along(frame.y0, frame.y1, self.value[1]),
        )
        return at if isinstance(box, Box) else turning.from_own_frame(box, at)

    def drag(self, box: Box | RotatedBox, point: Point) -> Box | RotatedBox:
        """``box`` with this handle moved to ``point``; it may turn over."""
        frame = _own(box)
        to = point if isinstance(box, Box) else turning.in_own_frame(box, point)
        x0, x1 = _dragged(frame.x0, frame.x1, self.value[0], to[0])
        y0, y1 = _dragged(frame.y0, frame.y1, self.value[1], to[1])
        dragged = geo.rectangle((x0, y0), (x1, y1))
        return dragged if isinstance(box, Box) else turning.with_frame(box, dragged)


def _own(box: Box | RotatedBox) -> Box:
    """The box in its own frame, which has the centre of a rotated box as its origin."""
    if isinstance(box, Box):
        return box
    return Box(-box.width / 2, -box.height / 2, box.width / 2, box.height / 2)


def _along(low: float, high: float, side: int) -> float:
    return (low + high) / 2 if side == 0 else low if side < 0 else high


def _dragged(low: float, high: float, side: int, to: float) -> tuple[float, float]:
    return (low, high) if side == 0 else (to, high) if side < 0 else (low, to)


@dataclass(frozen=True, slots=True)
class VertexAt:
    """Vertex ``index`` of ring ``ring`` (in the order of ``geometry.chains``)."""

    ring: int
    index: int


@dataclass(frozen=True, slots=True)
class EdgeAt:
    """The edge of ring ``ring`` that starts at vertex ``index``."""

    ring: int
    index: int


@dataclass(frozen=True, slots=True)
class Turn:
    """The grip above the top side of a rotated box, which turns it about its centre."""


Grip = Handle | VertexAt | EdgeAt | Turn
"""What can be dragged to change a geometry."""


def turn_grip(box: RotatedBox, stem: float) -> Point:
    """Where the grip that turns ``box`` is: ``stem`` image pixels above its top side."""
    return turning.from_own_frame(box, (0.0, -box.height / 2 - stem))


def grip_at(geometry: Geometry, point: Point, reach: float, stem: float = 0.0) -> Grip | None:
    """The grip within ``reach`` image pixels of ``point``, vertices before edges, or None.

    A rotated box can be turned by a grip that stands ``stem`` image pixels above it; 0: by none.
    Within a small body its grips reach less far: its middle is there to move it.
    """
    if (
        isinstance(geometry, RotatedBox)
        and stem
        and math.dist(turn_grip(geometry, stem), point) <= reach
    ):
        return Turn()
    if geo.contains(geometry, point):
        reach = min(reach, MIDDLE * _least_side(geometry))
    match geometry:
        case Box() | RotatedBox():
            return _handle_at(geometry, point, reach)
        case Polygon() | Polyline() | Points():
            return _vertex_at(geometry, point, reach) or _edge_at(geometry, point, reach)
        case Mask():
            return None


def _least_side(geometry: Geometry) -> float:
    box = geometry if isinstance(geometry, RotatedBox) else geo.bounds(geometry)
    return min(box.width, box.height)


def _handle_at(box: Box | RotatedBox, point: Point, reach: float) -> Handle | None:
    near = ((math.dist(handle.of(box), point), handle) for handle in _corners_first())
    distance, handle = min(near, key=lambda pair: pair[0])
    if distance <= reach:
        return handle
    a, b, c, d = geo.corners(box)
    sides = ((Handle.TOP, a, b), (Handle.RIGHT, b, c), (Handle.BOTTOM, c, d), (Handle.LEFT, d, a))
    distances = [(geo.distance_to_segment(point, start, end), side) for side, start, end in sides]
    distance, side = min(distances, key=lambda pair: pair[0])
    return side if distance <= reach / 2 else None


def _corners_first() -> Iterator[Handle]:
    yield from (handle for handle in Handle if 0 not in handle.value)
    yield from (handle for handle in Handle if 0 in handle.value)


def _vertex_at(geometry: Vertices, point: Point, reach: float) -> VertexAt | None:
    best, found = reach, None
    for number, chain in enumerate(geo.chains(geometry)):
        if geo.is_long(chain):
            distance, index = long_chains.nearest_vertex(chain, point)
            if distance <= best:
                best, found = distance, VertexAt(number, index)
            continue
        for index, vertex in enumerate(chain):
            distance = math.dist(vertex, point)
            if distance <= best:
                best, found = distance, VertexAt(number, index)
    return found


def _edge_at(geometry: Vertices, point: Point, reach: float) -> EdgeAt | None:
    best, found = reach, None
    if isinstance(geometry, Points):
        return None
    for number, chain in enumerate(geo.chains(geometry)):
        for distance, index in _edge_distances(chain, point, closed=isinstance(geometry, Polygon)):
            if distance <= best:
                best, found = distance, EdgeAt(number, index)
    return found


def _edge_distances(
    chain: tuple[Point, ...], point: Point, *, closed: bool
) -> Iterator[tuple[float, int]]:
    """How far ``point`` is from the edges, by the vertex that each starts at; of very many, from
    the nearest."""
    if geo.is_long(chain):
        yield long_chains.nearest_edge(chain, point, closed=closed)
        return
    for index, (start, end) in enumerate(pairwise((*chain, chain[0]) if closed else chain)):
        yield geo.distance_to_segment(point, start, end), index


# Changing an outline, a line or points by their vertices --------------------------------------


def move_vertex(geometry: Vertices, at: VertexAt, to: Point) -> Vertices:
    """``geometry`` with one vertex elsewhere."""

    def moved(chain: tuple[Point, ...]) -> tuple[Point, ...]:
        return (*chain[: at.index], to, *chain[at.index + 1 :])

    if isinstance(geometry, Polygon):
        return _with_ring(geometry, at.ring, moved)
    return replace(geometry, points=moved(geometry.points))


def insert_vertex(geometry: Polygon | Polyline, at: EdgeAt, point: Point) -> Polygon | Polyline:
    """``geometry`` with a vertex more on an edge."""

    def larger(chain: tuple[Point, ...]) -> tuple[Point, ...]:
        return (*chain[: at.index + 1], point, *chain[at.index + 1 :])

    if isinstance(geometry, Polygon):
        return _with_ring(geometry, at.ring, larger)
    return Polyline(larger(geometry.points))


def delete_vertex(geometry: Vertices, at: VertexAt) -> Vertices | None:
    """``geometry`` without a vertex; None where all is gone.

    A hole (or part) of three vertices goes with one of them, and so does a line of two.
    """
    match geometry:
        case Points(points):
            rest = [index for index in range(len(points)) if index != at.index]
            return geo.with_points(geometry, rest) if rest else None
        case Polyline(points):
            rest = (*points[: at.index], *points[at.index + 1 :])
            return Polyline(rest) if len(rest) >= 2 else None
        case Polygon():
            ring = tuple(geo.rings(geometry))[at.ring]
            if len(ring) <= 3:
                return _without_ring(geometry, at.ring)
            return _with_ring(
                geometry, at.ring, lambda ring: (*ring[: at.index], *ring[at.index + 1 :])
            )


def turn_occluded(points: Points, index: int) -> Points:
    """``points`` with one of them occluded, or seen again."""
    return replace(points, occluded=points.occluded ^ {index})


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

    Shapes that truly cover the point, and lines and points, which cover nothing, come before
    those that are only near; among equals the topmost comes first.
    """
    found = [
        (not hit, geo.area(shape.geometry), -order, shape)
        for order, shape in enumerate(shapes)
        if (hit := _hit(shape.geometry, point, reach)) or _near(shape.geometry, point, reach)
    ]
    return [shape for *_, shape in sorted(found, key=lambda item: item[:3])]


def _hit(geometry: Geometry, point: Point, reach: float) -> bool:
    if isinstance(geometry, Polyline | Points):
        return geo.distance_to(geometry, point) <= reach
    return geo.contains(geometry, point)


def _near(geometry: Geometry, point: Point, reach: float) -> bool:
    match geometry:
        case Box() | RotatedBox():
            return _near_ring(geo.corners(geometry), point, reach)
        case Polygon():
            return any(_near_ring(ring, point, reach) for ring in geo.rings(geometry))
        case Mask():
            around = ((-reach, 0.0), (reach, 0.0), (0.0, -reach), (0.0, reach))
            return any(geo.contains(geometry, (point[0] + x, point[1] + y)) for x, y in around)
        case Polyline() | Points():
            return False


def _near_ring(ring: Ring, point: Point, reach: float) -> bool:
    return any(distance <= reach for distance, _ in _edge_distances(ring, point, closed=True))


def next_in_stack(stack: Sequence[Shape], current: int | None) -> Shape | None:
    """The shape that a click picks: the smallest, or the one under ``current`` (a shape's id)."""
    if not stack:
        return None
    ids = [shape.id for shape in stack]
    return stack[(ids.index(current) + 1) % len(stack)] if current in ids else stack[0]
