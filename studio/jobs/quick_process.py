"""The quick classifier as the window uses it: one child process that stays. Nothing here waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from studio.errors import JobFailed, say
from studio.jobs.staying import StayingChild
from studio.learning.events import Ended, Event, loads

MODULE = "studio.jobs.quick_worker"


class QuickProcess:
    """The child for the project in folder ``project``.

    ``told`` is called with its events on a thread of its own; after ``Ended`` nothing comes.
    """

    def __init__(self, project: Path, told: Callable[[Event], object]) -> None:
        self._told = told
        self._last: Ended | None = None
        self._child = StayingChild(MODULE, [str(project)], "quick", self._receive, self._end)

    def want(self, image_ids: Sequence[int]) -> None:
        """Learn what is new and predict on these images; with none it rests."""
        self._child.send(list(image_ids))

    def dismiss(self) -> None:
        """End the child, whatever it is doing, without waiting; nothing is told any more."""
        self._child.dismiss()

    def close(self) -> None:
        """As ``dismiss``; afterwards the child is gone."""
        self._child.close()

    # On the child's thread --------------------------------------------------------------------

    def _receive(self, line: bytes) -> None:
        event = loads(line.decode("utf-8", "surrogateescape"))
        if isinstance(event, Ended):
            self._last = event
        else:
            self._told(event)

    def _end(self, error: JobFailed | None) -> None:
        stopped = say("The quick classifier has ended unexpectedly; turn it off and on again.")
        self._told(self._last or Ended("failed", error.sentence if error else stopped))
