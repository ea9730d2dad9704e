"""Results."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

RESULTS = (
    ActionSpec("results.previous", "Previous image", "arrow-left", ("A",), "", "results"),
    ActionSpec("results.next", "Next image", "arrow-right", ("D",), "", "results"),
    ActionSpec(
        "results.truth", "Show truth", "label", ("T",), "Show what was labelled", "results",
        checkable=True,
    ),
    ActionSpec(
        "results.prediction", "Show prediction", "predict", ("P",), "Show what the model found",
        "results", checkable=True,
    ),
    ActionSpec(
        "results.label", "Open in Label", "label", ("L",), "Correct the labels of this image",
        "results",
    ),
    ActionSpec("results.back", "Back to the overview", "chevron-left", ("Esc",), "", "results"),
)  # fmt: skip
