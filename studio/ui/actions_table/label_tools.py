"""Label: the tools, and the size of what they draw with."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_TOOLS = (
    ActionSpec(
        "label.select", "Select", "select", ("V", "Ctrl+J"),
        "Click a shape to select it, drag to move it",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.box", "Box", "box", ("R", "W"), "Drag from corner to corner",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.polygon", "Polygon", "polygon", ("P",), "Click along the outline; Enter closes it",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.brush", "Brush", "brush", ("B",), "Paint over the object",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.eraser", "Eraser", "eraser", ("E",), "Wipe paint off the selected mask",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.tag", "Tag", "tag", ("T",), "Say what the whole image shows: press 1 to 9",
        "label", checkable=True, group="tool",
    ),
    ActionSpec("label.smaller", "Smaller brush", "minus", ("[",), "", "label"),
    ActionSpec("label.larger", "Larger brush", "plus", ("]",), "", "label"),
)  # fmt: skip
