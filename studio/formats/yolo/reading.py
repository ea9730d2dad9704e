"""YOLO: a text file an image, a row an object, counted in parts of the image's width and height.

As Ultralytics, Darknet, labelImg, Roboflow, Label Studio, CVAT and X-AnyLabeling lay it out. A
row is a class and 4 numbers of a box, the corners of a polygon, or a box and keypoints where the
``data.yaml`` says how many; a row of a class and four corners is a rotated box where all rows of
the data set are. An empty file says that there is nothing on the image; a missing one says nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from studio.domain.imports import ImportBatch, ImportedImage
from studio.domain.project import Split
from studio.errors import FormatError, Sentence, say
from studio.formats.contract import ImportOptions, Progress, Reading
from studio.formats.finding import (
    ImageIndex,
    Problems,
    image_files,
    located,
    no_images,
    readable,
)
from studio.formats.frames import Frame, frame_of
from studio.formats.reading import read_text
from studio.formats.yolo.choices import ClassNames, Splits, described_by, description_of
from studio.formats.yolo.description import Description
from studio.formats.yolo.labels import (
    LABELS,
    Files,
    Pairs,
    counterpart,
    is_rows,
    paired,
)
from studio.formats.yolo.rows import Drawn, Rows
from studio.formats.yolo.stems import tells_split


@dataclass(frozen=True, slots=True)
class _Found:
    """The files of a data set, and the folders that its images are in, its own first."""

    files: Files
    description: Description
    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """An image with what its label file draws, not yet cut to it; ``whole`` where that is all."""

    image: Path
    split: Split | None
    label: Path | None = None
    frame: Frame | None = None
    drawn: tuple[Drawn, ...] = ()
    whole: bool = False


def read(source: Path, options: ImportOptions) -> Reading:
    """Read a data set, told its folder, its labels or one file of them, or its ``data.yaml``.

    An image without a label file is taken, as not looked through, where the data set lists it or
    its folder.

    Raises:
        FormatError: there is no label file, none of the images, or more than one data set.
    """
    source = located(source)
    base, within = _base_of(source)
    problems = Problems(base)
    found = _looked_through(source, base, problems)
    labels = list(_labels(found, within))
    if not labels:
        raise FormatError(
            "There is no YOLO label file (.txt) in {folder}.", folder=readable(str(source))
        )
    folders = (options.images,) if options.images else found.folders
    index = ImageIndex(folders, options.also_in)
    splits = Splits(found.description, found.files.lists, index, problems)
    pairs = paired(index, labels, found.folders[0], splits.listed)
    _say_unpaired(pairs, problems)
    if not pairs.label_of:
        raise no_images(source, folders[0], problems)
    names = ClassNames(found.description, found.files.names, problems)
    if not names.all:
        problems.add(base.name, "", _nameless())
    rows = Rows(problems, found.description.keypoints)
    wanted = [
        path
        for path in index.paths
        if path in pairs.label_of or (within is None and splits.are_told_of(path))
    ]
    read: list[_Told] = []
    for image in wanted:
        label = pairs.label_of.get(image)
        told = _Told(image, options.split or splits.of(image, label))
        read.append(_read_label(told, label, names, rows, problems) if label else told)
        yield Progress(len(read), len(wanted))
    images = tuple(_finished(read, rows, set(pairs.spare.values())))
    return ImportBatch(images, _class_order(names, images), tuple(problems.found))


def _nameless() -> Sentence:
    return say(
        "the data set names no classes (in data.yaml or classes.txt); they are called by "
        "their numbers"
    )


def _base_of(source: Path) -> tuple[Path, Path | None]:
    """The folder of the data set, and what of its labels was chosen where these alone were."""
    if source.is_file() and not is_rows(source):
        return source.parent, None
    folder = source.parent if source.is_file() else source
    for each in (folder, folder.parent):
        if each.name.casefold() in LABELS and not any(image_files(folder)):
            return each.parent, source
    return folder, source if source.is_file() else None


def _looked_through(source: Path, base: Path, problems: Problems) -> _Found:
    """What there is of the data set that was chosen, labels and description."""
    files = Files()
    described = source.is_file() and not is_rows(source)
    if described:
        description = described_by(source, problems)
        base = description.root
        files.add_below(base)
    else:
        if tells_split(base.name):
            files.add_beside(base)
        files.add_below(base)
        description = description_of(base, files.descriptions, problems)
    own = described or description.file.is_relative_to(base)
    outside = tuple(_outside(description, base)) if own else ()
    for folder in outside:
        files.add_below(folder)
        files.add_below(counterpart(folder))
    return _Found(files, description, (base, *outside))


def _outside(description: Description, base: Path) -> Iterator[Path]:
    """The folders of images that are told of and lie elsewhere."""
    real = base.resolve()
    parts = (path for paths in description.parts.values() for path in paths)
    for folder in dict.fromkeys(path.resolve() for path in parts):
        elsewhere = folder != Path(folder.anchor) and not folder.is_relative_to(real)
        if elsewhere and folder.is_dir():
            yield folder


def _labels(found: _Found, within: Path | None) -> Iterator[Path]:
    """The label files that were chosen, without lists of images of any name."""
    parts = (path for paths in found.description.parts.values() for path in paths)
    lists = {path.resolve() for path in parts if path.is_file()}
    for path in found.files.labels:
        chosen = within is None or path.is_relative_to(within)
        if chosen and not (lists and path.resolve() in lists):
            yield path


def _read_label(
    told: _Told, label: Path, names: ClassNames, rows: Rows, problems: Problems
) -> _Told:
    frame = frame_of(told.image, None, problems)
    if frame is None:
        return told
    try:
        text = read_text(label).removeprefix("\ufeff")
    except FormatError as error:
        problems.add(label, "", error.sentence)
        return told
    drawn, whole = rows.read(label, text, names.of(label), frame)
    return _Told(told.image, told.split, label, frame, tuple(drawn), whole)


def _finished(read: list[_Told], rows: Rows, doubtful: Collection[Path]) -> Iterator[ImportedImage]:
    """The images with their shapes; ``doubtful`` are those that other files describe too."""
    for each in read:
        if each.label is None or each.frame is None:
            yield ImportedImage(each.image, split=each.split)
            continue
        shapes, kept = rows.finished(each.label, each.drawn, each.frame)
        done = each.whole and kept and each.image not in doubtful
        yield ImportedImage(each.image, shapes=shapes, split=each.split, shapes_done=done)


def _say_unpaired(pairs: Pairs, problems: Problems) -> None:
    for label, images in pairs.contested.items():
        sentence = say(
            "it may be about {first} or about {second}; it was given to neither",
            first=problems.name_of(images[0]),
            second=problems.name_of(images[1]),
        )
        problems.add(label, "", sentence)
    for label in pairs.spare:
        problems.add(label, "", say("another file describes the same image; it was left out"))
    for label in pairs.lost:
        problems.add(label, "", say("its image was not found"))


def _class_order(names: ClassNames, images: tuple[ImportedImage, ...]) -> tuple[str, ...]:
    """The classes as they are named; numbers that name themselves in their order."""
    used = {shape.label for image in images for shape in image.shapes}
    numbers = sorted(used.difference(names.all), key=lambda text: (len(text), text))
    return (*names.all, *numbers)
