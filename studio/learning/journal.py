"""What a prediction has said already, so that one which was interrupted goes on where it was.

Each answer is appended to a file in the run's folder as soon as it is known, and told from there
when the same model is asked again for the same threshold, as long as the image's file is the same.
When all that was asked for is told, it is forgotten, and a file that says nothing else goes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock

import studio
from studio.learning.adapter import Prediction
from studio.storage import runs

FOLDER = "predicted"
"""In the run's folder."""
DIGEST_BYTES = 12

Mark = tuple[int, int]
"""By what an image's file is known to be the same: its bytes, and its time in nanoseconds."""


class Journal:
    """Predictions by image file, while it is open (``with``); closed, it knows and keeps nothing.

    A line is ``[path, bytes, time]``, a tab and the prediction, both as JSON in ASCII; one that is
    cut off, as a process left it that was killed, is dropped. Where the file cannot be had, since
    another process predicts the same or nothing can be written there, nothing is known or kept.
    """

    def __init__(self, folder: Path, threshold: float) -> None:
        """For the model in a run's ``folder``, whose objects are told from ``threshold`` on."""
        self._model = _digest(folder)
        self._path = folder / FOLDER / f"{self._model}-{threshold!r}.jsonl"
        self._lock = FileLock(self._path.with_suffix(".lock"), timeout=0, thread_local=False)
        self._kept: FileIO | None = None
        self._log: FileIO | None = None
        self._places: dict[str, tuple[Mark, int, int]] = {}
        self._marks: dict[str, Mark | None] = {}
        self._told: frozenset[str] = frozenset()

    def __enter__(self) -> Self:
        with suppress(OSError):  # held by another process, or not to be written
            self._path.parent.mkdir(exist_ok=True)
            self._lock.acquire()
            self._log = FileIO(self._path, "a")
            self._log.truncate(self._index_lines())
            self._kept = FileIO(self._path)
            self._forget_other_models()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in (self._kept, self._log):
            if file is not None:
                file.close()
        if self._told and self._lock.is_locked:
            with suppress(OSError):
                self._forget(self._told)
        self._lock.release()

    def _index_lines(self) -> int:
        """Note where each file's line lies; returns where the last whole one ends."""
        start = 0
        with self._path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                head, _, told = line.partition(b"\t")
                with suppress(ValueError, TypeError):  # as a computer that lost its power left it
                    path, size, mtime_ns = json.loads(head)
                    json.loads(told)
                    self._places[path] = (size, mtime_ns), start, len(line)
                start += len(line)
        return start

    def knows(self, path: str) -> bool:
        """Whether the file was predicted on as it is now; to be asked before it is read."""
        mark = self._marks[path] = _mark(path)
        return path in self._places and self._places[path][0] == mark

    def prediction(self, path: str) -> Prediction:
        """What was said of a file that is known."""
        assert self._kept is not None
        _, start, length = self._places[path]
        self._kept.seek(start)
        return json.loads(self._kept.read(length).partition(b"\t")[2])

    def add(self, path: str, prediction: Prediction) -> None:
        """Keep what was said of a file that was not known."""
        mark = self._marks.get(path)
        if self._log is None or mark is None:
            return
        head = json.dumps([path, *mark])
        line = f"{head}\t{json.dumps(prediction)}\n".encode("ascii")
        try:
            is_kept = self._log.write(line) == len(line)
        except OSError:
            is_kept = False
        if not is_kept:  # the disk is full: predicting goes on
            self._log.close()
            self._log = None

    def conclude(self, paths: Iterable[str]) -> None:
        """All of ``paths`` is told: what is known of them is of no more use."""
        self._told = frozenset(paths)

    def _forget(self, paths: Collection[str]) -> None:
        """Keep what was known before of other files only."""
        spans = [span for path, (_, *span) in self._places.items() if path not in paths]
        if not spans:
            self._path.unlink()
            return
        shorter = self._path.with_suffix(".tmp")
        with self._path.open("rb") as all_lines, shorter.open("wb") as kept:
            for start, length in spans:
                all_lines.seek(start)
                kept.write(all_lines.read(length))
        shorter.replace(self._path)

    def _forget_other_models(self) -> None:
        """Delete what the run's model said before it was trained for longer."""
        for path in self._path.parent.iterdir():
            if not path.name.startswith(self._model):
                path.unlink()


def _mark(path: str) -> Mark | None:
    """Of the file as it is now; None where there is none."""
    try:
        stat = Path(path).stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _digest(folder: Path) -> str:
    """What tells the model of a run from others, and this program from other versions of it."""
    digest = hashlib.blake2b(studio.__version__.encode(), digest_size=DIGEST_BYTES)
    for name in (runs.MODEL, runs.BEST):
        with (folder / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "blake2b").digest())
    return digest.hexdigest()
