"""The Results workspace: a run, its figures, its images, and each image large."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.domain.runs import Run
from studio.errors import RunError
from studio.jobs.queue import JobQueue
from studio.learning import spec
from studio.settings import Settings
from studio.storage import runs
from studio.ui import theme
from studio.ui.actions import Actions
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.results.detail_page import DetailPage
from studio.ui.results.evaluating import Evaluator
from studio.ui.results.evaluation import Evaluation
from studio.ui.results.overview import Overview
from studio.ui.style_sheet import set_role
from studio.ui.widgets.empty_state import EmptyState
from studio.ui.widgets.job_page import JobPage
from studio.ui.widgets.run_choice import RunChoice
from studio.ui.wording import messages, run_text

SPLIT = "results.split"
"""Under this name the settings keep how the workspace is divided."""


class ResultsWorkspace(QWidget):
    """Shows how good a run is.

    Signals:
        hint_changed(str): what the status bar should say.
        training_requested(): there is nothing to show, the user wants to train.
        label_requested(int): the user wants to correct an image.
    """

    hint_changed = Signal(str)
    training_requested = Signal()
    label_requested = Signal(int)

    def __init__(
        self,
        document: Document,
        queue: JobQueue,
        settings: Settings,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._settings = document, settings
        self.evaluator = Evaluator(document, queue, self)
        self.choice = RunChoice(document)
        self.again = QPushButton(icon("refresh"), "")
        set_role(self.again, "quiet")
        self._run_name, self._note = QLabel(), QLabel()
        set_role(self._note, "quiet")
        self.empty = EmptyState("results")
        self.waiting = JobPage()
        self.overview = Overview(document)
        self.detail = DetailPage(document, actions)
        self._stack = QStackedWidget()
        self._shown: Evaluation | None = None
        self._shown_run: Run | None = None
        self._lay_out()
        self.overview.split.restoreState(settings.window_state(SPLIT))
        self._connect(actions)
        self.retranslate()

    def _lay_out(self) -> None:
        bar = QFrame()
        set_role(bar, "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.LOOSE, theme.TIGHT, theme.WIDE, theme.TIGHT)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._run_name)
        row.addWidget(self.choice)
        row.addWidget(self._note, 1)
        row.addWidget(self.again)
        for page in (self.empty, self.waiting, self.overview, self.detail):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def _connect(self, actions: Actions) -> None:
        self.choice.chosen.connect(self._on_run)
        self.evaluator.changed.connect(self.refresh)
        self.evaluator.evaluated.connect(self._on_evaluated)
        self.again.clicked.connect(self.evaluate)
        self.empty.clicked.connect(self._do_what_is_missing)
        self.waiting.stopped.connect(self.evaluator.stop)
        self.overview.opened.connect(self._open)
        actions.connect_to("results.back", self._go_back)
        actions.connect_to("results.previous", lambda: self._step(-1))
        actions.connect_to("results.next", lambda: self._step(1))
        actions.connect_to("results.label", self._label)

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self._run_name.setText(self.tr("Run"))
        self.again.setText(self.tr("Evaluate again"))
        self.again.setToolTip(self.tr("Measure the model on the validation images once more"))
        self.choice.refresh()
        self.overview.retranslate()
        self.detail.retranslate()
        self.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop decoding; remember how the overview is divided."""
        self._settings.keep_window_state(SPLIT, bytes(self.overview.split.saveState().data()))
        self.detail.view.close_pictures()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Evaluate the newest run where nobody has yet and nothing else is at work."""
        super().showEvent(event)
        self._on_run()

    # Which run -----------------------------------------------------------------------------

    def show_run(self, number: int) -> None:
        """Show a run by its number."""
        self.choice.refresh()
        self.choice.choose(number)

    def evaluate(self) -> None:
        """Evaluate the chosen run, also where that was done before."""
        run = self.choice.run
        if run is not None:
            self.evaluator.start(run)

    @Slot()
    def _on_run(self) -> None:
        run = self.choice.run
        if run != self._shown_run:
            self._load(run)
        idle = not self.evaluator.busy and not self.evaluator.others_at_work
        wanted = self._shown is None and self.isVisible()
        if run is not None and wanted and idle and self.evaluator.failed_number != run.number:
            self.evaluator.start(run, asked_for=False)
        self.refresh()

    @Slot(int)
    def _on_evaluated(self, number: int) -> None:
        if self.choice.run is not None and self.choice.run.number == number:
            self._load(self.choice.run)
        self.refresh()

    def _load(self, run: Run | None) -> None:
        self._shown, self._shown_run = None, run
        if run is None:
            return
        try:
            self._shown = self.evaluator.load(run)
            if self._shown is not None:
                folder = runs.runs_folder(self._document.project) / run.folder
                self.overview.show_evaluation(self._shown, spec.read(folder))
                self._stack.setCurrentWidget(self.overview)
        except RunError as error:
            self._shown = None
            self.evaluator.failure, self.evaluator.failed_number = error.sentence, run.number

    # What is shown -------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show the evaluation, the wait for it, or what is missing."""
        run = self.choice.run
        evaluating = self.evaluator.busy and run is not None and self.evaluator.number == run.number
        self.again.setVisible(self._shown is not None and not self.evaluator.busy)
        self._note.setText("")
        if evaluating:
            self._show_wait()
        elif self._shown is None:
            self._show_missing(run)
        else:
            self._show_note(self._shown)
            if self._stack.currentWidget() not in (self.overview, self.detail):
                self._stack.setCurrentWidget(self.overview)
        self._say_hint()

    def _show_wait(self) -> None:
        progress = self.evaluator.progress
        if self.evaluator.waiting:
            text = self.tr("Waits until another job has ended…")
        elif progress is None:
            text = self.tr("Starting…")
        else:
            text = run_text.phase(progress)
        done, total = (progress.done, progress.total) if progress else (0, 0)
        self.waiting.say(text, done, total, self.tr("Stop"))
        self._stack.setCurrentWidget(self.waiting)

    def _show_missing(self, run: Run | None) -> None:
        if run is None:
            self.empty.say(
                self.tr("Train a model first; here you see how good it is and where it is wrong."),
                self.tr("Go to Train"),
            )
        elif self.evaluator.failure is not None and self.evaluator.failed_number == run.number:
            self.empty.say(messages.sentence(self.evaluator.failure), self.tr("Try again"))
        else:
            self.empty.say(
                self.tr("Run {number} has not been measured on its validation images yet.").format(
                    number=run.number
                ),
                self.tr("Evaluate"),
            )
        self._stack.setCurrentWidget(self.empty)

    def _show_note(self, shown: Evaluation) -> None:
        self._note.setText(self.tr("measured on %n validation image(s)", "", len(shown.images)))

    def _say_hint(self) -> None:
        page = self._stack.currentWidget()
        if page is self.detail and not self.detail.has_marks:
            hint = self.tr("A and D go on; Esc goes back")
        elif page is self.detail:
            hint = self.tr(
                "T and P show or hide truth and prediction; A and D go on; Esc goes back"
            )
        elif page is self.overview and self._shown is not None and self._shown.confusion is None:
            hint = self.tr("Click a class to see its images")
        elif page is self.overview:
            hint = self.tr("Click a class or a cell of the matrix to see its images")
        else:
            hint = ""
        self.hint_changed.emit(hint)

    @Slot()
    def _do_what_is_missing(self) -> None:
        if self.choice.run is None:
            self.training_requested.emit()
        else:
            self.evaluate()

    # One image -----------------------------------------------------------------------------

    @Slot(int)
    def _open(self, place: int) -> None:
        run, shown = self._shown_run, self.overview.gallery.shown
        if run is None or not 0 <= place < len(shown):
            return
        folder = runs.runs_folder(self._document.project) / run.folder
        self.detail.show_judged(shown[place], spec.read(folder).threshold)
        self._stack.setCurrentWidget(self.detail)
        self.detail.view.setFocus()
        self._say_hint()

    def _step(self, by: int) -> None:
        shown = self.overview.gallery.shown
        ids = [judged.id for judged in shown]
        if self._stack.currentWidget() is self.detail and self.detail.image_id in ids:
            place = min(max(ids.index(self.detail.image_id) + by, 0), len(ids) - 1)
            self.overview.gallery.grid.pick(place)
            self._open(place)

    def _go_back(self) -> None:
        if self._stack.currentWidget() is self.detail:
            self._stack.setCurrentWidget(self.overview)
            self.overview.gallery.grid.setFocus()
            self._say_hint()

    def _label(self) -> None:
        if self._stack.currentWidget() is self.detail and self.detail.image_id:
            self.label_requested.emit(self.detail.image_id)
