"""Booleans, cuts and conversions of geometries that cover something.

Outlines make outlines. As soon as a bitmap takes part the result is a bitmap, by the rule of
``masks``: a pixel counts when its centre is covered.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce
from typing import TypeGuard

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Geometry, Mask, Part, Point, Polygon, RotatedBox
from studio.vision import masks, outlines
from studio.vision.masks import Bitmap

Solid = Box | RotatedBox | Polygon | Mask
"""The geometries that cover something."""

Size = tuple[int, int]
"""Width and height of the image in pixels; a bitmap never reaches beyond it."""


def is_solid(geometry: Geometry) -> TypeGuard[Solid]:
    """Whether ``geometry`` covers something, so that it can be cut and united."""
    return isinstance(geometry, Box | RotatedBox | Polygon | Mask)


# Booleans -------------------------------------------------------------------------------------


def union(solids: Sequence[Solid], size: Size) -> Solid | None:
    """What any of ``solids`` covers; None where that is nothing."""
    polygons = _outlines_of(solids)
    if polygons:
        return outlines.union(polygons)
    around = _around([geo.bounds(solid) for solid in solids])
    return _combined(solids, around, size, np.logical_or)


def difference(base: Solid, cutters: Sequence[Solid], size: Size) -> Solid | None:
    """What ``base`` covers and none of ``cutters`` does; None where that is nothing."""
    polygons = _outlines_of([base, *cutters])
    if polygons:
        return outlines.difference(polygons[0], polygons[1:])
    return _combined([base, *cutters], geo.bounds(base), size, _and_not)


def intersection(solids: Sequence[Solid], size: Size) -> Solid | None:
    """What all of ``solids`` cover; None where that is nothing."""
    polygons = _outlines_of(solids)
    if polygons:
        return outlines.intersection(polygons)
    return _combined(solids, geo.bounds(solids[0]), size, np.logical_and)


def _outlines_of(solids: Sequence[Solid]) -> list[Polygon]:
    """All of them as polygons; empty where one of them is a bitmap."""
    found = [geo.as_polygon(solid) for solid in solids if not isinstance(solid, Mask)]
    return found if len(found) == len(solids) else []


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def _and_not(covered: Bitmap, taken: Bitmap) -> Bitmap:
    return covered & ~taken


def _combined(
    solids: Sequence[Solid], around: Box, size: Size, how: Callable[[Bitmap, Bitmap], Bitmap]
) -> Mask | None:
    x0, y0 = max(0, math.floor(around.x0)), max(0, math.floor(around.y0))
    width = min(size[0], math.ceil(around.x1)) - x0
    height = min(size[1], math.ceil(around.y1)) - y0
    if width <= 0 or height <= 0:
        return None
    return masks.encode(reduce(how, (_seen(s, x0, y0, width, height) for s in solids)), x0, y0)


def _seen(solid: Solid, x: int, y: int, width: int, height: int) -> Bitmap:
    """The pixels that ``solid`` covers of the window whose first pixel is ``(x, y)``."""
    return masks.rasterise(geo.translate(solid, -x, -y), width, height)


# Cutting and filling --------------------------------------------------------------------------


def cut(solid: Solid, line: Sequence[Point]) -> list[Solid]:
    """The pieces that a cut along ``line`` leaves, the largest first; see ``outlines.cut``.

    The pixels of a bitmap are dealt out, so that none is lost or doubled. Where nothing is cut in
    two, ``solid`` comes back alone.
    """
    if isinstance(solid, Mask):
        return list(_cut_bitmap(solid, line))
    polygon = geo.as_polygon(solid)
    pieces = outlines.cut(polygon, line)
    return [solid] if pieces == [polygon] else list(pieces)


def _cut_bitmap(mask: Mask, line: Sequence[Point]) -> list[Mask]:
    free = masks.decode(mask)
    found: list[Mask] = []
    for piece in outlines.cut(masks.outlines(mask), line)[1:]:
        taken = _seen(piece, mask.x, mask.y, mask.width, mask.height) & free
        packed = masks.encode(taken, mask.x, mask.y)
        if packed:
            found.append(packed)
            free &= ~taken
    rest = masks.encode(free, mask.x, mask.y)
    return [rest, *found] if rest else found


def without_holes(solid: Solid) -> Solid:
    """``solid`` with everything covered that it surrounds."""
    match solid:
        case Polygon(parts):
            filled = Polygon(tuple(Part(part.outer) for part in parts))
            return (outlines.union([filled]) or solid) if len(parts) > 1 else filled
        case Mask():
            around = np.pad(masks.decode(solid).view(np.uint8), 1)
            cv2.floodFill(around, None, (0, 0), (2,), flags=4)
            filled = masks.encode(around[1:-1, 1:-1] != 2, solid.x, solid.y)
            return filled or solid
        case _:
            return solid


# Conversions ----------------------------------------------------------------------------------


def to_polygon(solid: Solid) -> Polygon:
    """The outline; that of a bitmap runs along pixels' edges and covers the very same pixels."""
    return masks.outlines(solid) if isinstance(solid, Mask) else geo.as_polygon(solid)


def to_rotated_box(solid: Solid) -> RotatedBox:
    """The rectangle of least area around ``solid``, turned by -45 to 45 degrees."""
    match solid:
        case RotatedBox():
            return solid
        case Box(x0, y0, x1, y1):
            return RotatedBox((x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0, 0.0)
        case Polygon(parts):
            return _least_rectangle(np.array([point for part in parts for point in part.outer]))
        case Mask():
            return _least_rectangle(_row_ends(solid))


def _row_ends(mask: Mask) -> NDArray[np.float64]:
    """(n, 2) corners of the first and last pixel of each row."""
    bitmap = masks.decode(mask)
    rows = np.flatnonzero(bitmap.any(axis=1))
    left = bitmap[rows].argmax(axis=1)
    right = mask.width - bitmap[rows, ::-1].argmax(axis=1)
    xs = np.concatenate((left, left, right, right), dtype=np.float64) + mask.x
    ys = np.concatenate((rows, rows + 1, rows, rows + 1), dtype=np.float64) + mask.y
    return np.stack((xs, ys), axis=1)


def _least_rectangle(points: NDArray[np.float64]) -> RotatedBox:
    """One side of it lies along a side of the convex hull (Freeman and Shapira 1975)."""
    around = cv2.convexHull(points.astype(np.float32), returnPoints=False)
    hull: NDArray[np.float64] = points[np.asarray(around, dtype=np.intp)[:, 0]]
    sides = np.roll(hull, -1, axis=0) - hull
    angles = np.arctan2(sides[:, 1], sides[:, 0])
    angles = np.append((angles + np.pi / 4) % (np.pi / 2) - np.pi / 4, 0.0)
    cos, sin = np.cos(angles), np.sin(angles)
    along = hull @ np.stack((cos, sin))
    across = hull @ np.stack((-sin, cos))
    widths = along.max(axis=0) - along.min(axis=0)
    heights = across.max(axis=0) - across.min(axis=0)
    areas = widths * heights
    equals = np.flatnonzero(areas <= areas.min() + 1e-6)
    best = int(equals[np.abs(angles[equals]).argmin()])  # the one that is turned least
    u = (along[:, best].min() + along[:, best].max()) / 2
    v = (across[:, best].min() + across[:, best].max()) / 2
    c, s = math.cos(angles[best]), math.sin(angles[best])
    return RotatedBox(
        float(u * c - v * s),
        float(u * s + v * c),
        float(widths[best]),
        float(heights[best]),
        math.degrees(angles[best]),
    )
