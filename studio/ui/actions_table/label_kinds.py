"""Label: tools for rotated boxes, lines and points, and what turns a shape."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_KINDS = (
    ActionSpec(
        "label.rotated_box", "Rotated box", "rotated-box", ("O",),
        "Drag along one side, then click at the opposite one",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.line", "Line", "line", ("Shift+P",), "Click along the line; Enter ends it",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.points", "Points", "points", ("K",),
        "Click each point of one object; Enter ends it",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.turn_left", "Turn left", "turn-left", ("Z",),
        "Turn the selected shapes by one degree", "label",
    ),
    ActionSpec(
        "label.turn_right", "Turn right", "turn-right", ("X",),
        "Turn the selected shapes by one degree", "label",
    ),
    ActionSpec(
        "label.turn_left_fine", "Turn left a little", "turn-left", ("Shift+Z",),
        "Turn the selected shapes by a tenth of a degree", "label",
    ),
    ActionSpec(
        "label.turn_right_fine", "Turn right a little", "turn-right", ("Shift+X",),
        "Turn the selected shapes by a tenth of a degree", "label",
    ),
)  # fmt: skip
