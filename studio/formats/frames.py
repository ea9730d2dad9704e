"""Whether shapes and the image that they are drawn on belong together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from studio.domain import geometry as geo
from studio.domain import turning
from studio.domain.clipping import clip
from studio.domain.shapes import Box, Geometry, Mask, Points, Polygon, Polyline, RotatedBox
from studio.errors import ImageProblem, say
from studio.formats.finding import Problems
from studio.vision import images, masks
from studio.vision.decoding import upright

ROTATION = "rotation"
"""The attribute in which CVAT says by how many degrees a box is turned, which it writes upright."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The image that shapes are drawn on: its upright size in pixels.

    ``orientation`` is EXIF's where the data set counts pixels in the image as it lies in the
    file, unturned; else 1.
    """

    width: int
    height: int
    orientation: int = 1

    @property
    def told_size(self) -> tuple[int, int]:
        """(width, height) in which the data set counts."""
        turned = self.orientation >= 5
        return (self.height, self.width) if turned else (self.width, self.height)


def frame_of(path: Path, declared: tuple[int, int] | None, problems: Problems) -> Frame | None:
    """The frame of the image at ``path``; None, with a problem, where it cannot be read.

    ``declared`` is the (width, height) that the data set states, if it states one. Another size
    than the image's is a problem too.
    """
    try:
        info = images.probe(path)
    except ImageProblem as problem:
        problems.add(path, "", problem.sentence)
        return None
    if declared in (None, (info.width, info.height)):
        return Frame(info.width, info.height)
    sizes = {"width": info.width, "height": info.height,
             "said_width": declared[0], "said_height": declared[1]}  # fmt: skip
    if info.orientation >= 5 and declared == (info.height, info.width):
        sentence = say(
            "the data set says {said_width} x {said_height} pixels, but upright (as its EXIF "
            "orientation says) the image has {width} x {height}; its shapes were turned with it",
            **sizes,
        )
        problems.add(path, "", sentence)
        return Frame(info.width, info.height, info.orientation)
    sentence = say(
        "the data set says {said_width} x {said_height} pixels, but the image has "
        "{width} x {height}; check whether its shapes fit",
        **sizes,
    )
    problems.add(path, "", sentence)
    return Frame(info.width, info.height)


def lies_on_its_side(path: Path) -> bool:
    """Whether width and height of a readable image change places when it is turned upright."""
    return images.probe(path).orientation >= 5


def turned_as_in_cvat(box: Box, angle_deg: float) -> Box | RotatedBox:
    """``box`` turned clockwise about its centre; what is hardly turned at all stays upright."""
    turned = turning.turned(box, angle_deg)
    return turned if isinstance(turned, RotatedBox) and turned.angle_deg else box


def fitted(geometry: Geometry, frame: Frame) -> Geometry | None:
    """``geometry`` upright and cut to the image; None where nothing worth an object is left.

    A polygon with a part like a bow tie, whose halves cancel each other out in the shoelace
    formula, becomes the mask of the pixels it covers.
    """
    if frame.orientation != 1:
        turned = _turned(geometry, frame)
        return fitted(turned, Frame(frame.width, frame.height)) if turned is not None else None
    match geometry:
        case Box() | Polygon():
            box = geo.bounds(geometry)
            inside = min(box.x0, box.y0) >= 0 and box.x1 <= frame.width and box.y1 <= frame.height
            if inside and not geo.is_degenerate(geometry):
                return geometry
            if isinstance(geometry, Polygon) and _crosses_itself(geometry, frame):
                return masks.to_mask(geometry, frame.width, frame.height)
            return clip(geometry, frame.width, frame.height)
        case RotatedBox():
            shared = geo.iou(geo.bounds(geometry), Box(0, 0, frame.width, frame.height))
            return None if shared == 0 or geo.is_degenerate(geometry) else geometry
        case Mask(x, y, width, height):
            if x >= 0 and y >= 0 and x + width <= frame.width and y + height <= frame.height:
                return geometry
            return masks.within(geometry, frame.width, frame.height)
        case Polyline() | Points():
            return clip(geometry, frame.width, frame.height)


def _crosses_itself(polygon: Polygon, frame: Frame) -> bool:
    """Whether some part has next to no area, yet covers pixels of the image."""
    return any(
        geo.ring_area(part.outer) < geo.MIN_SIDE_PX
        and masks.rasterise(Polygon((part,)), frame.width, frame.height).any()
        for part in polygon.parts
    )


def _turned(geometry: Geometry, frame: Frame) -> Geometry | None:
    """``geometry``, told on the image as it lies in the file, on the upright image."""
    width, height = frame.told_size
    move: Mapping[int, geo.MovePoint] = {
        5: lambda point: (point[1], point[0]),
        6: lambda point: (height - point[1], point[0]),
        7: lambda point: (height - point[1], width - point[0]),
        8: lambda point: (point[1], width - point[0]),
    }
    match geometry:
        case Box() | Polygon() | Polyline() | Points():
            return geo.map_points(geometry, move[frame.orientation])
        case RotatedBox():
            return geo.map_points(geo.as_polygon(geometry), move[frame.orientation])
        case Mask():
            lying = masks.rasterise(geometry, width, height)
            return masks.encode(upright(lying, frame.orientation).astype(bool))
