"""Shapes between two shapes of the same kind, for the frames between two key frames. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from studio.domain.shapes import (
    Box,
    Geometry,
    Part,
    Point,
    Points,
    Polygon,
    Polyline,
    Ring,
    RotatedBox,
)

LEAST_RESAMPLED = 32
"""Outlines with different numbers of vertices are walked in at least so many steps."""


def between(a: Geometry, b: Geometry, t: float) -> Geometry | None:
    """What lies at ``t`` (0..1) of the way from ``a`` to ``b``, every point on a straight line.

    None where the two are not of one kind, or polygons of several parts or with holes, or sets of
    points of different size. Masks have a way of their own (``studio.vision.morphing``).
    """
    match a, b:
        case Box(), Box():
            return Box(*(_mix(x, y, t) for x, y in zip(_box(a), _box(b), strict=True)))
        case RotatedBox(), RotatedBox():
            return _turned(a, b, t)
        case Polygon(), Polygon():
            rings = _single_ring(a), _single_ring(b)
            if rings[0] is None or rings[1] is None:
                return None
            return Polygon((Part(_rings_between(rings[0], rings[1], t)),))
        case Polyline(), Polyline():
            first, second = np.array(a.points), np.array(b.points)
            if len(first) != len(second):
                count = max(len(first), len(second), LEAST_RESAMPLED)
                first, second = (_walked(each, count, closed=False) for each in (first, second))
            return Polyline(_points(first, second, t))
        case Points(), Points() if len(a.points) == len(b.points):
            return replace(a, points=_points(np.array(a.points), np.array(b.points), t))
        case _:
            return None


def _mix(a: float, b: float, t: float) -> float:
    return a + (b - a) * t


def _box(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def _turned(a: RotatedBox, b: RotatedBox, t: float) -> RotatedBox:
    # The shorter way round; a box turned by half a turn is the same box.
    turn = (b.angle_deg - a.angle_deg + 90) % 180 - 90
    return RotatedBox(
        _mix(a.cx, b.cx, t),
        _mix(a.cy, b.cy, t),
        _mix(a.width, b.width, t),
        _mix(a.height, b.height, t),
        a.angle_deg + turn * t,
    )


def _single_ring(polygon: Polygon) -> Ring | None:
    [*parts] = polygon.parts
    return parts[0].outer if len(parts) == 1 and not parts[0].holes else None


def _rings_between(a: Sequence[Point], b: Sequence[Point], t: float) -> Ring:
    first, second = np.array(a), np.array(b)
    if len(first) != len(second):
        count = max(len(first), len(second), LEAST_RESAMPLED)
        first, second = (_walked(each, count, closed=True) for each in (first, second))
    if _signed_area(first) * _signed_area(second) < 0:
        second = second[::-1]
    return _points(first, _aligned(first, second), t)


def _aligned(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """``second`` begun at the vertex that leaves the least way to go, apart from the shift."""
    a, b = first - first.mean(axis=0), second - second.mean(axis=0)
    costs = [float(((a - np.roll(b, -start, axis=0)) ** 2).sum()) for start in range(len(b))]
    return np.roll(second, -int(np.argmin(costs)), axis=0)


def _points(a: NDArray[np.float64], b: NDArray[np.float64], t: float) -> tuple[Point, ...]:
    mixed = a + (b - a) * t
    return tuple((float(x), float(y)) for x, y in mixed)


def _walked(points: NDArray[np.float64], count: int, *, closed: bool) -> NDArray[np.float64]:
    """``count`` points at equal steps along a line, or around a ring."""
    path = np.concatenate([points, points[:1]]) if closed else points
    steps = np.linalg.norm(path[1:] - path[:-1], axis=1)
    along = np.zeros(len(path))
    along[1:] = steps.cumsum()
    wanted = np.arange(count) * (along[-1] / (count if closed else count - 1))
    found = np.empty((count, 2))
    for axis in (0, 1):
        found[:, axis] = np.interp(wanted, along, path[:, axis])
    return found


def _signed_area(ring: NDArray[np.float64]) -> float:
    x, y = ring.T
    return float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())
