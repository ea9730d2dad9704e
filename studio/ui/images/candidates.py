"""The list below the search box. It never has the keyboard: the box keeps typing, and asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.domain.completing import Candidate
from studio.ui import theme
from studio.ui.images import query_text
from studio.ui.widgets.item_views import Index, place_and_state
from studio.ui.widgets.swatch import swatch

ROW_PX = 28
MOST_ROWS = 9
WIDTH_PX = 430
PADDING_PX = 10
MEANING = Qt.ItemDataRole.UserRole


class CandidateList(QListWidget):
    """Shows candidates over the window, below ``anchor``.

    Signals:
        picked(int): a row was clicked.
    """

    picked = Signal(int)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Delegate(self))
        self.itemPressed.connect(lambda item: self.picked.emit(self.row(item)))
        self.hide()

    def show_candidates(self, candidates: Sequence[Candidate], colors: Mapping[str, str]) -> None:
        """Offer these; none is chosen yet. ``colors`` gives ``#RRGGBB`` by a class's value."""
        self.show_rows([(each.text, query_text.meaning_of(each)) for each in candidates])
        for row, each in enumerate(candidates):
            if each.key in ("class", "no", "tag") and each.text in colors:
                self.item(row).setIcon(swatch(colors[each.text]))

    def show_rows(self, rows: Sequence[tuple[str, str]], icon: QIcon | None = None) -> None:
        """Offer texts with something said about each; without any, be gone."""
        self.clear()
        for text, meaning in rows:
            item = QListWidgetItem(text, self)
            item.setData(MEANING, meaning)
            if icon is not None:
                item.setIcon(icon)
        self.setCurrentRow(-1)
        self.setVisible(bool(rows))
        if rows:
            self._place(len(rows))

    def step(self, by: int) -> None:
        """Choose the next or previous row; past an end, none."""
        count = self.count()
        # Row -1 stands for what was typed, so that one can walk back to it.
        self.setCurrentRow((self.currentRow() + 1 + by) % (count + 1) - 1)

    def _place(self, rows: int) -> None:
        window = self._anchor.window()
        corner = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 2))
        height = min(rows, MOST_ROWS) * ROW_PX + 2 * self.frameWidth() + 2
        width = min(max(WIDTH_PX, self._anchor.width()), window.width() - corner.x() - 4)
        self.setGeometry(QRect(corner, QSize(width, height)))
        self.raise_()


class _Delegate(QStyledItemDelegate):
    """The text, and what it means quietly to its right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        area, _ = place_and_state(option)
        text = str(index.data())
        left = area.left() + max(130, painter.fontMetrics().horizontalAdvance(text) + 40)
        room = QRect(left, area.top(), area.right() - left - PADDING_PX, area.height())
        painter.save()
        painter.setPen(QColor(theme.current().quiet))
        elided = painter.fontMetrics().elidedText(
            str(index.data(MEANING)), Qt.TextElideMode.ElideRight, room.width()
        )
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(side), elided)
        painter.restore()
