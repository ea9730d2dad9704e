"""The list of entries: fetched page by page, so that 100,000 of them open at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.storage.history import Entry, Kind
from studio.ui import theme
from studio.ui.history.reading import HistoryReader, ListedEntry, page
from studio.ui.widgets.item_views import Index, place_and_state
from studio.ui.wording import messages

PAGE = 200
MOST_RELOADED = 2000
ROW_PX = 46


class EntryModel(QAbstractListModel):
    """Entries, newest first.

    Signals:
        loaded(): the first page has come.
    """

    ListedRole = Qt.ItemDataRole.UserRole
    loaded = Signal()

    def __init__(self, reader: HistoryReader, parent: QObject) -> None:
        super().__init__(parent)
        self._reader = reader
        self._listed: list[ListedEntry] = []
        self._image_id = 0
        self._titles: Sequence[str] | None = None
        self._asked = 0
        self._waiting = False
        self._ended = False

    def show_only(self, image_id: int, titles: Sequence[str] | None) -> None:
        """List what touched an image (0 for all) under one of ``titles`` (None for any)."""
        self._image_id, self._titles = image_id, titles
        self._load(PAGE)

    def reload(self) -> None:
        """Read the entries again, as many as are listed."""
        self._load(min(max(len(self._listed) + 1, PAGE), MOST_RELOADED))

    def row_of(self, seq: int) -> int:
        """The row of an entry, -1 where it is not listed."""
        rows = (i for i, listed in enumerate(self._listed) if listed.line.entry.seq == seq)
        return next(rows, -1)

    def _load(self, limit: int) -> None:
        self._ask(None, limit)

    def _ask(self, before: int | None, limit: int) -> None:
        self._asked += 1
        self._waiting = True
        image_id, titles = self._image_id, self._titles
        self._reader.read(
            lambda past: page(past, before, limit, image_id, titles),
            partial(self._receive, self._asked, before is None, limit),
        )

    def _receive(self, asked: int, first: bool, limit: int, found: list[ListedEntry]) -> None:
        if asked != self._asked:
            return
        self._waiting = False
        self._ended = len(found) < limit
        if first:
            self.beginResetModel()
            self._listed = found
            self.endResetModel()
            self.loaded.emit()
        elif found:
            start = len(self._listed)
            self.beginInsertRows(QModelIndex(), start, start + len(found) - 1)
            self._listed += found
            self.endInsertRows()

    # Qt's side --------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """The number of entries fetched so far; items have no children."""
        return 0 if parent is not None and parent.isValid() else len(self._listed)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether older entries may follow."""
        return not (parent.isValid() or self._ended or self._waiting) and bool(self._listed)

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page."""
        if self.canFetchMore(parent):
            self._ask(self._listed[-1].line.entry.seq, PAGE)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the entry did, or the ``ListedEntry``."""
        if not 0 <= index.row() < len(self._listed):
            return None
        listed = self._listed[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(listed.line.entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{self.title(listed.line.entry)} · {self.details(listed)}"
        return listed if role == self.ListedRole else None

    def title(self, entry: Entry) -> str:
        """What an entry did, in the user's language."""
        name = messages.edit_title(entry.title)
        match entry.kind:
            case Kind.UNDO:
                return self.tr("Undo: {edit}").format(edit=name)
            case Kind.REDO:
                return self.tr("Redo: {edit}").format(edit=name)
            case Kind.DO:
                return name

    def details(self, listed: ListedEntry) -> str:
        """When it was, on which image, and how much it changed."""
        parts = [local_time(listed.line.entry.at)]
        if len(listed.names) == 1:
            parts.append(listed.names[0])
        elif listed.names:
            parts.append(self.tr("several images"))
        if listed.line.rows > 1:
            parts.append(self.tr("%n change(s)", "", listed.line.rows))
        return " · ".join(parts)


def local_time(at: str) -> str:
    """A time of the log as a clock on this wall shows it, with the date unless it is today."""
    moment = QDateTime.fromString(at, Qt.DateFormat.ISODate).toLocalTime()
    clock = moment.toString("HH:mm:ss")
    if moment.date() == QDateTime.currentDateTime().date():
        return clock
    return f"{QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)} {clock}"


class EntryDelegate(QStyledItemDelegate):
    """Paints one entry in two lines; one that was undone is faint."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(200, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        listed: ListedEntry = index.data(EntryModel.ListedRole)
        model = index.model()
        assert isinstance(model, EntryModel)
        colors = theme.current()
        row, state = place_and_state(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent_soft if selected else colors.hover))
            painter.drawRoundedRect(QRectF(row.adjusted(4, 1, -4, -1)), 6, 6)
        stands = listed.line.stands
        top = QRect(row.left() + 12, row.top() + 5, row.width() - 24, row.height() // 2 - 4)
        _line(
            painter, top, str(index.data()), theme.font(), colors.text if stands else colors.faint
        )
        below = top.translated(0, top.height())
        color = colors.quiet if stands else colors.faint
        _line(painter, below, model.details(listed), theme.font("caption"), color)
        painter.restore()


def _line(painter: QPainter, area: QRect, text: str, font: QFont, color: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(color))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), shown)
