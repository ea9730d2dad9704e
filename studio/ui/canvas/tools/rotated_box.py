"""Draw rotated boxes: one edge first, by two clicks or a drag, then how deep the box is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPolygonF

from studio.domain import geometry as geo
from studio.domain import turning
from studio.domain.edits import Title
from studio.domain.shapes import Point, RotatedBox
from studio.ui.canvas import painting
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.scene import NewShape
from studio.ui.canvas.tools.box import paint_measure
from studio.ui.canvas.tools.draft import paint_outline
from studio.ui.canvas.tools.tool import Pointer, Tool

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas


class RotatedBoxTool(Tool):
    """Boxes at any angle; Shift lets the first edge go in steps of 45 degrees."""

    id = "rotated_box"
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._edge: list[Point] = []
        self._pressed: Pointer | None = None
        self._at: Pointer | None = None

    @property
    def busy(self) -> bool:
        """Whether the first edge was begun."""
        return bool(self._edge)

    def press(self, pointer: Pointer) -> None:
        """Set an end of the first edge, or finish."""
        self._pressed = self._at = pointer
        if len(self._edge) == 2:
            self._finish(pointer)
        else:
            self._set_end(pointer)
        self._changed()

    def move(self, pointer: Pointer) -> None:
        """What comes next follows the cursor."""
        self._at = pointer
        self._place_of(pointer)
        self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        """End the first edge where it was dragged to."""
        pressed, self._pressed = self._pressed, None
        if pressed and len(self._edge) == 1 and pointer.is_far_from(pressed):
            self._set_end(pointer)
            self._changed()

    def pointer_left(self) -> None:
        """Let nothing follow the cursor outside the canvas."""
        self._at = None
        self.canvas.update()

    def _place_of(self, pointer: Pointer) -> Point:
        starts = self._edge if len(self._edge) == 1 else ()
        return self.canvas.snapping.place(pointer, starts=starts, taken=self._edge)

    def _set_end(self, pointer: Pointer) -> None:
        end = self._place_of(pointer)
        if not self._edge or math.dist(self._edge[0], end) >= geo.MIN_SIDE_PX:
            self._edge.append(end)

    def _box(self, pointer: Pointer) -> RotatedBox:
        return turning.box_on_edge(self._edge[0], self._edge[1], self._place_of(pointer))

    def _finish(self, pointer: Pointer) -> None:
        box = self._box(pointer)
        if self.scene.image and not geo.is_degenerate(box):
            self._edge = []
            self.canvas.snapping.forget()
            self.scene.offer(NewShape(self.scene.image.id, Title.DRAW_ROTATED_BOX, box))

    def _changed(self) -> None:
        self.canvas.tell_hint()
        self.canvas.update()

    def key(self, event: QKeyEvent) -> bool:
        """Backspace takes the last click back."""
        return event.key() == Qt.Key.Key_Backspace and self.undo()

    def undo(self) -> bool:
        """Take the last click back."""
        was_busy = self.busy
        del self._edge[-1:]
        self._pressed = None
        self._changed()
        return was_busy

    def cancel(self) -> bool:
        """Forget the first edge."""
        was_busy = self.busy
        self._edge, self._pressed = [], None
        self._changed()
        return was_busy

    def leave(self) -> None:
        """Nothing is kept."""
        self.cancel()
        self._at = None

    def hint(self) -> str:
        """What the next click does."""
        tr = QCoreApplication.translate
        match len(self._edge):
            case 0:
                return tr("Tools", "Drag along one side of {name}, or click both its ends").format(
                    name=self.class_name()
                )
            case 1:
                return tr("Tools", "Release or click at the end of this side; Shift: steps of 45°")
            case _:
                return tr("Tools", "Click at the opposite side; Backspace takes a click back")

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """The first edge with its length, then the box with its size and angle."""
        if self.canvas.tool is not self or not self._edge:
            return
        color = self.scene.label_color(self.document.label_id)
        if len(self._edge) == 2 and self._at and (box := self._box(self._at)).height:
            painting.paint_geometry(painter, box, color, frame.to_widget, painting.IN_HAND)
            size = f"{box.width:.0f} × {box.height:.0f}, {box.angle_deg:.1f}°"
            paint_measure(painter, frame, self._at.image, size)
            return
        ends = [*self._edge, *([self._place_of(self._at)] if self._at else [])][:2]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        outline = QPolygonF([QPointF(*frame.viewport.to_widget(end)) for end in ends])
        paint_outline(painter, outline, color)
        painter.restore()
        if len(ends) == 2:
            length, angle = math.dist(*ends), turning.bearing(ends[0], ends[1])
            paint_measure(painter, frame, ends[1], f"{length:.0f}, {angle:.1f}°")
