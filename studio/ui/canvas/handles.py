"""The grips of what is selected, in widget pixels, so that they are as large at every zoom."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from studio.domain import geometry as geo
from studio.domain import picking
from studio.domain.shapes import Box, Geometry, Mask, Points, Polygon, Polyline, RotatedBox
from studio.domain.viewport import Viewport
from studio.ui.canvas import painting

HANDLE_PX = 8.0
TURN_STEM_PX = 26.0
"""How far the grip that turns a rotated box stands above its top side."""
NAME_GAP_PX = 10.0
"""How far the name of a point keeps from the centre of every point."""


def handle_count(geometry: Geometry) -> int:
    """How many grips a geometry shows."""
    if isinstance(geometry, Polygon | Polyline | Points):
        return sum(map(len, geo.chains(geometry)))
    return len(picking.Handle)


def paint_handles(painter: QPainter, geometry: Geometry, color: QColor, viewport: Viewport) -> None:
    """The grips of a box (squares), and the vertices of a polygon or line (discs).

    Points are grips themselves; here they get their names.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(color.darker(140), 1.5))
    painter.setBrush(Qt.GlobalColor.white)
    half = HANDLE_PX / 2
    match geometry:
        case Box():
            for handle in picking.Handle:
                x, y = viewport.to_widget(handle.of(geometry))
                painter.drawRect(QRectF(x - half, y - half, HANDLE_PX, HANDLE_PX))
        case RotatedBox():
            _paint_rotated_handles(painter, geometry, viewport)
        case Polygon() | Polyline():
            for chain in geo.chains(geometry):
                for vertex in chain:
                    x, y = viewport.to_widget(vertex)
                    painter.drawEllipse(QPointF(x, y), half, half)
        case Points():
            _paint_point_names(painter, geometry, color, viewport)
        case Mask():
            pass
    painter.restore()


def _paint_rotated_handles(painter: QPainter, box: RotatedBox, viewport: Viewport) -> None:
    """Turned squares on the box, and a disc on a stem above it, which turns it."""
    stem = TURN_STEM_PX / viewport.scale
    top = QPointF(*viewport.to_widget(picking.Handle.TOP.of(box)))
    grip = QPointF(*viewport.to_widget(picking.turn_grip(box, stem)))
    painter.drawLine(top, grip)
    painter.drawEllipse(grip, HANDLE_PX / 2 + 1, HANDLE_PX / 2 + 1)
    for handle in picking.Handle:
        painter.save()
        painter.translate(*viewport.to_widget(handle.of(box)))
        painter.rotate(box.angle_deg)
        painter.drawRect(QRectF(-HANDLE_PX / 2, -HANDLE_PX / 2, HANDLE_PX, HANDLE_PX))
        painter.restore()


def _paint_point_names(
    painter: QPainter, points: Points, color: QColor, viewport: Viewport
) -> None:
    """Each name beside its point, or nowhere: it hides no other point and no other name."""
    metrics = QFontMetricsF(painter.font())
    at = [QPointF(*viewport.to_widget(point)) for point in points.points]
    room = QRectF(-NAME_GAP_PX, -NAME_GAP_PX, 2 * NAME_GAP_PX, 2 * NAME_GAP_PX)
    taken = [room.translated(point) for point in at]
    for point, name in zip(at, points.names, strict=False):
        rect = painting.name_rect(metrics, name, QPointF(0, 0))
        width, height = rect.width(), rect.height()
        for x, y in (
            (NAME_GAP_PX, height / 2),
            (-NAME_GAP_PX - width, height / 2),
            (-width / 2, -NAME_GAP_PX),
            (-width / 2, NAME_GAP_PX + height),
        ):
            place = rect.translated(point.x() + x, point.y() + y)
            if not any(place.intersects(other) for other in taken):
                taken.append(painting.paint_name(painter, name, color, place.bottomLeft()))
                break
