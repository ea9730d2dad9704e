"""Showing the events of a job: as JSON, as plain lines, or with bars on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Protocol, Self

from studio.cli import output
from studio.errors import StudioError
from studio.jobs.stopping import StopRequest, pausing_on_signals
from studio.learning import events as ev
from studio.learning.events import Ended, Event

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PHASES = {
    "prepare": "Preparing",
    "check": "Checking images",
    "download": "Downloading",
    "load": "Loading",
    "features": "Looking at the training images",
    "evaluate": "Evaluating",
    "predict": "Predicting",
    "export": "Exporting",
}


SILENCE_S = 30.0
"""Without a terminal the position is told this often at most."""


class Display(Protocol):
    """Something that shows events while they come; a context manager."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def show(self, event: Event) -> None:
        """Show one event."""


def follow(events: Iterable[Event], display: Display, stop: StopRequest) -> Iterator[Event]:
    """Show every event and pass it on. Ctrl+C and SIGTERM ask for a pause meanwhile.

    Raises:
        StudioError: what the engine cannot do and the user can put right; it is shown as
            ``Ended`` first.
    """
    told = False
    with pausing_on_signals(stop), display:
        try:
            for event in _kept_apart(events):
                if stop() and not told:
                    told = True
                    display.show(ev.Stopping(stop()))
                display.show(event)
                yield event
        except StudioError as error:
            display.show(Ended("failed", error.sentence, code=type(error).__name__))
            raise


def _kept_apart(events: Iterable[Event]) -> Iterator[Event]:
    """The events, with whatever a library prints meanwhile on standard error."""
    iterator = iter(events)
    while True:
        with redirect_stdout(sys.stderr):
            event = next(iterator, None)
        if event is None:
            return
        yield event


def display(as_json: bool) -> Display:
    """The display that suits this process's output."""
    if not output.speaks():
        return NoDisplay()
    if as_json:
        return JsonLines()
    return Bars() if sys.stderr.isatty() else Lines()


class NoDisplay:
    """Shows nothing: one of several processes, and not the first."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def show(self, event: Event) -> None:
        """Pass over the event."""


class JsonLines(NoDisplay):
    """Each event as one line of JSON on standard output."""

    def show(self, event: Event) -> None:
        """Print the line."""
        print(ev.dumps(event), flush=True)


class Lines(NoDisplay):
    """What matters as plain lines on standard error, and now and then how far it has got."""

    def __init__(self) -> None:
        self._spoke_at = time.monotonic()

    def show(self, event: Event) -> None:
        """Print the event's line, if it has one."""
        line = line_of(event)
        if not line and time.monotonic() - self._spoke_at > SILENCE_S:
            line = position_of(event)
        if line:
            self._spoke_at = time.monotonic()
            output.note(line)


class Bars:
    """Bars with live figures on standard error; what matters scrolls by above them."""

    def __init__(self) -> None:
        self._bars = _bars()
        self._tasks: dict[str, TaskID] = {}
        self._epochs = 1

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def show(self, event: Event) -> None:
        """Move the bars, and print the event's line above them."""
        if line := line_of(event):
            self._bars.console.print(line)
        match event:
            case ev.RunStarted(epochs=epochs):
                self._epochs = epochs
            case ev.Progress():
                self._move(
                    PHASES.get(event.phase, event.phase), event.done, event.total, _far(event)
                )
            case ev.StepDone():
                text = f"epoch {event.epoch}/{self._epochs}  {_rates(event)}"
                self._move("Training", event.step, event.steps, text)
            case ev.RateTried():
                text = f"{event.lr:.1e}  loss {event.loss:.4f}"
                self._move("Trying rates", event.done, event.total, text)
            case _:
                pass

    def _move(self, name: str, done: int, total: int, text: str) -> None:
        if name not in self._tasks:
            for task in self._tasks.values():
                self._bars.update(task, visible=False)
            self._tasks[name] = self._bars.add_task(name, text="")
        self._bars.update(
            self._tasks[name], completed=done, total=total or None, text=text, visible=True
        )


def _bars() -> Progress:
    from rich.progress import BarColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[text]}", markup=False),
        console=output.console(stderr=True),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    )


def _far(event: ev.Progress) -> str:
    """How far a phase has got: ``12/50`` or ``1.2/9.8 MB``, and what is at work."""
    done, total, unit = str(event.done), str(event.total), ""
    if event.unit == "byte":
        done, total, unit = f"{event.done / 2**20:.1f}", f"{event.total / 2**20:.1f}", " MB"
    amount = f"{done}/{total}{unit}" if event.total else f"{done}{unit}" if event.done else ""
    left = f"{_clock(event.eta_s)} left" if event.eta_s >= 1 else ""
    return "  ".join(part for part in (amount, left, event.detail) if part)


def _clock(seconds: float) -> str:
    """A time span as ``1:05`` or ``2:00:05``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def line_of(event: Event) -> str:
    """What a reader of the log should know of an event; "" for nothing."""
    match event:
        case ev.RunStarted():
            resumed = f", going on in epoch {event.resumed_epoch}" if event.resumed_epoch else ""
            return (
                f"Run {event.run}: {event.task} with {event.model} on {event.device}, "
                f"{event.train_images} training and {event.val_images} validation images{resumed}"
            )
        case ev.Notice():
            return f"{'Warning: ' if event.level == 'warning' else ''}{event.sentence}"
        case ev.EpochEnded():
            loss = "" if event.val_loss is None else f"  val loss {event.val_loss:.4f}"
            best = "  (best)" if event.best else ""
            return (
                f"Epoch {event.epoch}  loss {event.train_loss:.4f}{loss}  "
                f"{metrics_text(event.metrics)}{best}  {event.elapsed_s:.0f} s"
            )
        case ev.Stopping():
            return "Ending after this step; press Ctrl+C again to quit at once."
        case _:
            return ""


def position_of(event: Event) -> str:
    """Where the work stands; "" where the event does not tell."""
    match event:
        case ev.Progress():
            return f"{PHASES.get(event.phase, event.phase)} {_far(event)}".rstrip()
        case ev.StepDone():
            return f"Epoch {event.epoch}  step {event.step}/{event.steps}  {_rates(event)}"
        case _:
            return ""


def _rates(event: ev.StepDone) -> str:
    left = _clock(event.eta_s)
    return f"loss {event.loss:.4f}  {event.images_per_s:.1f} images/s  {left} left"


def metrics_text(metrics: Mapping[str, float | None]) -> str:
    """Metrics on one line: ``accuracy 0.953  macro_f1 0.947``."""
    known = ((name, value) for name, value in metrics.items() if value is not None)
    return "  ".join(f"{name} {value:.3f}" for name, value in known)
