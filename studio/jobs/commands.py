"""Hearing the parent's words on a pipe, on every system.

The descriptor is read with ``os.read`` and never through ``sys.stdin``: a thread blocked in a
Python stream aborts the process at its end. On Windows a blocked read would also block every
other use of the pipe, so there it is peeked at.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator

from studio.jobs.protocol import STOP_WORDS

PEEK_S = 0.05
"""Time between two looks at the pipe on Windows."""


def listen(descriptor: int, hear: Callable[[str], None]) -> None:
    """Call ``hear`` with each stop word that arrives, and with "" at the end of the pipe.

    Lines that are no stop word are passed over.
    """
    for line in lines(descriptor):
        word = line.decode("ascii", "replace").strip()
        if word in STOP_WORDS:
            hear(word)
    hear("")


def lines(descriptor: int) -> Iterator[bytes]:
    """The lines that arrive, until the end of the pipe."""
    pending = b""
    while chunk := _read(descriptor):
        *whole, pending = (pending + chunk).split(b"\n")
        yield from whole


if sys.platform == "win32":

    def _read(descriptor: int) -> bytes:
        import ctypes
        import msvcrt
        from ctypes import wintypes

        peek = ctypes.WinDLL("kernel32", use_last_error=True).PeekNamedPipe
        peek.argtypes = (
            wintypes.HANDLE, wintypes.LPVOID, wintypes.DWORD,
            wintypes.LPDWORD, wintypes.LPDWORD, wintypes.LPDWORD,
        )  # fmt: skip
        handle = msvcrt.get_osfhandle(descriptor)
        available = wintypes.DWORD()
        while peek(handle, None, 0, None, ctypes.byref(available), None):
            if available.value:
                return os.read(descriptor, available.value)
            time.sleep(PEEK_S)
        return b""

else:

    def _read(descriptor: int) -> bytes:
        try:
            return os.read(descriptor, 4096)
        except OSError:
            return b""
