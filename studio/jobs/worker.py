"""The child process that does the work: ``python -m studio.jobs.worker REQUEST [--controlled]``.

It writes one event a line on its standard output and logs on standard error. Before anything
heavy is imported, the output moves to a private descriptor, so that nothing a library prints
can corrupt the events. With ``--controlled``, which only a parent passes, words are read from
standard input and its end means pause: a window that dies leaves a run that can go on.
Without it standard input is ignored (batch systems close it at once) and SIGINT and SIGTERM
mean pause. Under ``torchrun`` every process takes the same request and rank 0 alone speaks.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import signal
import sys
import threading
import time
import traceback
from contextlib import closing, nullcontext
from pathlib import Path

from studio.errors import Sentence, StudioError, say
from studio.jobs import engine, protocol
from studio.jobs.commands import listen
from studio.jobs.pipes import take_over_pipes
from studio.jobs.stopping import StopRequest, pausing_on_signals
from studio.learning.events import Ended, Event, Heartbeat, RunStarted, Stopping, dumps

HEARTBEAT_S = 2.0
"""After this long without an event the worker says that it is alive."""

ERROR_LOG = "error.log"
"""In the run's folder: the traceback of the bug that ended it."""


class EventWriter:
    """Writes events as lines; any thread may speak.

    Where the parent has gone, a pause is asked for and nothing more is written.
    """

    def __init__(self, descriptor: int | None, stop: StopRequest) -> None:
        self._descriptor = descriptor
        self._stop = stop
        self._writing = threading.Lock()
        self._spoke_at = time.monotonic()
        self._done = threading.Event()
        if sys.platform != "win32":
            # A forked image loader must neither speak nor keep the pipe open.
            os.register_at_fork(after_in_child=self._close)

    def write(self, event: Event) -> None:
        """Write one event; after ``Ended`` nothing more is written."""
        line = (dumps(event) + "\n").encode("utf-8", "surrogateescape")
        with self._writing:
            if self._done.is_set():
                return
            self._spoke_at = time.monotonic()
            self._write(line)
            if isinstance(event, Ended):
                # The end of the pipe tells the parent, should this process hang at its exit.
                self._done.set()
                self._close()

    def _write(self, line: bytes) -> None:
        if self._descriptor is None:
            return
        try:
            while line:
                line = line[os.write(self._descriptor, line) :]
        except OSError:
            self._close()
            self._stop.pause_unless_asked()

    def _close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def keep_alive(self) -> None:
        """Tell ``Heartbeat`` whenever the engine was silent for long, until ``Ended``."""
        while not self._done.wait(HEARTBEAT_S / 2):
            if time.monotonic() - self._spoke_at >= HEARTBEAT_S:
                self.write(Heartbeat())


def main(arguments: list[str] | None = None) -> int:
    """Carry out one request; returns the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m studio.jobs.worker", description=__doc__)
    parser.add_argument("request", type=Path, help="JSON file that says what to do")
    parser.add_argument("--controlled", action="store_true", help="a parent speaks on stdin")
    given = parser.parse_args(arguments)
    is_first = os.environ.get("RANK", "0") == "0"
    events, commands = take_over_pipes(given.controlled and is_first)
    faulthandler.enable()
    stop = StopRequest()
    writer = EventWriter(events if is_first else None, stop)
    threading.Thread(target=writer.keep_alive, daemon=True).start()
    if given.controlled:
        _lower_priority()
    if commands is not None:
        _follow_commands(commands, stop, writer)
    with nullcontext() if given.controlled else pausing_on_signals(stop):
        ended = _carry_out(given.request, stop, writer)
    writer.write(ended)
    # A launcher ends the first process, maybe still writing, where another ends with a failure.
    return engine.exit_code(ended) if is_first or ended.state == "failed" else 0


def _lower_priority() -> None:
    """Leave the machine to the window: lower priority (on Windows the parent sets it)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(10)


def _follow_commands(commands: int, stop: StopRequest, writer: EventWriter) -> None:
    """Hear the parent's words on a thread of their own."""

    def hear(word: str) -> None:
        writer.write(Stopping(word or stop() or "pause"))  # first, or the end may overtake it
        if word:
            stop.ask(word)
        else:
            stop.pause_unless_asked()

    threading.Thread(target=listen, args=(commands, hear), daemon=True).start()


def _carry_out(path: Path, stop: StopRequest, writer: EventWriter) -> Ended:
    """Tell the engine's events and return its last one, or the failure in its place."""
    run_folder: Path | None = None
    ended = None
    try:
        with closing(engine.start(protocol.load(path), stop)) as events:
            for event in events:
                if isinstance(event, Ended):
                    ended = event
                    continue
                if isinstance(event, RunStarted):
                    run_folder = Path(event.folder)
                writer.write(event)
    except StudioError as error:
        return Ended("failed", error.sentence, code=type(error).__name__)
    except KeyboardInterrupt:
        return Ended("interrupted", say("Interrupted."))
    except Exception as error:
        return Ended("failed", _report(error, run_folder, path))
    return ended or Ended("failed", say("The work ended without a result."))


def _report(error: Exception, run_folder: Path | None, request: Path) -> Sentence:
    """Log a bug's traceback, in the run's folder where there is one."""
    traceback.print_exception(error)
    log = request.with_suffix(".log")
    if run_folder is not None and run_folder.is_dir():
        log = run_folder / ERROR_LOG
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            traceback.print_exception(error, file=file)
    summary = traceback.format_exception_only(error)[-1].strip()
    if not log.exists():
        return say("The program failed: {error}.", error=summary)
    return say("The program failed: {error}. Details are in {log}.", error=summary, log=log)


if __name__ == "__main__":
    sys.exit(main())
