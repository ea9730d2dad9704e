"""The data set in charts; every bar leads to the images it counts."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.domain import statistics
from studio.domain.project import State
from studio.domain.query_tokens import quoted
from studio.domain.statistics import Bin
from studio.storage.statistics import SPLITS, Statistics
from studio.ui import theme
from studio.ui.dataset.bars import Bar, Bars
from studio.ui.dataset.matrix import HeatMap, Together
from studio.ui.style_sheet import set_role
from studio.ui.wording import messages

SMALL_PX = 8
"""Objects with a shorter side than this are hard for any detector."""

MODEL_SIZES = (224, 320, 512, 640, 800, 1024)
SPLIT_COLORS = ("#0072B2", "#E69F00", "#009E73", "#9AA0AA")
STATE_COLORS = {
    State.NEW: "#9AA0AA", State.IN_PROGRESS: "#56B4E9", State.DONE: "#009E73",
    State.SKIPPED: "#CC79A7",
}  # fmt: skip
MOST_TOGETHER = 24
"""More classes than this do not fit into the table of what is together; the commonest are shown."""


class StatisticsPage(QScrollArea):
    """Cards in two columns.

    Signals:
        query_chosen(str): show the images that this query finds.
    """

    query_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statistics: Statistics | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.states, self.splits, self.classes = Bars(), Bars(), Bars()
        self.tags, self.sizes, self.aspects = Bars(), Bars(), Bars()
        self.heat, self.together = HeatMap(), Together()
        self.model_size, self.label = QComboBox(), QComboBox()
        for size in MODEL_SIZES:
            self.model_size.addItem("", size)
        self.model_size.setCurrentIndex(1)
        self.label.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.small = QLabel(wordWrap=True)
        self._legends = {"classes": QLabel(), "tags": QLabel()}
        self._cards = {
            "states": _Card(self.states),
            "splits": _Card(self.splits),
            "classes": _Card(self._legends["classes"], self.classes),
            "tags": _Card(self._legends["tags"], self.tags),
            "sizes": _Card(self.sizes, self._small_row(), self.small),
            "aspects": _Card(self.aspects),
            "heat": _Card(self.heat),
            "together": _Card(self.together),
        }
        self._lay_out()
        self._connect()
        self.retranslate()

    def _small_row(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, theme.TIGHT, 0, 0)
        self._at_size = QLabel()
        self._at_size.setBuddy(self.model_size)
        row.addWidget(self._at_size)
        row.addWidget(self.model_size)
        row.addStretch()
        return box

    def _lay_out(self) -> None:
        sheet = QWidget()
        set_role(sheet, "page")
        self._of_class = QLabel()
        self._of_class.setBuddy(self.label)
        top = QHBoxLayout()
        top.addWidget(self._of_class)
        top.addWidget(self.label)
        top.addStretch()
        columns = QHBoxLayout()
        columns.setSpacing(theme.WIDE)
        self._columns: list[QVBoxLayout] = []
        for names in (
            ("states", "classes", "sizes", "heat"),
            ("splits", "tags", "aspects", "together"),
        ):
            column = QVBoxLayout()
            column.setSpacing(theme.WIDE)
            for name in names:
                column.addWidget(self._cards[name])
            column.addStretch()
            columns.addLayout(column, 1)
            self._columns.append(column)
        self._content = QWidget()
        self._content.hide()  # until something has been counted
        content = QVBoxLayout(self._content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(theme.SPACE)
        content.addLayout(top)
        content.addLayout(columns)
        self._counting = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        set_role(self._counting, "quiet")
        page = QVBoxLayout(sheet)
        page.setContentsMargins(theme.LOOSE, theme.WIDE, theme.LOOSE, theme.LOOSE)
        page.addWidget(self._content)
        page.addWidget(self._counting, 1)
        page.addStretch()
        self.setWidget(sheet)

    def _connect(self) -> None:
        for bars in (
            self.states, self.splits, self.classes, self.tags, self.sizes, self.aspects,
        ):  # fmt: skip
            bars.query_chosen.connect(self.query_chosen)
        self.together.cell_chosen.connect(self._choose_pair)
        self.heat.cell_chosen.connect(self._choose_place)
        self.model_size.currentIndexChanged.connect(self._show_small)
        self.label.currentIndexChanged.connect(self._show_objects)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        titles = {
            "states": self.tr("Images by state"),
            "splits": self.tr("Images by split"),
            "classes": self.tr("Objects by class"),
            "tags": self.tr("Tags by class"),
            "sizes": self.tr("Size of objects"),
            "aspects": self.tr("Width to height of objects"),
            "heat": self.tr("Where objects lie"),
            "together": self.tr("Classes on one image"),
        }
        for name, title in titles.items():
            self._cards[name].title.setText(title)
        self._counting.setText(self.tr("Counting…"))
        self._of_class.setText(self.tr("Sizes and places of"))
        self._at_size.setText(self.tr("The model sees images at"))
        for row in range(self.model_size.count()):
            self.model_size.setItemText(row, messages.pixels(self.model_size.itemData(row)))
        names = (
            self.tr("Training"), self.tr("Validation"), self.tr("Test"), self.tr("No split yet"),
        )  # fmt: skip
        dots = (
            f'<span style="color:{color}">■</span> {name}'
            for color, name in zip(SPLIT_COLORS, names, strict=True)
        )
        legend = "&nbsp;&nbsp;&nbsp;".join(dots)
        for label in self._legends.values():
            label.setText(legend)
        self._split_names = names
        if self._statistics is not None:
            self.show_statistics(self._statistics)

    # Showing -------------------------------------------------------------------------------

    def show_statistics(self, found: Statistics) -> None:
        """Show a project in numbers."""
        self._statistics = found
        self._counting.hide()
        self._content.show()
        names = {
            State.NEW: self.tr("New"),
            State.IN_PROGRESS: self.tr("In progress"),
            State.DONE: self.tr("Done"),
            State.SKIPPED: self.tr("Skipped"),
        }
        states = [
            Bar(names[state], ((found.states[state], STATE_COLORS[state]),), f"state:{state}")
            for state in State
        ]
        self.states.show_bars(states, self._cards["states"].title.text())
        splits = [
            Bar(name, ((found.splits[split], color),), f"split:{split or 'none'}")
            for split, name, color in zip(SPLITS, self._split_names, SPLIT_COLORS, strict=True)
        ]
        self.splits.show_bars(splits, self._cards["splits"].title.text())
        for bars, card, counts, term in (
            (self.classes, "classes", found.shapes, "class"),
            (self.tags, "tags", found.tags, "tag"),
        ):
            lines = [
                Bar(label.name, tuple(zip(counts[label.id], SPLIT_COLORS, strict=True)),
                    f"{term}:{quoted(label.name)}", self._by_split(counts[label.id]))
                for label in found.labels
                if label.id in counts
            ]  # fmt: skip
            lines.sort(key=lambda bar: -bar.count)
            bars.show_bars(lines, self._cards[card].title.text())
            self._cards[card].setVisible(bool(lines))
        # What is under the states and the splits; tags alone leave no hole to the left.
        self._columns[1 if found.shapes else 0].insertWidget(1, self._cards["tags"])
        for widget in (self._of_class, self.label):
            widget.setVisible(bool(found.shapes))
        self._list_labels(found)
        self._show_objects()

    def _by_split(self, counts: tuple[int, ...]) -> str:
        named = zip(self._split_names, counts, strict=True)
        number = QLocale().toString
        return messages.listed(f"{name} {number(count)}" for name, count in named if count)

    def _list_labels(self, found: Statistics) -> None:
        before = self.label.currentText()
        self.label.blockSignals(True)
        self.label.clear()
        self.label.addItem(self.tr("all classes"), -1)
        for place, label in enumerate(found.labels):
            if label.id in found.shapes:
                self.label.addItem(label.name, place)
        self.label.setCurrentIndex(max(0, self.label.findText(before)))
        self.label.blockSignals(False)

    def _show_objects(self) -> None:
        found = self._statistics
        if found is None:
            return
        objects, term = found.objects.of(self._place()), self._term()
        accent = theme.current().accent
        sizes = [
            Bar(_range(each), ((each.count, accent),), term + _area_query(each))
            for each in statistics.size_bins(objects.sizes)
        ]
        self.sizes.show_bars(sizes, self._cards["sizes"].title.text())
        square = self.tr("about square")
        aspects = [
            Bar(
                square if each.low < 1 < each.high else _ratio(each),
                ((each.count, accent),),
                term + _aspect_query(each),
            )
            for each in statistics.aspect_bins(objects.sides)
        ]
        self.aspects.show_bars(aspects, self._cards["aspects"].title.text())
        heat = self._cards["heat"].title.text()
        self.heat.show_values(statistics.heat_map(objects), heat)
        self._show_together(found)
        for name in ("aspects", "heat"):
            self._cards[name].setVisible(len(objects) > 0)
        self._cards["sizes"].setVisible(bool(sizes))
        self._show_small()

    def _show_together(self, found: Statistics) -> None:
        counts = statistics.co_occurrence(found.objects, len(found.labels))
        used = sorted(range(len(found.labels)), key=lambda place: -counts[place, place])
        self._shown = sorted(p for p in used[:MOST_TOGETHER] if counts[p, p])
        names = [found.labels[place].name for place in self._shown]
        chosen = counts[self._shown][:, self._shown]
        self.together.show_counts(names, chosen, self._cards["together"].title.text())
        self._cards["together"].setVisible(len(self._shown) > 1)

    def _choose_pair(self, row: int, column: int) -> None:
        if self._statistics is not None:
            names = (self._statistics.labels[self._shown[place]].name for place in (row, column))
            self.query_chosen.emit(" ".join(dict.fromkeys(f"class:{quoted(n)}" for n in names)))

    def _choose_place(self, row: int, column: int) -> None:
        across, down = (round(100 * (at + 0.5) / statistics.HEAT_CELLS) for at in (column, row))
        self.query_chosen.emit(f"{self._term()}at:{across},{down}")

    def _term(self) -> str:
        """The term of the class whose objects are shown, "" for all classes."""
        place = self._place()
        if self._statistics is None or place < 0:
            return ""
        return f"class:{quoted(self._statistics.labels[place].name)} "

    def _place(self) -> int:
        return int(self.label.currentData() or 0) if self.label.currentIndex() > 0 else -1

    def _show_small(self) -> None:
        found = self._statistics
        if found is None:
            return
        sides = found.objects.of(self._place()).shorter_sides_at(int(self.model_size.currentData()))
        share = statistics.share_below(sides, SMALL_PX)
        text = self.tr("{percent} of the objects will be under {px} px there.")
        percent = f"{share:.0%}" if share == 0 or share >= 0.01 else "< 1%"
        self.small.setText(text.format(percent=percent, px=SMALL_PX))
        set_role(self.small, "warning" if share >= 0.1 else "quiet")


class _Card(QFrame):
    """A title above what it shows."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        set_role(self, "card")
        self.title = QLabel()
        set_role(self.title, "heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.SPACE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.TIGHT)
        column.addWidget(self.title)
        for widget in widgets:
            column.addWidget(widget)


def _range(each: Bin) -> str:
    high = f"{each.high:.0f}"
    return messages.pixels(f"{each.low:.0f} – {high}" if each.low else f"< {high}")


def _area_query(each: Bin) -> str:
    above = f"area>={each.low**2:.0f}" if each.low else "area>0"
    return f"{above} area<{each.high**2:.0f}"


def _aspect_query(each: Bin) -> str:
    above = f"aspect>={each.low:g} " if each.low else ""
    below = f"aspect<{each.high:g}" if each.high < float("inf") else ""
    return (above + below).strip()


def _ratio(each: Bin) -> str:
    if each.low == 0:
        return f"< {_fraction(each.high)}"
    if each.high == float("inf"):
        return f"> {_fraction(each.low)}"
    return f"{_fraction(each.low)} – {_fraction(each.high)}"


def _fraction(value: float) -> str:
    return f"{value:g} : 1" if value >= 1 else f"1 : {1 / value:g}"
