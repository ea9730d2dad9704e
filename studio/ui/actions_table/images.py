"""Images: find, see, open, mark, split, note and remove many at once."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

IMAGES = (
    ActionSpec(
        "images.open", "Label this image", "label", ("Return", "Enter"),
        "Open the image in the Label workspace", "images",
    ),
    ActionSpec(
        "images.find", "Find images", "search", ("Ctrl+F",),
        "Search by name, class, state and more", "images",
    ),
    ActionSpec(
        "images.table", "Table", "table", ("Ctrl+L",),
        "Show the images as a table instead of thumbnails", "images", checkable=True,
    ),
    ActionSpec(
        "images.shapes", "Shapes on thumbnails", "overlay", ("S",),
        "Draw the shapes of the images on their thumbnails", "images", checkable=True,
    ),
    ActionSpec(
        "images.reshuffle", "Shuffle", "shuffle", ("Ctrl+R",),
        "Sort the images at random, in another order each time", "images",
    ),
    ActionSpec("images.select_all", "Select all", "select-all", ("Ctrl+A",), "", "images"),
    ActionSpec("images.done", "Mark as done", "check-circle", ("Ctrl+Return", "Ctrl+Enter"),
        "These images are completely labelled", "images",
    ),
    ActionSpec(
        "images.reopen", "Mark as new", "circle", ("Ctrl+Backspace",),
        "These images still need work", "images",
    ),
    ActionSpec(
        "images.skip", "Skip", "skip", ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        "Leave these images out of training", "images",
    ),
    ActionSpec(
        "images.tag", "Tag…", "tag", ("Ctrl+T",),
        "Give the selected images a tag; the class's digit chooses it", "images",
    ),
    ActionSpec(
        "images.note", "Note…", "note", ("Shift+N",), "Write a note on the selected images",
        "images",
    ),
    ActionSpec(
        "images.train", "Put into training", "", ("Alt+1",), "Learn from these images", "images",
    ),
    ActionSpec(
        "images.val", "Put into validation", "", ("Alt+2",), "Measure the model on these images",
        "images"
    ),
    ActionSpec(
        "images.test", "Put into test", "", ("Alt+3",),
        "Keep these images for a last, honest measurement", "images",
    ),
    ActionSpec(
        "images.auto_split", "Choose automatically", "", ("Alt+0",),
        "Let the next training decide which split they belong to", "images",
    ),
    ActionSpec(
        "images.remove", "Remove from project", "trash", ("Delete",),
        "Take these images out of the project; their files stay", "images",
    ),
)  # fmt: skip
