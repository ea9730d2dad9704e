"""The Dataset workspace: one page at a time, counted again when labels have changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from studio.domain.project import Changes
from studio.storage import statistics
from studio.ui import theme
from studio.ui.dataset.objects_page import ObjectsPage
from studio.ui.dataset.quality_page import QualityPage
from studio.ui.dataset.statistics_page import StatisticsPage
from studio.ui.document import Document
from studio.ui.style_sheet import set_role
from studio.ui.threads.latest import Latest

PAUSE_MS = 400
"""Labels that change one after the other are counted once, after this pause."""


class DatasetWorkspace(QWidget):
    """What the project holds as a whole.

    Signals:
        hint_changed(str): what the status bar should say.
        query_chosen(str): show the images that this query finds.
        issue_opened(Issue): show what was found where it is.
        object_opened(Object): show this object on its image.
    """

    hint_changed = Signal(str)
    query_chosen = Signal(str)
    issue_opened = Signal(object)
    object_opened = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._stale = True
        self._count = Latest(statistics.read, self, project=document.project, pause_ms=PAUSE_MS)
        self.statistics = StatisticsPage()
        self._count.answered.connect(self.statistics.show_statistics)
        self._count.failed.connect(document.failed)
        self.statistics.query_chosen.connect(self.query_chosen)
        self.quality = QualityPage(document)
        self.quality.issue_opened.connect(self.issue_opened)
        self.objects = ObjectsPage(document)
        self.objects.object_opened.connect(self.object_opened)
        self.pages = QTabBar(drawBase=False, expanding=False)
        self._stack = QStackedWidget()
        for page in (self.statistics, self.objects, self.quality):
            self.pages.addTab("")
            self._stack.addWidget(page)
        self.pages.currentChanged.connect(self._show_page)
        self._lay_out()
        document.changed.connect(self._follow)

    def _lay_out(self) -> None:
        bar = QFrame()
        set_role(bar, "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.WIDE, theme.HAIR, theme.WIDE, 0)
        row.addWidget(self.pages)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.pages.setTabText(0, self.tr("Statistics"))
        self.pages.setTabText(1, self.tr("Objects"))
        self.pages.setTabText(2, self.tr("Quality"))
        self.statistics.retranslate()
        self.objects.retranslate()
        self.quality.retranslate()
        self._say_hint()

    def _show_page(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        if self._stack.currentWidget() is self.quality:
            self.quality.begin()
        elif self._stack.currentWidget() is self.objects:
            self.objects.begin()
        self._say_hint()

    def _say_hint(self) -> None:
        hints = (
            self.tr("Click a bar to see the images it counts"),
            self.tr(
                "1 to 9 give the chosen objects their class, Shift+E a note and attributes; Enter "
                "goes to the image"
            ),
            self.tr("Enter goes to the image; every repair can be undone"),
        )
        self.hint_changed.emit(hints[self._stack.currentIndex()])

    def _follow(self, changes: Changes) -> None:
        if changes.images or changes.labels or changes.image_list:
            self._stale = not self.isVisible()
            if self.isVisible():
                self._count.ask_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Count what has changed while nobody was looking."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._count.ask()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop counting."""
        self._count.close()
        self.quality.close()
        self.objects.close()
        super().closeEvent(event)
