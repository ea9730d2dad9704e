"""The choice of a trained model: runs that left one, newest first."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from studio.domain.project import Changes
from studio.domain.runs import METRICS, Run, RunState
from studio.learning import catalogue
from studio.storage import runs
from studio.ui.document import Document
from studio.ui.widgets.elided_choice import ElidedChoice
from studio.ui.wording import metric_text


def has_model(document: Document, run: Run) -> bool:
    """Whether the run left a model that can be used."""
    folder = runs.runs_folder(document.project) / run.folder
    return run.state is not RunState.RUNNING and (folder / runs.BEST).is_file()


class RunChoice(ElidedChoice):
    """Runs of the document that can be used.

    Signals:
        chosen(): another run is chosen, or none is left; see ``run``.
    """

    chosen = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._runs: tuple[Run, ...] = ()
        self.setMinimumContentsLength(24)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.currentIndexChanged.connect(lambda _: self.chosen.emit())
        document.changed.connect(self._on_changed)
        self.refresh()

    @property
    def run(self) -> Run | None:
        """The chosen run."""
        number = self.currentData()
        return next((run for run in self._runs if run.number == number), None)

    def choose(self, number: int) -> None:
        """Choose a run by its number, if it is there."""
        row = self.findData(number)
        if row >= 0:
            self.setCurrentIndex(row)

    def refresh(self) -> None:
        """List the runs again, in the present language, keeping the one that is chosen."""
        self.setAccessibleName(self.tr("Run"))
        self.setPlaceholderText(self.tr("No model yet"))
        before = self.run
        known = self._document.reader.runs()
        self._runs = tuple(r for r in reversed(known) if has_model(self._document, r))
        with QSignalBlocker(self):
            self.clear()
            for run in self._runs:
                self.addItem(_title(run), run.number)
            row = self.findData(before.number) if before else 0
            self.setCurrentIndex(max(row, 0) if self._runs else -1)
        self.setEnabled(bool(self._runs))
        if self.run != before:
            self.chosen.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.runs:
            self.refresh()


def _title(run: Run) -> str:
    card = catalogue.find(run.model)
    metric = METRICS[run.task][0]
    parts = [f"{run.number}", metric_text.task_name(run.task), card.title if card else run.model]
    if metric in run.metrics:
        parts.append(f"{metric_text.name(metric)} {metric_text.percent(run.metrics[metric])}")
    return " · ".join(parts)
