"""A choice whose field may be narrower than what it offers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter


class ElidedChoice(QComboBox):
    """Ends a text that finds no room in dots, and shows it whole in its list.

    The wheel is left to the page, so that scrolling changes nothing.
    """

    def showPopup(self) -> None:
        """Open a list that is wide enough for whole texts, however narrow the field."""
        view = self.view()
        is_scrolled = self.count() > self.maxVisibleItems()
        bar = view.verticalScrollBar().sizeHint().width() if is_scrolled else 0
        view.setMinimumWidth(view.sizeHintForColumn(0) + bar + 2 * view.frameWidth())
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change nothing when the wheel passes over."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let a text that finds no room end in dots, not within a letter."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box = QStyle.ComplexControl.CC_ComboBox
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(box, option, field, self).width()
        end = Qt.TextElideMode.ElideRight
        text = self.currentText() or self.placeholderText()
        text = self.fontMetrics().elidedText(text, end, room)
        option.currentText = text  # pyright: ignore[reportAttributeAccessIssue]
        painter = QStylePainter(self)
        painter.drawComplexControl(box, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
