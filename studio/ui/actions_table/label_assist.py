"""Label: tools that draw with the picture's help."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_ASSIST = (
    ActionSpec(
        "label.fill", "Fill", "fill", ("F",), "Click into a hole of a mask or polygon to fill it",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.wand", "Magic wand", "wand", ("M",),
        "Click a colour; drag sideways for more or less of it",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.scissors", "Intelligent scissors", "scissors", ("I",),
        "Click along the edge of the object; the outline follows it",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.smart", "Cut out", "smart", ("S",),
        "Drag a box around the object; its outline is found",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.preserve", "Keep other masks", "preserve", ("Shift+B",),
        "Let the brush paint only where no other mask or polygon is",
        "label", checkable=True,
    ),
)  # fmt: skip
