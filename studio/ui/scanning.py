"""Looking for images while the window goes on: a scan on a thread, told in steps."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from studio.domain.project import Changes
from studio.editing.scan import ScanProgress, add_images, scan
from studio.editing.session import Session
from studio.errors import StudioError
from studio.storage.folder import root_path
from studio.ui.document import Document
from studio.ui.threads.work import Task, Work

Found = tuple[Path, str | None]
"""A folder, and the format of the labels in it where its images are new."""

TELL_EVERY_MS = 600
"""The views are not asked to refresh more often than this,"""

TELL_SHARE = 8
"""nor so often that refreshing would take more than one part in so many of the time."""


class Scanner(QObject):
    """Scans folders and adds files to a document, one after the other.

    Signals:
        progressed(ScanProgress): how far the present folder has got.
        ended(ScanProgress): a folder is done, or was cancelled.
        labels_found(Path, str): a folder of new images has labels too, in the format of this name.
        files_added(dict[Path, int]): single files are images of the project now, by these ids.
        failed(StudioError): a folder cannot be scanned, or files cannot be added.
        active_changed(bool): scanning began or ended.
    """

    progressed = Signal(object)
    ended = Signal(object)
    labels_found = Signal(object, str)
    files_added = Signal(object)
    failed = Signal(object)
    active_changed = Signal(bool)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._waiting: deque[Path | tuple[Path, ...]] = deque()
        self._work: Work | None = None
        self._changes = Changes()
        self._last = ScanProgress(0, 0, 0)
        self._since_told = QElapsedTimer()
        self._pause_ms = TELL_EVERY_MS

    @property
    def active(self) -> bool:
        """Whether a folder is being scanned."""
        return self._work is not None

    def scan(self, folders: Sequence[Path]) -> None:
        """Look through folders; those that are new to the project are added to it."""
        self._waiting.extend(folders)
        self._begin()

    def rescan(self) -> None:
        """Look through all folders of the project again."""
        roots = self._document.reader.roots()
        self.scan([root_path(self._document.project, root) for root in roots])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Add single image files; ``files_added`` tells their ids."""
        if paths:
            self._waiting.append(tuple(paths))
        self._begin()

    def cancel(self) -> None:
        """Stop looking; what was found stays."""
        self._waiting.clear()
        if self._work is not None:
            self._work.cancel()

    def close(self) -> None:
        """Stop and wait for the thread."""
        self._waiting.clear()
        if self._work is not None:
            self._work.close()
            self._work = None

    def _begin(self) -> None:
        if not self.active and self._waiting:
            self.active_changed.emit(True)
            self._begin_next()

    def _begin_next(self) -> None:
        wanted = self._waiting.popleft()
        self._last = ScanProgress(0, 0, 0)
        self._since_told.start()
        if isinstance(wanted, Path):
            self._work = Work(self._scanning(wanted), self)
            self._work.progressed.connect(self._receive)
            self._work.succeeded.connect(self._finish)
        else:
            self._work = Work(adding(self._document.session, wanted), self)
            self._work.succeeded.connect(self._finish_files)
        self._work.failed.connect(self._fail)
        self._work.start()

    def _scanning(self, folder: Path) -> Task:
        session = self._document.session

        def task(should_stop: Callable[[], bool]) -> Generator[ScanProgress, None, Found]:
            from studio.formats.recognition import recognise

            added = 0
            for progress in scan(session, folder, should_stop):
                added = progress.added
                yield progress
            labels = recognise(folder, should_stop) if added and not should_stop() else None
            return folder, labels

        return task

    def _receive(self, progress: ScanProgress) -> None:
        first = not self._last.found
        self._last = progress
        self._changes |= progress.changes
        if first or self._since_told.hasExpired(self._pause_ms):
            self._tell()
        self.progressed.emit(progress)

    def _tell(self) -> None:
        changes, self._changes = self._changes, Changes()
        self._since_told.restart()
        self._document.announce(changes)
        self._pause_ms = max(TELL_EVERY_MS, TELL_SHARE * self._since_told.elapsed())

    def _finish(self, found: Found) -> None:
        self._tell()
        self.ended.emit(self._last)
        folder, labels = found
        if labels:
            self.labels_found.emit(folder, labels)
        self._go_on()

    def _finish_files(self, done: tuple[dict[Path, int], Changes]) -> None:
        ids, changes = done
        self._document.announce(changes)
        self.files_added.emit(ids)
        self._go_on()

    def _fail(self, error: StudioError) -> None:
        self._tell()
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        self._work = None
        if self._waiting:
            self._begin_next()
        else:
            self.active_changed.emit(False)


def adding(session: Session, paths: Sequence[Path]) -> Task:
    """Work that adds single files; its result are their ids by path, and the ``Changes``."""

    def task(_: Callable[[], bool]) -> Generator[None, None, tuple[dict[Path, int], Changes]]:
        yield
        return add_images(session, paths)

    return task
