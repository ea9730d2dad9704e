"""Shows where the keyboard is on widgets that paint themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio.ui import theme

_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class FocusRing(QWidget):
    """A frame over ``target`` while it has the keyboard and Tab brought it there.

    Whoever came with the mouse knows where he is, and sees the picture without a frame.
    """

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the focus."""
        if isinstance(event, QFocusEvent):
            # A target loses the keyboard while it is being deleted, too: leave it alone then.
            if event.gotFocus() and event.reason() in _BY_KEY:
                self.setGeometry(self._target.rect())
                self.show()
                self.raise_()
            elif self.isVisible():
                self.hide()
        elif event.type() is QEvent.Type.Resize:
            self.setGeometry(self._target.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        with QPainter(self) as painter:
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
