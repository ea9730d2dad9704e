"""Finding the images that the files of a data set speak of."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from studio.domain.imports import Problem
from studio.domain.project import Split
from studio.errors import FormatError, Sentence
from studio.vision import images

_SPLIT = re.compile(
    r"(?<![a-z])((?P<train>train(ing)?)|(?P<val>val(id(ation)?)?|dev)|(?P<test>test(ing)?))"
    r"(?=$|[^a-z]|annot|mask|label|gt|seg|im(g|age)|set|data)",
    re.IGNORECASE,
)

_DRAWN_OVER = re.compile(r"visuali[sz]ation", re.IGNORECASE)
"""Folders like ``AnnotationsVisualization`` of labelme's converters, with labels painted in."""

_OF_ANNOTATIONS = ("annotations", "annotation", "labels")


def split_named(name: str) -> Split | None:
    """The split that a file's or folder's name speaks of, such as ``instances_val2017``."""
    found = _SPLIT.search(name)
    return next((split for split in Split if found and found[split.value]), None)


def split_of(folder: PurePosixPath | Path) -> Split | None:
    """The split that the innermost folder of a relative path speaks of, of those that do."""
    named = (split_named(part) for part in reversed(folder.parts))
    return next((split for split in named if split), None)


def readable(text: str) -> str:
    r"""``text`` as valid Unicode: bytes of a name that are none appear as ``\xNN``."""
    try:
        return images.printable(text)
    except UnicodeEncodeError:  # half of a surrogate pair, as JSON may spell one
        return text.encode("utf-8", "backslashreplace").decode("utf-8")


def located(source: Path) -> Path:
    """``source`` as an absolute path, so that its folders have names; links are kept."""
    return Path(os.path.abspath(source))  # noqa: PTH100  Path.absolute keeps ".."


def base_of(source: Path) -> Path:
    """The folder that a data set lies in, told its root, its annotations or one file of them."""
    if source.is_file():
        return base_of_file(source)
    alone = source.name.casefold() in _OF_ANNOTATIONS and not any(image_files(source))
    return source.parent if alone else source


def base_of_file(file: Path) -> Path:
    """The folder beside whose ``annotations`` the file lies, or its own."""
    folder = file.parent
    return folder.parent if folder.name.casefold() in _OF_ANNOTATIONS else folder


@dataclass(slots=True)
class Problems:
    """Collects what could not be taken over from one data set; paths are told from ``base``."""

    base: Path
    found: list[Problem] = field(default_factory=list[Problem])

    def add(self, file: Path | str, place: str, sentence: Sentence) -> None:
        """Take note of one."""
        self.found.append(Problem(self.name_of(file), place, sentence))

    def name_of(self, file: Path | str) -> str:
        """How to call a file to the user: from ``base``, if it lies there."""
        path = Path(file)
        if path.is_absolute() and path.is_relative_to(self.base):
            path = path.relative_to(self.base)
        return readable(str(path))


def no_images(source: Path, folder: Path, problems: Problems | None = None) -> FormatError:
    """The error to raise where none of the images that ``source`` speaks of was found."""
    first = f" ({problems.found[0]})" if problems and problems.found else ""
    return FormatError(
        "None of the images of {source} was found in {folder}{first}; "
        "say in which folder the images are.",
        source=readable(str(source)),
        folder=readable(str(folder)),
        first=first,
    )


def image_files(folder: Path) -> Iterator[Path]:
    """Image files in ``folder`` and below; see ``files_below``."""
    return files_below(folder, images.EXTENSIONS)


def files_below(folder: Path, suffixes: Collection[str]) -> Iterator[Path]:
    """Files in ``folder`` and below with one of ``suffixes``, in lower case, in order of path.

    Hidden ones are left out, and what macOS adds to archives. Links are followed, but each real
    folder only once.
    """
    visited: set[tuple[int, int]] = set()
    for current, folders, names in os.walk(folder, followlinks=True):
        if _seen(Path(current), visited):
            folders.clear()
            continue
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name != "__MACOSX"
        )
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in suffixes:
                yield Path(current) / name


def _seen(folder: Path, visited: set[tuple[int, int]]) -> bool:
    """Whether ``folder`` was visited, be it by another name; from now on it was."""
    try:
        found = folder.stat()
    except OSError:
        return True
    key = (found.st_dev, found.st_ino)
    # Some network drives number nothing: 0 says nothing about being the same folder.
    known = bool(found.st_ino) and key in visited
    visited.add(key)
    return known


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that the system cannot even look up is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long, or with a zero byte
        return False


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What an annotation file's own place says about which image of a name it means.

    ``near`` are folders to look in first, ``foreign`` those of other annotation files, whose
    images are not this one's. ``split`` is that of the file's name or folders: images in a folder
    of another split are not its own. ``rather`` is only the better choice of two.
    """

    near: tuple[Path, ...] = ()
    foreign: tuple[Path, ...] = ()
    split: Split | None = None
    rather: Split | None = None

    def is_near(self, path: Path) -> bool:
        """Whether ``path`` lies in one of the folders to look in first, or below."""
        return any(path.is_relative_to(folder) for folder in self.near)


NOWHERE = Whereabouts()


class ImageIndex:
    """The images in some folders, found again by whatever an annotation file calls them."""

    def __init__(self, folders: Iterable[Path], last: Iterable[Path] = ()) -> None:
        """Earlier folders go first; an image in those that come ``last`` is meant only where
        none of the others can be.
        """
        self._by_name: dict[str, list[Path]] = {}
        self._by_stem: dict[str, list[Path]] = {}
        self._splits: dict[Path, Split | None] = {}
        self._folders, self._last = tuple(folders), tuple(last)
        for folder in self._folders:
            self._add(folder)
        self._own = frozenset(self._splits)
        for folder in self._last:
            self._add(folder)

    def _add(self, folder: Path) -> None:
        for path in image_files(folder):
            if path not in self._splits:
                self._splits[path] = split_of(path.parent.relative_to(folder))
                self._by_name.setdefault(_key(path.name), []).append(path)
                self._by_stem.setdefault(_key(path.stem), []).append(path)

    def has_folder_of(self, split: Split | None) -> bool:
        """Whether some of the images lie in a folder of ``split``."""
        return split is not None and split in self._splits.values()

    @property
    def paths(self) -> Collection[Path]:
        """Every image, in order."""
        return self._splits.keys()

    def find(self, reference: str, where: Whereabouts = NOWHERE) -> Path | None:
        """The image that ``reference`` names, or None when there is none or no telling which.

        ``reference`` may be absolute, relative to any of the folders or to a folder above, with
        either kind of slash, and without an extension or with another one. Of several images of
        one name the one in a folder near by is taken, then the one in the longest common path.
        ``train/1.png`` never names an image in a folder ``val``.
        """
        text = reference.replace("\\", "/")
        if Path(text).is_absolute() and is_file(Path(text)):
            return Path(text)
        wanted = PurePosixPath(text)
        candidates = self._by_name.get(_key(wanted.name)) or [
            *self._by_stem.get(_key(wanted.stem), ()),
            *(self._by_stem.get(_key(wanted.name), ()) if wanted.suffix else ()),
        ]
        within = (path for path in candidates if where.is_near(path) and _ends_with(path, wanted))
        found = (
            _inside(where.near, text)
            or self.best(within, wanted, where)
            or _inside(self._folders, text)
        )
        if found is not None:
            return found
        split = split_of(wanted.parent) or where.split
        known = _inside(self._last, text)
        own = any(path in self._own for path in self._possible(candidates, where, split))
        if known is not None and (known in self._own or not own):
            return known
        return self.best(candidates, wanted, where, split)

    def with_stem(
        self, stem: str, near: Path, where: Whereabouts = NOWHERE, but: Collection[Path] = ()
    ) -> Path | None:
        """The image called ``stem`` with any extension; neither ``near`` nor one of ``but``.

        Of several the one whose folders are most like those of ``near`` is taken.
        """
        found = self._by_stem.get(_key(stem), ())
        candidates = [path for path in found if path != near and path not in but]
        return self.best(candidates, PurePosixPath(near.as_posix()), where)

    def best(
        self,
        candidates: Iterable[Path],
        wanted: PurePosixPath,
        where: Whereabouts,
        split: Split | None = None,
    ) -> Path | None:
        """The one of ``candidates`` that is most likely meant; None when there is no telling.

        One in a folder of another split than ``split`` is not meant. What is left of several
        that differ in capital letters only is the one that is spelt alike. Pictures with labels
        painted in are meant only where there are no others.
        """
        names = (wanted.name, wanted.stem)
        folders = [_key(part) for part in wanted.parent.parts]

        def rank(path: Path) -> tuple[bool, bool, int, int, bool, int]:
            common = 0
            for mine, theirs in zip(reversed(path.parent.parts), reversed(folders), strict=False):
                if _key(mine) != theirs:
                    break
                common += 1
            rather = where.rather is not None and self._splits[path] is where.rather
            near = sum(path.is_relative_to(folder) for folder in where.near)
            alike = (path.stem in names) + (path.name == wanted.name)
            plain = _DRAWN_OVER.search(path.parent.name) is None
            return path in self._own, plain, near, common, rather, alike

        possible = self._possible(candidates, where, split or where.split)
        ranked = sorted(possible, key=rank, reverse=True)
        if not ranked or (len(ranked) > 1 and rank(ranked[0]) == rank(ranked[1])):
            return None
        return ranked[0]

    def _possible(
        self, candidates: Iterable[Path], where: Whereabouts, split: Split | None
    ) -> list[Path]:
        return [
            path
            for path in candidates
            if (split is None or self._splits[path] in (None, split))
            and not any(path.is_relative_to(folder) for folder in where.foreign)
        ]


def _inside(folders: Iterable[Path], text: str) -> Path | None:
    """The file that ``text``, as a relative path, is in the first of ``folders`` that has it."""
    found = (folder / text for folder in folders if is_file(folder / text))
    return next((Path(os.path.normpath(path)) for path in found), None)


def _ends_with(path: Path, reference: PurePosixPath) -> bool:
    """Whether ``path`` ends in all folders of ``reference``."""
    wanted = [_key(part) for part in reference.parent.parts]
    return not wanted or [_key(part) for part in path.parent.parts[-len(wanted) :]] == wanted


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
