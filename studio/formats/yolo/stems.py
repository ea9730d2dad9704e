"""Finding the images that a label file may be about by its stem, wherever it lies.

A folder without any image below it is one of labels, whatever it is called, and says nothing of
where its images lie. The folders below it do: ``txt/a/1.txt`` is not about ``photos/b/1.jpg``.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

from studio.domain.project import Split
from studio.formats.finding import split_of

_SPLIT_FOLDERS = re.compile(
    r"(obj_)?(train(ing)?|val(id(ation)?)?|dev|test(ing)?)(_data|\d{4})?", re.IGNORECASE
)
_UPLOADED = re.compile(r"[0-9a-f]{8}-(.+)", re.DOTALL)
"""Label Studio puts such a prefix before the name of a file that it is given."""


class Stems:
    """Images by stem and folder."""

    def __init__(self, images: Iterable[Path], labels: Iterable[Path], base: Path) -> None:
        """``base`` is the folder of the data set; images may lie elsewhere too."""
        self._base = base
        self._by_stem: dict[str, list[Path]] = {}
        self._by_folder: dict[Path, dict[str, list[Path]]] = {}
        self._folders_of: dict[Path, Collection[Path]] = {}
        for image in images:
            stem = folded(image.stem)
            self._by_stem.setdefault(stem, []).append(image)
            self._by_folder.setdefault(image.parent, {}).setdefault(stem, []).append(image)
        self._below: dict[Path, list[Path]] = {}
        self._elsewhere: list[Path] = []
        for folder in self._by_folder:
            if not self._holds(folder):
                self._elsewhere.append(folder)
            for each in (folder, *folder.parents):
                self._below.setdefault(each, []).append(folder)
        own = [label for label in labels if self._holds(label)]
        self._of_all = Path(os.path.commonpath([label.parent for label in own] or [base]))
        self._as_given = Counter(_as_given(label.stem) for label in own)

    def images_of(self, label: Path) -> list[Path]:
        """The images that ``label`` may be about; those in the data set's folder go first."""
        folders = self._folders_of.get(label.parent)
        if folders is None:
            folders = self._folders_of[label.parent] = set(self._folders(label.parent))
        found = self._in(folders, folded(label.stem))
        given = _as_given(label.stem)
        if not found and self._as_given[given] == 1:
            found = self._in(folders, given)
        return [image for image in found if self._holds(image)] or found

    def _in(self, folders: Collection[Path], stem: str) -> list[Path]:
        """The images with ``stem`` in any of ``folders``."""
        alike = self._by_stem.get(stem, ())
        if len(alike) <= len(folders):
            return [image for image in alike if image.parent in folders]
        places = (self._by_folder[folder].get(stem, ()) for folder in folders)
        return [image for images in places for image in images]

    def _holds(self, path: Path) -> bool:
        return path.is_relative_to(self._base)

    def _folders(self, folder: Path) -> Iterable[Path]:
        """The folders of images that a label file in ``folder`` may be about."""
        root = self._root(folder)
        if root is None:
            return [folder] if folder in self._by_folder else []
        below = _without_splits(folder.relative_to(root))
        split = self._split_of(folder)
        return (
            each
            for each in (*self._below.get(root.parent, ()), *self._elsewhere)
            if (not below or _without_splits(each)[-len(below) :] == below)
            and (split is None or self._split_of(each) in (split, None))
        )

    def _root(self, folder: Path) -> Path | None:
        """The uppermost folder that holds no images; None where they lie beside each other."""
        for each in reversed((folder, *folder.parents)):
            if self._holds(each) and each not in self._below:
                return each if each != self._base else self._of_all
        return None

    def _split_of(self, folder: Path) -> Split | None:
        """The split that a folder speaks of; ``None`` agrees with any."""
        if self._holds(folder):
            return split_of(folder.relative_to(self._base))
        return split_of(Path(folder.name)) if tells_split(folder.name) else None


def _as_given(stem: str) -> str:
    found = _UPLOADED.fullmatch(stem)
    return folded(found[1] if found else stem)


def _without_splits(folder: Path) -> list[str]:
    return [folded(part) for part in folder.parts if not tells_split(part)]


def tells_split(name: str) -> bool:
    """Whether a folder of that name is the part of a data set that one split is."""
    return _SPLIT_FOLDERS.fullmatch(name) is not None


def folded(text: str) -> str:
    """``text`` for comparing names, as where upper and lower case are one."""
    return unicodedata.normalize("NFC", text).casefold()
