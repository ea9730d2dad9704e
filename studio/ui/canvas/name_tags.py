"""The names of classes above shapes: where they are, how wide, and which are left out."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from studio.domain import geometry as geo
from studio.domain.shapes import Geometry, Points, Shape
from studio.domain.viewport import Viewport
from studio.ui.canvas import painting
from studio.ui.canvas.handles import NAME_GAP_PX
from studio.ui.canvas.scene import Scene

NAME_ROOM_PX = 240.0
"""How far to either side of a shape its name reaches at most; a wider one ends in dots."""

NAME_RISE_PX = 54.0
"""How far above a shape its name reaches at most."""

MANY_NAMES = 100
"""Among more shapes than this, small ones go without names."""

LEAST_NAMED_PX = 20.0
"""A shape that is shown no larger than this is small: its name would cover its neighbours."""

GAP_PX = 3.0


def is_crowd(scene: Scene) -> bool:
    """Whether the image has so many shapes that their names would be all that is seen."""
    return len(scene.shapes) > MANY_NAMES


def paint_name_in_crowd(painter: QPainter, shape: Shape, scene: Scene, viewport: Viewport) -> None:
    """The name tag of one of very many shapes, at its corner, unless the shape is shown small."""
    bounds = geo.bounds(shape.geometry)
    if max(bounds.width, bounds.height) * viewport.scale > LEAST_NAMED_PX:
        left, top = viewport.to_widget((bounds.x0, bounds.y0))
        _paint(painter, shape, scene, QPointF(left, top - GAP_PX))


def paint_name_of(
    painter: QPainter, shape: Shape, geometry: Geometry, scene: Scene, viewport: Viewport
) -> None:
    """The name tag of a shape, above its top left corner and inside the widget; none where the
    widget shows nothing of the shape."""
    box = viewport.box_to_widget(geo.bounds(geometry))
    if box.x1 < 0 or box.y1 < 0 or box.x0 > viewport.width or box.y0 > viewport.height:
        return
    rect = _room(painter, scene.name(shape))
    x = min(max(box.x0, 2.0), viewport.width - rect.width() - 2)
    gap = GAP_PX
    if isinstance(geometry, Points):  # the dots, and the name above one, are seen
        gap = NAME_GAP_PX + (rect.height() + 2 if geometry.names else 0)
    _paint(painter, shape, scene, QPointF(x, max(box.y0 - gap, rect.height() + 2)))


def _paint(painter: QPainter, shape: Shape, scene: Scene, at: QPointF) -> None:
    name = _fitted(QFontMetricsF(painter.font()), scene.name(shape))
    if name:
        painting.paint_name(painter, name, scene.color(shape), at)


def _room(painter: QPainter, name: str) -> QRectF:
    metrics = QFontMetricsF(painter.font())
    return painting.name_rect(metrics, _fitted(metrics, name), QPointF(0, 0))


def _fitted(metrics: QFontMetricsF, name: str) -> str:
    room = NAME_ROOM_PX - 2 * painting.TAG_PADDING_PX - 2
    return metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
