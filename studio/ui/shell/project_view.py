"""An open project in the window: its workspaces, its jobs, its scanner, and giving it up."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QVBoxLayout, QWidget

from studio.domain.edits import Edit
from studio.domain.pace import Pace
from studio.domain.project import Changes
from studio.domain.runs import Run, RunState
from studio.editing.scan import ScanProgress
from studio.jobs.protocol import ProbeRequest
from studio.jobs.queue import JobQueue, is_light
from studio.learning.events import Ended
from studio.settings import Settings
from studio.storage import search, statistics
from studio.ui.actions import Actions
from studio.ui.actions_table import WORKSPACES
from studio.ui.document import Document
from studio.ui.scanning import Scanner
from studio.ui.shell.counting import StateCounter
from studio.ui.shell.job_footer import JobFooter
from studio.ui.shell.run_watch import RunWatch
from studio.ui.shell.status_bar import StatusBar
from studio.ui.shell.workspaces import Parts, Workspaces
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.ui.widgets.toasts import Toasts
from studio.ui.wording import messages, run_text
from studio.vision import video
from studio.vision.images import EXTENSIONS

COUNT_EVERY_MS = 300
PATIENCE_MS = 120_000
"""How long a job may take to pause when the project is given up, before it is ended."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The parts of the window that an open project uses."""

    actions: Actions
    settings: Settings
    status: StatusBar
    toasts: Toasts


class ProjectView(QWidget):
    """Everything that lives as long as a project is open.

    Signals:
        given_up(): the project is closed; this widget can go.
    """

    given_up = Signal()

    def __init__(self, document: Document, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.document = document
        document.setParent(self)
        self._shell = shell
        self.queue = JobQueue(self)
        self.scanner = Scanner(document)
        self._run_watch = RunWatch(document, self.queue)
        self.footer = JobFooter(self.queue, shell.status.job)
        self.workspaces = Workspaces(Parts(document, self.queue, shell.actions, shell.settings))
        self._pace = Pace()
        self._seen_entry = statistics.last_entry(document.reader)
        self._labelled_folder: Path | None = None
        self._then: list[Callable[[], object]] = []
        self._is_closed = False
        self._waiting: QProgressDialog | None = None
        self._counter = StateCounter(document, self)
        self._count_soon = QTimer(self, singleShot=True, interval=COUNT_EVERY_MS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.workspaces)
        self._connect()

    def begin(self, folders: Sequence[Path]) -> None:
        """Show the workspace of last time, of a new project the first; scan ``folders`` into it."""
        name = "" if folders else self._shell.settings.workspace
        self.workspaces.show_workspace(name if name in WORKSPACES else WORKSPACES[0])
        self._follow(Changes())
        self._counter.count()
        if folders:
            self.scanner.scan(folders)

    # What the actions do -------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the newest edit."""
        self.document.undo()

    def redo(self) -> None:
        """Do the newest undone edit again."""
        self.document.redo()

    def add_folder(self) -> None:
        """Ask for a folder whose images shall belong to the project."""
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Add a folder of images"), self._shell.settings.last_folder
        )
        if chosen:
            self._shell.settings.change(last_folder=chosen)
            self.scanner.scan([Path(chosen)])

    def add_video(self, path: Path | None = None) -> None:
        """Take frames out of a video, asked for where none is given, and add them."""
        from studio.ui.dialogs.video import VideoDialog

        dialog = VideoDialog(self.document.project, self._shell.settings, path, self)
        dialog.taken.connect(lambda folder: self.scanner.scan([folder]))
        dialog.exec()

    def rescan(self) -> None:
        """Look through the project's folders again."""
        self.scanner.rescan()

    def add_images(self, paths: Sequence[Path]) -> None:
        """Add folders and image files to the project; other files are told of."""
        folders = [path for path in paths if path.is_dir()]
        files = [path for path in paths if path.is_file() and path.suffix.lower() in EXTENSIONS]
        films = [path for path in paths if path.suffix.lower() in video.EXTENSIONS]
        others = len(paths) - len(folders) - len(files) - len(films)
        if others:
            self._say(self.tr("%n file(s) of another kind passed over.", "", others), "warning")
        self.scanner.add_files(files)
        self.scanner.scan(folders)
        for path in films:
            self.add_video(path)

    def import_labels(self) -> None:
        """Bring in labels made with other programs; those that a scan has found are proposed."""
        from studio.ui.dialogs.importing import ImportDialog

        dialog = ImportDialog(self.document, self._shell.settings, self)
        if self._labelled_folder is not None:
            dialog.source.set_path(self._labelled_folder)
        dialog.exec()

    def export_labels(self) -> None:
        """Write the labels in a format that other programs read."""
        from studio.ui.dialogs.exporting import ExportDialog

        ExportDialog(self.document, self._shell.settings, self).exec()

    def show_history(self) -> None:
        """Look back at every change, and take some back."""
        from studio.ui.history.dialog import HistoryDialog

        dialog = HistoryDialog(self.document, self)
        dialog.exec()
        dialog.deleteLater()

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.workspaces.retranslate()
        self.footer.refresh()
        self._name_undo()
        self._counter.count()
        self._shell.status.show_pace(self._pace)

    def _show_added(self, ids: Mapping[Path, int]) -> None:
        self._say(self.tr("%n image(s) added.", "", len(ids)), "success")
        self.document.show_image(next(iter(ids.values())))

    # Following what happens ----------------------------------------------------------------

    def _connect(self) -> None:
        status, document = self._shell.status, self.document
        self._count_soon.timeout.connect(self._counter.count)
        self._counter.counted.connect(status.show_counts)
        document.changed.connect(self._follow)
        document.failed.connect(lambda error: self._say(messages.sentence(error), "error"))
        document.went_to.connect(self._tell_where_undo_went)
        document.busy_changed.connect(self._tell_busy)
        self.workspaces.shown.connect(self._tell_shown)
        self.workspaces.hint_changed.connect(status.set_hint)
        self.workspaces.training_ended.connect(self._tell_training)
        self._run_watch.ended.connect(self._tell_run_elsewhere)
        self.scanner.progressed.connect(status.show_scan)
        self.scanner.active_changed.connect(lambda on: None if on else status.show_scan(None))
        self.scanner.ended.connect(self._tell_scan)
        self.scanner.labels_found.connect(self._offer_labels)
        self.scanner.files_added.connect(self._show_added)
        self.scanner.failed.connect(lambda error: messages.show_error(self, error))
        status.scan_cancelled.connect(self.scanner.cancel)
        status.job_clicked.connect(self._show_job)
        # Queued: others still hear of the job's end, and look into the project for the last time.
        later = Qt.ConnectionType.QueuedConnection
        self.queue.emptied.connect(self._finish_giving_up, later)
        document.busy_changed.connect(self._finish_giving_up, later)

    def _follow(self, changes: Changes) -> None:
        self._name_undo()
        if changes.images or changes.image_list:
            self._count_soon.start()
        if changes.images:
            self._keep_pace()

    def _keep_pace(self) -> None:
        reader = self.document.reader
        before, self._seen_entry = self._seen_entry, statistics.last_entry(reader)
        if self._seen_entry > before:
            self._pace.add(statistics.made_since(reader, before), time.monotonic())
            self._shell.status.show_pace(self._pace)

    def _name_undo(self) -> None:
        names = {
            "edit.undo": (self.document.undo_title(), self.tr("Undo: {edit}")),
            "edit.redo": (self.document.redo_title(), self.tr("Redo: {edit}")),
        }
        for action_id, (title, text) in names.items():
            action = self._shell.actions[action_id]
            action.setEnabled(bool(title) and not self.document.busy)
            name = text.format(edit=messages.edit_title(title)) if title else ""
            self._shell.actions.rename(action_id, name)

    def _tell_shown(self, name: str) -> None:
        self._shell.actions[f"workspace.{name}"].setChecked(True)
        self._shell.settings.change(workspace=name)

    def _tell_where_undo_went(self, edit: Edit, direction: str, image_id: int) -> None:
        name = self.document.reader.image(image_id).path.rpartition("/")[2]
        text = (
            self.tr("Undone on {image}: {edit}")
            if direction == "undo"
            else self.tr("Done again on {image}: {edit}")
        )
        self._say(text.format(image=name, edit=messages.edit_title(edit.title)))

    def _tell_busy(self, busy: bool) -> None:
        self._name_undo()
        self._shell.status.show_writing(busy)

    def _tell_scan(self, progress: ScanProgress) -> None:
        for notice in progress.notices:
            self._say(messages.sentence(notice), "warning")
        if progress.added:
            self._say(self.tr("%n image(s) added.", "", progress.added), "success")
        elif not progress.found:
            self._say(self.tr("There are no images in this folder."), "warning")
        else:
            self._say(self.tr("No new images."))
        if progress.problems:
            text = self.tr("%n image(s) cannot be shown.", "", progress.problems)
            self._say(text, "warning", self.tr("See which"), self._show_problems)
        if not self.document.image_id and (ids := self.document.reader.image_ids()):
            self.document.show_image(ids[0])

    def _offer_labels(self, folder: Path, format_name: str) -> None:
        from studio.formats.base import FORMATS

        # Any two folders of pictures look like classes: that is not worth a word.
        if format_name in FORMATS and format_name != "imagefolder":
            title = messages.sentence(FORMATS[format_name].title)
            text = self.tr("There are labels in this folder: {format}.").format(format=title)
            self._labelled_folder = folder
            self._say(text, "info", self.tr("Import…"), self.import_labels)

    def _tell_training(self, number: int, ended: Ended) -> None:
        """Say how a training ended, to someone who is not looking at it."""
        if self._then or self.workspaces.name == "train":
            return
        run = self._run(number)
        if ended.state in ("failed", "interrupted"):
            level = "error" if ended.state == "failed" else "warning"
            self._say(
                messages.sentence(ended.sentence),
                level,
                self.tr("Go to Train"),
                lambda: self.workspaces.show_workspace("train"),
            )
        elif ended.state == "finished" and run is not None:
            self._tell_finished(run)

    def _tell_run_elsewhere(self, number: int) -> None:
        """Say how a run ended that another program trained; its page says why."""
        run = self._run(number)
        if self._then or self.workspaces.name == "train" or run is None:
            return
        if run.state is RunState.FINISHED:
            self._tell_finished(run)
        elif run.state in (RunState.FAILED, RunState.INTERRUPTED):
            self._say(
                self.tr("Run {number} ended early.").format(number=number),
                "warning",
                self.tr("Go to Train"),
                lambda: self.workspaces.show_workspace("train"),
            )

    def _tell_finished(self, run: Run) -> None:
        self._say(
            run_text.finished(run),
            "success",
            self.tr("See results"),
            lambda: self.workspaces.show_run("results", run.number),
        )

    def _run(self, number: int) -> Run | None:
        return next((run for run in self.document.reader.runs() if run.number == number), None)

    def _show_problems(self) -> None:
        from studio.ui.images.workspace import ImagesWorkspace

        self.workspaces.show_workspace("images")
        images = self.workspaces.workspace("images")
        if isinstance(images, ImagesWorkspace):
            images.show_only(search.Only.PROBLEM)

    def _show_job(self) -> None:
        self.workspaces.show_workspace(self.footer.workspace())

    def _say(
        self, text: str, level: str = "info", button: str = "", call: Callable[[], object] = int
    ) -> None:
        self._shell.toasts.show(text, level, button, call)

    # Giving the project up -----------------------------------------------------------------

    @property
    def giving_up(self) -> bool:
        """Whether the project is being closed."""
        return bool(self._then)

    def give_up(self, then: Callable[[], object]) -> None:
        """Close the project and call ``then``; what runs is paused first, if the user agrees.

        Asked again while the project is being given up, only the newest ``then`` is called.
        """
        if self._then:
            self._then = [then]
            return
        missed = any(not job.expendable and not is_light(job) for job in self.queue.jobs)
        if missed and not messages.ask(
            self,
            self.tr("A background job is still at work."),
            self.tr("A training is paused and can be continued later."),
            self.tr("Pause and close"),
        ):
            return
        self._then.append(then)
        self.setEnabled(False)
        for job in self.queue.jobs:
            if job.expendable or isinstance(job.request, ProbeRequest):
                job.kill()
        self.queue.pause_all()
        if self.queue.jobs:
            self._wait_for_jobs()
        else:
            self._finish_giving_up()

    def _wait_for_jobs(self) -> None:
        self._waiting = QProgressDialog(self)
        self._waiting.setLabelText(self.tr("Waiting until the job has stored its state…"))
        self._waiting.setCancelButtonText(self.tr("End it now"))
        self._waiting.setRange(0, 0)
        self._waiting.setMinimumDuration(400)
        self._waiting.setValue(0)  # else it would come after Qt's four seconds
        self._waiting.canceled.connect(self._kill_jobs)
        QTimer.singleShot(PATIENCE_MS, self, self._kill_jobs)

    def _kill_jobs(self) -> None:
        for job in self.queue.jobs:
            job.kill()

    def _finish_giving_up(self) -> None:
        if not self._then or self._is_closed or self.document.busy:
            return
        if self.queue.jobs:
            self.queue.pause_all()
            return
        self._is_closed = True
        if self._waiting is not None:
            self._waiting.canceled.disconnect()
            self._waiting.close()
        self._count_soon.stop()
        self._counter.close()
        self.scanner.close()
        self._run_watch.close()
        self.workspaces.close_all()
        ThumbnailLoader.of(self.document).close()
        self._shell.actions.disconnect_scopes()
        self._shell.toasts.clear()
        self._shell.status.show_scan(None)
        self._shell.status.show_pace(None)
        self._shell.status.job.hide()
        self.document.close()
        self.given_up.emit()
        self._then[0]()
