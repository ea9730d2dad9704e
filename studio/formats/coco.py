"""COCO: boxes, polygons of several parts, and both kinds of run-length masks.

Ids may be any numbers or texts with gaps. Coordinates are pixels of the upright image, boxes are
``x, y, width, height``. A shape with holes is written as run lengths, which alone can say so;
a shape to ignore is written with ``iscrowd``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape
from studio.domain.labels import clean_name
from studio.domain.project import Split
from studio.domain.shapes import Geometry, Part, Point, Polygon
from studio.errors import FormatError, say
from studio.formats.class_names import BACKGROUND
from studio.formats.coco_fields import (
    Json,
    Malformed,
    attributes_of,
    box_of,
    mask_of,
    numbers_of,
    whole_of,
)
from studio.formats.coco_writing import write as write
from studio.formats.contract import ImportOptions
from studio.formats.finding import (
    Frame,
    ImageIndex,
    Problems,
    fitted,
    frame_of,
    no_images,
    split_named,
)

_OTHER_KINDS = ("captions", "image_info", "panoptic", "stuff", "person_keypoints", "labels")
"""COCO's own files that say something else about the same images as ``instances``."""


def read(source: Path, options: ImportOptions) -> ImportBatch:
    """Read a COCO file, or every COCO file in a folder.

    Raises:
        FormatError: there is none, or it is not COCO.
    """
    files = _annotation_files(source)
    base = source if source.is_dir() else _base_of(source)
    folders = (options.images,) if options.images else (base,)
    index = ImageIndex((*folders, *options.also_in))
    problems = Problems(base)
    merged: dict[Path, ImportedImage] = {}
    labels: dict[str, None] = {}
    for path in files:
        split = options.split or split_named(path.stem) or split_named(path.parent.name)
        one = _File(path, _document(path), index, problems, split)
        labels |= dict.fromkeys(one.categories.values())
        for image in one.images():
            merged[image.path] = _merge(merged.get(image.path), image)
    if not merged:
        raise no_images(source, folders[0])
    used = {shape.label for image in merged.values() for shape in image.shapes}
    kept = (name for name in labels if name in used or name.casefold() not in BACKGROUND)
    return ImportBatch(tuple(merged.values()), tuple(kept), tuple(problems.found))


def _base_of(file: Path) -> Path:
    in_annotations = file.parent.name.casefold() in ("annotations", "annotation", "labels")
    return file.parent.parent if in_annotations else file.parent


def _annotation_files(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    found = sorted(path for path in source.rglob("*.json") if path.is_file())
    instances = [path for path in found if path.stem.startswith("instances")]
    if instances:
        return instances
    files = [path for path in found if _looks_like_coco(path)]
    others = [path for path in files if not path.stem.startswith(_OTHER_KINDS)]
    if not files:
        raise FormatError("There is no COCO file (.json) in {folder}.", folder=source)
    return others or files


def _looks_like_coco(path: Path) -> bool:
    """Whether the first kilobytes mention what every COCO file has; cheap on a large tree."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
            file.seek(max(0, path.stat().st_size - 4096))
            ends = start + file.read()
    except OSError:  # it is said when the only file cannot be opened
        return True
    return any(word in ends for word in (b'"images"', b'"annotations"', b'"categories"'))


def _document(path: Path) -> Json:
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise FormatError(
            "{file} cannot be opened: {reason}.", file=path, reason=error.strerror
        ) from error
    except (ValueError, RecursionError) as error:
        raise FormatError("{file} is not valid JSON: {reason}.", file=path, reason=error) from error
    if isinstance(document, dict):
        found = cast(Json, document)
        if isinstance(found.get("images"), list):
            return found
    raise FormatError('{file} is not a COCO file: it has no list "images".', file=path)


def _merge(first: ImportedImage | None, second: ImportedImage) -> ImportedImage:
    """The same image in two files: what both say."""
    if first is None:
        return second
    return ImportedImage(
        first.path,
        tuple(dict.fromkeys((*first.tags, *second.tags))),
        (*first.shapes, *second.shapes),
        first.split or second.split,
        first.tags_done or second.tags_done,
        first.shapes_done or second.shapes_done,
    )


@dataclass(slots=True)
class _Entry:
    """One image of the file that was found on disk."""

    path: Path
    frame: Frame | None
    tags: dict[str, None] = field(default_factory=dict[str, None])
    shapes: list[ImportedShape] = field(default_factory=list[ImportedShape])


class _File:
    """One COCO file, checked entry by entry."""

    def __init__(
        self,
        path: Path,
        document: Json,
        index: ImageIndex,
        problems: Problems,
        split: Split | None,
    ) -> None:
        self._path = path
        self._index = index
        self._problems = problems
        self._split = split
        self.categories = self._categories(document)
        self._annotations = self._entries(document, "annotations")
        # A file without any place is one of image-level labels.
        self._places = any("bbox" in a or "segmentation" in a for _, a in self._annotations)
        self._images = self._entries(document, "images")

    def images(self) -> Iterator[ImportedImage]:
        """The images that were found, each with what the file says about it."""
        found = self._found_images()
        known = {str(entry.get("id")) for _, entry in self._images}
        for place, annotation in self._annotations:
            key = str(annotation.get("image_id"))
            if key in found:
                self._annotate(found[key], place, annotation)
            elif key not in known:
                self._say(
                    f"{place}.image_id", say("there is no image {image} in the file", image=key)
                )
        for entry in found.values():
            yield ImportedImage(
                entry.path,
                tuple(entry.tags),
                tuple(entry.shapes),
                self._split,
                tags_done=not self._places and bool(entry.tags),
                shapes_done=self._places_known(entry),
            )

    def _places_known(self, entry: _Entry) -> bool:
        return entry.frame is not None and (self._places or not self._annotations)

    # Parts of the file ---------------------------------------------------------------------

    def _entries(self, document: Json, name: str) -> list[tuple[str, Json]]:
        """The objects of the list ``name``, each with its place in the file."""
        values = document.get(name, [])
        if not isinstance(values, list):
            self._say(name, say("this should be a list"))
            return []
        entries: list[tuple[str, Json]] = []
        for number, value in enumerate(cast(list[Any], values)):
            if isinstance(value, dict):
                entries.append((f"{name}[{number}]", cast(Json, value)))
            else:
                self._say(f"{name}[{number}]", say("this should be an object"))
        return entries

    def _categories(self, document: Json) -> dict[str, str]:
        """Names by id, in the order of the file."""
        names: dict[str, str] = {}
        for place, category in self._entries(document, "categories"):
            if "id" not in category:
                self._say(f"{place}.id", say("the category has no id"))
                continue
            key = str(category["id"])
            name = clean_name(str(category.get("name") or ""))
            if not name:
                self._say(f"{place}.name", say("the category has no name; its id is used"))
            names[key] = name or key
        return names

    def _found_images(self) -> dict[str, _Entry]:
        found: dict[str, _Entry] = {}
        for place, entry in self._images:
            name = entry.get("file_name")
            if not isinstance(name, str) or not name or "id" not in entry:
                self._say(place, say("the image needs an id and a file_name"))
                continue
            path = self._index.find(name, self._split)
            if path is None:
                self._say(
                    f"{place}.file_name", say("{name} was not found among the images", name=name)
                )
                continue
            declared = (whole_of(entry.get("width")), whole_of(entry.get("height")))
            frame = frame_of(path, declared if all(declared) else None, self._problems)
            found[str(entry["id"])] = _Entry(path, frame)
        return found

    def _annotate(self, entry: _Entry, place: str, annotation: Json) -> None:
        label = self.categories.get(str(annotation.get("category_id")))
        if label is None:
            self._say(
                f"{place}.category_id",
                say("there is no category {category}", category=annotation.get("category_id")),
            )
        elif not self._places:
            entry.tags[label] = None
        elif entry.frame is not None:
            geometry = self._geometry(place, annotation, entry.frame)
            if geometry is not None:
                ignore = bool(annotation.get("iscrowd") or annotation.get("ignore"))
                attributes = attributes_of(annotation.get("attributes"))
                entry.shapes.append(ImportedShape(label, geometry, ignore, attributes))

    # Geometry ------------------------------------------------------------------------------

    def _geometry(self, place: str, annotation: Json, frame: Frame) -> Geometry | None:
        """What the annotation covers, cut to the image; None, with a problem, if nothing."""
        segmentation = annotation.get("segmentation")
        try:
            found: Geometry | None = None
            if isinstance(segmentation, dict):
                found = mask_of(cast(Json, segmentation), frame)
            elif segmentation:
                found = self._polygon(place, segmentation)
            if found is None and not isinstance(segmentation, dict):
                found = box_of(annotation.get("bbox"))
        except Malformed as error:
            self._say(f"{place}.{error.field}", error.sentence)
            return None
        cut = fitted(found, frame) if found is not None else None
        if cut is None:
            self._say(place, say("the shape has no area within the image; it was left out"))
        return cut

    def _polygon(self, place: str, segmentation: Any) -> Polygon | None:
        """The parts with an area; None where only the box can be used."""
        if not isinstance(segmentation, list):
            raise Malformed("segmentation", "this should be a list or run lengths")
        rings = cast(list[Any], segmentation)
        if not isinstance(rings[0], list):
            rings = [rings]
        parts: list[Part] = []
        for number, ring in enumerate(rings):
            numbers = numbers_of(ring)
            if numbers is None or len(numbers) < 6 or len(numbers) % 2:
                self._say(
                    f"{place}.segmentation[{number}]",
                    say("a polygon needs three points or more, two numbers each; it was left out"),
                )
                continue
            points: Iterator[Point] = zip(numbers[::2], numbers[1::2], strict=True)
            parts.append(Part(tuple(points)))
        return Polygon(tuple(parts)) if parts else None

    def _say(self, place: str, sentence: Any) -> None:
        self._problems.add(self._path, place, sentence)
