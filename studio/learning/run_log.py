"""A run as its folder tells it: its events and the predictions on its sample images."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from studio.learning import events
from studio.learning.adapter import Prediction
from studio.learning.events import Event, Notice, Progress
from studio.learning.tensorboard import TensorBoardLog
from studio.storage import runs

SAMPLES = "samples"


T = TypeVar("T")


def noted(told: Generator[Event, None, T], notices: list[Notice]) -> Generator[Event, None, T]:
    """Pass on what is ``told`` before the run's log is open, and keep its ``notices`` for it."""
    with closing(told):
        while True:
            try:
                event = next(told)
            except StopIteration as end:
                return end.value
            if isinstance(event, Notice):
                notices.append(event)
            yield event


class EventLog:
    """Appends to the run's ``events.jsonl`` while it is open, and to ``board`` where there is one.

    The board is closed with it. ``notices`` are those that were told before.
    """

    def __init__(
        self, folder: Path, board: TensorBoardLog | None = None, notices: Sequence[Notice] = ()
    ) -> None:
        path = folder / runs.EVENTS
        _drop_cut_off_line(path)
        self._file = path.open("a", encoding="utf-8")
        self._board = board
        for notice in notices:
            self.write(notice)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        if self._board is not None:
            self._board.close()

    def write(self, event: Event) -> Event:
        """Append ``event`` and give it back; how far it has got is of no use afterwards."""
        if isinstance(event, Progress):
            return event
        self._file.write(events.dumps(event) + "\n")
        self._file.flush()
        if self._board is not None:
            self._board.write(event)
        return event


def _drop_cut_off_line(path: Path) -> None:
    """The last line of a process that was killed may be half of one."""
    if path.exists():
        with path.open("rb+") as file:
            file.truncate(file.read().rfind(b"\n") + 1)


def missing_events(folder: Path, told: Sequence[Event]) -> list[Event]:
    """Those of ``told`` that the log lacks, since the process died before it wrote them."""
    if not told:
        return []
    text = (folder / runs.EVENTS).read_text(encoding="utf-8", errors="replace")
    _, first, since = text.rpartition(f"{events.dumps(told[0])}\n")
    if not first:
        return list(told)
    logged = set(since.splitlines())
    return [event for event in told[1:] if events.dumps(event) not in logged]


def write_samples(folder: Path, epoch: int, predictions: Sequence[Prediction]) -> Path:
    """Write the predictions on the sample images after ``epoch``; return the file."""
    (folder / SAMPLES).mkdir(exist_ok=True)
    path = folder / SAMPLES / f"epoch-{epoch:04d}.json"
    runs.write_json(path, list(predictions))
    return path
