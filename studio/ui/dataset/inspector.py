"""What an inspection of the project found, kept true while labels change."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from studio.domain.edits import Edit
from studio.domain.facts import ImagesFound
from studio.domain.project import Changes
from studio.domain.quality import Flaw, Issue
from studio.editing import inspecting, repairs
from studio.editing.inspecting import InspectionProgress
from studio.errors import StudioError
from studio.paths import cache_folder
from studio.storage.reader import Reader
from studio.ui.document import Document
from studio.ui.threads.latest import Latest
from studio.ui.threads.work import Work

PAUSE_MS = 500
"""Images that change one after the other are looked at once, after this pause."""

OF_FILES = frozenset({Flaw.MISSING_FILE, Flaw.UNREADABLE, Flaw.CHANGED_FILE})
OF_SHAPES = frozenset(
    {Flaw.NO_AREA, Flaw.OUTSIDE, Flaw.CROSSING, Flaw.DUPLICATE, Flaw.TINY}
)  # fmt: skip


class Inspector(QObject):
    """Looks through everything when asked, and again at images whose labels change.

    What turns out to be missing or unreadable is noted in the project, as what a scan finds is.

    Signals:
        changed(): other issues, or another state of the inspection.
        split_drawn(Edit): the split that was asked for.
    """

    changed = Signal()
    split_drawn = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.issues: list[Issue] = []
        self._found: list[Issue] = []  # what was repaired too, for that may be undone
        self.progress: InspectionProgress | None = None
        self.complete = False
        self._work: Work | None = None
        self._began = 0.0
        self._stale: frozenset[int] = frozenset()
        self._again = Latest(_looked_again, self, project=document.project)
        self._again.answered.connect(self._replace)
        self._again.failed.connect(document.failed)
        self._drawing = Latest(_new_split, self, project=document.project)
        self._drawing.answered.connect(self._take_split)
        self._drawing.failed.connect(self._fail_to_draw)
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
        progress = self.progress
        if progress is None or not self.busy or progress.done < 1:
            return None
        return (time.monotonic() - self._began) * (progress.total - progress.done) / progress.done

    def begin(self) -> None:
        """Look through everything anew."""
        self.cancel()
        self._again.drop()
        self._stale = frozenset()
        self.issues, self._found, self.progress, self.complete = [], [], None, False
        self._began = time.monotonic()
        project, cache = self._document.project, cache_folder() / "hashes.db"
        self._work = Work(lambda should_stop: inspecting.inspect(project, cache, should_stop), self)
        self._work.progressed.connect(self._receive)
        self._work.succeeded.connect(self._end)
        self._work.failed.connect(self._fail)
        self._work.start()
        self.changed.emit()

    def cancel(self) -> None:
        """Stop looking; what was found stays."""
        if self._work is not None:
            self._work.close()
            self._work = None
            self.changed.emit()

    def close(self) -> None:
        """Look at nothing any more."""
        self._soon.stop()
        self.cancel()
        self._again.close()
        self._drawing.close()

    def _receive(self, progress: InspectionProgress) -> None:
        self.progress = progress
        if progress.news:
            self._document.record(ImagesFound(progress.news))
        self.issues += progress.issues
        self._found += (each for each in progress.issues if each.flaw not in OF_SHAPES)
        self.changed.emit()

    def _end(self, _: object) -> None:
        self._work = None
        self.complete = True
        self.changed.emit()

    def _fail(self, error: StudioError) -> None:
        self._work = None
        self.changed.emit()
        self._document.failed.emit(error)

    # What was found ------------------------------------------------------------------------

    def of(self, flaw: Flaw) -> list[Issue]:
        """The issues of one kind."""
        return [issue for issue in self.issues if issue.flaw is flaw]

    def repair(self, issues: Sequence[Issue]) -> bool:
        """Repair these, all in one edit."""
        return self._document.apply(repairs.repair(self._document.reader, issues))

    # A new split ---------------------------------------------------------------------------

    @property
    def drawing(self) -> bool:
        """Whether a split is being drawn."""
        return self._drawing.busy

    def draw_split(self, val_fraction: float, seed: int) -> None:
        """Draw a split in which pictures that look the same stay together; see ``split_drawn``."""
        alike = (Flaw.LEAK, Flaw.NEAR_DUPLICATE)
        groups = tuple(issue.images for issue in self.issues if issue.flaw in alike)
        self._drawing.ask(groups, val_fraction, seed)
        self.changed.emit()

    def _take_split(self, edit: Edit) -> None:
        self.changed.emit()
        self.split_drawn.emit(edit)

    def _fail_to_draw(self, error: StudioError) -> None:
        self.changed.emit()
        self._document.failed.emit(error)

    # Following -----------------------------------------------------------------------------

    def _follow(self, changes: Changes) -> None:
        if self.progress is None or not (changes.images or changes.labels):
            return
        self._stale |= changes.images
        self._soon.start()

    def _look_again(self) -> None:
        if self.busy:
            self._soon.start()  # what it will say of these images may be outdated
            return
        # What was being looked at when more changed is asked for along with it.
        self._again.ask(tuple(self.issues), tuple(self._found), self._stale)

    def _replace(self, found: tuple[frozenset[int], list[Issue]]) -> None:
        looked_at, self.issues = found
        if not self._soon.isActive():
            self._stale -= looked_at
        self.changed.emit()


def _looked_again(
    reader: Reader, issues: Sequence[Issue], found: Sequence[Issue], touched: frozenset[int]
) -> tuple[frozenset[int], list[Issue]]:
    """The issues as they are now that the labels of ``touched`` images have changed.

    Of files, only those that were ``found`` to be wrong are looked at again.
    """
    present = frozenset(reader.image_ids())
    doubtful = {each.images[0] for each in found if each.flaw in OF_FILES}
    on_images = (each for each in issues if each.flaw in OF_FILES | OF_SHAPES)
    return touched, [
        *inspecting.standing(reader, found),
        *(each for each in on_images if each.images[0] in present - touched),
        *inspecting.inspect_files(reader, sorted(touched & present & doubtful)),
        *inspecting.inspect_shapes(reader, sorted(touched & present)),
    ]


def _new_split(
    reader: Reader, groups: Sequence[Sequence[int]], val_fraction: float, seed: int
) -> Edit:
    return repairs.resplit(reader, (*groups, *inspecting.videos(reader)), val_fraction, seed)
