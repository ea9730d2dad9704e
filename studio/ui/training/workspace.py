"""The Train workspace: assembly of the runs, the page that starts one and the page of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from studio.domain.project import Changes
from studio.domain.runs import Run
from studio.errors import WeightsMissing
from studio.jobs.protocol import FindRateRequest, Request, ResumeRequest, TrainRequest
from studio.jobs.queue import JobQueue
from studio.learning.config import TrainConfig
from studio.learning.events import Ended
from studio.learning.pretrained import weights
from studio.learning.readiness import dataset
from studio.settings import Settings
from studio.storage import runs
from studio.ui.actions import Actions
from studio.ui.document import Document
from studio.ui.threads.latest import Latest
from studio.ui.training.curve_verbs import LearningCurves
from studio.ui.training.run_verbs import RunVerbs
from studio.ui.training.runs.comparison_dialog import ComparisonDialog
from studio.ui.training.runs.runs_panel import RunsPanel
from studio.ui.training.setup.device_facts import DeviceFacts
from studio.ui.training.setup.plan import Plan
from studio.ui.training.setup.preflight_list import PreflightList
from studio.ui.training.setup.preview_dialog import PreviewDialog
from studio.ui.training.setup.setup_page import SetupPage
from studio.ui.training.setup.speed_line import SpeedLine
from studio.ui.training.training_jobs import TrainingJobs

if TYPE_CHECKING:
    from studio.ui.training.runs.run_page import RunPage


SPLIT = "train.split"
"""Under this name the settings keep how the workspace is divided."""

PAUSE_MS = 250
"""Labels that change one after the other are counted once, after this pause."""


class TrainWorkspace(QWidget):
    """Sets up, starts and follows training.

    Signals:
        hint_changed(str): what the status bar should say.
        results_requested(int): the user wants the results of a run.
        predict_requested(int): the user wants to predict with a run.
        labels_requested(): the user wants to label more images.
        place_opened(int, tuple[int, ...]): the user wants to see an image, and shapes on it.
        training_ended(int, Ended): a run has ended, 0 where it never got a number.
    """

    hint_changed = Signal(str)
    results_requested = Signal(int)
    predict_requested = Signal(int)
    labels_requested = Signal()
    place_opened = Signal(int, object)
    training_ended = Signal(int, object)

    def __init__(
        self,
        document: Document,
        queue: JobQueue,
        settings: Settings,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._queue, self._settings = document, queue, settings
        self.jobs = TrainingJobs(document, queue, self)
        self.verbs = RunVerbs(document, self.jobs, self)
        self.device = DeviceFacts(queue, self)
        self.plan = Plan(weights.weights_present)
        self.curves = LearningCurves(document, self.jobs, self.plan, self.device, self)
        speed, preflight = SpeedLine(queue, self.device), PreflightList(document)
        self.setup = SetupPage(self.plan, self.device, speed, preflight)
        self.runs = RunsPanel()
        self.runs.setMinimumWidth(256)
        self.runs.setMaximumWidth(360)
        self._page: RunPage | None = None
        self._preview: PreviewDialog | None = None
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.setup)
        self._stale = True
        self._count = Latest(dataset.readiness, self, project=document.project, pause_ms=PAUSE_MS)
        self._count.answered.connect(self.setup.show_readiness)
        self._count.failed.connect(document.failed)
        self._lay_out()
        self._connect(actions)
        self._show_runs()
        self._show_waiting()

    def _lay_out(self) -> None:
        split = self._split
        split.setChildrenCollapsible(False)
        split.addWidget(self.runs)
        split.addWidget(self._stack)
        split.setSizes([260, 1000])
        split.setStretchFactor(1, 1)
        split.restoreState(self._settings.window_state(SPLIT))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)

    def _connect(self, actions: Actions) -> None:
        self._document.changed.connect(self._on_changed)
        self._stack.currentChanged.connect(lambda _: self._say_hint())
        self.jobs.live_changed.connect(self._on_live)
        self.jobs.ended.connect(self._on_ended)
        self.jobs.queue_changed.connect(self._show_waiting)
        self.verbs.taken_up.connect(self._show_live)
        self.verbs.cloned.connect(self._clone)
        self.verbs.deleted.connect(lambda: self.runs.choose(0))
        self.runs.waiting.raised.connect(self.jobs.move_up)
        self.runs.waiting.removed.connect(lambda job: job.request_stop("discard"))
        self.jobs.log_read.connect(self._refresh_page)
        self.setup.advised.connect(self._on_advised)
        self.setup.train_requested.connect(self._train)
        self.setup.labels_requested.connect(self.labels_requested)
        self.setup.preflight.place_opened.connect(self.place_opened)
        self.setup.preview_requested.connect(self._show_preview)
        self.setup.rate_requested.connect(self._find_rate)
        self.runs.chosen.connect(self._show_page)
        self.runs.compared.connect(self._compare)
        self.runs.comparison_asked.connect(self._show_comparison)
        self.runs.curve_asked.connect(actions["train.curve"].trigger)
        actions.connect_to("train.compare", self._show_comparison)
        show_curve = lambda: self.curves.show(self.runs.task or self.plan.task)  # noqa: E731
        actions.connect_to("train.curve", show_curve)
        actions.connect_to("train.start", self._start)
        actions.connect_to("train.stop", lambda: self._ask_live("stop"))
        actions.connect_to("train.pause", lambda: self._ask_live("pause"))
        actions.connect_to("train.new", lambda: self.runs.choose(0))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how wide the list of runs is, and read no more."""
        self.jobs.close()
        if self._page is not None:
            self._page.note.keep()
        self._count.close()
        self.setup.preflight.close()
        self.setup.weights.close_work()
        self._settings.keep_window_state(SPLIT, bytes(self._split.saveState().data()))
        super().closeEvent(event)

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self.setup.retranslate()
        if self._preview is not None:
            self._preview.retranslate()
        self.runs.retranslate()
        if self._page is not None:
            self._page.retranslate()
        self._say_hint()

    # What the project holds ----------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Count labels that changed meanwhile; ask for the device once."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._count.ask()
        self.device.ask()
        self._say_hint()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.runs:
            self._show_runs()
        if changes.images or changes.labels or changes.settings or changes.image_list:
            self._stale = not self.isVisible()
            if self.isVisible():
                self._count.ask_soon()

    def _show_runs(self) -> None:
        found = self.jobs.known_runs
        folder = runs.runs_folder(self._document.project)
        notes = {run.number: runs.read_note(folder / run.folder) for run in found}
        self.runs.show_runs(found, notes)
        if self._page is None or self._stack.currentWidget() is not self._page:
            return
        if self._page.is_live and self.jobs.job is not None:
            self._show_live()
        else:
            self._show_page(self.runs.number)

    @Slot(str, str)
    def _show_note(self, folder: str, note: str) -> None:
        run = next((r for r in self._document.reader.runs() if r.folder == folder), None)
        if run is not None:
            self.runs.show_note(run.number, note)

    @Slot()
    def _show_waiting(self) -> None:
        self.runs.waiting.show_jobs(self.jobs.described)
        self.setup.bar.show_pending(self.jobs.pending)

    def _say_hint(self) -> None:
        if self.jobs.job:
            hint = self.tr("Training goes on in the background; you may label meanwhile.")
        elif self._stack.currentWidget() is self.setup:
            hint = self._hint_of_setup()
        elif len(self._document.reader.runs()) > 1:
            hint = self.tr("Tick other runs to lay their curves over these")
        else:
            hint = ""
        self.hint_changed.emit(hint)

    def _hint_of_setup(self) -> str:
        if self.plan.ready:
            return self.tr("Press Train to start with the automatic choices.")
        if self.plan.readiness:
            return self.tr("There is too little labelled to train on yet.")
        return ""

    @Slot()
    def _on_advised(self) -> None:
        if self.isVisible():
            self._say_hint()

    # Which page ----------------------------------------------------------------------------

    @Slot(int)
    def _show_page(self, number: int) -> None:
        """The page of a run; with 0 the one that starts a training."""
        run = self.jobs.run(number)
        job, log, task = self.jobs.job, self.jobs.log, self.jobs.live_task
        if number and job and log and task and number == self.jobs.live_number:
            self.page.show_live(task, self.jobs.live_model, log, job, self.jobs.is_waiting)
        elif run is not None:
            self.page.show_run(run, self.jobs.log_of(run), may_resume=job is None)
        else:
            self._stack.setCurrentWidget(self.setup)
            return
        self._stack.setCurrentWidget(self.page)
        self._compare()

    @Slot()
    def _refresh_page(self) -> None:
        if self._page is not None:
            self._page.refresh()

    @property
    def page(self) -> RunPage:
        """The page of one run, made when it is first needed."""
        if self._page is None:
            from studio.ui.training.runs.run_page import RunPage

            self._page = RunPage(self._document)
            self._page.asked.connect(self._ask)
            self._page.note.kept.connect(self._show_note)
            self._page.retranslate()
            self._stack.addWidget(self._page)
        return self._page

    def _show_live(self) -> None:
        """The page of the training under way, which may not have a number yet."""
        job, log, task = self.jobs.job, self.jobs.log, self.jobs.live_task
        if job and log and task:
            self.page.show_live(task, self.jobs.live_model, log, job, self.jobs.is_waiting)
            self._stack.setCurrentWidget(self.page)

    @Slot()
    def _compare(self) -> None:
        """Lay the ticked runs of the same task over the charts."""
        if self._page is None or self._page.task is None:
            return
        wanted = self.runs.compared_numbers - {self.runs.number}
        others = [run for run in self._document.reader.runs() if run.number in wanted]
        same = (run for run in others if run.task is self._page.task)
        self._page.charts.compare({run.number: self.jobs.log_of(run) for run in same})

    @Slot()
    def _show_comparison(self) -> None:
        """Lay the ticked runs beside the chosen one."""
        compared = self.runs.comparable
        if len(compared) > 1:
            ComparisonDialog(self._document.project, compared, self).open()
        else:
            self.hint_changed.emit(self.tr("Tick another run of the same task to compare with."))

    # Looking before training ----------------------------------------------------------------

    @Slot()
    def _show_preview(self) -> None:
        if self._preview is None:
            self._preview = PreviewDialog(self._document, self._queue, self)
            self.setup.advised.connect(self._preview.show_config)
            self.setup.refresh()
        self._preview.show()
        self._preview.raise_()

    @Slot(object)
    def _find_rate(self, config: TrainConfig) -> None:
        from studio.ui.training.setup.rate_dialog import RateDialog

        request = FindRateRequest(self._document.project, config)
        dialog = RateDialog(request, self._queue, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self.setup.take_rate)
        dialog.open()

    # Training ------------------------------------------------------------------------------

    def _start(self) -> None:
        """Train what is set up; while something is trained, only with the settings in sight."""
        if self.jobs.job is None or self._stack.currentWidget() is self.setup:
            self.setup.request_training()
        else:
            self.runs.choose(0)

    @Slot(object)
    def _train(self, config: TrainConfig) -> None:
        under_way = self.jobs.job is not None
        self.jobs.train(config)
        if not under_way:
            self._show_live()

    @Slot()
    def _on_live(self) -> None:
        """Training was submitted, got its number, or ended.

        Whoever sets up another one, or looks at an earlier run, is left there.
        """
        self.runs.show_states(self.jobs.known_runs)
        number = self.jobs.live_number
        if self._watches:
            if number:
                self.runs.choose(number)
                self._show_page(number)
            elif self.jobs.job:
                self._show_live()
        if self.isVisible():
            self._say_hint()

    @property
    def _watches(self) -> bool:
        """Whether the page in front shows what is trained, or what was trained just before."""
        if self._page is None or self._stack.currentWidget() is not self._page:
            return False
        return self._page.is_live or self.runs.number == self.jobs.last_number

    def _on_ended(self, number: int, ended: Ended, request: Request) -> None:
        self._show_runs()
        going_on = request.run if isinstance(request, ResumeRequest) else 0
        config = request.config if isinstance(request, TrainRequest) else None
        if ended.code == WeightsMissing.__name__ and config and config.task is self.plan.task:
            self.setup.offer_weights(config, ended.sentence)
            self.runs.choose(0)
        elif self.jobs.run(number or going_on) is None:
            self.runs.choose(0)
            if ended.state == "failed":
                self.setup.show_failure(ended.sentence)
        self.training_ended.emit(number, ended)

    def _ask_live(self, word: str) -> None:
        if self.jobs.job is not None:
            self.jobs.job.request_stop(word)
            self.page.refresh()

    # What can be done with a run -----------------------------------------------------------

    @Slot(str)
    def _ask(self, what: str) -> None:
        run = self.jobs.run(self.runs.number)
        match what:
            case "results" if run is not None:
                self.results_requested.emit(run.number)
            case "predict" if run is not None:
                self.predict_requested.emit(run.number)
            case _:
                self.verbs.carry_out(what, run)

    @Slot(object, object)
    def _clone(self, run: Run, config: TrainConfig) -> None:
        self.plan.clone(run, config)
        self.setup.cards.choose(run.task)
        self.setup.options.setChecked(True)
        self.runs.choose(0)
