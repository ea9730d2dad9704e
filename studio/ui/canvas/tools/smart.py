"""Cut an object out: a box around it finds it, strokes say what is missing and what is too much.

With a model, clicks on the object find it too. What finds it is a ``Segmenter`` and works on a
thread of its own; until it has, the box says so.
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
from studio.errors import StudioError
from studio.interactive.asking import ImageFile
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.outliner import Outliner
from studio.ui.canvas.tools.assisted import AssistedTool
from studio.ui.canvas.tools.tool import Pointer
from studio.vision.assist import Region
from studio.vision.images import mapping_of
from studio.vision.segmenter import Prompt, Scribble

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas

STROKE_PX = 8.0
"""How wide strokes are, in widget pixels."""

CLICK_PX = 6.0
"""How far the disc reaches that shows a click, in widget pixels."""

AHEAD = 2
"""So many of the images that are likely to be shown next are prepared for the model."""

SPECK_SHARE = 0.03
"""What GrabCut finds of less than this share of the box is not what the box was drawn around."""

STEP_MS = 60
"""How often the dashes of the box move on while the object is being found."""


@dataclass(slots=True)
class _Stroke:
    points: list[Point]
    inside: bool


class SmartTool(AssistedTool):
    """Masks from a box, clicks and strokes; nothing is stored before Enter."""

    id = "smart"
    cursor = Qt.CursorShape.CrossCursor
    uses_right_button = True

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.outliner = Outliner(canvas)
        self.outliner.changed.connect(self._changed)
        self.outliner.failed.connect(self._tell_failure)
        self._corners: tuple[Pointer, Pointer] | None = None
        self._prompt: Prompt | None = None
        self._past: list[Prompt] = []  # what was asked before, the latest last
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
        if self.canvas.showing.decoded is None or self._accepts:
            return
        self.outliner.take_up()
        self.scene.reveal()
        has_box = self._prompt is not None and self._prompt.box is not None
        is_first = self._prompt is None and not self.outliner.has_model
        if is_first or not (has_box or pointer.takes_away):
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
        box, corners = self._box(), self._corners
        stroke, self._corners, self._stroke = self._stroke, None, None
        prompt = self._prompt or Prompt(None)
        if corners and not box and self.outliner.has_model:
            stroke = _Stroke([self.scene.within(corners[0].image)], inside=True)
        if box and not geo.is_degenerate(box):
            self._ask_next(replace(prompt, box=box))
        elif stroke and (self._prompt or self.outliner.has_model):
            diameter_px = STROKE_PX / self.canvas.viewport.scale
            scribble = Scribble(tuple(stroke.points), diameter_px, stroke.inside)
            self._ask_next(replace(prompt, scribbles=(*prompt.scribbles, scribble)))
        self._changed()

    def _box(self) -> Box | None:
        if self._corners is None or not self._corners[1].is_far_from(self._corners[0]):
            return None
        return geo.rectangle(*(self.scene.within(corner.image) for corner in self._corners))

    # Finding ----------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Have the shown image made ready for the model, and those that may come next."""
        self.outliner.take_up()
        image, showing = self.scene.image, self.canvas.showing
        if image and self.outliner.has_model:
            near = [i for i in showing.neighbours(image.id) if i != image.id]
            files = [self._file(each) for each in (image.id, *near[:AHEAD])]
            self.outliner.prepare([file for file in files if file])

    def _file(self, image_id: int) -> ImageFile | None:
        reader = self.document.reader
        image = reader.images([image_id]).get(image_id)
        if image is None or image.problem:
            return None
        return ImageFile(reader.path_of(image), mapping_of(reader.settings()))

    def _ask_next(self, prompt: Prompt) -> None:
        if self._prompt:
            self._past.append(self._prompt)
        self._ask(prompt)

    def _ask(self, prompt: Prompt) -> None:
        picture = self.canvas.showing.decoded
        file = self._file(self.document.image_id)
        self._prompt = prompt
        if picture and file:
            segmenter = self.outliner.segmenter(file, (picture.width, picture.height))
            find = partial(segmenter.segment, picture, prompt)
            self.background.ask(find, self._receive)
            self._timer.start()
            self.canvas.setCursor(Qt.CursorShape.BusyCursor)

    def _receive(self, found: Region | None) -> None:
        self._found = found
        self._rest()
        if self._accepts and not self._is_speck:
            self.accept()
        self._accepts = False
        self._changed()

    @property
    def _is_speck(self) -> bool:
        """Whether so little was found in the box, without a stroke, that more must be said."""
        prompt, found = self._prompt, self._found
        if not (prompt and prompt.box and found) or prompt.scribbles or self.outliner.has_model:
            return False
        area = int(found.bitmap.sum()) * found.crop.side**2
        return area < SPECK_SHARE * geo.area(prompt.box)

    def _tell_failure(self, error: StudioError) -> None:
        if self._prompt and self._prompt.box is None:  # of which nothing else could be made
            self.cancel()
        self.document.failed.emit(error)

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
        self._past.clear()
        self._accepts = False
        self._rest()

    def _changed(self) -> None:
        self.canvas.tell_hint()
        self.canvas.update()

    # Keys -------------------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Enter keeps what is found, Backspace takes the last click or stroke back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._prompt:
            self.accept()
            return True
        return event.key() == Qt.Key.Key_Backspace and self.undo()

    def undo(self) -> bool:
        """Take back what was said last; after all of that nothing is left."""
        if self._stroke:
            self._stroke = None
            self._changed()
            return True
        if self._past:
            self._accepts = False
            self._ask(self._past.pop())
            self._changed()
            return True
        return self.cancel()

    def cancel(self) -> bool:
        """Drop box, strokes and what they found."""
        was_busy = self.busy
        self._drop()
        self._changed()
        return was_busy

    def close(self) -> None:
        """The model is not needed any more."""
        super().close()
        self.outliner.close()

    def leave(self) -> None:
        """What is found and seen is kept, unless it is a speck; what is still being found is
        dropped."""
        if self._found and not self._is_speck and not self.background.is_asked:
            self.accept()
        self._drop()
        self._stored = None  # it must not be seen on another image

    def hint(self) -> str:
        """What comes next."""
        tr = QCoreApplication.translate
        has_model = self.outliner.has_model
        if self._prompt is None:
            first = (
                tr("Tools", "Click on the object, or drag a box around it: outline of {name}")
                if has_model
                else tr("Tools", "Drag a box around the object to find the outline of {name}")
            )
            return first.format(name=self.class_name())
        if self.background.is_asked:
            return self._hint_while_asked()
        if self._found is None or not self._found.bitmap.any():
            return tr("Tools", "Nothing stands out there: paint over the object")
        if self._is_speck:
            return tr("Tools", "Only a speck stands out there: paint over the whole object")
        if has_model:
            # Not Alt+click: with Alt held, many desktops move the window instead.
            return tr(
                "Tools", "Enter keeps it; click what is missing, right-click what is too much"
            )
        return tr(
            "Tools", "Enter keeps it; paint over what is missing, with Ctrl over what is too much"
        )

    def _hint_while_asked(self) -> str:
        tr = QCoreApplication.translate
        file = self._file(self.document.image_id)
        if file and not self.outliner.is_prepared(file):
            return tr("Tools", "Preparing the image…")
        return tr("Tools", "Finding the outline…")

    # Drawing ----------------------------------------------------------------------------------

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """What is found, the box and the strokes."""
        found = self._found or self._stored
        if found:
            color = self.scene.label_color(self.document.label_id)
            self.paint_region(painter, frame, found, color)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        box = self._box() or (self._prompt.box if self._prompt else None)
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
    if len(points) == 1:
        colors = (light, dark) if inside else (dark, light)
        _paint_click(painter, way.first(), colors, is_plus=inside)
        return
    for color, wide in ((dark if inside else light, width), (light if inside else dark, width - 3)):
        pen = QPen(color, max(wide, 1.0))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(way)


def _paint_click(
    painter: QPainter, at: QPointF, colors: tuple[QColor, QColor], *, is_plus: bool
) -> None:
    """A disc in the first colour, its rim and its sign in the second one."""
    fill, line = colors
    painter.setPen(QPen(line, 1.5))
    painter.setBrush(fill)
    painter.drawEllipse(at, CLICK_PX, CLICK_PX)
    arm = CLICK_PX / 2
    painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
    if is_plus:
        painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))
