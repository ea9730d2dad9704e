"""Fewer vertices: outlines without those that hardly matter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.domain import geometry as geo
from studio.domain.shapes import Part, Polygon, Ring
from studio.vision import outlines

ATTEMPTS = 6
"""How often the tolerance is halved for a part whose outlines would cross."""


@dataclass(frozen=True, slots=True)
class Simplified:
    """A polygon with fewer vertices; ``lost_holes`` were too small to stay."""

    polygon: Polygon
    lost_holes: int = 0


def simplify(polygon: Polygon, tolerance_px: float) -> Simplified:
    """Leave out vertices, none farther than ``tolerance_px`` from the new outline.

    The vertices that stay are the very same (Douglas and Peucker 1973). Outlines cross no oftener
    than before: a part that would cross itself is simplified less.
    """
    parts = [_simplified(part, tolerance_px) for part in polygon.parts]
    lost = sum(len(a.holes) - len(b.holes) for a, b in zip(polygon.parts, parts, strict=True))
    return Simplified(Polygon(tuple(parts)), lost)


def _simplified(part: Part, tolerance_px: float) -> Part:
    crossings = None
    for _ in range(ATTEMPTS):
        outer = _thinned(part.outer, tolerance_px)
        holes = tuple(hole for each in part.holes if (hole := _thinned(each, tolerance_px)))
        found = Part(outer, holes)
        if found == part:
            return part
        if outer:
            now = outlines.crossings(Polygon((found,)))
            if now and crossings is None:
                crossings = outlines.crossings(Polygon((part,)))
            if now <= (crossings or 0):
                return found
        tolerance_px /= 2
    return part


def _thinned(ring: Ring, tolerance_px: float) -> Ring:
    """``ring`` with fewer vertices; empty where nothing to speak of is left."""
    if tolerance_px <= 0:
        return ring
    kept = np.flatnonzero(_is_kept(np.array(ring), tolerance_px))
    thinned = tuple(ring[index] for index in kept.tolist())
    large = len(thinned) >= 3 and geo.ring_area(thinned) >= geo.MIN_SIDE_PX
    return thinned if large else ()


def _is_kept(points: NDArray[np.float64], tolerance_px: float) -> NDArray[np.bool_]:
    """(n,) whether each of the (n, 2) vertices of a ring stays.

    Not ``cv2.approxPolyDP``, which goes farther from the outline than it was told.
    """
    count = len(points)
    twice = np.concatenate((points, points))
    first = _farthest(points, points[0])
    second = (first + _farthest(np.roll(points, -first, axis=0), points[first])) % count
    low, high = sorted((first, second))
    kept = np.zeros(count, dtype=bool)
    kept[[low, high]] = True
    stretches = [(low, high), (high, low + count)]
    while stretches:
        start, end = stretches.pop()
        if end - start < 2:
            continue
        distances = _from_segment(twice[start + 1 : end], twice[start], twice[end])
        farthest = int(distances.argmax())
        if distances[farthest] > tolerance_px:
            middle = start + 1 + farthest
            kept[middle % count] = True
            stretches += [(start, middle), (middle, end)]
    return kept


def _farthest(points: NDArray[np.float64], place: NDArray[np.float64]) -> int:
    return int(np.hypot(*(points - place).T).argmax())


def _from_segment(
    points: NDArray[np.float64], a: NDArray[np.float64], b: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(n,) distances of the (n, 2) points from the segment ``a`` to ``b``."""
    way = b - a
    square = float(way @ way)
    t = np.clip((points - a) @ way / square, 0.0, 1.0) if square else np.zeros(len(points))
    return np.hypot(*(points - a - t[:, None] * way).T)
