"""The box that a row of YOLO has around its keypoints."""

from __future__ import annotations

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Points

_SAME_PX = 0.02
"""Sides no farther apart than this were rounded, not drawn."""


def around(points: Points, width: int, height: int) -> Box:
    """The box around all points, at least a pixel wide and high, within the image.

    It stands in for an object whose box nobody has drawn, since a row cannot do without one.
    """
    box = geo.bounds(points)
    x, y = min(box.x0, width - 1), min(box.y0, height - 1)
    return Box(x, y, max(box.x1, x + 1), max(box.y1, y + 1))


def is_around(box: Box, points: Points, width: int, height: int) -> bool:
    """Whether ``box`` says no more than the points do."""
    least = around(points, width, height)
    sides = ((box.x0, least.x0), (box.y0, least.y0), (box.x1, least.x1), (box.y1, least.y1))
    return all(abs(a - b) < _SAME_PX for a, b in sides)
