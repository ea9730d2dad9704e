"""Looking for images to predict on, on a thread with a reader of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from studio.storage.reader import Reader
from studio.ui.predict import sources
from studio.ui.threads.latest import Latest
from studio.ui.threads.work import Task, Work

Find = Callable[[Reader, Callable[[], bool]], Mapping[Path, int]]


class Finder(QObject):
    """Looks for one thing at a time, and counts beside it.

    Signals:
        found(dict[Path, int]): image files, with their ids in the project or 0.
        counted(int): so many images of the project are not labelled.
        failed(StudioError): the search ended with a sentence.
    """

    found = Signal(object)
    counted = Signal(int)
    failed = Signal(object)

    def __init__(self, project: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._search: Work | None = None
        self._count = Latest(_unlabelled_in, self, project=project)
        self._count.answered.connect(self.counted.emit)

    @property
    def looking(self) -> bool:
        """Whether ``found`` is to come."""
        return self._search is not None

    def look(self, paths: Sequence[Path]) -> None:
        """Find the image files among ``paths`` and in the folders among them."""
        self._begin(lambda reader, stop: sources.images_of(reader, paths, stop))

    def look_for_unlabelled(self) -> None:
        """Find the project's images that nobody has labelled."""
        self._begin(lambda reader, _: sources.unlabelled(reader))

    def count(self) -> None:
        """Count the images that nobody has labelled; once more where that is under way."""
        self._count.ask()

    def close(self) -> None:
        """Give up what is under way."""
        if self._search is not None:
            self._search.close()
            self._search = None
        self._count.close()

    def _begin(self, find: Find) -> None:
        if self._search is None:
            self._search = Work(self._task(find), self)
            self._search.succeeded.connect(self._receive)
            self._search.failed.connect(self._fail)
            self._search.start()

    def _task(self, find: Find) -> Task:
        project = self._project

        def task(should_stop: Callable[[], bool]) -> Generator[None, None, Mapping[Path, int]]:
            yield
            with Reader.open(project) as reader:
                return find(reader, should_stop)

        return task

    @Slot(object)
    def _receive(self, images: Mapping[Path, int]) -> None:
        self._search = None
        self.found.emit(images)

    @Slot(object)
    def _fail(self, error: object) -> None:
        self._search = None
        self.failed.emit(error)


def _unlabelled_in(reader: Reader) -> int:
    return len(sources.unlabelled(reader))
