"""Counting the images by their state: where there are many, on a thread."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studio.domain.project import State
from studio.errors import StudioError
from studio.storage import search
from studio.storage.reader import Reader
from studio.ui.document import Document
from studio.ui.images.model import LARGE
from studio.ui.threads.work import Task, Work


class StateCounter(QObject):
    """Counts when asked; asked again meanwhile, it counts once more at the end.

    Signals:
        counted(dict[State, int]): how many images are in each state.
    """

    counted = Signal(object)

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._work: Work | None = None
        self._again = False

    def count(self) -> None:
        """Have the images counted: at once where they are few."""
        if self._work is not None:
            self._again = True
        elif search.largest_id(self._document.reader) > LARGE:
            self._work = Work(_counting(self._document.project), self)
            self._work.succeeded.connect(self._tell)
            self._work.failed.connect(self._fail)
            self._work.start()
        else:
            self.counted.emit(search.count_by_state(self._document.reader))

    def close(self) -> None:
        """Wait for a count under way; nothing is told any more."""
        if self._work is not None:
            self._work.close()

    def _tell(self, counts: dict[State, int]) -> None:
        self.counted.emit(counts)
        self._go_on()

    def _fail(self, error: StudioError) -> None:
        self._document.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
            self._work = None
        if self._again:
            self._again = False
            self.count()


def _counting(project: Path) -> Task:
    def task(_: Callable[[], bool]) -> Generator[None, None, dict[State, int]]:
        yield
        with Reader.open(project) as reader:
            return search.count_by_state(reader)

    return task
