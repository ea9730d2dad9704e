"""Which description, class names and split count for a file of a YOLO data set."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from pathlib import Path

from studio.domain.project import Split
from studio.errors import FormatError, Sentence, say
from studio.formats.finding import (
    ImageIndex,
    Problems,
    Whereabouts,
    readable,
    split_named,
    split_of,
)
from studio.formats.reading import read_text
from studio.formats.yolo.description import (
    DARKNET,
    UNDESCRIBED,
    YAML,
    Description,
    describe,
    first_of_names,
    names_in,
)
from studio.formats.yolo.stems import tells_split


def described_by(file: Path, problems: Problems) -> Description:
    """What the file that was chosen says of its data set.

    Raises:
        FormatError: it describes none, or cannot be read.
    """
    known = file.suffix.lower() in (*YAML, DARKNET)
    found = describe(file, problems) if known else None
    if found is None:
        raise FormatError(
            "{file} does not describe a YOLO data set; choose its data.yaml, or its folder.",
            file=readable(str(file)),
        )
    return found


def description_of(base: Path, candidates: Iterable[Path], problems: Problems) -> Description:
    """What describes the data set in ``base``: of ``candidates`` the nearest to it.

    Raises:
        FormatError: there are several data sets.
    """

    def distance(path: Path) -> float:  # that beside the folder comes after those in it
        return len(path.relative_to(base).parts) if path.is_relative_to(base) else 1.5

    by_distance = groupby(sorted(candidates, key=distance), distance)
    for level in (list(paths) for _, paths in by_distance):
        found = [each for path in level if (each := _described(path, problems))]
        if found:
            return _chosen(found, base, problems)
    return UNDESCRIBED


def _described(path: Path, problems: Problems) -> Description | None:
    try:
        return describe(path, Problems(problems.base))
    except FormatError as error:
        problems.add(path, "", error.sentence)
        return None


def _chosen(found: list[Description], base: Path, problems: Problems) -> Description:
    def rank(each: Description) -> tuple[bool, bool, Path]:
        return each.file.suffix.lower() == DARKNET, "data" not in each.file.stem, each.file

    first, *others = sorted(found, key=rank)
    for other in others:
        if other.names == first.names or other.file.suffix.lower() == DARKNET:
            continue
        if other.file.parent != first.file.parent:
            raise FormatError(
                "There are several data sets in {folder}, such as those of {first} and {second}; "
                "choose one of them.",
                folder=readable(str(base)),
                first=problems.name_of(first.file),
                second=problems.name_of(other.file),
            )
        sentence = say(
            "its class names differ from those of {file}, which were taken",
            file=problems.name_of(first.file),
        )
        problems.add(other.file, "names", sentence)
    return describe(first.file, problems) or first  # again, for what is odd about this one


class ClassNames:
    """The class names for each label file: of the description, else of a file of names.

    labelImg keeps one in each folder that it saves to, and they need not agree.
    """

    def __init__(self, description: Description, files: Iterable[Path], problems: Problems) -> None:
        self._described = description.names
        self._by_folder: dict[Path, Mapping[int, str]] = {}
        self._of_folder: dict[Path, Mapping[int, str]] = {}
        if not self._described:
            self._read(files, problems)
        self._first: Mapping[int, str] = next(iter(self._by_folder.values()), dict[int, str]())

    @property
    def all(self) -> tuple[str, ...]:
        """Every name, in order of the classes."""
        found = [self._described, *self._by_folder.values()]
        return tuple(dict.fromkeys(name for names in found for name in names.values()))

    def of(self, label: Path) -> Mapping[int, str]:
        """The names by class for a label file; none where they are called by their numbers."""
        if self._described:
            return self._described
        folder = label.parent
        if folder not in self._of_folder:
            above = (each for each in (folder, *folder.parents) if each in self._by_folder)
            nearest = next(above, None)
            self._of_folder[folder] = self._by_folder[nearest] if nearest else self._first
        return self._of_folder[folder]

    def _read(self, files: Iterable[Path], problems: Problems) -> None:
        folders: dict[Path, list[Path]] = {}
        for file in sorted(files, key=lambda path: (len(path.parts), path)):
            folders.setdefault(file.parent, []).append(file)
        first: Path | None = None
        for folder, inside in folders.items():
            file = first_of_names(inside)
            names = _names_or_none(file, problems) if file else None
            if file is None or not names:
                continue
            self._by_folder[folder] = names
            first = first or file
            if names != self._by_folder[first.parent]:
                sentence = say(
                    "its class names differ from those of {file}; each file counts for the labels "
                    "in its own folder",
                    file=problems.name_of(first),
                )
                problems.add(file, "", sentence)


def _names_or_none(file: Path, problems: Problems) -> Mapping[int, str] | None:
    def note(place: str, sentence: Sentence) -> None:
        problems.add(file, place, sentence)

    try:
        return names_in(file, note)
    except FormatError as error:
        problems.add(file, "", error.sentence)
        return None


class Splits:
    """The split of each image: as the description and lists say, else as its folders are called.

    ``listed`` are the images that a list names.
    """

    def __init__(
        self,
        description: Description,
        lists: Iterable[Path],
        index: ImageIndex,
        problems: Problems,
    ) -> None:
        self._index = index
        self._problems = problems
        self._folders: dict[Path, Split | None] = {}
        self._known: dict[Path, tuple[bool, Split | None]] = {}
        self.listed: dict[Path, Split] = {}
        for split, paths in description.parts.items():
            for path in paths:
                self._add(path, split)
        if not description.parts:
            for path in lists:
                self._add(path, split_named(path.stem))

    def _add(self, path: Path, split: Split | None) -> None:
        if path.is_file() and split is not None:
            self._read(path, split)
        elif path.is_dir():
            path = path.resolve()
            # A folder of two splits, as where there is none to validate on, tells nothing.
            self._folders[path] = split if path not in self._folders else None

    def _read(self, file: Path, split: Split) -> None:
        try:
            text = read_text(file).removeprefix("\ufeff")
        except FormatError as error:
            self._problems.add(file, "", error.sentence)
            return
        missing: list[str] = []
        where = Whereabouts(near=(file.parent,), rather=split)
        known: Collection[Path] = self._index.paths
        for line in (line.strip() for line in text.splitlines()):
            path = self._index.find(line, where) if line else None
            if path is not None and path in known:
                self.listed.setdefault(path, split)
            elif line:
                missing.append(line)
        if missing:
            sentence = say(
                "{count} of the images that it lists were not found, such as {name}",
                count=len(missing),
                name=readable(missing[0]),
            )
            self._problems.add(file, "", sentence)

    def are_told_of(self, image: Path) -> bool:
        """Whether the data set names the image, be it by its folder."""
        return image in self.listed or self._of_folder(image.parent)[0]

    def of(self, image: Path, label: Path | None) -> Split | None:
        """The split of an image with its label file."""
        own = self.listed.get(image) or self._of_folder(image.parent)[1]
        return own or (self._of_folder(label.parent)[1] if label else None)

    def _of_folder(self, folder: Path) -> tuple[bool, Split | None]:
        if folder not in self._known:
            real = folder.resolve()
            around = next((each for each in (real, *real.parents) if each in self._folders), None)
            base = self._problems.base
            named = folder.relative_to(base) if folder.is_relative_to(base) else folder
            told = (self._folders[around] if around else None) or split_of(named)
            own = split_named(base.name) if tells_split(base.name) else None
            self._known[folder] = around is not None, told or own
        return self._known[folder]
