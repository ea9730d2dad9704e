"""The numbers of each class, sortable; a click shows the images that have to do with it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from studio.ui.results.evaluation import ClassRow
from studio.ui.wording import metric_text

NUMBER_PX, NAME_PX = 56, 96
COUNTS = frozenset({"support", "pixels"})
_AS_CLASS = {
    "map": "ap", "map50": "ap50", "mask_map": "mask_ap", "mask_map50": "mask_ap50",
    "oks_map": "oks_ap", "oks_map50": "oks_ap50",
}  # fmt: skip


class _Number(QTableWidgetItem):
    """A cell that sorts by its number; a missing one comes first."""

    def __init__(self, text: str, number: float | None) -> None:
        super().__init__(text)
        self._number = -1.0 if number is None else number
        self.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def __lt__(self, other: QTableWidgetItem) -> bool:
        return isinstance(other, _Number) and self._number < other._number


class ClassTable(QTableWidget):
    """One line a class.

    Signals:
        label_clicked(str): the line of this class was clicked, or entered with a key.
    """

    label_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabKeyNavigation(False)  # Tab leaves the table, arrows walk it
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setIconSize(QSize(10, 10))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(NUMBER_PX)
        self._rows: tuple[ClassRow, ...] = ()
        self._colors: Mapping[str, str] = {}
        for chosen in (self.cellClicked, self.cellActivated):
            chosen.connect(lambda row, _: self.label_clicked.emit(self._label(row)))

    def _label(self, row: int) -> str:
        item = self.item(row, 0)
        return item.data(Qt.ItemDataRole.UserRole) if item else ""

    def show_rows(self, rows: tuple[ClassRow, ...], colors: Mapping[str, str]) -> None:
        """Show these classes; ``colors`` gives ``#RRGGBB`` by name."""
        self._rows, self._colors = rows, colors
        columns = list(rows[0].numbers) if rows else []
        self.setSortingEnabled(False)
        self.setRowCount(len(rows))
        self.setColumnCount(1 + len(columns))
        self._name_columns(columns)
        for index, row in enumerate(rows):
            name = QTableWidgetItem(self._name(row))
            name.setData(Qt.ItemDataRole.UserRole, row.label)
            name.setIcon(_dot(colors.get(row.label, "#9AA0AA")))
            self.setItem(index, 0, name)
            for column, metric in enumerate(columns, start=1):
                number = row.numbers.get(metric)
                self.setItem(index, column, _Number(_text(metric, number), number))
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _name(self, row: ClassRow) -> str:
        return row.label if row.label_id else self.tr("Background")

    def _name_columns(self, columns: list[str]) -> None:
        first = QTableWidgetItem(self.tr("Class"))
        first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHorizontalHeaderItem(0, first)
        counts_objects = any(metric in _AS_CLASS for metric in columns)
        for column, metric in enumerate(columns, start=1):
            metric = _AS_CLASS.get(metric, metric)
            if metric == "support" and counts_objects:
                metric = "objects"
            title = self.tr("Pixels") if metric == "pixels" else metric_text.name(metric)
            item = QTableWidgetItem(title)
            item.setToolTip(metric_text.meaning(metric))
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, item)
        self.resizeColumnsToContents()
        self._fit_names()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names what the numbers leave."""
        super().resizeEvent(event)
        self._fit_names()

    def _fit_names(self) -> None:
        header = self.horizontalHeader()
        numbers = sum(header.sectionSize(column) for column in range(1, self.columnCount()))
        if self.columnCount():
            header.resizeSection(0, max(NAME_PX, self.viewport().width() - numbers))

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self.show_rows(self._rows, self._colors)


def _text(metric: str, number: float | None) -> str:
    if metric in COUNTS:
        return "–" if number is None else QLocale().toString(int(number))
    return metric_text.percent(number)


def _dot(color: str) -> QIcon:
    pixmap = QPixmap(20, 20)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(pixmap.rect())
    painter.end()
    return QIcon(pixmap)
