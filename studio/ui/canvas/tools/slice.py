"""Cut shapes in two along a line: drag straight across, or click from bend to bend."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPolygonF

from studio.domain import turning
from studio.domain.shapes import Box, Point, Shape
from studio.editing import reshaping
from studio.ui import theme
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.tools import trail
from studio.ui.canvas.tools.tool import Pointer, Tool

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas


class SliceTool(Tool):
    """Cuts the selected shapes; with none selected, every visible one that the line parts."""

    id = "slice"
    cursor = Qt.CursorShape.CrossCursor
    keeps_selection = True

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._line: list[Point] = []
        self._pressed: Pointer | None = None
        self._at: Pointer | None = None

    @property
    def busy(self) -> bool:
        """Whether a line was begun."""
        return bool(self._line)

    def press(self, pointer: Pointer) -> None:
        """Set a point of the line; it may lie outside the image."""
        self._pressed = pointer
        self._at = pointer
        self._add(self._place_of(pointer))

    def move(self, pointer: Pointer) -> None:
        """The line follows the cursor."""
        self._at = pointer
        self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        """A drag from the first point on is a whole line."""
        pressed, self._pressed = self._pressed, None
        if pressed and len(self._line) == 1 and pointer.is_far_from(pressed):
            self._add(self._place_of(pointer))
            self._cut()

    def double_click(self, pointer: Pointer) -> None:
        """Cut; the first of the two clicks set the last point."""
        self._cut()

    def key(self, event: QKeyEvent) -> bool:
        """Enter cuts, Backspace takes the last point back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.busy:
            self._cut()
            return True
        return event.key() == Qt.Key.Key_Backspace and self.undo()

    def undo(self) -> bool:
        """Take the last point back."""
        if not self._line:
            return False
        self._line.pop()
        self._changed()
        return True

    def cancel(self) -> bool:
        """Drop the line."""
        had = self.busy
        self._line = []
        self._pressed = None
        self._changed()
        return had

    def pointer_left(self) -> None:
        """Let no line follow the cursor outside the canvas."""
        self._at = None
        self.canvas.update()

    def _place_of(self, pointer: Pointer) -> Point:
        if pointer.shift and self._line:
            return turning.stepped(self._line[-1], pointer.image)
        return pointer.image

    def _add(self, point: Point) -> None:
        if not self._line or self._line[-1] != point:
            self._line.append(point)
        self._changed()

    def _changed(self) -> None:
        self.canvas.tell_hint()
        self.canvas.update()

    def _cut(self) -> None:
        if len(self._line) < 2:
            return
        line = tuple(self._line)
        self.cancel()
        shapes = self._met_by(line)
        make = partial(
            reshaping.slice_shapes, shapes, line, partial(self.document.reserve_ids, "shape")
        )
        self.scene.apply_made(make, slow=reshaping.takes_long(shapes))

    def _met_by(self, line: tuple[Point, ...]) -> list[Shape]:
        selected = self.scene.selected()
        if selected:
            return selected
        xs, ys = zip(*line, strict=True)
        around = Box(min(xs), min(ys), max(xs), max(ys))
        near = (self.scene.shapes[index] for index in self.scene.touching(around))
        return [shape for shape in near if self.scene.is_visible(shape)]

    def hint(self) -> str:
        """What the next click does."""
        tr = QCoreApplication.translate
        match len(self._line):
            case 0 if self.document.selection:
                return tr("Tools", "Drag a line right across the selected shapes to cut them")
            case 0:
                return tr("Tools", "Drag a line right across shapes to cut them in two")
            case 1:
                return tr("Tools", "Click where the line goes on; Shift keeps to steps of 45°")
            case _:
                return tr("Tools", "Enter or a double-click cuts; Backspace takes the last back")

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """The line in hand."""
        if not self._line:
            return
        points = list(self._line)
        if self._at:
            points.append(self._place_of(self._at))
        widget = [QPointF(*frame.viewport.to_widget(point)) for point in points]
        trail.paint(painter, QPolygonF(widget), theme.current().danger, len(self._line))
