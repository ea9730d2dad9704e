"""Brush and eraser: paint the mask of one instance, holes and all.

A stroke changes a bitmap of the whole image and redraws only what it touched; the release makes
one edit of it. Nothing of a stroke is written before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QWheelEvent

from studio.domain import geometry as geo
from studio.domain.edits import Title
from studio.domain.shapes import Box, Geometry, Mask, Point, Polygon, Shape
from studio.editing import actions
from studio.ui.canvas import painting
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.navigation import WHEEL_NOTCH
from studio.ui.canvas.scene import NewShape
from studio.ui.canvas.tools.brush_cursor import paint_ring, paint_way
from studio.ui.canvas.tools.preserving import Preserved
from studio.ui.canvas.tools.tool import Pointer, Tool
from studio.vision import masks
from studio.vision.sheet import OutOfReach, Sheet
from studio.vision.strokes import Window

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas

LARGEST_PX = 1000
CURSOR_MARGIN_PX = 4


@dataclass(slots=True)
class Stroke:
    """A stroke in hand on ``sheet``; ``shape`` is None for a new instance.

    ``extent`` is the window outside of which the sheet is empty. ``preserved`` is what must not
    be painted on, if anything.
    """

    shape: Shape | None
    sheet: Sheet
    extent: Window | None
    at: Point
    preserved: Preserved | None = None
    changed: bool = False


class BrushSize(QObject):
    """The diameter that brush and eraser share, in image pixels.

    ``preserves`` says whether the brush leaves other masks and polygons alone.

    Signals:
        changed(int): another diameter was chosen.
    """

    changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.diameter_px = 24
        self.preserves = False

    def set(self, diameter_px: float) -> None:
        """Choose a diameter, 1 to ``LARGEST_PX``."""
        diameter = min(max(round(diameter_px), 1), LARGEST_PX)
        if diameter != self.diameter_px:
            self.diameter_px = diameter
            self.changed.emit(diameter)

    def step(self, direction: int) -> None:
        """A fifth larger (1) or smaller (-1), at least a pixel."""
        by = max(1, round(self.diameter_px * 0.2))
        self.set(self.diameter_px + direction * by)


class BrushTool(Tool):
    """Adds to the selected instance, or starts a new one."""

    id = "brush"
    cursor = Qt.CursorShape.BlankCursor
    keeps_selection = True
    class_is_next = True
    value = 1
    title = Title.PAINT_MASK

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.size = canvas.brush_size
        self._stroke: Stroke | None = None
        self._waiting = False  # pressed, and nothing to work on met yet
        self._at: Pointer | None = None
        self._last: tuple[Geometry, Sheet] | None = None
        self._end: tuple[int, Point] | None = None  # of the last stroke, on which shape
        self._wheel = 0

    @property
    def busy(self) -> bool:
        """Whether a stroke is under way."""
        return self._stroke is not None

    # The stroke -------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        """Begin a stroke on the instance in hand."""
        if self.scene.image is None:
            return
        self.scene.reveal()
        shape = self.target(pointer)
        self._waiting = shape is None and not self.starts_new()
        if self._waiting:
            return
        sheet, extent = self._sheet_of(shape)
        if sheet is None:
            self._say_too_large()
            return
        start = self._straight_start() if pointer.shift else None
        self._stroke = Stroke(shape, sheet, extent, start or pointer.image)
        if self.value and self.size.preserves:
            self._stroke.preserved = Preserved(self.scene, shape.id if shape else 0, sheet)
        if shape:
            self.scene.hold({shape.id: None})
        self._sweep_to(pointer.image)
        self.canvas.tell_hint()

    def move(self, pointer: Pointer) -> None:
        """Go on with the stroke; the cursor follows."""
        self._move_cursor(pointer)
        if self._waiting:
            self.press(pointer)
        elif self._stroke:
            self._sweep_to(pointer.image)

    def release(self, pointer: Pointer) -> None:
        """Make one edit of the stroke."""
        self._waiting = False
        stroke, self._stroke = self._stroke, None
        if stroke:
            self._commit(stroke)
            self.canvas.tell_hint()

    def _straight_start(self) -> Point | None:
        """Where a stroke with Shift begins: at the end of the last one on the same shape."""
        if self._end and self.document.selection == {self._end[0]}:
            return self._end[1]
        return None

    def turned(self, event: QWheelEvent) -> bool:
        """Size the brush with Shift and the wheel."""
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        self._wheel += event.angleDelta().y() or event.angleDelta().x()
        notches = int(self._wheel / WHEEL_NOTCH)
        self._wheel -= round(notches * WHEEL_NOTCH)
        for _ in range(abs(notches)):
            self.size.step(1 if notches > 0 else -1)
        return True

    def _sweep_to(self, point: Point) -> None:
        stroke = self._stroke
        if stroke is None:
            return
        try:
            window = stroke.sheet.sweep(stroke.at, point, self.size.diameter_px, self.value)
        except OutOfReach:
            self._say_too_large()
            return
        stroke.at = point
        if window:
            if stroke.preserved:
                stroke.preserved.restore(stroke.sheet, window)
            stroke.changed = True
            stroke.extent = window.joined(stroke.extent) if self.value else stroke.extent
            self.canvas.update_image(Box(*window), margin=3)

    def _commit(self, stroke: Stroke) -> None:
        geometry = None
        if stroke.changed and stroke.extent:
            geometry = stroke.sheet.encoded(stroke.extent)
        self._last = (geometry, stroke.sheet) if geometry else None
        if not stroke.changed:
            pass
        elif stroke.shape:
            self._repaint(stroke.shape, geometry)
            self._end = (stroke.shape.id, stroke.at)
        elif geometry:
            self._end = (self._add(geometry), stroke.at)
        self.scene.let_go()
        self.canvas.update()

    def _repaint(self, painted: Shape, geometry: Mask | None) -> None:
        """Give the shape that was painted on its new mask, and leave it the rest as it is now."""
        stored = self.scene.shape(painted.id)
        if stored is None or stored.locked:
            return
        before = masks.to_mask(stored.geometry, *self.scene.size)
        if geometry != before:  # a stroke over what was painted already changes nothing
            edit = actions.set_geometry(self.title, stored, geometry)
            if self.document.apply(self.scene.begun(edit)):
                self.say_loss(stored.geometry, geometry)

    def _add(self, geometry: Mask) -> int:
        image = self.scene.image
        if image is None:
            return 0
        made = self.scene.offer(NewShape(image.id, self.title, geometry))
        if image.id == self.document.image_id:  # else another image is about to come
            self.document.select([made] if made else ())
        return made

    def _sheet_of(self, shape: Shape | None) -> tuple[Sheet | None, Window | None]:
        """What to paint on, with the shape on it; no sheet where the shape is too large for one."""
        size = self.scene.size
        if shape is None:
            return Sheet(*size), None
        extent = _pixels(geo.bounds(shape.geometry), *size)
        if self._last and self._last[0] == shape.geometry:
            sheet = self._last[1]
            if (sheet.width, sheet.height) == size:
                return sheet, extent
        sheet = Sheet(*size)
        try:
            sheet.take(shape.geometry, extent)
        except OutOfReach:
            return None, None
        return sheet, extent

    def _say_too_large(self) -> None:
        self.canvas.say(
            QCoreApplication.translate(
                "Tools", "A mask this large would not fit into the memory; make it of several"
            )
        )

    # What is painted on -----------------------------------------------------------------------

    def target(self, pointer: Pointer) -> Shape | None:
        """The instance that a stroke goes on with; None for a new one."""
        selected = [shape for shape in self.scene.selected() if self._can_paint(shape)]
        return selected[0] if len(selected) == 1 else None

    def starts_new(self) -> bool:
        """Whether a stroke on nothing begins an instance."""
        self.document.select(())
        return True

    def _can_paint(self, shape: Shape) -> bool:
        return (
            isinstance(shape.geometry, Mask | Polygon)
            and not shape.locked
            and self.scene.is_visible(shape)
        )

    def key(self, event: QKeyEvent) -> bool:
        """Enter finishes the instance: the next stroke starts a new one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.document.selection:
            self.document.select(())
            return True
        return False

    def cancel(self) -> bool:
        """Put back what stood before the stroke; with none in hand, finish the instance."""
        self._waiting = False
        stroke, self._stroke = self._stroke, None
        if stroke is None:
            had = bool(self.document.selection)
            self.document.select(())
            return had
        self._last = None
        self.scene.let_go()
        self.canvas.update()
        return True

    def follow(self) -> None:
        """Drop a stroke on a shape that is gone."""
        if self._stroke and self._stroke.shape and not self.scene.shape(self._stroke.shape.id):
            self._stroke, self._last = None, None
            self.scene.let_go()

    def leave(self) -> None:
        """A stroke in hand is kept."""
        self._waiting = False
        if self._stroke:
            stroke, self._stroke = self._stroke, None
            self._commit(stroke)
        self._last = None
        self._at = None

    def hint(self) -> str:
        """What a stroke here does."""
        tr = QCoreApplication.translate
        if any(self._can_paint(shape) for shape in self.scene.selected()):
            return tr(
                "Tools",
                "Paint on; Shift+click paints straight, Enter or a class key finishes this object",
            )
        return tr("Tools", "Paint over the object to start a mask of {name}").format(
            name=self.class_name()
        )

    # Drawing ----------------------------------------------------------------------------------

    def _move_cursor(self, pointer: Pointer) -> None:
        for at in (self._at, pointer):
            if at and at.shift:
                self.canvas.update()  # the way of a straight stroke may reach anywhere
            elif at:
                self.canvas.update(self._cursor_rect(at).toAlignedRect())
        self._at = pointer

    def pointer_left(self) -> None:
        """Draw no brush outside the canvas."""
        self._at = None
        self.canvas.update()

    def _cursor_rect(self, at: Pointer) -> QRectF:
        radius = self.size.diameter_px * self.canvas.viewport.scale / 2 + CURSOR_MARGIN_PX + 4
        return QRectF(at.widget[0] - radius, at.widget[1] - radius, 2 * radius, 2 * radius)

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """The mask in hand, and the brush at its true size."""
        stroke = self._stroke
        if stroke:
            stored = self.scene.shape(stroke.shape.id) if stroke.shape else None
            label = stored.label if stored else self.document.label_id
            color = self.scene.label_color(label)
            style = painting.IN_HAND
            origin = (stroke.sheet.x, stroke.sheet.y)
            bitmap = stroke.sheet.bitmap
            painting.paint_bitmap(painter, bitmap, origin, color, frame.to_widget, style)
        if self.canvas.tool is self and self._at:
            centre = QPointF(*self._at.widget)
            start = self._straight_start() if self._at.shift and not stroke else None
            if start:
                paint_way(painter, QPointF(*frame.viewport.to_widget(start)), centre)
            paint_ring(painter, centre, max(self.size.diameter_px * frame.viewport.scale / 2, 1.5))


class EraserTool(BrushTool):
    """Takes away from the selected instance, or from the one under the cursor."""

    id = "eraser"
    value = 0
    title = Title.ERASE_MASK

    def target(self, pointer: Pointer) -> Shape | None:
        """The selected instance, else the smallest one under the cursor, which is selected."""
        selected = super().target(pointer)
        if selected:
            return selected
        stack = self.scene.stack_at(pointer.image, self.size.diameter_px / 2)
        found = next((shape for shape in stack if self._can_paint(shape)), None)
        if found:
            self.document.select([found.id])
        return found

    def starts_new(self) -> bool:
        """There is nothing to erase from nothing."""
        return False

    def hint(self) -> str:
        """What a stroke here does."""
        return QCoreApplication.translate(
            "Tools", "Wipe over a mask or polygon to erase from it; [ and ] size the eraser"
        )


def _pixels(box: Box, width: int, height: int) -> Window:
    return Window(
        max(0, math.floor(box.x0)),
        max(0, math.floor(box.y0)),
        min(width, math.ceil(box.x1)),
        min(height, math.ceil(box.y1)),
    )
