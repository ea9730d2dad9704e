"""The keys of what is in front, over the window until the next key or click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui import theme
from studio.ui.keys.key_sheet import HEAD_LINES, Line, Section, columns
from studio.ui.wording import messages

COLUMN_PX = 282
LINE_PX = 21
MARGIN_PX = 24
FOOT_PX = 26
SCRIM = QColor(0, 0, 0, 110)
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_ONWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp)


class KeyOverlay(QWidget):
    """A sheet of keys in columns. Arrows and the wheel turn its pages, any other key closes it."""

    def __init__(self, window: QWidget, sections: list[Section]) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._window = window
        self._sections = sections
        self._page = 0
        self._before = QApplication.focusWidget()
        self.setAccessibleName(self.tr("Keys in use here"))
        self.setAccessibleDescription("; ".join(self.lines()))
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def lines(self) -> list[str]:
        """What is listed, page after page."""
        found = [line for section in self._sections for line in section.lines]
        return [f"{line.does}: {messages.listed(line.keys)}" for line in found]

    def titles(self) -> list[str]:
        """The headings, in their order."""
        return [section.title for section in self._sections]

    def pages(self) -> int:
        """How many pages there are in a window of this size."""
        return len(self._pages())

    @property
    def page(self) -> int:
        """Which page is shown, from 0."""
        return min(self._page, self.pages() - 1)

    def _pages(self) -> list[list[list[Section]]]:
        """Sections by page and column."""
        room = self.rect().adjusted(*(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX))
        wide = max(1, (room.width() - 2 * MARGIN_PX) // COLUMN_PX)
        high = max(8, (room.height() - 2 * MARGIN_PX - FOOT_PX) // LINE_PX)
        filled = columns(self._sections, high)
        return [filled[start : start + wide] for start in range(0, len(filled), wide)]

    def _turn(self, by: int) -> None:
        self._page = min(max(self.page + by, 0), self.pages() - 1)
        self.update()

    # Painting ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim the window, and draw the page on a card in its middle."""
        pages = self._pages()
        page = pages[self.page]
        high = max(sum(HEAD_LINES + len(s.lines) for s in column) for column in page)
        card = QRect(
            0, 0,
            len(page) * COLUMN_PX + 2 * MARGIN_PX,
            high * LINE_PX + 2 * MARGIN_PX + FOOT_PX - LINE_PX,
        )  # fmt: skip
        card.moveCenter(self.rect().center())
        colors = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), SCRIM)
            ground = QColor(colors.panel)
            ground.setAlpha(244)
            painter.setPen(QColor(colors.border))
            painter.setBrush(ground)
            painter.drawRoundedRect(card, 10, 10)
            at = card.topLeft() + QPoint(MARGIN_PX, MARGIN_PX - LINE_PX // 2)
            for column in page:
                self._paint_column(painter, column, at)
                at += QPoint(COLUMN_PX, 0)
            painter.setPen(QColor(colors.quiet))
            painter.setFont(theme.font("caption"))
            foot = card.adjusted(MARGIN_PX, 0, -MARGIN_PX, -MARGIN_PX // 2)
            low = Qt.AlignmentFlag.AlignBottom
            painter.drawText(foot, low | Qt.AlignmentFlag.AlignLeft, self._foot(len(pages)))
            if len(pages) > 1:
                number = f"{self.page + 1} / {len(pages)}"
                painter.drawText(foot, low | Qt.AlignmentFlag.AlignRight, number)

    def _foot(self, pages: int) -> str:
        if pages > 1:
            return self.tr("Arrows or the wheel turn the page; any other key or a click closes")
        return self.tr("Any key or a click closes")

    def _paint_column(self, painter: QPainter, column: list[Section], at: QPoint) -> None:
        wide = COLUMN_PX - MARGIN_PX
        top = at.y()
        for section in column:
            painter.setPen(QColor(theme.current().accent))
            painter.setFont(theme.font(bold=True))
            head = QRect(at.x(), top, wide, HEAD_LINES * LINE_PX - 4)
            painter.drawText(head, Qt.AlignmentFlag.AlignBottom, section.title)
            top += HEAD_LINES * LINE_PX
            for line in section.lines:
                _paint_line(painter, line, QRect(at.x(), top, wide, LINE_PX))
                top += LINE_PX

    # Qt's events -------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Take every key, before it can be a shortcut or move the focus."""
        if isinstance(event, QKeyEvent):
            event.accept()
            if event.type() is QEvent.Type.KeyPress:
                self._take_key(Qt.Key(event.key()))
            return True
        return super().event(event)

    def _take_key(self, key: Qt.Key) -> None:
        many = self.pages() > 1
        if many and key in _ONWARD:
            self._turn(1)
        elif many and key in _BACK:
            self._turn(-1)
        elif key not in _MODIFIERS:
            self._give_back()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click closes."""
        self._give_back()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the page."""
        self._turn(-1 if event.angleDelta().y() > 0 else 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fill the window when its size changes."""
        if event.type() is QEvent.Type.Resize and watched is self._window:
            self.setGeometry(self._window.rect())
        return False

    def _give_back(self) -> None:
        """Close, and give the keyboard back to whoever had it."""
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.close()


def _paint_line(painter: QPainter, line: Line, rect: QRect) -> None:
    """What it does on the left, its keys on the right, each in a frame."""
    colors = theme.current()
    painter.setFont(theme.font("caption"))
    metrics = QFontMetrics(painter.font())
    right = rect.right()
    for text in reversed(line.keys):
        wide = metrics.horizontalAdvance(text) + (0 if text == "…" else 12)
        key = QRect(right - wide, rect.top() + 2, wide, rect.height() - 4)
        if text != "…":
            painter.setPen(QColor(colors.border))
            painter.setBrush(QColor(colors.hover))
            painter.drawRoundedRect(key, 4, 4)
        painter.setPen(QColor(colors.text))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, text)
        right = key.left() - theme.HAIR
    room = QRect(rect.left(), rect.top(), right - rect.left() - theme.HAIR, rect.height())
    painter.setFont(theme.font())
    name = QFontMetrics(painter.font()).elidedText(
        line.does, Qt.TextElideMode.ElideRight, room.width()
    )
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
