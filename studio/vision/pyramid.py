"""An image in tiles, at full size and halved again and again, for a canvas that zooms.

Level ``k`` has pixels of ``2 ** k`` image pixels a side. Where a level's width or height is odd,
its last column or row is doubled before halving, so that level pixel ``j`` always covers image
pixels ``[j * 2 ** k, (j + 1) * 2 ** k)`` exactly.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.vision import images
from studio.vision.depth import GreyMapping

TILE_PX = 512
"""Side of a tile in pixels of its level; tiles at the right and lower edge are smaller."""

IN_MEMORY_BYTES = 256 * 2**20
"""A level that takes more lies in a temporary file, which the system pages in and out."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile's place: ``level``, ``column`` and ``row`` count from 0."""

    level: int
    column: int
    row: int


class Pyramid:
    """The levels of one image; ``width`` and ``height`` are those of level 0."""

    def __init__(self, rgb: NDArray[np.uint8]) -> None:
        """``rgb`` is (H, W, 3) uint8 and must not be written to afterwards."""
        self.height, self.width = rgb.shape[:2]
        self._levels = [_kept(rgb)]
        while max(self._levels[-1].shape[:2]) > TILE_PX:
            self._levels.append(_kept(_halved(self._levels[-1])))

    @classmethod
    def open(cls, path: Path, mapping: GreyMapping | None = None) -> Self:
        """Read an image file; see ``images.read``.

        Raises:
            ImageProblem: the file cannot be shown.
        """
        return cls(images.read(path, mapping))

    @property
    def level_count(self) -> int:
        """The number of levels; the last one fits into a single tile."""
        return len(self._levels)

    def level_size(self, level: int) -> tuple[int, int]:
        """(width, height) of a level in its own pixels."""
        height, width = self._levels[level].shape[:2]
        return width, height

    def level_for(self, scale: float) -> int:
        """The coarsest level that is still sharp at ``scale`` screen pixels per image pixel."""
        if scale >= 1:
            return 0
        return min(math.floor(-math.log2(max(scale, 1e-9)) + 1e-9), self.level_count - 1)

    def tiles(self, level: int, x0: float, y0: float, x1: float, y1: float) -> Iterator[Tile]:
        """The tiles of ``level`` that touch the rectangle, given in image pixels, row by row."""
        width, height = self.level_size(level)
        side = TILE_PX * 2**level
        columns = range(max(0, math.floor(x0 / side)), min(_tiles(width), math.ceil(x1 / side)))
        rows = range(max(0, math.floor(y0 / side)), min(_tiles(height), math.ceil(y1 / side)))
        for row in rows:
            for column in columns:
                yield Tile(level, column, row)

    def pixels(self, tile: Tile) -> NDArray[np.uint8]:
        """The tile's own copy: (h, w, 3) uint8 RGB, contiguous, h and w at most ``TILE_PX``."""
        x, y = tile.column * TILE_PX, tile.row * TILE_PX
        return self._levels[tile.level][y : y + TILE_PX, x : x + TILE_PX].copy()

    def region(self, level: int, x0: int, y0: int, x1: int, y1: int) -> NDArray[np.uint8]:
        """Pixels ``[x0, x1) x [y0, y1)`` of a level, in its own pixels: a (h, w, 3) view."""
        return self._levels[level][y0:y1, x0:x1]

    def size_bytes(self) -> int:
        """The memory that the levels take."""
        return sum(level.nbytes for level in self._levels if not isinstance(level, np.memmap))

    def placement(self, tile: Tile) -> tuple[float, float, float, float]:
        """Where the tile lies: ``x, y, width, height`` in image pixels.

        At the right and lower edge it may jut out of the image by less than a level pixel.
        """
        scale = 2**tile.level
        width, height = self.level_size(tile.level)
        x, y = tile.column * TILE_PX, tile.row * TILE_PX
        return (
            float(x * scale),
            float(y * scale),
            float(min(TILE_PX, width - x) * scale),
            float(min(TILE_PX, height - y) * scale),
        )


def _tiles(length: int) -> int:
    return math.ceil(length / TILE_PX)


def _halved(level: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = level.shape[:2]
    if height % 2 or width % 2:
        level = np.pad(level, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    size = (level.shape[1] // 2, level.shape[0] // 2)
    return np.asarray(cv2.resize(level, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _kept(level: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if level.nbytes <= IN_MEMORY_BYTES:
        return level
    with tempfile.TemporaryFile(prefix="studio-level-") as file:
        paged = np.memmap(file, dtype=np.uint8, mode="w+", shape=level.shape)
    paged[:] = level
    return paged
