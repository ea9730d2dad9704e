"""Strokes that leave other masks and polygons alone: they paint only where none of these is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.domain.shapes import Box, Mask, Polygon
from studio.ui.canvas.scene import Scene
from studio.vision import masks
from studio.vision.strokes import Window


class Preserved:
    """What a stroke must not paint on, worked out shape by shape as the stroke comes near.

    The shape that is painted keeps the pixels that it had, also those that it shares.
    """

    def __init__(self, scene: Scene, painted_id: int, bitmap: NDArray[np.uint8]) -> None:
        self._scene = scene
        self._before = bitmap.copy()
        self._taken = np.zeros(bitmap.shape, dtype=bool)
        self._known = {painted_id}

    def restore(self, bitmap: NDArray[np.uint8], window: Window) -> None:
        """Take back what was painted within ``window`` where another shape is."""
        for index in self._scene.touching(Box(*window)):
            shape = self._scene.shapes[index]
            if shape.id not in self._known and self._scene.is_visible(shape):
                self._known.add(shape.id)
                if isinstance(shape.geometry, Mask | Polygon):
                    masks.burn(shape.geometry, self._taken)
        part = np.s_[window.y0 : window.y1, window.x0 : window.x1]
        np.copyto(bitmap[part], self._before[part], where=self._taken[part])
