"""Drawing a stretch of an outline anew, between two of its vertices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from studio.domain import geometry as geo
from studio.domain.shapes import Part, Point, Polygon, Ring

SAMPLES = 32
"""At so many places along it a stretch is compared with what was drawn."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What lies between vertices ``start`` and ``end`` of a ring, in or against its direction."""

    start: int
    end: int
    forward: bool

    def of(self, ring: Ring) -> tuple[Point, ...]:
        """Its points, from the start to the end, both included."""
        if not self.forward:
            return tuple(reversed(Stretch(self.end, self.start, forward=True).of(ring)))
        last = self.end if self.end > self.start else self.end + len(ring)
        return tuple(ring[index % len(ring)] for index in range(self.start, last + 1))

    def other(self) -> Stretch:
        """What lies between the same vertices on the other side of the ring."""
        return Stretch(self.start, self.end, not self.forward)


def stretch_along(ring: Ring, start: int, end: int, path: Sequence[Point]) -> Stretch:
    """The stretch that ``path`` was drawn along; without any point, the shorter one."""
    stretch = Stretch(start, end, forward=True)
    if path:
        drawn = (ring[start], *path, ring[end])
        far, other = (_distance(each.of(ring), drawn) for each in (stretch, stretch.other()))
    else:
        far, other = (geo.length(each.of(ring)) for each in (stretch, stretch.other()))
    return stretch if far <= other else stretch.other()


def redrawn(polygon: Polygon, number: int, stretch: Stretch, path: Sequence[Point]) -> Polygon:
    """``polygon`` with ``path`` in the place of a stretch of its ring ``number``.

    Rings count as in ``geometry.rings``; all other vertices stay the very same.
    """
    rings = list(geo.rings(polygon))
    kept = stretch.other().of(rings[number])  # from the start, the other way, to the end
    rings[number] = (*reversed(kept), *path) if stretch.forward else (*kept, *reversed(path))
    following = iter(rings)
    return Polygon(
        tuple(
            Part(next(following), tuple(next(following) for _ in part.holes))
            for part in polygon.parts
        )
    )


def _distance(stretch: Sequence[Point], drawn: Sequence[Point]) -> float:
    """The mean distance of the stretch from what was drawn."""
    places = _places(stretch)
    return sum(
        min(geo.distance_to_segment(place, a, b) for a, b in pairwise(drawn)) for place in places
    ) / len(places)


def _places(points: Sequence[Point]) -> list[Point]:
    """Points at equal distances along the way through ``points``."""
    step = geo.length(points) / SAMPLES
    places, ahead = [points[0]], step
    for a, b in pairwise(points):
        side = math.dist(a, b)
        while ahead <= side and side > 0:
            t = ahead / side
            places.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
            ahead += step
        ahead -= side
    return places
