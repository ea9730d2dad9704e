"""A card that stands for one of several things to choose from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio.ui import theme

RADIUS_PX = 10


class ChoiceCard(QAbstractButton):
    """Chosen by click, Space or Enter (``clicked``); whoever knows says which is ``checked``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def nextCheckState(self) -> None:
        """A click alone marks nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does on any button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded card; the accent frames the chosen one."""
        colors, chosen = theme.current(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = colors.accent_soft if chosen else colors.panel
        if self.underMouse() and not chosen:
            ground = colors.hover
        edge = colors.accent if chosen or self.hasFocus() else colors.border
        width = 2 if chosen else 1
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge), width))
        inset = width / 2
        frame = self.rect().toRectF().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, RADIUS_PX, RADIUS_PX)
