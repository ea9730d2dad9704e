"""A page that waits for a background job: what it does, how far it has got, and Stop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.style_sheet import set_role

BAR_PX = 320


class JobPage(QWidget):
    """One line, a bar and a button, in the middle of the page.

    Signals:
        stopped(): the user does not want to wait any more.
    """

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        set_role(self._text, "quiet")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(BAR_PX)
        self._bar.setTextVisible(False)
        self._stop = QPushButton()
        set_role(self._stop, "quiet")
        self._stop.clicked.connect(self.stopped)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE)
        column.addStretch(1)
        for widget in (self._text, self._bar, self._stop):
            column.addWidget(widget, 0, self._bar.alignment().AlignHCenter)
        column.addStretch(1)

    def say(self, text: str, done: int, total: int, stop: str) -> None:
        """Show what is being done; ``total`` is 0 while unknown. ``stop`` names the button."""
        self._text.setText(text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._stop.setText(stop)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()
