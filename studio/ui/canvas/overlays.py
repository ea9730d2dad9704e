"""What lies over the picture to measure by: the pixel grid, and a crosshair through the cursor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from studio.ui.canvas.layers import Frame

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas

GRID_FROM_PX = 8.0
"""From so many device pixels to an image pixel on, the pixels' borders are drawn."""


class GridLayer:
    """The borders between pixels, where these are large enough to have some."""

    def __init__(self) -> None:
        self.shown = True

    def paint(self, painter: QPainter, frame: Frame) -> bool:
        """Draw the lines that cross what is exposed, over the image only."""
        view = frame.viewport
        if not self.shown or view.scale * frame.ratio < GRID_FROM_PX:
            return False
        seen = view.visible()
        left, top = view.to_widget((seen.x0, seen.y0))
        right, bottom = view.to_widget((seen.x1, seen.y1))
        columns = range(math.ceil(seen.x0), math.floor(seen.x1) + 1)
        rows = range(math.ceil(seen.y0), math.floor(seen.y1) + 1)
        xs = (view.to_widget((column, 0))[0] for column in columns)
        ys = (view.to_widget((0, row))[1] for row in rows)
        lines = [QLineF(x, top, x, bottom) for x in xs]
        lines += [QLineF(left, y, right, y) for y in ys]
        draw_hairlines(painter, lines, dark=70, light=80, dashes=(2, 2))
        return False


class CrosshairLayer:
    """Lines through the cursor from edge to edge, while a tool that draws outlines is in use."""

    def __init__(self, canvas: Canvas) -> None:
        self.shown = True
        self._canvas = canvas

    @property
    def is_seen(self) -> bool:
        """Whether there is one: a tool with a crossed cursor, which is over the canvas."""
        crossed = self._canvas.tool.cursor is Qt.CursorShape.CrossCursor
        return self.shown and crossed and self._canvas.can_draw and self._canvas.pointer is not None

    def paint(self, painter: QPainter, frame: Frame) -> bool:
        """Draw both lines."""
        pointer = self._canvas.pointer
        if self.is_seen and pointer:
            x, y = pointer.widget[0] + 0.5, pointer.widget[1] + 0.5
            width, height = frame.viewport.width, frame.viewport.height
            lines = [QLineF(0, y, width, y), QLineF(x, 0, x, height)]
            draw_hairlines(painter, lines, dark=120, light=170, dashes=(4, 2))
        return False


def draw_hairlines(
    painter: QPainter,
    lines: Sequence[QLineF],
    *,
    dark: int,
    light: int,
    dashes: tuple[float, float],
) -> None:
    """Dark lines with light dashes (alpha 0..255), one device pixel wide, seen on any ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(QColor(0, 0, 0, dark), 0))
    painter.drawLines(lines)
    pen = QPen(QColor(255, 255, 255, light), 0)
    pen.setDashPattern(dashes)
    painter.setPen(pen)
    painter.drawLines(lines)
    painter.restore()
