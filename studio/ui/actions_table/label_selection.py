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
    ActionSpec(
        "label.next_shape", "Next shape", "next-shape", ("Tab",),
        "Go from shape to shape, line by line", "label",
    ),
    ActionSpec(
        "label.previous_shape", "Previous shape", "previous-shape", ("Shift+Tab",),
        "Go back from shape to shape", "label",
    ),
    ActionSpec(
        "label.auto_zoom", "Zoom to the shape", "auto-zoom", ("Alt+Z",),
        "Show each shape close up when going from one to the next", "label", checkable=True,
    ),
    ActionSpec(
        "label.select_class", "Select all of this class", "select-class", ("Shift+A",),
        "Select every shape of the selected shape's class", "label",
    ),
    ActionSpec(
        "label.ignore", "Ignore or stop ignoring", "ignore", ("Shift+I",),
        "Have training and metrics leave the selected shapes out", "label",
    ),
    ActionSpec(
        "label.describe", "Note and attributes…", "note", ("Shift+E",),
        "Say more about the selected shapes than their class", "label",
    ),
)  # fmt: skip
