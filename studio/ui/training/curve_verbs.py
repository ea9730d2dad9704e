"""The learning curve of a task: showing it, and making the trainings that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from studio.domain.project import Changes
from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.jobs.thread import JobThread
from studio.learning.advice import speeds
from studio.learning.analysis.learning_curve import Step
from studio.learning.config import TrainConfig
from studio.ui.document import Document
from studio.ui.training.setup import fields
from studio.ui.training.setup.device_facts import DeviceFacts
from studio.ui.training.setup.plan import Plan
from studio.ui.training.training_jobs import TrainingJobs
from studio.ui.wording import messages

if TYPE_CHECKING:
    from studio.ui.training.runs.curve_dialog import CurveDialog


class LearningCurves(QObject):
    """Opens the dialog, which may be closed while the trainings go on in the queue."""

    def __init__(
        self,
        document: Document,
        jobs: TrainingJobs,
        plan: Plan,
        device: DeviceFacts,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._jobs, self._window = document, jobs, window
        self._plan, self._device = plan, device
        self._made: list[JobThread] = []
        self.dialog: CurveDialog | None = None
        document.changed.connect(self._on_changed)
        jobs.queue_changed.connect(self._show_pending)

    def show(self, task: Task | None) -> None:
        """Show the curve of a task; without one, there is nothing that could have any."""
        if task is None:
            return
        from studio.ui.training.runs.curve_dialog import CurveDialog

        dialog = CurveDialog(self._document.project, task, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self._forget)
        dialog.measure_asked.connect(self._measure)
        dialog.cancel_asked.connect(self._cancel)
        self.dialog = dialog
        self._look()
        self._show_pending()
        dialog.open()

    @Slot()
    def _forget(self) -> None:
        self.dialog = None

    def _look(self) -> None:
        """Have the dialog read the runs, and say what measuring would take as things stand."""
        if self.dialog is None:
            return
        task = self.dialog.task
        found = self._plan.readiness.get(task)
        if found is None or not found.ready:
            self.dialog.look()
            return
        try:
            advice = self._plan.advice(task)
        except ConfigError as error:
            self.dialog.look(problem=messages.sentence(fields.in_words(error.sentence)))
            return
        config = advice.config.changed({"train_part": 1.0})
        step_s = speeds.known(config, self._device.facts)
        measured = speeds.run_s(config, found, step_s) / 60 if step_s else 0.0
        self.dialog.look(config, found, measured or advice.minutes)

    # Measuring -----------------------------------------------------------------------------

    @Slot(object, object)
    def _measure(self, config: TrainConfig, steps: tuple[Step, ...]) -> None:
        for step in steps:
            part, note = config.changed({"train_part": step.part}), messages.sentence(step.note)
            job = self._jobs.resume(step.run) if step.run else self._jobs.train(part, note)
            self._made.append(job)
        self._show_pending()

    @property
    def pending(self) -> tuple[JobThread, ...]:
        """The trainings asked for here that are under way or wait."""
        return tuple(job for job in self._made if job.result is None)

    @Slot()
    def _cancel(self) -> None:
        """Take those that wait off the list; pause the one at work, which can then go on."""
        at_work = self._jobs.job if not self._jobs.is_waiting else None
        for job in reversed(self.pending):
            job.request_stop("pause" if job is at_work else "discard")
        self._show_pending()

    @Slot()
    def _show_pending(self) -> None:
        if self.dialog is not None:
            same = (job for job in self.pending if self._jobs.task_of(job) is self.dialog.task)
            self.dialog.show_pending(sum(1 for _ in same))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.runs and self.dialog is not None:
            self._look()
