"""A bitmap to paint on that takes up memory where it is painted, not for the whole of a huge image.

Images of an ordinary size are covered at once. Of larger ones the sheet covers a window, which
grows as far as strokes reach.
"""

from __future__ import annotations

import math

import numpy as np

from studio.domain.shapes import Geometry, Mask, Point
from studio.vision import masks
from studio.vision.strokes import Window, sweep

WHOLE_PIXELS = 2**26
"""Up to so many pixels (64 MB) the sheet covers the whole image."""

MOST_PIXELS = 2**28
"""A sheet never covers more."""

GROWN_BY_PX = 1024
"""A window grows in steps of about this many pixels, so that a stroke seldom copies it."""


class OutOfReach(Exception):
    """The sheet would take more memory than it may."""


class Sheet:
    """``bitmap`` (h, w) of 0 and 1; its first pixel is pixel ``(x, y)`` of an image of ``width`` x
    ``height`` pixels. Outside of it, nothing is painted."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.x = self.y = 0
        is_whole = width * height <= WHOLE_PIXELS
        self.bitmap = np.zeros((height, width) if is_whole else (0, 0), np.uint8)

    def reach(self, window: Window) -> None:
        """Cover ``window`` (image pixels) as well.

        Raises:
            OutOfReach: that would take too much memory.
        """
        rows, columns = self.bitmap.shape
        window = _within(window, self.width, self.height)
        here = Window(self.x, self.y, self.x + columns, self.y + rows)
        wanted = window.joined(here if self.bitmap.size else None)
        if wanted == here or window.x0 >= window.x1 or window.y0 >= window.y1:
            return
        x0, y0, x1, y1 = wanted
        by = GROWN_BY_PX
        roomy = Window(x0 - by, y0 - by, x1 + by, y1 + by)
        roomy = _within(roomy, self.width, self.height)
        if roomy.pixels > MOST_PIXELS:
            raise OutOfReach
        self.cover(roomy)

    def cover(self, window: Window) -> None:
        """Cover exactly ``window``, in which all that is covered lies."""
        rows, columns = self.bitmap.shape
        x0, y0, x1, y1 = window
        grown = np.zeros((y1 - y0, x1 - x0), np.uint8)
        if self.bitmap.size:
            left, top = self.x - x0, self.y - y0
            grown[top : top + rows, left : left + columns] = self.bitmap
        self.bitmap, self.x, self.y = grown, x0, y0

    def take(self, geometry: Geometry, extent: Window) -> None:
        """Set the pixels of ``geometry``, which lies in ``extent``.

        Raises:
            OutOfReach: it is too large.
        """
        self.reach(extent)
        masks.burn(geometry, self.bitmap.view(bool), self.x, self.y)

    def sweep(self, start: Point, end: Point, diameter_px: float, value: int) -> Window | None:
        """As ``strokes.sweep``, all in image pixels.

        Raises:
            OutOfReach: it would go too far.
        """
        reach = max(diameter_px, 1.0) / 2 + 1
        (ax, ay), (bx, by) = start, end
        touched = Window(
            math.floor(min(ax, bx) - reach), math.floor(min(ay, by) - reach),
            math.ceil(max(ax, bx) + reach), math.ceil(max(ay, by) + reach),
        )  # fmt: skip
        if value:
            self.reach(touched)
        x, y = self.x, self.y
        found = sweep(self.bitmap, (ax - x, ay - y), (bx - x, by - y), diameter_px, value)
        return found and Window(found.x0 + x, found.y0 + y, found.x1 + x, found.y1 + y)

    def encoded(self, extent: Window) -> Mask | None:
        """What is painted within ``extent`` (image pixels)."""
        x0, y0 = max(extent.x0, self.x), max(extent.y0, self.y)
        part = self.bitmap[y0 - self.y : extent.y1 - self.y, x0 - self.x : extent.x1 - self.x]
        return masks.encode(part.view(bool), x0, y0)


def _within(window: Window, width: int, height: int) -> Window:
    x0, y0, x1, y1 = window
    return Window(max(x0, 0), max(y0, 0), min(x1, width), min(y1, height))
