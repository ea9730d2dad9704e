"""The bar above the grid: search, filters, order, and the size of the thumbnails."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QToolButton,
    QWidget,
)

from studio.domain.labels import Label
from studio.domain.project import Split, State
from studio.storage.search import Only, Order, Query
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.swatch import swatch

SMALLEST_PX, LARGEST_PX = 110, 300
TYPING_MS = 200


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
        self._told = Query()
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(150)
        self.label, self.state, self.split, self.only, self.order = (QComboBox() for _ in range(5))
        self.descending = QToolButton()
        self.descending.setCheckable(True)
        self.descending.setIcon(icon("sort"))
        self.clear = QPushButton()
        set_role(self.clear, "link")
        self.clear.clicked.connect(self.reset)
        self.count = QLabel()
        set_role(self.count, "quiet")
        self.cell_size = QSlider(Qt.Orientation.Horizontal)
        self.cell_size.setRange(SMALLEST_PX, LARGEST_PX)
        self.cell_size.setValue(cell_px)
        self.cell_size.setFixedWidth(96)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._lay_out()
        self.retranslate()
        self._connect()

    def query(self) -> Query:
        """What the bar asks for now."""
        return Query(
            text=self.search.text(),
            label=self.label.currentData() or "",
            state=self.state.currentData(),
            split=self.split.currentData(),
            only=self.only.currentData(),
            order=self.order.currentData() or Order.NAME,
            descending=self.descending.isChecked(),
        )

    def reset(self) -> None:
        """Take every filter away; the order stays."""
        self.search.clear()
        for box in (self.label, self.state, self.split, self.only):
            box.setCurrentIndex(0)
        self._tell()

    def show_only(self, only: Only) -> None:
        """Filter for one kind of images, and nothing else."""
        self.reset()
        self.only.setCurrentIndex(self.only.findData(only))
        self._tell()

    def show_labels(self, labels: tuple[Label, ...]) -> None:
        """Offer these classes."""
        self._labels = labels
        rows = [(self.tr("Any class"), ""), *((each.name, each.id) for each in labels)]
        _fill(self.label, rows)
        for row, each in enumerate(labels, start=1):
            self.label.setItemIcon(row, swatch(each.color))

    def show_count(self, found: int) -> None:
        """Say how many images are shown."""
        self.count.setText(self.tr("%n image(s)", "", found))
        self.clear.setVisible(self.query().filters)

    def retranslate(self) -> None:
        """Take all texts from the present language; what was chosen stays chosen."""
        self.search.setPlaceholderText(self.tr("Search by name"))
        self.show_labels(self._labels)
        states = (
            (self.tr("Any state"), None),
            (self.tr("New"), State.NEW),
            (self.tr("In progress"), State.IN_PROGRESS),
            (self.tr("Done"), State.DONE),
            (self.tr("Skipped"), State.SKIPPED),
        )
        splits = (
            (self.tr("Any split"), None),
            (self.tr("Training"), Split.TRAIN),
            (self.tr("Validation"), Split.VAL),
            (self.tr("Test"), Split.TEST),
            (self.tr("No split yet"), ""),
        )
        onlys = (
            (self.tr("All images"), None),
            (self.tr("With labels"), Only.LABELLED),
            (self.tr("Without labels"), Only.UNLABELLED),
            (self.tr("With predictions"), Only.PROPOSED),
            (self.tr("With problems"), Only.PROBLEM),
        )
        orders = (
            (self.tr("By name"), Order.NAME),
            (self.tr("By date"), Order.NEWEST),
            (self.tr("By size"), Order.SIZE),
            (self.tr("By number of shapes"), Order.SHAPES),
            (self.tr("By state"), Order.STATE),
        )
        for box, rows in (
            (self.state, states), (self.split, splits), (self.only, onlys), (self.order, orders),
        ):  # fmt: skip
            _fill(box, rows)
        self.descending.setToolTip(self.tr("Reverse the order"))
        self.cell_size.setToolTip(self.tr("Size of the thumbnails"))
        self.clear.setText(self.tr("Clear filter"))
        for widget, name in (
            (self.search, self.tr("Search by name")), (self.label, self.tr("Class")),
            (self.state, self.tr("State")), (self.split, self.tr("Split")),
            (self.only, self.tr("Show")), (self.order, self.tr("Order")),
            (self.descending, self.tr("Reverse the order")),
            (self.cell_size, self.tr("Size of the thumbnails")),
        ):  # fmt: skip
            widget.setAccessibleName(name)

    def _connect(self) -> None:
        self._typing.timeout.connect(self._tell)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self._tell)
        for box in (self.label, self.state, self.split, self.only, self.order):
            box.currentIndexChanged.connect(lambda _: self._tell())
        self.descending.toggled.connect(lambda _: self._tell())
        self.cell_size.valueChanged.connect(self.size_changed)

    def _tell(self) -> None:
        self._typing.stop()
        query = self.query()
        if query != self._told:
            self._told = query
            self.query_changed.emit(query)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, theme.TIGHT, theme.SPACE, theme.TIGHT)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self.search, 2)
        for box in (self.only, self.label, self.state, self.split):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(150)
            row.addWidget(box)
        row.addWidget(self.clear)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addWidget(self.order)
        row.addWidget(self.descending)
        row.addWidget(self.cell_size)


def _fill(box: QComboBox, rows: Iterable[tuple[str, object]]) -> None:
    """Put texts and values into a box without telling anyone; the choice stays by value."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for text, value in rows:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
