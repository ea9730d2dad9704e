"""Label: how the image and its shapes are looked at."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_VIEW = (
    ActionSpec(
        "label.hide_all", "Hide or show all", "eye", ("Ctrl+H",),
        "Look at the bare image", "label", checkable=True,
    ),
    ActionSpec(
        "label.names", "Show names", "names", ("G",),
        "Write each shape's class above it", "label", checkable=True,
    ),
    ActionSpec(
        "label.fit", "Fit to window", "zoom-fit", ("Ctrl+F",), "Show the whole image", "label",
    ),
    ActionSpec(
        "label.actual_size", "Actual size", "zoom-actual", ("Ctrl+0",),
        "One image pixel for each screen pixel", "label",
    ),
    ActionSpec("label.zoom_in", "Zoom in", "zoom-in", ("Ctrl++", "Ctrl+="), "", "label"),
    ActionSpec("label.zoom_out", "Zoom out", "zoom-out", ("Ctrl+-",), "", "label"),
)  # fmt: skip
