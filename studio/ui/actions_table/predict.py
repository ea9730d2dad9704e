"""Predict."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

PREDICT = (
    ActionSpec(
        "predict.add", "Add images…", "plus", ("Ctrl+Shift+I",), "Choose images to predict on",
        "predict",
    ),
    ActionSpec(
        "predict.unlabelled", "Unlabelled images", "images", ("Ctrl+U",),
        "Predict on the images of this project that nobody has labelled", "predict",
    ),
    ActionSpec("predict.stop", "Stop", "stop", ("Ctrl+.",), "Stop predicting", "predict"),
    ActionSpec("predict.previous", "Previous image", "arrow-left", ("A",), "", "predict"),
    ActionSpec("predict.next", "Next image", "arrow-right", ("D",), "", "predict"),
    ActionSpec(
        "predict.accept", "Accept", "check", ("Return", "Enter"),
        "Make the chosen prediction a label; then goes on to the next one", "predict",
    ),
    ActionSpec(
        "predict.accept_image", "Accept all on this image", "check-circle",
        ("Shift+Return", "Shift+Enter"), "Make every shown prediction of this image a label",
        "predict",
    ),
    ActionSpec(
        "predict.accept_all", "Accept all", "check-circle",
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        "Make every prediction above the slider a label, on all images", "predict",
    ),
    ActionSpec(
        "predict.reject", "Reject", "close", ("X",), "Turn the chosen prediction down", "predict"
    ),
    ActionSpec(
        "predict.overlay", "Hide predictions", "eye-off", ("H",), "Look at the bare image",
        "predict", checkable=True,
    ),
)  # fmt: skip
