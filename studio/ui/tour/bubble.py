"""A small bubble over the window whose arrow points at a place."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.style_sheet import set_role

WIDTH_PX = 330
ARROW_PX = 12
GAP_PX = 4
RADIUS_PX = 10


class Side(Enum):
    """Where a bubble stands, seen from what it points at."""

    BELOW = "below"
    RIGHT = "right"
    LEFT = "left"
    ABOVE = "above"


_BESIDE = (Side.LEFT, Side.RIGHT)


class Bubble(QWidget):
    """A title, a sentence, and the buttons Skip, Back and Next.

    It never takes the keyboard by itself, and a click on its buttons leaves it where it is: work
    goes on beside it.

    Signals:
        onward(): Next was pressed, on the last step Done.
        backward(): Back was pressed.
        skipped(): Skip was pressed.
    """

    onward = Signal()
    backward = Signal()
    skipped = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tip = QPoint()
        self._title, self._text, self._count = QLabel(), QLabel(wordWrap=True), QLabel()
        set_role(self._title, "heading")
        set_role(self._count, "caption")
        self.skip, self.back, self.next = (QPushButton() for _ in range(3))
        set_role(self.skip, "quiet")
        set_role(self.next, "primary")
        for button in (self.skip, self.back, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.skip.clicked.connect(self.skipped)
        self.back.clicked.connect(self.backward)
        self.next.clicked.connect(self.onward)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.TIGHT)
        row.addWidget(self._count)
        row.addStretch()
        for button in (self.skip, self.back, self.next):
            row.addWidget(button)
        column = QVBoxLayout(self)
        around = theme.WIDE + ARROW_PX
        column.setContentsMargins(around, around, around, around)
        column.setSpacing(theme.TIGHT)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(theme.HAIR)
        column.addLayout(row)
        self.setFixedWidth(WIDTH_PX + 2 * ARROW_PX)

    def say(self, title: str, text: str, number: int, count: int) -> None:
        """Show step ``number`` (from 1) of ``count``."""
        self._title.setText(title)
        self._text.setText(text)
        self._count.setText(f"{number} / {count}")
        self.skip.setText(self.tr("Skip"))
        self.back.setText(self.tr("Back"))
        self.next.setText(self.tr("Done") if number == count else self.tr("Next"))
        self.back.setVisible(number > 1)
        self.skip.setVisible(number < count)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as in a dialog."""
        button = self.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(button, QPushButton):
            button.click()
        else:
            super().keyPressEvent(event)

    def title(self) -> str:
        """What this step is about."""
        return self._title.text()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def tip(self) -> QPoint:
        """Where the arrow points, in the window."""
        return self.pos() + self._tip

    def point_at(self, target: QRect, side: Side = Side.BELOW) -> None:
        """Stand beside ``target`` (in the window), on ``side`` or else where there is room."""
        layout = self.layout()
        assert layout is not None
        self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        room = self._window.rect()
        centre = target.center()
        wide, high = self.width(), self.height()
        places = {
            Side.BELOW: QPoint(centre.x() - wide // 2, target.bottom() + GAP_PX),
            Side.RIGHT: QPoint(target.right() + GAP_PX, centre.y() - high // 2),
            Side.LEFT: QPoint(target.left() - GAP_PX - wide, centre.y() - high // 2),
            Side.ABOVE: QPoint(centre.x() - wide // 2, target.top() - GAP_PX - high),
        }

        def within(at: QPoint) -> QPoint:
            """The place nearest to ``at`` where the bubble is wholly in the window."""
            x = min(max(at.x(), room.left()), max(room.left(), room.right() - wide + 1))
            y = min(max(at.y(), room.top()), max(room.top(), room.bottom() - high + 1))
            return QPoint(x, y)

        def missing(side: Side) -> int:
            """By how much there is too little room on a side."""
            way = places[side] - within(places[side])
            return abs(way.x() if side in _BESIDE else way.y())

        side = min((side, *Side), key=missing)
        at = within(places[side])
        tips = {
            Side.BELOW: QPoint(centre.x() - at.x(), 0),
            Side.ABOVE: QPoint(centre.x() - at.x(), high - 1),
            Side.RIGHT: QPoint(0, centre.y() - at.y()),
            Side.LEFT: QPoint(wide - 1, centre.y() - at.y()),
        }
        self._tip = self._within(tips[side], along_x=side not in _BESIDE)
        self.move(at)
        self.show()
        self.raise_()
        self.update()

    def _within(self, tip: QPoint, *, along_x: bool) -> QPoint:
        """The arrow's tip, no nearer to a corner than its base allows."""
        least = 2 * ARROW_PX + RADIUS_PX
        if along_x:
            return QPoint(min(max(tip.x(), least), self.width() - least), tip.y())
        return QPoint(tip.x(), min(max(tip.y(), least), self.height() - least))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw body and arrow as one outline."""
        body = QRectF(self.rect()).adjusted(*(ARROW_PX, ARROW_PX, -ARROW_PX, -ARROW_PX))
        tip = QPointF(self._tip)
        path = QPainterPath()
        path.addRoundedRect(body, RADIUS_PX, RADIUS_PX)
        foot = QPointF(
            min(max(tip.x(), body.left() + 2), body.right() - 2),
            min(max(tip.y(), body.top() + 2), body.bottom() - 2),
        )
        across = tip.x() in (0, self.width() - 1)
        sideways = QPointF(0, ARROW_PX) if across else QPointF(ARROW_PX, 0)
        arrow = QPainterPath(tip)
        arrow.lineTo(foot + sideways)
        arrow.lineTo(foot - sideways)
        arrow.closeSubpath()
        colors = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(colors.accent))
            painter.setBrush(QColor(colors.panel))
            painter.drawPath(path.united(arrow))
