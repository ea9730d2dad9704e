"""The training that is under way, and the logs of all runs of the project."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from studio.domain.runs import Run, Task
from studio.jobs.protocol import ResumeRequest, TrainRequest
from studio.jobs.queue import JobQueue
from studio.jobs.thread import JobThread
from studio.learning.config import TrainConfig
from studio.learning.events import Ended, RunStarted
from studio.storage import runs
from studio.ui.document import Document
from studio.ui.training.run_log import RunLog


class TrainingJobs(QObject):
    """Starts and follows training; whoever submits it to the queue, it is followed here.

    Signals:
        live_changed(): training was submitted, got its run number, or ended.
        ended(int, Ended): training ended; the number is 0 where it never became a run.
        log_read(): the log of an earlier run has been read from its folder.
    """

    live_changed = Signal()
    ended = Signal(int, object)
    log_read = Signal()

    def __init__(self, document: Document, queue: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._queue = queue
        self.job: JobThread | None = None
        self.log: RunLog | None = None
        self._logs: dict[int, RunLog] = {}
        queue.job_submitted.connect(self._follow)
        queue.job_started.connect(lambda _: self.live_changed.emit())
        for job in queue.jobs:
            self._follow(job)

    # Starting ------------------------------------------------------------------------------

    def train(self, config: TrainConfig) -> None:
        """Train a new run."""
        self._queue.submit(TrainRequest(self._document.project, config))

    def resume(self, number: int) -> None:
        """Go on with a run from its last checkpoint."""
        self._queue.submit(ResumeRequest(self._document.project, number))

    def extend(self, number: int, epochs: int) -> None:
        """Train a finished run for some epochs more."""
        self._queue.submit(ResumeRequest(self._document.project, number, epochs))

    # What there is -------------------------------------------------------------------------

    @property
    def is_waiting(self) -> bool:
        """Whether the training waits for another job to end."""
        return self.job is not None and self._queue.is_waiting(self.job)

    @property
    def live_number(self) -> int:
        """Number of the run at work, 0 while there is none or it has none yet."""
        return self.job.run_number if self.job else 0

    @property
    def live_task(self) -> Task | None:
        """What the training under way learns."""
        match self.job.request if self.job else None:
            case TrainRequest(_, config):
                return config.task
            case ResumeRequest(run=number):
                known = self._document.reader.runs()
                return next((run.task for run in known if run.number == number), None)
            case _:
                return None

    def log_of(self, run: Run) -> RunLog:
        """The log of a run: live where it is at work, else read from its folder, once."""
        if self.log is not None and run.number == self.live_number:
            return self.log
        log = self._logs.get(run.number)
        if log is None:
            log = self._logs[run.number] = RunLog(self)
            log.replayed.connect(self.log_read)
            log.replay(runs.runs_folder(self._document.project) / run.folder / runs.EVENTS)
        return log

    def forget(self, number: int) -> None:
        """Drop the log of a run that is gone."""
        log = self._logs.pop(number, None)
        if log is not None:
            log.close()
            log.deleteLater()

    def close(self) -> None:
        """Stop reading logs."""
        for log in self._logs.values():
            log.close()

    # Following -----------------------------------------------------------------------------

    @Slot(object)
    def _follow(self, job: JobThread) -> None:
        if not isinstance(job.request, (TrainRequest, ResumeRequest)) or self.job is not None:
            return
        self.job = job
        self.log = self._log_for(job)
        job.event_arrived.connect(self.log.append)
        job.event_arrived.connect(self._on_event)
        job.ended.connect(self._on_ended)
        self.live_changed.emit()

    def _log_for(self, job: JobThread) -> RunLog:
        """A new log, or the one of the run that goes on."""
        if isinstance(job.request, ResumeRequest):
            number = job.request.run
            run = next((r for r in self._document.reader.runs() if r.number == number), None)
            if run is not None:
                log = self.log_of(run)
                log.go_on()
                return log
        return RunLog(self)

    @Slot(object)
    def _on_event(self, event: object) -> None:
        if isinstance(event, RunStarted):
            if self.log is not None:
                self._logs[event.run] = self.log
            self._index()
            self.live_changed.emit()

    @Slot(object)
    def _on_ended(self, ended: Ended) -> None:
        number = self.live_number
        if self.log is not None:
            self.log.append(ended)
        self.job = self.log = None
        self._index()
        self.live_changed.emit()
        self.ended.emit(number, ended)
        for job in self._queue.jobs:
            self._follow(job)

    def _index(self) -> None:
        self._document.announce(self._document.session.index_runs())
