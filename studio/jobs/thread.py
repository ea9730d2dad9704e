"""One background job as the window sees it: a thread that listens to a child process.

The thread only moves lines; they are parsed and emitted on the thread that made the job, which
is the window's. So every slot runs there, even a lambda, and while lines come no Python object
is made here that could set off a garbage collection of widgets on the wrong thread.
"""

from __future__ import annotations

import logging
import signal
import subprocess
import threading
import time
from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from studio.errors import Sentence, say
from studio.jobs import launch
from studio.jobs.protocol import STOP_WORDS, Request
from studio.learning.events import Ended, Event, Heartbeat, RunStarted, loads

LOG = logging.getLogger(__name__)

SLICE_S = 0.008
"""The window's thread gives so long at a time to events that came in a burst."""

EXIT_WAIT_S = 15.0
"""A child that has said its last and does not exit within this time is killed."""


class JobThread(QThread):
    """A request being carried out by a child process.

    ``result`` is None until the job has ended. ``expendable`` says that nobody would miss it.
    ``run_number`` is the number of the run it trains, once
    known. Both signals come on the thread that made the job.

    Signals:
        event_arrived(Event): what the child tells, except ``Heartbeat`` and ``Ended``.
        ended(Ended): once, when the child process is gone.
    """

    event_arrived = Signal(object)
    ended = Signal(object)
    _lines_came = Signal()

    def __init__(
        self, request: Request, parent: QObject | None = None, *, expendable: bool = False
    ) -> None:
        super().__init__(parent)
        self.request = request
        self.expendable = expendable
        self.result: Ended | None = None
        self.run_number = 0
        self.log: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._word = ""
        self._killed = False
        self._failure: Sentence | None = None
        self._heard_at = time.monotonic()
        self._lines: deque[bytes] = deque()
        self._told = False
        self._last: Ended | None = None
        self._lines_came.connect(self._take_lines)
        self.finished.connect(self._take_lines)

    # Asked by the window ---------------------------------------------------------------------

    @property
    def silent_for_s(self) -> float:
        """Seconds since the child was last heard; it should speak every two seconds."""
        return time.monotonic() - self._heard_at if self.isRunning() else 0.0

    @property
    def asked(self) -> str:
        """The stop word that was last requested, or ""."""
        return self._word

    def request_stop(self, how: str) -> None:
        """Ask the child to ``stop``, ``pause`` or ``discard``; a job not yet started just ends.

        Raises:
            ValueError: ``how`` is another word.
        """
        if how not in STOP_WORDS:
            raise ValueError(f"{how!r} is none of {', '.join(STOP_WORDS)}")
        with self._starting:
            self._word = how
            if self._process is not None:
                launch.say_word(self._process, how)
        self._end_if_waiting()

    def kill(self) -> None:
        """End the child at once; what a run learned since its last checkpoint is lost."""
        with self._starting:
            self._killed = True
            if self._process is not None:
                launch.kill(self._process)
        self._end_if_waiting()

    def _end_if_waiting(self) -> None:
        if not self.isRunning() and not self.isFinished() and self.result is None:
            self._finish(_never_began())

    # On the thread of its own ----------------------------------------------------------------

    def run(self) -> None:
        """Start the child and pass its lines on; called by Qt."""
        process = self._start_child()
        if process is None or process.stdout is None:
            return
        for line in process.stdout:
            self._heard_at = time.monotonic()
            self._lines.append(line)
            if not self._told:
                self._told = True
                self._lines_came.emit()
        try:
            process.wait(EXIT_WAIT_S)
        except subprocess.TimeoutExpired:
            launch.kill(process)
            process.wait()
        with self._starting:
            launch.close(process)

    def _start_child(self) -> subprocess.Popen[bytes] | None:
        with self._starting:
            if self._word or self._killed:
                return None
            try:
                request = launch.prepare(self.request)
                self.log = request.with_suffix(".log")
                self._process = launch.start(request)
            except OSError as error:
                self._failure = say("The background process cannot start: {why}.", why=error)
            self._heard_at = time.monotonic()
            return self._process

    # On the window's thread again ------------------------------------------------------------

    @Slot()
    def _take_lines(self) -> None:
        """Emit what has come, a slice of time at a time so that the window stays smooth."""
        self._told = False
        until = time.monotonic() + SLICE_S
        while self._lines:
            self._receive(self._lines.popleft())
            if time.monotonic() > until and self._lines:
                self._told = True
                QTimer.singleShot(0, self._take_lines)
                return
        if self.isFinished() and self.result is None:
            self._finish(self._last or self._died())

    def _receive(self, line: bytes) -> None:
        text = line.decode("utf-8", "surrogateescape")
        try:
            event = loads(text)
        except (ValueError, TypeError):
            LOG.warning("not an event: %.200s", text.rstrip())
            return
        self._tell(event)

    def _tell(self, event: Event) -> None:
        match event:
            case Heartbeat():
                return
            case Ended():
                self._last = event
                return
            case RunStarted():
                self.run_number = event.run
            case _:
                pass
        self.event_arrived.emit(event)

    def _finish(self, ended: Ended) -> None:
        self.wait()
        self.result = ended
        self.ended.emit(ended)

    # A child that did not say good-bye -------------------------------------------------------

    def _died(self) -> Ended:
        if self._failure is not None:
            return Ended("failed", self._failure)
        if self._process is None:
            return _never_began()
        if self._killed:
            return Ended("interrupted", say("The background process was killed."))
        code = self._process.returncode
        if code < 0:
            return Ended("interrupted", _sentence_of_signal(-code))
        last = launch.last_line(self.log) if self.log else ""
        return Ended(
            "interrupted" if self._word else "failed",
            say(
                "The background process ended unexpectedly (exit code {code}). {last}",
                code=code,
                last=last,
            ),
        )


def _never_began() -> Ended:
    return Ended("discarded", say("The job was ended before it began."))


def _sentence_of_signal(number: int) -> Sentence:
    if number == signal.SIGKILL:
        return say(
            "The system killed the background process (signal {signal}), most likely because "
            "memory ran out. Try a smaller batch size or image size.",
            signal=number,
        )
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = str(number)
    return say("The background process crashed (signal {signal}).", signal=name)
