"""What can be done with a run once it is there: end it, go on with it, copy or delete it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QWidget

from studio.domain.runs import Run
from studio.errors import StudioError
from studio.learning.config import read_config
from studio.storage import runs
from studio.ui.document import Document
from studio.ui.training.training_jobs import TrainingJobs
from studio.ui.wording import messages

MORE_EPOCHS = 20
"""What *Train more* offers first."""


class RunVerbs(QObject):
    """Carries out what the buttons of a run ask for, and asks first where something is lost.

    Signals:
        taken_up(): a run that had ended goes on.
        cloned(Run, TrainConfig): another is to be set up with the settings of this one.
        deleted(): the run is gone.
    """

    taken_up = Signal()
    cloned = Signal(object, object)
    deleted = Signal()

    def __init__(self, document: Document, jobs: TrainingJobs, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._jobs, self._window = document, jobs, window

    def carry_out(self, what: str, run: Run | None) -> None:
        """Do what a button says: see ``run_buttons.ICONS``."""
        job = self._jobs.job
        match what:
            case "stop" | "pause" if job is not None:
                job.request_stop(what)
            case "discard":
                self._discard_live()
            case "kill" if job is not None:
                job.kill()
            case "resume" if run is not None and job is None:
                self._jobs.resume(run.number)
                self.taken_up.emit()
            case "extend" if run is not None and job is None:
                self._extend(run)
            case "clone" if run is not None:
                self._clone(run)
            case "delete" if run is not None:
                self._delete(run)
            case _:
                pass

    def _discard_live(self) -> None:
        job = self._jobs.job
        if job is not None and messages.ask(
            self._window,
            self.tr("Discard this training?"),
            self.tr("The run and what it has learned are deleted. Stop would keep its best model."),
            self.tr("Discard"),
        ):
            job.request_stop("discard")

    def _extend(self, run: Run) -> None:
        epochs, agreed = QInputDialog.getInt(
            self._window,
            self.tr("Train run {number} for longer").format(number=run.number),
            self.tr("More epochs:"),
            MORE_EPOCHS,
            1,
            10_000,
        )
        if agreed:
            self._jobs.extend(run.number, epochs)
            self.taken_up.emit()

    def _clone(self, run: Run) -> None:
        try:
            config = read_config(runs.runs_folder(self._document.project) / run.folder)
        except StudioError as error:
            self._document.failed.emit(error)
        else:
            self.cloned.emit(run, config)

    def _delete(self, run: Run) -> None:
        if not messages.ask(
            self._window,
            self.tr("Delete run {number}?").format(number=run.number),
            self.tr("Its model and its results are deleted from disk. This cannot be undone."),
            self.tr("Delete"),
        ):
            return
        if messages.attempt(self._window, lambda: runs.remove(self._document.project, run.number)):
            self._jobs.forget(run.number)
            self.deleted.emit()
            self._document.index_runs()
