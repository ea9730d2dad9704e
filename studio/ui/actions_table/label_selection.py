"""Label: reaching shapes, copying them, and what is said about them."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_SELECTION = (
    ActionSpec(
        "label.snap", "Snap to shapes", "snap", ("Shift+S",),
        "Put points onto vertices and edges nearby; Ctrl suspends it", "label", checkable=True,
    ),
)  # fmt: skip
