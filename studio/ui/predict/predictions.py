"""The pictures of the Predict workspace, and the job that fills them in.

What is found on images of the project is recorded as proposals, so that it is there again after
a restart and in the Label workspace; what is found on other files lives here only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from studio.domain.labels import Label
from studio.domain.project import Changes
from studio.domain.runs import Run
from studio.editing import proposing
from studio.jobs.protocol import PredictRequest
from studio.jobs.queue import JobQueue
from studio.jobs.thread import JobThread
from studio.learning import spec
from studio.learning.events import Ended, ImagePredicted, Notice, Progress
from studio.learning.spec import ModelSpec
from studio.storage import runs
from studio.ui.document import Document
from studio.ui.predict.answers import Answers, Overlaps
from studio.ui.predict.findings import Entry, Finding
from studio.ui.predict.recording import classes_of, record, recorded

LEAST_SCORE = 0.05
"""Objects below this are not even asked for; the slider shows what is above it."""
RECORD_MS = 200
"""What was found is recorded this often, many images in one transaction."""
MOST_RECORDED = 60
"""No more than so many, for what is told again comes faster than the window can show it."""


class Predictions(QObject):
    """Entries in the order they were asked for.

    Signals:
        reset(): other entries, all of them.
        added(): entries were added at the end.
        updated(list[int]): these entries have other findings.
        progressed(): the job began, got further or ended; see ``job`` and ``progress``.
        noticed(Notice): the job had something to say.
        ended(Ended): the job is over.
    """

    reset = Signal()
    added = Signal()
    updated = Signal(object)
    progressed = Signal()
    noticed = Signal(object)
    ended = Signal(object)

    def __init__(self, document: Document, queue: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._queue = document, queue
        self.run: Run | None = None
        self.spec: ModelSpec | None = None
        self.entries: list[Entry] = []
        self.job: JobThread | None = None
        self.progress: Progress | None = None
        self._rows: dict[str, int] = {}
        self._arrived: list[int] = []
        self._epoch: int | None = None  # of the model that is asked, where that is known
        self._told_again: set[int] = set()  # images whose proposals may have been made before
        self._overlaps = Overlaps()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._record_some)
        document.changed.connect(self._on_changed)

    # Which model ---------------------------------------------------------------------------

    def use(self, run: Run | None) -> None:
        """Predict with another run; what it proposed earlier and is undecided is shown.

        Raises:
            RunError: its model cannot be read.
        """
        self.stop()
        self.job = self.progress = None
        self._arrived = []
        self.run, self.spec = run, None
        self._overlaps = Overlaps()
        self.entries, self._rows = [], {}
        try:
            if run is not None:
                folder = runs.runs_folder(self._document.project) / run.folder
                self.spec = spec.read(folder)
                self._restore(run)
        finally:
            self.reset.emit()

    def _restore(self, run: Run) -> None:
        ids = {each.image_id for each in self._document.reader.proposals_of_run(run.number)}
        images = self._document.reader.images(ids)
        paths = self._document.reader.paths_of(images.values())
        for image in sorted(images.values(), key=lambda each: each.path):
            self._add(Entry(paths[image.id], image.id, (image.width, image.height)))
        self._refresh(range(len(self.entries)))

    # Asking --------------------------------------------------------------------------------

    def predict(self, images: Mapping[Path, int]) -> None:
        """Predict on files; the value is the image's id in the project, 0 for others."""
        if self.run is None or self.job is not None or not images:
            return
        for path, image_id in images.items():
            if str(path) not in self._rows:
                self._add(Entry(path, image_id))
        self.added.emit()
        request = PredictRequest(
            self._document.project, self.run.number, tuple(images), LEAST_SCORE
        )
        self.progress = None
        self._told_again = set()
        self.job = self._queue.submit(request)
        self.job.event_arrived.connect(self._on_event)
        self.job.ended.connect(self._on_ended)
        self.progressed.emit()

    def stop(self) -> None:
        """Stop predicting; what was found stays."""
        if self.job is not None:
            self.job.request_stop("stop")

    @property
    def labels(self) -> tuple[Label, ...]:
        """The model's classes, as they are in the project by now."""
        if self.spec is None:
            return ()
        classes = classes_of(self._document)
        found = (classes.find(label.name, label.id) for label in self.spec.labels)
        return tuple(dict.fromkeys(label for label in found if label))

    @property
    def waiting(self) -> bool:
        """Whether the job waits for another to end."""
        return self.job is not None and self._queue.is_waiting(self.job)

    def row_of(self, path: Path) -> int:
        """The row of a file, -1 for none."""
        return self._rows.get(str(path), -1)

    def adopt(self, ids: Mapping[Path, int]) -> None:
        """Files have become images of the project: what was found on them is recorded."""
        for path, image_id in ids.items():
            row = self.row_of(path)
            if row >= 0:
                self.entries[row].image_id = image_id
                self._arrived.append(row)
        self.record()

    def _add(self, entry: Entry) -> None:
        self._rows[str(entry.path)] = len(self.entries)
        self.entries.append(entry)

    # Answers -------------------------------------------------------------------------------

    @Slot(object)
    def _on_event(self, event: object) -> None:
        if self.sender() is not self.job:
            return
        match event:
            case ImagePredicted():
                self._receive(event)
            case Progress():
                self.progress = event
                self.progressed.emit()
            case Notice():
                self.noticed.emit(event)
            case _:
                pass

    def _receive(self, event: ImagePredicted) -> None:
        prediction = event.prediction
        row = self.row_of(Path(prediction["file"]))
        if row < 0:
            return
        entry = self.entries[row]
        entry.prediction = prediction
        self._epoch = event.epoch
        if event.again:
            self._told_again.add(entry.image_id)
        entry.size = (int(prediction["width"]), int(prediction["height"]))
        self._arrived.append(row)
        if not self._timer.isActive():
            self._timer.start(RECORD_MS)

    @Slot(object)
    def _on_ended(self, ended: Ended) -> None:
        if self.sender() is not self.job:
            return
        self.record()
        self.job = None
        self.progressed.emit()
        self.ended.emit(ended)

    @Slot()
    def _record_some(self) -> None:
        rows, self._arrived = self._arrived[:MOST_RECORDED], self._arrived[MOST_RECORDED:]
        self._record(rows)
        if self._arrived:
            self._timer.start(0)

    def record(self) -> None:
        """Write what arrived since the last time as proposals, and show it."""
        self._timer.stop()
        rows, self._arrived = self._arrived, []
        self._record(rows)

    def _record(self, rows: Sequence[int]) -> None:
        if self.run is None or not rows:
            return
        entries = [self.entries[row] for row in rows]
        of_project: dict[int, Mapping[str, Any]] = {
            each.image_id: each.prediction
            for each in entries
            if each.image_id and each.prediction is not None
        }
        again = {i: told for i, told in of_project.items() if i in self._told_again}
        document, number, multi_label = self._document, self.run.number, self._multi_label
        for image_id in recorded(document, number, again, multi_label=multi_label):
            del of_project[image_id]
        if of_project:
            # The signal that follows refreshes the entries of these images.
            record(document, number, of_project, multi_label=multi_label, epoch=self._epoch)
        self._refresh(row for row in rows if self.entries[row].image_id not in of_project)

    @property
    def _multi_label(self) -> bool:
        return self.spec is not None and self.spec.multi_label

    def _suggestions(self, prediction: Mapping[str, Any]) -> tuple[proposing.Suggestion, ...]:
        classes = classes_of(self._document)
        return proposing.suggestions(prediction, classes, multi_label=self._multi_label)

    # What is open --------------------------------------------------------------------------

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        touched = changes.images | changes.proposals
        if changes.labels or changes.settings:
            self._refresh(range(len(self.entries)))
        elif touched:
            self._refresh(r for r, e in enumerate(self.entries) if e.image_id in touched)

    def _refresh(self, rows: Iterable[int]) -> None:
        """Work out what is open on these entries."""
        changed = list(rows)
        if not changed:
            return
        answers = Answers.read(
            self._document.reader,
            self.run.number if self.run else 0,
            [self.entries[row].image_id for row in changed if self.entries[row].image_id],
            self._overlaps,
        )
        for row in changed:
            entry = self.entries[row]
            if entry.image_id:
                entry.findings = answers.findings(entry.image_id)
                entry.accepted = answers.accepted(entry.image_id)
            elif entry.prediction is not None:
                found = self._suggestions(entry.prediction)
                entry.findings = tuple(Finding(e.label, e.geometry, e.score) for e in found)
        self.updated.emit(changed)
