"""The bar above the images: search, order, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.domain.completing import with_class_renamed, with_term
from studio.domain.labels import Label, MergedLabel
from studio.domain.query import parse
from studio.storage.search import Only, Order, Query
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.images.filter_menu import FilterMenu
from studio.ui.images.query_help import QueryHelp
from studio.ui.images.saved_filters import SavedButton, remembered
from studio.ui.images.search_box import SearchBox
from studio.ui.style_sheet import set_role
from studio.ui.wording import messages

SMALLEST_PX, LARGEST_PX = 110, 300
TYPING_MS = 200


@dataclass(frozen=True, slots=True)
class _Unmerged:
    """What was looked for before and after classes, which are ``gone`` since, were merged."""

    before: str
    after: str
    gone: frozenset[str]


class FilterBar(QFrame):
    """Puts a ``Query`` together.

    Signals:
        query_changed(Query): other images are wanted, or another order.
        size_changed(int): cells shall be so wide, in px.
    """

    query_changed = Signal(object)
    size_changed = Signal(int)

    def __init__(self, cell_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._labels: tuple[Label, ...] = ()
        self._unmerged: _Unmerged | None = None
        self._told = Query()
        self._seed = 1
        self.search = SearchBox()
        self.menu = FilterMenu()
        self.saved = SavedButton()
        self.help = QToolButton()
        self.help.setIcon(icon("help"))
        self.order = QComboBox()
        self.descending = QToolButton()
        self.descending.setCheckable(True)
        self.descending.setIcon(icon("sort"))
        self.count = QLabel()
        set_role(self.count, "quiet")
        self.fault = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.fault.hide()
        self.cell_size = QSlider(Qt.Orientation.Horizontal)
        self.cell_size.setRange(SMALLEST_PX, LARGEST_PX)
        self.cell_size.setValue(cell_px)
        self.cell_size.setFixedWidth(80)
        self._views = QHBoxLayout()
        self._views.setSpacing(0)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._lay_out()
        self.retranslate()
        self._connect()

    def query(self) -> Query:
        """What the bar asks for now."""
        return Query(
            text=self.search.text().strip(),
            order=Order(self.order.currentData()),  # Qt makes a plain str of it
            descending=self.descending.isChecked(),
            seed=self._seed,
        )

    def look_for(self, text: str) -> None:
        """Search for ``text`` at once."""
        self.search.setText(text)
        self._tell()

    def reset(self) -> None:
        """Look for everything; the order stays."""
        self.look_for("")

    def show_only(self, only: Only) -> None:
        """Look for one kind of images, and nothing else."""
        self.look_for(only)

    def sort_by(self, order: Order, descending: bool) -> None:
        """Sort the images."""
        self.descending.setChecked(descending)
        self.order.setCurrentIndex(self.order.findData(order))
        self._tell()

    def reshuffle(self) -> None:
        """Sort the images at random, in another order than before."""
        self._seed += 1
        self.sort_by(Order.RANDOM, False)

    # What can be chosen --------------------------------------------------------------------

    def show_labels(
        self,
        labels: tuple[Label, ...],
        merged: Iterable[MergedLabel] = (),
        runs: Sequence[int] = (),
    ) -> None:
        """Offer these classes and runs; what is looked for follows a class that was renamed, or
        merged into another, until that is undone."""
        names = {label.id: label.name for label in labels}
        text = self._followed(names, {m.id: names.get(m.into, m.name) for m in merged})
        self._labels = labels
        self.search.set_words(labels, runs)
        self.menu.set_labels(labels)
        if text != self.search.text():
            self.look_for(text)
        self._show_fault()

    def _followed(self, names: Mapping[str, str], became: Mapping[str, str]) -> str:
        """What is looked for, as classes are called now, by id: those that stand, and what others
        became."""
        text = self.search.text()
        if self._unmerged and self._unmerged.after == text and self._unmerged.gone <= names.keys():
            return self._unmerged.before
        followed = text
        for label in self._labels:
            name = names.get(label.id) or became.get(label.id, label.name)
            followed = with_class_renamed(followed, label.name, name)
        gone = frozenset(label.id for label in self._labels) & became.keys()
        if gone and followed != text:
            self._unmerged = _Unmerged(text, followed, gone)
        return followed

    def show_count(self, found: int) -> None:
        """Say how many images are shown."""
        self.count.setText(self.tr("%n image(s)", "", found))

    def show_searching(self) -> None:
        """Say that what is looked for is yet to come."""
        self.count.setText(self.tr("Searching…"))

    def set_recent(self, texts: Sequence[str]) -> None:
        """What was looked for last, newest first."""
        self.saved.recent = texts
        self.search.set_recent(texts)

    def add_view_action(self, action: QAction) -> None:
        """Put a button for how the images are shown to the right."""
        button = QToolButton()
        button.setDefaultAction(action)
        self._views.addWidget(button)

    def retranslate(self) -> None:
        """Take all texts from the present language; what was chosen stays chosen."""
        self.search.setPlaceholderText(self.tr("Search: a name, class:car, state:new, shapes>20 …"))
        orders = (
            (self.tr("By path"), Order.NAME),
            (self.tr("By date"), Order.NEWEST),
            (self.tr("By size"), Order.SIZE),
            (self.tr("By number of shapes"), Order.SHAPES),
            (self.tr("By weakest prediction"), Order.SCORE),
            (self.tr("By highest loss"), Order.LOSS),
            (self.tr("By state"), Order.STATE),
            (self.tr("By split"), Order.SPLIT),
            (self.tr("By tag"), Order.TAGS),
            (self.tr("By problem"), Order.PROBLEM),
            (self.tr("By note"), Order.NOTE),
            (self.tr("At random"), Order.RANDOM),
        )
        _fill(self.order, orders)
        self.menu.retranslate()
        self.saved.retranslate()
        self.descending.setToolTip(self.tr("Reverse the order"))
        self.cell_size.setToolTip(self.tr("Size of the thumbnails"))
        self.help.setToolTip(self.tr("What the search box understands"))
        self._show_fault()
        for widget, name in (
            (self.search, self.tr("Search images")),
            (self.order, self.tr("Order")),
            (self.descending, self.tr("Reverse the order")),
            (self.cell_size, self.tr("Size of the thumbnails")),
            (self.help, self.tr("What the search box understands")),
        ):
            widget.setAccessibleName(name)

    # Underneath ----------------------------------------------------------------------------

    def _connect(self) -> None:
        self._typing.timeout.connect(self._tell)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.entered.connect(self._tell)
        self.search.editingFinished.connect(self._remember)
        self.search.editingFinished.connect(self._show_fault)
        self.search.entered.connect(self._remember)
        self.order.currentIndexChanged.connect(lambda _: self._tell())
        self.descending.toggled.connect(lambda _: self._tell())
        self.cell_size.valueChanged.connect(self.size_changed)
        self.help.clicked.connect(self._show_help)
        self.saved.recalled.connect(self.look_for)
        self.menu.picked.connect(lambda term: self.look_for(with_term(self.search.text(), term)))

    def _tell(self) -> None:
        self._typing.stop()
        query = self.query()
        self.saved.present = query.text
        self._show_fault()
        if query != self._told:
            self._told = query
            self.query_changed.emit(query)

    def _show_fault(self) -> None:
        """Say below the box what of it is not understood; what is only begun is said quietly."""
        text = self.search.text()
        faults = parse(text).faults
        if self.search.offers:  # the list below the box says what may follow
            faults = tuple(fault for fault in faults if not fault.unfinished)
        unknown = self._unknown_class(text) if not faults else ""
        self.fault.setVisible(bool(faults or unknown))
        if faults:
            set_role(self.fault, "quiet" if faults[0].unfinished else "danger")
            self.fault.setText(messages.sentence(faults[0].sentence))
        elif unknown:
            set_role(self.fault, "quiet")
            self.fault.setText(unknown)

    def _unknown_class(self, text: str) -> str:
        name = self.search.unknown_class(text)
        return self.tr("There is no class called {name}.").format(name=name) if name else ""

    def _remember(self) -> None:
        query = self.query()
        if query.filters and not parse(query.text).faults:
            self.set_recent(remembered(self.saved.recent, query.text))

    def _show_help(self) -> None:
        popover = QueryHelp(self)
        popover.picked.connect(self._try)
        popover.show_below(self.help)

    def _try(self, example: str) -> None:
        self.look_for(with_term(self.search.text(), example))
        self.search.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE, theme.TIGHT, theme.SPACE, theme.TIGHT)
        column.setSpacing(theme.HAIR)
        row = QHBoxLayout()
        row.setSpacing(theme.HAIR)
        self.search.setMinimumWidth(200)
        row.addWidget(self.search, 1)
        for button in (self.menu, self.saved, self.help):
            row.addWidget(button)
        row.addSpacing(theme.TIGHT)
        row.addWidget(self.count)
        row.addSpacing(theme.TIGHT)
        row.addWidget(self.order)
        row.addWidget(self.descending)
        row.addSpacing(theme.TIGHT)
        row.addLayout(self._views)
        row.addWidget(self.cell_size)
        column.addLayout(row)
        column.addWidget(self.fault)


def _fill(box: QComboBox, rows: Iterable[tuple[str, object]]) -> None:
    """Put texts and values into a box without telling anyone; the choice stays by value."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for text, value in rows:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
