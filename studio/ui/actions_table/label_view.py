"""Label: how the image and its shapes are looked at."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_VIEW = (
    ActionSpec(
        "label.hide_all", "Hide or show all", "eye", ("Ctrl+H",),
        "Look at the bare image", "label", checkable=True,
    ),
    ActionSpec(
        "label.solo", "Show only the selected", "solo", ("Shift+H",),
        "Look at the selected shapes alone", "label", checkable=True,
    ),
    ActionSpec(
        "label.names", "Show names", "names", ("G",),
        "Write each shape's class above it", "label", checkable=True,
    ),
    ActionSpec(
        "label.view_panel", "View…", "adjust", ("Shift+V",),
        "How the picture and its shapes are shown", "label",
    ),
    ActionSpec(
        "label.crosshair", "Crosshair", "crosshair", ("Shift+C",),
        "Lines through the cursor while drawing", "label", checkable=True,
    ),
    ActionSpec(
        "label.pixel_grid", "Pixel grid", "pixel-grid", ("Shift+G",),
        "Borders between pixels, where they are large", "label", checkable=True,
    ),
    ActionSpec(
        "label.minimap", "Minimap", "minimap", ("F9",),
        "The whole image in a corner while zoomed in", "label", checkable=True,
    ),
    ActionSpec(
        "label.reset_look", "Show the picture as it is", "refresh", ("Ctrl+Shift+0",),
        "Brightness, contrast, gamma and levels as in the file", "label",
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
