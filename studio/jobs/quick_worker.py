"""The child process of the quick classifier: it stays, and learns from the project's tags.

A line of its input is a JSON list of the ids of images that come next, the first one first; only
the newest list counts. It tells events, one a line. The end of the input ends it at once.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from studio.errors import StudioError
from studio.jobs.engine import quiet_threads
from studio.jobs.serving import serve
from studio.learning.events import Ended, Event, dumps


class Inbox:
    """The newest list of images."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._newest: list[int] | None = None

    def put(self, image_ids: list[int]) -> None:
        """Take in what the parent asks."""
        with self._changed:
            self._newest = image_ids
            self._changed.notify()

    def take(self) -> list[int]:
        """Wait for the next list."""
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None)
            newest, self._newest = self._newest, None
            return newest or []

    def superseded(self) -> bool:
        """Whether a newer list waits."""
        return self._newest is not None


def main() -> int:
    """Learn until the parent goes; the project's folder is the first argument."""
    inbox = Inbox()
    tell = serve(inbox.put)
    if sys.platform != "win32":
        os.nice(10)
    try:
        for event in _work(Path(sys.argv[1]), inbox):
            tell(dumps(event))
    except StudioError as error:
        tell(dumps(Ended("failed", error.sentence, code=type(error).__name__)))
    return 1


def _work(project: Path, inbox: Inbox) -> Iterator[Event]:
    quiet_threads()
    # Imports torch: not before the threads are quiet.
    from studio.learning.quick.classifier import QuickClassifier

    with closing(QuickClassifier(project)) as classifier:
        while True:
            yield from classifier.learn_and_predict(inbox.take(), inbox.superseded)


if __name__ == "__main__":
    sys.exit(main())
