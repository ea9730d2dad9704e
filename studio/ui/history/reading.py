"""Looking into the past on a thread of its own: pages of entries, and one image at one moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from studio.domain.edits import Edit
from studio.domain.project import Image
from studio.editing import restoring
from studio.errors import EditConflict, Sentence, StudioError
from studio.storage.past import Line, Moment, Past
from studio.ui.threads.hand_over import to_window

T = TypeVar("T")

LARGE_ROWS = 5_000
"""An entry of more rows is not read only to see whether it could be taken back."""


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """A line and the file names of its images (two at most)."""

    line: Line
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastImage:
    """One image as it was right after an entry, and what can be done about it.

    ``image_ids`` are those that the entry changed. ``can_revert`` is False where the entry cannot
    be taken back alone; ``reason`` says why. Of a large one that is found out when it is tried.
    """

    seq: int
    image: Image | None
    path: Path | None
    moment: Moment | None
    image_ids: tuple[int, ...]
    restore: Edit | None
    can_revert: bool
    reason: Sentence | None


class HistoryReader(QObject):
    """Reads with a connection of its own, one request after the other.

    Signals:
        failed(StudioError): the project could not be read.
    """

    failed = Signal(object)

    def __init__(self, project: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="history")
        self._past: Past | None = None
        self._closed = False

    def close(self) -> None:
        """Wait for what is being read; nothing more will come."""
        self._closed = True
        self._pool.submit(self._close)
        self._pool.shutdown(wait=True)

    def _close(self) -> None:
        if self._past is not None:
            self._past.close()

    def read(self, read: Callable[[Past], T], then: Callable[[T], object]) -> None:
        """Call ``then`` on the window's thread with what ``read`` returns."""
        future = self._pool.submit(self._read, read)
        future.add_done_callback(to_window(self, partial(self._finish, then)))

    def _read(self, read: Callable[[Past], T]) -> T:
        if self._past is None:
            self._past = Past.open(self._project)
        return read(self._past)

    def _finish(self, then: Callable[[T], object], future: Future[T]) -> None:
        if self._closed:
            return
        try:
            then(future.result())
        except StudioError as error:
            self.failed.emit(error)


def page(
    past: Past, before: int | None, limit: int, image_id: int, titles: Sequence[str] | None
) -> list[ListedEntry]:
    """Entries older than ``before``, newest first; see ``Past.lines``."""
    lines = past.lines(before, limit, image_id=image_id, titles=titles)
    images = past.images({i for line in lines for i in line.image_ids})
    names = {i: image.path.rpartition("/")[2] for i, image in images.items()}
    return [
        ListedEntry(line, tuple(names[i] for i in line.image_ids if i in names)) for line in lines
    ]


def past_image(past: Past, seq: int, image_id: int, open_image_id: int) -> PastImage:
    """How an image was right after entry ``seq``.

    It is ``image_id`` where given, else the open one if the entry touches it or none at all,
    else the first one that the entry touches.
    """
    line = past.entry(seq)
    ids = tuple(past.images_of(line.entry.target or seq))
    if not image_id:
        image_id = open_image_id if open_image_id in ids or not ids else ids[0]
    reason: Sentence | None = None
    try:
        restoring.must_stand(line)
        can_revert = line.rows > LARGE_ROWS or bool(restoring.revert(past, seq))
    except EditConflict as error:
        can_revert, reason = False, error.sentence
    if not image_id:
        return PastImage(seq, None, None, None, ids, None, can_revert, reason)
    image = past.image(image_id)
    moment = past.image_at(image_id, seq)
    restore = restoring.restore(past.image_now(image_id), moment)
    return PastImage(seq, image, past.path_of(image), moment, ids, restore, can_revert, reason)
