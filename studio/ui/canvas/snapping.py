"""Points that the pointer sets go onto what lies near, and a small mark says onto what.

Ctrl suspends it; Shift lets an edge go in steps of 45 degrees instead.
"""

from __future__ import annotations

import math
from collections.abc import Container, Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from studio.domain import snapping
from studio.domain.shapes import Box, Geometry, Point
from studio.domain.snapping import NO_EDGES, Edges, Onto, Snapped
from studio.ui import theme
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.scene import Scene
from studio.ui.canvas.tools.tool import Pointer
from studio.ui.canvas.view import View

REACH_PX = 8.0
MARK_PX = 10.0
LINE_PX = 44.0
KEPT_OUTLINES = 4096


class Snapping:
    """Finds the place of a point among the visible shapes; locked ones are neighbours as well.

    ``on`` says whether shapes attract points; the border of the image always does. ``mark`` is
    what the last point was put onto, until the pointer moves on.
    """

    def __init__(self, scene: Scene, view: View) -> None:
        self.on = True
        self.mark: Snapped | None = None
        self._scene = scene
        self._view = view
        self._outlines: dict[int, tuple[Geometry, Edges]] = {}

    def place(
        self,
        pointer: Pointer,
        *,
        wanted: Point | None = None,
        starts: Sequence[Point] = (),
        without: int = 0,
        taken: Container[Point] = (),
    ) -> Point:
        """The point of the image that ``pointer`` sets.

        ``wanted`` is where it would be, if that is not under the pointer; ``starts`` are where the
        edges that end there begin. Shape ``without`` attracts nothing, for it is in hand, and a
        point that is ``taken`` is not set a second time.
        """
        point = self._scene.within(pointer.image if wanted is None else wanted)
        self.mark = None
        if pointer.shift and starts:
            return snapping.stepped_from_any(starts, point, *self._scene.size)
        if pointer.ctrl:
            return point
        reach = REACH_PX / self._view.viewport.scale
        attracts = self.on and self._scene.is_complete  # nobody waits who only points
        edges = self._edges_near(point, reach, without) if attracts else NO_EDGES
        found = snapping.snap(point, edges, reach, *self._scene.size)
        if found is None or found.point in taken:
            return point
        self.mark = found
        return found.point

    def forget(self) -> None:
        """The pointer moves on: what it sets next may be put onto nothing."""
        self.mark = None

    def _edges_near(self, point: Point, reach: float, without: int) -> Edges:
        scene = self._scene
        around = Box(point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach)
        near = (scene.shapes[index] for index in scene.touching(around))
        found = [
            self._edges_of(shape.id, shape.geometry)
            for shape in near
            if shape.id != without and scene.is_visible(shape)
        ]
        return np.concatenate(found) if found else NO_EDGES

    def _edges_of(self, shape_id: int, geometry: Geometry) -> Edges:
        known = self._outlines.get(shape_id)
        if known and known[0] is geometry:
            return known[1]
        if len(self._outlines) >= KEPT_OUTLINES:
            self._outlines.clear()
        edges = snapping.edges_of(geometry)
        self._outlines[shape_id] = (geometry, edges)
        return edges

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """The mark: a square on a vertex; a diamond on an edge or the border, which shows too."""
        if self.mark is None:
            return
        at = QPointF(*frame.viewport.to_widget(self.mark.point))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(theme.current().accent)
        line, sign = _line_along(self.mark.along, at), _sign(self.mark.onto, at)
        for line_pen, sign_pen in (
            (QPen(QColor(0, 0, 0, 150), 5), QPen(QColor(0, 0, 0, 150), 4)),
            (QPen(accent, 3), QPen(Qt.GlobalColor.white, 1.5)),
        ):
            if line:
                painter.setPen(line_pen)
                painter.drawLine(line)
            painter.setPen(sign_pen)
            painter.setBrush(accent)
            painter.drawPolygon(sign)
        painter.restore()


def _sign(onto: Onto, at: QPointF) -> QPolygonF:
    half = MARK_PX / 2
    if onto is Onto.VERTEX:
        return QPolygonF(QRectF(at.x() - half, at.y() - half, MARK_PX, MARK_PX))
    half *= math.sqrt(2)
    return QPolygonF(
        [at + QPointF(x * half, y * half) for x, y in ((0, -1), (1, 0), (0, 1), (-1, 0), (0, -1))]
    )


def _line_along(way: Point, at: QPointF) -> QLineF | None:
    """A piece of the edge that a point is on; None where it is a corner."""
    length = math.hypot(*way)
    if not length:
        return None
    half = QPointF(way[0], way[1]) * (LINE_PX / 2 / length)
    return QLineF(at - half, at + half)
