"""Points as ringed dots, which are as large at every zoom and show on any ground."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from studio.domain.shapes import Points

HALO = 0.35
RING_PX = 1.5


def paint(
    painter: QPainter,
    points: Points,
    color: QColor,
    size: float,
    *,
    opacity: float = 1.0,
    marked: bool = False,
) -> None:
    """Draw dots of ``size`` logical pixels in diameter, hollow where they are occluded.

    The painter is in image pixels and is left with another pen. ``marked`` adds a ring.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    dark, ink, white = (
        _with_opacity(each, alpha * opacity)
        for each, alpha in ((QColor(0, 0, 0), HALO), (color, 1.0), (QColor(255, 255, 255), 1.0))
    )
    whole = QPolygonF([QPointF(x, y) for x, y in points.points])
    rings = [(whole, dark, size + 2 * RING_PX)]
    if marked:
        rings = [(whole, dark, size + 6 * RING_PX), (whole, ink, size + 4 * RING_PX)]
    rings += [(whole, white, size), (whole, ink, size - 2 * RING_PX)]
    if points.occluded:
        hollow = QPolygonF([whole.at(index) for index in sorted(points.occluded)])
        rings += [(hollow, ink, size - RING_PX), (hollow, white, size - 4 * RING_PX)]
    ratio = painter.device().devicePixelRatioF()
    for dots, rgba, diameter in rings:
        painter.setPen(_pen(rgba, diameter * ratio))
        painter.drawPoints(dots)


def _with_opacity(color: QColor, opacity: float) -> int:
    result = QColor(color)
    result.setAlphaF(opacity)
    return result.rgba()


@lru_cache(maxsize=256)
def _pen(rgba: int, diameter: float) -> QPen:
    """A pen whose points are round dots; cosmetic, so that it counts in device pixels."""
    pen = QPen(QColor.fromRgba(rgba), diameter)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
