"""Draw polygons click by click. An unfinished one waits on its image until it is finished."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF

from studio.domain import geometry as geo
from studio.domain.edits import Title
from studio.domain.shapes import Point
from studio.ui.canvas import painting
from studio.ui.canvas.layers import HANDLE_PX, Frame
from studio.ui.canvas.scene import NewShape
from studio.ui.canvas.tools.tool import Pointer, Tool

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas

CLOSE_REACH_PX = 9.0


class PolygonTool(Tool):
    """Polygons of one ring."""

    id = "polygon"
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.drafts: dict[int, list[Point]] = {}  # by image id
        self._at: Pointer | None = None

    @property
    def busy(self) -> bool:
        """Whether a polygon was begun on this image."""
        return bool(self._draft)

    @property
    def _draft(self) -> list[Point]:
        return self.drafts.get(self.scene.image.id, []) if self.scene.image else []

    def press(self, pointer: Pointer) -> None:
        """Set a vertex; on the first one, close."""
        if self.scene.image is None:
            return
        if self._closes(pointer):
            self._finish()
            return
        point = self.scene.within(pointer.image)
        draft = self.drafts.setdefault(self.scene.image.id, [])
        if not draft or draft[-1] != point:
            draft.append(point)
        self._changed()

    def move(self, pointer: Pointer) -> None:
        """The next edge follows the cursor."""
        self._at = pointer
        self.canvas.update()

    def pointer_left(self) -> None:
        """Let no edge follow the cursor outside the canvas."""
        self._at = None
        self.canvas.update()

    def double_click(self, pointer: Pointer) -> None:
        """Close; the first of the two clicks set the last vertex."""
        self._finish()

    def key(self, event: QKeyEvent) -> bool:
        """Enter closes, Backspace takes the last vertex back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.busy:
            self._finish()
            return True
        return event.key() == Qt.Key.Key_Backspace and self.undo()

    def undo(self) -> bool:
        """Take the last vertex back."""
        draft = self._draft
        if draft:
            draft.pop()
            self._changed()
        return bool(draft) or self._drop_empty()

    def _drop_empty(self) -> bool:
        return self.scene.image is not None and self.drafts.pop(self.scene.image.id, None) == []

    def _closes(self, pointer: Pointer) -> bool:
        draft = self._draft
        if len(draft) < 3:
            return False
        first = self.canvas.viewport.to_widget(draft[0])
        return math.dist(first, pointer.widget) <= CLOSE_REACH_PX

    def _finish(self) -> None:
        draft = self._draft
        if len(draft) < 3 or self.scene.image is None:
            return
        polygon = geo.polygon(*draft)
        if geo.is_degenerate(polygon):
            return
        del self.drafts[self.scene.image.id]
        self.scene.offer(NewShape(self.scene.image.id, Title.DRAW_POLYGON, polygon))
        self._changed()

    def _changed(self) -> None:
        self.canvas.tell_hint()
        self.canvas.update()

    def cancel(self) -> bool:
        """Drop the polygon of this image."""
        dropped = bool(self.scene.image and self.drafts.pop(self.scene.image.id, None))
        self._changed()
        return dropped

    def leave(self) -> None:
        """An unfinished polygon stays on its image."""
        self._at = None

    def hint(self) -> str:
        """What the next click does."""
        tr = QCoreApplication.translate
        match len(self._draft):
            case 0:
                return tr("Tools", "Click along the outline to draw {name}").format(
                    name=self.class_name()
                )
            case 1 | 2:
                return tr("Tools", "Click the next vertex; Backspace takes the last one back")
            case _:
                return tr(
                    "Tools", "Click the first vertex, double-click or press Enter to close it"
                )

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """The polygon in hand; pale where another tool is in use."""
        draft = self._draft
        if not draft:
            return
        active = self.canvas.tool is self
        color = self.scene.label_color(self.document.label_id)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setOpacity(1.0 if active else 0.5)
        points = [QPointF(*frame.viewport.to_widget(point)) for point in draft]
        if active and self._at:
            at = self._at.image
            closes = self._closes(self._at)
            end = draft[0] if closes else self.scene.within(at)
            points.append(QPointF(*frame.viewport.to_widget(end)))
        outline = QPolygonF(points)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(painting.with_opacity(color, 0.2))
        painter.drawPolygon(outline)
        for pen in (QPen(QColor(0, 0, 0, 110), 4), QPen(color, 2)):
            painter.setPen(pen)
            painter.drawPolyline(outline)
        self._paint_vertices(painter, points[: len(draft)], color)
        painter.restore()

    def _paint_vertices(self, painter: QPainter, points: list[QPointF], color: QColor) -> None:
        painter.setPen(QPen(color.darker(140), 1.5))
        closes = self._at is not None and self._closes(self._at)
        for index, point in enumerate(points):
            first = index == 0 and len(points) >= 3
            painter.setBrush(color if first else Qt.GlobalColor.white)
            radius = HANDLE_PX / 2 * (1.6 if first and closes else 1.2 if first else 1.0)
            painter.drawEllipse(point, radius, radius)
