"""How a row of the list of classes looks, and the field in which one is renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.domain.labels import Label
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.label.classes.class_model import ClassListModel, Heading
from studio.ui.widgets.item_views import Index, place_and_state

if TYPE_CHECKING:
    from studio.ui.label.classes.class_list import ClassList

ROW_PX = 34
SWATCH_PX = 14


def swatch_rect(row: QRect) -> QRect:
    """Where a row's colour is."""
    return QRect(row.left() + 12, row.center().y() - SWATCH_PX // 2, SWATCH_PX, SWATCH_PX)


def tag_rect(row: QRect) -> QRect:
    """Where a row's tag mark is."""
    return QRect(row.right() - 56, row.center().y() - 8, 16, 16)


def done_rect(row: QRect) -> QRect:
    """Where a row's mark of completeness is."""
    return QRect(row.right() - 80, row.center().y() - 8, 16, 16)


def key_rect(row: QRect) -> QRect:
    """Where a row's key is."""
    return QRect(row.right() - 30, row.center().y() - 9, 18, 18)


class ClassDelegate(QStyledItemDelegate):
    """Paints and edits one class."""

    def __init__(self, view: ClassList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(120, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row, state = place_and_state(option)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        label = index.data(ClassListModel.LabelRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if label is None:
            self._paint_heading(painter, row, index.data(ClassListModel.HeadingRole), hovered)
        else:
            self._paint_label(painter, row, label, hovered)
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.setPen(QColor(theme.current().accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(row).adjusted(4.5, 1.5, -4.5, -1.5), 6, 6)
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, row: QRect, heading: Heading, hovered: bool
    ) -> None:
        colors = theme.current()
        self._paint_ground(painter, row, colors.hover if hovered else "")
        sign = QRect(row.left() + 11, row.center().y() - 8, 16, 16)
        name = "chevron-right" if heading.collapsed else "chevron-down"
        icon(name, colors.quiet).paint(painter, sign)
        self._paint_name(
            painter, row, heading.name, QLocale().toString(heading.count), colors.quiet, bold=True
        )

    def _paint_label(self, painter: QPainter, row: QRect, label: Label, hovered: bool) -> None:
        colors = theme.current()
        classes = self._view.classes
        chosen = label.id == self._view.chosen and not self._view.tag_mode
        ground = colors.accent_soft if chosen else colors.hover if hovered else ""
        self._paint_ground(painter, row, ground)
        painter.setBrush(QColor(label.color))
        painter.drawRoundedRect(QRectF(swatch_rect(row)), 4, 4)
        self._paint_tag(painter, row, classes.is_tagged(label.id), hovered)
        self._paint_done(painter, row, label, hovered)
        if label.key:
            self._paint_key(painter, key_rect(row), label.key)
        usage = classes.usage(label.id)
        count = usage.tags if self._view.tag_mode else usage.shapes
        counted = QLocale().toString(count) if count else ""
        self._paint_name(painter, row, label.name, counted, colors.text, bold=chosen)

    def _paint_ground(self, painter: QPainter, row: QRect, color: str) -> None:
        if color:
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(QRectF(row.adjusted(4, 1, -4, -1)), 6, 6)

    def _paint_name(
        self, painter: QPainter, row: QRect, name: str, counted: str, color: str, *, bold: bool
    ) -> None:
        right = done_rect(row).left() - 8
        small = theme.font("caption")
        width = QFontMetrics(small).horizontalAdvance(counted)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(small)
        painter.setPen(QColor(theme.current().quiet))
        painter.drawText(QRect(right - width, row.top(), width + 2, row.height()), middle, counted)
        font = theme.font(bold=bold)
        painter.setFont(font)
        painter.setPen(QColor(color))
        left = swatch_rect(row).right() + 10
        room = right - width - 8 - left
        shown = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, row.top(), room, row.height()), middle, shown)

    def _paint_done(self, painter: QPainter, row: QRect, label: Label, hovered: bool) -> None:
        """A double tick: green for this class, grey where the whole image is done."""
        colors = theme.current()
        classes = self._view.classes
        if classes.is_whole(tag_mode=self._view.tag_mode):
            color = colors.faint
        elif classes.is_marked(label.id):
            color = colors.success
        else:
            color = colors.border if hovered else ""
        if color:
            icon("class-done", color).paint(painter, done_rect(row))

    def _paint_tag(self, painter: QPainter, row: QRect, tagged: bool, hovered: bool) -> None:
        colors = theme.current()
        area = tag_rect(row)
        if not self._view.tag_mode:
            if tagged or hovered:
                icon("tag", colors.accent if tagged else colors.faint).paint(painter, area)
            return
        painter.setPen(QPen(QColor(colors.accent if tagged else colors.faint), 1.5))
        painter.setBrush(QColor(colors.accent) if tagged else Qt.BrushStyle.NoBrush)
        radius = 4 if self._view.multi_label else 8
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if tagged:
            icon("check", colors.on_accent).paint(painter, area.adjusted(2, 2, -2, -2))
        painter.setPen(Qt.PenStyle.NoPen)

    def _paint_key(self, painter: QPainter, area: QRect, key: str) -> None:
        colors = theme.current()
        painter.setPen(QPen(QColor(colors.border), 1))
        painter.setBrush(QColor(colors.window))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(theme.font("caption"))
        painter.setPen(QColor(colors.quiet))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), key)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A plain field over the name."""
        return QLineEdit(parent)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Leave the colour in view."""
        row = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        left = swatch_rect(row).right() + 4
        editor.setGeometry(QRect(left, row.top() + 1, row.right() - left - 8, row.height() - 2))
