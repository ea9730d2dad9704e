"""How an image is halved again and again, and each of these levels cut into tiles: places only.

Level ``k`` has pixels of ``2 ** k`` image pixels a side. Where a level's width or height is odd,
its last column or row is doubled before halving, so that level pixel ``j`` always covers image
pixels ``[j * 2 ** k, (j + 1) * 2 ** k)`` exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

TILE_PX = 512
"""Side of a tile in pixels of its level; tiles at the right and lower edge are smaller."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile's place: ``level``, ``column`` and ``row`` count from 0."""

    level: int
    column: int
    row: int


class Levels:
    """The levels of an image of ``width`` x ``height`` pixels."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        longest = math.ceil(max(width, height) / TILE_PX)
        self.level_count = 1 + (longest - 1).bit_length()
        """The number of levels; the last one fits into a single tile."""

    def level_size(self, level: int) -> tuple[int, int]:
        """(width, height) of a level in its own pixels."""
        return -(-self.width >> level), -(-self.height >> level)

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

    def placement(self, tile: Tile) -> tuple[float, float, float, float]:
        """Where the tile lies: ``x, y, width, height`` in image pixels.

        At the right and lower edge it may jut out of the image by less than a level pixel.
        """
        scale = 2**tile.level
        x0, y0, x1, y1 = self.window(tile)
        return (
            float(x0 * scale),
            float(y0 * scale),
            float((x1 - x0) * scale),
            float((y1 - y0) * scale),
        )

    def window(self, tile: Tile) -> tuple[int, int, int, int]:
        """The tile's ``x0, y0, x1, y1`` in pixels of its level."""
        width, height = self.level_size(tile.level)
        x, y = tile.column * TILE_PX, tile.row * TILE_PX
        return x, y, min(x + TILE_PX, width), min(y + TILE_PX, height)


def _tiles(length: int) -> int:
    return math.ceil(length / TILE_PX)


def halved(level: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The next level of ``level`` (H, W, 3): (ceil(H / 2), ceil(W / 2), 3)."""
    height, width = level.shape[:2]
    if height % 2 or width % 2:
        level = np.pad(level, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    size = (level.shape[1] // 2, level.shape[0] // 2)
    return np.asarray(cv2.resize(level, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
