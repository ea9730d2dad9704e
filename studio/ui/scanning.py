"""Looking for images while the window goes on: a scan on a thread, told in steps."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from studio.domain.project import Changes
from studio.editing.scan import ScanProgress, add_images, scan
from studio.errors import StudioError
from studio.storage.folder import root_path
from studio.ui.document import Document
from studio.ui.work import Work

TELL_EVERY_MS = 600
"""The views are not asked to refresh more often than this,"""

TELL_SHARE = 8
"""nor so often that refreshing would take more than one part in so many of the time."""


class Scanner(QObject):
    """Scans folders into a document, one after the other.

    Signals:
        progressed(ScanProgress): how far the present folder has got.
        ended(ScanProgress): a folder is done, or was cancelled.
        failed(StudioError): a folder cannot be scanned.
        active_changed(bool): scanning began or ended.
    """

    progressed = Signal(object)
    ended = Signal(object)
    failed = Signal(object)
    active_changed = Signal(bool)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._waiting: deque[Path] = deque()
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
        if not self.active and self._waiting:
            self.active_changed.emit(True)
            self._begin_next()

    def rescan(self) -> None:
        """Look through all folders of the project again."""
        roots = self._document.reader.roots()
        self.scan([root_path(self._document.project, root) for root in roots])

    def add_files(self, paths: Sequence[Path]) -> dict[Path, int]:
        """Add single image files; returns their ids."""
        ids, changes = add_images(self._document.session, paths)
        self._document.announce(changes)
        return ids

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

    def _begin_next(self) -> None:
        folder = self._waiting.popleft()
        self._last = ScanProgress(0, 0, 0)
        self._since_told.start()
        self._work = Work(self._task(folder), self)
        self._work.progressed.connect(self._take)
        self._work.succeeded.connect(self._finish)
        self._work.failed.connect(self._fail)
        self._work.start()

    def _task(
        self, folder: Path
    ) -> Callable[[Callable[[], bool]], Generator[ScanProgress, None, None]]:
        session = self._document.session

        def task(should_stop: Callable[[], bool]) -> Generator[ScanProgress, None, None]:
            yield from scan(session, folder, should_stop)

        return task

    def _take(self, progress: ScanProgress) -> None:
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

    def _finish(self, _: object) -> None:
        self._tell()
        self.ended.emit(self._last)
        self._go_on()

    def _fail(self, error: StudioError) -> None:
        self._tell()
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
            self._work = None
        if self._waiting:
            self._begin_next()
        else:
            self.active_changed.emit(False)
