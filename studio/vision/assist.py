"""Drawing with the picture's help: flood by colour, paths along edges, holes to be filled.

Pure functions on parts of pictures; nothing here knows a window or a thread.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.domain import geometry as geo
from studio.domain.shapes import Geometry, Mask, Part, Point, Polygon
from studio.vision import masks

SPECK_SHARE = 1 / 400
"""A hole or piece with less than this share of the region's pixels is noise."""

STEEP = 12.0
"""Grey values a pixel from which on a slope is an edge to snap to."""

STEEP_SHARE = 0.6
"""What is less steep than this share of the steepest place near by is not the edge itself."""

SMOOTHING = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)
"""How a traced path is averaged over its pixels, which jump from one side of an edge to the
other."""

THINNING = 0.9
"""How far a traced path may be moved when it is thinned, in pixels of its picture."""


# Parts of pictures ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a picture, perhaps reduced.

    ``rgb`` is (h, w, 3) uint8; its pixel (row r, column c) covers the square of ``side`` image
    pixels whose corner is ``(x + c * side, y + r * side)``. ``width``, ``height`` are those of
    the whole image in image pixels.
    """

    rgb: NDArray[np.uint8]
    x: float
    y: float
    side: float
    width: int
    height: int

    def pixel_at(self, point: Point) -> tuple[int, int]:
        """(column, row) of the pixel under an image point, or of the one nearest to it."""
        rows, columns = self.rgb.shape[:2]
        column = math.floor((point[0] - self.x) / self.side)
        row = math.floor((point[1] - self.y) / self.side)
        return min(max(column, 0), columns - 1), min(max(row, 0), rows - 1)

    def holds(self, point: Point) -> bool:
        """Whether an image point lies on the crop."""
        rows, columns = self.rgb.shape[:2]
        column, row = (point[0] - self.x) / self.side, (point[1] - self.y) / self.side
        return 0 <= column <= columns and 0 <= row <= rows

    def to_image(self, point: Point) -> Point:
        """The image point of a point in the crop's own pixels."""
        return (self.x + point[0] * self.side, self.y + point[1] * self.side)


@dataclass(frozen=True, slots=True)
class Region:
    """Found pixels of ``crop``: ``bitmap`` (h, w) of 0 and 1 from its pixel (``column``, ``row``)
    on; outside nothing was found."""

    crop: Crop
    bitmap: NDArray[np.uint8]
    column: int = 0
    row: int = 0

    def cleaned(self) -> Region:
        """The region with its small holes filled; see ``without_specks``."""
        return replace(self, bitmap=without_specks(self.bitmap))

    def mask(self) -> Mask | None:
        """The region in image pixels, its border smooth where the crop is reduced."""
        crop, bitmap = self.crop, self.bitmap
        left, top = crop.to_image((self.column, self.row))
        if crop.side != 1:
            # One more pixel around, so that the border runs where it would amid the crop.
            bitmap, left, top = np.pad(bitmap, 1), left - crop.side, top - crop.side
            size = [max(1, round(length * crop.side)) for length in bitmap.shape[::-1]]
            smooth = cv2.resize(bitmap * np.uint8(255), size, interpolation=cv2.INTER_LINEAR)
            bitmap = np.asarray(smooth > 127, dtype=np.uint8)
        x, y = round(left), round(top)
        inside = bitmap[max(0, -y) : crop.height - y, max(0, -x) : crop.width - x]
        return masks.encode(inside.view(bool), max(x, 0), max(y, 0))


# Flood ----------------------------------------------------------------------------------------


def flood(crop: Crop, seed: Point, tolerance: int) -> Region:
    """The pixels around ``seed`` (image pixels) whose colour is like that under it.

    Like is: no channel differs by more than ``tolerance`` (0..255). Found are those that are
    joined to the seed by their sides.
    """
    rows, columns = crop.rgb.shape[:2]
    found = np.zeros((rows + 2, columns + 2), np.uint8)
    span = (tolerance,) * 3
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (1 << 8)
    at = crop.pixel_at(seed)
    # Only the mask is written to, whatever the signature says.
    *_, (x, y, width, height) = cv2.floodFill(crop.rgb, found, at, (0, 0, 0), span, span, flags)
    window = np.ascontiguousarray(found[1 + y : 1 + y + height, 1 + x : 1 + x + width])
    return Region(crop, window, x, y)


def without_specks(bitmap: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """``bitmap`` (H, W) of 0 and 1 with its small holes filled; see ``SPECK_SHARE``."""
    largest = int(np.count_nonzero(bitmap) * SPECK_SHARE)
    return bitmap | _small_pieces(1 - bitmap, largest, 8, outside=1)


def without_islands(bitmap: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """``bitmap`` (H, W) of 0 and 1 without its small pieces; see ``SPECK_SHARE``."""
    largest = int(np.count_nonzero(bitmap) * SPECK_SHARE)
    return bitmap - _small_pieces(bitmap, largest, 4, outside=0)


def _small_pieces(
    bitmap: NDArray[np.uint8], largest: int, connectivity: int, *, outside: int
) -> NDArray[np.uint8]:
    """The connected pieces of at most ``largest`` pixels, those left out that go on outside."""
    if largest < 1:
        return np.zeros_like(bitmap)
    framed = np.pad(bitmap, 1, constant_values=outside)
    _, found, stats, _ = cv2.connectedComponentsWithStats(framed, connectivity=connectivity)
    pieces = np.asarray(found, dtype=np.int32)
    is_small = np.asarray(stats)[:, cv2.CC_STAT_AREA] <= largest
    is_small[[0, pieces[0, 0]]] = False
    return is_small[pieces[1:-1, 1:-1]].view(np.uint8)


def combined(
    base: Geometry, found: Mask | None, size: tuple[int, int], *, add: bool
) -> Geometry | None:
    """``base`` with the pixels of ``found`` added or taken away; None where nothing is left.

    It is ``base`` itself where that changes nothing. ``size`` is (width, height) of the image.
    """
    boxes = [geo.bounds(each) for each in (base, found) if each is not None]
    x, y = (
        max(0, math.floor(min(low))) for low in zip(*((b.x0, b.y0) for b in boxes), strict=True)
    )
    right, bottom = (max(high) for high in zip(*((b.x1, b.y1) for b in boxes), strict=True))
    width, height = min(math.ceil(right), size[0]) - x, min(math.ceil(bottom), size[1]) - y
    bitmap = np.zeros((max(height, 0), max(width, 0)), dtype=bool)
    masks.burn(base, bitmap, x, y)
    before = np.count_nonzero(bitmap)
    if found is not None:
        left, top = found.x - x, found.y - y
        window = bitmap[top : top + found.height, left : left + found.width]
        if add:
            window |= masks.decode(found)
        else:
            window &= ~masks.decode(found)
    return base if np.count_nonzero(bitmap) == before else masks.encode(bitmap, x, y)


# Edges ----------------------------------------------------------------------------------------


class EdgeMap:
    """The cheapest ways along edges from ``anchor`` (image pixels) to every pixel of a crop.

    Intelligent scissors (Mortensen and Barrett 1995), by OpenCV.
    """

    def __init__(self, crop: Crop, anchor: Point) -> None:
        self.crop = crop
        self.anchor = anchor
        self._scissors = cv2.segmentation.IntelligentScissorsMB()
        self._scissors.setEdgeFeatureCannyParameters(32, 100)
        self._scissors.setGradientMagnitudeMaxLimit(200)
        self._scissors.applyImage(np.ascontiguousarray(crop.rgb))
        self._scissors.buildMap(crop.pixel_at(anchor))

    def path_to(self, point: Point) -> list[Point]:
        """The way to an image point, thinned; from the anchor to the point, both exactly.

        Where the point lies outside the crop, the last stretch is straight.
        """
        contour = np.asarray(self._scissors.getContour(self.crop.pixel_at(point)))
        pixels = thinned(_smooth(contour.reshape(-1, 2).astype(np.float64)), THINNING)
        way = [self.crop.to_image((x + 0.5, y + 0.5)) for x, y in pixels]
        if self.crop.holds(point):
            way = way[:-1]
        return [self.anchor, *way[1:], point]


def _smooth(path: NDArray[np.float64]) -> list[Point]:
    """A path of (n, 2) neighbouring pixels, averaged along its way; the ends stay."""
    reach = len(SMOOTHING) // 2
    ends = np.pad(path, ((reach, reach), (0, 0)), mode="edge")
    mean = sum(w * ends[i : i + len(path)] for i, w in enumerate(SMOOTHING))
    smooth = np.vstack((path[:1], np.asarray(mean)[1:-1], path[1:][-1:]))
    return [(float(x), float(y)) for x, y in smooth]


def nearest_edge(crop: Crop, point: Point, reach_px: float) -> Point:
    """The nearest steep place within ``reach_px`` image pixels of an image point, else the point.

    Steep is what comes near the steepest place there, so that a corner is not left for the edge
    beside it.
    """
    column, row = crop.pixel_at(point)
    reach = max(1, math.ceil(reach_px / crop.side))
    left, top = max(column - reach - 1, 0), max(row - reach - 1, 0)
    part = crop.rgb[top : row + reach + 2, left : column + reach + 2].astype(np.float32)
    if min(part.shape[:2]) < 3:
        return point
    across, down = (cv2.Sobel(part, -1, dx, 1 - dx, scale=0.25) for dx in (1, 0))
    steep = np.hypot(across, down).max(axis=2)
    ys, xs = np.mgrid[: steep.shape[0], : steep.shape[1]]
    away = np.hypot(xs + left - column, ys + top - row)
    steep[away > reach] = 0
    if steep.max() < STEEP:
        return point
    away[steep < steep.max() * STEEP_SHARE] = np.inf
    best = np.unravel_index(int(away.argmin()), away.shape)
    return crop.to_image((left + best[1] + 0.5, top + best[0] + 0.5))


def thinned(points: Sequence[Point], tolerance: float) -> list[Point]:
    """An open line with the points left out that lie within ``tolerance`` of what remains.

    Douglas and Peucker (1973); the ends stay.
    """
    if len(points) < 3:
        return list(points)
    line = np.asarray(points, dtype=np.float64)
    kept = np.zeros(len(line), dtype=bool)
    kept[[0, -1]] = True
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        away = _distances(line[first + 1 : last], line[first], line[last])
        farthest = int(away.argmax())
        if away[farthest] > tolerance:
            middle = first + 1 + farthest
            kept[middle] = True
            spans += [(first, middle), (middle, last)]
    return [points[index] for index in np.flatnonzero(kept).tolist()]


def _distances(
    points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far (n, 2) points are from a segment, which may be a mere point."""
    way, rest = end - start, points - start
    length2 = float(way @ way)
    along = np.clip(rest @ way / length2, 0, 1) if length2 else np.zeros(len(points))
    return np.hypot(*(rest - along[:, None] * way).T)


# Holes ----------------------------------------------------------------------------------------


def fill_hole(geometry: Geometry, point: Point) -> Geometry | None:
    """``geometry`` with the hole around ``point`` filled; None where there is no hole."""
    match geometry:
        case Polygon():
            return _fill_ring(geometry, point)
        case Mask():
            return _fill_pixels(geometry, point)
        case _:
            return None


def _fill_ring(polygon: Polygon, point: Point) -> Polygon | None:
    if geo.contains(polygon, point):
        return None
    around = [
        (geo.ring_area(hole), index, hole)
        for index, part in enumerate(polygon.parts)
        for hole in part.holes
        if geo.ring_contains(hole, point)
    ]
    if not around:
        return None
    _, filled, ring = min(around)
    parts = [
        Part(part.outer, tuple(hole for hole in part.holes if hole is not ring))
        for index, part in enumerate(polygon.parts)
        # An island in the hole is covered by what fills it.
        if index == filled or not geo.ring_contains(ring, part.outer[0])
    ]
    return Polygon(tuple(parts))


def _fill_pixels(mask: Mask, point: Point) -> Mask | None:
    column, row = math.floor(point[0]) - mask.x, math.floor(point[1]) - mask.y
    if not (0 <= column < mask.width and 0 <= row < mask.height):
        return None
    bitmap = np.pad(masks.decode(mask).view(np.uint8), 1)
    if bitmap[row + 1, column + 1]:
        return None
    cv2.floodFill(bitmap, None, (column + 1, row + 1), (2,), flags=4)
    if bitmap[0, 0] == 2:  # it runs out of the mask's window
        return None
    return masks.encode(bitmap[1:-1, 1:-1] > 0, mask.x, mask.y)
