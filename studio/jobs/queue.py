"""The jobs of one window: one heavy job at a time, the others wait their turn."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Signal, Slot

from studio.jobs.protocol import (
    PreviewRequest,
    ProbeRequest,
    Request,
    ResumeRequest,
    TrainRequest,
)
from studio.jobs.thread import JobThread


class JobQueue(QObject):
    """Starts jobs in the order they were submitted.

    A job that computes (training, evaluating, predicting) has the machine to itself; a light
    one runs beside it. Trainings take hours: what else the user asks for passes those that wait.

    Signals:
        job_submitted(JobThread): a job was added; it may have to wait.
        job_started(JobThread): its child process is starting.
        job_ended(JobThread): it is over; ``job.result`` says how.
        reordered(): jobs wait in another order.
        emptied(): no job is left, running or waiting.
    """

    job_submitted = Signal(object)
    job_started = Signal(object)
    job_ended = Signal(object)
    reordered = Signal()
    emptied = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[JobThread] = []
        self._waiting: list[JobThread] = []
        self._closed = False

    @property
    def jobs(self) -> tuple[JobThread, ...]:
        """Jobs that have not ended: those running, then those waiting, in order."""
        return (*self._running, *self._waiting)

    @property
    def current(self) -> JobThread | None:
        """The heavy job that runs now."""
        return next((job for job in self._running if not is_light(job)), None)

    def is_waiting(self, job: JobThread) -> bool:
        """Whether the job waits for another to end."""
        return job in self._waiting

    def submit(self, request: Request, *, expendable: bool = False) -> JobThread:
        """Add a job; it starts at once where nothing heavy is at work.

        Its signals come through the event loop, so nothing is missed by connecting afterwards.
        An ``expendable`` job was not asked for by the user: it may be ended without a question,
        and where it computes it is, as soon as something is submitted that was asked for.
        """
        job = JobThread(request, expendable=expendable)
        job.ended.connect(self._take_off_ended)
        self._waiting.insert(self._place_for(job), job)
        self.job_submitted.emit(job)
        if not expendable:
            self._stop_expendable()
        self._start_waiting()
        return job

    def _stop_expendable(self) -> None:
        for job in self.jobs:
            if job.expendable and not is_light(job):
                job.request_stop("stop")

    def _place_for(self, job: JobThread) -> int:
        """Behind those that wait, but before trainings where the user asked for something else."""
        if trains(job) or job.expendable:
            return len(self._waiting)
        return next((n for n, each in enumerate(self._waiting) if trains(each)), len(self._waiting))

    def move_before(self, job: JobThread, other: JobThread) -> None:
        """Let a waiting job begin before another; where one of them no longer waits, nothing."""
        if job in self._waiting and other in self._waiting and job is not other:
            self._waiting.remove(job)
            self._waiting.insert(self._waiting.index(other), job)
            self.reordered.emit()

    def pause_all(self) -> None:
        """Ask every running job to pause and drop those that wait; ``emptied`` follows."""
        for job in reversed(self.jobs):
            job.request_stop("pause")

    def close(self, limit_s: float = 30.0) -> None:
        """Pause every job and wait until all are gone; what is left after the limit is killed.

        This blocks the window: call ``pause_all`` first and close on ``emptied``.
        """
        self._closed = True
        self.pause_all()
        until = time.monotonic() + limit_s
        for job in self._running:
            if not job.wait(max(0, int((until - time.monotonic()) * 1000))):
                job.kill()
                job.wait()

    def _start_waiting(self) -> None:
        for job in tuple(self._waiting):
            if self._closed or not (is_light(job) or self.current is None):
                continue
            self._waiting.remove(job)
            self._running.append(job)
            job.start()
            self.job_started.emit(job)

    @Slot()
    def _take_off_ended(self) -> None:
        for job in self.jobs:
            if job.result is not None:
                (self._running if job in self._running else self._waiting).remove(job)
                self.job_ended.emit(job)
        self._start_waiting()
        if not self.jobs:
            self.emptied.emit()


def trains(job: JobThread) -> bool:
    """Whether the job is a training, new or taken up again."""
    return isinstance(job.request, TrainRequest | ResumeRequest)


def is_light(job: JobThread) -> bool:
    """Whether the job runs beside others, since it computes little."""
    return isinstance(job.request, ProbeRequest | PreviewRequest)
