"""From a decoder's coarse logits to the mask in the image's own pixels."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.domain.shapes import Mask
from studio.vision import masks

ROWS_AT_ONCE = 256


def to_mask(
    logits: NDArray[np.floating[Any]],
    cells_per_px: tuple[float, float],
    image: tuple[int, int],
) -> Mask | None:
    """The pixels of the image at whose centres ``logits`` (h, w) are above 0; None for none.

    They are bilinear between the centres of their cells, of which ``cells_per_px`` (across,
    down) lie on a pixel of the image, and go on beyond the outermost ones as they are there.
    ``image`` is (width, height). Only what can be above 0 is worked out.
    """
    above = logits > 0
    rows, columns = np.flatnonzero(above.any(axis=1)), np.flatnonzero(above.any(axis=0))
    if not rows.size:
        return None
    x0, x1 = _reach(columns, cells_per_px[0], logits.shape[1], image[0])
    y0, y1 = _reach(rows, cells_per_px[1], logits.shape[0], image[1])
    if x0 >= x1 or y0 >= y1:
        return None
    bitmap = np.empty((y1 - y0, x1 - x0), np.bool_)
    left, right, across = _between(x0, x1, cells_per_px[0], logits.shape[1])
    for start in range(y0, y1, ROWS_AT_ONCE):
        end = min(start + ROWS_AT_ONCE, y1)
        upper, lower, down = _between(start, end, cells_per_px[1], logits.shape[0])
        band = logits[upper] * (1 - down[:, None]) + logits[lower] * down[:, None]
        bitmap[start - y0 : end - y0] = band[:, left] * (1 - across) + band[:, right] * across > 0
    return masks.encode(bitmap, x0, y0)


def _reach(
    cells: NDArray[np.intp], cells_per_px: float, count: int, length: int
) -> tuple[int, int]:
    """The pixels that the cells have a part in, and those beyond the rim that go on as it is."""
    first, last = int(cells[0]), int(cells[-1])
    start = 0 if first == 0 else math.floor((first - 0.5) / cells_per_px - 0.5)
    end = length if last == count - 1 else math.ceil((last + 1.5) / cells_per_px - 0.5) + 1
    return max(start, 0), min(end, length)


def _between(
    start: int, end: int, cells_per_px: float, count: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """For each pixel from ``start`` to ``end``: the two cells around its centre, and how near it
    is to the second one."""
    at = np.clip((np.arange(start, end) + 0.5) * cells_per_px - 0.5, 0, count - 1)
    lower = np.floor(at).astype(np.intp)
    return lower, np.minimum(lower + 1, count - 1), (at - lower).astype(np.float32)
