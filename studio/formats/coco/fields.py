"""The fields of a COCO annotation, each checked before it is trusted."""

from __future__ import annotations

from typing import Any, cast

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Geometry, Part, Polygon, Ring, RotatedBox
from studio.errors import EditConflict, say
from studio.formats.frames import ROTATION, Frame, turned_as_in_cvat
from studio.formats.json_fields import DRAWN, Json, numbers_of
from studio.formats.malformed import Malformed
from studio.vision import masks, rle

_SAME_PX = 0.01
"""Corners no farther apart than this were rounded, not moved."""


def mask_of(segmentation: Json, frame: Frame) -> Geometry | None:
    """The mask of run lengths on the image that they were counted on; None when it is empty.

    Raises:
        Malformed: they are no run lengths, or of another size.
    """
    try:
        said = [int(side) for side in segmentation["size"]]
        if (said[1], said[0]) != frame.told_size:
            raise Malformed(
                say(
                    "the mask is of {width} x {height} pixels, which is not the image's size",
                    width=said[1],
                    height=said[0],
                ),
                "segmentation.size",
            )
        return rle.decode(segmentation)
    except (KeyError, IndexError, TypeError, ValueError, OverflowError) as error:
        raise Malformed(say("these are not valid run lengths"), "segmentation") from error


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
        raise Malformed(say("the box needs four numbers: x, y, width, height"), "bbox")
    x, y, width, height = numbers
    if width <= 0 or height <= 0:
        raise Malformed(say("the box has no area; it was left out"), "bbox")
    return Box(x, y, x + width, y + height)


def drawn_of(annotation: Json) -> Geometry | None:
    """What our own export says was drawn, where ``segmentation`` alone does not; else None.

    ``drawn`` is "box" where a box is written as a rectangle or as run lengths, a rotated box
    where that is, and polygons where those are run lengths: a list of rings, or of parts that
    are lists of an outline and its holes. A segmentation that covers something else by now was
    changed since.

    Raises:
        Malformed: the box has no area.
    """
    drawn, segmentation = annotation.get(DRAWN), annotation.get("segmentation")
    if isinstance(segmentation, dict):
        geometry = _drawn_under(drawn, annotation)
        return geometry if geometry and _covers(geometry, cast(Json, segmentation)) else None
    if not isinstance(segmentation, list):
        return None
    if drawn == "box":
        return _rectangle(cast(list[Any], segmentation))
    rotated = _rotated_box(drawn)
    return rotated if rotated and _is_outline(rotated, cast(list[Any], segmentation)) else None


def _drawn_under(drawn: Any, annotation: Json) -> Geometry | None:
    """What run lengths are said to be of."""
    if drawn == "box":
        return box_of(annotation.get("bbox"))
    if isinstance(drawn, list):
        parts = [_part(each) for each in cast(list[Any], drawn)]
        whole = [part for part in parts if part is not None]
        return Polygon(tuple(whole)) if whole and len(whole) == len(parts) else None
    return _rotated_box(drawn)


def _part(told: Any) -> Part | None:
    if not isinstance(told, list) or not told:
        return None
    told = cast(list[Any], told)
    rings = [_ring(ring) for ring in (told if isinstance(told[0], list) else [told])]
    whole = [ring for ring in rings if ring is not None]
    return Part(whole[0], tuple(whole[1:])) if len(whole) == len(rings) else None


def _ring(told: Any) -> Ring | None:
    numbers = numbers_of(told)
    if numbers is None or len(numbers) < 6 or len(numbers) % 2:
        return None
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def _covers(geometry: Geometry, segmentation: Json) -> bool:
    """Whether these run lengths are those of ``geometry``."""
    try:
        height, width = (int(side) for side in segmentation["size"])
        mask = masks.within(geometry, width, height)
        return mask == rle.decode(segmentation)
    except (KeyError, TypeError, ValueError, OverflowError, EditConflict):
        return False


def _rectangle(rings: list[Any]) -> Box | None:
    numbers = numbers_of(rings[0]) if len(rings) == 1 else None
    if numbers is None or len(numbers) != 8:
        return None
    x0, y0, x1, y1 = numbers[0], numbers[1], numbers[4], numbers[5]
    upright = numbers == [x0, y0, x1, y0, x1, y1, x0, y1]
    return Box(x0, y0, x1, y1) if upright and x0 < x1 and y0 < y1 else None


def _rotated_box(drawn: Any) -> RotatedBox | None:
    told = cast(Json, drawn).get("rotated_box") if isinstance(drawn, dict) else None
    numbers = numbers_of(told)
    return RotatedBox(*numbers) if numbers is not None and len(numbers) == 5 else None


def _is_outline(box: RotatedBox, rings: list[Any]) -> bool:
    corners = [value for point in geo.corners(box) for value in point]
    told = numbers_of(rings[0]) if len(rings) == 1 else None
    if told is None or len(told) != len(corners):
        return False
    return all(abs(a - b) < _SAME_PX for a, b in zip(told, corners, strict=True))
