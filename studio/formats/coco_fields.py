"""The fields of a COCO annotation, each checked before it is trusted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, cast

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Geometry, Part, Polygon, RotatedBox
from studio.errors import Sentence, say
from studio.formats.finding import readable
from studio.formats.frames import ROTATION, Frame, turned_as_in_cvat
from studio.vision import rle

Json = Mapping[str, Any]

DRAWN = "drawn"
"""A field of our own; other programs pass over it."""

_SAME_PX = 0.01
"""Corners no farther apart than this were rounded, not moved."""


class Malformed(Exception):
    """A field that cannot be understood."""

    def __init__(self, field_name: str, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.field = field_name
        self.sentence = sentence


def mask_of(segmentation: Json, frame: Frame) -> Geometry | None:
    """The mask of run lengths on the image that they were counted on; None when it is empty.

    Raises:
        Malformed: they are no run lengths, or of another size.
    """
    try:
        said = [int(side) for side in segmentation["size"]]
        if (said[1], said[0]) != frame.told_size:
            raise Malformed(
                "segmentation.size",
                say(
                    "the mask is of {width} x {height} pixels, which is not the image's size",
                    width=said[1],
                    height=said[0],
                ),
            )
        return rle.decode(segmentation)
    except (KeyError, IndexError, TypeError, ValueError, OverflowError) as error:
        raise Malformed("segmentation", say("these are not valid run lengths")) from error


def turned_box_of(annotation: Json) -> Box | RotatedBox:
    """The box of an annotation, turned where CVAT says so, which is in an attribute.

    Raises:
        Malformed: see ``box_of``.
    """
    box = box_of(annotation.get("bbox"))
    attributes = annotation.get("attributes")
    told = cast(Json, attributes).get(ROTATION) if isinstance(attributes, dict) else None
    angle = numbers_of([told])
    return turned_as_in_cvat(box, angle[0]) if angle else box


def box_of(value: Any) -> Box:
    """``x, y, width, height`` as a box.

    Raises:
        Malformed: these are not four numbers, or the box has no area.
    """
    numbers = numbers_of(value)
    if numbers is None or len(numbers) != 4:
        raise Malformed("bbox", say("the box needs four numbers: x, y, width, height"))
    x, y, width, height = numbers
    if width <= 0 or height <= 0:
        raise Malformed("bbox", say("the box has no area; it was left out"))
    return Box(x, y, x + width, y + height)


def numbers_of(value: Any) -> list[float] | None:
    """A list of finite numbers, or None."""
    if not isinstance(value, list):
        return None
    values = cast(list[Any], value)
    # JSON knows no other numbers; a bool has a type of its own. 1e400 is read as infinity.
    if not {type(each) for each in values} <= {int, float}:
        return None
    try:
        numbers = [float(each) for each in values]
    except OverflowError:
        return None
    return numbers if all(map(math.isfinite, numbers)) else None


def whole_of(value: Any) -> int:
    """A whole number; 0 for what is none, or beyond all measure."""
    try:
        return int(value) if isinstance(value, (int, float)) and math.isfinite(value) else 0
    except OverflowError:
        return 0


def id_of(value: Any) -> str:
    """An id as a text: 1, 1.0 and "1" are the same."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def flag_of(value: Any) -> bool:
    """Whether a flag is set; texts such as "0" and "false" say that it is not."""
    if isinstance(value, str):
        return value.strip().casefold() not in ("", "0", "false", "no")
    return bool(value)


def drawn_of(annotation: Json) -> Geometry | None:
    """What our own export says was drawn, where ``segmentation`` alone does not; else None.

    ``drawn`` is "box" where a box is written as a rectangle or as run lengths, a rotated box
    where that is, and a list of polygons where those are. A segmentation that is not this
    rectangle any more was changed since.

    Raises:
        Malformed: the box has no area.
    """
    drawn, segmentation = annotation.get(DRAWN), annotation.get("segmentation")
    if drawn == "box" and isinstance(segmentation, list):
        return _rectangle(cast(list[Any], segmentation))
    if isinstance(drawn, dict):
        return _rotated_box(cast(Json, drawn), segmentation)
    if not isinstance(segmentation, dict):
        return None
    if drawn == "box":
        return box_of(annotation.get("bbox"))
    rings = [numbers_of(ring) for ring in cast(list[Any], drawn)] if isinstance(drawn, list) else []
    parts = [
        Part(tuple(zip(ring[::2], ring[1::2], strict=True)))
        for ring in rings
        if ring and len(ring) >= 6 and len(ring) % 2 == 0
    ]
    return Polygon(tuple(parts)) if parts and len(parts) == len(rings) else None


def _rectangle(rings: list[Any]) -> Box | None:
    numbers = numbers_of(rings[0]) if len(rings) == 1 else None
    if numbers is None or len(numbers) != 8:
        return None
    x0, y0, x1, y1 = numbers[0], numbers[1], numbers[4], numbers[5]
    upright = numbers == [x0, y0, x1, y0, x1, y1, x0, y1]
    return Box(x0, y0, x1, y1) if upright and x0 < x1 and y0 < y1 else None


def _rotated_box(drawn: Json, segmentation: Any) -> RotatedBox | None:
    numbers = numbers_of(drawn.get("rotated_box"))
    if numbers is None or len(numbers) != 5:
        return None
    box = RotatedBox(*numbers)
    if isinstance(segmentation, dict):
        return box
    corners = [value for point in geo.corners(box) for value in point]
    rings = cast(list[Any], segmentation) if isinstance(segmentation, list) else []
    told = numbers_of(rings[0]) if len(rings) == 1 else None
    same = told is not None and len(told) == len(corners)
    same = same and all(abs(a - b) < _SAME_PX for a, b in zip(told or (), corners, strict=True))
    return box if same else None


def attributes_of(value: Any) -> tuple[tuple[str, str], ...]:
    """An object's further properties as texts; none where it is no mapping."""
    if not isinstance(value, dict):
        return ()
    return tuple(
        (readable(str(key)), readable(str(each))) for key, each in cast(Json, value).items()
    )
