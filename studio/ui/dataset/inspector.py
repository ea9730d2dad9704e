"""What an inspection of the project found, kept true while labels change."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from studio.domain.edits import Edit
from studio.domain.project import Changes
from studio.domain.quality import Finding, Flaw
from studio.editing import inspecting, repairs
from studio.editing.inspecting import Looked
from studio.paths import cache_folder
from studio.storage.reader import Reader
from studio.ui.document import Document
from studio.ui.work import Work

PAUSE_MS = 500
"""Images that change one after the other are looked at once, after this pause."""

OF_SHAPES = frozenset(
    {Flaw.NO_AREA, Flaw.OUTSIDE, Flaw.CROSSING, Flaw.DUPLICATE, Flaw.TINY}
)  # fmt: skip


class Inspector(QObject):
    """Looks through everything when asked, and again at images whose labels change.

    Signals:
        changed(): other findings, or another state of the inspection.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.findings: list[Finding] = []
        self.looked: Looked | None = None
        self.complete = False
        self._work: Work | None = None
        self._again: Work | None = None
        self._began = 0.0
        self._stale: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self._look_again)
        document.changed.connect(self._follow)

    # Looking -------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether an inspection is under way."""
        return self._work is not None

    @property
    def seconds_left(self) -> float | None:
        """About how long the inspection still takes; None while nobody can tell."""
        looked = self.looked
        if looked is None or not self.busy or looked.done < 1:
            return None
        return (time.monotonic() - self._began) * (looked.total - looked.done) / looked.done

    def begin(self) -> None:
        """Look through everything anew."""
        self.cancel()
        self.findings, self.looked, self.complete = [], None, False
        self._began = time.monotonic()
        project, cache = self._document.project, cache_folder() / "hashes.db"
        self._work = Work(lambda should_stop: inspecting.inspect(project, cache, should_stop), self)
        self._work.progressed.connect(self._take)
        self._work.finished.connect(self._end)
        self._work.start()
        self.changed.emit()

    def cancel(self) -> None:
        """Stop looking; what was found stays."""
        if self._work is not None:
            self._work.close()
            self._work.deleteLater()
            self._work = None
            self.changed.emit()

    def close(self) -> None:
        """Look at nothing any more."""
        self._soon.stop()
        self.cancel()
        if self._again is not None:
            self._again.close()

    def _take(self, looked: Looked) -> None:
        self.looked = looked
        self.findings += looked.findings
        self.changed.emit()

    def _end(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
            self._work = None
        self.complete = True
        self.changed.emit()

    # What was found ------------------------------------------------------------------------

    def of(self, flaw: Flaw) -> list[Finding]:
        """The findings of one kind."""
        return [finding for finding in self.findings if finding.flaw is flaw]

    def repair(self, findings: Sequence[Finding]) -> bool:
        """Repair these, all in one edit."""
        return self._document.apply(repairs.repair(self._document.reader, findings))

    def new_split(self, val_fraction: float, seed: int) -> Edit:
        """A split in which pictures that look the same stay together."""
        alike = (Flaw.LEAK, Flaw.NEAR_DUPLICATE)
        groups = [finding.images for finding in self.findings if finding.flaw in alike]
        return repairs.resplit(self._document.reader, groups, val_fraction, seed)

    # Following -----------------------------------------------------------------------------

    def _follow(self, changes: Changes) -> None:
        if self.looked is None or not (changes.images or changes.labels):
            return
        self._stale |= changes.images
        self._soon.start()

    def _look_again(self) -> None:
        if self.busy or self._again is not None:
            self._soon.start()
            return
        touched, self._stale = frozenset(self._stale), set()
        kept = [f for f in self.findings if f.flaw not in OF_SHAPES or f.images[0] not in touched]
        ids = list(touched)
        project = self._document.project

        def look(_: Callable[[], bool]) -> Generator[list[Finding], None, None]:
            with Reader.open(project) as reader:
                of_shapes = [f for f in kept if f.flaw in OF_SHAPES]
                others = [f for f in kept if f.flaw not in OF_SHAPES]
                standing = [inspecting.again(reader, f) for f in others]
                present = set(reader.image_ids())
                found = inspecting.look_at(reader, [i for i in ids if i in present])
                yield [
                    *(f for f in standing if f is not None),
                    *(f for f in of_shapes if f.images[0] in present),
                    *found,
                ]

        self._again = Work(look, self)
        self._again.progressed.connect(self._replace)
        self._again.finished.connect(self._end_again)
        self._again.start()

    def _replace(self, findings: list[Finding]) -> None:
        self.findings = findings
        self.changed.emit()

    def _end_again(self) -> None:
        if self._again is not None:
            self._again.deleteLater()
            self._again = None
