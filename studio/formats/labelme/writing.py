"""Writing labelme's JSON: each picture copied, its file beside it, as labelme 5 and later have it.

labelme and X-AnyLabeling refuse a file with one kind of shape that they do not know, and each has
kinds of its own. So what both know is written: boxes as ``rectangle`` by two corners, polygons, of
several parts as several in one group, lines, and rotated boxes as the polygons of their corners;
only masks, and polygons with holes, are labelme's ``mask``, which X-AnyLabeling lacks. Points are a
``point`` each, in one group: called after their class, or after their places, within a rectangle of
their class, as X-AnyLabeling has keypoints. ``drawn``, which both keep, tells what is not seen.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from studio.domain import geometry as geo
from studio.domain.imports import Problem
from studio.domain.project import State
from studio.domain.shapes import (
    Box,
    Mask,
    Part,
    Point,
    Points,
    Polygon,
    Polyline,
    RotatedBox,
    Shape,
)
from studio.errors import EditConflict, FormatError, ImageProblem, Sentence, say
from studio.formats import left_out
from studio.formats.contract import ExportReport, Progress, Writing
from studio.formats.finding import readable
from studio.formats.json_fields import DRAWN
from studio.formats.labelme.masks import packed
from studio.formats.labelme.shapes import AROUND, POLYGON, ROTATED_BOX
from studio.formats.new_folder import NewFolder
from studio.storage.reader import Annotated, Reader
from studio.vision import masks

VERSION = "5.5.0"
"""The version of labelme whose fields are written; later ones read them too."""

Json = dict[str, Any]


@dataclass(slots=True)
class _Told:
    """What is to be written: ids of images, how many have no split, names of tags by label."""

    images: list[int] = field(default_factory=list[int])
    unsplit: int = 0
    tags: dict[str, str] = field(default_factory=dict[str, str])
    ignored: int = 0


def write(reader: Reader, dest: Path) -> Writing:
    """Copy every labelled image into the folder ``dest``, and write a file of labels beside each.

    Where every such image has a split, they lie in ``train``, ``val`` and ``test``.

    Raises:
        FormatError: there is nothing to write, or ``dest`` is not a new or empty folder.
    """
    told = _what_to_tell(reader)
    if not told.images:
        raise FormatError(
            "There is nothing to export yet; draw shapes, tag images, or mark images without "
            "any shapes as done."
        )
    names = {label.id: label.name for label in reader.labels()}
    problems: list[Problem] = []
    kinds: Counter[str] = Counter()
    written = 0
    with NewFolder(dest) as folder:
        for done, each in enumerate(reader.annotated(told.images), start=1):
            split = None if told.unsplit else each.split
            problem = _write_one(reader, each, folder, split or "", names, told.tags)
            if problem is None:
                written += 1
                kinds.update(_special_kinds(each))
            else:
                problems.append(Problem(each.image.path, "", problem))
            yield Progress(done, len(told.images))
        problems += left_out.splits(dest, told.unsplit, len(told.images))
        problems += _changed(readable(str(dest)), kinds, told.ignored)
        return ExportReport(tuple(folder.files), written, tuple(problems))


def _what_to_tell(reader: Reader) -> _Told:
    told = _Told()
    used: set[str] = set()
    for each in reader.annotated(reader.labelled_ids()):
        told.ignored += sum(shape.ignore for shape in each.shapes)
        tagged = bool(each.tags) or each.status.tags is State.DONE
        if tagged or _writable(each) or each.status.shapes is State.DONE:
            told.images.append(each.image.id)
            told.unsplit += each.split is None
            used |= {tag.label for tag in each.tags}
    told.tags = {label.id: label.name for label in reader.labels() if label.id in used}
    return told


def _writable(each: Annotated) -> list[Shape]:
    return [shape for shape in each.shapes if not shape.ignore]


def _special_kinds(each: Annotated) -> Iterator[str]:
    """What of an image other programs see differently: every rotated box, the image of masks."""
    geometries = [shape.geometry for shape in _writable(each)]
    yield from ("rotated box" for each in geometries if isinstance(each, RotatedBox))
    if any(isinstance(each, Mask) or _has_holes(each) for each in geometries):
        yield "image with masks"


def _changed(dest: str, kinds: Mapping[str, int], ignored: int) -> Iterator[Problem]:
    said: list[Sentence] = []
    if ignored:
        said.append(
            say("labelme has no regions to ignore; {count} of them were left out", count=ignored)
        )
    if count := kinds["rotated box"]:
        said.append(
            say(
                "labelme and X-AnyLabeling have no kind of rotated box in common; {count} of them "
                "were written as polygons of their corners",
                count=count,
            )
        )
    if count := kinds["image with masks"]:
        said.append(
            say(
                "X-AnyLabeling has no masks: it will not open the labels of {count} image(s) that "
                "have a mask or a polygon with holes; labelme 5.3 and later will",
                count=count,
            )
        )
    yield from (Problem(dest, "", sentence) for sentence in said)


# One image --------------------------------------------------------------------------------------


def _write_one(
    reader: Reader,
    each: Annotated,
    folder: NewFolder,
    subfolder: str,
    names: Mapping[str, str],
    tags: Mapping[str, str],
) -> Sentence | None:
    """Copy an image and write its labels; otherwise why that could not be done."""
    if not each.image.width:
        return say("its size is unknown; it was left out")
    try:
        shapes = list(_shapes(each, names))
        copy = folder.copy(reader.path_of(each.image), subfolder, by_stem=True)
    except (EditConflict, ImageProblem) as error:
        return error.sentence
    document = _document(each, readable(copy.name), shapes, tags)
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    folder.write(str(copy.with_suffix(".json").relative_to(folder.path)), text + "\n")
    return None


def _document(each: Annotated, name: str, shapes: list[Json], tags: Mapping[str, str]) -> Json:
    done = each.status.shapes is State.DONE
    own = {tag.label for tag in each.tags}
    asked = own or each.status.tags is State.DONE
    looked = done and len(_writable(each)) == len(each.shapes)
    return {
        "version": VERSION,
        "flags": {text: label in own for label, text in tags.items()} if asked else {},
        "checked": done,
        **({} if shapes or looked else {DRAWN: False}),
        "shapes": shapes,
        "imagePath": name,
        "imageData": None,
        "imageHeight": each.image.height,
        "imageWidth": each.image.width,
    }


def _shapes(each: Annotated, names: Mapping[str, str]) -> Iterator[Json]:
    """The entries of all shapes of an image, each object that needs several in a group."""
    group = 0
    for shape in _writable(each):
        entries = list(_entries(shape, names[shape.label], each.image.width, each.image.height))
        grouped = len(entries) > 1
        group += grouped
        for number, entry in enumerate(entries):
            common = _common(shape, group if grouped else None, is_first=number == 0)
            yield entry | common | entry  # in labelme's order: what it is comes first


def _common(shape: Shape, group: int | None, *, is_first: bool) -> Json:
    """What every entry says; what is said of the object stands with its first one."""
    attributes = dict(shape.attributes) if is_first else {}
    description = shape.note if is_first else ""
    if attributes.get("description", "").strip():
        description = attributes.pop("description")
    # Of a point it would say that it is occluded.
    difficult = attributes.get("difficult") == "1" and not isinstance(shape.geometry, Points)
    if difficult:
        del attributes["difficult"]
    return {
        "group_id": group,
        "description": readable(description),
        "difficult": difficult,
        "flags": {},
        "attributes": {readable(name): readable(text) for name, text in attributes.items()},
    } | ({} if shape.score is None else {"score": shape.score})


def _entries(shape: Shape, label: str, width: int, height: int) -> Iterator[Json]:
    """What tells the geometry of one shape on an image of that size."""
    match shape.geometry:
        case Box(x0, y0, x1, y1):
            yield _entry(label, "rectangle", ((x0, y0), (x1, y1)))
        case RotatedBox(cx, cy, w, h, angle) as box:
            drawn = {ROTATED_BOX: [cx, cy, w, h, angle]}
            yield _entry(label, "polygon", geo.corners(box)) | {DRAWN: drawn}
        case Polygon(parts) as polygon if _has_holes(polygon):
            yield _mask(label, polygon, width, height) | {DRAWN: {POLYGON: _rings(parts)}}
        case Polygon(parts):
            for part in parts:
                yield _entry(label, "polygon", part.outer)
        case Mask() as mask:
            yield _mask(label, mask, width, height)
        case Polyline(points):
            yield _entry(label, "line" if len(points) == 2 else "linestrip", points)
        case Points() as points:
            yield from _points(label, points, width, height)


def _has_holes(geometry: object) -> bool:
    return isinstance(geometry, Polygon) and any(part.holes for part in geometry.parts)


def _entry(label: str, kind: str, points: Iterable[Point]) -> Json:
    return {"label": label, "points": [list(point) for point in points], "shape_type": kind}


def _rings(parts: Iterable[Part]) -> list[list[list[list[float]]]]:
    return [
        [[list(point) for point in ring] for ring in (part.outer, *part.holes)] for part in parts
    ]


def _mask(label: str, geometry: Mask | Polygon, width: int, height: int) -> Json:
    """The pixels that are covered; of a geometry that covers none, one that is not set."""
    mask = masks.to_mask(geometry, width, height)
    bitmap = masks.decode(mask) if mask else np.zeros((1, 1), dtype=bool)
    x, y = (mask.x, mask.y) if mask else (0, 0)
    last = (x + bitmap.shape[1] - 1, y + bitmap.shape[0] - 1)
    return _entry(label, "mask", ((x, y), last)) | {"mask": packed(bitmap)}


def _points(label: str, shape: Points, width: int, height: int) -> Iterator[Json]:
    """A point each; where they are called after places, a rectangle before them tells the class."""
    if shape.names:
        box = geo.bounds(shape)
        x, y = min(box.x0, width - 1), min(box.y0, height - 1)
        corners = ((x, y), (max(box.x1, x + 1), max(box.y1, y + 1)))
        around = {AROUND: [value for corner in corners for value in corner]}
        yield _entry(label, "rectangle", corners) | {DRAWN: around}
    for index, point in enumerate(shape.points):
        name = readable(shape.names[index]) if shape.names else label
        yield _entry(name, "point", (point,)) | {"difficult": index in shape.occluded}
