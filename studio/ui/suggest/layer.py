"""Suggestions on the canvas: drawn over the shapes, worked by mouse and keys before the tools."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from studio.domain.shapes import Mask
from studio.ui import marks
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.tools.brush import BrushTool
from studio.ui.predict.entry_model import mark_of
from studio.ui.suggest.suggestions import Suggestions

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
REACH_PX = 6.0


class SuggestionLayer(QObject):
    """Draws what is suggested. While one is chosen and no tool has something in hand:

    Enter accepts it, Shift+Enter accepts all, X rejects it, a full stop and a comma choose
    another; with the Select tool a click on bare ground chooses and a double-click accepts.

    What is selected comes first: Enter finishes an object that is being painted, and X turns
    shapes that can be turned. To choose a suggestion lets go of them.
    """

    def __init__(self, canvas: Canvas, suggestions: Suggestions) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._suggestions = suggestions
        canvas.layers.append(self)
        canvas.installEventFilter(self)
        suggestions.changed.connect(canvas.update)

    def paint(self, painter: QPainter, frame: Frame) -> bool:
        """Draw the suggestions, the chosen one on top; nothing is ever left for later."""
        shown = [each for each in self._suggestions.shown if each.geometry is not None]
        chosen = self._suggestions.chosen
        place = shown.index(chosen) if chosen in shown else -1
        painter.save()
        marks.paint(painter, [mark_of(each) for each in shown], frame.to_widget, chosen=place)
        painter.restore()
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys and clicks that are about suggestions."""
        match event:
            case QKeyEvent() if event.type() == QEvent.Type.ShortcutOverride:
                if self._takes(event):
                    event.accept()
                    return True
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress:
                return self._takes(event) and self._press(event)
            case QMouseEvent():
                return self._click(event)
            case _:
                pass
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        canvas = self._canvas
        if self._suggestions.chosen is None or canvas.tool.busy or canvas.scene.unnamed:
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTER:
            return modifiers == SHIFT or (modifiers == NONE and not self._is_painted())
        if event.key() == Qt.Key.Key_X:
            return modifiers == NONE and not self._can_turn()
        return modifiers == NONE and event.key() in (Qt.Key.Key_Period, Qt.Key.Key_Comma)

    def _is_painted(self) -> bool:
        """Whether Enter would finish the object that the brush has in hand."""
        selected = self._canvas.document.selection
        return bool(selected) and isinstance(self._canvas.tool, BrushTool)

    def _can_turn(self) -> bool:
        """Whether X would turn what is selected."""
        selected = self._canvas.scene.selected()
        return any(not isinstance(shape.geometry, Mask) for shape in selected)

    def _press(self, event: QKeyEvent) -> bool:
        suggestions = self._suggestions
        match event.key():
            case Qt.Key.Key_X:
                suggestions.reject()
            case Qt.Key.Key_Period | Qt.Key.Key_Comma as key:
                self._canvas.document.select(())
                suggestions.step(1 if key == Qt.Key.Key_Period else -1)
            case _ if event.modifiers() & SHIFT:
                suggestions.accept_all()
            case _:
                suggestions.accept()
        return True

    def _click(self, event: QMouseEvent) -> bool:
        kinds = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        canvas = self._canvas
        is_plain = event.button() == Qt.MouseButton.LeftButton and event.modifiers() == NONE
        selects = canvas.tool.id == "select" and not canvas.tool.busy and canvas.can_draw
        if event.type() not in kinds or not (is_plain and selects):
            return False
        at = event.position()
        point = canvas.viewport.to_image((at.x(), at.y()))
        found = self._suggestions.at(point)
        if found is None or canvas.scene.stack_at(point, REACH_PX / canvas.viewport.scale):
            return False
        canvas.document.select(())
        self._suggestions.choose(found)
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self._suggestions.accept()
        return True
