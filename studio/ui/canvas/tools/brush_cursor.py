"""How a brush is seen: a ring of its true size, and the way that a straight stroke would go."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


def paint_ring(painter: QPainter, centre: QPointF, radius: float) -> None:
    """The brush's rim; a small one gets a cross around it. In logical pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(QColor(0, 0, 0, 160), 3), QPen(QColor(255, 255, 255), 1.2)):
        painter.setPen(pen)
        painter.drawEllipse(centre, radius, radius)
        if radius < 6:
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                start = centre + QPointF(dx, dy) * (radius + 2)
                painter.drawLine(start, start + QPointF(dx, dy) * 4)
    painter.restore()


def paint_way(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """A line from the end of the last stroke to where the next one would end."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(0, 0, 0, 160), 3))
    painter.drawLine(start, end)
    pen = QPen(QColor(255, 255, 255), 1.2)
    pen.setDashPattern([4, 4])
    painter.setPen(pen)
    painter.drawLine(start, end)
    painter.restore()
