"""What the newest model suggests on the image in focus, and deciding about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal, Slot

from studio.domain import geometry as geo
from studio.domain.project import Changes
from studio.domain.runs import Run, Task
from studio.domain.shapes import Point
from studio.errors import Sentence, StudioError
from studio.jobs.queue import JobQueue
from studio.learning import spec
from studio.storage import runs
from studio.ui import marks
from studio.ui.document import Document
from studio.ui.predict import deciding
from studio.ui.predict.answers import Answers, Overlaps
from studio.ui.predict.findings import Finding
from studio.ui.suggest.prefetch import Prefetch
from studio.ui.suggest.quick import Quick
from studio.ui.widgets.run_choice import has_model


class Looking(Enum):
    """What the model is doing about the image in focus."""

    DONE = auto()
    COMING = auto()
    WAITING = auto()
    """Another job has to end first."""
    FAILED = auto()
    NO_MODEL = auto()
    TOO_FEW = auto()
    """There are too few tags for the quick classifier."""


class Suggestions(QObject):
    """Off until it is turned on; then of the newest run that left a model, or the chosen one.

    Where the quick classifier may help, it does as long as no trained classifier is used.

    ``next_images`` gives the images that are likely to be labelled next, the given one first.

    Signals:
        changed(): other suggestions, another one chosen, or another state.
    """

    changed = Signal()

    def __init__(
        self,
        document: Document,
        queue: JobQueue,
        next_images: Callable[[int], Sequence[int]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._next_images = next_images
        self._prefetch = Prefetch(document, queue, self)
        self.quick = Quick(document, queue, self)
        self._quick_may_help = False
        self._overlaps = Overlaps()
        self._findings: tuple[Finding, ...] = ()
        self._failure: Sentence | None = None
        self._chosen: int | str = 0  # see ``_id``
        self._task: Task | None = None  # of the run that the user chose
        self._newest = 0
        self.on = False
        self.run: Run | None = None
        self.min_score = 0.5
        self._prefetch.changed.connect(self._refresh)
        self.quick.changed.connect(self._refresh)
        document.image_shown.connect(self._go_on)
        document.changed.connect(self._on_changed)

    # Turning on and off --------------------------------------------------------------------

    def turn(self, on: bool) -> None:
        """Show suggestions, or stop."""
        self.on = on
        if on:
            self._take_newest()
        else:
            self._prefetch.use(None)
            self.quick.close()
            self.run = None
        self._go_on()

    def let_quick_help(self, may_help: bool) -> None:
        """Let the quick classifier suggest tags, or no longer."""
        if may_help != self._quick_may_help:
            self._quick_may_help = may_help
            if self.uses_quick:
                self.min_score = spec.DEFAULT_THRESHOLD
            self._go_on()

    @property
    def uses_quick(self) -> bool:
        """Whether the suggestions are the quick classifier's."""
        is_trained = self.run is not None and self.run.task is Task.CLASSIFY
        return self.on and self._quick_may_help and not is_trained

    def has_classifier(self) -> bool:
        """Whether a trained model could suggest tags."""
        known = self._document.reader.runs()
        return any(r.task is Task.CLASSIFY and has_model(self._document, r) for r in known)

    def use(self, run: Run) -> None:
        """Show what another run suggests, until a newer one of its task comes."""
        if run != self.run:
            self._task = run.task
            self._newest = self._newest_number()
            self._use_run(run)
            self._go_on()

    def _usable(self) -> list[Run]:
        reader = self._document.reader
        known = [run for run in reader.runs() if has_model(self._document, run)]
        if self._task is not None:
            return [run for run in known if run.task is self._task]
        # Where objects are drawn, a model that draws is of more help than one that tags.
        drawing = [run for run in known if run.task is not Task.CLASSIFY]
        return drawing if drawing and reader.shape_counts() else known

    def _newest_number(self) -> int:
        return max((run.number for run in self._usable()), default=0)

    def _take_newest(self) -> None:
        self._newest = self._newest_number()
        self._use_run(next((run for run in self._usable() if run.number == self._newest), None))

    def _use_run(self, run: Run | None) -> None:
        self.run, self._failure = run, None
        self._overlaps = Overlaps()
        try:
            self._prefetch.use(run)
            if run is not None:
                folder = runs.runs_folder(self._document.project) / run.folder
                self.min_score = spec.read(folder).threshold
        except StudioError as error:
            self.run, self._failure = None, error.sentence

    def close(self) -> None:
        """Look at no more images."""
        self.on = False
        self._prefetch.stop()
        self.quick.close()

    # What is suggested ---------------------------------------------------------------------

    @property
    def state(self) -> Looking:
        """What the model is doing about the image in focus."""
        image_id = self._document.image_id
        if self.failure:
            return Looking.FAILED
        if self.uses_quick:
            return self._state_of_quick(image_id)
        if self.run is None:
            return Looking.NO_MODEL
        if self._prefetch.has_seen(image_id) or not image_id:
            return Looking.DONE
        return Looking.WAITING if self._prefetch.waiting else Looking.COMING

    def _state_of_quick(self, image_id: int) -> Looking:
        quick = self.quick
        if quick.has_seen(image_id) or not image_id:
            return Looking.DONE
        if quick.waiting:
            return Looking.WAITING
        return Looking.COMING if quick.is_ready() else Looking.TOO_FEW

    @property
    def failure(self) -> Sentence | None:
        """Why there are no suggestions, where something went wrong."""
        if self.uses_quick:
            return self.quick.failure
        return self._failure or self._prefetch.failure

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The suggestions that are sure enough, best first; those held back too."""
        return tuple(each for each in self._findings if each.score >= self.min_score)

    @property
    def open(self) -> tuple[Finding, ...]:
        """Those of them that can be accepted: a human's own labels come first."""
        return tuple(each for each in self.shown if not each.held)

    @property
    def chosen(self) -> Finding | None:
        """The suggestion that the next key decides about: the chosen one, else the surest."""
        found = self.open
        return next((each for each in found if _id(each) == self._chosen), next(iter(found), None))

    def set_min_score(self, score: float) -> None:
        """Show what the model is at least this sure of (0..1)."""
        self.min_score = score
        self.changed.emit()

    def choose(self, finding: Finding) -> None:
        """Decide about this one next."""
        self._chosen = _id(finding)
        self.changed.emit()

    def step(self, by: int) -> None:
        """Choose the next (1) or previous (-1) suggestion, by score."""
        found, chosen = self.open, self.chosen
        if chosen is not None:
            self.choose(found[(found.index(chosen) + by) % len(found)])

    def at(self, point: Point) -> Finding | None:
        """The smallest suggested object that covers a point of the image and can be accepted."""
        covering = [
            (geo.area(marks.extent(each.geometry)), number, each)
            for number, each in enumerate(self.open)
            if each.geometry is not None and marks.covers(each.geometry, point)
        ]
        return min(covering)[2] if covering else None

    # Deciding ------------------------------------------------------------------------------

    def accept(self) -> bool:
        """Make the chosen suggestion a label; False where there is none."""
        return self._decide(lambda chosen: self._accept([chosen]))

    def reject(self) -> bool:
        """Turn the chosen suggestion down; False where there is none."""
        return self._decide(self._reject)

    def accept_all(self) -> bool:
        """Make everything that is shown a label, in one edit."""
        return self._accept(self.open)

    def _accept(self, found: Sequence[Finding]) -> bool:
        if self.uses_quick:
            return self.quick.accept(self._document.image_id, found)
        return deciding.accept(self._document, found)

    def _reject(self, found: Finding) -> bool:
        if self.uses_quick:
            return self.quick.reject(self._document.image_id, [found])
        return deciding.reject(self._document, [found])

    def _decide(self, decide: Callable[[Finding], bool]) -> bool:
        found, chosen = self.open, self.chosen
        if chosen is None:
            return False
        place = found.index(chosen)
        following = found[place + 1 : place + 2] or found[:1]
        self._chosen = _id(following[0])
        return decide(chosen)

    # Following -----------------------------------------------------------------------------

    @Slot()
    def _go_on(self) -> None:
        """Another image is in focus."""
        self._chosen = 0
        self._ask()
        self._refresh()

    def _ask(self) -> None:
        """Have the images that come next looked at, by the one that suggests now."""
        image_id = self._document.image_id
        if self.uses_quick:
            self._prefetch.stop()
            self.quick.want(self._next_images(image_id) if image_id else ())
            return
        self.quick.rest()
        if self.on and image_id:
            self._prefetch.want(self._next_images(image_id))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if not self.on:
            return
        if changes.runs and self._newest_number() != self._newest:
            self._take_newest()
            self._go_on()
        elif self.uses_quick and (changes.labels or changes.images):
            self._ask()
            self._refresh()
        elif changes.labels or self._document.image_id in changes.images | changes.proposals:
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        image_id = self._document.image_id
        self._findings = ()
        if self.uses_quick:
            self._findings = self.quick.findings(image_id) if image_id else ()
        elif self.on and self.run is not None and image_id:
            answers = Answers.read(
                self._document.reader, self.run.number, [image_id], self._overlaps
            )
            self._findings = answers.findings(image_id)
        self.changed.emit()


def _id(finding: Finding) -> int | str:
    """The proposal's number; a tag that is no proposal is known by its class."""
    return finding.proposal.id if finding.proposal is not None else finding.label.id
