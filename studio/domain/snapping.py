"""Where a point goes that is set near another shape: onto its vertex, its edge, or the border.

Neighbours share a border exactly when they share its vertices bit for bit, so a vertex is taken
over as it is and never computed anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Geometry, Mask, Point, Points, Polygon, Polyline, RotatedBox

Edges = NDArray[np.float64]
"""(n, 4) float64: the edges of shapes as ``x0, y0, x1, y1`` in image pixels. Every vertex starts
one; the last vertex of an open line, and a keypoint, start one of no length."""

NO_EDGES: Edges = np.empty((0, 4))


class Onto(Enum):
    """What a point was put onto."""

    VERTEX = "vertex"
    EDGE = "edge"
    BORDER = "border"


@dataclass(frozen=True, slots=True)
class Snapped:
    """``point`` lies on what ``onto`` says; ``along`` is the direction of an edge or border (dx,
    dy), of any length."""

    point: Point
    onto: Onto
    along: Point = (0.0, 0.0)


def edges_of(geometry: Geometry) -> Edges:
    """The edges of a geometry; a mask has none, for its outline is a staircase of pixels."""
    match geometry:
        case Box() | RotatedBox():
            chains = [_closed(geo.corners(geometry))]
        case Polygon():
            chains = [_closed(ring) for ring in geo.rings(geometry)]
        case Polyline(points):
            chains = [_chain(points, (*points[1:], points[-1]))]
        case Points(points):
            chains = [_chain(points, points)]
        case Mask():
            chains = []
    return np.concatenate(chains) if chains else NO_EDGES


def _closed(ring: Sequence[Point]) -> Edges:
    return _chain(ring, (*ring[1:], ring[0]))


def _chain(starts: Sequence[Point], ends: Sequence[Point]) -> Edges:
    return np.hstack((np.array(starts, dtype=np.float64), np.array(ends, dtype=np.float64)))


def snap(point: Point, edges: Edges, reach: float, width: int, height: int) -> Snapped | None:
    """The place within ``reach`` px of ``point`` that it is meant for, or None.

    Vertices come before edges, and both before the border of the ``width`` x ``height`` image.
    What lies outside the image is nowhere to go.
    """
    return (
        _onto_vertex(point, edges, reach, width, height)
        or _onto_edge(point, edges, reach, width, height)
        or onto_border(point, reach, width, height)
    )


def _onto_vertex(
    point: Point, edges: Edges, reach: float, width: int, height: int
) -> Snapped | None:
    best = _nearest(point, edges[:, :2], reach, width, height)
    return (
        Snapped((float(edges[best, 0]), float(edges[best, 1])), Onto.VERTEX) if best >= 0 else None
    )


def _onto_edge(point: Point, edges: Edges, reach: float, width: int, height: int) -> Snapped | None:
    starts, ways = edges[:, :2], edges[:, 2:] - edges[:, :2]
    lengths2 = (ways * ways).sum(axis=1)
    dots = ((np.array(point) - starts) * ways).sum(axis=1)
    shares = np.divide(dots, lengths2, out=np.zeros_like(dots), where=lengths2 > 0)
    feet = starts + np.clip(shares, 0.0, 1.0)[:, None] * ways
    best = _nearest(point, feet, reach, width, height)
    if best < 0:
        return None
    foot = (float(feet[best, 0]), float(feet[best, 1]))
    return Snapped(foot, Onto.EDGE, (float(ways[best, 0]), float(ways[best, 1])))


def _nearest(
    point: Point, places: NDArray[np.float64], reach: float, width: int, height: int
) -> int:
    """The index of the nearest of ``places`` (n, 2) inside the image, -1 for none in reach."""
    if not len(places):
        return -1
    distances2 = ((places - point) ** 2).sum(axis=1)
    outside = ((places < 0) | (places > (width, height))).any(axis=1)
    distances2[outside] = np.inf
    best = int(distances2.argmin())
    return best if distances2[best] <= reach * reach else -1


def onto_border(point: Point, reach: float, width: int, height: int) -> Snapped | None:
    """The place on the image's border within ``reach`` px of ``point`` on each axis, or None."""
    x, on_x = _to_end(point[0], reach, width)
    y, on_y = _to_end(point[1], reach, height)
    if not (on_x or on_y):
        return None
    along = (0.0, 0.0) if on_x and on_y else (0.0, 1.0) if on_x else (1.0, 0.0)
    return Snapped((x, y), Onto.BORDER, along)


def _to_end(value: float, reach: float, length: int) -> tuple[float, bool]:
    end = 0.0 if value < length / 2 else float(length)
    return (end, True) if abs(value - end) <= reach else (value, False)


# Steps of 45 degrees --------------------------------------------------------------------------


def stepped(start: Point, point: Point, width: int, height: int) -> Point:
    """The place nearest to ``point`` that lies from ``start`` at a multiple of 45 degrees and
    inside the image. ``start`` is inside too."""
    dx, dy = point[0] - start[0], point[1] - start[1]
    eighth = round(math.atan2(dy, dx) / (math.pi / 4)) % 8
    ux, uy = _EIGHTHS[eighth]
    length = (dx * ux + dy * uy) / (ux * ux + uy * uy)
    room = min(_room(start[0], ux, width), _room(start[1], uy, height))
    length = max(0.0, min(length, room))
    return geo.clamp((start[0] + ux * length, start[1] + uy * length), width, height)


_EIGHTHS = ((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))


def _room(start: float, step: int, length: int) -> float:
    return math.inf if step == 0 else length - start if step > 0 else start


def stepped_from_any(starts: Iterable[Point], point: Point, width: int, height: int) -> Point:
    """The nearest to ``point`` of the places that ``stepped`` finds from one or more starts."""
    places = (stepped(start, point, width, height) for start in starts)
    return min(places, key=lambda place: math.dist(place, point))
