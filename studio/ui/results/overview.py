"""The figures of an evaluation on the left, its images on the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from studio.domain.runs import METRICS
from studio.learning.spec import ModelSpec
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.keys.focus_ring import FocusRing
from studio.ui.results import evaluation
from studio.ui.results.class_table import ClassTable
from studio.ui.results.confusion_view import ConfusionView
from studio.ui.results.evaluation import Evaluation
from studio.ui.results.gallery import Gallery
from studio.ui.style_sheet import set_role
from studio.ui.widgets.tiles import Tile
from studio.ui.wording import metric_text

TILE_COLUMNS = 2
MOST_TABLE_ROWS = 10


class Overview(QWidget):
    """Shows one evaluation; a class or a cell of the matrix narrows the gallery.

    Signals:
        opened(int): an image of the gallery, by its place, is to be seen large.
    """

    opened = Signal(int)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._evaluation: Evaluation | None = None
        self._tiles = QWidget()
        self._tile_grid = QGridLayout(self._tiles)
        self._tile_grid.setContentsMargins(0, 0, 0, 0)
        self._tile_grid.setSpacing(theme.TIGHT)
        self._tiles.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.tiles: dict[str, Tile] = {}
        self._classes, self._mistakes = QLabel(), QLabel()
        for label in (self._classes, self._mistakes):
            set_role(label, "heading")
        self.table = ClassTable()
        self.confusion = ConfusionView()
        self.gallery = Gallery(document)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.table.label_clicked.connect(self._narrow_to_class)
        self.confusion.cell_chosen.connect(self._narrow_to_cell)
        self.gallery.cleared.connect(self._clear_filter)
        self.gallery.opened.connect(self.opened)
        self._lay_out()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.LOOSE, theme.SPACE, theme.WIDE, theme.LOOSE)
        column.setSpacing(theme.TIGHT)
        column.addWidget(self._tiles)
        column.addSpacing(theme.TIGHT)
        column.addWidget(self._classes)
        column.addWidget(self.table)
        column.addSpacing(theme.TIGHT)
        column.addWidget(self._mistakes)
        column.addWidget(self.confusion)
        column.addStretch(1)
        figures = QScrollArea()
        figures.setWidgetResizable(True)
        figures.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        figures.setWidget(page)
        FocusRing(figures)
        figures.setMinimumWidth(360)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(figures)
        self.split.addWidget(self.gallery)
        self.split.setSizes([500, 780])
        self.split.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)

    def show_evaluation(self, shown: Evaluation, spec: ModelSpec) -> None:
        """Show another evaluation of the model that ``spec`` describes."""
        self._evaluation = shown
        colors = {label.name: label.color for label in spec.labels}
        colors |= {label.name: label.color for label in self._document.reader.labels()}
        self._fill_tiles(shown)
        self._fill_table(shown, colors)
        self.confusion.show_confusion(shown.confusion)
        self._mistakes.setVisible(shown.confusion is not None)
        self.gallery.show_images(shown.images, colors, spec.threshold)
        self.retranslate()

    def _fill_table(self, shown: Evaluation, colors: Mapping[str, str]) -> None:
        self.table.show_rows(shown.per_class, colors)
        rows = min(len(shown.per_class), MOST_TABLE_ROWS)
        height = self.table.horizontalHeader().sizeHint().height() + 4
        self.table.setFixedHeight(height + rows * self.table.verticalHeader().defaultSectionSize())

    def _fill_tiles(self, shown: Evaluation) -> None:
        for tile in self.tiles.values():
            tile.deleteLater()
        charted = METRICS[shown.task]
        names = [name for name in charted if name in shown.metrics]
        names += [name for name in shown.metrics if name not in names]
        self.tiles = {name: Tile(large=True) for name in names}
        for place, (name, tile) in enumerate(self.tiles.items()):
            self._tile_grid.addWidget(tile, place // TILE_COLUMNS, place % TILE_COLUMNS)
            tile.show_value(metric_text.percent(shown.metrics[name]))

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self._classes.setText(self.tr("Classes"))
        self._mistakes.setText(self.tr("What is taken for what"))
        for name, tile in self.tiles.items():
            tile.explain(metric_text.name(name), metric_text.meaning(name))
        self.table.retranslate()
        self.confusion.update()
        self.gallery.retranslate()

    # Narrowing -----------------------------------------------------------------------------

    def _narrow_to_class(self, label: str) -> None:
        if self.confusion.chosen != (-1, -1):
            self.confusion.choose(*self.confusion.chosen)
        self.gallery.narrow(label, lambda judged: evaluation.concerns(judged, label))

    def _narrow_to_cell(self, row: int, column: int) -> None:
        confusion = self._evaluation.confusion if self._evaluation else None
        if confusion is None or row < 0:
            self.gallery.narrow("", lambda _: True)
            return
        self.table.clearSelection()
        text = f"{confusion.labels[row]} → {confusion.labels[column]}"
        self.gallery.narrow(text, lambda j: evaluation.shows(j, confusion, row, column))

    def _clear_filter(self) -> None:
        self.table.clearSelection()
        if self.confusion.chosen != (-1, -1):
            self.confusion.choose(*self.confusion.chosen)
        else:
            self.gallery.narrow("", lambda _: True)
