"""The Predict workspace: pictures in, what the model sees on them, and labels out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from studio.domain.project import Changes
from studio.domain.runs import RunState
from studio.errors import RunError
from studio.jobs.queue import JobQueue
from studio.learning.events import Ended, Notice
from studio.settings import Settings
from studio.ui.actions import Actions
from studio.ui.document import Document
from studio.ui.predict.bar import PredictBar
from studio.ui.predict.desk import Desk
from studio.ui.predict.finder import Finder
from studio.ui.predict.findings import filtered_prediction
from studio.ui.predict.predictions import Predictions
from studio.ui.predict.saver import Saver
from studio.ui.predict.saving import Kind
from studio.ui.predict.welcome import Welcome
from studio.ui.wording import run_text
from studio.vision.images import EXTENSIONS


class PredictWorkspace(QWidget):
    """Shows what a model makes of pictures it has never met.

    Signals:
        hint_changed(str): what the status bar should say.
        training_requested(): there is no model, the user wants to train one.
    """

    hint_changed = Signal(str)
    training_requested = Signal()

    def __init__(
        self,
        document: Document,
        queue: JobQueue,
        settings: Settings,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._document, self._settings = document, settings
        self.predictions = Predictions(document, queue, self)
        self.bar = PredictBar(document, actions)
        self.welcome = Welcome()
        self.desk = Desk(document, self.predictions)
        self.finder = Finder(document.project, self)
        self.saver = Saver(document, settings, self)
        self._unlabelled = 0
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self.desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self._connect()
        self._connect_actions(actions)
        self._on_run()

    def _connect(self) -> None:
        self.bar.choice.chosen.connect(self._on_run)
        self.bar.save_requested.connect(self._save)
        self.saver.said.connect(self.bar.say)
        self.desk.said.connect(self.bar.say)
        self.finder.found.connect(self.predict)
        self.finder.counted.connect(self._show_count)
        self.finder.failed.connect(lambda error: self.bar.say(error.sentence))
        self.welcome.train_clicked.connect(self.training_requested)
        self.welcome.add_clicked.connect(self._ask_for_files)
        self.welcome.folder_clicked.connect(self._ask_for_folder)
        self.welcome.unlabelled_clicked.connect(self.predict_unlabelled)
        for signal in (self.predictions.reset, self.predictions.added):
            signal.connect(self._show_page)
        self.predictions.progressed.connect(self._show_progress)
        self.predictions.noticed.connect(self._on_notice)
        self.predictions.ended.connect(self._on_ended)
        self._document.changed.connect(self._on_changed)

    def _connect_actions(self, actions: Actions) -> None:
        desk = self.desk
        calls = {
            "predict.add": self._ask_for_files,
            "predict.unlabelled": self.predict_unlabelled,
            "predict.stop": self.predictions.stop,
            "predict.previous": lambda: desk.step(-1),
            "predict.next": lambda: desk.step(1),
            "predict.accept": desk.accept_chosen,
            "predict.accept_image": desk.accept_image,
            "predict.accept_all": desk.accept_all,
            "predict.reject": desk.reject_chosen,
        }
        for name, call in calls.items():
            actions.connect_to(name, call)
        hide = actions["predict.overlay"]
        actions.connect_to(
            hide.objectName(), lambda: desk.view.set_marks_shown(not hide.isChecked())
        )
        desk.view.set_marks_shown(not hide.isChecked())  # as it was left in another project

    def retranslate(self) -> None:
        """Take texts from the present language."""
        for part in (self.bar, self.welcome, self.desk):
            part.retranslate()
        self._show_page()
        self._show_progress()

    def showEvent(self, event: QShowEvent) -> None:
        """Count what is not labelled yet."""
        super().showEvent(event)
        self._show_page()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop decoding and saving."""
        self.desk.close_pictures()
        self.finder.close()
        self.saver.close()
        super().closeEvent(event)

    # Which model ---------------------------------------------------------------------------

    def show_run(self, number: int) -> None:
        """Predict with a run."""
        self.bar.choice.refresh()
        self.bar.choice.choose(number)

    @Slot()
    def _on_run(self) -> None:
        run, present = self.bar.choice.run, self.predictions.run
        if run is not None and present is not None and run.has_model_of(present):
            self.predictions.run = run
            return
        self.bar.say("")
        try:
            self.predictions.use(run)
        except RunError as error:
            self.bar.say(error.sentence)
        if self.predictions.spec is not None:
            self.desk.side.set_min_score(self.predictions.spec.threshold)
        self.desk.refresh()
        self._show_page()

    # Which pictures ------------------------------------------------------------------------

    def predict_unlabelled(self) -> None:
        """Predict on the images of the project that nobody has labelled."""
        self.finder.look_for_unlabelled()

    def predict_paths(self, paths: Iterable[Path]) -> None:
        """Predict on files and on the images in folders."""
        self.bar.say(self.tr("Looking for images…"))
        self.finder.look(tuple(paths))

    @Slot(object)
    def predict(self, images: Mapping[Path, int]) -> None:
        """Predict on images; the value is the image's id in the project, 0 for others."""
        if not images:
            self.bar.say(self.tr("There are no images to predict on."))
        elif self.predictions.job is not None:
            self.bar.say(self.tr("Predictions are being made already; stop them first."))
        else:
            self.bar.say("")
            self.predictions.predict(images)

    def _ask_for_files(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in sorted(EXTENSIONS))
        chosen, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Images to predict on"),
            self._settings.last_folder,
            f"{self.tr('Images')} ({kinds})",  # which Qt reads: no other parentheses will do
        )
        if chosen:
            self.predict_paths(Path(each) for each in chosen)

    def _ask_for_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of images to predict on"), self._settings.last_folder
        )
        if chosen:
            self.predict_paths([Path(chosen)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls() and self.predictions.run is not None:
            event.acceptProposedAction()
            self.welcome.set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is dragged here any more."""
        self.welcome.set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Predict on what was dropped."""
        self.welcome.set_over(False)
        event.acceptProposedAction()
        self.predict_paths(Path(url.toLocalFile()) for url in event.mimeData().urls())

    # What is shown -------------------------------------------------------------------------

    @Slot()
    def _show_page(self) -> None:
        some = bool(self.predictions.entries)
        self._stack.setCurrentWidget(self.desk if some else self.welcome)
        self.bar.save.setEnabled(some)
        self.bar.hide_marks.setVisible(some)
        trained = self.bar.choice.run is not None
        self.bar.let_choose(trained)
        if not some:
            self._show_welcome()
            if trained and self.isVisible():
                self.finder.count()
        self.hint_changed.emit(
            self.tr("Enter accepts, X rejects, Shift+Enter accepts the whole image; D and A go on")
            if some
            else ""
        )

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """A training may have begun, or ended without a model."""
        if changes.runs:
            self._show_welcome()

    @Slot(int)
    def _show_count(self, unlabelled: int) -> None:
        self._unlabelled = unlabelled
        self._show_welcome()

    def _show_welcome(self) -> None:
        trained = self.bar.choice.run is not None
        training = any(run.state is RunState.RUNNING for run in self._document.reader.runs())
        self.welcome.show_state(trained, self._unlabelled, training=training)

    @Slot()
    def _show_progress(self) -> None:
        progress, busy = self.predictions.progress, self.predictions.job is not None
        if not busy:
            self.bar.show_progress("", 0, 0, busy=False)
        elif self.predictions.waiting:
            text = self.tr("Waits until another job has ended…")
            self.bar.show_progress(text, 0, 0, busy=True)
        elif progress is None:
            self.bar.show_progress(self.tr("Starting…"), 0, 0, busy=True)
        else:
            text = run_text.phase(progress)
            self.bar.show_progress(text, progress.done, progress.total, busy=True)

    @Slot(object)
    def _on_notice(self, notice: Notice) -> None:
        self.bar.say(notice.sentence)

    @Slot(object)
    def _on_ended(self, ended: Ended) -> None:
        if ended.state == "failed":
            self.bar.say(ended.sentence)
            return
        images = sum(entry.predicted for entry in self.predictions.entries)
        self.bar.say(self.tr("%n image(s) predicted", "", images))

    @Slot(object)
    def _save(self, kind: Kind) -> None:
        destination = self.saver.ask(kind)
        if destination is not None:
            self.save(kind, destination)

    def save(self, kind: Kind, destination: Path) -> None:
        """Save what is shown of all pictures."""
        finding_filter = self.desk.side.finding_filter
        shown = [
            filtered_prediction(entry, finding_filter)
            for entry in self.predictions.entries
            if entry.predicted
        ]
        self.saver.save(kind, destination, shown)
