"""What YOLO makes of shapes: the rows of one image, and a count of all that they cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from studio.domain import geometry as geo
from studio.domain.clipping import clip
from studio.domain.shapes import (
    Box,
    Geometry,
    Mask,
    Point,
    Points,
    Polygon,
    Polyline,
    RotatedBox,
    Shape,
)
from studio.errors import Sentence, say
from studio.formats.keypoints import fields_for
from studio.formats.yolo.joining import joined
from studio.formats.yolo.keypoints import around
from studio.vision import masks, outlines

_DECIMALS = 8
"""A corner of an image of 30,000 px is then off by less than 0.0002 px."""

_SLACK_PX = 0.5
"""A keypoint may be this far outside the box of its object."""


class Task(StrEnum):
    """What Ultralytics can learn from a data set; its rows are laid out accordingly."""

    DETECT = "detect"
    SEGMENT = "segment"
    OBB = "obb"
    POSE = "pose"


@dataclass(slots=True)
class Conversion:
    """Makes rows for ``task``; ``classes`` are numbers by label id, ``places`` the keypoints'."""

    task: Task
    classes: Mapping[str, int]
    places: Sequence[str] = ()
    counts: Counter[str] = field(default_factory=Counter[str])

    def rows(self, shapes: Iterable[Shape], width: int, height: int) -> list[str]:
        """The rows of one image of that size."""
        size = (width, height)
        kept = [shape for shape in shapes if self._is_carried(shape)]
        if self.task is Task.POSE:
            rows = list(self._poses(kept, size))
        else:
            rows = [row for shape in kept if (row := self._row(shape, size)) is not None]
        return [" ".join(row) for row in rows]

    def lost(self) -> Iterator[Sentence]:
        """What became of the shapes that could not be written as they are, a sentence a kind."""
        for kind, count in self.counts.items():
            yield _sentence(kind, count)

    def _is_carried(self, shape: Shape) -> bool:
        if shape.ignore:
            self.counts["ignored"] += 1
            return False
        match shape.geometry:
            case Polyline():
                lost = "line"
            case Points() if self.task is not Task.POSE:
                lost = "points"
            case Polygon() | Mask() if self.task is Task.OBB:
                lost = "outline"
            case _:
                self.counts.update(["attributes"] * bool(shape.attributes))
                self.counts.update(["score"] * (shape.score is not None))
                return True
        self.counts[lost] += 1
        return False

    def _row(self, shape: Shape, size: tuple[int, int]) -> list[str] | None:
        match self.task:
            case Task.SEGMENT:
                values = self._outline(shape.geometry, size)
            case Task.OBB:
                values = self._corners(shape.geometry, size)
            case _:
                values = self._bounds(shape.geometry, size)
        if values is None:
            self.counts["outside"] += 1
            return None
        return [str(self.classes[shape.label]), *values]

    # Boxes ---------------------------------------------------------------------------------

    def _bounds(self, geometry: Geometry, size: tuple[int, int]) -> list[str] | None:
        inside = _within(geometry, size)
        if inside is None:
            return None
        if not isinstance(geometry, Box):
            self.counts["boxed"] += 1
        return _box(inside, size)

    def _corners(self, geometry: Geometry, size: tuple[int, int]) -> list[str] | None:
        if not isinstance(geometry, Box | RotatedBox):
            return None
        corners = tuple(map(_rounded, geo.corners(geometry)))
        inside = tuple(geo.clamp(corner, *size) for corner in corners)
        if inside != corners:
            if clip(geo.polygon(*corners), *size) is None:
                return None
            self.counts["clamped"] += 1
        self.counts.update(["turned"] * isinstance(geometry, Box))
        return _points(inside, size)

    # Outlines ------------------------------------------------------------------------------

    def _outline(self, geometry: Geometry, size: tuple[int, int]) -> list[str] | None:
        match geometry:
            case Box() | RotatedBox():
                self.counts["outlined"] += 1
                polygon = geo.as_polygon(geometry)
            case Mask():
                self.counts["traced"] += 1
                polygon = masks.outlines(geometry)
            case Polygon():
                polygon = _apart(geometry)
            case Polyline() | Points():
                return None
        box = geo.bounds(polygon)
        if min(box.x0, box.y0) < 0 or box.x1 > size[0] or box.y1 > size[1]:
            cut = clip(polygon, *size)
            if not isinstance(cut, Polygon):
                return None
            polygon = cut
        if len(polygon.parts) == 1 and not polygon.parts[0].holes:
            return _points(polygon.parts[0].outer, size)
        self.counts["joined"] += 1
        return _points(joined(polygon), size)

    # Keypoints -----------------------------------------------------------------------------

    def _poses(self, shapes: Sequence[Shape], size: tuple[int, int]) -> Iterator[list[str]]:
        """A row for each object with keypoints, in its box; and one for each without any."""
        bodies = _bodies(shapes, size)
        taken = set(bodies.values())
        for index, shape in enumerate(shapes):
            class_id = str(self.classes[shape.label])
            if isinstance(shape.geometry, Points):
                body = bodies.get(index)
                if body is None:
                    box = _box(around(shape.geometry, *size), size)
                else:
                    box = self._bounds(shapes[body].geometry, size) or []
                yield [class_id, *box, *self._keypoints(shape.geometry, size)]
            elif index not in taken:
                row = self._row(shape, size)
                if row is not None:
                    self.counts["bare"] += 1
                    yield [*row, *self._keypoints(Points(()), size)]

    def _keypoints(self, points: Points, size: tuple[int, int]) -> list[str]:
        told: list[float] = fields_for(points, self.places)["keypoints"]
        values: list[str] = []
        for start in range(0, len(told), 3):
            x, y, seen = told[start : start + 3]
            values += (*_points([(x, y)], size), str(int(seen)))
        return values


def _bodies(shapes: Sequence[Shape], size: tuple[int, int]) -> dict[int, int]:
    """For keypoints the shape of the same class around them, by index; the smallest first."""
    boxes = {i: _within(shape.geometry, size) for i, shape in enumerate(shapes)}
    pairs = [
        (geo.area(box), points, body)
        for body, box in boxes.items()
        if box is not None
        for points, shape in enumerate(shapes)
        if isinstance(shape.geometry, Points)
        and shape.label == shapes[body].label
        and _holds(box, shape.geometry)
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, points, body in sorted(pairs):
        if points not in found and body not in taken:
            found[points] = body
            taken.add(body)
    return found


def _holds(box: Box, points: Points) -> bool:
    inner = geo.bounds(points)
    left, top = inner.x0 >= box.x0 - _SLACK_PX, inner.y0 >= box.y0 - _SLACK_PX
    return left and top and inner.x1 <= box.x1 + _SLACK_PX and inner.y1 <= box.y1 + _SLACK_PX


def _within(geometry: Geometry, size: tuple[int, int]) -> Box | None:
    """The bounds of what covers something, within the image; None where there are none."""
    if isinstance(geometry, Polyline | Points):
        return None
    box = geo.bounds(geometry)
    inside = geo.rectangle(geo.clamp((box.x0, box.y0), *size), geo.clamp((box.x1, box.y1), *size))
    return inside if inside.width > 0 and inside.height > 0 else None


def _apart(polygon: Polygon) -> Polygon:
    """The polygon with parts that do not overlap."""
    if len(polygon.parts) > 1 and _any_meet(geo.bounds(Polygon((part,))) for part in polygon.parts):
        return outlines.union([Polygon((part,)) for part in polygon.parts]) or polygon
    return polygon


def _any_meet(boxes: Iterable[Box]) -> bool:
    open_ones: list[Box] = []
    for box in sorted(boxes, key=lambda each: each.x0):
        open_ones = [each for each in open_ones if each.x1 > box.x0]
        if any(each.y0 < box.y1 and box.y0 < each.y1 for each in open_ones):
            return True
        open_ones.append(box)
    return False


# Numbers ---------------------------------------------------------------------------------------


def _rounded(point: Point) -> Point:
    return round(point[0], 9), round(point[1], 9)


def _points(points: Iterable[Point], size: tuple[int, int]) -> list[str]:
    return [
        _text(_part_of(value, side)) for p in points for value, side in zip(p, size, strict=True)
    ]


def _box(box: Box, size: tuple[int, int]) -> list[str]:
    """Centre and size, so that the corners that others make of them are within the image."""
    x0, x1 = _part_of(box.x0, size[0]), _part_of(box.x1, size[0])
    y0, y1 = _part_of(box.y0, size[1]), _part_of(box.y1, size[1])
    return [_text(value) for value in ((x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0)]


def _part_of(value: float, side: int) -> float:
    return round(min(max(value / side, 0.0), 1.0), _DECIMALS)


def _text(value: float) -> str:
    """With a decimal more, so that the middle of two is exact."""
    return f"{value:.{_DECIMALS + 1}f}".rstrip("0").rstrip(".")


# Sentences -------------------------------------------------------------------------------------


def _sentence(kind: str, count: int) -> Sentence:
    match kind:
        case "line":
            return say("YOLO has no lines; {count} line(s) were left out", count=count)
        case "points":
            return say(
                "keypoints are for YOLO pose only; those of {count} object(s) were left out",
                count=count,
            )
        case "outline":
            return say(
                "polygons and masks are no rotated boxes; {count} of them were left out",
                count=count,
            )
        case "ignored":
            return say(
                "YOLO has no regions to ignore; {count} of them were left out, so what is there "
                "counts as background",
                count=count,
            )
        case "attributes":
            return say(
                "YOLO has no attributes; those of {count} shape(s) were left out", count=count
            )
        case "score":
            return say("YOLO has no scores; those of {count} shape(s) were left out", count=count)
        case "outside":
            return say(
                "{count} shape(s) have no area within their image; they were left out", count=count
            )
        case "boxed":
            return say(
                "{count} shape(s) that are no upright boxes were written as the boxes around them",
                count=count,
            )
        case "turned":
            return say("{count} upright box(es) were written as rotated boxes", count=count)
        case "clamped":
            return say(
                "{count} rotated box(es) reach beyond their image; the corners outside were moved "
                "to its border, since Ultralytics takes no others",
                count=count,
            )
        case "outlined":
            return say("{count} box(es) were written as polygons of four corners", count=count)
        case "traced":
            return say("{count} mask(s) were written as their outlines", count=count)
        case "joined":
            return say(
                "{count} shape(s) of several parts or with holes were written as one outline, "
                "joined by bridges without width, since YOLO has one outline a row",
                count=count,
            )
        case "bare":
            return say(
                "{count} shape(s) without keypoints were written as boxes with no keypoint marked",
                count=count,
            )
        case _:
            raise ValueError(kind)
