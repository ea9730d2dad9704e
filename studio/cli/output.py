"""What commands print: results on standard output, everything else on standard error.

Without a terminal the output is plain text, a line each, in UTF-8. Rich is imported only when
something is printed through it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from studio.errors import Sentence

PLAIN_WIDTH = 240
"""Characters a line may have where no terminal sets a limit."""

if TYPE_CHECKING:
    from rich.console import Console


def write_utf8() -> None:
    """Make output that goes into a file or a pipe UTF-8, whatever the system's code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")  # type: ignore[union-attr]


def speaks() -> bool:
    """Whether this process may print: under ``torchrun`` the first of several alone does."""
    return os.environ.get("RANK", "0") == "0"


def console(stderr: bool = False) -> Console:
    """A console that prints names as they are: no markup, and no cutting without a terminal."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else PLAIN_WIDTH
    return Console(
        stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=True, width=width
    )


def say_line(text: str | Sentence) -> None:
    """One line of a result."""
    print(text, flush=True)


def note(text: str | Sentence) -> None:
    """One line beside the result: progress, a reason, a warning."""
    if speaks():
        print(text, file=sys.stderr, flush=True)


def print_json(value: Any) -> None:
    """A result as JSON, in UTF-8 and indented."""
    print(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False), flush=True)


class JsonList:
    """A list as ``print_json`` prints it, but entry by entry; to be closed."""

    def __init__(self) -> None:
        self._last = ""

    @property
    def has_begun(self) -> bool:
        """Whether there is an entry."""
        return bool(self._last)

    def print(self, entry: Any) -> None:
        """Print the entry before this one, now that it is known not to be the last."""
        print(f"{self._last}," if self._last else "[")
        self._last = json.dumps([entry], ensure_ascii=False, indent=1, allow_nan=False)[2:-2]

    def close(self) -> None:
        """Print the last entry and the end of the list."""
        print(f"{self._last}\n]" if self._last else "[]", flush=True)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for the eye: text to the left, numbers to the right."""
    from rich import box
    from rich.table import Table

    cells = [tuple(row) for row in rows]
    frame = box.SIMPLE_HEAD if sys.stdout.isatty() else None
    table = Table(box=frame, pad_edge=False, show_edge=False)
    for index, name in enumerate(columns):
        numbers = any(isinstance(row[index], (int, float)) for row in cells)
        table.add_column(name, justify="right" if numbers else "left", no_wrap=True)
    for row in cells:
        table.add_row(*(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row))
    console().print(table)


@contextmanager
def status(text: str) -> Iterator[Callable[[str], None]]:
    """A line that tells what is going on, on a terminal only; call the result to change it."""
    if not sys.stderr.isatty():
        yield lambda text: None
        return
    with console(stderr=True).status(text) as line:
        yield line.update
