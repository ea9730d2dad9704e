"""One shape of a CVAT file, checked before it is trusted.

Coordinates are pixels of the image, boxes by two corners and turned about their centre, masks as
run lengths in rows of their own window, as ours are. An ellipse becomes a polygon; a skeleton
becomes points by name, without those that are ``outside``. Of cuboids there is nothing here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from studio.domain import geometry as geo
from studio.domain.labels import clean_name
from studio.domain.places import are_numbers
from studio.domain.shapes import (
    Geometry,
    Mask,
    Part,
    Point,
    Points,
    Polygon,
    Polyline,
    RotatedBox,
)
from studio.errors import say
from studio.formats.cvat.xml_stream import Node
from studio.formats.malformed import Malformed

SHAPES = ("box", "polygon", "polyline", "points", "ellipse", "mask", "skeleton")
CUBOID = "cuboid"

GROUP = "group_id"
OCCLUDED = ("occluded", "1")

IS_CROWD = "is_crowd"
"""The attribute by which CVAT's COCO knows a region to ignore."""

PART = "part"
"""An attribute of our own, ``1/3`` and so on: polygons that are the parts of one."""

_ARC_PX = 0.05
"""How far the polygon of an ellipse may be off it."""

_FARTHEST = 1e9
"""No number of a shape is larger."""


_DIGITS = 9
"""To how many digits a turned box is worked out from its corners."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape as the file has it; ``part`` of how many, where it is only a part of one."""

    line: int
    label: str
    geometry: Geometry
    z: int = 0
    ignore: bool = False
    group: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    part: tuple[int, int] = (1, 1)


def drawn_of(node: Node, label: str, group: str) -> Drawn | None:
    """What the element draws; None where nothing of it is in the image.

    Raises:
        Malformed: it cannot be understood.
    """
    label = clean_name(label)
    if not label:
        raise Malformed(say("the object has no class; it was left out"))
    geometry = _geometry(node)
    if geometry is None:
        return None
    told = {child.get("name"): child.text for child in node.children if child.tag == "attribute"}
    told.pop("", None)
    crowd = told.pop(IS_CROWD, "").strip().casefold() in ("1", "true")
    if node.get("occluded") == "1" and not isinstance(geometry, Points):
        told |= dict((OCCLUDED,))
    z = _whole(node.get("z_order") or "0")
    return Drawn(node.line, label, geometry, z or 0, crowd, group, tuple(told.items()), _part(node))


def joined(shapes: list[Drawn]) -> Iterator[Drawn]:
    """The shapes from bottom to top, the parts of one put together again."""
    last: Drawn | None = None
    for shape in sorted(shapes, key=lambda shape: shape.z):
        if last is not None and _goes_on(last, shape):
            parts = (*_parts(last), *_parts(shape))
            last = replace(last, geometry=Polygon(parts), part=shape.part)
        else:
            if last is not None:
                yield last
            last = shape
    if last is not None:
        yield last


def attributes_of(shapes: Sequence[Drawn]) -> Iterator[tuple[tuple[str, str], ...]]:
    """The attributes of each shape of an image, with the group that it shares with another.

    Some programs number every shape's group; a group of one says nothing, as does one that only
    holds the parts of a polygon together.
    """
    groups = [shape.group if shape.part == (1, 1) else "" for shape in shapes]
    members = Counter(groups)
    for shape, group in zip(shapes, groups, strict=True):
        shared = group not in ("", "0") and members[group] > 1
        yield (*shape.attributes, *(((GROUP, group),) if shared else ()))


def _goes_on(last: Drawn, shape: Drawn) -> bool:
    number, count = shape.part
    return (
        1 < number <= count
        and last.part == (number - 1, count)
        and (last.label, last.group) == (shape.label, shape.group)
        and isinstance(last.geometry, Polygon)
        and isinstance(shape.geometry, Polygon)
    )


def _parts(shape: Drawn) -> tuple[Part, ...]:
    return shape.geometry.parts if isinstance(shape.geometry, Polygon) else ()


def _part(node: Node) -> tuple[int, int]:
    if PART not in node.attributes:
        return 1, 1
    number, _, count = (_whole(text) for text in node.get(PART).partition("/"))
    return number or 1, count or 1


def _geometry(node: Node) -> Geometry | None:
    match node.tag:
        case "box":
            return _box(node)
        case "polygon":
            ring = _points(node)
            if len(ring) > 3 and ring[0] == ring[-1]:
                ring = ring[:-1]
            return geo.polygon(*_at_least(3, ring))
        case "polyline":
            return Polyline(_at_least(2, _points(node)))
        case "points":
            points = _points(node)
            hidden = range(len(points)) if node.get("occluded") == "1" else ()
            return Points(points, frozenset(hidden))
        case "ellipse":
            return _ellipse(node)
        case "mask":
            return _mask(node)
        case _:
            return _skeleton(node)


def _box(node: Node) -> Geometry:
    x0, y0, x1, y1 = _numbers(node, "xtl", "ytl", "xbr", "ybr")
    box = geo.rectangle((x0, y0), (x1, y1))
    if _number(node.get("rotation") or "0") == 0:
        return box  # not turned; our own export says 360 of one that only happens to lie straight
    angle = _angle(node)
    # Corners that were worked out from sides must not leave a side of 0.99999 px.
    cx, cy = round((x0 + x1) / 2, _DIGITS), round((y0 + y1) / 2, _DIGITS)
    return RotatedBox(cx, cy, round(box.width, _DIGITS), round(box.height, _DIGITS), angle)


def _angle(node: Node) -> float:
    """The angle in degrees, clockwise, above -180 and up to 180."""
    angle = _number(node.get("rotation") or "0")
    if angle is None:
        raise _no_numbers("rotation")
    angle = math.fmod(angle, 360)
    if angle > 180:
        return angle - 360
    return angle + 360 if angle <= -180 else angle


def _ellipse(node: Node) -> Geometry:
    cx, cy, rx, ry = _numbers(node, "cx", "cy", "rx", "ry")
    rx, ry = abs(rx), abs(ry)
    turn = math.radians(_angle(node))
    cos, sin = math.cos(turn), math.sin(turn)
    longer = max(rx, ry, 2 * _ARC_PX)
    count = min(max(12, math.ceil(math.pi / math.acos(1 - _ARC_PX / longer))), 720)
    angles = (2 * math.pi * step / count for step in range(count))
    offsets = ((rx * math.cos(angle), ry * math.sin(angle)) for angle in angles)
    return geo.polygon(
        *((cx + dx * cos - dy * sin, cy + dx * sin + dy * cos) for dx, dy in offsets)
    )


def _mask(node: Node) -> Geometry:
    sides = [_whole(node.get(side)) for side in ("left", "top", "width", "height")]
    runs = [_whole(run) for run in node.get("rle").split(",")]
    left, top, width, height = (side if side is not None else -1 for side in sides)
    lengths = [run for run in runs if run is not None and run >= 0]
    filled = width > 0 and height > 0 and sum(lengths) == width * height
    if None in sides or len(lengths) < len(runs) or not filled:
        raise Malformed(say("the run lengths do not fill the mask; it was left out"))
    return Mask(left, top, width, height, np.array(lengths, "<u4").tobytes())


def _skeleton(node: Node) -> Geometry | None:
    places = [child for child in node.children if child.tag == "points"]
    if len(places) < sum(child.tag in (*SHAPES, CUBOID) for child in node.children):
        raise Malformed(say("a skeleton can be made of points only; it was left out"))
    names = [clean_name(place.get("label")) for place in places]
    if are_numbers(names):
        places.sort(key=lambda place: int(clean_name(place.get("label"))))
        names.sort(key=int)
    marked = [i for i, place in enumerate(places) if place.get("outside") != "1"]
    if not marked:
        return None
    # Places that are nothing but numbers in their order are points without names.
    numbered = names == [str(n) for n in range(1, len(names) + 1)]
    in_order = marked == list(range(len(marked)))
    return Points(
        tuple(_at_least(1, _points(places[i]))[0] for i in marked),
        frozenset(new for new, i in enumerate(marked) if places[i].get("occluded") == "1"),
        () if numbered and in_order else tuple(names[i] for i in marked),
    )


def _points(node: Node) -> tuple[Point, ...]:
    """``x,y;x,y`` as points."""
    found: list[Point] = []
    for pair in node.get("points").split(";"):
        numbers = [_number(text) for text in pair.split(",")]
        if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
            raise _no_numbers("points")
        found.append((numbers[0], numbers[1]))
    return tuple(found)


def _at_least(count: int, points: tuple[Point, ...]) -> tuple[Point, ...]:
    if len(points) < count:
        raise Malformed(
            say("the shape needs {count} point(s) or more; it was left out", count=count)
        )
    return points


def _numbers(node: Node, *names: str) -> tuple[float, ...]:
    found = [_number(node.get(name)) for name in names]
    numbers = tuple(number for number in found if number is not None)
    if len(numbers) < len(names):
        raise _no_numbers(", ".join(names))
    return numbers


def _no_numbers(field: str) -> Malformed:
    return Malformed(say("{field} should be numbers; the shape was left out", field=field))


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) <= _FARTHEST else None


def _whole(text: str) -> int | None:
    """A whole number, which may be written with a point; None for anything else."""
    value = _number(text)
    return int(value) if value is not None and value.is_integer() else None
