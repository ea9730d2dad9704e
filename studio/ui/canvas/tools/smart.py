"""Cut an object out: a box around it finds it, strokes say what is missing and what is too much.

What finds it is a ``Segmenter`` and works on a thread of its own; until it has, the box says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF

from studio.domain import geometry as geo
from studio.domain.labels import Label
from studio.domain.shapes import Box, Point
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.tools.assisted import AssistedTool
from studio.ui.canvas.tools.tool import Pointer
from studio.vision.assist import Region
from studio.vision.segmenter import GrabCut, Prompt, Scribble, Segmenter

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas

STROKE_PX = 8.0
"""How wide strokes are, in widget pixels."""

STEP_MS = 60
"""How often the dashes of the box move on while the object is being found."""


@dataclass(slots=True)
class _Stroke:
    points: list[Point]
    inside: bool


class SmartTool(AssistedTool):
    """Masks from a box and strokes; nothing is stored before Enter."""

    id = "smart"
    cursor = Qt.CursorShape.CrossCursor
    uses_right_button = True

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.segmenter: Segmenter = GrabCut()
        self._corners: tuple[Pointer, Pointer] | None = None
        self._prompt: Prompt | None = None
        self._stroke: _Stroke | None = None
        self._found: Region | None = None
        self._accepts = False  # as soon as it is found
        self._label: Label | None = None  # when it was accepted
        self._stored: Region | None = None  # accepted, and not stored yet
        self._phase = 0
        self._timer = QTimer(canvas, interval=STEP_MS)
        self._timer.timeout.connect(self._step)

    @property
    def busy(self) -> bool:
        """Whether a box was begun."""
        return self._prompt is not None or self._corners is not None

    # The pointer ------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        """Begin the box; once there is one, a stroke."""
        if self.canvas.showing.picture is None or self._accepts:
            return
        self.scene.reveal()
        if self._prompt is None:
            self._corners = (pointer, pointer)
        else:
            self._stroke = _Stroke([self.scene.within(pointer.image)], not pointer.takes_away)
        self._changed()

    def move(self, pointer: Pointer) -> None:
        """Draw the box or the stroke larger."""
        if self._corners:
            self._corners = (self._corners[0], pointer)
            self.canvas.update()
        elif self._stroke:
            self._stroke.points.append(self.scene.within(pointer.image))
            self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        """Have the object found that the box and the strokes are about."""
        box, self._corners = self._box(), None
        stroke, self._stroke = self._stroke, None
        if box and not geo.is_degenerate(box):
            self._ask(Prompt(box))
        elif stroke and self._prompt:
            diameter_px = STROKE_PX / self.canvas.viewport.scale
            scribble = Scribble(tuple(stroke.points), diameter_px, stroke.inside)
            self._ask(replace(self._prompt, scribbles=(*self._prompt.scribbles, scribble)))
        self._changed()

    def _box(self) -> Box | None:
        if self._corners is None or not self._corners[1].is_far_from(self._corners[0]):
            return None
        return geo.rectangle(*(self.scene.within(corner.image) for corner in self._corners))

    # Finding ----------------------------------------------------------------------------------

    def _ask(self, prompt: Prompt) -> None:
        picture = self.canvas.showing.picture
        self._prompt = prompt
        if picture:
            find = partial(self.segmenter.segment, picture, prompt)
            self.background.ask(find, self._take)
            self._timer.start()
            self.canvas.setCursor(Qt.CursorShape.BusyCursor)

    def _take(self, found: Region | None) -> None:
        self._found = found
        self._rest()
        if self._accepts:
            self.accept()
        self._changed()

    def _rest(self) -> None:
        self._timer.stop()
        if self.canvas.tool is self:
            self.canvas.setCursor(self.cursor)

    def _step(self) -> None:
        self._phase += 1
        self.canvas.update()

    def accept(self) -> None:
        """Make a shape of what is found, or will be, in the class that is current now."""
        label = self._label if self._accepts else self.document.current_label()
        self._accepts, self._label = self.background.is_asked, label
        if not self._accepts:
            found = self._found
            self._drop()
            if found:
                self._stored = found
                self.add(found.mask, label)
        self._changed()

    def settled(self) -> None:
        """The shape itself is to be seen now."""
        self._stored = None
        self.canvas.update()

    def _drop(self) -> None:
        self.background.forget()
        self._corners = self._prompt = self._stroke = self._found = None
        self._accepts = False
        self._rest()

    def _changed(self) -> None:
        self.canvas.tell_hint()
        self.canvas.update()

    # Keys -------------------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Enter keeps what is found, Backspace takes the last stroke back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._prompt:
            self.accept()
            return True
        return event.key() == Qt.Key.Key_Backspace and self.undo()

    def undo(self) -> bool:
        """Take the last stroke back, after all of them the box."""
        prompt = self._prompt
        if self._stroke:
            self._stroke = None
            self._changed()
            return True
        if prompt and prompt.scribbles:
            self._accepts = False
            self._ask(replace(prompt, scribbles=prompt.scribbles[:-1]))
            self._changed()
            return True
        return self.cancel()

    def cancel(self) -> bool:
        """Drop box, strokes and what they found."""
        was_busy = self.busy
        self._drop()
        self._changed()
        return was_busy

    def leave(self) -> None:
        """What is found and seen is kept; what is still being found is dropped."""
        if self._found and not self.background.is_asked:
            self.accept()
        self._drop()
        self._stored = None  # it must not be seen on another image

    def hint(self) -> str:
        """What comes next."""
        tr = QCoreApplication.translate
        if self._prompt is None:
            return tr("Tools", "Drag a box around the object to find the outline of {name}").format(
                name=self.class_name()
            )
        if self.background.is_asked:
            return tr("Tools", "Finding the outline…")
        if self._found is None or not self._found.bitmap.any():
            return tr("Tools", "Nothing stands out there: paint over the object")
        return tr(
            "Tools", "Enter keeps it; paint over what is missing, with Ctrl over what is too much"
        )

    # Drawing ----------------------------------------------------------------------------------

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """What is found, the box and the strokes."""
        found = self._found or self._stored
        if found:
            color = self.scene.label_color(self.document.label_id)
            self.paint_region(painter, frame, found, color)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        box = self._prompt.box if self._prompt else self._box()
        if box:
            self._paint_box(painter, frame.viewport.box_to_widget(box))
        for scribble in self._prompt.scribbles if self._prompt else ():
            width = scribble.diameter_px * frame.viewport.scale
            _paint_stroke(painter, frame, scribble.points, scribble.inside, width)
        if self._stroke:
            _paint_stroke(painter, frame, self._stroke.points, self._stroke.inside, STROKE_PX)
        painter.restore()

    def _paint_box(self, painter: QPainter, shown: Box) -> None:
        rect = QRectF(shown.x0, shown.y0, shown.width, shown.height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 150), 1.5))
        painter.drawRect(rect)
        pen = QPen(QColor(255, 255, 255), 1.5)
        pen.setDashPattern([4, 4])
        pen.setDashOffset(-self._phase)
        painter.setPen(pen)
        painter.drawRect(rect)


def _paint_stroke(
    painter: QPainter,
    frame: Frame,
    points: tuple[Point, ...] | list[Point],
    inside: bool,
    width: float,
) -> None:
    """Light with a dark rim for what belongs to the object, dark with a light rim for the rest."""
    dark, light = QColor(0, 0, 0, 170), QColor(255, 255, 255, 220)
    way = QPolygonF([QPointF(*frame.viewport.to_widget(point)) for point in points])
    way.append(way.last())  # a mere click is seen too
    for color, wide in ((dark if inside else light, width), (light if inside else dark, width - 3)):
        pen = QPen(color, max(wide, 1.0))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(way)
