"""Draw boxes: drag from corner to corner, or click both corners. Corners snap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from studio.domain import geometry as geo
from studio.domain.edits import Title
from studio.domain.shapes import Box, Point
from studio.ui.canvas import painting
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.scene import NewShape
from studio.ui.canvas.tools.tool import Pointer, Tool

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas


class BoxTool(Tool):
    """Upright boxes; Shift makes squares."""

    id = "box"
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._start: Pointer | None = None
        self._end: Pointer | None = None
        self._corner: Point = (0.0, 0.0)
        self._waits_for_click = False

    @property
    def busy(self) -> bool:
        """Whether the first corner is set."""
        return self._start is not None

    def press(self, pointer: Pointer) -> None:
        """Set the first corner, or the second one of a box that was begun with a click."""
        self._end = pointer
        if self._start is None:
            self._start = pointer
            self._corner = self.canvas.snapping.place(pointer)
            self.canvas.tell_hint()
        self.canvas.update()

    def move(self, pointer: Pointer) -> None:
        """The second corner follows."""
        self._end = pointer
        if not self.busy:
            self.canvas.snapping.place(pointer)
        self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        """Finish a dragged box; after a mere click wait for the second one."""
        if self._start is None:
            return
        self._end = pointer
        if pointer.is_far_from(self._start):
            self._finish()
        elif self._waits_for_click:
            self.cancel()
        else:
            self._waits_for_click = True

    def double_click(self, pointer: Pointer) -> None:
        """A double-click is no box."""

    def _finish(self) -> None:
        box = self._box()
        self._start, self._waits_for_click = None, False
        self.canvas.snapping.forget()
        if box and not geo.is_degenerate(box) and self.scene.image:
            self.scene.offer(NewShape(self.scene.image.id, Title.DRAW_BOX, box))
        self.canvas.tell_hint()
        self.canvas.update()

    def _box(self) -> Box | None:
        if self._start is None or self._end is None:
            return None
        a, b = self._corner, self.scene.within(self._end.image)
        if self._end.shift:
            return geo.rectangle(a, self._squared(a, b))
        box = geo.rectangle(a, self.canvas.snapping.place(self._end))
        if not geo.is_degenerate(box):
            return box
        self.canvas.snapping.forget()
        return geo.rectangle(a, b)

    def _squared(self, a: Point, b: Point) -> Point:
        width, height = self.scene.size
        dx, dy = b[0] - a[0], b[1] - a[1]
        room_x = width - a[0] if dx >= 0 else a[0]
        room_y = height - a[1] if dy >= 0 else a[1]
        side = min(max(abs(dx), abs(dy)), room_x, room_y)
        return (a[0] + (side if dx >= 0 else -side), a[1] + (side if dy >= 0 else -side))

    def cancel(self) -> bool:
        """Forget the first corner."""
        was_busy = self.busy
        self._start, self._waits_for_click = None, False
        self.canvas.tell_hint()
        self.canvas.update()
        return was_busy

    def leave(self) -> None:
        """Nothing is kept."""
        self.cancel()
        self._end = None

    def hint(self) -> str:
        """What the next click does."""
        tr = QCoreApplication.translate
        if self.busy:
            return tr("Tools", "Release or click at the opposite corner; Shift for a square")
        return tr("Tools", "Drag from corner to corner to draw {name}").format(
            name=self.class_name()
        )

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """The box in hand with its size in pixels."""
        box = self._box()
        if self.canvas.tool is not self or box is None:
            return
        color = self.scene.label_color(self.document.label_id)
        painting.paint_geometry(painter, box, color, frame.to_widget, painting.IN_HAND)
        size = f"{box.width:.0f} × {box.height:.0f}"
        paint_measure(painter, frame, (box.x1, box.y1), size)


def paint_measure(painter: QPainter, frame: Frame, beside: Point, text: str) -> None:
    """What is in hand measures ``text``: written beside a point of the image, within the widget."""
    x, y = frame.viewport.to_widget(beside)
    room = painting.name_rect(QFontMetricsF(painter.font()), text, QPointF(0, 0))
    at = QPointF(
        min(x + 8, frame.viewport.width - room.width() - 4),
        min(y + room.height() + 8, frame.viewport.height - 4),
    )
    painting.paint_name(painter, text, QColor(20, 20, 20), at)
