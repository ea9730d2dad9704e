"""The confusion matrix as a heat map: rows are true, columns what the model said."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio.ui import theme
from studio.ui.keys.focus_ring import FocusRing
from studio.ui.results.evaluation import Confusion
from studio.ui.wording import metric_text

MIN_CELL_PX, MAX_CELL_PX = 18.0, 64.0
NUMBER_CELL_PX = 34.0
"""Numbers are written into cells at least this wide."""
MAX_NAME_PX = 110.0
TITLE_PX = 20.0
LEAST_PART = 0.005
"""Cells of a smaller part are not tinted: a few pixels of thousands say nothing."""


class ConfusionView(QWidget):
    """A click on a cell chooses it; again, or Escape, chooses none.

    Signals:
        cell_chosen(int, int): row (true class) and column (predicted); -1, -1 for none.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._confusion: Confusion | None = None
        self._hovered = self._chosen = (-1, -1)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_confusion(self, confusion: Confusion | None) -> None:
        """Show another matrix; None hides the view."""
        self._confusion = confusion
        self._hovered = self._chosen = (-1, -1)
        self.setVisible(confusion is not None)
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.updateGeometry()
        self.update()

    @property
    def chosen(self) -> tuple[int, int]:
        """Row and column of the chosen cell, -1, -1 for none."""
        return self._chosen

    def choose(self, row: int, column: int) -> None:
        """Choose a cell, as a click does."""
        same = (row, column) == self._chosen
        self._chosen = (-1, -1) if same else (row, column)
        self.update()
        self.cell_chosen.emit(*self._chosen)

    # Where things are ----------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Square cells in the width there is."""
        return QSize(360, self.heightForWidth(max(self.width(), 200)))

    def hasHeightForWidth(self) -> bool:
        """The cells are square."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Titles, names and rows of cells."""
        if self._confusion is None:
            return 0
        rows = len(self._confusion.labels)
        return round(2 * TITLE_PX + 6 + self._cell(width) * rows)

    def _names_px(self) -> float:
        if self._confusion is None:
            return 0.0
        metrics = QFontMetricsF(theme.font("caption"))
        widest = max(metrics.horizontalAdvance(name) for name in self._names())
        return min(MAX_NAME_PX, widest) + 8

    def _cell(self, width: float) -> float:
        count = len(self._confusion.labels) if self._confusion else 1
        return max(MIN_CELL_PX, min(MAX_CELL_PX, (width - self._names_px() - 2) / count))

    def _names(self) -> list[str]:
        assert self._confusion is not None
        background = self.tr("Background")
        return [background if name == "background" else name for name in self._confusion.labels]

    def _rect(self, row: int, column: int) -> QRectF:
        cell = self._cell(self.width())
        return QRectF(self._names_px() + column * cell, 2 * TITLE_PX + row * cell, cell, cell)

    def _cell_at(self, at: QPointF | QPoint) -> tuple[int, int]:
        if self._confusion is None:
            return -1, -1
        cell, count = self._cell(self.width()), len(self._confusion.labels)
        column = int((at.x() - self._names_px()) // cell)
        row = int((at.y() - 2 * TITLE_PX) // cell)
        return (row, column) if 0 <= row < count and 0 <= column < count else (-1, -1)

    # Painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells, numbers and names."""
        if self._confusion is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        self._paint_names(painter)
        count = len(self._confusion.labels)
        for row in range(count):
            for column in range(count):
                self._paint_cell(painter, row, column)
        for cell, color in (
            (self._hovered, theme.current().quiet),
            (self._chosen, theme.current().accent),
        ):
            if cell != (-1, -1):
                painter.setPen(QPen(QColor(color), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self._rect(*cell).adjusted(1, 1, -1, -1), 3, 3)

    def _paint_names(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(painter.font())
        names, side = self._names(), self._names_px()
        painter.setPen(QColor(theme.current().quiet))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across = QRectF(side, 0, self.width() - side, TITLE_PX)
        painter.drawText(across, flags, self.tr("Predicted →"))
        painter.drawText(QRectF(0, TITLE_PX, side, TITLE_PX), flags, self.tr("True ↓"))
        painter.setPen(QColor(theme.current().text))
        for index, name in enumerate(names):
            row = self._rect(index, 0)
            column = self._rect(0, index)
            elide = Qt.TextElideMode.ElideRight
            painter.drawText(
                QRectF(0, row.top(), side - 6, row.height()),
                flags,
                metrics.elidedText(name, elide, side - 6),
            )
            painter.drawText(
                QRectF(column.left(), TITLE_PX, column.width(), TITLE_PX),
                int(Qt.AlignmentFlag.AlignCenter),
                metrics.elidedText(name, elide, column.width() - 2),
            )

    def _paint_cell(self, painter: QPainter, row: int, column: int) -> None:
        assert self._confusion is not None
        part = self._confusion.part(row, column)
        rect = self._rect(row, column).adjusted(1, 1, -1, -1)
        color = QColor(theme.current().accent if row == column else theme.current().danger)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().hover))
        painter.drawRoundedRect(rect, 3, 3)
        if part >= LEAST_PART:
            color.setAlphaF(0.12 + 0.88 * part)
            painter.setBrush(color)
            painter.drawRoundedRect(rect, 3, 3)
        if rect.width() < NUMBER_CELL_PX - 2:
            return
        strong = part > 0.55
        ink = theme.current().on_accent if strong else theme.current().text
        if part < LEAST_PART:
            ink = theme.current().faint
        painter.setPen(QColor(ink))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self._number(row, column))

    def _number(self, row: int, column: int) -> str:
        assert self._confusion is not None
        count = self._confusion.matrix[row][column]
        return str(count) if count < 10_000 else f"{self._confusion.part(row, column):.0%}"

    # Hands ---------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the cell under the pointer."""
        cell = self._cell_at(event.position())
        self.setCursor(
            Qt.CursorShape.ArrowCursor if cell == (-1, -1) else Qt.CursorShape.PointingHandCursor
        )
        if cell != self._hovered:
            self._hovered = cell
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No cell is under the pointer any more."""
        self._hovered = (-1, -1)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a cell."""
        cell = self._cell_at(event.position())
        if cell != (-1, -1):
            self.choose(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the cells with the arrows; Escape chooses none."""
        moves = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        move = moves.get(Qt.Key(event.key()))
        if move and self._confusion is not None:
            last = len(self._confusion.labels) - 1
            row, column = (max(value, 0) for value in self._chosen)
            if self._chosen != (-1, -1):
                row, column = row + move[0], column + move[1]
            cell = (min(max(row, 0), last), min(max(column, 0), last))
            if cell != self._chosen:
                self.choose(*cell)
        elif event.key() == Qt.Key.Key_Escape and self._chosen != (-1, -1):
            self.choose(*self._chosen)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Explain a cell in words."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.explanation(*self._cell_at(event.pos())))
            return True
        return super().event(event)

    def explanation(self, row: int, column: int) -> str:
        """A cell in words, "" for none."""
        if self._confusion is None or row < 0:
            return ""
        names = self._names()
        values = {
            "count": QLocale().toString(self._confusion.matrix[row][column]),
            "part": metric_text.percent(self._confusion.part(row, column)),
            "true": names[row],
            "found": names[column],
        }
        if row == column:
            return self.tr("{count} of {true} named rightly ({part})").format(**values)
        return self.tr("{count} of {true} taken for {found} ({part} of {true})").format(**values)
