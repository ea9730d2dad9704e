"""The rows of a YOLO label file, checked number by number.

A row is a class and, in parts of the image's width and height, 4 numbers of a box (its centre and
its size), or x and y of three corners or more; where the data set says so, a box and keypoints.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studio.domain import geometry as geo
from studio.domain.imports import ImportedShape
from studio.domain.shapes import Box, Geometry, Part, Point, Points, Polygon, RotatedBox
from studio.errors import EditConflict, Sentence, say
from studio.formats.finding import Problems, readable
from studio.formats.frames import Frame, fitted
from studio.formats.keypoints import points_of
from studio.formats.malformed import Malformed
from studio.formats.yolo.description import Keypoints
from studio.formats.yolo.keypoints import is_around

_FAR_OUT = (-1.0, 2.0)
"""What lies beyond is no part of an image: these are pixels."""

_ROUNDED_PX = 0.005
"""What is this near to a whole pixel was one, before it was written with few decimals."""

_BESIDE_PX = 0.5
"""What is this little outside the image was meant to be on its border."""

_RECTANGLE_PX = 1.0
"""Corners of a rectangle that were rounded to whole pixels are this far off at most."""

_MOST_CLASSES = 1_000_000

_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one row draws, not yet cut to the image."""

    line: int
    label: str
    geometry: Geometry


@dataclass(slots=True)
class Rows:
    """Reads the rows of one data set; what is odd about many of them is said of the first.

    ``rotated`` says that so far every row was a class and four corners.
    """

    problems: Problems
    keypoints: Keypoints | None = None
    rotated: bool = True
    _said: set[str] = field(default_factory=set[str])

    def read(
        self, path: Path, text: str, names: Mapping[int, str], frame: Frame
    ) -> tuple[list[Drawn], bool]:
        """What the label file at ``path`` draws, and whether that is all of it.

        Without any ``names`` the classes are called by their numbers.
        """
        drawn: list[Drawn] = []
        whole = True
        for line, row in enumerate(text.splitlines(), start=1):
            if not row.strip():
                continue
            try:
                numbers = self._numbers(path, line, row)
                label = _label_of(numbers[0], names)
                self.rotated &= len(numbers) == 9 and not self._is_pose(numbers)
                for geometry in self._geometries(path, line, numbers, frame):
                    drawn.append(Drawn(line, label, geometry))
            except Malformed as bad:
                self.problems.add(path, f"line {line}", bad.sentence)
                whole = False
        return drawn, whole

    def finished(
        self, path: Path, drawn: Sequence[Drawn], frame: Frame
    ) -> tuple[tuple[ImportedShape, ...], bool]:
        """The shapes, cut to the image, once all rows are read; and whether nothing was lost."""
        before = len(self.problems.found)
        shapes: list[ImportedShape] = []
        for each in drawn:
            geometry = each.geometry
            if self.rotated and isinstance(geometry, Polygon):
                geometry = rectangle_of(geometry.parts[0].outer) or geometry
            try:
                cut = fitted(geometry, frame)
            except EditConflict as error:
                self.problems.add(path, f"line {each.line}", error.sentence)
                continue
            if isinstance(geometry, Points):
                self._say_lost(path, each.line, geometry, cut)
            elif cut is None:
                sentence = say("the shape has no area within the image; it was left out")
                self.problems.add(path, f"line {each.line}", sentence)
            if cut is not None:
                shapes.append(ImportedShape(each.label, cut))
        return tuple(shapes), len(self.problems.found) == before

    def _say_lost(self, path: Path, line: int, points: Points, cut: Geometry | None) -> None:
        lost = len(points.points) - (len(cut.points) if isinstance(cut, Points) else 0)
        if lost:
            sentence = say(
                "{count} keypoint(s) lie outside the image; they were left out", count=lost
            )
            self.problems.add(path, f"line {line}", sentence)

    # Numbers -------------------------------------------------------------------------------

    def _numbers(self, path: Path, line: int, row: str) -> list[float]:
        words = row.split()
        if "," in row and len(words) >= 5 and all(map(_DECIMAL_COMMA.fullmatch, words[1:])):
            words = [word.replace(",", ".") for word in words]
            sentence = say("its decimal commas were read as points, here and wherever they stand")
            self._once("decimal commas", path, line, sentence)
        elif "," in row:
            words = row.replace(",", " ").split() or [row.strip()]
            sentence = say("its commas were read as blanks, here and wherever they stand")
            self._once("commas", path, line, sentence)
        return [_number(word) for word in words]

    def _once(self, what: str, path: Path, line: int, sentence: Sentence) -> None:
        if what not in self._said:
            self._said.add(what)
            self.problems.add(path, f"line {line}", sentence)

    def _say_confidence(self, path: Path, line: int) -> None:
        sentence = say(
            "its last number was taken for a confidence, which is not kept, here and wherever "
            "there is one"
        )
        self._once("confidence", path, line, sentence)

    # Geometries ----------------------------------------------------------------------------

    def _is_pose(self, numbers: Sequence[float]) -> bool:
        if self.keypoints is None:
            return False
        return len(numbers) - 1 in (self.keypoints.numbers, self.keypoints.numbers + 1)

    def _geometries(
        self, path: Path, line: int, numbers: list[float], frame: Frame
    ) -> Iterator[Geometry]:
        values = numbers[1:]
        if self.keypoints is not None and self._is_pose(numbers):
            if len(values) > self.keypoints.numbers:
                self._say_confidence(path, line)
            yield from _pose(values, self.keypoints, int(numbers[0]), frame)
        elif len(values) in (4, 5):
            if len(values) == 5:
                self._say_confidence(path, line)
            yield _box(values[:4], frame)
        elif self.keypoints is None and _has_visibilities(values):
            raise Malformed(
                say(
                    "its numbers are a box and keypoints; say in data.yaml how many there are, as "
                    "in kpt_shape: [{count}, 3]; the line was left out",
                    count=(len(values) - 4) // 3,
                )
            )
        elif len(values) >= 6 and len(values) % 2 == 0:
            _check_parts(values)
            points = zip(values[::2], values[1::2], strict=True)
            yield Polygon((Part(tuple(_pixel(point, frame) for point in points)),))
        else:
            sentence = say(
                "{count} numbers after the class are no box (4), no corners (6 or more, two "
                "each), and no keypoints as data.yaml tells them; the line was left out",
                count=len(values),
            )
            raise Malformed(sentence)


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Malformed(say("{text} is no number; the line was left out", text=readable(word[:40])))
    return value


def _label_of(value: float, names: Mapping[int, str]) -> str:
    if not 0 <= value < _MOST_CLASSES or value != int(value):
        sentence = say(
            "a line begins with the number of a class, not with {text}; it was left out",
            text=f"{value:g}",
        )
        raise Malformed(sentence)
    number = int(value)
    if names and number not in names:
        raise Malformed(say("there is no class {number}; the line was left out", number=number))
    return names.get(number, str(number))


def _has_visibilities(values: Sequence[float]) -> bool:
    """Whether every third number after a box is 0, 1 or 2, and not all are corners' parts."""
    told = values[6::3]
    return len(values) % 3 == 1 and 2.0 in told and set(told) <= {0.0, 1.0, 2.0}


def _check_parts(values: Sequence[float]) -> None:
    if min(values) < _FAR_OUT[0] or max(values) > _FAR_OUT[1]:
        sentence = say(
            "these look like pixels, but YOLO counts in parts of the image's width and height, "
            "from 0 to 1; the line was left out"
        )
        raise Malformed(sentence)


def _pixel(point: Point, frame: Frame) -> Point:
    return _along(point[0], frame.width), _along(point[1], frame.height)


def _along(part: float, size: int) -> float:
    """A part of a side in pixels, put right where it was rounded."""
    value = _whole(part * size)
    if -_BESIDE_PX <= value < 0:
        return 0.0
    return float(size) if size < value <= size + _BESIDE_PX else value


def _whole(value: float) -> float:
    nearest = round(value)
    return float(nearest) if abs(value - nearest) < _ROUNDED_PX else value


def _box(values: Sequence[float], frame: Frame) -> Box:
    _check_parts(values)
    x, y, width, height = values
    if width <= 0 or height <= 0:
        raise Malformed(say("the box has no area; it was left out"))
    x0, y0 = _pixel((x - width / 2, y - height / 2), frame)
    x1, y1 = _pixel((x + width / 2, y + height / 2), frame)
    return Box(x0, y0, x1, y1)


def _pose(
    values: Sequence[float], keypoints: Keypoints, class_id: int, frame: Frame
) -> Iterator[Geometry]:
    """The box and the points that are marked; the points alone where the box adds nothing."""
    told: list[float] = []
    for start in range(4, keypoints.numbers, keypoints.dims):
        x, y = values[start : start + 2]
        # Of two numbers, (0, 0) or less says that the point is not there.
        absent = min(x, y) < 0 or x == y == 0
        seen = values[start + 2] if keypoints.dims == 3 else (0.0 if absent else 2.0)
        if seen > 0:
            _check_parts((x, y))
        told += (*_pixel((x, y), frame), seen)
    points = points_of({"keypoints": told}, keypoints.places(class_id))
    if points is None:
        yield _box(values[:4], frame)
        return
    box = _box(values[:4], frame)
    if not is_around(box, points, frame.width, frame.height):
        yield box
    yield points


def rectangle_of(ring: Sequence[Point]) -> RotatedBox | None:
    """The rotated box with these corners; None where they are not those of a rectangle."""
    if len(ring) != 4:
        return None
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = ring
    along = ((bx - ax + cx - dx) / 2, (by - ay + cy - dy) / 2)
    down = ((dx - ax + cx - bx) / 2, (dy - ay + cy - by) / 2)
    if along[0] * down[1] - along[1] * down[0] < 0:  # told counter-clockwise
        return rectangle_of((ring[1], ring[0], ring[3], ring[2]))
    box = RotatedBox(
        _whole((ax + bx + cx + dx) / 2) / 2,
        _whole((ay + by + cy + dy) / 2) / 2,
        _whole(math.hypot(*along)),
        _whole(math.hypot(*down)),
        math.degrees(math.atan2(along[1], along[0])),
    )
    off = (math.dist(a, b) for a, b in zip(ring, geo.corners(box), strict=True))
    return box if max(off) <= _RECTANGLE_PX else None
