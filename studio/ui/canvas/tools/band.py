"""A rubber band, which selects the shapes that lie wholly within."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from studio.domain import geometry as geo
from studio.domain.shapes import Box
from studio.ui.canvas import painting
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.scene import Scene
from studio.ui.canvas.tools.tool import Pointer


@dataclass(slots=True)
class Band:
    """Drawn from ``start`` to ``end``; the shapes ``kept`` were selected before and stay so."""

    start: Pointer
    end: Pointer
    kept: frozenset[int]

    def selected(self, scene: Scene) -> frozenset[int]:
        """The ids of what is selected now."""
        box = geo.rectangle(self.start.image, self.end.image)
        return self.kept | {
            shape.id
            for index in scene.touching(box)
            if scene.is_visible(shape := scene.shapes[index])
            and not shape.locked
            and _holds(box, geo.bounds(shape.geometry))
        }

    def paint(self, painter: QPainter, frame: Frame, color: QColor) -> None:
        """A tinted rectangle."""
        (x0, y0), (x1, y1) = (frame.viewport.to_widget(p.image) for p in (self.start, self.end))
        painter.setPen(QPen(color, 1))
        painter.setBrush(painting.with_opacity(color, 0.15))
        painter.drawRect(QRectF(x0, y0, x1 - x0, y1 - y0).normalized())


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x0 <= inner.x0
        and outer.y0 <= inner.y0
        and outer.x1 >= inner.x1
        and outer.y1 >= inner.y1
    )
