"""Label: shapes made out of shapes."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_RESHAPE = (
    ActionSpec(
        "label.slice", "Slice", "slice", ("C",), "Cut shapes in two along a line",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.redraw", "Redraw outline", "redraw", ("Q",),
        "Draw a polygon anew between two of its vertices",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.join", "Join", "join", ("J",),
        "Make the selected shapes parts of one object, of the topmost one's class", "label",
    ),
    ActionSpec(
        "label.unite", "Unite", "unite", ("Alt+U",),
        "Melt the selected shapes into the lowest one", "label",
    ),
    ActionSpec(
        "label.subtract", "Subtract", "subtract", ("Alt+S",),
        "Cut the upper selected shapes out of the lowest one; they are used up", "label",
    ),
    ActionSpec(
        "label.intersect", "Intersect", "intersect", ("Alt+I",),
        "Keep only what the selected shapes have in common", "label",
    ),
    ActionSpec(
        "label.take_overlap", "Take overlap away", "take-overlap", ("Alt+O",),
        "Cut the selected shape out of all shapes that lie below it", "label",
    ),
    ActionSpec(
        "label.simplify", "Simplify…", "simplify", ("Alt+P",),
        "Leave vertices out of the selected polygons, with a look at the result first", "label",
    ),
    ActionSpec(
        "label.fill_holes", "Fill holes", "fill-holes", ("Shift+F",),
        "Fill all holes of the selected shapes", "label",
    ),
    ActionSpec(
        "label.to_box", "To box", "to-box", ("Alt+1",),
        "Box around the selected shapes: only their extent stays", "label",
    ),
    ActionSpec(
        "label.to_rotated", "To rotated box", "to-rotated", ("Alt+2",),
        "Smallest turned box around each selected shape: its outline is lost", "label",
    ),
    ActionSpec(
        "label.to_polygon", "To polygon", "to-polygon", ("Alt+3",),
        "Outline with vertices to edit; a mask keeps every pixel", "label",
    ),
    ActionSpec(
        "label.to_mask", "To mask", "to-mask", ("Alt+4",),
        "Pixels to paint on: vertices, and what is finer than a pixel, are lost", "label",
    ),
)  # fmt: skip
