"""All objects of a class side by side: a wrong class is seen at a glance and mended by one key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.domain.edits import Edit
from studio.domain.labels import Label
from studio.domain.project import Changes
from studio.domain.shapes import Shape
from studio.editing import actions
from studio.storage import objects as stored
from studio.storage.objects import ObjectOrder
from studio.storage.reader import Reader
from studio.ui import theme
from studio.ui.dataset.crops import CropLoader
from studio.ui.dataset.object_grid import ObjectGrid
from studio.ui.document import LARGE_EDIT_ROWS, Document
from studio.ui.images.selecting import selected_count
from studio.ui.label.attributes import described
from studio.ui.style_sheet import set_role
from studio.ui.threads.latest import Latest
from studio.ui.widgets.empty_state import EmptyState
from studio.ui.widgets.swatch import swatch
from studio.ui.wording import names

PAUSE_MS = 150
"""Edits that follow one another are shown once, after this pause."""


class ObjectsPage(QWidget):
    """A class, an order and the grid.

    Signals:
        object_opened(Object): show this one on its image.
    """

    object_opened = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._crops = CropLoader(self)
        self._stale = True
        self._find = Latest(stored.find, self, project=document.project, pause_ms=PAUSE_MS)
        self.label, self.order = QComboBox(), QComboBox()
        self.grid = ObjectGrid(document, self._crops)
        self._of, self._by, self._count = QLabel(), QLabel(), QLabel()
        self._empty = EmptyState("box")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        bar = QFrame()
        set_role(bar, "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.LOOSE, theme.TIGHT, theme.WIDE, theme.TIGHT)
        row.setSpacing(theme.TIGHT)
        for widget in (self._of, self.label, self._by, self.order):
            row.addWidget(widget)
        row.addStretch()
        set_role(self._count, "quiet")
        row.addWidget(self._count)
        for text, combo in ((self._of, self.label), (self._by, self.order)):
            text.setBuddy(combo)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._find.answered.connect(self._show_found)
        self._find.failed.connect(self._document.failed)
        self.label.currentIndexChanged.connect(self.refresh)
        self.order.currentIndexChanged.connect(self.refresh)
        self.grid.opened.connect(self.object_opened)
        self.grid.digit_pressed.connect(self._press_digit)
        self.grid.describe_pressed.connect(self.describe)
        self.grid.delete_pressed.connect(self._delete)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._show_menu)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._show_count())
        self._document.changed.connect(self._follow)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.grid.setAccessibleName(self.tr("Objects"))
        self._of.setText(self.tr("Objects of"))
        self._by.setText(self.tr("sorted by"))
        self._say_empty()
        orders = {
            ObjectOrder.IMAGE: self.tr("image"),
            ObjectOrder.SMALLEST: self.tr("size, smallest first"),
            ObjectOrder.LARGEST: self.tr("size, largest first"),
            ObjectOrder.NARROWEST: self.tr("shape, tallest first"),
            ObjectOrder.WIDEST: self.tr("shape, widest first"),
            ObjectOrder.LEAST_SURE: self.tr("score, least sure first"),
        }
        before = self.order.currentData()
        self.order.blockSignals(True)
        self.order.clear()
        for order, text in orders.items():
            self.order.addItem(text, order)
        self.order.setCurrentIndex(max(0, self.order.findData(before)))
        self.order.blockSignals(False)
        self._list_labels()
        self._show_count()

    # Showing -------------------------------------------------------------------------------

    def begin(self) -> None:
        """Let the keyboard go through the objects."""
        self.grid.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed while nobody was looking."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._list_labels()
            self.refresh()

    def _list_labels(self) -> None:
        before = self.label.currentData()
        self.label.blockSignals(True)
        self.label.clear()
        self.label.addItem(self.tr("all classes"), "")
        for label in self._document.reader.labels():
            self.label.addItem(swatch(label.color), label.name, label.id)
        self.label.setCurrentIndex(max(0, self.label.findData(before)))
        self.label.blockSignals(False)

    def refresh(self) -> None:
        """List the objects again, keeping the place."""
        self._find.ask(*self._wanted())

    def _wanted(self) -> tuple[str, ObjectOrder]:
        return self.label.currentData() or "", ObjectOrder(self.order.currentData())

    def _show_found(self, ids: list[int]) -> None:
        self.grid.show_objects(ids)
        self._stack.setCurrentIndex(0 if ids else 1)
        self._say_empty()
        self._show_count()

    def _say_empty(self) -> None:
        self._empty.say(
            self.tr("There are no objects of this class yet.")
            if self.label.currentData()
            else self.tr("No shapes have been drawn yet.")
        )

    def _show_count(self) -> None:
        chosen = selected_count(self.grid)
        text = self.tr("%n object(s)", "", len(self.grid.objects.ids))
        if chosen:
            text = self.tr("%n chosen", "", chosen) + "  ·  " + text
        self._count.setText(text)

    def _follow(self, changes: Changes) -> None:
        if not (changes.images or changes.labels or changes.image_list):
            return
        self._stale = not self.isVisible()
        if self.isVisible():
            if changes.labels:
                self._list_labels()
            self._find.ask_soon(*self._wanted())

    # Doing ---------------------------------------------------------------------------------

    def _press_digit(self, digit: str) -> None:
        for label in self._document.reader.labels():
            if label.key == digit:
                self.relabel(label)

    def relabel(self, label: Label) -> None:
        """Give the chosen objects another class; those that are locked keep theirs."""
        self._change(
            lambda chosen: actions.change_label([each for each in chosen if not each.locked], label)
        )

    def describe(self) -> None:
        """Ask for note and attributes of the chosen objects; from one, go on to the next."""
        shapes = [shape for shape in self.grid.chosen() if not shape.locked]
        if not shapes:
            return
        named = {self.grid.objects.labels[shape.label].name for shape in shapes}
        edit = described(
            self._document, shapes, named.pop() if len(named) == 1 else "", self.window()
        )
        if self._document.apply(edit) and len(shapes) == 1:
            self.grid.step()
        self.grid.setFocus()

    def _delete(self) -> None:
        self._change(actions.delete_shapes)

    def _change(self, make: Callable[[list[Shape]], Edit]) -> None:
        """Do what ``make`` makes of the chosen objects; very many are read on a thread."""
        ids, project = self.grid.chosen_ids(), self._document.project
        if len(ids) <= LARGE_EDIT_ROWS:
            self._document.apply(make(self.grid.chosen()))
            return

        def read_and_make() -> Edit:
            with Reader.open(project) as reader:
                return make(reader.shapes_with(ids))

        self._document.apply_made(read_and_make, slow=True)

    def _show_menu(self, at: QPoint) -> None:
        if not self.grid.chosen_ids():
            return
        menu = QMenu(self)
        classes = menu.addMenu(self.tr("Change class"))
        for label in self._document.reader.labels():
            name = names.in_menu(label.name)
            text = f"{name}\t{label.key}" if label.key else name
            action = classes.addAction(swatch(label.color), text)
            action.triggered.connect(lambda _=False, label=label: self.relabel(label))
        menu.addAction(self.tr("Note and attributes…"), self.describe)
        menu.addAction(self.tr("Delete"), self._delete)
        menu.exec(self.grid.viewport().mapToGlobal(at))
        menu.deleteLater()

    def close(self) -> bool:
        """Stop decoding."""
        self._find.close()
        self._crops.close()
        return super().close()
