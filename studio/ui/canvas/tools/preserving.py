"""Strokes that leave other masks and polygons alone: they paint only where none of these is."""

from __future__ import annotations

from copy import copy

import numpy as np

from studio.domain.shapes import Box, Mask, Polygon
from studio.ui.canvas.scene import Scene
from studio.vision import masks
from studio.vision.sheet import Sheet
from studio.vision.strokes import Window


class Preserved:
    """What a stroke must not paint on, worked out shape by shape as the stroke comes near.

    The shape that is painted keeps the pixels that it had, also those that it shares.
    """

    def __init__(self, scene: Scene, painted_id: int, sheet: Sheet) -> None:
        self._scene = scene
        self._painted_id = painted_id
        self._before = copy(sheet)
        self._before.bitmap = sheet.bitmap.copy()
        self._forget()

    def _forget(self) -> None:
        self._taken = np.zeros(self._before.bitmap.shape, dtype=bool)
        self._known = {self._painted_id}

    def restore(self, sheet: Sheet, window: Window) -> None:
        """Take back what was painted within ``window`` where another shape is."""
        before = self._before
        if before.bitmap.shape != sheet.bitmap.shape:
            rows, columns = sheet.bitmap.shape
            before.cover(Window(sheet.x, sheet.y, sheet.x + columns, sheet.y + rows))
            self._forget()
        for index in self._scene.touching(Box(*window)):
            shape = self._scene.shapes[index]
            if shape.id not in self._known and self._scene.is_visible(shape):
                self._known.add(shape.id)
                if isinstance(shape.geometry, Mask | Polygon):
                    masks.burn(shape.geometry, self._taken, before.x, before.y)
        x0, y0 = window.x0 - sheet.x, window.y0 - sheet.y
        part = np.s_[y0 : window.y1 - sheet.y, x0 : window.x1 - sheet.x]
        np.copyto(sheet.bitmap[part], before.bitmap[part], where=self._taken[part])
