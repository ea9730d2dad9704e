"""One ring for what has several parts or holes: YOLO has one outline a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from studio.domain.shapes import Part, Polygon, Ring

_Points = NDArray[np.float64]
"""(N, 2), x and y."""


def joined(polygon: Polygon) -> Ring:
    """One ring that covers what the parts of ``polygon`` cover, which must not overlap.

    From ring to ring leads a bridge without width, gone over there and back, so that by the
    even-odd rule it covers nothing. Holes run against their part, so that areas add up.
    """
    whole = _chained([_part(part) for part in polygon.parts])
    return tuple((float(x), float(y)) for x, y in whole)


def _part(part: Part) -> _Points:
    return _chained([_turning(part.outer, 1), *(_turning(hole, -1) for hole in part.holes)])


def _turning(ring: Ring, sign: int) -> _Points:
    """The ring so that its signed area has ``sign``."""
    points = np.asarray(ring, dtype=np.float64)
    x, y = points.T
    area = float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
    return points if area * sign >= 0 else points[::-1]


def _chained(rings: Sequence[_Points]) -> _Points:
    """From the first ring to the next and so on, around the last one, and back."""
    ring, *others = (rings[index] for index in _neighbours(rings))
    there: list[_Points] = []
    back: list[_Points] = []
    for other in others:
        leaving, entering = _close_pair(ring, other)
        there.append(ring[: leaving + 1])
        back.append(np.concatenate((ring[leaving:], ring[:1])))
        ring = np.roll(other, -entering, axis=0)
    if not others:
        return ring
    there.append(np.concatenate((ring, ring[:1])))
    back[0] = back[0][:-1]
    return np.concatenate((*there, *reversed(back)))


def _neighbours(rings: Sequence[_Points]) -> Iterator[int]:
    """An order in which each ring is near the one before it; the first one stays first."""
    centres = np.array([(ring.min(axis=0) + ring.max(axis=0)) / 2 for ring in rings])
    waiting = np.arange(len(rings))
    here = 0
    while waiting.size:
        yield int(waiting[here])
        centre = centres[waiting[here]]
        waiting = np.delete(waiting, here)
        here = _nearest(centres[waiting], centre) if waiting.size else 0


def _close_pair(ring: _Points, other: _Points) -> tuple[int, int]:
    """The vertices where the two are close; to find the closest would take too long."""
    i = j = 0
    for _ in range(3):
        i = _nearest(ring, other[j])
        j = _nearest(other, ring[i])
    return i, j


def _nearest(points: _Points, point: _Points) -> int:
    return int(np.argmin(((points - point) ** 2).sum(axis=1)))
