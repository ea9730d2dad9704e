"""Tables of numbers as colour: where objects lie, and which classes occur together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
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


Cell = tuple[int, int]
"""Row and column, from the upper left corner."""


class CellGrid(QWidget):
    """Cells that lead to images, by mouse or by arrows and Enter.

    Signals:
        cell_chosen(int, int): the row and the column of one that leads somewhere.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at: Cell | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def grid(self) -> Cell:
        """The number of rows and of columns."""
        raise NotImplementedError

    def rect_of(self, cell: Cell) -> QRectF:
        """Where a cell lies in the widget."""
        raise NotImplementedError

    def leads(self, cell: Cell) -> bool:
        """Whether there are images to see."""
        raise NotImplementedError

    def say(self, cell: Cell) -> str:
        """What a cell stands for."""
        raise NotImplementedError

    def _cell_at(self, at: QPointF | QPoint) -> Cell | None:
        first = self.rect_of((0, 0))
        column = int((at.x() - first.left()) // first.width())
        row = int((at.y() - first.top()) // first.height())
        rows, columns = self.grid()
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def paint_cursor(self, painter: QPainter) -> None:
        """A frame around the cell that Enter would choose."""
        if self._at is not None and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.current().text), 2))
            painter.drawRect(self.rect_of(self._at))

    def _go_to(self, cell: Cell | None) -> None:
        self._at = cell
        self.setAccessibleDescription(self.say(cell) if cell else "")
        self.update()

    def _choose(self, cell: Cell | None) -> None:
        if cell is not None and self.leads(cell):
            self.cell_chosen.emit(*cell)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins in the upper left corner."""
        if self._at is None and 0 not in self.grid():
            self._go_to((0, 0))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No cell is meant any more."""
        self._go_to(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from cell to cell, Enter asks for its images."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step and self._at is not None:
            rows, columns = self.grid()
            row, column = self._at[0] + step[0], self._at[1] + step[1]
            self._go_to((min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand where a click leads somewhere."""
        cell = self._cell_at(event.position())
        leads = cell is not None and self.leads(cell)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the images of a cell."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._cell_at(event.position()))

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if isinstance(event, QHelpEvent):
            cell = self._cell_at(event.pos())
            QToolTip.showText(event.globalPos(), self.say(cell) if cell else "", self)
            return True
        return super().event(event)


_STEPS = {
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
}  # fmt: skip


class HeatMap(CellGrid):
    """A square of shares 0..1, from the card's ground to the accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: NDArray[np.float64] = np.zeros((0, 0))

    def show_values(self, values: NDArray[np.float64], name: str) -> None:
        """Show other values, rows from top to bottom."""
        self._values = values
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(HEAT_PX, HEAT_PX)

    def grid(self) -> Cell:
        """As many as there are values."""
        rows, columns = self._values.shape
        return rows, columns

    def rect_of(self, cell: Cell) -> QRectF:
        """A part of the square."""
        square = self._square()
        rows, columns = self.grid()
        width, height = square.width() / max(columns, 1), square.height() / max(rows, 1)
        corner = square.topLeft() + QPointF(cell[1] * width, cell[0] * height)
        return QRectF(corner, QSizeF(width, height))

    def leads(self, cell: Cell) -> bool:
        """Where objects lie."""
        return bool(self._values[cell] > 0)

    def say(self, cell: Cell) -> str:
        """The share of objects that lie there."""
        share = f"{self._values[cell]:.1%}"
        return self.tr("{percent} of the objects lie here").format(percent=share)

    def _square(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, 0, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Stretch the values over the square."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        square = self._square()
        painter.drawImage(square, self._image())
        painter.setPen(QPen(QColor(theme.current().border), 1))
        painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))
        self.paint_cursor(painter)

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


class Together(CellGrid):
    """How often two classes are on one image; the diagonal is how often a class is at all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._counts: NDArray[np.intp] = np.zeros((0, 0), dtype=np.intp)

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
        self.paint_cursor(painter)

    def _paint_below(self, painter: QPainter, column: int, text: str) -> None:
        cell, metrics = self._cell(), QFontMetricsF(painter.font())
        painter.save()
        x = self._name_px() + (column + 0.5) * cell + metrics.height() / 3
        painter.translate(QPointF(x, len(self._names) * cell + theme.HAIR))
        painter.rotate(-45)
        width = metrics.horizontalAdvance(text)
        painter.drawText(QPointF(-width, metrics.height() / 2), text)
        painter.restore()

    def grid(self) -> Cell:
        """A row and a column for every class."""
        return len(self._names), len(self._names)

    def rect_of(self, cell: Cell) -> QRectF:
        """To the right of the names."""
        side = self._cell()
        return QRectF(self._name_px() + cell[1] * side, cell[0] * side, side, side)

    def leads(self, cell: Cell) -> bool:
        """Where two classes are on one image."""
        return bool(self._counts[cell] > 0)

    def say(self, cell: Cell) -> str:
        """The two classes, and on how many images they are together."""
        names = dict.fromkeys(self._names[place] for place in cell)
        number = self.tr("%n image(s)", "", int(self._counts[cell]))
        return f"{' + '.join(names)}: {number}"
