"""How a line looks that is drawn over shapes to change them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from studio.ui.canvas.layers import HANDLE_PX


def paint(painter: QPainter, line: QPolygonF, color: str, dots: int) -> None:
    """Draw ``line`` (widget pixels) dashed, with its first ``dots`` points as discs."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    dashed = QPen(QColor(color), 2)
    dashed.setDashPattern([4, 2])
    for pen in (QPen(QColor(0, 0, 0, 120), 4), dashed):
        painter.setPen(pen)
        painter.drawPolyline(line)
    painter.setPen(QPen(QColor(color), 1.5))
    painter.setBrush(Qt.GlobalColor.white)
    for index in range(dots):
        painter.drawEllipse(line.at(index), HANDLE_PX / 2, HANDLE_PX / 2)
    painter.restore()
