"""What a tool of the canvas is: it turns pointer and keys into one edit, or into nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QWheelEvent

from studio.domain.shapes import Geometry, Point
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.losses import loss

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas

DRAG_PX = 4.0
"""A pointer that moved less than this, in widget pixels, was clicked and not dragged."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is: ``image`` in image pixels (also outside the image), ``widget`` in
    logical pixels. ``button`` is the one that went down or came up."""

    image: Point
    widget: Point
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    button: Qt.MouseButton = Qt.MouseButton.NoButton

    @property
    def shift(self) -> bool:
        """Whether Shift is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)

    @property
    def ctrl(self) -> bool:
        """Whether Ctrl (Command on a Mac) is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.ControlModifier)

    @property
    def takes_away(self) -> bool:
        """Whether what is drawn is to be taken away: with Ctrl, Alt or the right button."""
        alt = self.modifiers & Qt.KeyboardModifier.AltModifier
        return self.ctrl or bool(alt) or self.button == Qt.MouseButton.RightButton

    def is_far_from(self, other: Pointer) -> bool:
        """Whether the way from ``other`` to here is a drag."""
        dx, dy = self.widget[0] - other.widget[0], self.widget[1] - other.widget[1]
        return dx * dx + dy * dy >= DRAG_PX * DRAG_PX


class Tool:
    """One tool. The left button's events come here; panning and zooming are the canvas's.

    ``busy`` is true while something is in hand that no edit holds yet.
    """

    id = ""
    cursor = Qt.CursorShape.ArrowCursor
    shows_handles = False
    keeps_selection = False
    """Whether shapes stay selected when this tool is taken up."""
    class_is_next = False
    """Whether choosing a class is about the next object, also while one is selected."""
    uses_right_button = False
    """Whether the right button's events come here too."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.scene = canvas.scene
        self.document = canvas.document

    @property
    def busy(self) -> bool:
        """Whether something is in hand."""
        return False

    def press(self, pointer: Pointer) -> None:
        """The button went down."""

    def move(self, pointer: Pointer) -> None:
        """The pointer moved, with or without the button held."""

    def release(self, pointer: Pointer) -> None:
        """The button came up."""

    def double_click(self, pointer: Pointer) -> None:
        """The button went down for the second time; by default one more press."""
        self.press(pointer)

    def pointer_left(self) -> None:
        """The pointer left the canvas."""

    def turned(self, event: QWheelEvent) -> bool:
        """The wheel was turned; True where that meant something."""
        return False

    def key(self, event: QKeyEvent) -> bool:
        """A key went down; True where it meant something."""
        return False

    def key_released(self, event: QKeyEvent) -> None:
        """A key came up."""

    def finish_keys(self) -> None:
        """The keyboard goes elsewhere, so that no release of a held key will come any more."""

    def follow(self) -> None:
        """The document has changed: drop what is in hand of shapes that are gone."""

    def undo(self) -> bool:
        """Take back the last step of what is in hand; False where nothing is."""
        return self.busy and self.cancel()

    def cancel(self) -> bool:
        """Drop what is in hand; False where nothing is."""
        return False

    def leave(self) -> None:
        """Another tool or image is about to come: finish what is in hand, or drop it."""
        self.cancel()

    def close(self) -> None:
        """The canvas goes: wait for what is worked on elsewhere; nothing of it is wanted."""

    def hint(self) -> str:
        """What the next click does, in the user's language."""
        return ""

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """Draw what is in hand; every tool is asked, also when it is not the one in use."""

    def say_loss(self, before: Geometry, after: Geometry | None) -> None:
        """Say what a shape has lost by becoming one of another kind, if anything."""
        if text := loss(before, after):
            self.canvas.say(text)

    def class_name(self) -> str:
        """The current class's name for hints."""
        label = self.document.current_label()
        return label.name if label else QCoreApplication.translate("Tools", "a new class")
