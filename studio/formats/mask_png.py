"""Masks as PNG, in two layouts.

*Index masks*: one PNG an image, of the image's name, whose pixels are class numbers; beside the
images (``train`` and ``trainannot``, ``images`` and ``masks`` ...) or in a folder of their own.
*Instance masks*: a folder an image with ``images/ID.png`` and ``masks/*.png``, one an object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape
from studio.domain.project import Split
from studio.errors import FormatError, ImageProblem, say
from studio.formats import class_names
from studio.formats.class_names import ClassNames
from studio.formats.contract import ImportOptions
from studio.formats.finding import (
    ImageIndex,
    Problems,
    frame_of,
    image_files,
    no_images,
    split_named,
)
from studio.vision import masks
from studio.vision.index_masks import Indices, read_indices

BORDER = 255
"""What Pascal VOC marks the doubtful border of an object with."""

_MASK_FOLDER = re.compile(
    r"(annot|mask|label|(?<![a-z])gt|seg(mentation)?class|(?<![a-z])seg)", re.I
)
_AFFIXES = re.compile(
    r"^(gt|mask|label|seg)[_-]"
    r"|[_-](gt|mask|masks|label|labels|seg|segmentation|annot|annotation|labelIds"
    r"|labelTrainIds|gtFine_labelIds|L)$"
)
_MASK_SUFFIXES = frozenset({".png", ".bmp", ".tif", ".tiff", ".gif"})


def read(source: Path, options: ImportOptions) -> ImportBatch:
    """Read a folder of either layout.

    Raises:
        FormatError: there are no masks, or no images that belong to them.
    """
    if not source.is_dir():
        raise FormatError("{folder} is not a folder of masks.", folder=source)
    names = class_names.read(_names_file(source, options))
    problems = Problems(source)
    folders = _instance_folders(source)
    if folders:
        label = names.first() or source.name
        found = [_read_instances(folder, label, options, problems) for folder in folders]
        read_images = tuple(image for image in found if image is not None)
        labels: tuple[str, ...] = (label,)
    else:
        reader = _IndexMasks(source, names, options, problems)
        read_images = tuple(reader.images())
        labels = names.labels(options.ignore) or tuple(sorted(reader.used))
    if not read_images:
        raise no_images(source, options.images or source)
    return ImportBatch(read_images, labels, tuple(problems.found))


def _names_file(source: Path, options: ImportOptions) -> Path | None:
    if options.names is not None:
        return options.names
    beside = (source / name for name in class_names.FILE_NAMES)
    return next((path for path in beside if path.is_file()), None)


# One PNG an instance --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _InstanceFolder:
    image: Path
    masks: Path


def _instance_folders(source: Path) -> list[_InstanceFolder]:
    """Folders with one image in ``images`` and, in ``masks``, files of other names."""
    found: list[_InstanceFolder] = []
    for folder in sorted((source, *(path for path in source.glob("**/*") if path.is_dir()))):
        if (folder / "images").is_dir() and (folder / "masks").is_dir():
            pictures = list(image_files(folder / "images"))
            stems = {_AFFIXES.sub("", path.stem) for path in image_files(folder / "masks")}
            if len(pictures) == 1 and pictures[0].stem not in stems:
                found.append(_InstanceFolder(pictures[0], folder / "masks"))
    return found


def _read_instances(
    folder: _InstanceFolder, label: str, options: ImportOptions, problems: Problems
) -> ImportedImage | None:
    split = options.split or _split_of(folder.image, problems.base)
    frame = frame_of(folder.image, None, problems)
    if frame is None:
        return ImportedImage(folder.image, split=split)
    shapes: list[ImportedShape] = []
    for path in image_files(folder.masks):
        indices = _indices(path, (frame.height, frame.width), problems)
        mask = masks.encode(indices != 0) if indices is not None else None
        if mask is not None:
            shapes.append(ImportedShape(label, mask))
        elif indices is not None:
            problems.add(path, "", say("the mask is empty; it was left out"))
    return ImportedImage(folder.image, shapes=tuple(shapes), split=split, shapes_done=True)


def _indices(path: Path, shape: tuple[int, int], problems: Problems) -> Indices | None:
    """The numbers of a mask file of this (H, W); None, with a problem, otherwise."""
    try:
        indices = read_indices(path)
    except ImageProblem as problem:
        problems.add(path, "", problem.sentence)
        return None
    if indices.shape != shape:
        problems.add(
            path,
            "",
            say(
                "the mask has {width} x {height} pixels, the image {image_width} x "
                "{image_height}; it was left out",
                width=indices.shape[1],
                height=indices.shape[0],
                image_width=shape[1],
                image_height=shape[0],
            ),
        )
        return None
    return indices


def _split_of(path: Path, base: Path) -> Split | None:
    parts = path.relative_to(base).parts[:-1] if path.is_relative_to(base) else ()
    return next((split for part in parts if (split := split_named(part))), None)


# One PNG an image -----------------------------------------------------------------------------


class _IndexMasks:
    """Index masks and the images they belong to; ``used`` gathers the classes that occur."""

    def __init__(
        self, source: Path, names: ClassNames, options: ImportOptions, problems: Problems
    ) -> None:
        self.used: set[str] = set()
        self._source = source
        self._names = names
        self._options = options
        self._problems = problems

    def images(self) -> Iterator[ImportedImage]:
        """Every image that has a mask."""
        files = self._mask_files()
        index = ImageIndex(self._image_folders())
        mask_set = set(files)
        for path in files:
            split = (
                self._options.split
                or _split_of(path, self._source)
                or split_named(self._source.name)
            )
            image = self._image_of(path, index, mask_set, split)
            if image is None:
                self._problems.add(path, "", say("there is no image of the same name"))
                continue
            frame = frame_of(image, None, self._problems)
            if frame is None:
                yield ImportedImage(image, split=split)
                continue
            indices = _indices(path, (frame.height, frame.width), self._problems)
            if indices is None:
                yield ImportedImage(image, split=split)
                continue
            shapes = tuple(self._shapes(path, indices))
            yield ImportedImage(image, shapes=shapes, split=split, shapes_done=True)

    def _mask_files(self) -> list[Path]:
        """Those in folders named after masks; where there are none, every file that may be one."""
        files = [
            path for path in image_files(self._source) if path.suffix.lower() in _MASK_SUFFIXES
        ]
        if self._options.images is not None:
            inside = self._options.images.resolve()
            return [path for path in files if inside not in path.resolve().parents] or files
        named = [
            path
            for path in files
            if any(_MASK_FOLDER.search(part) for part in self._folder_parts(path))
        ]
        return named or [path for path in files if path.suffix.lower() == ".png"]

    def _folder_parts(self, path: Path) -> tuple[str, ...]:
        return path.relative_to(self._source).parts[:-1]

    def _image_folders(self) -> tuple[Path, ...]:
        options = self._options
        if options.images is not None:
            return (options.images, *options.also_in)
        if _MASK_FOLDER.search(self._source.name):
            return (self._source, self._source.parent, *options.also_in)
        return (self._source, *options.also_in)

    def _image_of(
        self, mask: Path, index: ImageIndex, mask_set: set[Path], split: Split | None
    ) -> Path | None:
        for stem in dict.fromkeys((mask.stem, _AFFIXES.sub("", mask.stem))):
            found = index.with_stem(stem, mask, split, mask_set)
            if found is not None:
                return found
        return None

    def _shapes(self, path: Path, indices: Indices) -> Iterator[ImportedShape]:
        values = [int(value) for value in np.unique(indices)]
        binary = set(values) <= {0, BORDER} and self._names.is_binary()
        unknown: list[str] = []
        for value in values:
            ignore = value == self._options.ignore
            if binary and value == BORDER and not ignore:
                label: str | None = self._names.first() or "object"
            elif ignore or (value == BORDER and value not in self._names):
                label, ignore = self._names.get(value) or "ignore", True
            elif self._names.is_background(value):
                continue
            else:
                label = self._names.get(value)
            if label is None:
                unknown.append(str(value))
                continue
            mask = masks.encode(indices == value)
            if mask is not None:
                if not ignore:
                    self.used.add(label)
                yield ImportedShape(label, mask, ignore)
        if unknown:
            self._problems.add(
                path,
                "",
                say(
                    "its pixels {values} have no class name; they were left out",
                    values=", ".join(unknown[:10]),
                ),
            )
