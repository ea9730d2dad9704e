"""Starting the worker on every system, and ending it by force."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from studio import paths
from studio.jobs import protocol
from studio.jobs.protocol import Request

KEPT_JOBS = 20
"""Requests and logs of so many jobs stay in the cache folder."""

# The child looks for modules exactly where its parent does, whatever folder it is started in.
_BOOTSTRAP = "import sys; sys.path[:] = {path!r}; from {module} import main; sys.exit(main())"


def prepare(request: Request) -> Path:
    """Write the request into a file of its own; its log lies beside it, ending in ``.log``."""
    folder = paths.cache_folder() / "jobs"
    folder.mkdir(exist_ok=True)
    _forget_old_jobs(folder)
    kind = type(request).__name__.removesuffix("Request").lower()
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    path = folder / f"{stamp}-{kind}-{uuid4().hex[:8]}.json"
    protocol.save(request, path)
    return path


def _forget_old_jobs(folder: Path) -> None:
    for request in sorted(folder.glob("*.json"))[: 1 - KEPT_JOBS]:
        for path in (request, request.with_suffix(".log")):
            try:
                path.unlink(missing_ok=True)
            except PermissionError:  # Windows: a worker still writes its log
                continue


def start(request: Path) -> subprocess.Popen[bytes]:
    """Start a controlled worker on a prepared request.

    Its events come on ``stdout``, stop words go to ``stdin``, its log beside the request.

    Raises:
        OSError: the system cannot start it.
    """
    log = request.with_suffix(".log")
    return start_module("studio.jobs.worker", [str(request), "--controlled"], log)


def start_module(
    module: str, arguments: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a process of ours that runs the ``main`` of a module; it writes its log to ``log``.

    ``environment`` comes on top of ours.

    Raises:
        OSError: the system cannot start it.
    """
    path = [entry for entry in sys.path if entry]
    bootstrap = _BOOTSTRAP.format(path=path, module=module)
    with log.open("wb") as errors:
        return subprocess.Popen(
            [python(), "-c", bootstrap, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**_environment(), **(environment or {})},
            creationflags=_CREATION_FLAGS,
            start_new_session=sys.platform != "win32",
        )


def python() -> str:
    """The interpreter to start workers with: the one that runs us, with a console of its own."""
    running = Path(sys.executable) if sys.executable else None
    if running is None:
        return shutil.which("python3") or shutil.which("python") or "python3"
    with_console = running.with_name(running.name.lower().replace("pythonw", "python"))
    return str(with_console if with_console.exists() else running)


def _environment() -> dict[str, str]:
    """Ours, with UTF-8 everywhere and one core left to the window."""
    spare = max(1, cores() - 1)
    return {"OMP_NUM_THREADS": str(spare), **os.environ, "PYTHONUTF8": "1"}


def cores() -> int:
    """Cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if sys.platform == "win32":
    _CREATION_FLAGS = (
        subprocess.CREATE_NO_WINDOW
        | subprocess.CREATE_NEW_PROCESS_GROUP
        | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    )

    def kill(process: subprocess.Popen[bytes]) -> None:
        """End the worker and the processes it started, at once."""
        if process.poll() is not None:  # another process may have its number by now
            return
        subprocess.run(
            ["taskkill", "/T", "/F", "/PID", str(process.pid)],
            capture_output=True,
            creationflags=subprocess.CREATE_NO_WINDOW,
        )
        process.kill()

else:
    _CREATION_FLAGS = 0

    def kill(process: subprocess.Popen[bytes]) -> None:
        """End the worker and the processes it started, at once."""
        if process.returncode is not None:
            return
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()


def say_word(process: subprocess.Popen[bytes], word: str) -> None:
    """Send a stop word; nothing happens where the worker has ended meanwhile."""
    try:
        if process.stdin is not None:
            process.stdin.write(word.encode("ascii") + b"\n")
            process.stdin.flush()
    except (OSError, ValueError):
        return


def close(process: subprocess.Popen[bytes]) -> None:
    """Close our ends of the pipes of a process that has ended."""
    for pipe in (process.stdin, process.stdout):
        try:
            if pipe is not None:
                pipe.close()
        except OSError:
            continue


def last_line(log: Path, longest: int = 300) -> str:
    """The last line that is not empty of a log, cut to ``longest`` characters; "" for none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 8192))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return next((line.strip()[:longest] for line in reversed(lines) if line.strip()), "")
