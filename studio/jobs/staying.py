"""A child process that stays: it is started once, and asked any number of things.

This is the window's side; the child's is ``serving.py``.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Any

from studio import paths
from studio.errors import JobFailed
from studio.jobs import launch


class StayingChild:
    """A process of ours that runs the ``main`` of ``module``; ``name`` is its log's.

    Any thread may call its methods, of which only ``close`` waits. On a thread of its own
    ``take_line`` is given each line that the child says. Where it ends by itself ``ended`` is
    called, with why it could not be started, or None. A child that was dismissed tells nothing.
    """

    def __init__(
        self,
        module: str,
        arguments: Sequence[str],
        name: str,
        take_line: Callable[[bytes], object],
        ended: Callable[[JobFailed | None], object],
    ) -> None:
        self._command = module, arguments
        self._name = name
        self._take_line = take_line
        self._ended = ended
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._unsent: SimpleQueue[bytes | None] = SimpleQueue()
        self._is_dismissed = False
        self._reader = threading.Thread(target=self._run, name=name, daemon=True)
        self._reader.start()

    def send(self, message: Any) -> None:
        """Have the child hear a message, as JSON, as soon as it runs."""
        self._unsent.put(json.dumps(message).encode("ascii") + b"\n")

    def dismiss(self) -> None:
        """End the child, whatever it is doing, and do not wait until it is gone."""
        with self._lock:
            self._is_dismissed = True
            if self._process:
                launch.kill(self._process)

    def close(self) -> None:
        """End the child; afterwards it is gone."""
        self.dismiss()
        self._reader.join()

    # On threads of its own --------------------------------------------------------------------

    def _run(self) -> None:
        failure: JobFailed | None = None
        try:
            process = self._start()
        except OSError as error:
            failure = JobFailed("The background process cannot start: {why}.", why=error)
        else:
            self._listen(process)
        if not self._is_dismissed:
            self._ended(failure)

    def _start(self) -> subprocess.Popen[bytes]:
        folder = paths.cache_folder() / "jobs"
        folder.mkdir(exist_ok=True)
        process = launch.start_module(*self._command, folder / f"{self._name}.log")
        with self._lock:
            self._process = process
            if self._is_dismissed:
                launch.kill(process)
        return process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        writer = threading.Thread(target=self._write, args=(process,), daemon=True)
        writer.start()
        for line in process.stdout or ():
            # One without an end was cut off when the child was killed.
            if line.endswith(b"\n") and not self._is_dismissed:
                self._take_line(line)
        process.wait()
        self._unsent.put(None)
        writer.join()
        with self._lock:
            launch.close(process)

    def _write(self, process: subprocess.Popen[bytes]) -> None:
        """Hand over what is sent; a child that does not listen makes nobody else wait."""
        while process.stdin and (line := self._unsent.get()) is not None:
            try:
                process.stdin.write(line)
                process.stdin.flush()
            except OSError:  # it has ended; the reader is about to notice
                return
