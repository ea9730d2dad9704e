"""Brush strokes on a bitmap: exact discs swept along straight segments."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.domain.shapes import Point


class Window(NamedTuple):
    """Pixels ``[x0, x1) x [y0, y1)`` of a bitmap."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def pixels(self) -> int:
        """How many pixels it has."""
        return (self.x1 - self.x0) * (self.y1 - self.y0)

    def joined(self, other: Window | None) -> Window:
        """The smallest window around both."""
        if other is None:
            return self
        return Window(
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
        )


def sweep(
    bitmap: NDArray[np.uint8], start: Point, end: Point, diameter_px: float, value: int
) -> Window | None:
    """Set to ``value`` every pixel whose centre a round brush covers on its way to ``end``.

    ``bitmap`` is (H, W) and changed in place; the points are in its pixels, and the brush always
    covers the pixel under ``end``. Returns the window that may have changed, None when the brush
    stayed outside.

    The swept area (a disc along a segment) is convex, so each row of it is one interval: the work
    is one slice a row, whatever the diameter.
    """
    height, width = bitmap.shape
    radius = max(diameter_px, 1.0) / 2
    first = max(0, math.floor(min(start[1], end[1]) - radius))
    last = min(height, math.ceil(max(start[1], end[1]) + radius))
    if first < last:
        rows = np.arange(first, last, dtype=np.float64) + 0.5
        left, right = _intervals(rows, start, end, radius)
        # A pixel counts when its centre column + 0.5 lies in [left, right].
        x0 = np.clip(np.ceil(left - 0.5), 0, width)
        x1 = np.clip(np.floor(right - 0.5) + 1, 0, width)
        for row, a, b in zip(range(first, last), x0.astype(int), x1.astype(int), strict=True):
            if a < b:
                bitmap[row, a:b] = value
    column, row = math.floor(end[0]), math.floor(end[1])
    if 0 <= column < width and 0 <= row < height:
        bitmap[row, column] = value
    window = Window(
        max(0, math.floor(min(start[0], end[0]) - radius)),
        first,
        min(width, math.ceil(max(start[0], end[0]) + radius)),
        last,
    )
    return window if window.x0 < window.x1 and window.y0 < window.y1 else None


def _intervals(
    rows: NDArray[np.float64], start: Point, end: Point, radius: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Left and right border of the swept disc at each height; left > right where it is absent."""
    left = np.full(rows.shape, np.inf)
    right = np.full(rows.shape, -np.inf)
    for x, y in (start, end):
        half = np.sqrt(np.maximum(radius * radius - (rows - y) ** 2, 0.0))
        inside = np.abs(rows - y) <= radius
        left = np.where(inside, np.minimum(left, x - half), left)
        right = np.where(inside, np.maximum(right, x + half), right)
    for corner, other in _sides(start, end, radius):
        _widen(rows, corner, other, left, right)
    return left, right


def _sides(start: Point, end: Point, radius: float) -> tuple[tuple[Point, Point], ...]:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    if length == 0:
        return ()
    nx, ny = -dy / length * radius, dx / length * radius
    return tuple(
        (
            (start[0] + sign * nx, start[1] + sign * ny),
            (end[0] + sign * nx, end[1] + sign * ny),
        )
        for sign in (1, -1)
    )


def _widen(
    rows: NDArray[np.float64],
    a: Point,
    b: Point,
    left: NDArray[np.float64],
    right: NDArray[np.float64],
) -> None:
    """Let the intervals reach the segment from ``a`` to ``b`` where it crosses their rows."""
    if a[1] == b[1]:
        return
    crossed = (rows >= min(a[1], b[1])) & (rows <= max(a[1], b[1]))
    x = a[0] + (rows[crossed] - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
    left[crossed] = np.minimum(left[crossed], x)
    right[crossed] = np.maximum(right[crossed], x)
