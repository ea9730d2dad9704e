"""Having the model look at images before the user comes to them: a job for a few at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from studio.domain.runs import Run
from studio.errors import Sentence
from studio.jobs.protocol import PredictRequest
from studio.jobs.queue import JobQueue
from studio.jobs.thread import JobThread
from studio.learning import spec
from studio.learning.events import Ended, ImagePredicted
from studio.storage import runs
from studio.ui.document import Document
from studio.ui.predict.predictions import LEAST_SCORE
from studio.ui.predict.recording import record, recorded

AT_A_TIME = 24
"""Images of one job: loading the model takes as long as some ten of them."""

ENOUGH_AHEAD = 6
"""With fewer images than this still to come, the next job begins."""

RECORD_MS = 100


class Prefetch(QObject):
    """Predicts with ``run`` on the images that are wanted next and records what it finds.

    Signals:
        changed(): it waits, works or has ended; ``failure`` says why it gave up.
    """

    changed = Signal()

    def __init__(self, document: Document, queue: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._queue = document, queue
        self._run: Run | None = None
        self._multi_label = False
        self._asked: Run | None = None  # the run of the job, which may end after another is chosen
        self._asked_multi_label = False
        self._asked_epoch: int | None = None  # of its model, where that is known
        self._known: set[int] = set()  # images that this run has looked at, or cannot look at
        self._wanted: Sequence[int] = ()
        self._job: JobThread | None = None
        self._images: dict[str, int] = {}  # of the job, by file
        self._arrived: dict[int, Mapping[str, Any]] = {}
        self._timer = QTimer(self, singleShot=True, interval=RECORD_MS)
        self._timer.timeout.connect(self._record)
        self.failure: Sentence | None = None

    @property
    def waiting(self) -> bool:
        """Whether another job has to end first."""
        return self._job is not None and self._queue.is_waiting(self._job)

    def is_coming(self, image_id: int) -> bool:
        """Whether the model is about to look at an image."""
        return self._job is not None and image_id in self._images.values()

    def has_seen(self, image_id: int) -> bool:
        """Whether the model has looked at an image."""
        return image_id in self._known

    def use(self, run: Run | None) -> None:
        """Predict with another run from now on; None stops.

        Raises:
            RunError: its model cannot be read.
        """
        self.stop()
        self._run, self._wanted, self.failure = run, (), None
        self._known = set()
        if run is not None:
            folder = runs.runs_folder(self._document.project) / run.folder
            self._multi_label = spec.read(folder).multi_label
            self._known = self._document.reader.images_predicted(run.number)

    def want(self, image_ids: Sequence[int]) -> None:
        """Look at these images, the first one first; those already looked at are passed over."""
        self._wanted = image_ids
        if self._job is None:
            self._begin()
        elif image_ids and image_ids[0] not in self._known and not self.is_coming(image_ids[0]):
            self._job.request_stop("stop")  # its end begins with what is wanted now

    def stop(self) -> None:
        """Look at no more images; what was found stays."""
        self._wanted = ()
        if self._job is not None:
            self._job.request_stop("stop")

    # The job -------------------------------------------------------------------------------

    def _begin(self) -> None:
        ready = next((n for n, each in enumerate(self._wanted) if each not in self._known), None)
        if self._run is None or self.failure or ready is None or ready >= ENOUGH_AHEAD:
            return
        open_ids = [each for each in self._wanted if each not in self._known][:AT_A_TIME]
        images = self._document.reader.images(open_ids)
        paths = self._document.reader.paths_of(images.values())
        wanted = [each for each in open_ids if not images[each].problem]
        self._known.update(set(open_ids) - set(wanted))
        if not wanted:
            return
        self._images = {str(paths[each]): each for each in wanted}
        request = PredictRequest(
            self._document.project,
            self._run.number,
            tuple(Path(path) for path in self._images),
            LEAST_SCORE,
            resumable=False,
        )
        self._asked, self._asked_multi_label = self._run, self._multi_label
        self._job = self._queue.submit(request, expendable=True)
        self._job.event_arrived.connect(self._on_event)
        self._job.ended.connect(self._on_ended)
        self.changed.emit()

    @Slot(object)
    def _on_event(self, event: object) -> None:
        if self.sender() is not self._job or not isinstance(event, ImagePredicted):
            return
        image_id = self._images.pop(str(Path(event.prediction["file"])), 0)
        if image_id:
            self._arrived[image_id] = event.prediction
            self._asked_epoch = event.epoch
            if not self._timer.isActive():
                self._timer.start()

    @Slot(object)
    def _on_ended(self, ended: Ended) -> None:
        if self.sender() is not self._job:
            return
        self._record()
        if self._asked != self._run:
            pass  # it says nothing of the run that was chosen meanwhile
        elif ended.state == "finished":
            self._known.update(self._images.values())  # could not be read
        elif ended.state in ("failed", "interrupted"):
            self.failure = ended.sentence
        self._job, self._images = None, {}
        self._begin()
        self.changed.emit()

    @Slot()
    def _record(self) -> None:
        self._timer.stop()
        arrived, self._arrived = self._arrived, {}
        if self._asked is None or not arrived:
            return
        if self._asked == self._run:
            self._known.update(arrived)
        document, run, multi_label = self._document, self._asked.number, self._asked_multi_label
        same = recorded(document, run, arrived, multi_label=multi_label)
        new = {i: told for i, told in arrived.items() if i not in same}
        if new:
            record(document, run, new, multi_label=multi_label, epoch=self._asked_epoch)
