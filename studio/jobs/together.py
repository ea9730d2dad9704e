"""One training in several processes on this machine, a device each, told by the first of them.

torch's own launcher starts them, and ends all where one of them dies.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue

from studio import errors
from studio.errors import JobFailed
from studio.jobs import launch
from studio.jobs.protocol import Request
from studio.learning.events import Ended, Event, Heartbeat, Stopping, loads

LISTEN_S = 0.2
"""A stop word waits so long at most until it is passed on."""
EXIT_S = 20.0
"""Longer than that nobody waits for processes that have nothing more to say."""


def start(request: Request, count: int, should_stop: Callable[[], str]) -> Iterator[Event]:
    """The events of ``request`` in ``count`` processes; the last one is ``Ended``.

    Raises:
        StudioError: the user can put right what failed, or the processes ended without a word.
    """
    path = launch.prepare(request)
    log = path.with_suffix(".log")
    command = (
        "--standalone", f"--nproc-per-node={count}", "-m", "studio.jobs.worker",
        str(path), "--controlled",
    )  # fmt: skip
    process = launch.start_module("torch.distributed.run", command, log, _environment(count))
    try:
        for event in _events(process, should_stop):
            if isinstance(event, Ended):
                yield _sound(event)
                return
            if not isinstance(event, (Heartbeat, Stopping)):
                yield event
    finally:
        _end(process)
    raise _lost(count, log)


def _environment(count: int) -> dict[str, str]:
    """The cores divided among the processes, and modules found where this one finds them."""
    threads = max(1, launch.cores() // count)
    return {
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", str(threads)),
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
        "USE_LIBUV": "0",  # torch for Windows is built without
    }


def _events(process: subprocess.Popen[bytes], should_stop: Callable[[], str]) -> Iterator[Event]:
    """What the first process tells; stop words are passed on meanwhile."""
    lines: Queue[bytes] = Queue()
    threading.Thread(target=_read, args=(process, lines), daemon=True).start()
    said = ""
    while True:
        if (word := should_stop()) != said:
            said = word
            launch.say_word(process, word)
        try:
            line = lines.get(timeout=LISTEN_S)
        except Empty:
            continue
        if not line:
            return
        yield loads(line.decode("utf-8", "surrogateescape"))


def _read(process: subprocess.Popen[bytes], lines: Queue[bytes]) -> None:
    """Every line as it comes, and an empty one at the end."""
    if process.stdout is not None:
        for line in process.stdout:
            lines.put(line)
    lines.put(b"")


def _sound(ended: Ended) -> Ended:
    """``ended``, where it is no failure that the engine would have raised in this process."""
    kind = getattr(errors, ended.code, None) if ended.code else None
    if kind is not None:
        raise kind.of(ended.sentence)
    return ended


def _lost(count: int, log: Path) -> JobFailed:
    return JobFailed(
        "The {count} processes ended without a result. Details are in {log}; a run that was begun "
        "can be continued.",
        count=count,
        log=log,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Wait for the processes; end them where somebody would rather not."""
    try:
        process.wait(EXIT_S if sys.exc_info()[0] is None else 0)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.terminate()  # the launcher ends the others first
        try:
            process.wait(EXIT_S)
        except subprocess.TimeoutExpired:
            launch.kill(process)
    launch.close(process)
