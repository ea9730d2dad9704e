"""Which label file tells of which image of a YOLO data set.

Ultralytics swaps the last ``images`` in an image's path for ``labels``; Darknet and labelImg keep
the file beside the image; X-AnyLabeling and others have one folder ``labels`` in or beside that of
the images. Each of these places names one file. What is still left is looked for by its stem.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from studio.domain.project import Split
from studio.formats.finding import ImageIndex, Whereabouts, split_of
from studio.formats.yolo_description import DARKNET, YAML, is_names_file

LABELS = ("labels", "label", "annotations", "annotation")
"""What folders of label files are called."""

_IMAGES = "images"
_LISTS = frozenset({"train", "val", "valid", "validation", "test"})
_SPLIT_FOLDERS = re.compile(
    r"(obj_)?(train(ing)?|val(id(ation)?)?|dev|test(ing)?)(_data|\d{4})?", re.IGNORECASE
)
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
    if len(claimed) < len(labels):
        roots = _Roots(index.paths, labels.values(), base)
        for label in labels.values():
            if label not in claimed:
                _pair_by_stem(label, index, roots, pairs)
    return pairs


def _claims(images: Iterable[Path], labels: dict[str, Path]) -> dict[Path, dict[int, list[Path]]]:
    """For each label file the images that may be its own, by how good a claim they have."""
    folded: dict[str, Path | None] = {}
    for text, path in labels.items():
        key = _key(text)
        folded[key] = None if key in folded else path
    claims: dict[Path, dict[int, list[Path]]] = {}
    for image in images:
        for rank, text in enumerate(_places(image)):
            exact = labels.get(text)
            label = exact or folded.get(_key(text))
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


class _Roots:
    """Where the folders of labels begin, which say nothing of where their images lie.

    A folder without any image below it is one, whatever it is called.
    """

    def __init__(self, images: Iterable[Path], labels: Iterable[Path], base: Path) -> None:
        self._base = base
        folders = {image.parent for image in images}
        self._of_images = {each for folder in folders for each in (folder, *folder.parents)}
        own = [label.parent for label in labels if self._holds(label)]
        self._of_all = Path(os.path.commonpath(own)) if own else base

    def split_of(self, folder: Path) -> Split | None:
        """The split that the folder of a label file speaks of."""
        return split_of(folder.relative_to(self._base)) if self._holds(folder) else None

    def _holds(self, path: Path) -> bool:
        return path.is_relative_to(self._base)

    def fits(self, image: Path, folder: Path) -> bool:
        """Whether the folders of ``image`` are those of a label file in ``folder``.

        Folders that tell a split need not be the same.
        """
        root = self._root(folder)
        if root is None or (self._holds(image) and not image.is_relative_to(root.parent)):
            return False
        below = _without_splits(folder.relative_to(root))
        own = _without_splits(image.parent)
        return not below or own[-len(below) :] == below

    def _root(self, folder: Path) -> Path | None:
        """The uppermost folder that holds no images; None where they lie beside each other."""
        for each in reversed((folder, *folder.parents)):
            if self._holds(each) and each not in self._of_images:
                return each if each != self._base else self._of_all
        return None


def _pair_by_stem(label: Path, index: ImageIndex, roots: _Roots, pairs: Pairs) -> None:
    """Give ``label`` to the one image of its stem that has none, if its folders do not object."""
    where = Whereabouts(split=roots.split_of(label.parent))
    owner = index.with_stem(label.stem, label, where)
    if owner in pairs.label_of and str(label) in _places(owner):
        pairs.spare[label] = owner
        return
    image = index.with_stem(label.stem, label, where, pairs.label_of.keys())
    if image is not None and roots.fits(image, label.parent):
        pairs.label_of[image] = label
    elif any(_key(part) in LABELS for part in label.parts[:-1]) or is_rows(label):
        pairs.lost.append(label)


def _without_splits(folder: Path) -> list[str]:
    return [_key(part) for part in folder.parts if not tells_split(part)]


def tells_split(name: str) -> bool:
    """Whether a folder of that name is the part of a data set that one split is."""
    return _SPLIT_FOLDERS.fullmatch(name) is not None


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
