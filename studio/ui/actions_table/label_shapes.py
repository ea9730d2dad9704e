"""Label: what can be done with shapes."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_SHAPES = (
    ActionSpec(
        "label.delete", "Delete", "trash", ("Delete",), "Delete the selected shapes", "label",
    ),
    ActionSpec(
        "label.duplicate", "Duplicate", "duplicate", ("Ctrl+D",), "Copy the selected shapes",
        "label"
    ),
    ActionSpec(
        "label.select_all", "Select all", "select-all", ("Ctrl+A",),
        "Select every shape of the image",
        "label",
    ),
    ActionSpec(
        "label.hide", "Hide or show", "eye-off", ("H",),
        "Hide the selected shapes, or show them again",
        "label",
    ),
    ActionSpec(
        "label.lock", "Lock or unlock", "lock", ("L",),
        "Keep the selected shapes from being changed",
        "label",
    ),
    ActionSpec(
        "label.edit_class", "Change class…", "label", ("Ctrl+E",),
        "Find or name another class for the selected shapes", "label",
    ),
    ActionSpec("label.raise", "Bring to front", "raise", ("Ctrl+]", "="), "", "label"),
    ActionSpec("label.lower", "Send to back", "lower", ("Ctrl+[", "-"), "", "label"),
    ActionSpec(
        "label.next_under", "Next shape under the cursor", "next-under", ("`",),
        "Reach a shape that lies under another", "label",
    ),
)  # fmt: skip
