"""What a YOLO data set says of itself: its classes, its keypoints and its splits.

Ultralytics says it in a ``data.yaml``: ``names`` by number, ``train``, ``val`` and ``test`` as
folders or lists of images, ``kpt_shape`` and ``kpt_names``. Darknet says it in an ``obj.data`` of
lines ``key = value``. Others have class names alone, a name a line: ``classes.txt`` (labelImg,
X-AnyLabeling), ``obj.names`` (CVAT), ``_darknet.labels`` (Roboflow), and Label Studio has a
``notes.json`` too.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, cast

import yaml

from studio.domain.labels import clean_name
from studio.domain.project import Split
from studio.errors import FormatError, Sentence, say
from studio.formats.finding import Problems, readable
from studio.formats.reading import read_bytes, read_text

YAML = frozenset({".yaml", ".yml"})
DARKNET = ".data"

_SPLITS = {"train": Split.TRAIN, "val": Split.VAL, "valid": Split.VAL, "test": Split.TEST}
_NAMES_FILES = ("classes.txt", "obj.names", "notes.json")
_NAMES_SUFFIXES = (".names", ".labels")
_MOST_BYTES = 1 << 20
_NUMBER = re.compile(r"\d{1,9}")
_DRIVE = re.compile(r"[A-Za-z]:")
_MOST_KEYPOINTS = 10_000

Say = Callable[[str, Sentence], None]
"""Takes a problem: the place in the file, and the sentence."""


@dataclass(frozen=True, slots=True)
class Keypoints:
    """What a row of a pose data set has after its box: ``count`` points of ``dims`` numbers.

    ``names`` are by class; a data set need not name them.
    """

    count: int
    dims: int
    names: Mapping[int, tuple[str, ...]]

    @property
    def numbers(self) -> int:
        """How many numbers a row has after its class."""
        return 4 + self.count * self.dims

    def places(self, class_id: int) -> tuple[str, ...]:
        """What the points of a class are called; none where nothing is said."""
        names = self.names.get(class_id, ())[: self.count]
        return (*names, *map(str, range(len(names) + 1, self.count + 1))) if names else ()


@dataclass(frozen=True, slots=True)
class Description:
    """What ``file`` says; ``parts`` are the folders of images, and files listing them, by split.

    ``root`` is the folder of the data set: that of the file, or one below it.
    """

    file: Path
    names: Mapping[int, str]
    parts: Mapping[Split, tuple[Path, ...]]
    root: Path
    keypoints: Keypoints | None = None


UNDESCRIBED = Description(Path(), {}, {}, Path())
"""Of a data set that says nothing of itself."""


def describe(file: Path, problems: Problems) -> Description | None:
    """What ``file`` says of a data set; None where it is about something else.

    Raises:
        FormatError: it cannot be read.
    """

    def note(place: str, sentence: Sentence) -> None:
        problems.add(file, place, sentence)

    if file.suffix.lower() == DARKNET:
        return _darknet(file, note)
    fields = _yaml_fields(file)
    if not isinstance(fields.get("names"), (list, dict)):
        return None
    names = _names(fields["names"], note)
    said = fields.get("nc")
    if isinstance(said, str) and said.strip() and said.strip() != str(len(names)):
        sentence = say(
            "it says {said} classes, but names {count}; those that it names were taken",
            said=readable(said),
            count=len(names),
        )
        note("nc", sentence)
    told = fields.get("path")
    path = told.strip().replace("\\", "/") if isinstance(told, str) else ""
    parts = _parts(file, fields, path, note)
    return Description(
        file, names, parts, _root(file.parent, path), _keypoints(fields, names, note)
    )


# data.yaml -------------------------------------------------------------------------------------


def _yaml_fields(file: Path) -> Mapping[str, Any]:
    """The fields, every scalar in them a text as it stands; none where it is no mapping."""
    try:
        size = file.stat().st_size
    except OSError:
        size = 0  # it is said when the file is opened
    if size > _MOST_BYTES:
        raise FormatError("{file} is too large to describe a data set.", file=readable(str(file)))
    try:
        # Texts, lists and mappings are all that this loader makes: "yes" and "1" stay names.
        found = yaml.load(read_text(file).removeprefix("\ufeff"), yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise FormatError(
            "{file} is not valid YAML: {reason}.", file=readable(str(file)), reason=readable(reason)
        ) from error
    return cast(Mapping[str, Any], found) if isinstance(found, dict) else {}


def _numbered(value: Any) -> Iterator[tuple[str, Any]]:
    """The items of a list or mapping with their numbers, as texts."""
    if isinstance(value, list):
        yield from ((str(number), each) for number, each in enumerate(cast(list[Any], value)))
    elif isinstance(value, dict):
        items = cast(Mapping[Any, Any], value).items()
        yield from ((key.strip() if isinstance(key, str) else "", each) for key, each in items)


def _names(value: Any, note: Say) -> dict[int, str]:
    names: dict[int, str] = {}
    seen: dict[str, int] = {}
    for key, each in _numbered(value):
        place = f"names[{readable(key)}]"
        if not _NUMBER.fullmatch(key):
            note(place, say("this is no number of a class; its name was left out"))
            continue
        number = int(key)
        name = clean_name(readable(each)) if isinstance(each, str) else ""
        if not name:
            note(place, say("the class has no name; its number is used"))
        names[number] = name or str(number)
        first = seen.setdefault(names[number].casefold(), number)
        if first != number:
            sentence = say(
                "classes {first} and {number} have the same name; they became one",
                number=number,
                first=first,
            )
            note(place, sentence)
    return dict(sorted(names.items()))


def _keypoints(fields: Mapping[str, Any], classes: Iterable[int], note: Say) -> Keypoints | None:
    shape = fields.get("kpt_shape")
    if shape is None:
        return None
    told = [text for _, text in _numbered(shape)]
    numbers = [int(t) for t in told if isinstance(t, str) and _NUMBER.fullmatch(t.strip())]
    sane = len(told) == len(numbers) == 2 and 1 <= numbers[0] <= _MOST_KEYPOINTS
    if not sane or numbers[1] not in (2, 3):
        note(
            "kpt_shape",
            say("this should be how many keypoints there are, and 2 or 3 numbers for each"),
        )
        return None
    called = dict(_numbered(fields.get("kpt_names")))
    if called and all(isinstance(name, str) for name in called.values()):
        called = {str(number): list(called.values()) for number in classes}
    names = {
        int(key): tuple(readable(str(name)) for name in cast(list[Any], each))
        for key, each in called.items()
        if _NUMBER.fullmatch(key) and isinstance(each, list)
    }
    return Keypoints(numbers[0], numbers[1], names)


# Splits ----------------------------------------------------------------------------------------


def _parts(
    file: Path, fields: Mapping[str, Any], root: str, note: Say
) -> dict[Split, tuple[Path, ...]]:
    parts: dict[Split, list[Path]] = {}
    for key, split in _SPLITS.items():
        value = fields.get(key)
        told = cast(list[Any], value) if isinstance(value, list) else [value]
        for text in (each for each in told if isinstance(each, str) and each.strip()):
            path = _located(file.parent, root, text.strip())
            if path is not None:
                parts.setdefault(split, []).append(path)
            elif text.strip().lower().endswith(".txt"):
                note(key, say("{name} was not found", name=readable(text)))
    return {split: tuple(paths) for split, paths in parts.items()}


def _located(home: Path, root: str, text: str) -> Path | None:
    """The folder or file that ``text`` means in a description that lies in ``home``.

    What lies with the description goes before ``root``, which may be of another machine or of
    another copy. Roboflow counts ``../train/images`` from a folder that is not there.
    """
    text = text.replace("\\", "/")
    told = [f"{root}/{text}", text] if root and not _is_absolute(text) else [text]
    ways = [home / each for each in told if not _is_absolute(each)]
    if text.startswith("../"):
        ways.append(home / text[3:])
    ways += _ends_of(home, text)
    ways += [Path(each) for each in told if _is_absolute(each)]
    return next((path for path in ways if _exists(path)), None)


def _root(home: Path, path: str) -> Path:
    """The folder below ``home`` that ``path`` names, or ``home``."""
    root = Path(os.path.normpath(home / path))
    return root if root.is_relative_to(home) and _exists(root) and root.is_dir() else home


def beside(home: Path, text: str) -> Path | None:
    """What ``text`` names from ``home``; of a path of another machine the longest end that is."""
    text = text.replace("\\", "/")
    first = [] if _is_absolute(text) else [home / text]
    return next((path for path in (*first, *_ends_of(home, text)) if _exists(path)), None)


def _is_absolute(text: str) -> bool:
    return text.startswith("/") or bool(_DRIVE.match(text))


def _ends_of(home: Path, text: str) -> Iterator[Path]:
    parts = [part for part in PurePosixPath(text).parts if part not in ("/", "//", "..")]
    for start in range(len(parts)):
        yield home.joinpath(*parts[start:])


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long, or with a zero byte
        return False


# Darknet, and names alone ----------------------------------------------------------------------


def _darknet(file: Path, note: Say) -> Description | None:
    fields: dict[str, str] = {}
    for line in read_text(file).removeprefix("\ufeff").splitlines():
        key, equals, value = line.partition("=")
        if equals:
            fields[key.strip().casefold()] = value.strip()
    if not fields.keys() & {"names", *_SPLITS}:
        return None
    names: Mapping[int, str] = {}
    if "names" in fields:
        path = beside(file.parent, fields["names"])
        if path is not None and path.is_file():
            names = names_in(path, note)
        else:
            note("names", say("{name} was not found", name=readable(fields["names"])))
    return Description(file, names, _parts(file, fields, "", note), file.parent)


def is_names_file(path: Path) -> bool:
    """Whether a file of that name tells class names."""
    name = path.name.casefold()
    return name in _NAMES_FILES or name.endswith(_NAMES_SUFFIXES)


def first_of_names(paths: Iterable[Path]) -> Path | None:
    """Of files of names in one folder the one to be believed."""

    def rank(path: Path) -> tuple[int, str]:
        name = path.name.casefold()
        return (_NAMES_FILES.index(name) if name in _NAMES_FILES else len(_NAMES_FILES) - 1), name

    return min(paths, key=rank, default=None)


def names_in(path: Path, note: Say) -> dict[int, str]:
    """The class names of a file that has nothing else, by number.

    Raises:
        FormatError: it cannot be read.
    """
    if path.suffix.lower() == ".json":
        return _names_of_label_studio(path, note)
    lines = read_text(path).removeprefix("\ufeff").rstrip().splitlines()
    return _names(lines, note) if lines else {}


def _names_of_label_studio(path: Path, note: Say) -> dict[int, str]:
    try:
        document = json.loads(read_bytes(path).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FormatError(
            "{file} is not valid JSON: {reason}.", file=readable(str(path)), reason=error
        ) from error
    told = cast(Mapping[str, Any], document).get("categories") if isinstance(document, dict) else ()
    entries = cast(list[Any], told) if isinstance(told, list) else []
    categories = [cast(Mapping[str, Any], each) for each in entries if isinstance(each, dict)]
    return _names({str(each.get("id")): each.get("name") for each in categories}, note)
