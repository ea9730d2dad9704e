"""Counting what can be trained from, on a thread of its own with its own reader."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from studio.domain.runs import Task
from studio.learning import dataset
from studio.learning.dataset import Readiness
from studio.storage.reader import Reader
from studio.ui.hand_over import to_window

PAUSE_MS = 250
"""Labels that change one after the other are counted once, after this pause."""


class LabelCount(QObject):
    """Counts on request, one count at a time.

    Signals:
        counted(dict[Task, Readiness]): the newest count.
    """

    counted = Signal(object)

    def __init__(self, project: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._busy = False
        self._again = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._start)

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
        pool.submit(_count, self._project).add_done_callback(to_window(self, self._finish))
        pool.shutdown(wait=False)

    def _finish(self, future: Future[dict[Task, Readiness]]) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self._start()
            return
        self.counted.emit(future.result())


def _count(project: Path) -> dict[Task, Readiness]:
    with Reader.open(project) as reader:
        return dataset.readiness(reader)
