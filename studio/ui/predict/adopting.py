"""Pictures from outside become images of the project, on a thread: files are looked into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from studio.domain.project import Changes
from studio.errors import StudioError
from studio.ui.document import Document
from studio.ui.predict.findings import Entry
from studio.ui.predict.predictions import Predictions
from studio.ui.scanning import adding
from studio.ui.threads.work import Work
from studio.ui.wording import messages


class Adopter(QObject):
    """Adds pictures to the project, with what was found on them.

    Signals:
        said(str): what was added, or why it was not.
    """

    said = Signal(str)

    def __init__(self, document: Document, predictions: Predictions, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._predictions = document, predictions
        self._work: Work | None = None
        self._then: Callable[[], object] = int

    def adopt(self, entries: Iterable[Entry], then: Callable[[], object] = int) -> None:
        """Make sure that these pictures belong to the project, then call ``then``."""
        paths = [entry.path for entry in entries if not entry.image_id]
        if not paths:
            then()
        elif self._work is not None:
            self.said.emit(self.tr("Pictures are being added to the project already."))
        else:
            self._then = then
            self._work = Work(adding(self._document.session, paths), self)
            self._work.succeeded.connect(self._finish)
            self._work.failed.connect(self._fail)
            self._work.start()

    def close(self) -> None:
        """Wait for files that are being added; nothing follows any more."""
        if self._work is not None:
            self._work.close()
            self._work = None

    @Slot(object)
    def _finish(self, done: tuple[Mapping[Path, int], Changes]) -> None:
        ids, changes = done
        self._work = None
        self._document.announce(changes)
        self._predictions.adopt(ids)
        if len(ids) == 1:
            [path] = ids
            self.said.emit(self.tr("{file} was added to the project.").format(file=path.name))
        self._then()

    @Slot(object)
    def _fail(self, error: StudioError) -> None:
        self._work = None
        self.said.emit(messages.sentence(error))
