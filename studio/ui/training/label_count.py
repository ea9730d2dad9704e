"""Counting what can be trained from, on a thread of its own with its own reader."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from studio.domain.runs import Task
from studio.learning import dataset
from studio.learning.dataset import Readiness
from studio.storage.reader import Reader

PAUSE_MS = 250
"""Labels that change one after the other are counted once, after this pause."""


class LabelCount(QObject):
    """Counts on request, one count at a time.

    Signals:
        counted(dict[Task, Readiness]): the newest count.
    """

    counted = Signal(object)
    _done = Signal(object)

    def __init__(self, project: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._busy = False
        self._again = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._start)
        self._done.connect(self._finish)

    def count_soon(self) -> None:
        """Count after a short pause in which more may change."""
        self._timer.start()

    def count(self) -> None:
        """Count now; a count under way is repeated afterwards."""
        self._timer.stop()
        self._start()

    @Slot()
    def _start(self) -> None:
        if self._busy:
            self._again = True
            return
        self._busy = True
        pool = ThreadPoolExecutor(1, thread_name_prefix="readiness")
        pool.submit(_count, self._project).add_done_callback(self._pass_on)
        pool.shutdown(wait=False)

    def _pass_on(self, future: Future[dict[Task, Readiness]]) -> None:
        """On the counting thread: hand the result over, unless the window has gone."""
        if shiboken6.isValid(self):
            self._done.emit(future)

    @Slot(object)
    def _finish(self, future: Future[Mapping[Task, Readiness]]) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self._start()
            return
        self.counted.emit(future.result())


def _count(project: Path) -> dict[Task, Readiness]:
    with Reader.open(project) as reader:
        return dataset.readiness(reader)
