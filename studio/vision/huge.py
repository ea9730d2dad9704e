"""An image too large for the memory, shown by its tiles: read as they come into view.

In memory lie the coarser levels (the ``overview``), and of the finer ones the tiles seen last.
Where the file holds smaller copies of the image, levels come from these; else the overview is made
by going through the whole image once, a block at a time.

Whoever paints asks for a ``region``, which never waits: what is not there yet comes from the
overview. ``missing`` says which tiles would make it sharp, and any thread may ``load`` these.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.vision import decoding
from studio.vision.depth import GreyMapping, full_range, to_8_bit
from studio.vision.levels import Levels, Tile, halved
from studio.vision.tiff_parts import Page, TiffParts

OVERVIEW_BYTES = 192 << 20
"""How much memory the finest level of the overview may take; the others add a third."""

TILES_BYTES = 128 << 20
"""How much memory the tiles of finer levels may take; more only where more are in view."""

BLOCK_PIXELS = 2**22
"""About so many pixels are read at once for the overview."""

Rgb = NDArray[np.uint8]


class HugeImage(Levels):
    """An image in a tiled or stripped TIFF; ``width`` and ``height`` are of the upright image.

    ``mapping`` shows what is deeper than 8 bits, None where nothing is. Transparency is shown over
    white, always: that alpha is zero everywhere would only be known at the end.
    """

    def __init__(self, path: Path, mapping: GreyMapping | None = None, longest_px: int = 0) -> None:
        """An overview of at least ``longest_px`` is enough; 0 asks for as fine a one as fits.

        Raises:
            Unreadable: the file is damaged.
            OSError: it cannot be opened.
        """
        self.path = path
        parts = TiffParts(path)
        self._turned = parts.orientation >= 5
        page = parts.page
        size = (page.height, page.width) if self._turned else (page.width, page.height)
        super().__init__(*size)
        self._parts = parts
        self._tiles: OrderedDict[Tile, Rgb] = OrderedDict()
        self._lock = threading.Lock()
        self._filling = threading.Lock()
        self._blocks_begun = self._blocks_read = 0
        self._in_view = 0  # how many tiles are wanted at once
        is_deep = page.dtype.itemsize > 1 or page.dtype.kind not in "ub"
        whole = full_range(page.dtype, parts.bit_depth) if is_deep else None
        self.mapping = mapping if mapping and is_deep else whole
        self.first_kept = self._finest_to_keep(longest_px)
        """The finest level of the overview."""
        sizes = map(self.level_size, range(self.first_kept, self.level_count))
        self._overview = [np.zeros((height, width, 3), np.uint8) for width, height in sizes]
        self._blocks = self._in_blocks()

    def size_bytes(self) -> int:
        """The memory that this takes, at most."""
        return sum(level.nbytes for level in self._overview) + TILES_BYTES

    @property
    def share_filled(self) -> float:
        """How much of the overview is there, 0 to 1."""
        return self._blocks_read / len(self._blocks)

    @property
    def is_filled(self) -> bool:
        """Whether the overview is complete."""
        return self._blocks_read == len(self._blocks)

    @property
    def overview(self) -> Rgb:
        """The finest level of the overview: (h, w, 3)."""
        return self._overview[0]

    # What is there ----------------------------------------------------------------------------

    def region(self, level: int, x0: int, y0: int, x1: int, y1: int) -> Rgb:
        """Pixels ``[x0, x1) x [y0, y1)`` of a level, as sharp as they are known: (h, w, 3)."""
        if level >= self.first_kept:
            return self._overview[level - self.first_kept][y0:y1, x0:x1]
        tiles = self._tiles_of(level, x0, y0, x1, y1)
        with self._lock:
            known = {tile: self._tiles[tile] for tile in tiles if tile in self._tiles}
        if len(known) == len(tiles):
            shown = np.empty((y1 - y0, x1 - x0, 3), np.uint8)
        else:
            shown = self._enlarged(level, x0, y0, x1, y1)
        for tile, pixels in known.items():
            left, top, right, bottom = self.window(tile)
            a, b, c, d = max(left, x0), max(top, y0), min(right, x1), min(bottom, y1)
            shown[b - y0 : d - y0, a - x0 : c - x0] = pixels[b - top : d - top, a - left : c - left]
        return shown

    def missing(self, level: int, x0: int, y0: int, x1: int, y1: int) -> list[Tile]:
        """The tiles of that region that are not there, from its middle outwards.

        Those that are there are kept longer than others.
        """
        if level >= self.first_kept:
            return []
        found: list[Tile] = []
        wanted = self._tiles_of(level, x0, y0, x1, y1)
        with self._lock:
            self._in_view = len(wanted)
            for tile in wanted:
                if tile in self._tiles:
                    self._tiles.move_to_end(tile)
                else:
                    found.append(tile)
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)

        def distance(tile: Tile) -> float:
            left, top, right, bottom = self.window(tile)
            return math.dist(middle, ((left + right) / 2, (top + bottom) / 2))

        return sorted(found, key=distance)

    def _tiles_of(self, level: int, x0: int, y0: int, x1: int, y1: int) -> list[Tile]:
        scale = 2**level
        return list(self.tiles(level, x0 * scale, y0 * scale, x1 * scale, y1 * scale))

    def _enlarged(self, level: int, x0: int, y0: int, x1: int, y1: int) -> Rgb:
        """The region out of the finest level of the overview."""
        by = 2 ** (self.first_kept - level)
        left, top = x0 // by, y0 // by
        part = self._overview[0][top : -(-y1 // by), left : -(-x1 // by)]
        size = (part.shape[1] * by, part.shape[0] * by)
        big = cv2.resize(part, size, interpolation=cv2.INTER_NEAREST)
        x, y = x0 - left * by, y0 - top * by
        return np.asarray(big[y : y + y1 - y0, x : x + x1 - x0], dtype=np.uint8).copy()

    # Reading: on any thread -------------------------------------------------------------------

    def load(self, tile: Tile) -> None:
        """Read a tile of a level that is not in the overview.

        Raises:
            Unreadable: the data are damaged.
            OSError: the file cannot be read any more.
        """
        with self._lock:
            if tile in self._tiles:
                return
        pixels = self._read(tile.level, *self.window(tile))
        with self._lock:
            self._tiles[tile] = pixels
            # What is in view stays in any case, or it would be read again and again.
            while self._tiles_bytes() > TILES_BYTES and len(self._tiles) > self._in_view:
                self._tiles.popitem(last=False)

    def _tiles_bytes(self) -> int:
        return sum(each.nbytes for each in self._tiles.values())

    def fill(self) -> Iterator[float]:
        """Read the overview; yields the share (0 to 1) that is there, block by block.

        Several threads may be at it and share the work; given up, it goes on where it was.

        Raises:
            Unreadable: the data are damaged.
            OSError: the file cannot be read any more.
        """
        for x0, y0, x1, y1 in iter(self._next_block, None):
            pixels = self._read(self.first_kept, x0, y0, x1, y1)
            with self._filling:
                self._overview[0][y0:y1, x0:x1] = pixels
                self._coarsen(x0, y0, x1, y1)
                self._blocks_read += 1
            yield self.share_filled

    def _next_block(self) -> tuple[int, int, int, int] | None:
        with self._filling:
            if self._blocks_begun == len(self._blocks):
                return None
            self._blocks_begun += 1
            return self._blocks[self._blocks_begun - 1]

    def _coarsen(self, x0: int, y0: int, x1: int, y1: int) -> None:
        """Bring the coarser levels up to what has come at the finest one."""
        for finer, coarser in zip(self._overview, self._overview[1:], strict=False):
            x0, y0, x1, y1 = x0 // 2, y0 // 2, -(-x1 // 2), -(-y1 // 2)
            coarser[y0:y1, x0:x1] = halved(finer[2 * y0 : 2 * y1, 2 * x0 : 2 * x1])

    def _read(self, level: int, x0: int, y0: int, x1: int, y1: int) -> Rgb:
        """A region of ``level`` out of the file: from that level or the next finer one it holds."""
        held = level
        while (page := self._parts.at_level(held)) is None:
            held -= 1
        by = 2 ** (level - held)
        width, height = self.level_size(held)
        pixels = self._upright(
            page, held, (x0 * by, y0 * by, min(x1 * by, width), min(y1 * by, height))
        )
        for _ in range(level - held):
            pixels = halved(pixels)
        return np.ascontiguousarray(pixels)

    def _upright(self, page: Page, level: int, window: tuple[int, int, int, int]) -> Rgb:
        """``window`` of ``level``, which ``page`` holds as it is stored."""
        width, height = self.level_size(level)
        x0, y0, x1, y1 = window
        orientation = self._parts.orientation
        # The inverse of ``decoding.upright``, for a rectangle.
        if orientation in (3, 4, 7, 8):
            y0, y1 = height - y1, height - y0
        if orientation in (2, 3, 6, 7):
            x0, x1 = width - x1, width - x0
        if self._turned:
            x0, y0, x1, y1 = y0, x0, y1, x1
        # A page may be smaller by a pixel than the level it stands for.
        a, b = min(x0, page.width - 1), min(y0, page.height - 1)
        c, d = min(x1, page.width), min(y1, page.height)
        pixels = page.read(a, b, max(c, a + 1), max(d, b + 1))
        short = (y1 - y0 - pixels.shape[0], x1 - x0 - pixels.shape[1])
        rgb = decoding.over_white(to_8_bit(pixels, self._parts.bit_depth, self.mapping))
        if any(short):
            rgb = np.pad(rgb, ((0, short[0]), (0, short[1]), (0, 0)), mode="edge")
        return np.asarray(decoding.upright(rgb, orientation), dtype=np.uint8)

    # Sizes ------------------------------------------------------------------------------------

    def _finest_to_keep(self, longest_px: int) -> int:
        def fits(level: int) -> bool:
            width, height = self.level_size(level)
            return 3 * width * height <= OVERVIEW_BYTES

        level = next(k for k in range(self.level_count) if fits(k) or k == self.level_count - 1)
        while longest_px and level + 1 < self.level_count:
            if max(self.level_size(level + 1)) < longest_px:
                break
            level += 1
        return level

    def _in_blocks(self) -> list[tuple[int, int, int, int]]:
        """What is read at once for the overview: ``x0, y0, x1, y1`` in its finest level."""
        held = self.first_kept
        while (page := self._parts.at_level(held)) is None:
            held -= 1
        by = 2 ** (self.first_kept - held)
        down = math.ceil(page.segment_height / by) if page.is_tiled else 1
        across = math.ceil(page.segment_width / by)
        # Whole segments, and of those as many as make up a block: first side by side.
        room = BLOCK_PIXELS // by**2
        if page.is_tiled:
            across *= max(1, room // (across * down))
        else:
            down = max(1, room // across)
        if self._turned:
            across, down = down, across
        width, height = self.level_size(self.first_kept)
        return [
            (x, y, min(x + across, width), min(y + down, height))
            for y in range(0, height, down)
            for x in range(0, width, across)
        ]
