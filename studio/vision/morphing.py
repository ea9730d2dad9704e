"""The mask between two masks: their distance maps are mixed (Raya and Udupa 1990)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.domain.shapes import Mask
from studio.vision import masks


def between(a: Mask, b: Mask, t: float) -> Mask | None:
    """What lies at ``t`` (0..1) of the way from ``a`` to ``b``; None where nothing is left.

    The two are laid over one another by their centres of mass, so that an object that moves
    keeps its size, and the result lies at its place on the way.
    """
    first, second = masks.decode(a), masks.decode(b)
    centres = [_centre(each, mask) for each, mask in ((first, a), (second, b))]
    centre = centres[0] + (centres[1] - centres[0]) * t
    reach = 2 + int(
        max(np.abs(_corners(mask) - own).max() for mask, own in zip((a, b), centres, strict=True))
    )
    side = 2 * reach + 1
    mixed = np.zeros((side, side), np.float64)
    for bitmap, mask, own, weight in zip((first, second), (a, b), centres, (1 - t, t), strict=True):
        shift = np.rint(np.array([mask.x, mask.y]) - own).astype(int) + reach
        window = np.zeros((side, side), bool)
        masks.paste(bitmap, window, int(shift[0]), int(shift[1]))
        mixed += weight * _signed_distance(window)
    x, y = (int(value) for value in np.rint(centre).astype(int) - reach)
    inside = mixed > 0
    inside = inside[max(0, -y) :, max(0, -x) :]
    return masks.encode(inside, max(0, x), max(0, y))


def _centre(bitmap: NDArray[np.bool_], mask: Mask) -> NDArray[np.float64]:
    rows, columns = np.nonzero(bitmap)
    return np.array([columns.mean() + mask.x, rows.mean() + mask.y])


def _corners(mask: Mask) -> NDArray[np.float64]:
    return np.array([[mask.x, mask.y], [mask.x + mask.width, mask.y + mask.height]], float)


def _signed_distance(bitmap: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How far each pixel is inside (positive) or outside."""
    inside = cv2.distanceTransform(bitmap.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    outside = cv2.distanceTransform((~bitmap).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.asarray(inside, np.float64) - np.asarray(outside, np.float64)
