"""Tables of numbers as colour: where objects lie, and which classes occur together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio.ui import theme
from studio.ui.canvas.painting import ink_on

MAX_NAME_PX = 96.0
MIN_CELL_PX, MAX_CELL_PX = 14.0, 44.0
NUMBER_CELL_PX = 30.0
HEAT_PX = 280


def _blend(ground: QColor, color: QColor, part: float) -> QColor:
    def mixed(a: int, b: int) -> int:
        return round(a + (b - a) * part)

    return QColor(
        mixed(ground.red(), color.red()),
        mixed(ground.green(), color.green()),
        mixed(ground.blue(), color.blue()),
    )


class HeatMap(QWidget):
    """A square of values 0..1, from the card's ground to the accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: NDArray[np.float64] = np.zeros((0, 0))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_values(self, values: NDArray[np.float64], name: str) -> None:
        """Show other values, rows from top to bottom."""
        self._values = values
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(HEAT_PX, HEAT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Stretch the values over the square."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = min(self.width(), self.height())
        square = QRectF((self.width() - side) / 2, 0, side, side)
        painter.drawImage(square, self._image())
        painter.setPen(QPen(QColor(theme.current().border), 1))
        painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))

    def _image(self) -> QImage:
        most = self._values.max(initial=0.0)
        ground, accent = QColor(theme.current().field), QColor(theme.current().accent)
        table = [_blend(ground, accent, level / 255).rgb() for level in range(256)]
        levels = np.rint(self._values * (255 / most if most else 0)).astype(np.uint8)
        height, width = levels.shape
        image = QImage(
            np.ascontiguousarray(levels).data, width, height, width, QImage.Format.Format_Indexed8
        )
        image.setColorTable(table)
        return image.convertToFormat(QImage.Format.Format_RGB32)


class Together(QWidget):
    """How often two classes are on one image; the diagonal is how often a class is at all.

    Signals:
        pair_chosen(int, int): the places of two classes.
    """

    pair_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._counts: NDArray[np.intp] = np.zeros((0, 0), dtype=np.intp)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, names: Sequence[str], counts: NDArray[np.intp], name: str) -> None:
        """Show another (N, N) table."""
        self._names, self._counts = tuple(names), counts
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Square cells and a line of names."""
        return QSize(280, round(self._cell() * len(self._names) + MAX_NAME_PX * 0.72))

    def _name_px(self) -> float:
        metrics = QFontMetricsF(theme.font("caption"))
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0.0)
        return min(MAX_NAME_PX, widest) + theme.TIGHT

    def _cell(self) -> float:
        room = (max(self.width(), 280) - self._name_px()) / max(len(self._names), 1)
        return min(MAX_CELL_PX, max(MIN_CELL_PX, room))

    def resizeEvent(self, event: object) -> None:
        """Cells are square: another width is another height."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells with their numbers, names on the left and aslant below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        metrics = QFontMetricsF(painter.font())
        cell, left, colors = self._cell(), self._name_px(), theme.current()
        most = int(self._counts.max(initial=0))
        ground, accent = QColor(colors.field), QColor(colors.accent)
        for row, name in enumerate(self._names):
            for column in range(len(self._names)):
                count = int(self._counts[row, column])
                rect = QRectF(left + column * cell, row * cell, cell, cell).adjusted(1, 1, -1, -1)
                color = _blend(ground, accent, (count / most) ** 0.5 if most else 0.0)
                painter.fillRect(rect, color)
                if cell >= NUMBER_CELL_PX and count:
                    painter.setPen(ink_on(color))
                    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(count))
            painter.setPen(QColor(colors.quiet))
            side = Qt.TextElideMode.ElideRight
            text = metrics.elidedText(name, side, left - theme.TIGHT)
            line = QRectF(0, row * cell, left - theme.HAIR, cell)
            end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, int(end), text)
            self._paint_below(painter, row, text)

    def _paint_below(self, painter: QPainter, column: int, text: str) -> None:
        cell, metrics = self._cell(), QFontMetricsF(painter.font())
        painter.save()
        x = self._name_px() + (column + 0.5) * cell + metrics.height() / 3
        painter.translate(QPointF(x, len(self._names) * cell + theme.HAIR))
        painter.rotate(-45)
        width = metrics.horizontalAdvance(text)
        painter.drawText(QPointF(-width, metrics.height() / 2), text)
        painter.restore()

    def _pair_at(self, at: QPointF | QPoint) -> tuple[int, int] | None:
        cell, count = self._cell(), len(self._names)
        column, row = int((at.x() - self._name_px()) // cell), int(at.y() // cell)
        return (row, column) if 0 <= row < count and 0 <= column < count else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand where a click leads somewhere."""
        pair = self._pair_at(event.position())
        leads = pair is not None and self._counts[pair] > 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the images of a pair."""
        pair = self._pair_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and pair and self._counts[pair] > 0:
            self.pair_chosen.emit(*pair)

    def event(self, event: QEvent) -> bool:
        """Say which pair is under the pointer."""
        if isinstance(event, QHelpEvent):
            pair = self._pair_at(event.pos())
            text = ""
            if pair:
                row, column = pair
                names = dict.fromkeys((self._names[row], self._names[column]))
                number = self.tr("%n image(s)", "", int(self._counts[pair]))
                text = f"{' + '.join(names)}: {number}"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)
