"""Probabilities of classes on tiles, blended into one map of the image.

Where tiles overlap, the weight of each falls towards its edge, so that no seam is seen: near its
edge a network knows the least.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.learning.data.tiling import OVERLAP, Tile

Seen = Iterable[tuple[Tile, NDArray[np.float32]]]


def strongest(seen: Seen, width: int, height: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """The most probable class and its probability at (height, width).

    ``seen`` are tiles row by row, each with (C, h, w) probabilities. One row of tiles is held at
    a time, so that memory does not grow with the image's height.
    """
    classes = np.zeros((height, width), dtype=np.uint8)
    best = np.zeros((height, width), dtype=np.float32)
    for top, chances in _bands(seen, width, height):
        rows = slice(top, top + chances.shape[1])
        classes[rows] = chances.argmax(axis=0)
        best[rows] = chances.max(axis=0)
    return classes, best


def _bands(seen: Seen, width: int, height: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """(first row, (C, rows, width) probabilities), from the top down, without gaps."""
    top, total, weights = 0, None, np.zeros((0, width), dtype=np.float32)
    for y, tiles in groupby(seen, key=lambda each: each[0].y):
        if total is not None and y > top:
            yield top, total[:, : y - top] / weights[: y - top]
            total, weights = total[:, y - top :], weights[y - top :]
        top = y
        for tile, chances in tiles:
            grown = tile.height - weights.shape[0]
            if total is None or grown > 0:
                total = np.zeros((len(chances), 0, width), np.float32) if total is None else total
                total = np.pad(total, ((0, 0), (0, grown), (0, 0)))
                weights = np.pad(weights, ((0, grown), (0, 0)))
            weight = _weight(tile, width, height)
            columns = slice(tile.x, tile.x + tile.width)
            weights[: tile.height, columns] += weight
            for canvas, chance in zip(total, chances, strict=True):
                canvas[: tile.height, columns] += weight * cv2.resize(
                    np.ascontiguousarray(chance, dtype=np.float32),
                    (tile.width, tile.height),
                    interpolation=cv2.INTER_LINEAR,
                )
    if total is not None:
        yield top, total / weights


def _weight(tile: Tile, width: int, height: int) -> NDArray[np.float32]:
    """(h, w): 1 within, falling towards the edges behind which the image goes on."""
    down = _ramp(tile.height, tile.y > 0, tile.y + tile.height < height)
    across = _ramp(tile.width, tile.x > 0, tile.x + tile.width < width)
    return down[:, None] * across[None, :]


def _ramp(length_px: int, rises: bool, falls: bool) -> NDArray[np.float32]:
    weight = np.ones(length_px, dtype=np.float32)
    margin = max(1, round(OVERLAP * length_px))
    slope = (np.arange(margin, dtype=np.float32) + 0.5) / margin
    if rises:
        weight[:margin] *= slope
    if falls:
        weight[length_px - margin :] *= slope[::-1]
    return weight
