"""The shapes of one image as CVAT's XML has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np

from studio.domain.places import assigned
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
from studio.errors import EditConflict
from studio.formats.cvat.labels import Classes, groups_of, written_attributes
from studio.formats.cvat.shapes import GROUP, IS_CROWD, OCCLUDED, PART
from studio.formats.xml_text import leaf, opened
from studio.storage.reader import Annotated
from studio.vision import masks


class Drawing:
    """Writes shapes, and counts in ``lost`` what is not as it was."""

    def __init__(self, classes: Classes, each: Annotated, lost: Counter[str]) -> None:
        self._classes = classes
        self._image = each.image
        self._groups = groups_of(each.shapes)
        self._lost = lost

    def lines(self, shape: Shape) -> Iterator[str]:
        """The element of a shape, or the elements of its parts."""
        if shape.ignore:
            self._lost["ignored"] += 1
        match shape.geometry:
            case Box(x0, y0, x1, y1):
                yield self._element("box", shape, _corners(x0, y0, x1, y1))
            case RotatedBox(cx, cy, width, height, angle_deg):
                dx, dy = width / 2, height / 2
                corners = _corners(cx - dx, cy - dy, cx + dx, cy + dy)
                # CVAT takes angles from 0 to 360; at 0 it would be a box like any other.
                turned = {**corners, "rotation": _number(angle_deg % 360 or 360)}
                yield self._element("box", shape, turned)
            case Polygon(parts) if any(part.holes for part in parts):
                yield from self._with_holes(shape)
            case Polygon((part,)):
                yield self._element("polygon", shape, _points(part.outer))
            case Polygon(parts):
                yield from self._parts(shape, parts)
            case Mask():
                yield self._element("mask", shape, _runs(shape.geometry))
            case Polyline(points):
                yield self._element("polyline", shape, _points(points))
            case Points():
                yield self._points(shape, shape.geometry)

    def _with_holes(self, shape: Shape) -> Iterator[str]:
        try:
            mask = masks.to_mask(shape.geometry, self._image.width, self._image.height)
        except EditConflict:
            mask = None
        if mask is None:
            self._lost["unmade"] += 1
            return
        self._lost["holes"] += 1
        yield self._element("mask", shape, _runs(mask))

    def _parts(self, shape: Shape, parts: tuple[Part, ...]) -> Iterator[str]:
        self._lost["parts"] += 1
        group = self._classes.new_group()
        for number, part in enumerate(parts, start=1):
            more = {**_points(part.outer), PART: f"{number}/{len(parts)}"}
            yield self._element("polygon", shape, more, group)

    def _points(self, shape: Shape, points: Points) -> str:
        places = self._classes.places(shape.label)
        if not places:
            hidden = len(points.occluded) == len(points.points)
            return self._element("points", shape, _points(points.points), occluded=hidden)
        marked = {place: i for i, place in enumerate(assigned(points, places)) if place is not None}
        inside = "".join(
            _place(name, points, marked.get(number)) for number, name in enumerate(places)
        )
        return self._element("skeleton", shape, {}, inside=inside)

    def _element(
        self,
        tag: str,
        shape: Shape,
        place: dict[str, str],
        new_group: str = "",
        occluded: bool = False,
        inside: str = "",
    ) -> str:
        source = "manual" if shape.run is None else "auto"
        about = {"label": self._classes.names[shape.label], "source": source}
        if tag != "skeleton":
            covered = OCCLUDED in shape.attributes and not isinstance(shape.geometry, Points)
            about["occluded"] = str(int(occluded or covered))
        about |= {**place, "z_order": str(shape.z)}
        group = "" if new_group else self._groups.get(shape.id, "")
        if new_group or group:
            about[GROUP] = new_group or group
        attributes = written_attributes(shape, group)
        if shape.ignore:
            attributes.append((IS_CROWD, "true"))
        told = "".join(leaf("attribute", text, name=name) for name, text in attributes)
        return f"{opened(tag, about)}{inside}{told}</{tag}>"


def _place(name: str, points: Points, index: int | None) -> str:
    """A point of a skeleton; one that is not marked stands, ``outside``, at the first one."""
    told = {
        "label": name,
        "source": "manual",
        "outside": str(int(index is None)),
        "occluded": str(int(index in points.occluded)),
        **_points([points.points[index or 0]]),
    }
    return opened("points", told) + "</points>"


def _corners(x0: float, y0: float, x1: float, y1: float) -> dict[str, str]:
    return {"xtl": _number(x0), "ytl": _number(y0), "xbr": _number(x1), "ybr": _number(y1)}


def _points(points: Iterable[Point]) -> dict[str, str]:
    return {"points": ";".join(f"{_number(x)},{_number(y)}" for x, y in points)}


def _runs(mask: Mask) -> dict[str, str]:
    lengths = np.frombuffer(mask.runs, "<u4").tolist()
    return {
        "rle": ", ".join(map(str, lengths)),
        "left": str(mask.x),
        "top": str(mask.y),
        "width": str(mask.width),
        "height": str(mask.height),
    }


def _number(value: float) -> str:
    """All digits that it takes to read the same number again."""
    return repr(float(value)).removesuffix(".0")
