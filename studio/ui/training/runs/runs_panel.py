"""The list of runs: newest first, one chosen, any of them laid over the charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import mode

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.domain.runs import METRICS, Run, RunState, Task
from studio.learning import catalogue
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.training.runs.run_colors import run_color
from studio.ui.training.runs.waiting_list import WaitingList
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.wording import metric_text, names, run_text

NUMBER = Qt.ItemDataRole.UserRole
ITEM_PAD_PX = 4
"""What the style sheet takes off an item above and below its widget, and a little air."""


class _Swatch(QWidget):
    """The colour that a run has in the charts."""

    def __init__(self, color: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = color
        self.setFixedSize(8, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        painter.drawEllipse(self.rect())


class RunRow(QWidget):
    """One run in the list.

    Signals:
        compared(bool): it is to be laid over the charts, or no more.
    """

    compared = Signal(bool)

    def __init__(self, run: Run, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.compare = QCheckBox()
        self.compare.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space in the list ticks it
        self.compare.setToolTip(self.tr("Lay this run over the charts"))
        self.compare.setAccessibleName(self.compare.toolTip())
        self.compare.toggled.connect(self.compared)
        self.swatch = _Swatch(run_color(run.number))
        self.swatch.hide()
        title, self.state = QLabel(), QLabel()
        title.setText(
            self.tr("Run {number} · {task}").format(
                number=run.number, task=metric_text.task_name(run.task)
            )
        )
        self.show_state(run.state)
        details, score = ElidedLabel(_model_title(run), at_end=True), QLabel(_score(run))
        date = QLabel(run_text.when(run.started_at))
        details.setToolTip(details.text())
        self.note = ElidedLabel(at_end=True)
        for label in (details, date, self.note):
            set_role(label, "caption")
        self._lay_out((title, self.state), details, (date, score))
        self.show_note(note)  # not before it has a parent: it would be a window of its own

    def show_state(self, state: RunState) -> None:
        """Say how the run stands."""
        self.state.setText(names.state_name(state))
        set_role(self.state, run_text.state_role(state))

    def show_note(self, note: str) -> None:
        """Show the first line of what the user wrote; the rest is in the tooltip."""
        self.note.setText(note.partition("\n")[0])
        self.note.setToolTip(note)
        self.note.setVisible(bool(note))

    def _lay_out(
        self, first: tuple[QLabel, QLabel], details: QLabel, last: tuple[QLabel, QLabel]
    ) -> None:
        rows = QVBoxLayout()
        rows.setSpacing(2)
        for left, right in (first, last):
            row = QHBoxLayout()
            row.setSpacing(theme.TIGHT)
            row.addWidget(left, 1)
            row.addWidget(right)
            rows.addLayout(row)
        rows.insertWidget(1, details)
        rows.addWidget(self.note)
        box = QVBoxLayout()
        box.setSpacing(theme.HAIR)
        box.addWidget(self.compare)
        box.addWidget(self.swatch, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.TIGHT, theme.TIGHT, theme.TIGHT, theme.TIGHT)
        line.setSpacing(theme.TIGHT)
        line.addLayout(box)
        line.addLayout(rows, 1)


def _model_title(run: Run) -> str:
    card = catalogue.find(run.model)
    return card.title if card else run.model


def _score(run: Run) -> str:
    metric = METRICS[run.task][0]
    return metric_text.percent(run.metrics[metric]) if metric in run.metrics else ""


class _RunList(QListWidget):
    """Runs to choose from with the arrow keys, and to tick with Space.

    One key takes the keyboard past all of them; Qt would choose the first where none is chosen,
    and so leave the page that starts a new one.
    """

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard and choose nothing."""
        none_chosen = self.currentRow() < 0
        self.blockSignals(True)
        super().focusInEvent(event)
        if none_chosen:
            self.setCurrentRow(-1)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick the chosen run with Space."""
        row = self.itemWidget(self.currentItem()) if self.currentItem() else None
        if event.key() == Qt.Key.Key_Space and isinstance(row, RunRow):
            row.compare.toggle()
        else:
            super().keyPressEvent(event)


class RunsPanel(QWidget):
    """All runs of the project.

    Signals:
        chosen(int): a run was chosen; 0 for the page that starts a new one.
        compared(): other runs are to be laid over the charts; see ``compared_numbers``.
        comparison_asked(): the ticked runs are to be shown beside the chosen one.
        curve_asked(): the user asks what more labelled images would bring.
    """

    chosen = Signal(int)
    compared = Signal()
    comparison_asked = Signal()
    curve_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compared: set[int] = set()
        self._title = QLabel()
        set_role(self._title, "heading")
        self._new = QPushButton(icon("plus"), "")
        self._new.clicked.connect(lambda: self.choose(0))
        self._compare = QPushButton(icon("table"), "")
        self._compare.clicked.connect(self.comparison_asked)
        self.curve = QPushButton(icon("curve"), "")
        self.curve.clicked.connect(self.curve_asked)
        self.waiting = WaitingList()
        self.list = _RunList()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.currentItemChanged.connect(self._on_current)
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        set_role(self._empty, "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._runs: tuple[Run, ...] = ()
        self._notes: dict[int, str] = {}
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.addWidget(self._title, 1)
        header.addWidget(self._new)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        column.setSpacing(theme.TIGHT)
        column.addLayout(header)
        column.addWidget(self.waiting)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addWidget(self._compare)
        column.addWidget(self.curve)
        column.addStretch(0)

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self._title.setText(self.tr("Runs"))
        self._new.setText(self.tr("New"))
        self._new.setToolTip(self.tr("Set up another training"))
        self._compare.setText(self.tr("Compare"))
        self._compare.setToolTip(
            self.tr("Tick runs of one task to see which is better, and what was different")
        )
        self.curve.setText(self.tr("Learning curve"))
        self.curve.setToolTip(self.tr("What more labelled images would bring, told from the runs"))
        self._empty.setText(self.tr("Every training is kept here, to compare and to go back to."))
        self.waiting.retranslate()
        self.show_runs(self._runs, self._notes)

    @property
    def compared_numbers(self) -> frozenset[int]:
        """Numbers of the runs to lay over the charts."""
        return frozenset(self._compared)

    @property
    def comparable(self) -> tuple[Run, ...]:
        """The ticked runs and the chosen one, those of its task; fewer than two is nothing.

        With none chosen, those of the task that most of them are of.
        """
        wanted = self._compared | {self.number}
        found = [run for run in self._runs if run.number in wanted]
        if not found:
            return ()
        tasks = {run.number: run.task for run in found}
        task = tasks.get(self.number) or mode(tasks.values())
        return tuple(run for run in found if run.task is task)

    @property
    def number(self) -> int:
        """The chosen run, or 0."""
        item = self.list.currentItem()
        return item.data(NUMBER) if item else 0

    @property
    def task(self) -> Task | None:
        """What the chosen run learns; None where none is chosen."""
        return next((run.task for run in self._runs if run.number == self.number), None)

    def show_runs(self, runs: tuple[Run, ...], notes: Mapping[int, str]) -> None:
        """Show these runs, oldest first in ``runs``, keeping what was chosen.

        ``notes`` are what the user wrote about them, by number.
        """
        number = self.number
        self._runs, self._notes = runs, dict(notes)
        self._compared &= {run.number for run in runs}
        self.list.blockSignals(True)
        self.list.clear()
        for run in reversed(runs):
            self._add(run)
        self.list.blockSignals(False)
        self._empty.setVisible(not runs)
        self.list.setVisible(bool(runs))
        self._show_compared()
        if number:
            self.choose(number)

    def _add(self, run: Run) -> None:
        row = RunRow(run, self._notes.get(run.number, ""))
        row.compare.setChecked(run.number in self._compared)
        row.compared.connect(lambda on, number=run.number: self._on_compared(number, on))
        item = QListWidgetItem()
        item.setData(NUMBER, run.number)
        _fit(item, row)
        self.list.addItem(item)
        self.list.setItemWidget(item, row)

    def choose(self, number: int) -> None:
        """Choose a run, or with 0 the page that starts a new one."""
        item = self._item_of(number)
        if item is not None:
            self.list.setCurrentItem(item)
            return
        self.list.setCurrentRow(-1)
        self.list.clearSelection()
        self.chosen.emit(0)

    def show_note(self, number: int, note: str) -> None:
        """Show another note about a run; the rows stay, for one of them may just be clicked."""
        self._notes[number] = note
        item, row = self._item_of(number), self.row_of(number)
        if item is not None and row is not None:
            row.show_note(note)
            _fit(item, row)

    def show_states(self, runs: Iterable[Run]) -> None:
        """Say how these runs stand now; the rows stay."""
        for run in runs:
            if row := self.row_of(run.number):
                row.show_state(run.state)

    def row_of(self, number: int) -> RunRow | None:
        """The row of a run."""
        item = self._item_of(number)
        widget = self.list.itemWidget(item) if item else None
        return widget if isinstance(widget, RunRow) else None

    def _item_of(self, number: int) -> QListWidgetItem | None:
        items = (self.list.item(row) for row in range(self.list.count()))
        return next((item for item in items if item.data(NUMBER) == number), None)

    def _show_compared(self) -> None:
        """Show the colours of the runs that are laid over the chosen one, and offer to compare."""
        for run in self._runs:
            if row := self.row_of(run.number):
                row.swatch.setVisible(run.number in self._compared - {self.number})
        self._compare.setVisible(len(self._runs) > 1)
        self.curve.setVisible(bool(self._runs))
        self._compare.setEnabled(len(self.comparable) > 1)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        self._show_compared()
        if item is not None:
            self.chosen.emit(item.data(NUMBER))

    def _on_compared(self, number: int, on: bool) -> None:
        if on:
            self._compared.add(number)
        else:
            self._compared.discard(number)
        self._show_compared()
        self.compared.emit()


def _fit(item: QListWidgetItem, row: RunRow) -> None:
    item.setSizeHint(QSize(0, row.sizeHint().height() + 2 * ITEM_PAD_PX))
