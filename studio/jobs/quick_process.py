"""The quick classifier as the window uses it: one child process that stays. Nothing here waits."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from studio import paths
from studio.errors import Sentence, say
from studio.jobs import launch
from studio.learning.events import Ended, Event, loads

MODULE = "studio.jobs.quick_worker"


class QuickProcess:
    """The child for the project in folder ``project``.

    ``told`` is called with its events on a thread of its own; after ``Ended`` nothing comes.
    """

    def __init__(self, project: Path, told: Callable[[Event], object]) -> None:
        self._project = project
        self._told = told
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._unsent = b""
        self._is_closed = False
        self._reader = threading.Thread(target=self._run, name="quick", daemon=True)
        self._reader.start()

    def want(self, image_ids: Sequence[int]) -> None:
        """Learn what is new and predict on these images; with none it rests."""
        with self._lock:
            self._unsent = json.dumps(list(image_ids)).encode("ascii") + b"\n"
            self._flush()

    def dismiss(self) -> None:
        """End the child, whatever it is doing, without waiting; nothing is told any more."""
        with self._lock:
            self._is_closed = True
            if self._process:
                launch.kill(self._process)

    def close(self) -> None:
        """As ``dismiss``; afterwards the child is gone."""
        self.dismiss()
        self._reader.join()

    def _flush(self) -> None:
        """Write what waits, if the child runs."""
        if self._process is None or self._process.stdin is None:
            return
        try:
            self._process.stdin.write(self._unsent)
            self._process.stdin.flush()
        except (OSError, ValueError):  # it has ended; the reader is about to notice
            return
        self._unsent = b""

    # On the thread of its own -----------------------------------------------------------------

    def _run(self) -> None:
        failure: Sentence | None = None
        ended: Ended | None = None
        try:
            process = self._start()
        except OSError as error:
            failure = say("The background process cannot start: {why}.", why=error)
            process = None
        if process and process.stdout:
            for line in process.stdout:
                event = loads(line.decode("utf-8", "surrogateescape"))
                if isinstance(event, Ended):
                    ended = event
                elif not self._is_closed:
                    self._told(event)
            process.wait()
            with self._lock:
                launch.close(process)
        if not self._is_closed:
            stopped = say("The quick classifier has ended unexpectedly; turn it off and on again.")
            self._told(ended or Ended("failed", failure or stopped))

    def _start(self) -> subprocess.Popen[bytes] | None:
        folder = paths.cache_folder() / "jobs"
        folder.mkdir(exist_ok=True)
        with self._lock:
            if self._is_closed:
                return None
            log = folder / "quick.log"
            self._process = launch.start_module(MODULE, [str(self._project)], log)
            self._flush()
            return self._process
