"""Label: shapes on the frames of a video."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_VIDEO = (
    ActionSpec(
        "label.interpolate", "Interpolate", "interpolate", ("Ctrl+K",),
        "Fill the images between this shape and the same object on an earlier one", "label",
    ),
)  # fmt: skip
