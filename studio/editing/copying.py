"""Copies of shapes for another place: this image, another one, another project.

What goes onto the clipboard is JSON. Classes go by their names, which mean the same in another
project; geometry goes as the store packs it, so that nothing is rounded on the way.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from studio.domain import geometry as geo
from studio.domain.clipping import clip
from studio.domain.edits import Change, Edit, Title, created
from studio.domain.labels import Label, clean_name, find_label, new_label
from studio.domain.shapes import Geometry, Mask, RotatedBox, Shape
from studio.domain.snapping import edges_of
from studio.storage import packing
from studio.vision import masks

FORMAT, VERSION = "vision-studio-shapes", 1
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
MOST_STEPS = 64
"""How many places are tried for a copy that lies exactly on what is there."""


@dataclass(frozen=True, slots=True)
class Copied:
    """One shape on its way; its class by name and colour."""

    name: str
    color: str
    geometry: Geometry
    ignore: bool = False
    note: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where copies go: an image of ``width`` x ``height`` px with its standing ``shapes``."""

    image_id: int
    width: int
    height: int
    shapes: tuple[Shape, ...] = ()


# The clipboard --------------------------------------------------------------------------------


def to_text(shapes: Iterable[Shape], labels: Iterable[Label]) -> str:
    """Shapes as JSON."""
    by_id = {label.id: label for label in labels}
    values = [
        {
            "class": by_id[shape.label].name,
            "color": by_id[shape.label].color,
            "kind": packing.kind_of(shape.geometry),
            "geometry": base64.b64encode(packing.pack(shape.geometry)).decode("ascii"),
            "ignore": shape.ignore,
            "note": shape.note,
            "attributes": shape.attributes,
        }
        for shape in shapes
    ]
    document = {"format": FORMAT, "version": VERSION, "shapes": values}
    return json.dumps(document, ensure_ascii=False)


def from_text(text: str) -> tuple[Copied, ...]:
    """What ``to_text`` wrote; nothing at all where any of it is not as it should be."""
    try:
        document = json.loads(text)
        if (document["format"], document["version"]) != (FORMAT, VERSION):
            return ()
        return tuple(_copied(each) for each in document["shapes"])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return ()
    except (struct.error, binascii.Error, OverflowError):
        return ()


def _copied(value: dict[str, Any]) -> Copied:
    name, note, ignore = value["class"], value["note"], value["ignore"]
    attributes = tuple((key, text) for key, text in value["attributes"])
    texts = (name, note, *(text for pair in attributes for text in pair))
    geometry = packing.unpack(base64.b64decode(value["geometry"], validate=True))
    sound = all(isinstance(text, str) for text in texts) and isinstance(ignore, bool)
    if not (sound and clean_name(name) and COLOR.fullmatch(value["color"]) and _is_sound(geometry)):
        raise ValueError("not a shape")
    return Copied(name, value["color"], geometry, ignore, note, attributes)


def _is_sound(geometry: Geometry) -> bool:
    if isinstance(geometry, Mask):
        pixels = geometry.width * geometry.height
        runs = np.frombuffer(geometry.runs, dtype="<u4")
        return geometry.width > 0 < geometry.height and int(runs.sum(dtype=np.uint64)) == pixels
    return not geo.is_degenerate(geometry) and bool(np.isfinite(edges_of(geometry)).all())


# The edits ------------------------------------------------------------------------------------


def paste(
    copied: Sequence[Copied],
    place: Place,
    labels: Iterable[Label],
    ids: Iterable[int],
    offset_px: float,
) -> Edit:
    """Put copies onto an image, on top, where they were on theirs.

    What reaches beyond the image is cut, what lies beyond it is moved inside. Copies that would
    lie exactly on shapes of their class go ``offset_px`` aside. Classes that are missing are
    added; they come first in the edit.
    """
    known, added = list(labels), list[Change]()
    new_ids, top, shapes = iter(ids), _top(place), list[Shape]()
    for each in copied:
        geometry = fitted(each.geometry, place.width, place.height)
        if geometry is None:
            continue
        label = find_label(known, each.name)
        if label is None:
            taken = any(other.color == each.color for other in known)
            label = new_label(each.name, known, None if taken else each.color)
            known.append(label)
            added.append(Change(None, label))
        shapes.append(
            Shape(
                next(new_ids), place.image_id, label.id, geometry, z=top,
                ignore=each.ignore, note=each.note, attributes=each.attributes,
            )
        )  # fmt: skip
    edit = created(Title.PASTE, *_aside(shapes, place, offset_px))
    return replace(edit, changes=(*added, *edit.changes)) if edit else edit


def copy_previous(shapes: Iterable[Shape], place: Place, ids: Iterable[int]) -> Edit:
    """Put the shapes of another image onto this one, once: what is there already stays single."""
    new_ids, top = iter(ids), _top(place)
    standing = {(shape.label, shape.geometry) for shape in place.shapes}
    copies: list[Shape] = []
    for shape in shapes:
        geometry = fitted(shape.geometry, place.width, place.height)
        if geometry is None or (shape.label, geometry) in standing:
            continue
        standing.add((shape.label, geometry))
        copies.append(
            replace(
                shape, id=next(new_ids), image_id=place.image_id, geometry=geometry, z=top,
                locked=False, hidden=False, run=None, score=None,
            )
        )  # fmt: skip
    return created(Title.COPY_PREVIOUS, *copies)


def _top(place: Place) -> int:
    return max((shape.z for shape in place.shapes), default=0)


def _aside(shapes: list[Shape], place: Place, offset_px: float) -> list[Shape]:
    standing = {(shape.label, shape.geometry) for shape in place.shapes}
    for step in range(MOST_STEPS):
        for way in (step * offset_px, -step * offset_px):
            moved = [_moved(shape, way, place) for shape in shapes]
            if not any((shape.label, shape.geometry) in standing for shape in moved):
                return moved
    return shapes


def _moved(shape: Shape, by: float, place: Place) -> Shape:
    way = geo.translation_within(shape.geometry, by, by, place.width, place.height)
    return replace(shape, geometry=geo.translate(shape.geometry, *way)) if by else shape


# Onto an image of another size ----------------------------------------------------------------


def fitted(geometry: Geometry, width: int, height: int) -> Geometry | None:
    """``geometry`` as it lies on a ``width`` x ``height`` image; None where nothing of it can.

    It is cut at the border, or moved inside where it lies wholly beyond. A rotated box cannot be
    cut; its centre is kept inside.
    """
    if isinstance(geometry, RotatedBox):
        cx, cy = geo.clamp((geometry.cx, geometry.cy), width, height)
        return replace(geometry, cx=cx, cy=cy)
    box = geo.bounds(geometry)
    if box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height:
        return geometry
    way = (_inwards(box.x0, box.x1, width), _inwards(box.y0, box.y1, height))
    inside = geo.translate(geometry, *way)
    return _cut(geometry, width, height) or _cut(inside, width, height)


def _cut(geometry: Geometry, width: int, height: int) -> Geometry | None:
    match geometry:
        case Mask():
            return masks.within(geometry, width, height)
        case RotatedBox():
            return geometry
        case _:
            return clip(geometry, width, height)


def _inwards(low: float, high: float, length: int) -> float:
    """How far a span has to go to lie within 0 to ``length``, or to begin at 0 if it is longer."""
    return -low if low < 0 or high - low > length else min(0.0, length - high)
