"""Outlines and lines of very many vertices as arrays: a traced one may have a hundred thousand,
and what is asked of it while the mouse moves takes Python a second.

``geometry`` imports this where it meets one: the window is shown before NumPy is loaded.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from studio.domain.shapes import Point

Chain = tuple[Point, ...]


def as_array(vertices: Chain) -> NDArray[np.float64]:
    """The vertices as (N, 2) x and y; read-only."""
    return _as_array(_Known(vertices))


def extent(vertices: Chain) -> tuple[float, float, float, float]:
    """The least x and y, and the largest."""
    points = as_array(vertices)
    (x0, y0), (x1, y1) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return x0, y0, x1, y1


def area(ring: Chain) -> float:
    """The area within, by the shoelace formula."""
    x, y = as_array(ring).T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def contains(ring: Chain, point: Point) -> bool:
    """Whether ``point`` lies within, by the even-odd rule."""
    end = as_array(ring)
    start = np.roll(end, 1, axis=0)
    crosses = (start[:, 1] > point[1]) != (end[:, 1] > point[1])
    (x0, y0), (x1, y1) = start[crosses].T, end[crosses].T
    at = x0 + (point[1] - y0) * (x1 - x0) / (y1 - y0)
    return bool(np.count_nonzero(point[0] < at) % 2)


def nearest_vertex(vertices: Chain, point: Point) -> tuple[float, int]:
    """How far the nearest vertex is from ``point``, and which it is, the last among equals."""
    return _last_least(np.hypot(*(as_array(vertices) - point).T))


def nearest_edge(vertices: Chain, point: Point, *, closed: bool) -> tuple[float, int]:
    """The same of the edges, each known by the vertex that it starts at."""
    start = as_array(vertices)
    end = np.roll(start, -1, axis=0)
    if not closed:
        start, end = start[:-1], end[:-1]
    way, off = end - start, point - start
    length2 = np.maximum((way * way).sum(axis=1), np.finfo(np.float64).tiny)
    along = np.clip((off * way).sum(axis=1) / length2, 0.0, 1.0)
    return _last_least(np.hypot(*(off - along[:, None] * way).T))


def _last_least(distances: NDArray[np.float64]) -> tuple[float, int]:
    index = len(distances) - 1 - int(np.argmin(distances[::-1]))
    return float(distances[index]), index


class _Known:
    """Vertices that are known by where they are kept: they themselves take long to compare."""

    __slots__ = ("vertices",)

    def __init__(self, vertices: Chain) -> None:
        self.vertices = vertices

    def __hash__(self) -> int:
        return id(self.vertices)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and other.vertices is self.vertices


@lru_cache(maxsize=16)
def _as_array(known: _Known) -> NDArray[np.float64]:
    count = len(known.vertices)
    array = np.fromiter(chain.from_iterable(known.vertices), np.float64, 2 * count).reshape(-1, 2)
    array.flags.writeable = False
    return array
