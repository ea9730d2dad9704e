"""The running job in the status bar: how far it has got and when it will be done."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studio.jobs.protocol import (
    EvaluateRequest,
    PredictRequest,
    ProbeRequest,
    ResumeRequest,
    TrainRequest,
)
from studio.jobs.queue import JobQueue
from studio.jobs.thread import JobThread
from studio.learning.events import Event, Progress, RunStarted, StepDone
from studio.ui.shell.status_bar import Indicator


class JobFooter(QObject):
    """Keeps the status bar's job indicator in step with the queue."""

    def __init__(self, queue: JobQueue, indicator: Indicator) -> None:
        super().__init__(queue)
        self._queue = queue
        self._indicator = indicator
        self._epochs = 0
        self._step: StepDone | None = None
        self._progress: Progress | None = None
        queue.job_started.connect(self._follow)
        queue.job_ended.connect(lambda _: self.refresh())

    def refresh(self) -> None:
        """Say again how far the job has got, in the present language."""
        job = self._queue.current
        if job is None:
            self._indicator.hide()
            return
        if self._step is not None and isinstance(job.request, (TrainRequest, ResumeRequest)):
            self._show_training(job, self._step)
        else:
            done, total = (self._progress.done, self._progress.total) if self._progress else (0, 0)
            self._indicator.show_progress(self._name(job), done, total)

    def workspace(self) -> str:
        """The workspace that shows the running job."""
        match self._queue.current.request if self._queue.current else None:
            case PredictRequest():
                return "predict"
            case EvaluateRequest():
                return "results"
            case _:
                return "train"

    def _follow(self, job: JobThread) -> None:
        if isinstance(job.request, ProbeRequest):
            return
        self._step = self._progress = None
        job.event_arrived.connect(self._receive)
        self.refresh()

    def _receive(self, event: Event) -> None:
        match event:
            case RunStarted(epochs=epochs):
                self._epochs = epochs
            case StepDone():
                self._step = event
            case Progress():
                self._progress = event
            case _:
                return
        self.refresh()

    def _show_training(self, job: JobThread, step: StepDone) -> None:
        left = self._left(step.eta_s)
        if job.asked:
            text = self.tr("Training ends after this step…")
        elif left:
            text = self.tr("Training, epoch {epoch} of {epochs}, {left}").format(
                epoch=step.epoch, epochs=self._epochs, left=left
            )
        else:
            text = self.tr("Training, epoch {epoch} of {epochs}").format(
                epoch=step.epoch, epochs=self._epochs
            )
        self._indicator.show_progress(text, step.step, step.steps)

    def _name(self, job: JobThread) -> str:
        match job.request:
            case EvaluateRequest():
                return self.tr("Evaluating")
            case PredictRequest():
                return self.tr("Predicting")
            case TrainRequest() | ResumeRequest():
                return self.tr("Training starts…")
            case _:
                return self.tr("Working")

    def _left(self, seconds: float | None) -> str:
        if seconds is None or seconds <= 0:
            return ""
        if seconds < 90:
            return self.tr("%n second(s) left", "", max(1, round(seconds)))
        return self.tr("%n minute(s) left", "", round(seconds / 60))
