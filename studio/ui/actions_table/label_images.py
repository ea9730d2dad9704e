"""Label: going from image to image, and saying how far one has got."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_IMAGES = (
    ActionSpec("label.previous", "Previous image", "arrow-left", ("A",), "", "label"),
    ActionSpec("label.next", "Next image", "arrow-right", ("D",), "", "label"),
    ActionSpec(
        "label.previous_open", "Previous unfinished image", "previous-open", ("Ctrl+Shift+A",),
        "Go back to an image that is not done", "label",
    ),
    ActionSpec(
        "label.next_open", "Next unfinished image", "next-open", ("Ctrl+Shift+D",),
        "Go on to an image that is not done", "label",
    ),
    ActionSpec(
        "label.done", "Done", "check-circle", ("Ctrl+Return", "Ctrl+Enter"),
        "Everything on this image is labelled: mark it done and go on", "label",
    ),
    ActionSpec(
        "label.skip", "Skip", "skip", ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        "Leave this image out of training and go on", "label",
    ),
    ActionSpec(
        "label.reopen", "Reopen", "circle", ("Ctrl+Backspace",),
        "This image still needs work", "label",
    ),
    ActionSpec(
        "label.image_note", "Note on this image…", "note", ("Shift+N",),
        "Write down what should be known about this image", "label",
    ),
)  # fmt: skip
