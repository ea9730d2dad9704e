"""Noticing what other programs do with the project's runs, such as training in a terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from studio.domain.runs import RunState
from studio.jobs.queue import JobQueue
from studio.storage import runs
from studio.storage.folder import runs_folder
from studio.storage.reader import Reader
from studio.ui.document import Document
from studio.ui.threads.latest import Latest

PAUSE_MS = 300
"""What is written within a moment is looked at once."""


class RunWatch(QObject):
    """Indexes the project's runs when something happens to their folders.

    What no file tells, such as a process that was killed, or a network drive that keeps its
    news to itself, is seen when the user comes back to the window. So is an earlier run that is
    taken up again, since of runs that are known only those at work are watched.
    """

    def __init__(self, document: Document, queue: JobQueue) -> None:
        super().__init__(document)
        self._document, self._queue = document, queue
        self._files = QFileSystemWatcher(self)
        self._files.directoryChanged.connect(self._look_soon)
        self._files.fileChanged.connect(self._look_soon)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self._look)
        self._telling = Latest(telling, self, project=document.project)
        self._telling.answered.connect(self._watch)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._on_application)
        self._telling.ask(frozenset())

    def close(self) -> None:
        """Watch no more."""
        self._soon.stop()
        self._telling.close()
        self._files.blockSignals(True)

    @Slot()
    def _look_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot(object)
    def _on_application(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._look_soon()

    @Slot()
    def _look(self) -> None:
        own = frozenset(job.run_number for job in self._queue.jobs)
        self._document.index_runs(lambda: self._telling.ask(own))

    @Slot(object)
    def _watch(self, paths: Iterable[str]) -> None:
        wanted, watched = set(paths), {*self._files.directories(), *self._files.files()}
        if gone := watched - wanted:
            self._files.removePaths(list(gone))
        new = list(wanted - watched)
        if new and len(self._files.addPaths(new)) < len(new):  # else none can be watched
            self._look_soon()  # something may have happened just before


def telling(reader: Reader, own: Collection[int]) -> list[str]:
    """What changes when a run that is none of ``own`` begins, gets on or ends."""
    known = {run.folder: run for run in reader.runs()}
    paths = [runs_folder(reader.project)]
    for folder in runs.newest_first(reader.project):
        run = known.get(folder.name)
        if run is None:
            paths.append(folder)
        elif run.state is RunState.RUNNING and run.number not in own:
            paths.append(folder / runs.RECORD)
    return [str(path) for path in paths]
