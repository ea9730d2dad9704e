"""The ways into a project: a new one from a folder, an existing one, the sample, a drop."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressDialog

from studio.editing.session import Session
from studio.errors import ProjectError, StudioError
from studio.paths import data_folder
from studio.settings import Settings
from studio.storage.folder import DATABASE, is_project, is_there
from studio.ui.dialogs.new_project import NewProjectDialog
from studio.ui.document import Document
from studio.ui.threads.patience import Patience
from studio.ui.threads.work import Work
from studio.ui.wording import messages

if TYPE_CHECKING:
    from studio.ui.shell.main_window import MainWindow


class _Kind(Enum):
    """What is found where a project is to be opened."""

    GONE = auto()
    OTHER_FOLDER = auto()
    PROJECT = auto()
    """Or a file, which opening refuses with a sentence."""


class ProjectFlow(QObject):
    """Opens projects; whatever stands against it is told in a sentence.

    Signals:
        opened(Document, list): a project is open; the folders are to be scanned into it.
        images_offered(list): folders and image files to be added to the open project.
    """

    opened = Signal(object, list)
    images_offered = Signal(list)

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._work: Work | None = None
        self._patience = Patience(window)

    def new(self, folders: Sequence[Path] = ()) -> None:
        """Make a project of a folder of images, asking where it shall be."""
        dialog = NewProjectDialog(self._settings, folders, self._window)
        if dialog.exec():
            project = dialog.project()
            self._open(project, lambda: Session.create(project), dialog.folders())

    def open(self, project: Path | None = None) -> None:
        """Open a project; without one the user is asked for its folder."""
        if project is None:
            chosen = QFileDialog.getExistingDirectory(
                self._window, self.tr("Open project"), self._settings.last_folder
            )
            if not chosen:
                return
            project = Path(chosen)
        if project.name == DATABASE:
            project = project.parent
        self._patience.ask(
            lambda: _look_at(project),
            lambda found: self._open_found(project, *found.result()),
            self._waiting(project),
        )

    def _open_found(self, project: Path, kind: _Kind, resolved: Path) -> None:
        if kind is _Kind.GONE:
            self._tell(
                ProjectError(
                    "There is no folder {folder} any more. It may have been moved or deleted, or "
                    "its drive is not connected.",
                    folder=project,
                )
            )
        elif kind is _Kind.OTHER_FOLDER:
            self._offer_new(project)
        elif resolved != self._present():
            self._open(project, lambda: Session.open(project))

    def sample(self) -> None:
        """Open the sample project, making it if it is not there yet."""
        if self._work is not None:
            return
        progress = QProgressDialog(self._window)
        progress.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        progress.setWindowTitle(self.tr("Sample project"))
        progress.setLabelText(self.tr("Drawing the sample's pictures…"))
        progress.setRange(0, 0)
        progress.setMinimumDuration(300)
        progress.setValue(0)  # else it would come after Qt's four seconds
        self._work = Work(_make_sample, self)
        self._work.succeeded.connect(self._open_sample)
        self._work.failed.connect(self._tell_of_sample)
        self._work.finished.connect(progress.close)
        progress.canceled.connect(self._work.cancel)
        self._work.start()

    def take(self, paths: Sequence[Path], document: Document | None) -> None:
        """Take what was dropped on the window: a project, folders, or image files."""
        projects = [path for path in paths if is_project(path) or path.name == DATABASE]
        folders = [path for path in paths if path.is_dir() and path not in projects]
        if projects:
            self.open(projects[0])
        elif document is not None:
            self.images_offered.emit(list(paths))
        elif folders:
            self.new(folders)
        elif pictures := [path for path in paths if _shows_something(path)]:
            self.new([pictures[0].parent])
        elif paths:
            self._tell(
                ProjectError(
                    "{file} is not an image; drop a folder of images, or a project.",
                    file=paths[0].name,
                )
            )

    def close(self) -> None:
        """Wait for the sample, if it is being made, but for no drive."""
        self._patience.close()
        if self._work is not None:
            self._work.close()

    def _offer_new(self, folder: Path) -> None:
        wanted = messages.ask(
            self._window,
            self.tr("{folder} is not a project.").format(folder=folder.name),
            self.tr("Start a new project with the images in this folder?"),
            self.tr("New project"),
        )
        if wanted:
            self.new([folder])

    def _present(self) -> Path | None:
        """The project that the window shows."""
        view = self._window.view
        return view.document.project if view is not None and not view.giving_up else None

    def _open(
        self, project: Path, session: Callable[[], Session], folders: Sequence[Path] = ()
    ) -> None:
        """Give the present project up, if the user agrees; only then open the other one."""
        before = self._present()
        self._window.close_project(then=lambda: self._open_now(project, session, folders, before))

    def _open_now(
        self,
        project: Path,
        session: Callable[[], Session],
        folders: Sequence[Path],
        before: Path | None,
    ) -> None:
        self._patience.ask(
            session,
            lambda opened: self._show(opened, folders, before),
            self._waiting(project),
            given_up=lambda: self._go_back(before),
            unwanted=Session.close,
        )

    def _show(self, opened: Future[Session], folders: Sequence[Path], before: Path | None) -> None:
        try:
            document = Document(opened.result())
        except StudioError as error:
            self._go_back(before)
            self._tell(error)
            return
        self._settings.remember_project(document.project)
        self._settings.change(last_folder=str(document.project.parent))
        self.opened.emit(document, list(folders))

    def _go_back(self, before: Path | None) -> None:
        """Show again what was there before: a project, or the start page."""
        if before is None:
            self._window.close_project()
        else:
            self._open_now(before, lambda: Session.open(before), (), None)

    def _waiting(self, project: Path) -> tuple[str, str]:
        text = self.tr("Opening {project}. This takes longer than usual…")
        return self.tr("Open project"), text.format(project=project.name)

    def _tell(self, error: StudioError) -> None:
        messages.show_error(self._window, error)

    def _open_sample(self, project: Path) -> None:
        self._work = None
        self.open(project)

    def _tell_of_sample(self, error: StudioError) -> None:
        work, self._work = self._work, None
        if work is None or not work.cancelled:
            self._tell(error)


def _look_at(project: Path) -> tuple[_Kind, Path]:
    """What is there, and what it is called without links on the way."""
    if not is_there(project):
        return _Kind.GONE, project
    if project.is_dir() and not is_project(project):
        return _Kind.OTHER_FOLDER, project
    return _Kind.PROJECT, project.resolve()


def _shows_something(path: Path) -> bool:
    """Whether a file is an image or a video, by its name."""
    from studio.vision import images, video

    return path.suffix.lower() in images.EXTENSIONS | video.EXTENSIONS


def _make_sample(should_stop: Callable[[], bool]) -> Generator[None, None, Path]:
    from studio.sample.project import ensure_sample

    yield
    try:
        return ensure_sample(data_folder() / "sample", should_stop=should_stop)
    except OSError as error:
        raise ProjectError(
            "Cannot create {project}: {reason}.",
            project=data_folder() / "sample",
            reason=error.strerror or error,
        ) from error
