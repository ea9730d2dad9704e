"""Bitmaps, run lengths and outlines, and the ways between them.

A polygon covers a pixel when it covers the pixel's centre, so that a 4 x 4 square covers 16
pixels (``cv2.fillPoly`` alone would fill 25).
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.domain import geometry as geo
from studio.domain.shapes import (
    Box,
    Geometry,
    Mask,
    Part,
    Points,
    Polygon,
    Polyline,
    Ring,
    RotatedBox,
)
from studio.errors import EditConflict

Bitmap = NDArray[np.bool_]
"""(H, W) bool, row-major."""

TIE = 2.0**20
"""An edge that comes within half of 1 / TIE px of a pixel's centre is taken to run through it."""


FILLED_AT_ONCE = 2**24
"""Outlines are filled in bands of about so many pixels."""

MOST_PIXELS = 2**28
"""The bounds of a mask that is made here have at most so many pixels."""


def run_lengths(bitmap: Bitmap) -> NDArray[np.uint32]:
    """Run lengths of ``bitmap`` in row-major order, background first."""
    flat = np.ascontiguousarray(bitmap).reshape(-1)
    edges = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    bounds = np.concatenate(([0], edges, [flat.size]))
    lengths = np.diff(bounds)
    if flat.size and flat[0]:
        lengths = np.concatenate(([0], lengths))
    return lengths.astype("<u4")


def encode(bitmap: Bitmap, x: int = 0, y: int = 0) -> Mask | None:
    """Pack a bitmap whose top-left pixel is image pixel ``(x, y)``; None when it is empty."""
    rows = np.flatnonzero(bitmap.any(axis=1))
    if rows.size == 0:
        return None
    columns = np.flatnonzero(bitmap.any(axis=0))
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    left, right = int(columns[0]), int(columns[-1]) + 1
    crop = bitmap[top:bottom, left:right]
    return Mask(x + left, y + top, right - left, bottom - top, run_lengths(crop).tobytes())


def decode(mask: Mask) -> Bitmap:
    """Unpack to the (height, width) bitmap of the mask's own window."""
    lengths = np.frombuffer(mask.runs, dtype="<u4")
    values = np.zeros(lengths.size, dtype=bool)
    values[1::2] = True
    return np.repeat(values, lengths).reshape(mask.height, mask.width)


def paste(bitmap: Bitmap, canvas: Bitmap, x: int, y: int) -> None:
    """OR ``bitmap`` into ``canvas`` with its top-left pixel at ``(x, y)``, cut to the canvas."""
    height, width = canvas.shape
    x0, y0 = max(x, 0), max(y, 0)
    x1, y1 = min(x + bitmap.shape[1], width), min(y + bitmap.shape[0], height)
    if x0 < x1 and y0 < y1:
        canvas[y0:y1, x0:x1] |= bitmap[y0 - y : y1 - y, x0 - x : x1 - x]


def fill_rings(rings: tuple[Ring, ...], x: int, y: int, width: int, height: int) -> Bitmap:
    """Fill ``rings`` by the even-odd rule into the window at ``(x, y)``.

    A pixel is set when its centre is inside: each edge toggles everything to the right of where
    it crosses a row of centres, and the parity of toggles is the answer. Neighbours that share an
    edge share no pixel and leave none out: where an edge crosses depends neither on its direction
    nor on the window, and an edge that a vertex divides crosses where it did when it was whole.
    """
    toggles = np.zeros((height, width + 1), dtype=np.int32)
    for ring in rings:
        points = np.asarray(ring, dtype=np.float64)
        ends = np.roll(points, -1, axis=0)
        upwards = (points[:, 1] > ends[:, 1])[:, None]
        x0, y0 = np.where(upwards, ends, points).T
        x1, y1 = np.where(upwards, points, ends).T
        # Row r is crossed when its centre r + 0.5 lies in [y0, y1).
        first = np.clip(np.ceil(y0 - 0.5) - y, 0, height).astype(np.intp)
        last = np.clip(np.ceil(y1 - 0.5) - y, 0, height).astype(np.intp)
        counts = last - first
        edge = np.repeat(np.arange(len(points)), counts)
        starts = np.cumsum(counts) - counts
        row = np.arange(int(counts.sum())) - starts[edge] + first[edge]
        slope = (x1[edge] - x0[edge]) / (y1[edge] - y0[edge])
        crossing = x0[edge] + (row + y + 0.5 - y0[edge]) * slope
        crossing = np.rint(crossing * TIE) / TIE
        column = np.clip(np.ceil(crossing - 0.5) - x, 0, width).astype(np.intp)
        np.add.at(toggles, (row, column), 1)
    return (np.cumsum(toggles[:, :width], axis=1) & 1).astype(bool)


def rasterise(geometry: Geometry, width: int, height: int) -> Bitmap:
    """The (height, width) bitmap of the image's pixels that ``geometry`` covers.

    Lines and points cover none.
    """
    canvas = np.zeros((height, width), dtype=bool)
    burn(geometry, canvas)
    return canvas


def burn(geometry: Geometry, canvas: Bitmap, x: int = 0, y: int = 0) -> None:
    """Set the pixels of ``canvas`` (H, W) that are covered; its first is image pixel ``(x, y)``."""
    height, width = canvas.shape
    match geometry:
        case Mask():
            paste(decode(geometry), canvas, geometry.x - x, geometry.y - y)
        case Box() | RotatedBox() | Polygon():
            window = _pixel_window(geo.bounds(geometry), x, y, x + width, y + height)
            if window is None:
                return
            left, top, w, h = window
            rings = [(part.outer, *part.holes) for part in geo.as_polygon(geometry).parts]
            rows = max(1, FILLED_AT_ONCE // w)
            for row in range(top, top + h, rows):
                part = canvas[row - y : min(row + rows, top + h) - y, left - x : left - x + w]
                for each in rings:
                    part |= fill_rings(each, left, row, w, len(part))
        case Polyline() | Points():
            pass


def _pixel_window(
    box: Box, left: int, top: int, right: int, bottom: int
) -> tuple[int, int, int, int] | None:
    """(x, y, width, height) of the pixels that ``box`` touches between the four borders."""
    x0, y0 = max(left, int(np.floor(box.x0))), max(top, int(np.floor(box.y0)))
    x1, y1 = min(right, int(np.ceil(box.x1))), min(bottom, int(np.ceil(box.y1)))
    return (x0, y0, x1 - x0, y1 - y0) if x0 < x1 and y0 < y1 else None


def to_mask(geometry: Geometry, width: int, height: int) -> Mask | None:
    """The pixels that ``geometry`` covers in the image, as a mask; None when there are none.

    Raises:
        EditConflict: see ``within``.
    """
    return geometry if isinstance(geometry, Mask) else within(geometry, width, height)


def within(geometry: Geometry, width: int, height: int) -> Mask | None:
    """The pixels of an image of that size that ``geometry`` covers; None when there are none.

    Raises:
        EditConflict: these would be more than fit into the memory.
    """
    window = _pixel_window(geo.bounds(geometry), 0, 0, width, height)
    if window is None:
        return None
    x, y, w, h = window
    if w * h > MOST_PIXELS:
        raise EditConflict(
            "A mask of {width} x {height} pixels would not fit into the memory.", width=w, height=h
        )
    covered = np.zeros((h, w), dtype=bool)
    burn(geometry, covered, x, y)
    return encode(covered, x, y)


def outlines(mask: Mask) -> Polygon:
    """The pixel-exact outline of ``mask``: rings along pixel edges, with holes.

    The bitmap is magnified threefold before OpenCV traces it, so that its contours, which run
    through pixel centres, can be moved out to the edges without a gap.
    """
    bitmap = np.pad(decode(mask).astype(np.uint8), 1)
    big = np.kron(bitmap, np.ones((3, 3), dtype=np.uint8))
    contours, hierarchy = cv2.findContours(big, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    traced = [_to_edges(contour[:, 0, :], mask) for contour in contours]
    parents = hierarchy[0][:, 3]
    return Polygon(
        tuple(
            Part(
                outer,
                tuple(traced[child] for child in np.flatnonzero(parents == index)),
            )
            for index, outer in enumerate(traced)
            if parents[index] < 0
        )
    )


def _to_edges(contour: NDArray[Any], mask: Mask) -> Ring:
    # Pixel p covers magnified columns 3p..3p+2: a contour there is at 3p or 3p+2 for an outer
    # ring, 3p-1 or 3p+3 for a hole; the nearest multiple of three (of column + 0.5) is its edge.
    edges = np.rint((contour + 0.5) / 3).astype(int) - 1 + (mask.x, mask.y)
    ring: list[tuple[float, float]] = []
    for px, py in edges:
        point = (float(px), float(py))
        if not ring or ring[-1] != point:
            ring.append(point)
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    return tuple(ring)
