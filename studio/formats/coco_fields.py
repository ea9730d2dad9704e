"""The fields of a COCO annotation, each checked before it is trusted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, cast

from studio.domain.shapes import Box, Geometry
from studio.errors import say
from studio.formats.finding import Frame
from studio.vision import rle

Json = Mapping[str, Any]


class Malformed(Exception):
    """A field that cannot be understood."""

    def __init__(self, field_name: str, template: str, **values: object) -> None:
        super().__init__(template)
        self.field = field_name
        self.sentence = say(template, **values)


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
                "the mask is of {width} x {height} pixels, which is not the image's size",
                width=said[1],
                height=said[0],
            )
        return rle.decode(segmentation)
    except (KeyError, IndexError, TypeError, ValueError, OverflowError) as error:
        raise Malformed("segmentation", "these are not valid run lengths") from error


def box_of(value: Any) -> Box:
    """``x, y, width, height`` as a box.

    Raises:
        Malformed: these are not four numbers, or the box has no area.
    """
    numbers = numbers_of(value)
    if numbers is None or len(numbers) != 4:
        raise Malformed("bbox", "the box needs four numbers: x, y, width, height")
    x, y, width, height = numbers
    if width <= 0 or height <= 0:
        raise Malformed("bbox", "the box has no area; it was left out")
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
    """A whole number; 0 for what is none."""
    return int(value) if isinstance(value, (int, float)) and math.isfinite(value) else 0


def attributes_of(value: Any) -> tuple[tuple[str, str], ...]:
    """An object's further properties as texts; none where it is no mapping."""
    if not isinstance(value, dict):
        return ()
    return tuple((str(key), str(each)) for key, each in cast(Json, value).items())
