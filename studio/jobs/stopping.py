"""What the user asks of a job that is under way, and the signals that ask the same."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from studio.jobs.protocol import STOP_WORDS


class StopRequest:
    """Remembers the last word said; called, it is the ``should_stop`` of the engine.

    It may be asked from any thread. A later word replaces an earlier one ("pause", then
    "discard"), but ``pause_unless_asked`` never takes back what a person chose.
    """

    def __init__(self) -> None:
        self._word = ""

    def __call__(self) -> str:
        """The word said, or ""."""
        return self._word

    def ask(self, word: str) -> None:
        """Ask for one of ``STOP_WORDS``.

        Raises:
            ValueError: the word is none of them.
        """
        if word not in STOP_WORDS:
            raise ValueError(f"{word!r} is none of {', '.join(STOP_WORDS)}")
        self._word = word

    def pause_unless_asked(self) -> None:
        """Ask for a pause where nothing was asked yet."""
        self._word = self._word or "pause"


@contextmanager
def pausing_on_signals(stop: StopRequest) -> Iterator[None]:
    """Within this block SIGINT and SIGTERM ask for a pause; a second SIGINT interrupts.

    Must be entered on the main thread.
    """

    def pause(number: int, frame: FrameType | None) -> None:
        if number == signal.SIGINT and stop():
            raise KeyboardInterrupt
        stop.pause_unless_asked()

    before = {number: signal.signal(number, pause) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
