"""The layer of tags: what the whole image shows."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from studio.ui import theme
from studio.ui.canvas import painting
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.scene import Scene


class TagsLayer:
    """What the whole image shows, as name tags in the upper left corner of the widget."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def paint(self, painter: QPainter, frame: Frame) -> bool:
        """Draw one name tag for each tag."""
        painter.save()
        painter.setFont(theme.font(bold=True))
        height = QFontMetricsF(painter.font()).height() + 2
        at = QPointF(12, 12 + height)
        for tag in self._scene.tags:
            label = self._scene.labels.get(tag.label)
            if label:
                rect = painting.paint_name(painter, label.name, QColor(label.color), at)
                at = QPointF(rect.right() + 6, at.y())
        painter.restore()
        return False
