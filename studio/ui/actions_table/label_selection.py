"""Label: reaching shapes, copying them, and what is said about them."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_SELECTION = (
    ActionSpec(
        "label.snap", "Snap to shapes", "snap", ("Shift+S",),
        "Put points onto vertices and edges nearby; Ctrl suspends it", "label", checkable=True,
    ),
    ActionSpec(
        "label.copy", "Copy", "copy", ("Ctrl+C",), "Copy the selected shapes to the clipboard",
        "label",
    ),
    ActionSpec(
        "label.cut", "Cut", "cut", ("Ctrl+X",), "Move the selected shapes to the clipboard",
        "label",
    ),
    ActionSpec(
        "label.paste", "Paste", "paste", ("Ctrl+V",),
        "Put the shapes on the clipboard where they were on their image", "label",
    ),
    ActionSpec(
        "label.copy_previous", "Copy the previous image's shapes", "copy-previous", ("Ctrl+B",),
        "Once, and only onto this image", "label",
    ),
)  # fmt: skip
