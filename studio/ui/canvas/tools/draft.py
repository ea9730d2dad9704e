"""Draw point by point. What is not finished waits on its image until it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF

from studio.domain import geometry as geo
from studio.domain.edits import Title
from studio.domain.shapes import Geometry, Point
from studio.ui.canvas.layers import HANDLE_PX, Frame
from studio.ui.canvas.scene import NewShape
from studio.ui.canvas.tools.tool import Pointer, Tool

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas


class DraftTool(Tool):
    """A tool whose clicks set the points of one shape; Enter or a double-click finishes it.

    A subclass says what the points make (``shape_of``) and how the draft looks.
    """

    cursor = Qt.CursorShape.CrossCursor
    title: Title
    """What finishing is called in the history."""
    least = 2
    """How many points make a shape."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.drafts: dict[int, list[Point]] = {}  # by image id
        self._at: Pointer | None = None

    @property
    def busy(self) -> bool:
        """Whether a shape was begun on this image."""
        return bool(self._draft)

    @property
    def _draft(self) -> list[Point]:
        return self.drafts.get(self.scene.image.id, []) if self.scene.image else []

    # What a subclass says ---------------------------------------------------------------------

    def shape_of(self, points: list[Point]) -> Geometry:
        """The geometry that ``points``, ``least`` of them or more, make."""
        raise NotImplementedError

    def closes(self, pointer: Pointer) -> bool:
        """Whether a click there finishes the shape instead of setting a point."""
        return False

    def still_open(self) -> str:
        """Says that the shape is not finished, and how it is."""
        raise NotImplementedError

    def paint_body(self, painter: QPainter, outline: QPolygonF, color: QColor) -> None:
        """Draw what joins the points; ``outline`` ends at the cursor. In widget pixels."""

    def paint_points(self, painter: QPainter, points: list[QPointF], color: QColor) -> None:
        """Draw the points that are set. In widget pixels."""
        painter.setPen(QPen(color.darker(140), 1.5))
        painter.setBrush(Qt.GlobalColor.white)
        for point in points:
            painter.drawEllipse(point, HANDLE_PX / 2, HANDLE_PX / 2)

    # The pointer ------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        """Set a point, or finish where a click does so."""
        if self.scene.image is None:
            return
        if self.closes(pointer):
            self.finish()
        else:
            self.add(self.place_of(pointer))

    def place_of(self, pointer: Pointer) -> Point:
        """Where a click sets a point: snapped, or with Shift in steps of 45 degrees."""
        draft = self._draft
        return self.canvas.snapping.place(pointer, starts=draft[-1:], taken=draft)

    def ahead(self, pointer: Pointer) -> list[Point]:
        """The points that a click there would add; the line shows them before."""
        return [self._draft[0] if self.closes(pointer) else self.place_of(pointer)]

    def add(self, point: Point) -> None:
        """Set one more point, unless it is where the last one is."""
        if self.scene.image is None:
            return
        draft = self.drafts.setdefault(self.scene.image.id, [])
        if not draft or draft[-1] != point:
            draft.append(point)
        self._changed()

    def move(self, pointer: Pointer) -> None:
        """What comes next follows the cursor."""
        self._at = pointer
        if not self.closes(pointer):
            self.place_of(pointer)
        self.canvas.update()

    def pointer_left(self) -> None:
        """Let nothing follow the cursor outside the canvas."""
        self._at = None
        self.canvas.update()

    def double_click(self, pointer: Pointer) -> None:
        """Finish; the first of the two clicks set the last point."""
        self.finish()

    def key(self, event: QKeyEvent) -> bool:
        """Enter finishes, Backspace takes the last point back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.busy:
            self.finish()
            return True
        return event.key() == Qt.Key.Key_Backspace and self.undo()

    def undo(self) -> bool:
        """Take the last point back."""
        draft = self._draft
        if draft:
            draft.pop()
            self._changed()
        return bool(draft) or self._drop_empty()

    def _drop_empty(self) -> bool:
        return self.scene.image is not None and self.drafts.pop(self.scene.image.id, None) == []

    def finish(self) -> None:
        """Offer the shape, if there are points enough and it is no slip of the hand."""
        draft = self._draft
        if len(draft) < self.least or self.scene.image is None:
            return
        geometry = self.shape_of(draft)
        if geo.is_degenerate(geometry):
            return
        del self.drafts[self.scene.image.id]
        self.scene.offer(NewShape(self.scene.image.id, self.title, geometry))
        self._changed()

    def _changed(self) -> None:
        self.scene.draft_changed.emit()
        self.canvas.tell_hint()
        self.canvas.update()

    def cancel(self) -> bool:
        """Drop what was begun on this image."""
        dropped = bool(self.scene.image and self.drafts.pop(self.scene.image.id, None))
        self._changed()
        return dropped

    def leave(self) -> None:
        """What is not finished stays on its image."""
        self._at = None

    def next_point_hint(self) -> str:
        """The hint between the first point and the first time that the shape can be finished."""
        return QCoreApplication.translate(
            "Tools", "Click the next vertex; Backspace takes the last one back"
        )

    # Painting ---------------------------------------------------------------------------------

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """The shape in hand; pale where another tool is in use."""
        draft = self._draft
        if not draft:
            return
        active = self.canvas.tool is self
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setOpacity(1.0 if active else 0.5)
        points = [QPointF(*frame.viewport.to_widget(point)) for point in draft]
        outline = list(points)
        if active and self._at:
            outline += [QPointF(*frame.viewport.to_widget(p)) for p in self.ahead(self._at)]
        color = self.scene.label_color(self.document.label_id)
        self.paint_body(painter, QPolygonF(outline), color)
        self.paint_points(painter, points, color)
        painter.restore()


def paint_outline(painter: QPainter, outline: QPolygonF, color: QColor) -> None:
    """A line with a dark one under it, so that it shows on any ground."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(QColor(0, 0, 0, 110), 4), QPen(color, 2)):
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(outline)
