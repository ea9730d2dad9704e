"""Which label file tells of which image of a YOLO data set.

Ultralytics swaps the last ``images`` in an image's path for ``labels``; Darknet and labelImg keep
the file beside the image; X-AnyLabeling and others have one folder ``labels`` in or beside that of
the images. Each of these places names one file. What is still left is looked for by its stem.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from studio.formats.finding import ImageIndex
from studio.formats.yolo.description import DARKNET, YAML, is_names_file
from studio.formats.yolo.stems import Stems, folded

LABELS = ("labels", "label", "annotations", "annotation")
"""What folders of label files are called."""

_IMAGES = "images"
_LISTS = frozenset({"train", "val", "valid", "validation", "test"})
_OTHER_TEXTS = re.compile("classes|readme.*|license|requirements|" + "|".join(_LISTS), re.I)


@dataclass(slots=True)
class Files:
    """The files below some folders that may say something, in order of path."""

    labels: list[Path] = field(default_factory=list[Path])
    lists: list[Path] = field(default_factory=list[Path])
    descriptions: list[Path] = field(default_factory=list[Path])
    names: list[Path] = field(default_factory=list[Path])

    def add_beside(self, folder: Path) -> None:
        """Take in what lies beside ``folder`` and tells of it, but no labels."""
        above, _, names = next(os.walk(folder.parent), ("", list[str](), list[str]()))
        for path in (Path(above, name) for name in sorted(names)):
            if is_names_file(path) and not is_rows(path):
                self.names.append(path)
            elif path.suffix.lower() in (*YAML, DARKNET):
                self.descriptions.append(path)

    def add_below(self, folder: Path) -> None:
        """Take in those below ``folder``, hidden ones left out."""
        known = {*self.labels, *self.lists, *self.descriptions, *self.names}
        for path in _files_below(folder):
            if path in known:
                continue
            suffix = path.suffix.lower()
            if is_names_file(path) and not is_rows(path):
                self.names.append(path)
            elif suffix == ".txt" and (not _OTHER_TEXTS.fullmatch(path.stem) or is_rows(path)):
                self.labels.append(path)
            elif suffix == ".txt" and path.stem.casefold() in _LISTS:
                self.lists.append(path)
            elif suffix in YAML or suffix == DARKNET:
                self.descriptions.append(path)


def _files_below(folder: Path) -> Iterator[Path]:
    """Links are followed, but each real folder only once."""
    visited: set[str] = set()
    for current, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(current)
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        folders[:] = sorted(name for name in folders if name[0] != "." and name != "__MACOSX")
        yield from (Path(current, name) for name in sorted(names) if name[0] != ".")


def is_rows(path: Path) -> bool:
    """Whether a file begins as label files do: with a class and four numbers or more."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError:  # it is said when the file is read
        return path.suffix.lower() == ".txt"
    lines = start.decode("utf-8-sig", errors="replace").strip().splitlines()
    words = lines[0].replace(",", " ").split()[:5] if lines else []
    try:
        return len([float(word) for word in words]) == 5
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Pairs:
    """Label files by image.

    ``contested`` are those that several images have an equal claim to, ``spare`` those of an
    image that has a better one, each with that image, and ``lost`` those without an image.
    """

    label_of: dict[Path, Path]
    contested: dict[Path, list[Path]]
    spare: dict[Path, Path]
    lost: list[Path]


def paired(index: ImageIndex, files: Iterable[Path], base: Path, listed: Collection[Path]) -> Pairs:
    """Give each label file to the image that it tells of, or to none.

    Of several images of one stem that differ in their extension, the one in ``listed`` is meant.
    """
    labels = {str(path): path for path in files}
    claims = _claims(index.paths, labels)
    pairs = Pairs({}, {}, {}, [])
    claimed: set[Path] = set()
    for label, claiming in claims.items():
        claimed.add(label)
        best = min(claiming)
        images = claiming[best]
        if len(images) > 1:
            images = [image for image in images if image in listed] or images
        if len(images) == 1:
            pairs.label_of[images[0]] = label
        else:
            pairs.contested[label] = images
    left = [label for label in labels.values() if label not in claimed]
    if left:
        _pair_by_stem(left, Stems(index.paths, labels.values(), base), listed, pairs)
    return pairs


def _claims(images: Iterable[Path], labels: dict[str, Path]) -> dict[Path, dict[int, list[Path]]]:
    """For each label file the images that may be its own, by how good a claim they have."""
    by_key: dict[str, Path | None] = {}
    for text, path in labels.items():
        key = folded(text)
        by_key[key] = None if key in by_key else path
    claims: dict[Path, dict[int, list[Path]]] = {}
    for image in images:
        for rank, text in enumerate(_places(image)):
            exact = labels.get(text)
            label = exact or by_key.get(folded(text))
            if label is not None:
                claiming = claims.setdefault(label, {})
                claiming.setdefault(2 * rank + (exact is None), []).append(image)
                break
    return claims


def _places(image: Path) -> Iterator[str]:
    """Where the label file of an image may lie, the likeliest first."""
    for folder in _folders(str(image.parent)):
        yield os.path.join(folder, image.stem + ".txt")  # noqa: PTH118  texts are quicker
        yield os.path.join(folder, image.name + ".txt")  # noqa: PTH118


@lru_cache(maxsize=1024)
def _folders(folder: str) -> tuple[str, ...]:
    path = Path(folder)
    swapped = (counterpart(path, name) for name in LABELS)
    near = (each / name for each in (path, path.parent) for name in LABELS)
    return tuple(dict.fromkeys(map(str, (counterpart(path), path, *swapped, *near))))


def counterpart(folder: Path, name: str = LABELS[0]) -> Path:
    """The folder of labels for one of images: ``name`` in place of the last ``images``."""
    parts = folder.parts
    last = next((i for i in reversed(range(len(parts))) if parts[i].casefold() == _IMAGES), None)
    return folder if last is None else Path(*parts[:last], name, *parts[last + 1 :])


def _pair_by_stem(
    labels: Iterable[Path], stems: Stems, listed: Collection[Path], pairs: Pairs
) -> None:
    """Give each of ``labels`` to the one image of its stem whose folders are its own."""
    for label in labels:
        found = stems.images_of(label)
        free = [image for image in found if image not in pairs.label_of]
        if len(free) > 1:
            free = [image for image in free if image in listed] or free
        if len(free) == 1:
            pairs.label_of[free[0]] = label
        elif free:
            pairs.contested[label] = free
        elif found:
            pairs.spare[label] = found[0]
        elif any(part.casefold() in LABELS for part in label.parts[:-1]) or is_rows(label):
            pairs.lost.append(label)
