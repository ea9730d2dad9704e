"""Bitmaps in colour, and stripes: what tells the ignored and the selected by more than colour.

Stripes run from lower left to upper right and are anchored at the image's origin, so that pieces
drawn at different times meet. They are as wide at every zoom.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QBrush, QColor, QImage, QTransform

PERIOD_PX = 9
"""Logical pixels from one stripe to the next, along a row."""

DASH_PX = 12
INSIDE, OUTLINE, STRIPE, SHADE, DASH = 1, 2, 3, 4, 5
"""What a pixel of a drawn bitmap is; 0 is outside. A shade lies beside each stripe, so that it
shows on any ground."""

STRIPE_ALPHA, SHADE_ALPHA = 215, 90
WHITE = 0xFFFFFFFF


def brush(color: QColor, device: QTransform, ratio: float) -> QBrush:
    """Stripes for a path that is drawn under ``device``, image to device pixels."""
    made = QBrush(_tile(color.rgb(), _period(ratio)))
    made.setTransform(QTransform.fromScale(1 / device.m11(), 1 / device.m22()))
    return made


def _period(ratio: float) -> int:
    return max(4, round(PERIOD_PX * ratio))


@lru_cache(maxsize=128)
def _tile(rgb: int, period: int) -> QImage:
    tile = QImage(period, period, QImage.Format.Format_ARGB32_Premultiplied)
    stripe, shade = QColor(rgb), QColor(0, 0, 0, SHADE_ALPHA)
    stripe.setAlpha(STRIPE_ALPHA)
    ink = {INSIDE: QColor(0, 0, 0, 0), STRIPE: stripe, SHADE: shade}
    kinds = _kinds(np.full((period, period), INSIDE, np.uint8), (0, 0), period)
    for (y, x), kind in np.ndenumerate(kinds):
        tile.setPixelColor(x, y, ink[int(kind)])
    return tile


def hatched(pixels: NDArray[np.uint8], corner: tuple[int, int], ratio: float) -> NDArray[np.uint8]:
    """``pixels`` (H, W) with stripes on what is ``INSIDE``; ``corner`` is where its first pixel
    lies, in device pixels from the image's origin."""
    return _kinds(pixels, corner, _period(ratio))


def dashed(pixels: NDArray[np.uint8], corner: tuple[int, int], ratio: float) -> NDArray[np.uint8]:
    """The same with dashes on the ``OUTLINE``."""
    dash = max(2, round(DASH_PX * ratio))
    along = _along(pixels.shape, corner, dash)
    return np.where((pixels == OUTLINE) & (along < dash // 2), np.uint8(DASH), pixels)


def colored(pixels: NDArray[np.uint8], color: QColor, fill: float, line: float) -> QImage:
    """``pixels`` (H, W) of the kinds above in ``color``; the opacities are 0..1."""
    alphas = (0, round(255 * fill), round(255 * line), STRIPE_ALPHA)
    kinds = [_premultiplied(color, alpha) for alpha in alphas]
    kinds += [_premultiplied(QColor(0, 0, 0), SHADE_ALPHA), WHITE]
    table = np.array(kinds, dtype=np.uint32)
    argb = np.ascontiguousarray(table[pixels])
    height, width = pixels.shape
    image = QImage(argb.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()  # owns its pixels, so that the array may go


def _premultiplied(color: QColor, alpha: int) -> int:
    red, green, blue = (c * alpha // 255 for c in (color.red(), color.green(), color.blue()))
    return alpha << 24 | red << 16 | green << 8 | blue


def _kinds(pixels: NDArray[np.uint8], corner: tuple[int, int], period: int) -> NDArray[np.uint8]:
    along = _along(pixels.shape, corner, period)
    width = max(1, period // 4)
    striped = np.where(along < width, np.uint8(STRIPE), pixels)
    striped = np.where((along >= width) & (along < width + 1), np.uint8(SHADE), striped)
    return np.where(pixels == INSIDE, striped, pixels)


def _along(shape: tuple[int, ...], corner: tuple[int, int], period: int) -> NDArray[np.intp]:
    rows = np.arange(corner[1], corner[1] + shape[0], dtype=np.intp)
    columns = np.arange(corner[0], corner[0] + shape[1], dtype=np.intp)
    return (rows[:, None] + columns[None, :]) % period
