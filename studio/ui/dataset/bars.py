"""A bar chart with one line a value, each of which leads to the images it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
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
from studio.ui.wording import messages

ROW_PX = 28
BAR_PX = 10.0
MAX_NAME_PX = 150.0
LEAST_BAR_PX = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its name, and parts of (count, ``#RRGGBB``) from left to right.

    ``query`` finds the images it counts, "" for none; ``hint`` says more.
    """

    name: str
    parts: tuple[tuple[int, str], ...]
    query: str = ""
    hint: str = ""

    @property
    def count(self) -> int:
        """All parts together."""
        return sum(count for count, _ in self.parts)


class Bars(QWidget):
    """Lines from top to bottom; a click or Enter on one asks for its images.

    Signals:
        query_chosen(str): show the images that this query finds.
    """

    query_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: tuple[Bar, ...] = ()
        self._at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar], name: str) -> None:
        """Show other bars; ``name`` is what a screen reader calls the chart."""
        self.bars = tuple(bars)
        self._at = -1
        self.setAccessibleName(name)
        said = messages.listed(f"{bar.name}: {bar.count}" for bar in self.bars)
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line for each bar."""
        return QSize(240, ROW_PX * len(self.bars))

    # Painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name, bar and number of each line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font())
        metrics = QFontMetricsF(painter.font())
        widest = max((metrics.horizontalAdvance(bar.name) for bar in self.bars), default=0.0)
        name_px = min(MAX_NAME_PX, widest)
        most = max((bar.count for bar in self.bars), default=0)
        numbers = [QLocale().toString(bar.count) for bar in self.bars]
        number_px = max((metrics.horizontalAdvance(text) for text in numbers), default=0.0)
        track_px = self.width() - name_px - number_px - 4 * theme.TIGHT
        for row, bar in enumerate(self.bars):
            line = QRectF(0, row * ROW_PX, self.width(), ROW_PX)
            self._paint_ground(painter, row, line)
            name = QRectF(line.left() + theme.HAIR, line.top(), name_px, ROW_PX)
            centre = Qt.AlignmentFlag.AlignVCenter
            painter.setPen(QColor(theme.current().text if bar.count else theme.current().faint))
            elided = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, name_px + 1)
            painter.drawText(name, int(Qt.AlignmentFlag.AlignLeft | centre), elided)
            right = line.adjusted(0, 0, -theme.HAIR, 0)
            painter.drawText(right, int(Qt.AlignmentFlag.AlignRight | centre), numbers[row])
            start = QPointF(name.right() + 1.5 * theme.TIGHT, line.center().y() - BAR_PX / 2)
            _paint_bar(painter, bar, start, track_px / most if most else 0.0)

    def _paint_ground(self, painter: QPainter, row: int, line: QRectF) -> None:
        if row != self._at:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().hover))
        painter.drawRoundedRect(line, theme.RADIUS, theme.RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.current().accent), 1.5))
            painter.drawRoundedRect(line.adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)

    # Mouse and keys ------------------------------------------------------------------------

    def _row_at(self, y: float) -> int:
        row = int(y // ROW_PX)
        return row if 0 <= row < len(self.bars) else -1

    def _point_at(self, row: int) -> None:
        if row != self._at:
            self._at = row
            leads = row >= 0 and bool(self.bars[row].query)
            shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.bars) and self.bars[row].query:
            self.query_chosen.emit(self.bars[row].query)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The line under the pointer stands out."""
        self._point_at(self._row_at(event.position().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the images of a line."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._row_at(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        if not self.hasFocus():
            self._point_at(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins at the first line."""
        if self._at < 0 and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._point_at(min(0, len(self.bars) - 1))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No line is meant any more."""
        self._point_at(-1)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from line to line, Enter asks for its images."""
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self._point_at(min(max(self._at + step, 0), len(self.bars) - 1))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self._at)
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say more of the line under the pointer."""
        if isinstance(event, QHelpEvent):
            row = self._row_at(event.pos().y())
            bar = self.bars[row] if row >= 0 else None
            text = f"{bar.name}: {QLocale().toString(bar.count)}" if bar else ""
            if bar and bar.hint:
                text += f"\n{bar.hint}"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)


def _paint_bar(painter: QPainter, bar: Bar, start: QPointF, px_per_count: float) -> None:
    x = start.x()
    painter.setPen(Qt.PenStyle.NoPen)
    for count, color in bar.parts:
        if count:
            width = max(LEAST_BAR_PX, count * px_per_count)
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(QRectF(x, start.y(), width, BAR_PX), 2, 2)
            x += width
