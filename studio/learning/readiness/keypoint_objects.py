"""Which points are an object, and how far it reaches.

An object of keypoints needs a box as well: that is what a model finds first, and looks for the
points in. Where the same object was boxed or outlined too, that is its box; otherwise it is the
rectangle around its points, and a bit more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.domain import geometry as geo
from studio.domain.clipping import clip
from studio.domain.shapes import Box, Mask, Points, Polygon, RotatedBox, Shape
from studio.learning.snapshot import Truth

MARGIN = 0.15
"""Part of the longer side that an object is taken to reach beyond its outermost points: these are
marked within it, as an eye is in a head, and a network has to see what is around each."""
LEAST_MARGIN_PX = 4.0
LONE_MARGIN = 0.02
"""For a single point, which tells no size: part of the image's longer side."""

TOLERANCE = 0.05
"""Part of its longer side by which points may lie beyond the box or outline of their object."""


def around(shapes: Sequence[Shape]) -> dict[int, Shape]:
    """By the id of each set of points: the shape drawn around the same object, where there is one.

    That is one of its class that holds all of its points and none of another object's; of
    several the smallest.
    """
    pointed = [shape for shape in shapes if isinstance(shape.geometry, Points)]
    reaches = _bounds(pointed)
    found: dict[int, Shape] = {}
    for shape in shapes if pointed else ():
        if shape.ignore or not isinstance(shape.geometry, Box | RotatedBox | Polygon | Mask):
            continue
        box = _with_margin(geo.bounds(shape.geometry))
        near = (pointed[place] for place in _meeting(box, reaches))
        met = [each for each in near if each.label == shape.label and _touches(box, each)]
        if len(met) == 1 and not met[0].ignore and _holds(box, met[0]):
            before = found.get(met[0].id)
            if before is None or geo.area(box) < geo.area(
                _with_margin(geo.bounds(before.geometry))
            ):
                found[met[0].id] = shape
    return found


def truth(shape: Shape, points: Points, drawn: Shape | None, size: tuple[int, int]) -> Truth:
    """What points teach: an object, or a region to ignore where they are marked as such.

    ``points`` are those of ``shape`` that lie in the image of ``size`` (width, height), ``drawn``
    is what was drawn around the same object. Points without names keep those outside too: by
    their order alone it is known which is which.
    """
    box = _box_of(points, max(size))
    if drawn is not None:
        box = _together(geo.bounds(drawn.geometry), geo.bounds(points))
    box = _within(box, size)
    if shape.ignore:
        return Truth(shape.label, box, ignore=True)
    return Truth(shape.label, points if points.names else shape.geometry, box=box)


def _box_of(points: Points, longer_side_px: float) -> Box:
    box = geo.bounds(points)
    longest = max(box.width, box.height)
    margin = MARGIN * longest if longest else LONE_MARGIN * longer_side_px
    margin = max(margin, LEAST_MARGIN_PX)
    return Box(box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin)


def _within(box: Box, size: tuple[int, int]) -> Box:
    width, height = size
    cut = clip(box, width, height) if width and height else box
    return cut if isinstance(cut, Box) else box


def _together(a: Box, b: Box) -> Box:
    return Box(min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1))


def _with_margin(box: Box) -> Box:
    by = TOLERANCE * max(box.width, box.height)
    return Box(box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by)


def _bounds(shapes: Sequence[Shape]) -> NDArray[np.float64]:
    """(N, 4) x0, y0, x1, y1."""
    found = [geo.bounds(shape.geometry) for shape in shapes]
    return np.array([(box.x0, box.y0, box.x1, box.y1) for box in found]).reshape(-1, 4)


def _meeting(box: Box, reaches: NDArray[np.float64]) -> list[int]:
    """Which of (N, 4) ``reaches`` meet ``box``, were it at its edge."""
    x0, y0, x1, y1 = reaches.T
    across = (x0 <= box.x1) & (x1 >= box.x0)
    return np.flatnonzero(across & (y0 <= box.y1) & (y1 >= box.y0)).tolist()


def _touches(box: Box, shape: Shape) -> bool:
    """Whether any point of ``shape`` is in ``box``."""
    assert isinstance(shape.geometry, Points)
    return any(geo.contains(box, point) for point in shape.geometry.points)


def _holds(box: Box, shape: Shape) -> bool:
    """Whether all points of ``shape`` are in ``box``."""
    assert isinstance(shape.geometry, Points)
    return all(geo.contains(box, point) for point in shape.geometry.points)
