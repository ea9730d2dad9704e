"""What a view shows when it has nothing to show: an icon, one sentence, one button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role

ICON_PX = 40
TEXT_PX = 420


class EmptyState(QWidget):
    """Says what is missing here and offers what to do about it.

    Signals:
        clicked(): the button was pressed.
    """

    clicked = Signal()

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._icon = QLabel()
        self._text = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._text.setFixedWidth(TEXT_PX)
        set_role(self._text, "quiet")
        self._button = QPushButton()
        self._button.hide()
        set_role(self._button, "primary")
        self._button.clicked.connect(self.clicked)
        column = QVBoxLayout(self)
        column.setSpacing(theme.WIDE)
        column.addStretch()
        for widget in (self._icon, self._text, self._button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self._draw_icon()

    def say(self, text: str, button: str = "") -> None:
        """Set the sentence and what the button says; without text there is no button."""
        self._text.setText(text)
        # Aligned as it is, the layout would give it a single line.
        self._text.setMinimumHeight(self._text.heightForWidth(TEXT_PX))
        self._button.setText(button)
        self._button.setVisible(bool(button))

    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours of a new theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_icon()
        super().changeEvent(event)

    def _draw_icon(self) -> None:
        faint = theme.current().faint
        self._icon.setPixmap(icon(self._icon_name, faint).pixmap(ICON_PX, ICON_PX))
