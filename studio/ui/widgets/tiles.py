"""A tile: one number with its name above it, explained by its tooltip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.style_sheet import set_role


class Tile(QFrame):
    """A number that matters, and what it is."""

    def __init__(self, parent: QWidget | None = None, *, large: bool = False) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._caption = QLabel()
        set_role(self._caption, "caption")
        self._value = QLabel("–")
        set_role(self._value, "title" if large else "heading")
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._note = QLabel()
        set_role(self._note, "caption")
        self._note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE, theme.TIGHT, theme.SPACE, theme.TIGHT)
        column.setSpacing(2)
        for label in (self._caption, self._value, self._note):
            column.addWidget(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def explain(self, caption: str, meaning: str = "") -> None:
        """Set the name of the number and its explanation, translated."""
        self._caption.setText(caption)
        self.setToolTip(meaning)
        self.setAccessibleName(caption)

    def show_value(self, value: str, note: str = "") -> None:
        """Set the number, and a word about it below."""
        self._value.setText(value)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    @property
    def value(self) -> str:
        """The number as it is shown."""
        return self._value.text()
