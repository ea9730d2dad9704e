"""The training that is under way, and the logs of all runs of the project."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from studio.domain.project import Changes
from studio.domain.runs import Run, RunState, Task
from studio.jobs.protocol import ResumeRequest, TrainRequest
from studio.jobs.queue import JobQueue, trains
from studio.jobs.thread import JobThread
from studio.learning.config import TrainConfig
from studio.learning.events import Ended, RunStarted
from studio.storage import runs
from studio.ui.document import Document
from studio.ui.training.runs.run_log import RunLog
from studio.ui.training.runs.waiting_list import Waiting


@dataclass(slots=True)
class _Followed:
    job: JobThread
    log: RunLog
    number: int = 0  # as soon as the project knows the run, so of one that goes on at once
    has_ended: bool = False


class TrainingJobs(QObject):
    """Starts and follows training; whoever submits it to the queue, it is followed here.

    ``last_number`` is the run that ended last, 0 where there is something to be read about it.

    Signals:
        live_changed(): training was submitted, got its run number, or ended.
        ended(int, Ended, Request): training ended; the number is 0 where it never became a run.
        queue_changed(): other trainings wait, or in another order.
        log_read(): the log of an earlier run has been read from its folder.
    """

    live_changed = Signal()
    ended = Signal(int, object, object)
    queue_changed = Signal()
    log_read = Signal()

    def __init__(self, document: Document, queue: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._queue = queue
        # One; after its end, until the project has taken note of that, the next one as well.
        self._followed: deque[_Followed] = deque()
        self.last_number = 0
        self._logs: dict[int, RunLog] = {}
        queue.job_submitted.connect(self._follow)
        queue.job_started.connect(self._follow_started)
        for signal in (queue.job_submitted, queue.job_started, queue.job_ended):
            signal.connect(lambda _: self.queue_changed.emit())
        queue.reordered.connect(self.queue_changed)
        document.changed.connect(self._catch_up)
        for job in queue.jobs:
            self._follow(job)

    # Starting ------------------------------------------------------------------------------

    def train(self, config: TrainConfig, note: str = "") -> JobThread:
        """Train a new run, with a note about it."""
        return self._queue.submit(TrainRequest(self._document.project, config, note))

    def resume(self, number: int) -> JobThread:
        """Go on with a run from its last checkpoint."""
        return self._queue.submit(ResumeRequest(self._document.project, number))

    def extend(self, number: int, epochs: int) -> None:
        """Train a finished run for some epochs more."""
        self._queue.submit(ResumeRequest(self._document.project, number, epochs))

    def move_up(self, job: JobThread) -> None:
        """Let a training that waits begin before the one that waits before it."""
        place = self.waiting.index(job)
        if place:
            self._queue.move_before(job, self.waiting[place - 1])

    # What there is -------------------------------------------------------------------------

    @property
    def job(self) -> JobThread | None:
        """The training under way; one that has ended until the project knows what came of it."""
        return self._followed[0].job if self._followed else None

    @property
    def log(self) -> RunLog | None:
        """What it has told."""
        return self._followed[0].log if self._followed else None

    @property
    def waiting(self) -> tuple[JobThread, ...]:
        """The trainings that wait for another job to end, in their order."""
        return tuple(job for job in self._queue.jobs if trains(job) and self._queue.is_waiting(job))

    @property
    def described(self) -> tuple[Waiting, ...]:
        """The same, as the list of what waits shows them."""
        return tuple(
            Waiting(job, self.task_of(job), self.model_of(job), self.part_of(job))
            for job in self.waiting
        )

    @property
    def pending(self) -> int:
        """How many trainings are under way or wait."""
        return sum(map(trains, self._queue.jobs))

    @property
    def is_waiting(self) -> bool:
        """Whether the training waits for another job to end."""
        return self.job is not None and self._queue.is_waiting(self.job)

    def task_of(self, job: JobThread) -> Task | None:
        """What a training learns."""
        match job.request:
            case TrainRequest(_, config):
                return config.task
            case ResumeRequest(run=number):
                run = self.run(number)
                return run.task if run else None
            case _:
                return None

    def model_of(self, job: JobThread) -> str:
        """The architecture's name that a training trains, "" where it is not known."""
        match job.request:
            case TrainRequest(_, config):
                return config.model
            case ResumeRequest(run=number):
                run = self.run(number)
                return run.model if run else ""
            case _:
                return ""

    def part_of(self, job: JobThread) -> float:
        """The part of the training images that a new run learns from; 1 of one that goes on."""
        request = job.request
        return request.config.train_part if isinstance(request, TrainRequest) else 1.0

    @property
    def known_runs(self) -> tuple[Run, ...]:
        """The runs of the project, oldest first; the one at work here says so at once."""
        known = self._document.reader.runs()
        if not self._followed or self._followed[0].has_ended or self.is_waiting:
            return known
        number = self.live_number
        return tuple(
            replace(run, state=RunState.RUNNING) if run.number == number else run for run in known
        )

    def run(self, number: int) -> Run | None:
        """A run of the project."""
        return next((r for r in self._document.reader.runs() if r.number == number), None)

    @property
    def live_number(self) -> int:
        """Number of the run at work, 0 while there is none or the project does not know it yet."""
        return self._followed[0].number if self._followed else 0

    @property
    def live_task(self) -> Task | None:
        """What the training under way learns."""
        return self.task_of(self.job) if self.job else None

    @property
    def live_model(self) -> str:
        """The architecture's name of the training under way."""
        return self.model_of(self.job) if self.job else ""

    def log_of(self, run: Run) -> RunLog:
        """The log of a run: live where it is at work, else read from its folder, once."""
        if self.log is not None and run.number == self.live_number:
            return self.log
        log = self._logs.get(run.number)
        if log is None:
            log = self._logs[run.number] = RunLog(self)
            log.replayed.connect(self.log_read)
            log.read(runs.runs_folder(self._document.project) / run.folder / runs.EVENTS)
        return log

    def forget(self, number: int) -> None:
        """Drop the log of a run that is gone."""
        log = self._logs.pop(number, None)
        if log is not None:
            log.close()
            log.setParent(None)  # the page that shows it may keep it until it shows another

    def close(self) -> None:
        """Stop reading logs."""
        for log in self._logs.values():
            log.close()

    # Following -----------------------------------------------------------------------------

    @Slot(object)
    def _follow(self, job: JobThread) -> None:
        if not trains(job) or not all(each.has_ended for each in self._followed):
            return
        request = job.request
        number = request.run if isinstance(request, ResumeRequest) else 0
        followed = _Followed(job, self._log_for(job), number)
        self._followed.append(followed)
        job.event_arrived.connect(followed.log.append)
        job.event_arrived.connect(self._on_event)
        job.ended.connect(self._on_ended)
        self.live_changed.emit()

    @Slot(object)
    def _follow_started(self, job: JobThread) -> None:
        """Another may have been moved before the one that is followed while it waits."""
        if trains(job) and self._followed and self._queue.is_waiting(self._followed[-1].job):
            self._unfollow()
            self._follow(job)
        else:
            self.live_changed.emit()

    def _unfollow(self) -> None:
        followed = self._followed.pop()
        followed.job.event_arrived.disconnect(followed.log.append)
        followed.job.event_arrived.disconnect(self._on_event)
        followed.job.ended.disconnect(self._on_ended)

    def _log_for(self, job: JobThread) -> RunLog:
        """A new log, or the one of the run that goes on."""
        if isinstance(job.request, ResumeRequest):
            run = self.run(job.request.run)
            if run is not None:
                log = self.log_of(run)
                log.go_on()
                return log
        return RunLog(self)

    @Slot(object)
    def _on_event(self, event: object) -> None:
        if isinstance(event, RunStarted):
            followed = self._followed[-1]
            self._logs[event.run] = followed.log
            self._document.index_runs(lambda: self._begin(followed, event.run))

    def _begin(self, followed: _Followed, number: int) -> None:
        followed.number = number
        self.live_changed.emit()

    @Slot(object)
    def _on_ended(self, ended: Ended) -> None:
        followed = self._followed[-1]
        followed.has_ended = True
        followed.log.append(ended)
        self._document.index_runs(lambda: self._conclude(ended))
        for job in self._queue.jobs:
            self._follow(job)

    def _conclude(self, ended: Ended) -> None:
        over = self._followed.popleft()
        self.last_number = 0 if ended.state in ("failed", "interrupted") else over.number
        self.live_changed.emit()
        self.ended.emit(over.number, ended, over.job.request)

    @Slot(object)
    def _catch_up(self, changes: Changes) -> None:
        """Read on in the logs of runs that another program trains."""
        for number in changes.runs & self._logs.keys():
            self._logs[number].read_on()
