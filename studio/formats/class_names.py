"""Files of class names for index masks: a name a line, or a number and a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from studio.domain.labels import clean_name
from studio.errors import FormatError

FILE_NAMES = ("names.txt", "classes.txt", "class_names.txt", "labels.txt", "label_names.txt")
"""Looked for beside the masks where no file is given."""

BACKGROUND = frozenset({"background", "_background_", "__background__", "bg"})
_NUMBERED = re.compile(r"(\d+)\s*[\s:,;=]\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class ClassNames:
    """Names by pixel value; empty where no names were given, and values name themselves."""

    by_index: Mapping[int, str]

    def __contains__(self, index: int) -> bool:
        return index in self.by_index

    def get(self, index: int) -> str | None:
        """The name of a value, or None where names were given and this one is not among them."""
        return self.by_index.get(index) if self.by_index else str(index)

    def is_background(self, index: int) -> bool:
        """Whether the value means "no object": 0 without names, else a class so called."""
        if not self.by_index:
            return index == 0
        return self.by_index.get(index, "").casefold() in BACKGROUND

    def is_binary(self) -> bool:
        """Whether a mask can only mean "object" and "no object"."""
        return sum(not self.is_background(index) for index in self.by_index) <= 1

    def first(self) -> str | None:
        """The first name that is not the background."""
        return next((self.by_index[i] for i in self.by_index if not self.is_background(i)), None)

    def labels(self, ignore: int | None) -> tuple[str, ...]:
        """The names in order, without background and without the ignored one."""
        return tuple(
            dict.fromkeys(
                name
                for index, name in self.by_index.items()
                if index != ignore and not self.is_background(index)
            )
        )


def read(path: Path | None) -> ClassNames:
    """Read a file of names; without one, an empty ``ClassNames``.

    A line is a name, and its number among the lines (from 0) the index; or every line is
    ``index name``, ``index: name`` or ``index,name``. Empty lines at the end do not count.

    Raises:
        FormatError: it cannot be opened, is not text, or says an index twice.
    """
    if path is None:
        return ClassNames({})
    try:
        lines = path.read_bytes().decode("utf-8-sig").rstrip().splitlines()
    except OSError as error:
        raise FormatError(
            "{file} cannot be opened: {reason}.", file=path, reason=error.strerror
        ) from error
    except UnicodeDecodeError as error:
        raise FormatError("{file} is not in UTF-8; save it as such.", file=path) from error
    numbered = [_NUMBERED.fullmatch(line.strip()) for line in lines if line.strip()]
    if not numbered:
        raise FormatError("{file} holds no class names.", file=path)
    names: dict[int, str] = {}
    if all(numbered):
        for match in numbered:
            assert match is not None
            index = int(match[1])
            if index in names:
                raise FormatError("{file} names index {index} twice.", file=path, index=index)
            names[index] = clean_name(match[2])
        return ClassNames(dict(sorted(names.items())))
    names = {index: clean_name(line) for index, line in enumerate(lines) if line.strip()}
    return ClassNames(names)
