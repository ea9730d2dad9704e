"""Every action with its keys, by workspace; a click on the keys records others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from studio.ui import theme
from studio.ui.actions import Actions, ActionSpec
from studio.ui.actions_table import WORKSPACES
from studio.ui.dialogs.key_recorder import KeyRecorder
from studio.ui.keys.fixed_keys import fixed_keys
from studio.ui.widgets.item_views import Index, place_and_state
from studio.ui.wording import messages

NAME, KEYS = 0, 1
ROW_PX = 28
KEYS_PX = 260
ID = Qt.ItemDataRole.UserRole
TEXTS = Qt.ItemDataRole.UserRole + 1
OWN = Qt.ItemDataRole.UserRole + 2
READ_OUT = Qt.ItemDataRole.AccessibleTextRole


class KeyTable(QTreeWidget):
    """Lists actions under their workspace, then the keys of the tools, which are fixed.

    Signals:
        recorded(str, str): for the action of this id, this key was pressed.
    """

    recorded = Signal(str, str)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._rows: dict[str, QTreeWidgetItem] = {}
        delegate = KeyDelegate(self)
        delegate.recorded.connect(self.recorded)
        self.setItemDelegate(delegate)
        self.setColumnCount(2)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(KEYS, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(KEYS, KEYS_PX)
        self.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.itemClicked.connect(self._edit_clicked)
        self.itemActivated.connect(lambda *_: self.record())
        self._fill()

    def names(self) -> list[str]:
        """The actions that are listed now."""
        return [item.text(NAME) for item in self._rows.values() if not item.isHidden()]

    def row(self, action_id: str) -> QTreeWidgetItem:
        """The row of an action."""
        return self._rows[action_id]

    def action_id(self) -> str:
        """The action of the current row, "" where it is none."""
        item = self.currentItem()
        return (item.data(NAME, ID) or "") if item else ""

    def record(self) -> None:
        """Wait for a key for the current row's action."""
        item = self.currentItem()
        if item is not None and item.data(NAME, ID):
            self.editItem(item, KEYS)

    def show_keys(self, own: Iterable[str]) -> None:
        """Show the keys that the actions are on now; those of ``own`` are the user's choice."""
        chosen = set(own)
        for action_id, item in self._rows.items():
            texts = self._actions.key_texts(action_id)
            item.setText(KEYS, "" if texts else self.tr("no key"))
            _set_keys(item, texts)
            item.setData(KEYS, OWN, action_id in chosen)

    def narrow(self, wanted: str) -> None:
        """Show only the lines whose name or key has ``wanted`` in it."""
        text = wanted.strip().casefold()
        for group in self._groups():
            lines = [group.child(place) for place in range(group.childCount())]
            for line in lines:
                known = (line.text(NAME), line.data(KEYS, READ_OUT))
                line.setHidden(not any(text in each.casefold() for each in known))
            group.setHidden(all(line.isHidden() for line in lines))
        current = self.currentItem()
        if current is not None and current.isHidden():
            self.setCurrentIndex(QModelIndex())

    def _groups(self) -> Iterator[QTreeWidgetItem]:
        places = range(self.topLevelItemCount())
        return (item for place in places if (item := self.topLevelItem(place)) is not None)

    def _fill(self) -> None:
        names = [(name, self._actions[f"workspace.{name}"].text()) for name in WORKSPACES]
        for scope, title in [names[0], ("", self.tr("Everywhere")), *names[1:]]:
            group = self._group(title)
            for spec in self._actions:
                if spec.scope == scope:
                    self._rows[spec.id] = self._line(group, spec)
        group = self._group(self.tr("Keys of the tools, which cannot be changed"))
        for fixed in fixed_keys():
            tools = messages.listed(self._actions.plain(f"label.{tool}") for tool in fixed.tools)
            line = QTreeWidgetItem(group, [f"{tools}: {fixed.does}" if tools else fixed.does])
            _set_keys(line, [fixed.text])
            line.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)

    def _group(self, title: str) -> QTreeWidgetItem:
        group = QTreeWidgetItem(self, [title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setExpanded(True)
        group.setFirstColumnSpanned(True)
        group.setFont(NAME, theme.font("heading", bold=True))
        return group

    def _line(self, group: QTreeWidgetItem, spec: ActionSpec) -> QTreeWidgetItem:
        action = self._actions[spec.id]
        line = QTreeWidgetItem(group, [self._actions.plain(spec.id)])
        line.setIcon(NAME, action.icon())
        line.setData(NAME, ID, spec.id)
        line.setToolTip(NAME, action.toolTip())
        line.setToolTip(KEYS, self.tr("Click and press a key"))
        selectable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        line.setFlags(selectable | Qt.ItemFlag.ItemIsEditable)
        return line

    def _edit_clicked(self, item: QTreeWidgetItem, column: int) -> None:
        if column == KEYS and item.data(NAME, ID):
            self.editItem(item, KEYS)


class KeyDelegate(QStyledItemDelegate):
    """Draws each key in a frame of its own, the user's own in the accent's colour.

    Signals:
        recorded(str, str): for the action of this id, this key was pressed.
    """

    recorded = Signal(str, str)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field that waits for a key."""
        recorder = KeyRecorder(parent)
        recorder.recorded.connect(lambda: self._finish(recorder, keep=True))
        recorder.given_up.connect(lambda: self._finish(recorder, keep=False))
        return recorder

    def _finish(self, recorder: KeyRecorder, *, keep: bool) -> None:
        if keep:
            self.commitData.emit(recorder)
        self.closeEditor.emit(recorder, QStyledItemDelegate.EndEditHint.NoHint)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Tell what was pressed; whoever listens decides."""
        if isinstance(editor, KeyRecorder) and editor.key:
            self.recorded.emit(index.sibling(index.row(), NAME).data(ID), editor.key)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The field begins empty."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave keys to the field: here Tab, Enter and Esc are keys like others."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        return super().eventFilter(watched, event)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows of one height, room for a frame."""
        return QSize(super().sizeHint(option, index).width(), ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a name as usual, keys one by one."""
        super().paint(painter, option, index)
        if index.column() != KEYS or not index.data(TEXTS):
            return
        place, _ = place_and_state(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = place.left() + theme.TIGHT
        for text in index.data(TEXTS):
            left = _draw_key(painter, text, QPoint(left, place.center().y()), index.data(OWN))
            left += theme.HAIR
        painter.restore()


def _set_keys(item: QTreeWidgetItem, texts: list[str]) -> None:
    item.setData(KEYS, TEXTS, texts)
    item.setData(KEYS, READ_OUT, messages.listed(texts))


def _draw_key(painter: QPainter, text: str, at: QPoint, own: bool) -> int:
    """Draw one key to the right of ``at``; returns where it ends."""
    colors = theme.current()
    painter.setFont(theme.font("caption"))
    wide = painter.fontMetrics().horizontalAdvance(text) + 14
    rect = QRect(at.x(), at.y() - 9, wide, 19)
    painter.setPen(QColor(colors.accent if own else colors.border))
    painter.setBrush(QColor(colors.hover))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(QColor(colors.text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    return rect.right() + 1
