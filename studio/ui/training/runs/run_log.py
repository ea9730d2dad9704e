"""What one run has told so far: the curves, the samples, the notices and where it stands.

Events come from the job of a live run or from ``events.jsonl`` of an earlier one; views redraw
on ``changed``, which comes at most ten times a second however fast the events are.
"""

from __future__ import annotations

import math
import time
from array import array
from bisect import bisect_left
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from studio.learning import events
from studio.learning.events import (
    Ended,
    EpochEnded,
    Notice,
    Progress,
    RunStarted,
    SamplesDrawn,
    StepDone,
    Stopping,
)
from studio.ui.threads.work import Work

REDRAW_MS = 100
BATCH = 250
"""So many events of a file are handed to the window at a time, a few milliseconds' work."""
SMOOTHING = 0.92
"""Weight of the past in the smoothed training loss (exponential average, unbiased at the start)."""


def _numbers() -> array[float]:
    return array("d")


@dataclass(slots=True)
class Steps:
    """The training curve: one entry a step, in step order, in arrays that NumPy reads fast."""

    step: array[float] = field(default_factory=_numbers)
    loss: array[float] = field(default_factory=_numbers)
    smooth: array[float] = field(default_factory=_numbers)
    lr: array[float] = field(default_factory=_numbers)
    _average: float = 0.0
    _weight: float = 0.0

    def append(self, done: StepDone) -> None:
        """Add one step; a loss that is not a number leaves the smoothed curve where it was.

        A run that goes back to its last checkpoint takes steps again: they replace the first ones.
        """
        if self.step and done.step <= self.step[-1]:
            self._cut(bisect_left(self.step, done.step))
        loss = math.nan if done.loss is None else float(done.loss)
        if math.isfinite(loss):
            self._average = SMOOTHING * self._average + (1 - SMOOTHING) * loss
            self._weight = SMOOTHING * self._weight + (1 - SMOOTHING)
        self.step.append(done.step)
        self.loss.append(loss)
        self.smooth.append(self._average / self._weight if self._weight else math.nan)
        self.lr.append(done.lr)

    def _cut(self, keep: int) -> None:
        for values in (self.step, self.loss, self.smooth, self.lr):
            del values[keep:]
        is_known = keep > 0 and math.isfinite(self.smooth[-1])
        self._average, self._weight = (self.smooth[-1], 1.0) if is_known else (0.0, 0.0)


class RunLog(QObject):
    """The events of one run, in the form that its views need.

    Signals:
        changed(): something is new; at most every ``REDRAW_MS``.
        noticed(object): a ``Notice`` to show in the log.
        samples_drawn(object): a ``SamplesDrawn`` whose file can be read.
        ended(object): the ``Ended`` event.
        replayed(): the file of an earlier run has been read.
    """

    changed = Signal()
    noticed = Signal(object)
    samples_drawn = Signal(object)
    ended = Signal(object)
    replayed = Signal()

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self.started: RunStarted | None = None
        self.steps = Steps()
        self.epochs: list[EpochEnded] = []
        self.last_step: StepDone | None = None
        self._step_before: StepDone | None = None  # the run was taken up again
        self.progress: Progress | None = None
        self.samples: SamplesDrawn | None = None
        self.notices: list[Notice] = []
        self.stopping = ""
        self.end: Ended | None = None
        self._path: Path | None = None  # of a log that others write
        self._read_bytes = 0
        self._reading: Work | None = None
        self._reads_on = False  # once more, since more was written meanwhile
        self._goes_on = False
        self._late: list[events.Event] = []
        self._clock = clock
        self._told_s = 0.0
        self._told_at: float | None = None  # while the run is at work
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REDRAW_MS)
        self._timer.timeout.connect(self.changed)

    @Slot(object)
    def append(self, event: events.Event) -> None:
        """Take note of one event; while a file is read, after all that it tells."""
        if self._reading is not None:
            self._late.append(event)
        else:
            self._receive(event)

    def _receive(self, event: events.Event) -> None:
        match event:
            case RunStarted():
                self._start(event)
            case StepDone():
                self.steps.append(event)
                self._forget_epochs(event.epoch)
                self.last_step = event
                self.progress = None
                self._count_from(event.elapsed_s or self._told_s)
            case EpochEnded():
                self._forget_epochs(event.epoch)
                self.epochs.append(event)
                self._count_from(event.elapsed_s)
            case Progress():
                self.progress = event
            case SamplesDrawn():
                self.samples = event
                self.samples_drawn.emit(event)
            case Notice():
                self._notice(event)
            case Stopping(how):
                self.stopping = how
            case Ended():
                self._finish(event)
            case _:
                return
        if not self._timer.isActive():
            self._timer.start()

    def _start(self, event: RunStarted) -> None:
        self.started = event
        self.progress = None
        self.end = None
        self.stopping = ""

    def _finish(self, event: Ended) -> None:
        self.end = event
        self.last_step = self.last_step or self._step_before
        self.stopping = ""
        self.progress = None
        self._told_at = None
        if event.state not in ("failed", "interrupted") and event.sentence.template:
            self._notice(Notice("info", event.sentence))  # why it went no further, for one
        self.ended.emit(event)

    def _notice(self, notice: Notice) -> None:
        self.notices.append(notice)
        self.noticed.emit(notice)

    def _count_from(self, elapsed_s: float) -> None:
        """The run says how long it has taken until now."""
        self._told_s, self._told_at = elapsed_s, self._clock()

    def go_on(self) -> None:
        """The run is taken up again here: what follows belongs to it."""
        self._path = None
        if self._reading is not None:
            self._goes_on = True
            return
        self.end = None
        self._step_before, self.last_step = self.last_step, None  # how long it takes is not known

    def read(self, path: Path) -> None:
        """Take note of every event in the file ``path``; lines that are none are passed over.

        The file is read on a thread, for a long run takes seconds; ``replayed`` follows.
        """
        self._path = path
        self.read_on()

    def read_on(self) -> None:
        """Take note of what another program has written since into the file that was ``read``."""
        self._reads_on = self._reading is not None
        if self._path is None or self._reads_on:
            return
        path, start = self._path, self._read_bytes
        self._reading = Work(lambda should_stop: _batches(path, start, should_stop), self)
        self._reading.progressed.connect(self._take_batch)
        self._reading.succeeded.connect(self._take_end)
        self._reading.failed.connect(self._finish_reading)
        self._reading.start()

    def close(self) -> None:
        """Give up reading."""
        if self._reading is not None:
            self._reading.close()
            self._reading = None

    @Slot(object)
    def _take_batch(self, batch: Sequence[events.Event]) -> None:
        for event in batch:
            self._receive(event)

    @Slot(object)
    def _take_end(self, read_bytes: int) -> None:
        self._read_bytes = read_bytes
        self._finish_reading()

    @Slot()
    def _finish_reading(self) -> None:
        self._reading = None
        self._told_at = None
        if self._goes_on:
            self._goes_on = False
            self.go_on()
        late, self._late = self._late, []
        self._take_batch(late)
        self.replayed.emit()
        if self._reads_on:
            self.read_on()

    def _forget_epochs(self, at_work: int) -> None:
        """A run that goes back to its checkpoint learns these epochs again."""
        while self.epochs and self.epochs[-1].epoch >= at_work:
            self.epochs.pop()

    # Where the run stands ------------------------------------------------------------------

    @property
    def best(self) -> EpochEnded | None:
        """The best epoch so far."""
        return next((epoch for epoch in reversed(self.epochs) if epoch.best), None)

    @property
    def epoch(self) -> int:
        """The epoch at work or last finished, 0 before the first."""
        last_ended = self.epochs[-1].epoch if self.epochs else 0
        return max(last_ended, self.last_step.epoch if self.last_step else 0)

    @property
    def fraction(self) -> float:
        """The part of the planned steps that is done, 0..1."""
        if self.started is None or self.last_step is None:
            return 0.0
        planned = self.started.epochs * max(self.started.steps_per_epoch, 1)
        return min(1.0, self.last_step.step / planned)

    @property
    def elapsed_s(self) -> float:
        """Seconds that the run has taken by its own count, and while it is at work since then.

        What was loaded before the first step, and the time it waited, are not counted.
        """
        since = 0.0 if self._told_at is None else self._clock() - self._told_at
        return self._told_s + since

    @property
    def eta_s(self) -> float | None:
        """Seconds that the run is expected to take yet, None while unknown."""
        if self.end is not None:
            return None
        if self.last_step is None or self.last_step.eta_s is None:
            return None
        return self.last_step.eta_s

    def at_epoch(self) -> NDArray[np.float64]:
        """Where each training step lies on an axis of epochs."""
        per_epoch = max(self.started.steps_per_epoch, 1) if self.started else 1
        return np.asarray(self.steps.step, dtype=np.float64) / per_epoch


def _batches(
    path: Path, start: int, should_stop: Callable[[], bool]
) -> Generator[Sequence[events.Event], None, int]:
    """The events of a file from byte ``start`` on, in order; returns up to where that was read.

    Lines that are no event are passed over. The last one may not be written to its end yet.
    """
    try:
        with path.open("rb") as file:
            file.seek(start)
            text = file.read()
    except OSError:
        return start
    text = text[: text.rfind(b"\n") + 1]
    lines = text.decode("utf-8", "replace").split("\n")
    for first in range(0, len(lines), BATCH):
        if should_stop():
            return start
        yield [event for line in lines[first : first + BATCH] for event in _parsed(line)]
    return start + len(text)


def _parsed(line: str) -> Sequence[events.Event]:
    try:
        return (events.loads(line),)
    except (ValueError, TypeError):
        return ()
