"""A small field on the canvas that asks which class: type to find one, or to name a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studio.domain.labels import Label, clean_name, find_label
from studio.ui import theme
from studio.ui.widgets.swatch import swatch

WIDTH_PX = 220
MOST_ROWS = 7
ROW_PX = 28


class ClassPicker(QFrame):
    """Shown over the canvas beside what it asks about.

    Signals:
        picked(str): the name of a class, of an existing one or a new one.
        given_up(): Esc was pressed.
    """

    picked = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedWidth(WIDTH_PX)
        self._over = parent
        self._labels: Sequence[Label] = ()
        self._field = QLineEdit()
        self._field.setObjectName("class-name")
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setProperty("role", "plain")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.TIGHT, theme.TIGHT, theme.TIGHT, theme.TIGHT)
        column.setSpacing(theme.HAIR)
        column.addWidget(self._field)
        column.addWidget(self._list)
        self.setFocusProxy(self._field)
        self._field.textChanged.connect(self._offer)
        self._field.returnPressed.connect(self._pick_current)
        self._list.itemClicked.connect(lambda item: self._finish(item.data(NAME)))
        self._field.installEventFilter(self)
        self._name()
        self.hide()

    def ask(self, labels: Sequence[Label], at: QPoint) -> None:
        """Ask which of ``labels``, or a new one, beside the parent's point ``at``."""
        self._labels = labels
        self._name()
        self._field.setPlaceholderText(
            self.tr("Find or name a class") if labels else self.tr("Name this class, then Enter")
        )
        self._field.clear()
        self._offer("")
        room = self._over.rect().adjusted(8, 8, -8, -8)
        x = min(max(at.x(), room.left()), room.right() - self.width())
        y = min(max(at.y(), room.top()), room.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _name(self) -> None:
        for part in (self._field, self._list):
            part.setAccessibleName(self.tr("Class"))

    def eventFilter(self, watched: QWidget, event) -> bool:
        """Let the arrows walk the list and Esc give up, while the field has the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Escape:
                self.hide()
                self.given_up.emit()
                return True
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = 1 if key == Qt.Key.Key_Down else -1
                row = self._list.currentRow() + step
                self._list.setCurrentRow(min(max(row, 0), self._list.count() - 1))
                return True
        return super().eventFilter(watched, event)

    def _offer(self, text: str) -> None:
        wanted = clean_name(text).casefold()
        self._list.clear()
        for label in self._labels:
            if wanted in label.name.casefold():
                item = QListWidgetItem(swatch(label.color), label.name)
                item.setData(NAME, label.name)
                self._list.addItem(item)
        name = clean_name(text)
        if name and not find_label(self._labels, name):
            item = QListWidgetItem(self.tr("New class “{name}”").format(name=name))
            item.setData(NAME, name)
            self._list.addItem(item)
        for row in range(self._list.count()):
            self._list.item(row).setSizeHint(QSize(0, ROW_PX))
        self._list.setCurrentRow(self._best_row(wanted))
        rows = min(self._list.count(), MOST_ROWS)
        self._list.setVisible(rows > 0)
        self._list.setFixedHeight(rows * ROW_PX + 2)
        self.adjustSize()

    def _best_row(self, wanted: str) -> int:
        """The class of just this name, else the first that begins so, else the first row."""
        shown = [label.name.casefold() for label in self._labels]
        names = [name for name in shown if wanted in name]
        if wanted in names:
            return names.index(wanted)
        return next((row for row, name in enumerate(names) if name.startswith(wanted)), 0)

    def _pick_current(self) -> None:
        item = self._list.currentItem()
        if item and (self._field.text().strip() or self._labels):
            self._finish(item.data(NAME))

    def _finish(self, name: str) -> None:
        self.hide()
        self.picked.emit(name)


NAME = Qt.ItemDataRole.UserRole
