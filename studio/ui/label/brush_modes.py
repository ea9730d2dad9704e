"""How the brush paints, besides its size."""

from __future__ import annotations

from collections.abc import Callable

from studio.ui.actions import Actions
from studio.ui.canvas.canvas import Canvas


class BrushModes:
    """Whether strokes leave other masks and polygons alone."""

    def __init__(self, canvas: Canvas, actions: Actions) -> None:
        self._size = canvas.brush_size
        self._preserve = actions["label.preserve"]
        self._take_preserve()

    def calls(self) -> dict[str, Callable[[], object]]:
        """The actions by name."""
        return {"preserve": self._take_preserve}

    def _take_preserve(self) -> None:
        self._size.preserves = self._preserve.isChecked()
