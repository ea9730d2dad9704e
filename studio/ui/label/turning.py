"""Turning the selected shapes step by step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from studio.domain.shapes import Mask
from studio.editing.turning import turn
from studio.errors import EditConflict
from studio.ui.canvas.canvas import Canvas

STEP_DEG = 1.0
FINE_STEP_DEG = 0.1


class Turning:
    """Turns what is selected, clockwise to the right."""

    def __init__(self, canvas: Canvas) -> None:
        self._document = canvas.document
        self._scene = canvas.scene

    def calls(self) -> dict[str, Callable[[], object]]:
        """The actions by name."""
        return {
            "turn_left": partial(self.turn, -STEP_DEG),
            "turn_right": partial(self.turn, STEP_DEG),
            "turn_left_fine": partial(self.turn, -FINE_STEP_DEG),
            "turn_right_fine": partial(self.turn, FINE_STEP_DEG),
        }

    def turn(self, angle_deg: float) -> None:
        """Turn the selected shapes; of masks it is said that they cannot be turned."""
        shapes = self._scene.changeable()
        edit = turn(shapes, angle_deg, *self._scene.size)
        self._document.apply(self._scene.begun(edit))
        if any(isinstance(shape.geometry, Mask) for shape in shapes):
            self._document.failed.emit(
                EditConflict("A mask is made of pixels and cannot be turned; draw it anew.")
            )
