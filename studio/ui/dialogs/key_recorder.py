"""A field that takes the next key that is pressed, whatever it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

_MODIFIERS = (
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock,
)  # fmt: skip


class KeyRecorder(QLabel):
    """Waits for a key; Esc gives up.

    Signals:
        recorded(): ``key`` holds what was pressed.
        given_up(): Esc was pressed.
    """

    recorded = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = ""
        """What was pressed, as a portable key sequence."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "recorder")
        self.setText(self.tr("Press a key…"))
        self.setAccessibleName(self.text())

    def event(self, event: QEvent) -> bool:
        """Take every key, before it can be a shortcut or move the focus."""
        if isinstance(event, QKeyEvent):
            event.accept()
            if event.type() is QEvent.Type.KeyPress:
                self._record(event)
            return True
        return super().event(event)

    def _record(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and not event.modifiers():
            self.given_up.emit()
        elif key not in (*_MODIFIERS, Qt.Key.Key_unknown):
            self.key = _portable(event)
            self.recorded.emit()


def _portable(event: QKeyEvent) -> str:
    """The key with its modifiers; Shift is part of a sign such as ``?`` already."""
    key = Qt.Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key == Qt.Key.Key_Backtab:
        key, modifiers = Qt.Key.Key_Tab, modifiers | Qt.KeyboardModifier.ShiftModifier
    text = event.text()
    if text and text.isprintable() and not text.isalnum() and not text.isspace():
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    sequence = QKeySequence(QKeyCombination(modifiers, key))
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)
