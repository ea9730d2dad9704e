"""Runs beside each other: which is better, and what was different."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.domain.runs import METRICS, Run
from studio.errors import ConfigError, StudioError
from studio.learning.analysis import comparison
from studio.learning.analysis.comparison import ComparedRun
from studio.learning.config import TrainConfig
from studio.storage import runs
from studio.ui import theme
from studio.ui.keys.focus_ring import FocusRing
from studio.ui.style_sheet import set_role
from studio.ui.threads.latest import Latest
from studio.ui.training.runs import comparison_text
from studio.ui.training.setup import fields
from studio.ui.wording import messages, metric_text

SIZE_PX = (760, 600)
ROW_PX = 28


class ComparisonDialog(QDialog):
    """Compares runs of one task with one of them, the base."""

    def __init__(self, project: Path, compared: Sequence[Run], parent: QWidget | None) -> None:
        """``compared`` are two runs or more, the oldest of which is the base at first."""
        super().__init__(parent)
        self._runs = tuple(sorted(compared, key=lambda run: run.number))
        self._folders = [runs.find(project, run.number) for run in self._runs]
        self._found: dict[int, ComparedRun] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Compare runs"))
        self.resize(*SIZE_PX)
        self.base = QComboBox()
        for run in self._runs:
            self.base.addItem(comparison_text.run_name(run.number), run.number)
        self.base.currentIndexChanged.connect(self._show)
        self._body = QVBoxLayout()
        self._lay_out()
        self._latest = Latest(_load, self)
        self._latest.answered.connect(self._receive)
        self._latest.failed.connect(self._fail)
        self._say(self.tr("Reading…"), "quiet")
        self._latest.ask(tuple(self._folders))

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Compared with"))
        title.setBuddy(self.base)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self.base)
        head.addStretch(1)
        page = QWidget()
        page.setLayout(self._body)
        self._body.setContentsMargins(0, 0, theme.SPACE, 0)
        self._body.setSpacing(theme.SPACE)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        FocusRing(scroll)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LOOSE, theme.LOOSE, theme.LOOSE, theme.WIDE)
        column.setSpacing(theme.WIDE)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addWidget(buttons)

    def done(self, result: int) -> None:
        """Read no more once the dialog is closed, also by Escape."""
        self._latest.close()
        super().done(result)

    @Slot(object)
    def _receive(self, found: tuple[ComparedRun, ...]) -> None:
        self._found = {each.number: each for each in found}
        self._show()

    @Slot(object)
    def _fail(self, error: StudioError) -> None:
        self._clear()
        self._say(messages.sentence(error), "error")
        self._body.addStretch(1)

    # What is shown --------------------------------------------------------------------------

    @Slot()
    def _show(self) -> None:
        if not self._found:
            return
        self._clear()
        base = self._found[self.base.currentData()]
        others = [each for each in self._found.values() if each is not base]
        self._head(self.tr("Which is better"))
        for other in others:
            self._say(comparison_text.verdict(base, other, comparison.quality(base, other)))
        self._body.addWidget(self._metrics((base, *others)))
        self._head(self.tr("Settings"))
        self._show_settings(base, others)
        self._head(self.tr("Images"))
        for other in others:
            self._say(comparison_text.said_of_data(base, other, comparison.data(base, other)))
        self._body.addStretch(1)

    def _metrics(self, shown: Sequence[ComparedRun]) -> QTableWidget:
        names = METRICS[shown[0].task]
        rows = [
            [
                metric_text.name(name),
                *(metric_text.percent(each.metrics.get(name)) for each in shown),
            ]
            for name in names
            if any(name in each.metrics for each in shown)
        ]
        return _table(["", *(comparison_text.run_name(each.number) for each in shown)], rows)

    def _show_settings(self, base: ComparedRun, others: Sequence[ComparedRun]) -> None:
        differing = [comparison.settings(base, other) for other in others]
        names = sorted({name for each in differing for name in each})
        if not names:
            self._say(self.tr("The same."), "quiet")
            return
        shown = (base, *others)
        rows = [
            [fields.field_name(name), *(_value(each, name) for each in shown)] for name in names
        ]
        self._body.addWidget(
            _table(["", *(comparison_text.run_name(each.number) for each in shown)], rows)
        )

    def _head(self, text: str) -> None:
        label = QLabel(text)
        set_role(label, "heading")
        self._body.addWidget(label)

    def _say(self, text: str, role: str = "") -> None:
        label = QLabel(text, wordWrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            set_role(label, role)
        self._body.addWidget(label)

    def _clear(self) -> None:
        while self._body.count():
            widget = self._body.takeAt(0).widget()
            if widget is not None:
                widget.deleteLater()

    @property
    def text(self) -> str:
        """All that is said, line by line."""
        return "\n".join(label.text() for label in self.findChildren(QLabel))


def _load(folders: Iterable[Path]) -> tuple[ComparedRun, ...]:
    return tuple(comparison.load(folder) for folder in folders)


def _value(run: ComparedRun, name: str) -> str:
    """A setting in words; a run of another version may not have it, or not in our words."""
    if name not in run.config:
        return "–"
    try:
        return fields.value_text(TrainConfig.from_json(run.config), name)
    except (ConfigError, KeyError, ValueError):
        return str(run.config[name])


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> QTableWidget:
    table = QTableWidget(len(rows), len(header))
    table.setHorizontalHeaderItem(0, QTableWidgetItem(""))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_PX)
    table.horizontalHeader().setStretchLastSection(False)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(row, column, item)
    for column in range(1, len(header)):
        item = QTableWidgetItem(header[column])
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        table.setHorizontalHeaderItem(column, item)
    table.resizeColumnsToContents()
    table.setMaximumWidth(table.horizontalHeader().length() + 2 * table.frameWidth())
    table.setFixedHeight(ROW_PX * len(rows) + table.horizontalHeader().sizeHint().height() + 4)
    return table
