"""Files of class names for index masks: a name a line, perhaps with its number and a colour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.domain.labels import clean_name
from studio.errors import FormatError
from studio.formats.finding import readable
from studio.formats.reading import read_text

FILE_NAMES = ("names.txt", "classes.txt", "class_names.txt", "labels.txt", "label_names.txt")
"""Looked for beside the masks where no file is given."""

BACKGROUND = frozenset({"background", "_background_", "__background__", "bg"})

_BEFORE_ALL = "__ignore__"
"""What a list of labelme's begins with, before the background, which is 0 there all the same."""

_GAP = r" ?[ :,;=] ?"
_COLOUR = rf"\d+{_GAP}\d+{_GAP}\d+"
_INDEX = r"(?P<index>\d+)"
_NAME = r"(?P<name>[^\d :,;=].*?)"
_NUMBERED = re.compile(rf"{_INDEX}{_GAP}(?P<name>\S.*)")
_NUMBERED_AFTER = re.compile(rf"{_NAME}{_GAP}{_INDEX}")
_LAYOUTS = (
    re.compile(rf"{_INDEX}{_GAP}{_COLOUR}{_GAP}{_NAME}"),
    re.compile(rf"{_COLOUR}{_GAP}{_NAME}"),
    re.compile(rf"{_INDEX}{_GAP}{_NAME}{_GAP}{_COLOUR}"),
    re.compile(rf"{_NAME}{_GAP}{_COLOUR}"),
    _NUMBERED,
    _NUMBERED_AFTER,
)
"""What every line may look like, white space folded; without an index the order counts."""

_HEADS_OF_INDICES = frozenset({"index", "id", "value", "number", "class_id", "label_id"})
_HEADS_OF_NAMES = frozenset({"name", "class", "label", "category", "class_name", "label_name"})
_HEADS_OF_COLOURS = (frozenset({"r", "g", "b"}), frozenset({"red", "green", "blue"}))


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

    A line is a name, and its number among the lines (from 0) the index; or every line tells the
    index, as ``index name``, ``index,name``, ``index: name`` or ``name index``. A colour of three
    numbers is passed over, and so are a header and lines that begin with ``#``. Neither count
    empty lines at the end, nor labelme's ``__ignore__`` before the background.

    Raises:
        FormatError: it cannot be opened, is not text, says an index twice, or tells the index in
            some lines only.
    """
    if path is None:
        return ClassNames({})
    lines = _lines(path)
    told = {number: line for number, line in lines.items() if line}
    if not told:
        raise FormatError("{file} holds no class names.", file=readable(str(path)))
    for layout in _LAYOUTS:
        found = [match for line in told.values() if (match := layout.fullmatch(line))]
        if len(found) < len(told) or (layout is _NUMBERED_AFTER and not _tells_apart(found)):
            continue
        if "index" in layout.groupindex:
            return _numbered(path, found)
        return _in_order(layout.sub(r"\g<name>", line) for line in lines.values())
    bare = [number for number, line in told.items() if not _NUMBERED.fullmatch(line)]
    if len(bare) < len(told):
        raise FormatError(
            "Line {line} of {file} is not an index and a name, as other lines are; "
            "give every line an index, or none.",
            line=bare[0],
            file=readable(str(path)),
        )
    return _in_order(lines.values())


def _lines(path: Path) -> dict[int, str]:
    """The lines by number from 1, white space folded, without comments and header."""
    text = read_text(path).removeprefix("\ufeff").rstrip()
    numbered = enumerate(map(clean_name, text.splitlines()), start=1)
    lines = {number: line for number, line in numbered if not line.startswith("#")}
    first = next((number for number, line in lines.items() if line), None)
    if first is not None and _is_header(lines[first]):
        lines = {number: line for number, line in lines.items() if number > first}
    return lines


def _is_header(line: str) -> bool:
    words = set(re.split(r"[ :,;=]+", line.casefold()))
    colours = next((each for each in _HEADS_OF_COLOURS if each <= words), frozenset[str]())
    if not words <= _HEADS_OF_INDICES | _HEADS_OF_NAMES | colours:
        return False
    return bool(words & _HEADS_OF_NAMES and (words & _HEADS_OF_INDICES or colours))


def _tells_apart(found: Sequence[re.Match[str]]) -> bool:
    """Whether numbers after names are indices: "level 1" and "level 2" are names as they are."""
    return all(len({match[group] for match in found}) == len(found) for group in ("name", "index"))


def _numbered(path: Path, found: Iterable[re.Match[str]]) -> ClassNames:
    names: dict[int, str] = {}
    for match in found:
        index = int(match["index"])
        if index in names:
            raise FormatError(
                "{file} names index {index} twice.", file=readable(str(path)), index=index
            )
        names[index] = match["name"]
    return ClassNames(dict(sorted(names.items())))


def _in_order(lines: Iterable[str]) -> ClassNames:
    names = list(lines)
    if names[0] == _BEFORE_ALL and names[1:] and names[1].casefold() in BACKGROUND:
        del names[0]
    return ClassNames({index: name for index, name in enumerate(names) if name})
