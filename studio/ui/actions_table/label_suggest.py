"""Label: what a trained model suggests."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_SUGGEST = (
    ActionSpec(
        "label.suggestions", "Suggestions", "predict", ("U",),
        "Show what your newest model sees on this image; Enter accepts, X rejects",
        "label", checkable=True,
    ),
    ActionSpec(
        "label.quick_classifier", "Quick classifier", "quick", ("Shift+U",),
        "Learn from your tags while you give them, and suggest those of the next images",
        "label", checkable=True,
    ),
)  # fmt: skip
