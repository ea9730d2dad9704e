"""A line of text that ends in dots where there is no room for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """Gives way: cut in its middle (file names) or, with ``at_end``, at its end."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, at_end: bool = False):
        super().__init__(text, parent, textFormat=Qt.TextFormat.PlainText)
        elide = Qt.TextElideMode
        self._mode = elide.ElideRight if at_end else elide.ElideMiddle
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(48)

    def minimumSizeHint(self) -> QSize:
        """A few letters wide, a line high."""
        return QSize(48, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write what there is room for."""
        text = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), text)
