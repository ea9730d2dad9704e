"""Shapes on the move: with the pointer, or step by step with the arrow keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from studio.domain import geometry as geo
from studio.domain.edits import Edit
from studio.domain.shapes import Point, Shape
from studio.editing import actions
from studio.ui.canvas.scene import Scene

STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
LARGE_STEP_PX = 10


def step_of(event: QKeyEvent) -> Point | None:
    """The way that an arrow key goes, in image pixels; None for another key."""
    step = STEPS.get(Qt.Key(event.key()))
    if step is None:
        return None
    large = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    length = LARGE_STEP_PX if large else 1
    return (step[0] * length, step[1] * length)


@dataclass(slots=True)
class Move:
    """Shapes that all go the same way, ``by`` image pixels, and stay inside the image."""

    scene: Scene
    shapes: list[Shape]
    by: Point = (0.0, 0.0)

    def go(self, wanted: Point) -> None:
        """Go ``wanted`` from where the shapes were, or as much of it as keeps them inside."""
        dx, dy = wanted
        for shape in self.shapes:
            dx, dy = geo.translation_within(shape.geometry, dx, dy, *self.scene.size)
        self.by = (dx, dy)
        self.scene.hold({s.id: geo.translate(s.geometry, *self.by) for s in self.shapes})

    def edit(self) -> Edit:
        """The edit that moves the shapes as they are stored by now."""
        stored = (self.scene.shape(shape.id) for shape in self.shapes)
        return actions.move_shapes((s for s in stored if s), *self.by, *self.scene.size)


@dataclass(slots=True)
class Drag:
    """The shapes follow the pointer, which took hold of them at ``start``."""

    move: Move
    start: Point

    def to(self, point: Point) -> None:
        """The pointer is at ``point``."""
        self.move.go((point[0] - self.start[0], point[1] - self.start[1]))


@dataclass(slots=True)
class Nudge:
    """The shapes go by steps as long as an arrow key is held; the pointer has no part in it."""

    move: Move

    def step(self, step: Point) -> None:
        """One step on from where the shapes are."""
        self.move.go((self.move.by[0] + step[0], self.move.by[1] + step[1]))
