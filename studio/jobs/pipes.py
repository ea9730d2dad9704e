"""What every child process of the window does first: it takes its pipes for itself."""

from __future__ import annotations

import io
import os
import sys


def take_over_pipes(controlled: bool) -> tuple[int, int | None]:
    """Private descriptors for events and commands; 0 is then the null device and 1 is stderr."""
    sys.stdout.flush()
    events = os.dup(1)
    commands = os.dup(0) if controlled else None
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    return events, commands
