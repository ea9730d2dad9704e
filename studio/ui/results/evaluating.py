"""Getting the evaluation of a run: from its folder, or by a job in the background."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from studio.domain.runs import Run
from studio.errors import Sentence
from studio.jobs.protocol import EvaluateRequest
from studio.jobs.queue import JobQueue
from studio.jobs.thread import JobThread
from studio.learning.events import Ended, Progress
from studio.storage import runs
from studio.ui.document import Document
from studio.ui.results import evaluation
from studio.ui.results.evaluation import Evaluation


class Evaluator(QObject):
    """Evaluates one run at a time.

    Signals:
        changed(): evaluation began, got further, or ended; see the attributes.
        evaluated(int): the evaluation of this run can be loaded now.
    """

    changed = Signal()
    evaluated = Signal(int)

    def __init__(self, document: Document, queue: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._queue = document, queue
        self._job: JobThread | None = None
        self.number = 0
        self.progress: Progress | None = None
        self.failure: Sentence | None = None
        self.failed_number = 0

    @property
    def busy(self) -> bool:
        """Whether an evaluation is under way, or waits for its turn."""
        return self._job is not None

    @property
    def waiting(self) -> bool:
        """Whether it waits for another job to end."""
        return self._job is not None and self._queue.is_waiting(self._job)

    @property
    def others_at_work(self) -> bool:
        """Whether a heavy job would make an evaluation wait."""
        return self._queue.current is not None and self._queue.current is not self._job

    def load(self, run: Run, split: str = "val") -> Evaluation | None:
        """The evaluation of a run, None where there is none yet.

        Raises:
            RunError: there is one that cannot be read.
        """
        folder = runs.runs_folder(self._document.project) / run.folder
        path = runs.evaluation_path(folder, split)
        return evaluation.load(path) if path.is_file() else None

    def start(self, run: Run, split: str = "val", *, asked_for: bool = True) -> None:
        """Evaluate a run; what nobody ``asked_for`` is given up with the project, unasked."""
        if self._job is not None:
            return
        self.number, self.progress, self.failure = run.number, None, None
        request = EvaluateRequest(self._document.project, run.number, split)
        self._job = self._queue.submit(request, expendable=not asked_for)
        self._job.event_arrived.connect(self._on_event)
        self._job.ended.connect(self._on_ended)
        self.changed.emit()

    def stop(self) -> None:
        """Give the evaluation up."""
        if self._job is not None:
            self._job.request_stop("discard")

    @Slot(object)
    def _on_event(self, event: object) -> None:
        if isinstance(event, Progress):
            self.progress = event
            self.changed.emit()

    @Slot(object)
    def _on_ended(self, ended: Ended) -> None:
        self._job = None
        if ended.state == "failed":
            self.failure, self.failed_number = ended.sentence, self.number
        self.changed.emit()
        if ended.state == "finished":
            self.evaluated.emit(self.number)
