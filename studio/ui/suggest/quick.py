"""The quick classifier's tags for the images that come next. Nothing of it is stored.

What a fit of two seconds ago says is out of date with the next tag, so it makes no proposals in
the project: an accepted tag is the user's own, and what was turned down is known until the project
is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from studio.editing import actions, proposing
from studio.errors import Sentence
from studio.jobs.queue import JobQueue
from studio.jobs.quick_process import QuickProcess
from studio.learning.events import Ended, Evaluated, Event, ImagePredicted, Progress
from studio.learning.quick import rules
from studio.storage import search
from studio.ui.document import Document
from studio.ui.predict.findings import Finding
from studio.ui.predict.recording import classes_of
from studio.ui.threads.hand_over import to_window

TELL_MS = 50
"""Predictions come in bursts; views hear of them together."""


class Quick(QObject):
    """Learns in a process that stays while nothing else computes, and starts again afterwards.

    ``fitted`` tells of the last fit (``accuracy`` and ``images``), ``progress`` how far the
    images that it learns from have been looked at.

    Signals:
        changed(): it knows more, waits, works or has ended; ``failure`` says why it gave up.
    """

    changed = Signal()

    def __init__(self, document: Document, queue: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._queue = document, queue
        self._process: QuickProcess | None = None
        self._started = 0
        self._wanted: Sequence[int] = ()
        self._images: dict[Path, int] = {}
        self._scores: dict[int, Mapping[str, float]] = {}
        self._rejected: set[tuple[int, str]] = set()
        self._timer = QTimer(self, singleShot=True, interval=TELL_MS)
        self._timer.timeout.connect(self.changed)
        self.fitted: Evaluated | None = None
        self.progress: Progress | None = None
        self.failure: Sentence | None = None
        queue.job_submitted.connect(self._make_way)
        queue.emptied.connect(self._begin)

    @property
    def waiting(self) -> bool:
        """Whether another job has to end first."""
        return bool(self._queue.jobs)

    def has_seen(self, image_id: int) -> bool:
        """Whether it has said something about an image."""
        return image_id in self._scores

    def is_ready(self) -> bool:
        """Whether the tags are enough to learn from."""
        reader = self._document.reader
        group = reader.tag_groups()[0]
        counts, images = search.tag_counts(reader, group.id)
        return bool(rules.learnable(counts, images, multi_label=group.multi_label))

    # The process ---------------------------------------------------------------------------

    def want(self, image_ids: Sequence[int]) -> None:
        """Learn what is new and predict on these images, the first one first."""
        self._wanted = image_ids
        paths = self._document.reader.paths_of(self._document.reader.images(image_ids).values())
        self._images |= {path: image_id for image_id, path in paths.items()}
        self._begin()

    def rest(self) -> None:
        """Look at no more images; what was learned stays, and the next start is quick."""
        self._wanted = ()
        if self._process is not None:
            self._process.want(())

    def close(self) -> None:
        """End the process; a failure is forgotten."""
        self._wanted, self.failure = (), None
        self._end()

    @Slot()
    def _begin(self) -> None:
        if not self._wanted or self.failure or self.waiting:
            return
        if self._process is None:
            if not self.is_ready():
                return
            self._started += 1
            told = to_window(self, partial(self._receive, self._started))
            self._process = QuickProcess(self._document.project, told)
        self._process.want(self._wanted)
        self._tell_soon()

    @Slot()
    def _make_way(self) -> None:
        """Whatever is asked for comes first, and finds the memory free."""
        if self._process is not None:
            self._process.dismiss()
            self._process, self.progress = None, None
        self._tell_soon()

    def _end(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process, self.progress = None, None

    def _receive(self, started: int, event: Event) -> None:
        if self._process is None or started != self._started:
            return
        match event:
            case Progress():
                self.progress = event if event.done < event.total else None
            case Evaluated():
                self.fitted = event
            case ImagePredicted(prediction):
                image_id = self._images.get(Path(str(prediction["file"])))
                if image_id:
                    self._scores[image_id] = prediction["scores"]
            case Ended():
                self.failure = event.sentence
                self._end()
            case _:
                return
        self._tell_soon()

    def _tell_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    # What it suggests ----------------------------------------------------------------------

    def findings(self, image_id: int) -> tuple[Finding, ...]:
        """The tags that an image still lacks, the most probable first."""
        reader = self._document.reader
        group = reader.tag_groups()[0]
        tagged = {tag.label for tag in reader.tags(image_id) if tag.group == group.id}
        if tagged and not group.multi_label:
            return ()
        scores = {"scores": self._scores.get(image_id, {})}
        classes = classes_of(self._document)
        open_tags = [
            Finding(each.label, None, each.score)
            for each in proposing.suggestions(scores, classes, multi_label=True)
            if each.label.id not in tagged and (image_id, each.label.id) not in self._rejected
        ]
        return tuple(open_tags if group.multi_label else open_tags[:1])

    def accept(self, image_id: int, findings: Iterable[Finding]) -> bool:
        """Tag an image with what was found, in one edit."""
        reader = self._document.reader
        found = [each.label for each in findings]
        edit = actions.take_tags(image_id, reader.tag_groups()[0], found, reader.tags(image_id))
        return self._document.apply(actions.begun(edit, reader.status(image_id), tags=True))

    def reject(self, image_id: int, findings: Iterable[Finding]) -> bool:
        """Suggest this no more."""
        self._rejected.update((image_id, each.label.id) for each in findings)
        self.changed.emit()
        return True
