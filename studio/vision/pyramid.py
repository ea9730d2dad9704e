"""An image in memory in tiles, at full size and halved again and again, for a canvas that zooms."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from studio.vision import images
from studio.vision.depth import GreyMapping
from studio.vision.levels import TILE_PX as TILE_PX
from studio.vision.levels import Levels, Tile, halved

IN_MEMORY_BYTES = 256 * 2**20
"""A level that takes more lies in a temporary file, which the system pages in and out."""


class Pyramid(Levels):
    """The levels of one image; ``width`` and ``height`` are those of level 0."""

    def __init__(self, rgb: NDArray[np.uint8]) -> None:
        """``rgb`` is (H, W, 3) uint8 and must not be written to afterwards."""
        super().__init__(rgb.shape[1], rgb.shape[0])
        self._levels = [_kept(rgb)]
        while len(self._levels) < self.level_count:
            self._levels.append(_kept(halved(self._levels[-1])))

    @classmethod
    def open(cls, path: Path, mapping: GreyMapping | None = None) -> Self:
        """Read an image file; see ``images.read``.

        Raises:
            ImageProblem: the file cannot be shown.
        """
        return cls(images.read(path, mapping))

    def pixels(self, tile: Tile) -> NDArray[np.uint8]:
        """The tile's own copy: (h, w, 3) uint8 RGB, contiguous, h and w at most ``TILE_PX``."""
        x0, y0, x1, y1 = self.window(tile)
        return self._levels[tile.level][y0:y1, x0:x1].copy()

    def region(self, level: int, x0: int, y0: int, x1: int, y1: int) -> NDArray[np.uint8]:
        """Pixels ``[x0, x1) x [y0, y1)`` of a level, in its own pixels: a (h, w, 3) view."""
        return self._levels[level][y0:y1, x0:x1]

    def size_bytes(self) -> int:
        """The memory that the levels take."""
        return sum(level.nbytes for level in self._levels if not isinstance(level, np.memmap))


def _kept(level: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if level.nbytes <= IN_MEMORY_BYTES:
        return level
    with tempfile.TemporaryFile(prefix="studio-level-") as file:
        paged = np.memmap(file, dtype=np.uint8, mode="w+", shape=level.shape)
    paged[:] = level
    return paged
