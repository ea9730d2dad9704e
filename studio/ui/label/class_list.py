"""The list of classes: colour, name, how often it is used, whether it tags the image, its key."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.domain.labels import Label
from studio.domain.project import Changes
from studio.editing import actions
from studio.errors import StudioError
from studio.storage.reader import LabelUsage
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.icons import icon

ROW_PX = 34
SWATCH_PX = 14
USAGE_DELAY_MS = 400
Index = QModelIndex | QPersistentModelIndex


class ClassListModel(QAbstractListModel):
    """The project's classes in their order, kept in step with the document."""

    LabelRole = Qt.ItemDataRole.UserRole

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._labels = document.reader.labels()
        self._usage: Mapping[str, LabelUsage] = document.reader.label_usage()
        self._tagged = self._tags()
        self._counting = QTimer(self, singleShot=True, interval=USAGE_DELAY_MS)
        self._counting.timeout.connect(self._count)
        document.changed.connect(self._follow)
        document.image_shown.connect(lambda _: self._refresh_tags())

    @property
    def labels(self) -> tuple[Label, ...]:
        """The classes, in order."""
        return self._labels

    def usage(self, label_id: str) -> LabelUsage:
        """How often a class is used in the project, as of a moment ago."""
        return self._usage.get(label_id, LabelUsage())

    def is_tagged(self, label_id: str) -> bool:
        """Whether the shown image is tagged with this class."""
        return label_id in self._tagged

    def row_of(self, label_id: str) -> int:
        """The row of a class, -1 for none."""
        ids = [label.id for label in self._labels]
        return ids.index(label_id) if label_id in ids else -1

    def rowCount(self, parent: Index | None = None) -> int:
        """The number of classes; items have no children."""
        return 0 if parent is not None and parent.isValid() else len(self._labels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name to show or edit, or the ``Label``."""
        if not 0 <= index.row() < len(self._labels):
            return None
        label = self._labels[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return label.name
        return label if role == self.LabelRole else None

    def setData(self, index: Index, value: str, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename a class; a name that is taken is refused with a sentence."""
        try:
            label = self._labels[index.row()]
            return self._document.apply(actions.rename_label(label, value, self._labels))
        except StudioError as error:
            self._document.failed.emit(error)
            return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every class can be renamed in place."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def _follow(self, changes: Changes) -> None:
        if changes.labels:
            self.beginResetModel()
            self._labels = self._document.reader.labels()
            self.endResetModel()
        if changes.labels or changes.images or changes.image_list:
            self._counting.start()
        if self._document.image_id in changes.images:
            self._refresh_tags()

    def stop(self) -> None:
        """Count no more: the project is about to close."""
        self._counting.stop()

    def _count(self) -> None:
        self._usage = self._document.reader.label_usage()
        self._tell()

    def _refresh_tags(self) -> None:
        tagged = self._tags()
        if tagged != self._tagged:
            self._tagged = tagged
            self._tell()

    def _tags(self) -> frozenset[str]:
        image_id = self._document.image_id
        tags = self._document.reader.tags(image_id) if image_id else ()
        return frozenset(tag.label for tag in tags)

    def _tell(self) -> None:
        if self._labels:
            self.dataChanged.emit(self.index(0), self.index(len(self._labels) - 1))


class ClassList(QListView):
    """Shows a ``ClassListModel``. A double-click renames.

    Signals:
        picked(Label): a row was clicked.
        tag_clicked(Label): its tag mark was clicked.
        color_clicked(Label, QPoint): its colour was clicked, at this point of the screen.
    """

    picked = Signal(object)
    tag_clicked = Signal(object)
    color_clicked = Signal(object, object)

    def __init__(self, model: ClassListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.classes = model
        self.tag_mode = False
        self.multi_label = False
        self.chosen = ""
        self.setItemDelegate(ClassDelegate(self))
        self.setProperty("role", "plain")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.DoubleClicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def show_chosen(self, label_id: str) -> None:
        """Mark the current class."""
        self.chosen = label_id
        row = self.classes.row_of(label_id)
        if row >= 0:
            self.scrollTo(self.classes.index(row))
        self.viewport().update()

    def set_tag_mode(self, tag_mode: bool, multi_label: bool) -> None:
        """Show which classes tag the image as radio buttons or check boxes."""
        self.tag_mode, self.multi_label = tag_mode, multi_label
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which part of which row was clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        label = index.data(ClassListModel.LabelRole)
        rect = self.visualRect(index)
        if swatch_rect(rect).adjusted(-4, -8, 4, 8).contains(event.position().toPoint()):
            self.color_clicked.emit(label, self.viewport().mapToGlobal(rect.bottomLeft()))
        elif tag_rect(rect).adjusted(-4, -8, 4, 8).contains(event.position().toPoint()):
            self.tag_clicked.emit(label)
        else:
            self.picked.emit(label)

    def viewportEvent(self, event: QEvent) -> bool:
        """Explain what is under the cursor."""
        if event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())  # type: ignore[attr-defined]
            self.setToolTip(self._explain(index, event.pos()) if index.isValid() else "")  # type: ignore[attr-defined]
        return super().viewportEvent(event)

    def _explain(self, index: QModelIndex, at: QPoint) -> str:
        label: Label = index.data(ClassListModel.LabelRole)
        rect = self.visualRect(index)
        if swatch_rect(rect).adjusted(-4, -8, 4, 8).contains(at):
            return self.tr("Change the colour")
        if tag_rect(rect).adjusted(-4, -8, 4, 8).contains(at):
            return self.tr("Tag the whole image with this class")
        usage = self.classes.usage(label.id)
        lines = [label.name]
        if label.key:
            lines.append(self.tr("Key {key}").format(key=label.key))
        lines.append(self.tr("%n shape(s)", "", usage.shapes))
        lines.append(self.tr("%n tag(s)", "", usage.tags))
        return " · ".join(lines)


def swatch_rect(row: QRect) -> QRect:
    """Where a row's colour is."""
    return QRect(row.left() + 12, row.center().y() - SWATCH_PX // 2, SWATCH_PX, SWATCH_PX)


def tag_rect(row: QRect) -> QRect:
    """Where a row's tag mark is."""
    return QRect(row.right() - 56, row.center().y() - 8, 16, 16)


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
        label: Label = index.data(ClassListModel.LabelRole)
        colors = theme.current()
        row = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = label.id == self._view.chosen and not self._view.tag_mode
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)  # pyright: ignore[reportAttributeAccessIssue]
        if chosen or hovered:
            painter.setBrush(QColor(colors.accent_soft if chosen else colors.hover))
            painter.drawRoundedRect(QRectF(row.adjusted(4, 1, -4, -1)), 6, 6)
            painter.setBrush(QColor(colors.accent))
        painter.setBrush(QColor(label.color))
        painter.drawRoundedRect(QRectF(swatch_rect(row)), 4, 4)
        self._paint_tag(painter, row, self._view.classes.is_tagged(label.id), hovered)
        if label.key:
            self._paint_key(painter, key_rect(row), label.key)
        self._paint_text(painter, row, label, chosen)
        painter.restore()

    def _paint_text(self, painter: QPainter, row: QRect, label: Label, chosen: bool) -> None:
        colors = theme.current()
        usage = self._view.classes.usage(label.id)
        count = usage.tags if self._view.tag_mode else usage.shapes
        right = tag_rect(row).left() - 8
        small = theme.font("caption")
        counted = str(count) if count else ""
        width = QFontMetrics(small).horizontalAdvance(counted)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(small)
        painter.setPen(QColor(colors.quiet))
        painter.drawText(QRect(right - width, row.top(), width + 2, row.height()), middle, counted)
        font = theme.font(bold=chosen)
        painter.setFont(font)
        painter.setPen(QColor(colors.text))
        left = swatch_rect(row).right() + 10
        room = right - width - 8 - left
        name = QFontMetrics(font).elidedText(label.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, row.top(), room, row.height()), middle, name)

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
