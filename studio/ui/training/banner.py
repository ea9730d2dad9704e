"""A strip that says one thing and offers what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role

_ICONS = {"info": "info", "success": "check-circle", "warning": "warning", "danger": "error"}


class Banner(QFrame):
    """One sentence with an icon, and buttons below it."""

    def __init__(self, level: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._level = level
        self._sign, self._text = QLabel(), QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._text.setOpenExternalLinks(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.TIGHT)
        self._buttons.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(theme.TIGHT)
        words.addWidget(self._text)
        words.addLayout(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.hide()

    def add_button(self, call: Callable[[], object]) -> QPushButton:
        """A button that calls ``call``; the caller sets its text."""
        button = QPushButton()
        button.clicked.connect(lambda: call())
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours of another theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_sign()
        super().changeEvent(event)

    def _draw_sign(self) -> None:
        colors = theme.current()
        tint = {
            "info": colors.accent,
            "success": colors.success,
            "warning": colors.warning,
            "danger": colors.danger,
        }[self._level]
        self._sign.setPixmap(icon(_ICONS[self._level], tint).pixmap(20, 20))

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, text: str, level: str = "") -> None:
        """Show a sentence; an empty one hides the strip."""
        self._level = level or self._level
        self._draw_sign()
        self._text.setText(text)
        self.setVisible(bool(text))
