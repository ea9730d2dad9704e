"""COCO: boxes, polygons of several parts, and both kinds of run-length masks.

Ids may be any numbers or texts with gaps. Coordinates are pixels of the upright image, boxes are
``x, y, width, height``. A shape with holes is written as run lengths, which alone can say so;
a shape to ignore is written with ``iscrowd``, and as run lengths too. Outlines come back all the
same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from studio.domain.imports import ImportBatch, ImportedImage
from studio.errors import FormatError, say
from studio.formats.class_names import BACKGROUND
from studio.formats.coco.file import CocoFile
from studio.formats.contract import ImportOptions, Reading
from studio.formats.finding import (
    ImageIndex,
    Problems,
    Whereabouts,
    base_of,
    base_of_file,
    files_below,
    located,
    no_images,
    readable,
    split_named,
)
from studio.formats.json_fields import Json
from studio.formats.reading import read_bytes

_OTHER_KINDS = ("captions", "image_info", "panoptic", "stuff", "person_keypoints", "labels")
"""COCO's own files that say something else about the same images as ``instances``."""


def read(source: Path, options: ImportOptions) -> Reading:
    """Read a COCO file, or every COCO file in a folder, be it that of the annotations alone.

    Of several files those that cannot be read are problems. Images are looked for beside each
    file first, then in the whole folder.

    Raises:
        FormatError: there is no COCO file, or none that can be read.
    """
    source = located(source)
    base = base_of(source)
    folders = (options.images,) if options.images else (base,)
    index = ImageIndex(folders, options.also_in)
    problems = Problems(base)
    merged: dict[Path, ImportedImage] = {}
    labels: dict[str, None] = {}
    incomplete: set[Path] = set()
    files, others = _annotation_files(source)
    for path in others:
        sentence = say(
            "it was passed over for {file}; import it by itself to have what it says too",
            file=problems.name_of(files[0]),
        )
        problems.add(path, "", sentence)
    for number, path, document in _documents(files, problems):
        where = _whereabouts(path, index, files, beside=options.images is None)
        one = CocoFile(path, document, index, problems, where, options.split or where.rather)
        labels |= dict.fromkeys(one.categories.values())
        for progress in one.read():
            yield progress.of_part(number, len(files))
        for image in one.images():
            merged[image.path] = _merge(merged.get(image.path), image)
        incomplete |= one.incomplete
    if not merged:
        raise no_images(source, folders[0])
    for path in incomplete & merged.keys():
        merged[path] = replace(merged[path], tags_done=False, shapes_done=False)
    used = {shape.label for image in merged.values() for shape in image.shapes}
    kept = (name for name in labels if name in used or name.casefold() not in BACKGROUND)
    return ImportBatch(tuple(merged.values()), tuple(kept), tuple(problems.found))


def _whereabouts(path: Path, index: ImageIndex, files: list[Path], beside: bool) -> Whereabouts:
    """Where the images of one of ``files`` lie; ``beside`` them unless a folder was named."""
    split = split_named(path.stem) or split_named(path.parent.name)
    own_split = split if index.has_folder_of(split) else None
    if not beside:
        return Whereabouts(split=own_split, rather=split)
    base = base_of_file(path)
    others = {base_of_file(file) for file in files}
    foreign = (o for o in others if not base.is_relative_to(o) and not o.is_relative_to(base))
    return Whereabouts((path.parent, base), tuple(foreign), own_split, split)


def _annotation_files(source: Path) -> tuple[list[Path], list[Path]]:
    """The COCO files to read, and those that are passed over for them."""
    if source.is_file():
        return [source], []
    found = sorted(files_below(source, {".json"}))
    instances = [path for path in found if path.stem.startswith("instances")]
    folders = {path.parent for path in instances}
    # A large tree has many other files, which nobody takes for COCO's.
    asked = [path for path in found if path.parent in folders] if instances else found
    files = [path for path in asked if path in instances or _looks_like_coco(path)]
    if not files:
        raise FormatError(
            "There is no COCO file (.json) in {folder}.", folder=readable(str(source))
        )
    chosen = instances or [path for path in files if not path.stem.startswith(_OTHER_KINDS)]
    chosen = chosen or files
    return chosen, [path for path in files if path not in chosen]


def _looks_like_coco(path: Path) -> bool:
    """Whether the first kilobytes mention what every COCO file has; cheap on a large tree."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
            file.seek(max(0, path.stat().st_size - 4096))
            ends = (start + file.read()).replace(b"\0", b"")  # which every other one is in UTF-16
    except OSError:  # it is said when the file cannot be opened
        return True
    return any(word in ends for word in (b'"images"', b'"annotations"', b'"categories"'))


def _documents(files: Sequence[Path], problems: Problems) -> Iterator[tuple[int, Path, Json]]:
    """What each file holds, one at a time; that one of several cannot be read is a problem."""
    failures: list[FormatError] = []
    for number, path in enumerate(files):
        try:
            document = _document(path)
        except FormatError as error:
            failures.append(error)
            problems.add(path, "", error.sentence)
        else:
            yield number, path, document
    if len(failures) == len(files):
        raise failures[0]


def _document(path: Path) -> Json:
    name = readable(str(path))
    data = read_bytes(path)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FormatError("{file} is not valid JSON: {reason}.", file=name, reason=error) from error
    if isinstance(document, dict):
        found = cast(Json, document)
        if isinstance(found.get("images"), list):
            return found
    raise FormatError('{file} is not a COCO file: it has no list "images".', file=name)


def _merge(first: ImportedImage | None, second: ImportedImage) -> ImportedImage:
    """The same image in two files: what both say, but once."""
    if first is None:
        return second
    told = set(first.shapes)
    return ImportedImage(
        first.path,
        tuple(dict.fromkeys((*first.tags, *second.tags))),
        (*first.shapes, *(shape for shape in second.shapes if shape not in told)),
        first.split or second.split,
        first.tags_done or second.tags_done,
        first.shapes_done or second.shapes_done,
    )
