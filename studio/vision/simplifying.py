"""Fewer vertices: outlines without those that hardly matter."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from studio.domain import geometry as geo
from studio.domain.shapes import Part, Point, Polygon, Ring
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
    coarse = np.array(ring, dtype=np.float32)
    known: dict[Point, Point] = {
        (x, y): point for (x, y), point in zip(coarse.tolist(), ring, strict=True)
    }
    kept = cv2.approxPolyDP(coarse, tolerance_px, closed=True)[:, 0]
    thinned = tuple(known[x, y] for x, y in kept.tolist())
    large = len(thinned) >= 3 and geo.ring_area(thinned) >= geo.MIN_SIDE_PX
    return thinned if large else ()
