"""Label: choosing and adding classes."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

LABEL_CLASSES = (
    ActionSpec(
        "label.new_class", "New class…", "plus", ("N",), "Add a class to the project", "label",
    ),
    ActionSpec(
        "label.class_done", "Done for this class", "class-done", ("Shift+D",),
        "Say that all of the current class is labelled on this image, whatever of the others",
        "label",
    ),
    ActionSpec(
        "label.merge_classes", "Merge classes…", "merge", ("Ctrl+M",),
        "Make one class of several, with all their shapes and tags", "label",
    ),
    ActionSpec(
        "label.split_class", "Split off class…", "split-off", ("Ctrl+Alt+M",),
        "Make a new class of the selected shapes", "label",
    ),
    ActionSpec(
        "label.class_1", "Class 1", "", ("1",),
        "Choose this key's class; Select gives it to the selected shapes", "label",
    ),
    ActionSpec(
        "label.class_2", "Class 2", "", ("2",),
        "Choose this key's class; Select gives it to the selected shapes", "label",
    ),
    ActionSpec(
        "label.class_3", "Class 3", "", ("3",),
        "Choose this key's class; Select gives it to the selected shapes", "label",
    ),
    ActionSpec(
        "label.class_4", "Class 4", "", ("4",),
        "Choose this key's class; Select gives it to the selected shapes", "label",
    ),
    ActionSpec(
        "label.class_5", "Class 5", "", ("5",),
        "Choose this key's class; Select gives it to the selected shapes", "label",
    ),
    ActionSpec(
        "label.class_6", "Class 6", "", ("6",),
        "Choose this key's class; Select gives it to the selected shapes", "label",
    ),
    ActionSpec(
        "label.class_7", "Class 7", "", ("7",),
        "Choose this key's class; Select gives it to the selected shapes", "label",
    ),
    ActionSpec(
        "label.class_8", "Class 8", "", ("8",),
        "Choose this key's class; Select gives it to the selected shapes", "label",
    ),
    ActionSpec(
        "label.class_9", "Class 9", "", ("9",),
        "Choose this key's class; Select gives it to the selected shapes", "label",
    ),
)  # fmt: skip
