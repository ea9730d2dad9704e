"""What can be seen of an outline of very many vertices, and how Qt draws it quickly.

Qt takes seconds to draw a line through a hundred thousand vertices that share a few thousand
pixels. Of those that lie within half a pixel the first is enough, and of a stretch beyond one
side of what is drawn its ends are, for nothing between them can be seen. And the parts of a line
that crosses itself again and again are drawn much faster than the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from studio.domain import geometry as geo
from studio.domain import long_chains
from studio.domain.shapes import Geometry, Polygon, Polyline

MANY = 3000
"""Outlines of fewer vertices are drawn as they are."""
MOST = 6000
"""So many vertices are drawn in a tenth of a second."""
SQUARES_PX = (0.5, 1, 2, 4)
WHOLE = 1000
"""Lines through fewer vertices are drawn in one."""
PIECE = 100
"""Vertices of one part of a line."""


def is_long(geometry: Geometry) -> TypeGuard[Polygon | Polyline]:
    """Whether it is an outline of so many vertices that it is worth a look at each."""
    return isinstance(geometry, Polygon | Polyline) and sum(map(len, geo.chains(geometry))) > MANY


def path_seen(outline: Polygon | Polyline, device: QTransform, area: QRectF) -> QPainterPath:
    """The outline in image pixels, as it looks in ``area`` of the device that ``device`` leads to.

    ``area`` is in device pixels, and has room for the width of the line.
    """
    path = QPainterPath()
    for chain in geo.chains(outline):
        points = long_chains.as_array(chain)
        seen = points[_needed(points, device, area)]
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in seen.tolist()]))
        if isinstance(outline, Polygon):
            path.closeSubpath()
    return path


def _needed(points: NDArray[np.float64], device: QTransform, area: QRectF) -> NDArray[np.bool_]:
    """Which of the (N, 2) ``points`` the line has to go through; its ends always.

    Of those that follow each other in one half of a pixel, or in a larger square where it goes to
    and fro so much that too many are left, the first.
    """
    x = points[:, 0] * device.m11() + device.dx()
    y = points[:, 1] * device.m22() + device.dy()
    beyond = [x < area.left(), x > area.right(), y < area.top(), y > area.bottom()]
    side = np.select(beyond, [1, 2, 3, 4], 0)
    among = (side[1:-1] != 0) & (side[1:-1] == side[:-2]) & (side[1:-1] == side[2:])
    needed = np.ones(len(points), dtype=bool)
    for square_px in SQUARES_PX:
        square = np.stack([np.floor(x / square_px), np.floor(y / square_px)])
        together = (square[:, 1:-1] == square[:, :-2]).all(axis=0)
        needed[1:-1] = ~(among | together)
        if np.count_nonzero(needed) <= MOST:
            break
    return needed


def pieces(path: QPainterPath) -> Iterator[QPainterPath]:
    """The line of ``path``; a long one in parts, although translucent ones are darker where they
    meet."""
    if path.elementCount() <= WHOLE:
        yield path
        return
    for polygon in path.toSubpathPolygons():
        points = polygon.toList()
        for start in range(0, len(points) - 1, PIECE):
            piece = QPainterPath()
            piece.addPolygon(QPolygonF(points[start : start + PIECE + 1]))
            yield piece
