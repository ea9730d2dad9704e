"""Writing COCO: one record a line, in a stable order, so that two exports can be compared.

Every annotation has a segmentation, since many readers stumble over an empty one: a box is written
as its rectangle, an outline with holes as run lengths, and so is what is to be ignored, as
``iscrowd`` demands. So that all come back as they were drawn, ``drawn`` says "box", or repeats the
polygons. Points are keypoints in the rectangle around them. Of lines COCO knows nothing: they are
left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from studio.domain import geometry as geo
from studio.domain.imports import Problem
from studio.domain.places import places_for
from studio.domain.project import State
from studio.domain.shapes import (
    Box,
    Geometry,
    Mask,
    Points,
    Polygon,
    Polyline,
    RotatedBox,
    Shape,
)
from studio.errors import say
from studio.formats import left_out
from studio.formats.contract import ExportReport, Progress, Writing
from studio.formats.finding import readable
from studio.formats.json_fields import DRAWN
from studio.formats.keypoints import POINTS, fields_for
from studio.formats.writing import file_names, replacing
from studio.storage.reader import Annotated, Reader
from studio.vision import masks, rle

FILE_NAME = "annotations.json"

_CONTRIBUTOR = "Vision Studio"


def write(reader: Reader, dest: Path) -> Writing:
    """Write the project's shapes as one COCO file: ``dest`` itself, or in the folder ``dest``.

    Images with shapes are written, and those done without any (they say "nothing here"). An image
    nobody looked through is left out: read back, it would be taken for empty. ``file_name`` is as
    in ``file_names``.

    Raises:
        FormatError: there is nothing to write, the file cannot be written, or there is one that
            no export of ours wrote.
    """
    path = dest if dest.suffix.lower() == ".json" else dest / FILE_NAME
    problems: list[Problem] = []
    told = [each for each in reader.annotated() if _is_told(each)]
    if not told:
        raise left_out.everything()
    names = file_names(reader, told)
    category = {label.id: number for number, label in enumerate(reader.labels(), start=1)}
    places = _places(reader, told)
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for number, (each, name) in enumerate(zip(told, names, strict=True), start=1):
        image = each.image
        if not image.width:
            problems.append(Problem(image.path, "", say("its size is unknown; it was left out")))
            continue
        images.append(
            {"id": number, "file_name": name, "width": image.width, "height": image.height}
        )
        for shape in _writable(each):
            record = _annotation(shape, image.width, image.height)
            about = {"id": len(annotations) + 1, "image_id": number}
            about["category_id"] = category[shape.label]
            annotations.append({**about, **record, **_keypoints(shape, places[shape.label])})
        yield Progress(number, len(told))
    categories = [
        {"id": category[label.id], "name": label.name, "supercategory": ""}
        | ({"keypoints": places[label.id], "skeleton": []} if places[label.id] else {})
        for label in reader.labels()
    ]
    problems += (*_lost(path, reader), *left_out.tags(path, told))
    _write(
        path,
        readable(reader.project.name),
        {"categories": categories, "images": images, "annotations": annotations},
    )
    return ExportReport((path,), len(images), tuple(problems))


def _is_told(each: Annotated) -> bool:
    return bool(_writable(each)) or each.status.shapes is State.DONE


def _writable(each: Annotated) -> list[Shape]:
    return [shape for shape in each.shapes if not isinstance(shape.geometry, Polyline)]


def _lost(path: Path, reader: Reader) -> Iterator[Problem]:
    count = sum(n for (_, kind), n in reader.shape_counts().items() if kind == "polyline")
    if count:
        sentence = say("COCO has no lines; {count} line(s) were left out", count=count)
        yield Problem(readable(str(path)), "", sentence)


def _places(reader: Reader, told: Iterable[Annotated]) -> dict[str, list[str]]:
    """The keypoints that each class needs, by label id."""
    points: dict[str, list[Points]] = {label.id: [] for label in reader.labels()}
    for each in told:
        for shape in each.shapes:
            if isinstance(shape.geometry, Points):
                points[shape.label].append(shape.geometry)
    return {label: places_for(found) for label, found in points.items()}


def _keypoints(shape: Shape, places: Sequence[str]) -> dict[str, Any]:
    """The keypoints of a shape: none are marked on what is not points."""
    if isinstance(shape.geometry, Points):
        return {**fields_for(shape.geometry, places), DRAWN: POINTS}
    return fields_for(Points(()), places) if places else {}


def _annotation(shape: Shape, width: int, height: int) -> dict[str, Any]:
    if isinstance(shape.geometry, Points):
        around = _with_area(geo.bounds(shape.geometry), width, height)
        shape = replace(shape, geometry=around)
    box = geo.bounds(shape.geometry)
    record: dict[str, Any] = {
        "bbox": [box.x0, box.y0, box.width, box.height],
        **_covered(shape, width, height),
        "iscrowd": int(shape.ignore),
    }
    if shape.attributes:
        record["attributes"] = {readable(key): readable(text) for key, text in shape.attributes}
    if shape.score is not None:
        record["score"] = shape.score
    return record


def _with_area(box: Box, width: int, height: int) -> Box:
    """``box``, at least a pixel wide and high, within the image."""
    x, y = min(box.x0, width - 1), min(box.y0, height - 1)
    return Box(x, y, max(box.x1, x + 1), max(box.y1, y + 1))


def _covered(shape: Shape, width: int, height: int) -> dict[str, Any]:
    """The area in square pixels, the segmentation, and what was drawn where that hides it.

    The shoelace formula knows neither that parts overlap nor that an outline crosses itself:
    there the area is that of the pixels.
    """
    geometry = shape.geometry
    rings = _rings(geometry)
    drawn = _drawn(geometry)
    area = geo.area(geometry)
    if rings and not shape.ignore:
        if len(rings) > 1 or area < geo.MIN_SIDE_PX:
            area = float(masks.rasterise(geometry, width, height).sum())
        return {"area": area, "segmentation": rings, **drawn}
    bitmap = masks.rasterise(geometry, width, height)
    if rings and not drawn:
        drawn = {DRAWN: rings}
    packed = rle.encode_bitmap(bitmap)
    return {"area": float(bitmap.sum()) or area, "segmentation": packed, **drawn}


def _drawn(geometry: Geometry) -> dict[str, Any]:
    match geometry:
        case Box():
            return {DRAWN: "box"}
        case RotatedBox(cx, cy, width, height, angle_deg):
            return {DRAWN: {"rotated_box": [cx, cy, width, height, angle_deg]}}
        case Polygon(parts) if any(part.holes for part in parts):
            return {DRAWN: [[_flat(ring) for ring in (p.outer, *p.holes)] for p in parts]}
        case _:
            return {}


def _rings(geometry: Geometry) -> list[list[float]]:
    """The outlines as COCO has them; none where only run lengths can say what is covered."""
    match geometry:
        case Box() | RotatedBox():
            return [_flat(geo.corners(geometry))]
        case Polygon(parts) if not any(part.holes for part in parts):
            return [_flat(part.outer) for part in parts]
        case Polygon() | Mask() | Polyline() | Points():
            return []


def _flat(points: Iterable[tuple[float, float]]) -> list[float]:
    return [value for point in points for value in point]


def _write(path: Path, name: str, lists: Mapping[str, list[dict[str, Any]]]) -> None:
    info = {"description": name, "version": "1.0", "contributor": _CONTRIBUTOR}
    with replacing(path, _is_ours) as file:
        file.writelines(_lines(info, lists))


def _is_ours(line: str) -> bool:
    """Whether the first line of a file is that of our exports."""
    try:
        info = json.loads(line.rstrip().removesuffix(",") + "}")["info"]
        return info["contributor"] == _CONTRIBUTOR
    except (ValueError, KeyError, TypeError):
        return False


def _lines(info: Mapping[str, str], lists: Mapping[str, list[dict[str, Any]]]) -> Iterator[str]:
    yield '{"info": ' + json.dumps(info, ensure_ascii=False)
    for name, records in lists.items():
        yield f',\n"{name}": ['
        for number, record in enumerate(records):
            text = json.dumps(record, ensure_ascii=False, allow_nan=False)
            yield ("," if number else "") + "\n" + text
        yield "\n]"
    yield "}\n"
