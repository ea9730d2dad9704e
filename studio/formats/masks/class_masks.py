"""One PNG an image, whose pixels are class numbers."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import numpy as np

from studio.domain.imports import ImportedImage, ImportedShape
from studio.domain.project import Split
from studio.domain.shapes import Mask
from studio.errors import FormatError, say
from studio.formats.class_names import ClassNames
from studio.formats.contract import ImportOptions, Progress
from studio.formats.finding import (
    ImageIndex,
    Problems,
    Whereabouts,
    image_files,
    split_named,
    split_of,
)
from studio.formats.frames import frame_of
from studio.formats.masks.files import image_core, indices_of, mask_core
from studio.vision import masks

BORDER = 255
"""What Pascal VOC marks the doubtful border of an object with."""

MOST_UNNAMED = 64
"""More values than this are hardly classes: names must say so, or it is a picture."""

MASK_FOLDER = re.compile(
    r"(annot|mask|label|(?<![a-z])gt|seg(mentation)?class|(?<![a-z])seg)", re.I
)
"""Folders that are called so hold masks."""

_OBJECT_FOLDER = re.compile(r"segmentation_?object|instance", re.I)
MASK_SUFFIXES = frozenset({".png", ".bmp", ".tif", ".tiff", ".gif"})


@dataclass(slots=True)
class _Read:
    """One image and the pixels of each value of its mask; not ``whole`` if some could not be."""

    file: Path
    image: Path
    split: Split | None
    values: frozenset[int] = frozenset()
    areas: list[tuple[int, Mask]] = field(default_factory=list[tuple[int, Mask]])
    whole: bool = False


class ClassMasks:
    """Masks and the images they belong to.

    ``used`` gathers the classes that occur, ``files`` the masks that an image was found for.
    """

    def __init__(
        self, source: Path, names: ClassNames, options: ImportOptions, problems: Problems
    ) -> None:
        self.used: set[str] = set()
        self.files: list[Path] = []
        self._source = source
        self._names = names
        self._options = options
        self._problems = problems
        pictures = tuple(image_files(source))
        self._masks = frozenset(self._mask_files(pictures))
        folders = self._image_folders(alone=self._masks.issuperset(pictures))
        self._index = ImageIndex(folders, options.also_in)
        self._by_core: dict[str, list[Path]] = {}
        for path in self._index.paths:
            self._by_core.setdefault(image_core(path.stem).casefold(), []).append(path)

    def read(self) -> Generator[Progress, None, tuple[ImportedImage, ...]]:
        """Every image that has a mask.

        Raises:
            FormatError: nobody says what the very many different values mean.
        """
        found = yield from self._read_all()
        values = frozenset[int]().union(*(each.values for each in found))
        # Whether 255 is the object or a doubtful border, all masks together tell.
        binary = values <= {0, BORDER} and self._names.is_binary()
        if self._is_unnamed(values):
            raise FormatError(
                "The masks in {folder} have {count} different values; give a file with the names "
                "of the classes.",
                folder=self._problems.name_of(self._source),
                count=len(values),
            )
        return tuple(self._image(each, binary) for each in found)

    def _image(self, found: _Read, binary: bool) -> ImportedImage:
        shapes = tuple(self._shapes(found, binary))
        done = found.whole and len(shapes) == len(found.areas)
        return ImportedImage(found.image, shapes=shapes, split=found.split, shapes_done=done)

    def _is_unnamed(self, values: frozenset[int]) -> bool:
        return not self._names.by_index and len(values - {0, BORDER}) > MOST_UNNAMED

    # Which files ---------------------------------------------------------------------------

    def _image_folders(self, alone: bool) -> tuple[Path, ...]:
        """Where to look for images; ``alone`` says that the masks lie apart from them."""
        options = self._options
        if options.images is not None:
            return (options.images,)
        if alone and MASK_FOLDER.search(self._source.name):
            return (self._source, self._source.parent)
        return (self._source,)

    def _mask_files(self, pictures: Iterable[Path]) -> list[Path]:
        """Those in folders or with names of masks; else every file that may be one."""
        files = [path for path in pictures if path.suffix.lower() in MASK_SUFFIXES]
        if self._options.images is not None:
            inside = self._options.images.resolve()
            outside = [path for path in files if inside not in path.resolve().parents]
            if outside:
                return outside
        named = [path for path in files if self._lies_in(MASK_FOLDER, path)]
        if named:
            return named
        stems = {(path.parent, path.stem) for path in pictures}
        marked = [
            path
            for path in files
            if (core := mask_core(path.stem)) != path.stem and (path.parent, core) in stems
        ]
        return marked or [path for path in files if path.suffix.lower() == ".png"]

    def _lies_in(self, folders: re.Pattern[str], path: Path) -> bool:
        return any(folders.search(part) for part in path.relative_to(self._source).parts[:-1])

    def _class_files(self) -> list[Path]:
        """Of the masks those to read, in order: not the ones that tell single objects apart."""
        files = sorted(self._masks)
        return _one_kind([p for p in files if not self._lies_in(_OBJECT_FOLDER, p)] or files)

    def _image_of(self, mask: Path) -> Path | None:
        split = split_of(mask.parent.relative_to(self._source)) or split_named(self._source.name)
        where = Whereabouts(near=(self._source,), split=split)
        core = mask_core(mask.stem)
        for stem in dict.fromkeys((mask.stem, core)):
            found = self._index.with_stem(stem, mask, where, self._masks)
            if found is not None:
                return found
        alike = (p for p in self._by_core.get(core.casefold(), ()) if p not in self._masks)
        return self._index.best(alike, PurePosixPath(mask.as_posix()), where)

    # Pixels --------------------------------------------------------------------------------

    def _read_all(self) -> Generator[Progress, None, list[_Read]]:
        known: dict[Path, _Read] = {}
        files = self._class_files()
        for number, path in enumerate(files, start=1):
            yield Progress(number, len(files))
            image = self._image_of(path)
            if image is None:
                self._problems.add(path, "", say("there is no image of the same name"))
                continue
            if image in known:
                sentence = say("another file describes the same image; it was left out")
                self._problems.add(path, "", sentence)
                known[image].whole = False
                continue
            split = (
                self._options.split
                or split_of(path.parent.relative_to(self._source))
                or split_named(self._source.name)
            )
            found = known[image] = _Read(path, image, split)
            self._read(found)
            if found.whole:
                self.files.append(path)
        return list(known.values())

    def _read(self, found: _Read) -> None:
        """Fill in the pixels of one mask, or tell why they cannot be."""
        frame = frame_of(found.image, None, self._problems)
        if frame is None:
            return
        indices = indices_of(found.file, found.image, frame, self._problems)
        if indices is None:
            return
        values = frozenset(int(value) for value in np.unique(indices))
        if self._is_unnamed(values):
            sentence = say(
                "it has {count} different values, as a picture has; give a file with the names of "
                "the classes if it is a mask; it was left out",
                count=len(values),
            )
            self._problems.add(found.file, "", sentence)
            return
        found.values, found.whole = values, True
        for value in sorted(values):
            mask = masks.encode(indices == value) if not self._is_nothing(value) else None
            if mask is not None:
                found.areas.append((value, mask))

    def _is_nothing(self, value: int) -> bool:
        return value != self._options.ignore and self._names.is_background(value)

    def _shapes(self, found: _Read, binary: bool) -> Iterator[ImportedShape]:
        unknown: list[str] = []
        for value, mask in found.areas:
            label, ignore = self._class_of(value, binary)
            if label is None:
                unknown.append(str(value))
                continue
            if not ignore:
                self.used.add(label)
            yield ImportedShape(label, mask, ignore)
        if unknown:
            sentence = say(
                "its pixels {values} have no class name; they were left out",
                values=", ".join(unknown[:10]),
            )
            self._problems.add(found.file, "", sentence)

    def _class_of(self, value: int, binary: bool) -> tuple[str | None, bool]:
        """The class of a value, None if it has none, and whether its pixels are to be ignored."""
        ignore = value == self._options.ignore
        if binary and value == BORDER and not ignore:
            return self._names.first() or "object", False
        if ignore or (value == BORDER and value not in self._names):
            return self._names.get(value) or "ignore", True
        return self._names.get(value), False


def _one_kind(files: list[Path]) -> list[Path]:
    """Of what Cityscapes has for one image (numbers, training numbers, colours, instances) one."""
    for kind in ("labelIds", "labelTrainIds"):
        chosen = [path for path in files if path.stem.endswith(kind)]
        if chosen:
            return chosen
    return files
