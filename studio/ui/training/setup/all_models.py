"""Every model of a task in one list, narrowed and sorted by whoever knows what they want."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.domain.runs import Task
from studio.learning import catalogue
from studio.learning.catalogue import ModelCard
from studio.learning.config import Weights
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.training.setup.model_view import ModelView
from studio.ui.training.setup.parameters import parameters
from studio.ui.wording import messages, metric_text

SIZE_PX = (860, 620)
TITLE, PARAMETERS, PUBLISHED, DOWNLOAD = range(4)
NUMBERS = (PARAMETERS, DOWNLOAD)
AS_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ORDER = Qt.ItemDataRole.UserRole
CARD = Qt.ItemDataRole.UserRole + 1


class AllModels(QDialog):
    """Choose one of all models of a task; ``chosen`` is its name, "" until it is accepted."""

    def __init__(
        self,
        task: Task,
        current: str,
        weights_present: Callable[[str], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._present = weights_present
        self.chosen = ""
        self.setWindowTitle(self.tr("All models: {task}").format(task=metric_text.task_name(task)))
        self.resize(*SIZE_PX)
        self.search = _Search()
        self.search.setPlaceholderText(self.tr("Filter by name, for example resnet"))
        self.table = QTreeWidget()
        self.view = ModelView()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._lay_out()
        self._fill(catalogue.every(task), current)
        self._connect()
        self._show_current()

    def names(self) -> list[str]:
        """The models listed now, from the top."""
        return [card_of(row).name for row in self._rows() if not row.isHidden()]

    def _lay_out(self) -> None:
        table = self.table
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAllColumnsShowFocus(True)
        table.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        table.setAccessibleName(self.tr("Models"))
        table.setHeaderLabels(
            [
                self.tr("Model"),
                self.tr("Parameters"),
                self.tr("Published"),
                self.tr("Weights"),
            ]
        )
        for column in NUMBERS:
            table.headerItem().setTextAlignment(column, AS_NUMBER)
        head = table.header()
        head.setStretchLastSection(False)
        for column in (TITLE, PARAMETERS, DOWNLOAD):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(PUBLISHED, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.search)
        column.addWidget(table, 1)
        column.addWidget(self.view)
        column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.search.walked.connect(self._walk)
        self.table.currentItemChanged.connect(self._show_current)
        self.table.itemActivated.connect(self.accept)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.search.setFocus()

    def _fill(self, cards: tuple[ModelCard, ...], current: str) -> None:
        for card in cards:
            here = self._present(card.name)
            weights = self.tr("{size} MB").format(size=f"{card.download_mb:.0f}")
            if here or not card.download_mb:
                weights = self.tr("here") if here else self.tr("missing")
            texts = [
                card.title,
                parameters(card.parameters_m),
                messages.sentence(card.published),
                weights,
            ]
            row = _Row(self.table, texts)
            row.setData(TITLE, CARD, card)
            for column in NUMBERS:
                row.setTextAlignment(column, AS_NUMBER)
            score, missing_mb = card.weights[0].score, 0.0 if here else card.download_mb
            orders = (card.title, card.parameters_m, score, missing_mb)
            for column, order in enumerate(orders):
                row.setData(column, ORDER, order)
            row.setToolTip(TITLE, card.name)
            if card.name == current:
                self.table.setCurrentItem(row)
        # No column at first: in the catalogue's order the usual come first.
        self.table.header().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        if self.table.currentItem() is not None:
            self.table.scrollToItem(self.table.currentItem())

    def _rows(self) -> list[QTreeWidgetItem]:
        found = (self.table.topLevelItem(place) for place in range(self.table.topLevelItemCount()))
        return [row for row in found if row is not None]

    def _narrow(self, wanted: str) -> None:
        words = wanted.casefold().split()
        for row in self._rows():
            card = card_of(row)
            known = f"{card.name} {card.title}".casefold()
            row.setHidden(not all(word in known for word in words))
        current = self.table.currentItem()
        if current is None or current.isHidden():
            left = [row for row in self._rows() if not row.isHidden()]
            self.table.setCurrentItem(left[0] if left else None)  # type: ignore[arg-type]
        self._show_current()

    def _walk(self, step: int) -> None:
        left = [row for row in self._rows() if not row.isHidden()]
        current = self.table.currentItem()
        if left:
            place = left.index(current) + step if current in left else 0
            self.table.setCurrentItem(left[min(max(place, 0), len(left) - 1)])

    def _show_current(self) -> None:
        current = self.table.currentItem()
        usable = current is not None and not current.isHidden()
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(usable)
        self.view.setVisible(usable)
        if current is not None and usable:
            card = card_of(current)
            self.view.show_card(card, Weights.PRETRAINED, self._present(card.name), None)

    def accept(self) -> None:
        """Take the current model, where one is listed."""
        current = self.table.currentItem()
        if current is not None and not current.isHidden():
            self.chosen = card_of(current).name
            super().accept()


class _Row(QTreeWidgetItem):
    """A model, which knows its order in each column."""

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        tree = self.treeWidget()
        column = tree.sortColumn() if tree else TITLE
        return self.data(column, ORDER) < other.data(column, ORDER)


class _Search(QLineEdit):
    """The filter; its arrow keys walk the list.

    Signals:
        walked(int): one row up (-1) or down (1).
    """

    walked = Signal(int)

    def __init__(self) -> None:
        super().__init__(clearButtonEnabled=True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let up and down walk the list."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(step)


def card_of(row: QTreeWidgetItem) -> ModelCard:
    """The model of a row."""
    return row.data(TITLE, CARD)
