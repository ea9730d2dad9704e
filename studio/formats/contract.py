"""What a format is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from studio.domain.imports import ImportBatch, Problem
from studio.domain.project import Split
from studio.errors import Sentence
from studio.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to read a data set.

    ``images`` is the folder of the images where it is not beside the annotations, ``also_in``
    are folders to look in last (those that the project has already). ``names`` is a file of class
    names and ``ignore`` the index of pixels that no class claims, both for index masks.
    ``split`` puts every image into that split.
    """

    images: Path | None = None
    also_in: tuple[Path, ...] = ()
    names: Path | None = None
    ignore: int | None = None
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: the files, how many images they tell of, and what was left out."""

    files: tuple[Path, ...]
    images: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` equal steps, such as images; 0 where nobody knows yet of how many."""

    done: int
    total: int = 0

    def of_part(self, number: int, count: int) -> Progress:
        """The progress of the whole where this is that of part ``number``, from 0, of ``count``."""
        return Progress(number * self.total + self.done, count * self.total)


Reading = Generator[Progress, None, ImportBatch]
Writing = Generator[Progress, None, ExportReport]

ReadFormat = Callable[[Path, ImportOptions], Reading]
"""Reads a file or folder; raises ``FormatError`` where nothing of it can be understood."""

WriteFormat = Callable[[Reader, Path], Writing]
"""Writes a project's labels to a file or folder; raises ``FormatError``.

Closed before its end, it takes back what it has written.
"""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name on the command line, its title, and the ways in and out.

    ``copies`` says that what is written has copies of the images.
    """

    name: str
    title: Sentence
    read: ReadFormat | None = None
    write: WriteFormat | None = None
    copies: bool = True
