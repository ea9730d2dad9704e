"""What a data set is like: how large its objects are, where they lie, what occurs together. Pure.

All coordinates are pixels of the upright image; a class is its place in a list.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HEAT_CELLS = 48
"""A heat map has so many cells a side, whatever the shape of the images."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Objects:
    """All objects of a data set, as arrays of one length N."""

    bounds: Floats
    """(N, 4): x0, y0, x1, y1."""
    areas: Floats
    """(N,): what the objects themselves cover, in square pixels."""
    images: Floats
    """(N, 2): width and height of the image."""
    labels: NDArray[np.intp]
    image_ids: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.labels)

    def of(self, label: int) -> Objects:
        """The objects of one class; of all for -1."""
        if label < 0:
            return self
        mine = self.labels == label
        return Objects(
            self.bounds[mine],
            self.areas[mine],
            self.images[mine],
            self.labels[mine],
            self.image_ids[mine],
        )

    @property
    def sides(self) -> Floats:
        """(N, 2): widths and heights of the bounds."""
        return self.bounds[:, 2:] - self.bounds[:, :2]

    @property
    def sizes(self) -> Floats:
        """The side of the square that has as much area as the object, in pixels.

        Those of lines and points are left out, which cover nothing however far they reach.
        """
        return np.sqrt(self.areas[self.areas > 0])

    def shorter_sides_at(self, image_size: int) -> Floats:
        """Shorter sides in pixels once the image's longer side is ``image_size``.

        Those of lines and points are left out: they cover nothing, and may be as flat as they like.
        """
        covers = self.areas > 0
        if not covers.any():
            return np.empty(0)
        longer = np.maximum(self.images[covers].max(axis=1), 1)
        return self.sides[covers].min(axis=1) * image_size / longer


@dataclass(frozen=True, slots=True)
class Bin:
    """``count`` values from ``low`` up to, but not including, ``high``."""

    low: float
    high: float
    count: int


def size_bins(sizes: Floats) -> list[Bin]:
    """A histogram of sizes in pixels whose bins double: under 4, 4 to 8, 8 to 16, ..."""
    if not len(sizes):
        return []
    last = max(3, math.ceil(math.log2(max(float(sizes.max()), 1) + 1e-9)))
    return _bins(sizes, [0.0, *(float(2**power) for power in range(2, last + 1))])


ASPECTS = (0.0, 1 / 8, 1 / 4, 1 / 2, 1 / 1.25, 1.25, 2.0, 4.0, 8.0, math.inf)
"""Limits of width over height, the same on both sides of a square."""


def aspect_bins(sides: Floats) -> list[Bin]:
    """A histogram of width over height; ``sides`` is (N, 2)."""
    if not len(sides):
        return []
    return _bins(sides[:, 0] / np.maximum(sides[:, 1], 1e-9), ASPECTS)


def _bins(values: Floats, limits: list[float] | tuple[float, ...]) -> list[Bin]:
    places = np.clip(np.searchsorted(limits, values, side="right") - 1, 0, len(limits) - 2)
    counts = np.bincount(places, minlength=len(limits) - 1)
    pairs = zip(limits, limits[1:], counts, strict=False)
    return [Bin(low, high, int(count)) for low, high, count in pairs]


def share_below(values: Floats, limit: float) -> float:
    """Which part of the values, 0..1, is less than ``limit``; 0 where there are none."""
    return float((values < limit).mean()) if len(values) else 0.0


def heat_map(objects: Objects) -> Floats:
    """Where objects lie: for each cell the mean share of it that objects' bounds cover.

    (HEAT_CELLS, HEAT_CELLS), rows from top to bottom, images stretched to one square. Bounds are
    rounded to cells; an object covers at least one.
    """
    cells = HEAT_CELLS
    steps = np.zeros((cells + 1, cells + 1))
    if len(objects):
        scale = cells / np.maximum(np.tile(objects.images, 2), 1)
        places = np.rint(objects.bounds * scale).astype(np.intp)
        x0, y0 = (np.clip(places[:, axis], 0, cells - 1) for axis in (0, 1))
        x1 = np.clip(places[:, 2], x0 + 1, cells)
        y1 = np.clip(places[:, 3], y0 + 1, cells)
        # Each rectangle is four steps; two running sums fill them all at once.
        for rows, columns, sign in ((y0, x0, 1), (y0, x1, -1), (y1, x0, -1), (y1, x1, 1)):
            np.add.at(steps, (rows, columns), sign)
        steps = steps.cumsum(axis=0).cumsum(axis=1) / len(objects)
    return steps[:cells, :cells]


def co_occurrence(objects: Objects, classes: int) -> NDArray[np.intp]:
    """(classes, classes): on how many images two classes are together; the diagonal is one alone
    or not, on how many images it is at all."""
    images, rows = np.unique(objects.image_ids, return_inverse=True)
    present = np.zeros((len(images), classes), dtype=bool)
    present[rows, objects.labels] = True
    counts = present.astype(np.float32)
    return np.rint(counts.T @ counts).astype(np.intp)
