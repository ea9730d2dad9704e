"""Large images seen in overlapping tiles, so that small objects keep their pixels. No torch here.

A tile is a part of the image at its own resolution; like a whole image, it is resized to the
configured size before the network sees it. An image no larger than a tile is seen whole.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.domain.runs import Task
from studio.domain.shapes import Box
from studio.learning.config import TrainConfig
from studio.learning.snapshot import FrozenImage

OVERLAP = 0.25
"""The least part of a tile's side that it shares with its neighbour (Akyon et al. 2022, SAHI)."""

MOST_VIEWS = 8
"""The most often that one pass over the data learns from a part of the same image."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A window of an image, in pixels of the upright source: column ``x`` to ``x + width``."""

    x: int
    y: int
    width: int
    height: int

    @property
    def box(self) -> Box:
        """The window as a box."""
        return Box(self.x, self.y, self.x + self.width, self.y + self.height)


def side_px(config: TrainConfig) -> int:
    """The side of a tile; 0 where images are seen whole."""
    return 0 if config.task is Task.CLASSIFY else config.tile_size


def fits(width: int, height: int, tile_px: int) -> bool:
    """Whether an image is seen whole."""
    return not tile_px or max(width, height) <= tile_px


def grid(width: int, height: int, tile_px: int) -> list[Tile]:
    """The tiles that cover an image, row by row, evenly spread."""
    if fits(width, height, tile_px):
        return [Tile(0, 0, width, height)]
    columns, rows = _starts(width, tile_px), _starts(height, tile_px)
    size = (min(tile_px, width), min(tile_px, height))
    return [Tile(x, y, *size) for y in rows for x in columns]


def _starts(length_px: int, tile_px: int) -> list[int]:
    if length_px <= tile_px:
        return [0]
    step = tile_px * (1 - OVERLAP)
    count = 1 + math.ceil((length_px - tile_px) / step)
    return [round(index * (length_px - tile_px) / (count - 1)) for index in range(count)]


def views(width: int, height: int, tile_px: int) -> int:
    """How many parts of an image a pass learns from: half as many as it has tiles, within bounds.

    They are drawn at random and mostly show objects, so that half of them teach as much.
    """
    return max(1, min(MOST_VIEWS, len(grid(width, height, tile_px)) // 2))


def repeats(sources: Sequence[FrozenImage], config: TrainConfig) -> list[int]:
    """Positions of training images, each as often as a pass learns from it."""
    tile_px = side_px(config)
    return [
        position
        for position, source in enumerate(sources)
        for _ in range(views(source.width, source.height, tile_px))
    ]


def view(views: Sequence[int], index: int, again: int) -> int:
    """The position of the image that ``views[index]`` shows.

    ``again`` is added for each time that the same image has been shown before, whether through
    ``views`` or, as ``again`` in ``index`` says, because it is rare.
    """
    turn, index = divmod(index, again)
    position = views[index]
    before = index - bisect_left(views, position)
    return position + again * (before + turn * MOST_VIEWS)


def part(source: FrozenImage, tile: Tile) -> FrozenImage:
    """What ``tile`` shows, as an image of its own; what juts out of it is not cut off."""
    window = tile.box
    truths = tuple(
        truth.moved(-tile.x, -tile.y) for truth in source.truths if _meet(truth.bounds, window)
    )
    return replace(source, width=tile.width, height=tile.height, truths=truths)


def _meet(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1


def at_a_time(config: TrainConfig) -> int:
    """Images that are read at a time where nothing is learned: tiled ones come at full size."""
    return 1 if side_px(config) else config.batch_size
