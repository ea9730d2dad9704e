"""The images as a table: the same list as the grid's, one line an image, one fact a column."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QItemSelection,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from studio.domain.project import State
from studio.storage.search import Order, Query, Summary
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.images.model import ImageListModel
from studio.ui.images.selecting import selected_rows, selection_of
from studio.ui.widgets.item_views import Index
from studio.ui.wording import messages, names

ROW_PX = 28


class Column(IntEnum):
    """The columns, from left to right."""

    NAME = 0
    STATE = 1
    SPLIT = 2
    SHAPES = 3
    TAGS = 4
    SIZE = 5
    DATE = 6
    PROBLEM = 7
    NOTE = 8


ORDERS = {
    Column.NAME: Order.NAME,
    Column.STATE: Order.STATE,
    Column.SPLIT: Order.SPLIT,
    Column.SHAPES: Order.SHAPES,
    Column.TAGS: Order.TAGS,
    Column.SIZE: Order.SIZE,
    Column.DATE: Order.NEWEST,
    Column.PROBLEM: Order.PROBLEM,
    Column.NOTE: Order.NOTE,
}
WIDTHS = {
    Column.NAME: 230, Column.STATE: 110, Column.SPLIT: 90, Column.SHAPES: 70, Column.TAGS: 150,
    Column.SIZE: 110, Column.DATE: 130, Column.PROBLEM: 200,
}  # fmt: skip
MOST_FIRST = frozenset({Column.SHAPES, Column.SIZE, Column.DATE})
"""Columns that a first click sorts downwards."""


class ImageTableModel(QAbstractTableModel):
    """Gives columns to the rows of an ``ImageListModel``, which says what rows there are."""

    def __init__(self, images: ImageListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._images = images
        self._marks: dict[State, QIcon] = {}
        self.retranslate()
        top = QModelIndex()
        images.modelAboutToBeReset.connect(self.beginResetModel)
        images.modelReset.connect(self.endResetModel)
        images.rowsAboutToBeInserted.connect(lambda _, a, b: self.beginInsertRows(top, a, b))
        images.rowsInserted.connect(lambda *_: self.endInsertRows())
        images.rowsAboutToBeRemoved.connect(lambda _, a, b: self.beginRemoveRows(top, a, b))
        images.rowsRemoved.connect(lambda *_: self.endRemoveRows())
        images.dataChanged.connect(self._tell_changed)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self._titles = {
            Column.NAME: self.tr("Name"),
            Column.STATE: self.tr("State"),
            Column.SPLIT: self.tr("Split"),
            Column.SHAPES: self.tr("Shapes"),
            Column.TAGS: self.tr("Tags"),
            Column.SIZE: self.tr("Size in pixels"),
            Column.DATE: self.tr("Date"),
            Column.PROBLEM: self.tr("Problem"),
            Column.NOTE: self.tr("Note"),
        }
        self._states = {
            State.NEW: self.tr("New"),
            State.IN_PROGRESS: self.tr("In progress"),
            State.DONE: self.tr("Done"),
            State.SKIPPED: self.tr("Skipped"),
        }
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def restyle(self) -> None:
        """Take the colours of the present theme."""
        colors = theme.current()
        self._marks = {
            State.IN_PROGRESS: icon("label", colors.accent),
            State.DONE: icon("check", colors.success),
            State.SKIPPED: icon("skip", colors.faint),
        }

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The number of images."""
        return 0 if parent.isValid() else self._images.rowCount()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section)) if orientation is Qt.Orientation.Horizontal else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell's text, icon, colour or tooltip."""
        if not 0 <= index.row() < self._images.rowCount():
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(column, self._images.summary(index.row()))
            case Qt.ItemDataRole.ToolTipRole:
                summary = self._images.summary(index.row())
                return summary.path if column is Column.NAME else self._text(column, summary)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ForegroundRole if column is Column.PROBLEM:
                return QColor(theme.current().warning)
            case Qt.ItemDataRole.DecorationRole if column is Column.STATE:
                return self._marks.get(self._images.summary(index.row()).state)
            case _:
                return None

    def _text(self, column: Column, summary: Summary) -> str:
        match column:
            case Column.NAME:
                return summary.path
            case Column.STATE:
                return self._states[summary.state]
            case Column.SPLIT:
                return names.split_name(summary.split) if summary.split else ""
            case Column.SHAPES:
                return QLocale().toString(summary.shape_count) if summary.shape_count else ""
            case Column.TAGS:
                found = (self._images.label(each) for each in summary.tags)
                return messages.listed(label.name for label in found if label)
            case Column.SIZE:
                return f"{summary.width} × {summary.height}" if summary.width else ""
            case Column.DATE:
                return _date(summary.mtime_ns)
            case Column.PROBLEM:
                return messages.problem(summary.problem)
            case Column.NOTE:
                return " ".join(summary.note.split())

    def _tell_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self.dataChanged.emit(self.index(first.row(), 0), self.index(last.row(), len(Column) - 1))


def _date(mtime_ns: int) -> str:
    if not mtime_ns:
        return ""
    moment = QDateTime.fromMSecsSinceEpoch(mtime_ns // 1_000_000)
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    right = column in (Column.SHAPES, Column.SIZE)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class ImageTable(QTableView):
    """Shows an ``ImageTableModel``; selects and opens as the grid does.

    Signals:
        opened(int): an image was double-clicked.
        sort_wanted(Order, bool): a title was clicked; True for downwards.
    """

    opened = Signal(int)
    sort_wanted = Signal(object, bool)

    def __init__(self, images: ImageListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images = images
        self._query = Query()
        self.facts = ImageTableModel(images, self)
        self.facts.restyle()
        self.setModel(self.facts)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)
        titles = self.horizontalHeader()
        titles.setHighlightSections(False)
        titles.setStretchLastSection(True)
        titles.setSectionsClickable(True)
        titles.setSortIndicatorShown(True)
        titles.sectionClicked.connect(self._ask_to_sort)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self.doubleClicked.connect(lambda index: self.opened.emit(images.ids[index.row()]))

    def show_order(self, query: Query) -> None:
        """Point at the column that the images are sorted by."""
        self._query = query
        column = next((c for c, order in ORDERS.items() if order is query.order), None)
        downwards = query.descending
        self.horizontalHeader().setSortIndicator(
            -1 if column is None else column,
            Qt.SortOrder.DescendingOrder if downwards else Qt.SortOrder.AscendingOrder,
        )

    def selected_ids(self) -> list[int]:
        """Ids of the selected images, in the order of the list."""
        return [self._images.ids[row] for row in selected_rows(self)]

    def current_id(self) -> int:
        """Id of the image that the keyboard is at, 0 for none."""
        index = self.currentIndex()
        return self._images.ids[index.row()] if index.isValid() else 0

    def go_to(self, image_id: int) -> None:
        """Select an image and bring it into view."""
        row = self._images.row_of(image_id)
        if row >= 0:
            self.setCurrentIndex(self.facts.index(row, 0))
            self.scrollTo(self.currentIndex(), QTableView.ScrollHint.PositionAtCenter)

    def select_ids(self, image_ids: Iterable[int]) -> None:
        """Select these images, and no others."""
        selection: QItemSelection = selection_of(
            self._images, image_ids, self.facts, len(Column) - 1
        )
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(selection, flags)

    def _ask_to_sort(self, section: int) -> None:
        order = ORDERS[Column(section)]
        same = self._query.order is order
        downwards = not self._query.descending if same else Column(section) in MOST_FIRST
        self.sort_wanted.emit(order, downwards)
