"""Noticing what other programs do with the project's runs, such as training in a terminal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from studio.domain.runs import RunState
from studio.jobs.queue import JobQueue, trains
from studio.jobs.thread import JobThread
from studio.storage import runs
from studio.storage.folder import runs_folder
from studio.storage.reader import Reader
from studio.ui.document import Document
from studio.ui.threads.latest import Latest

PAUSE_MS = 300
"""What is written within a moment is looked at once."""
AGAIN_MS = 4000
"""So often it is asked whether the other program that trains a run still lives."""
WATCHED = 100
"""Of so many runs, the newest, it is seen when another program takes them up again."""


class RunWatch(QObject):
    """Indexes the project's runs when something happens to their folders.

    What no file tells, such as a process that was killed, is asked again and again while a run
    is under way elsewhere; so is what a full disk kept the project from noting of a run of this
    window. What happens on a network drive which keeps its news to itself is seen when the user
    comes back to the window; so is it when a run older than those ``WATCHED`` goes on elsewhere.

    Signals:
        ended(int): another program trains the run of this number no more.
    """

    ended = Signal(int)

    def __init__(self, document: Document, queue: JobQueue) -> None:
        super().__init__(document)
        self._document, self._queue = document, queue
        self._files = QFileSystemWatcher(self)
        self._files.directoryChanged.connect(self._look_soon)
        self._files.fileChanged.connect(self._look_soon)
        self._elsewhere: frozenset[int] = frozenset()
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self._look)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._look)
        self._telling = Latest(telling, self, project=document.project)
        self._telling.answered.connect(self._watch)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._on_application)
        queue.job_ended.connect(self._on_job_ended)
        self._telling.ask(frozenset())

    def close(self) -> None:
        """Watch no more."""
        self._soon.stop()
        self._again.stop()
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

    @Slot(object)
    def _on_job_ended(self, job: JobThread) -> None:
        if trains(job):
            self._look_soon()

    @Slot()
    def _look(self) -> None:
        own = frozenset(job.run_number for job in self._queue.jobs)
        self._document.index_runs(lambda: self._telling.ask(own))

    @Slot(object)
    def _watch(self, telling: Telling) -> None:
        watched = {*self._files.directories(), *self._files.files()}
        if gone := watched - telling.paths:
            self._files.removePaths(list(gone))
        new = list(telling.paths - watched)
        if new and len(self._files.addPaths(new)) < len(new):  # else none can be watched
            self._look_soon()  # something may have happened just before
        over, self._elsewhere = self._elsewhere - telling.elsewhere, telling.elsewhere
        for number in sorted(over):
            self.ended.emit(number)
        if self._elsewhere:
            self._again.start()


@dataclass(frozen=True, slots=True)
class Telling:
    """What changes when a run begins, gets on or ends, and which ones other programs train."""

    paths: frozenset[str]
    elsewhere: frozenset[int]


def telling(reader: Reader, own: Collection[int]) -> Telling:
    """What tells of the project's runs that are none of ``own``."""
    known = {run.folder: run for run in reader.runs()}
    paths, elsewhere = [runs_folder(reader.project)], set[int]()
    for newer, folder in enumerate(runs.newest_first(reader.project)):
        run = known.get(folder.name)
        if run is None:
            paths.append(folder)
        elif run.number not in own:
            is_at_work = run.state is RunState.RUNNING
            if is_at_work:
                elsewhere.add(run.number)
            if is_at_work or newer < WATCHED:
                paths.append(folder / runs.RECORD)
    return Telling(frozenset(map(str, paths)), frozenset(elsewhere))
