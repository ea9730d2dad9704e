"""The canvas: one widget that shows an image with its shapes and gives the pointer to a tool."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from studio.domain.project import Changes
from studio.domain.shapes import Box
from studio.domain.viewport import Viewport
from studio.ui import theme
from studio.ui.canvas.layers import Frame, Layer, SelectionLayer, ShapesLayer
from studio.ui.canvas.looking import Looking
from studio.ui.canvas.navigation import Navigation
from studio.ui.canvas.placeholder import paint_absence
from studio.ui.canvas.scene import Scene
from studio.ui.canvas.showing import Showing
from studio.ui.canvas.snapping import Snapping
from studio.ui.canvas.tags_layer import TagsLayer
from studio.ui.canvas.toolbox import make_tools
from studio.ui.canvas.tools.brush import BrushSize
from studio.ui.canvas.tools.select import SelectTool
from studio.ui.canvas.tools.tool import Pointer, Tool
from studio.ui.canvas.view import View
from studio.ui.canvas.waiting_layer import WaitingLayer
from studio.ui.document import Document
from studio.ui.keys.focus_ring import FocusRing

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Canvas(QWidget):
    """Shows the document's image; edits it through the tool in use.

    Signals:
        hint_changed(str): what the next click does.
        tool_changed(str): another tool is in use.
        pointer_moved(object): the image point under the cursor, or None.
    """

    hint_changed = Signal(str)
    tool_changed = Signal(str)
    pointer_moved = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.document = document
        self.scene = Scene(document, self)
        self.view = View(self)
        self.navigation = Navigation(self.view, self)
        self.showing = Showing(document, self)
        self.brush_size = BrushSize(self)
        self.snapping = Snapping(self.scene, self.view)
        self.pointer: Pointer | None = None
        self._pressed = Qt.MouseButton.NoButton
        self.is_finished = True  # all has been painted that is to be seen
        self._hint = ""
        self._said_of: tuple[int, frozenset[int]] | None = None
        self._shapes_layer = ShapesLayer(self.scene)
        self._selection_layer = SelectionLayer(self.scene)
        self.layers: list[Layer] = [
            self.showing.layer, self._shapes_layer, self._selection_layer,
            TagsLayer(self.scene), WaitingLayer(self.showing),
        ]  # fmt: skip
        FocusRing(self)
        self._select = SelectTool(self)
        made = (self._select, *make_tools(self))
        self.tools: dict[str, Tool] = {tool.id: tool for tool in made}
        self.tool: Tool = self._select
        self.looking = Looking(self, self._shapes_layer, self._selection_layer)
        self._connect()
        self._show_image(document.image_id)

    def _connect(self) -> None:
        self.view.changed.connect(self.update)
        self.navigation.cursor_changed.connect(self._show_cursor)
        self.brush_size.changed.connect(self.update)
        self.showing.changed.connect(self._take_picture)
        self.showing.late.connect(self.update)
        self.showing.sharpened.connect(self.update_image)
        self.scene.unnamed_changed.connect(self.update)
        self.scene.shapes_changed.connect(self._redraw_shapes)
        self.document.changed.connect(self._follow)
        self.document.image_shown.connect(self._show_image)
        self.document.label_chosen.connect(self._refresh)
        self.document.selection_changed.connect(self._refresh)
        self.document.shapes_returned.connect(self._select_returned)
        self.document.busy_changed.connect(self._refresh)

    def close_pictures(self) -> None:
        """Wait for what is being read; no picture will come any more, and no shapes ahead."""
        for tool in self.tools.values():
            tool.close()
        self.showing.close()
        self.scene.close()

    @property
    def viewport(self) -> Viewport:
        """How the image lies in the widget."""
        return self.view.viewport

    # The image --------------------------------------------------------------------------------

    def _show_image(self, image_id: int) -> None:
        self.tool.leave()
        self.scene.load(image_id)
        self._shapes_layer.reset()
        self._selection_layer.hovered = 0
        image = self.scene.image
        if image:
            self.view.show(image.id, max(image.width, 1), max(image.height, 1))
        self.showing.show(image)
        self._refresh()
        self.scene.ask_for_class()

    def _take_picture(self) -> None:
        picture, image = self.showing.picture, self.scene.image
        if picture and image:
            size = (picture.width, picture.height)
            if size != (self.viewport.image_width, self.viewport.image_height):
                self.view.show(image.id, *size)
            self.scene.size = size
            # This one too, to be at hand when its neighbour is looked at.
            self.scene.read_ahead((*self.showing.neighbours(image.id), image.id))
        self._refresh()

    def update_image(self, box: Box, margin: float = 0.0) -> None:
        """Paint ``box`` (image pixels) again, with ``margin`` logical pixels around it."""
        self.update(self._shown(box, margin).toAlignedRect())

    def _shown(self, box: Box, margin: float) -> QRectF:
        shown = self.viewport.box_to_widget(box)
        area = QRectF(shown.x0, shown.y0, shown.width, shown.height)
        return area.adjusted(-margin, -margin, margin, margin)

    def centre_of_zoom(self) -> tuple[float, float]:
        """The widget point that stays where it is when a key zooms."""
        if self.pointer and self.underMouse():
            return self.pointer.widget
        return (self.width() / 2, self.height() / 2)

    # Tools ------------------------------------------------------------------------------------

    def use(self, tool_id: str) -> None:
        """Take up a tool."""
        tool = self.tools[tool_id]
        if tool is self.tool:
            return
        self.tool.leave()
        self.snapping.forget()
        self.tool = tool
        if not tool.keeps_selection:
            self.document.select(())
        self._selection_layer.handles = tool.shows_handles
        self._show_cursor()
        self.tool_changed.emit(tool_id)
        self._refresh()

    def next_under(self) -> None:
        """Select the next shape down the stack under the cursor."""
        self._select.next_under()

    def select_at(self, at: QPoint) -> bool:
        """With the select tool: keep the selection under ``at``, or select what is there."""
        point = self.viewport.to_image((at.x(), at.y()))
        return self.tool is self._select and self._select.select_at(point)

    @property
    def can_draw(self) -> bool:
        """Whether there is an image to draw on, its size is known, and no large edit is written."""
        sound = self.scene.image is not None and not self.showing.problem
        return sound and self.scene.size[0] > 0 and not self.document.busy

    def hover(self, shape_id: int) -> None:
        """Have a shape stand out; 0 for none."""
        if shape_id != self._selection_layer.hovered:
            self._selection_layer.hovered = shape_id
            self.update()

    def say(self, text: str) -> None:
        """Say what has just happened, until the hint, the selection or the image changes."""
        self._said_of = self._shown_and_selected()
        self.hint_changed.emit(text)

    def tell_hint(self) -> None:
        """Say what the next click does, if that has changed or what was said is out of date."""
        hint = self.tool.hint() if self.can_draw else ""
        outdated = self._said_of not in (None, self._shown_and_selected())
        if hint != self._hint or outdated:
            self._hint, self._said_of = hint, None
            self.setAccessibleDescription(hint)
            self.hint_changed.emit(hint)

    def _shown_and_selected(self) -> tuple[int, frozenset[int]]:
        return self.document.image_id, frozenset(self.document.selection)

    @property
    def hint(self) -> str:
        """What the next click does."""
        return self._hint

    def retranslate(self) -> None:
        """Say the hint again, in the present language."""
        self.setAccessibleName(self.tr("Picture"))
        self._hint = ""
        self._refresh()

    # Following the document -------------------------------------------------------------------

    def _follow(self, changes: Changes) -> None:
        image = self.scene.image
        self.scene.follow(changes)
        self.tool.follow()
        if image and changes.image_list and image.id in changes.images:
            now = self.document.reader.image(image.id)
            if (now.mtime_ns, now.problem) != (image.mtime_ns, image.problem):
                self._show_image(image.id)
        elif changes.settings:
            self.showing.fetch(image)
        self._refresh()

    def _select_returned(self, shape_ids: frozenset[int]) -> None:
        """What was used up or deleted was selected before, and is again."""
        if self.tool.keeps_selection:
            self.document.select(shape_ids)

    def _redraw_shapes(self, box: Box | None) -> None:
        if box is None:
            self._shapes_layer.forget()
        else:
            self._shapes_layer.invalidate(box, self.viewport)
        self.update()

    def _refresh(self, *_: object) -> None:
        self.tell_hint()
        self.update()

    # Painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the layers, then what the tools have in hand."""
        with QPainter(self) as painter:
            painter.setClipRegion(event.region())
            painter.setFont(theme.font("caption"))
            painter.fillRect(event.rect(), theme.current().canvas)
            if self.scene.image is None or self.showing.problem:
                paint_absence(painter, QRectF(self.rect()), self.showing.problem)
                return
            frame = Frame(self.viewport, QRectF(event.rect()), self.devicePixelRatioF())
            unfinished = False
            for layer in self.layers:
                unfinished |= layer.paint(painter, frame)
            for tool in self.tools.values():
                tool.paint(painter, frame)
            self.snapping.paint(painter, frame)
        self.is_finished = self.scene.is_complete and not unfinished
        if unfinished:
            QTimer.singleShot(0, self, self.update)

    def sizeHint(self) -> QSize:
        """A fair part of a small screen."""
        return QSize(640, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole image, or the same place of it, in view."""
        self.view.resize(self.width(), self.height(), self.devicePixelRatioF())

    # Pointer ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pan, or work with the tool."""
        pointer = self._track(event)
        if not self.navigation.pressed(event) and self._is_tools(event):
            self._work(self.tool.press, pointer)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Give the second press of a double-click to the tool."""
        pointer = self._track(event)
        if not self.navigation.pressed(event) and self._is_tools(event):
            self._work(self.tool.double_click, pointer)

    def _is_tools(self, event: QMouseEvent) -> bool:
        other_is_down = event.buttons() & ~event.button() & self._pressed
        is_right = event.button() == RIGHT and self.tool.uses_right_button
        return not other_is_down and (event.button() == LEFT or is_right)

    def _work(self, use: Callable[[Pointer], None], pointer: Pointer) -> None:
        # First things first: what is the last shape, if it still waits for its class?
        if self.can_draw and not self.scene.ask_for_class():
            self.scene.complete()
            self._pressed = pointer.button
            use(pointer)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or go on with the tool."""
        pointer = self._track(event)
        if not self.navigation.moved(event) and self.can_draw:
            self.tool.move(pointer)
        self.pointer_moved.emit(pointer.image if self.can_draw else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End panning, or finish with the tool."""
        pointer = self._track(event)
        is_up = self._pressed and event.button() == self._pressed
        if not self.navigation.released(event) and is_up:
            self._pressed = Qt.MouseButton.NoButton
            self.tool.release(pointer)

    def _track(self, event: QMouseEvent) -> Pointer:
        at = event.position()
        image = self.viewport.to_image((at.x(), at.y()))
        self.pointer = Pointer(image, (at.x(), at.y()), event.modifiers(), event.button())
        self.snapping.forget()
        return self.pointer

    def _show_cursor(self) -> None:
        self.setCursor(self.navigation.cursor or self.tool.cursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the cursor, unless the tool has another use for the wheel."""
        if self.can_draw and self.tool.turned(event):
            event.accept()
        else:
            self.navigation.turned(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Take the keyboard, unless someone is typing."""
        field = QApplication.focusWidget()
        if not (isinstance(field, QLineEdit) and (field.text() or self.isAncestorOf(field))):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the cursor any more."""
        self.pointer = None
        self.hover(0)
        self.snapping.forget()
        self.tool.pointer_left()
        self.pointer_moved.emit(None)
        super().leaveEvent(event)

    # Keyboard ---------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Have Ctrl+Z first take back what is in hand, before it undoes an edit."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and self.tool.busy
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pans, Esc cancels, Ctrl+Z undoes what is in hand; the rest is the tool's."""
        if self.navigation.key_pressed(event):
            return
        if event.key() == Qt.Key.Key_Escape:
            if self.scene.unnamed:
                self.scene.drop_new()
            elif not self.tool.cancel():
                event.ignore()
        elif event.matches(QKeySequence.StandardKey.Undo) and self.tool.undo():
            pass
        elif not (self.can_draw and self.tool.key(event)):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End Space; tell the tool."""
        if not self.navigation.key_released(event):
            self.tool.key_released(event)
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No key that is held will be heard to come up."""
        self.navigation.let_go()
        self.tool.finish_keys()
        super().focusOutEvent(event)
