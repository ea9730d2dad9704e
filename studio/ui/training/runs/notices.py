"""What a run had to say: one line a notice, newest last."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from studio.learning.events import Notice
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.wording import messages

NOTICE = Qt.ItemDataRole.UserRole


class NoticeList(QListWidget):
    """The notices of one run, in the present language; Ctrl+C copies the selected lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_notices(self, notices: list[Notice]) -> None:
        """Show the notices of another run."""
        self.clear()
        for notice in notices:
            self.add(notice)

    def add(self, notice: Notice) -> None:
        """Show one more notice."""
        item = QListWidgetItem()
        item.setData(NOTICE, notice)
        self.addItem(item)
        self._write(item)
        self.scrollToBottom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the newest notice in sight where the list has become lower."""
        super().resizeEvent(event)
        self.scrollToBottom()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the colours of another theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Say every notice in the present language."""
        for row in range(self.count()):
            self._write(self.item(row))

    def _write(self, item: QListWidgetItem) -> None:
        notice: Notice = item.data(NOTICE)
        warns = notice.level == "warning"
        color = theme.current().warning if warns else theme.current().quiet
        item.setIcon(icon("warning" if warns else "info", color))
        item.setText(messages.sentence(notice.sentence))
        item.setToolTip(item.text())
