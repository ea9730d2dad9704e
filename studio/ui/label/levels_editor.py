"""Which raw values of a deep image are black and which white: two ends, dragged or typed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.threads.latest import Latest
from studio.vision.depth import GreyMapping
from studio.vision.raw_values import Histogram, histogram

HEIGHT_PX = 72
REACH_PX = 10.0
"""An end is taken hold of from this far; farther inside, both ends are."""

RAW_LIMIT = 1e12


class LevelsEditor(QWidget):
    """A histogram with the two ends, and a number for each.

    Signals:
        changed(GreyMapping): other raw values are to be shown.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = HistogramView()
        self.low = self._number()
        self.high = self._number()
        self._path: Path | None = None
        # An image that cannot be read says so on the canvas; here it just has no histogram.
        self._count = Latest(histogram, self)
        self._count.answered.connect(self._show_histogram)
        row = QHBoxLayout()
        row.setSpacing(theme.TIGHT)
        row.addWidget(self.low)
        row.addWidget(self.high)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addWidget(self.view)
        column.addLayout(row)
        self.view.dragged.connect(self._set_levels)
        self.low.valueChanged.connect(self._take_numbers)
        self.high.valueChanged.connect(self._take_numbers)
        self.retranslate()

    def _number(self) -> QDoubleSpinBox:
        made = QDoubleSpinBox(minimum=-RAW_LIMIT, maximum=RAW_LIMIT)
        made.setKeyboardTracking(False)
        made.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        made.setMinimumWidth(80)
        return made

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.low.setToolTip(self.tr("This raw value and those below are black"))
        self.high.setToolTip(self.tr("This raw value and those above are white"))
        self.view.setToolTip(self.tr("Drag an end, or between them to move both"))
        self.low.setAccessibleName(self.tr("Black from raw value"))
        self.high.setAccessibleName(self.tr("White from raw value"))
        self.view.setAccessibleName(self.tr("Histogram of raw values"))

    def close_work(self) -> None:
        """Wait for the reading of raw values, if any is under way."""
        self._count.close()

    def show_image(self, path: Path, levels: GreyMapping) -> None:
        """Show the levels in use on an image, and its histogram as soon as it has been counted."""
        self._show_levels(levels)
        if path != self._path:
            self._path = path
            self.view.show_histogram(None)
            self._count.ask(path)

    def _show_histogram(self, found: Histogram | None) -> None:
        self.view.show_histogram(found)
        self._show_levels(self.view.levels)

    def _show_levels(self, levels: GreyMapping) -> None:
        self.view.show_levels(levels)
        decimals = _decimals(self.view.span)
        for box, value in ((self.low, levels.low), (self.high, levels.high)):
            box.blockSignals(True)
            box.setDecimals(decimals)
            box.setValue(value)
            box.blockSignals(False)

    def _take_numbers(self) -> None:
        low, high = self.low.value(), self.high.value()
        least = 10.0 ** -self.low.decimals()
        if high < low + least and self.sender() is self.high:
            low = high - least
        self._set_levels(GreyMapping(low, max(high, low + least)))

    def _set_levels(self, levels: GreyMapping) -> None:
        self._show_levels(levels)
        self.changed.emit(levels)


def _decimals(span: float) -> int:
    """So many digits after the point that a thousandth of ``span`` can be told."""
    return min(max(0, 3 - math.floor(math.log10(span))), 12)


@dataclass(frozen=True, slots=True)
class _Hold:
    """Where the pointer took hold, of which ends, and what the levels were."""

    x: float
    levels: GreyMapping
    low: bool
    high: bool


class HistogramView(QWidget):
    """How often each raw value occurs, and the ends of what is shown.

    Signals:
        dragged(GreyMapping): the ends are elsewhere.
    """

    dragged = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.levels = GreyMapping(0.0, 1.0)
        self._histogram: Histogram | None = None
        self._held: _Hold | None = None
        self.setFixedHeight(HEIGHT_PX)
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, HEIGHT_PX)

    def show_histogram(self, histogram: Histogram | None) -> None:
        """Show how often raw values occur, or only the ends."""
        self._histogram = histogram
        self.update()

    def show_levels(self, levels: GreyMapping) -> None:
        """Show the ends of what is black and what is white."""
        self.levels = levels
        self.update()

    @property
    def span(self) -> float:
        """The raw values from the left to the right edge."""
        low, high = self._axis()
        return high - low

    def _axis(self) -> tuple[float, float]:
        if self._histogram:
            return self._histogram.low, self._histogram.high
        return self.levels.low, self.levels.high

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(6, 4, -6, -4)

    def place(self, raw: float) -> float:
        """Where a raw value lies, in widget pixels; what is beyond the axis, at its end."""
        low, high = self._axis()
        room = self._room()
        return room.left() + room.width() * min(max((raw - low) / (high - low), 0.0), 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the counts, then the ends with the line from black to white between them."""
        colors = theme.current()
        room = self._room()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(colors.border))
            painter.setBrush(QColor(colors.field))
            painter.drawRoundedRect(room.adjusted(-5.5, -3.5, 5.5, 3.5), 6, 6)
            self._paint_counts(painter, room, QColor(colors.faint))
            black, white = self.place(self.levels.low), self.place(self.levels.high)
            painter.setPen(QPen(QColor(colors.accent), 1.5))
            painter.drawLine(QPointF(black, room.bottom()), QPointF(white, room.top()))
            for x, fill in ((black, QColor("black")), (white, QColor("white"))):
                painter.setPen(QPen(QColor(colors.accent), 1.5))
                painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
                painter.setBrush(fill)
                painter.drawEllipse(QPointF(x, room.center().y()), 4.5, 4.5)

    def _paint_counts(self, painter: QPainter, room: QRectF, color: QColor) -> None:
        if self._histogram is None:
            return
        counts = self._histogram.counts
        # Square roots: a tall peak of background would leave the rest flat.
        highest = math.sqrt(max(counts))
        width = room.width() / len(counts)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for index, count in enumerate(counts):
            height = room.height() * math.sqrt(count) / highest
            x = room.left() + index * width
            painter.drawRect(QRectF(x, room.bottom() - height, width, height))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the nearer end, or of both from between them."""
        x = event.position().x()
        black, white = self.place(self.levels.low), self.place(self.levels.high)
        between = black + REACH_PX < x < white - REACH_PX
        nearer_black = abs(x - black) < abs(x - white) or (black == white and x < black)
        self._held = _Hold(x, self.levels, between or nearer_black, between or not nearer_black)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The ends that are held go along."""
        if self._held is None:
            return
        low, high = self._axis()
        x = event.position().x()
        if self._held.low and self._held.high:
            way = (x - self._held.x) * (high - low) / self._room().width()
            before = self._held.levels
            self.dragged.emit(GreyMapping(before.low + way, before.high + way))
            return
        part = (x - self._room().left()) / self._room().width()
        raw = low + min(max(part, 0.0), 1.0) * (high - low)
        least = (high - low) / 1000
        if self._held.low:
            self.dragged.emit(GreyMapping(min(raw, self.levels.high - least), self.levels.high))
        else:
            self.dragged.emit(GreyMapping(self.levels.low, max(raw, self.levels.low + least)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None
