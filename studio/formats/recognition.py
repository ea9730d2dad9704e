"""Which format a data set is in, told from the names and beginnings of its files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from studio.formats.finding import is_file, split_named
from studio.formats.masks.class_masks import MASK_FOLDER, MASK_SUFFIXES
from studio.formats.masks.files import mask_core
from studio.storage.folder import is_project
from studio.vision import images

MOST_FILES = 20_000
"""Of so many files the names are looked at."""
MOST_READ = 20
"""Of so many files of a kind beginning and end are read."""
PART_BYTES = 1 << 14

_NOT_YET = re.compile(r"(?<![a-z])(un|not|to)[ _-]?(be[ _-])?(label|annot)", re.IGNORECASE)
"""Folders that are called so hold pictures without labels."""

_WORDS: Sequence[tuple[str, str, bytes]] = (
    ("yolo", ".yaml", rb"(^|[{,]\s*)names\s*:"),
    ("yolo", ".yml", rb"(^|[{,]\s*)names\s*:"),
    (
        "labelme",
        ".json",
        rb'(?s)"shapes"\s*:.*"image(Path|Height)"|"image(Path|Data)".*"shapes"\s*:',
    ),
    ("coco", ".json", rb'"(images|annotations|categories)"\s*:'),
    ("cvat", ".xml", rb"<annotations\b"),
    ("voc", ".xml", rb"<annotation\b"),
    ("yolo", ".txt", rb"\A\s*\d+([ \t]+-?\d*\.?\d+(e-?\d+)?){4,}\s*$"),
    ("csv", ".csv", rb"(?i)\A[^\n]*(label|class|category|tag)"),
)
"""A format, and what its files with an ending have somewhere; the first that fits is taken."""

ShouldStop = Callable[[], bool]


def recognise(source: Path, should_stop: ShouldStop = lambda: False) -> str | None:
    """The format that ``source``, a file or folder, is most likely in; None where nothing tells.

    Projects within it are passed over, as a scan does.
    """
    if is_file(source):
        return _by_words([source], should_stop)
    if is_project(source):
        return None
    files = list(islice(_files(source, should_stop), MOST_FILES))
    return _by_words(files, should_stop) or _by_places(source, files)


def _files(folder: Path, should_stop: ShouldStop) -> Iterator[Path]:
    """Files from the top down, hidden ones left out."""
    folders = [folder]
    for current in folders:  # to which those below are added
        found: list[os.DirEntry[str]] = []
        try:
            for entry in os.scandir(current):
                if should_stop():
                    return
                found.append(entry)
        except OSError:
            continue
        for entry in sorted(found, key=lambda entry: entry.name):
            if entry.name.startswith(".") or entry.name == "__MACOSX":
                continue
            if not entry.is_dir(follow_symlinks=False):
                if is_file(Path(entry.path)):
                    yield Path(entry.path)
            elif not is_project(Path(entry.path)):
                folders.append(Path(entry.path))


def _by_words(files: Iterable[Path], should_stop: ShouldStop) -> str | None:
    parts: dict[str, list[bytes]] = {suffix: [] for _, suffix, _ in _WORDS}
    for path in files:
        found = parts.get(path.suffix.lower())
        if found is not None and len(found) < MOST_READ:
            if should_stop():
                return None
            if part := _beginning_and_end(path):  # an empty one tells nothing
                found.append(part)
    for name, suffix, word in _WORDS:
        if any(re.search(word, part, re.MULTILINE) for part in parts[suffix]):
            return name
    return None


def _beginning_and_end(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            beginning = file.read(PART_BYTES)
            file.seek(max(PART_BYTES, path.stat().st_size - PART_BYTES))
            return beginning.removeprefix(b"\xef\xbb\xbf") + file.read(PART_BYTES)
    except OSError:
        return b""


def _by_places(source: Path, files: Sequence[Path]) -> str | None:
    """By where the images lie, and how they are called."""
    pictures = [path for path in files if path.suffix.lower() in images.EXTENSIONS]
    possible = [path for path in pictures if path.suffix.lower() in MASK_SUFFIXES]
    folders = {path.parent.relative_to(source) for path in possible}
    parts = {part for folder in folders for part in folder.parts}
    if any(MASK_FOLDER.search(part) and not _NOT_YET.search(part) for part in parts):
        return "masks"
    stems = {(path.parent, path.stem) for path in pictures}
    cores = ((path, mask_core(path.stem)) for path in possible)
    if any(core != path.stem and (path.parent, core) in stems for path, core in cores):
        return "masks"
    below = {path.parent.relative_to(source).parts for path in pictures}
    classes = {parts[-1] for parts in below if parts and split_named(parts[-1]) is None}
    return "imagefolder" if len(classes) > 1 else None
