"""Zooming and panning by hand: the wheel, the middle button, Space with the left button."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from studio.domain.viewport import Viewport
from studio.ui.canvas.view import View

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
WHEEL_NOTCH = 120.0


@dataclass(frozen=True, slots=True)
class _Pan:
    start: QPointF
    viewport: Viewport
    button: Qt.MouseButton


class Navigation(QObject):
    """Takes the events of a widget that are about the view; each method is True for such.

    Signals:
        cursor_changed(): ``cursor`` is another one.
    """

    cursor_changed = Signal()

    def __init__(self, view: View, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._pan: _Pan | None = None
        self._space = False

    @property
    def cursor(self) -> Qt.CursorShape | None:
        """The cursor while the picture is, or could be, dragged; else None."""
        if self._pan:
            return Qt.CursorShape.ClosedHandCursor
        return Qt.CursorShape.OpenHandCursor if self._space else None

    def start_pan(self, at: QPointF, button: Qt.MouseButton = LEFT) -> None:
        """Let the picture follow the pointer until ``button`` comes up."""
        self._pan = _Pan(at, self._view.viewport, button)
        self.cursor_changed.emit()

    def pressed(self, event: QMouseEvent) -> bool:
        """Begin to pan with the middle button, or with Space held."""
        if event.button() == MIDDLE or (event.button() == LEFT and self._space):
            self.start_pan(event.position(), event.button())
            return True
        return self._pan is not None

    def moved(self, event: QMouseEvent) -> bool:
        """Pan."""
        if self._pan is None:
            return False
        way = event.position() - self._pan.start
        self._view.set(self._pan.viewport.panned(way.x(), way.y()))
        return True

    def released(self, event: QMouseEvent) -> bool:
        """End panning."""
        if self._pan is None or event.button() != self._pan.button:
            return False
        self._pan = None
        self.cursor_changed.emit()
        return True

    def turned(self, event: QWheelEvent) -> None:
        """Zoom about the cursor, with or without Ctrl; with Shift, move sideways."""
        delta = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._view.set(self._view.viewport.panned(delta.y() or delta.x(), 0))
        else:
            at = event.position()
            self._view.zoom(delta.y() / WHEEL_NOTCH, (at.x(), at.y()))
        event.accept()

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Space lets the left button pan."""
        return self._hold_space(event, held=True)

    def key_released(self, event: QKeyEvent) -> bool:
        """Without Space the left button works again."""
        return self._hold_space(event, held=False)

    def let_go(self) -> None:
        """The keyboard goes elsewhere, and the release of Space with it."""
        if self._space:
            self._space = False
            self.cursor_changed.emit()

    def _hold_space(self, event: QKeyEvent, *, held: bool) -> bool:
        if event.key() != Qt.Key.Key_Space:
            return False
        if not event.isAutoRepeat():
            self._space = held
            self.cursor_changed.emit()
        return True
