"""What a shape loses when it becomes one of another kind."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.domain.edits import Edit
from studio.domain.shapes import Box, Geometry, Mask, Polygon, RotatedBox, Shape


def loss_by(edit: Edit) -> str:
    """What the first shape that loses something by ``edit`` loses; "" where none does."""
    for change in edit.changes:
        before, after = change.before, change.after
        if isinstance(before, Shape) and isinstance(after, Shape):
            lost = loss(before.geometry, after.geometry)
            if lost:
                return lost
    return ""


def loss(before: Geometry, after: Geometry | None) -> str:
    """What is lost where ``before`` becomes ``after``, as a sentence; "" where nothing is."""
    tr = QCoreApplication.translate
    match before, after:
        case RotatedBox(), Box():
            return tr("Tools", "Turned into an upright box: the angle is lost")
        case Polygon() | Mask(), Box() | RotatedBox():
            return tr("Tools", "Turned into a box: only the extent is left, the outline is lost")
        case Box() | RotatedBox() | Polygon(), Mask():
            return tr(
                "Tools",
                "Turned into pixels: vertices, and what is finer than a pixel, are lost",
            )
        case _:
            return ""
