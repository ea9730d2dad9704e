"""Short messages that come up over the window's lower edge and go by themselves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from studio.ui import theme
from studio.ui.icons import icon

SHOWN_MS = 6000
OFFERED_MS = 15_000
"""One with something to do about it stays longer."""
BOTTOM_PX = 152
"""So far above the window's lower edge no pictures of the film strip and no buttons are hidden."""
MOST = 3
LINE_LETTERS = 90

_ICONS = {"info": "info", "success": "check-circle", "warning": "warning", "error": "error"}


class Toasts(QObject):
    """The toasts of one window, newest at the bottom."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: list[Toast] = []
        window.installEventFilter(self)

    def show(
        self, text: str, level: str = "info", button: str = "", call: Callable[[], object] = int
    ) -> None:
        """Show a message; ``button`` names something to do about it, which ``call`` does.

        ``level`` is ``info``, ``success``, ``warning`` or ``error``. What is said again is shown
        once.
        """
        again = [toast for toast in self._shown if toast.text == text]
        for toast in again or self._shown[: 1 - MOST]:
            self._remove(toast)
        toast = Toast(self._window, text, level, button, call)
        toast.closed.connect(lambda: self._remove(toast))
        self._shown.append(toast)
        toast.show()
        self._place()

    def texts(self) -> list[str]:
        """What is shown now."""
        return [toast.text for toast in self._shown]

    def clear(self) -> None:
        """Take all messages away."""
        for toast in list(self._shown):
            self._remove(toast)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the messages at the lower edge when the window is resized."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _remove(self, toast: Toast) -> None:
        if toast in self._shown:
            self._shown.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        bottom = self._window.height() - BOTTOM_PX
        for toast in reversed(self._shown):
            toast.setMaximumWidth(max(200, self._window.width() - 2 * theme.LOOSE))
            toast.adjustSize()
            toast.move((self._window.width() - toast.width()) // 2, bottom - toast.height())
            toast.raise_()
            bottom -= toast.height() + theme.TIGHT


class Toast(QFrame):
    """One message. It stays while the pointer is over it."""

    closed = Signal()

    def __init__(
        self, parent: QWidget, text: str, level: str, button: str, call: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self.text = text
        self.setProperty("role", "toast")
        self.setAccessibleName(text)
        colors = theme.current()
        color = {
            "success": colors.success, "warning": colors.warning, "error": colors.danger,
        }.get(level, colors.accent)  # fmt: skip
        sign = QLabel()
        sign.setPixmap(icon(_ICONS[level], color).pixmap(theme.ICON_PX, theme.ICON_PX))
        words = QLabel(text)
        words.setWordWrap(len(text) > LINE_LETTERS)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, theme.TIGHT, theme.TIGHT, theme.TIGHT)
        row.setSpacing(theme.TIGHT)
        row.addWidget(sign)
        row.addWidget(words, 1)
        if button:
            do = QPushButton(button)
            do.setProperty("role", "link")
            do.clicked.connect(lambda: (call(), self.closed.emit()))
            row.addWidget(do)
        away = QToolButton()
        away.setIcon(icon("close"))
        away.setAccessibleName(self.tr("Close"))
        away.clicked.connect(self.closed)
        row.addWidget(away)
        self._clock = QTimer(self, singleShot=True, interval=OFFERED_MS if button else SHOWN_MS)
        self._clock.timeout.connect(self.closed)
        self._clock.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while someone may be reading."""
        self._clock.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        self._clock.start()
        super().leaveEvent(event)
