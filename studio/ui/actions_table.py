"""The table of every action: what it is called, its icon, its keys, its hint.

Ids are ``subject.verb``. A spec with a ``scope`` works only inside that workspace, so the same key
may mean different things in two workspaces, but never within one.
"""

from __future__ import annotations

from studio.ui.actions import ActionSpec

WORKSPACES = ("label", "images", "train", "results", "predict")
"""The workspaces in their order; ``workspace.<name>`` shows one."""

GLOBAL = (
    ActionSpec(
        "workspace.label", "Label", "label", ("Ctrl+1",),
        "Draw and tag: say what is in the pictures", checkable=True, group="workspace",
    ),
    ActionSpec(
        "workspace.images", "Images", "images", ("Ctrl+2",),
        "See, filter and sort all images of the project", checkable=True, group="workspace",
    ),
    ActionSpec(
        "workspace.train", "Train", "train", ("Ctrl+3",),
        "Train a model on what is labelled", checkable=True, group="workspace",
    ),
    ActionSpec(
        "workspace.results", "Results", "results", ("Ctrl+4",),
        "See how good a trained model is", checkable=True, group="workspace",
    ),
    ActionSpec(
        "workspace.predict", "Predict", "predict", ("Ctrl+5",),
        "See what a model makes of new images", checkable=True, group="workspace",
    ),
    ActionSpec(
        "project.new", "New project…", "new", ("Ctrl+N",), "Start a project from a folder of images"
    ),
    ActionSpec("project.open", "Open project…", "open", ("Ctrl+O",), "Open a project's folder"),
    ActionSpec(
        "project.sample", "Try the sample project", "sample", ("Ctrl+Shift+N",),
        "Make a small labelled project to try everything on",
    ),
    ActionSpec(
        "project.close", "Close project", "close", ("Ctrl+W",), "Go back to the start page"
    ),
    ActionSpec(
        "project.add_folder", "Add folder of images…", "folder-add", ("Ctrl+Shift+O",),
        "Add the images of another folder; they stay where they are",
    ),
    ActionSpec(
        "project.rescan", "Look for new images", "refresh", ("F5",),
        "Look through the project's folders again",
    ),
    ActionSpec(
        "project.import", "Import labels…", "import", ("Ctrl+I",),
        "Bring in labels made with other programs",
    ),
    ActionSpec(
        "project.export", "Export labels…", "export", ("Ctrl+Shift+E",),
        "Write the labels in a format that other programs read",
    ),
    ActionSpec("app.quit", "Quit", "quit", ("Ctrl+Q",), "Close the window; everything is kept"),
    ActionSpec("edit.undo", "Undo", "undo", ("Ctrl+Z",), "Take back the last change"),
    ActionSpec(
        "edit.redo", "Redo", "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Do the undone change again"
    ),
    ActionSpec(
        "app.settings", "Settings…", "settings", ("F2", "Ctrl+,"), "Language, theme, weights",
    ),
    ActionSpec("app.shortcuts", "Keyboard shortcuts", "keyboard", ("F1",), "Every key in one list"),
    ActionSpec("app.about", "About Vision Studio", "info", (), "Version, licence and folders"),
    ActionSpec(
        "view.fullscreen", "Full screen", "fullscreen", ("F11",),
        "Give the whole screen to the window",
        checkable=True,
    ),
    ActionSpec(
        "theme.system", "Theme of the system", "", (), "Light or dark, as the system says",
        checkable=True, group="theme",
    ),
    ActionSpec(
        "theme.light", "Light theme", "sun", (), "Dark text on light ground",
        checkable=True, group="theme",
    ),
    ActionSpec(
        "theme.dark", "Dark theme", "moon", (), "Light text on dark ground",
        checkable=True, group="theme",
    ),
    ActionSpec(
        "language.system", "Language of the system", "", (),
        "English or Chinese, as the system says",
        checkable=True, group="language",
    ),
    ActionSpec("language.en", "English", "", (), "", checkable=True, group="language"),
    ActionSpec("language.zh_CN", "简体中文", "", (), "", checkable=True, group="language"),
)  # fmt: skip

LABEL = (
    ActionSpec(
        "label.select", "Select", "select", ("V", "Ctrl+J"),
        "Click a shape to select it, drag to move it",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.box", "Box", "box", ("R", "W"), "Drag from corner to corner",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.polygon", "Polygon", "polygon", ("P",), "Click along the outline; Enter closes it",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.brush", "Brush", "brush", ("B",), "Paint over the object",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.eraser", "Eraser", "eraser", ("E",), "Wipe paint off the selected mask",
        "label", checkable=True, group="tool",
    ),
    ActionSpec(
        "label.tag", "Tag", "tag", ("T",), "Say what the whole image shows: press 1 to 9",
        "label", checkable=True, group="tool",
    ),
    ActionSpec("label.smaller", "Smaller brush", "minus", ("[",), "", "label"),
    ActionSpec("label.larger", "Larger brush", "plus", ("]",), "", "label"),
    ActionSpec("label.previous", "Previous image", "arrow-left", ("A",), "", "label"),
    ActionSpec("label.next", "Next image", "arrow-right", ("D",), "", "label"),
    ActionSpec(
        "label.previous_open", "Previous image to do", "previous-open", ("Ctrl+Shift+A",),
        "Go back to an image that is not done", "label",
    ),
    ActionSpec(
        "label.next_open", "Next image to do", "next-open", ("Ctrl+Shift+D",),
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
        "label.delete", "Delete", "trash", ("Delete",), "Delete the selected shapes", "label",
    ),
    ActionSpec(
        "label.duplicate", "Duplicate", "duplicate", ("Ctrl+D",), "Copy the selected shapes",
        "label"
    ),
    ActionSpec(
        "label.select_all", "Select all", "select-all", ("Ctrl+A",),
        "Select every shape of the image",
        "label",
    ),
    ActionSpec(
        "label.hide", "Hide or show", "eye-off", ("H",),
        "Hide the selected shapes, or show them again",
        "label",
    ),
    ActionSpec(
        "label.hide_all", "Hide or show all", "eye", ("Ctrl+H",),
        "Look at the bare image", "label", checkable=True,
    ),
    ActionSpec(
        "label.lock", "Lock or unlock", "lock", ("L",),
        "Keep the selected shapes from being changed",
        "label",
    ),
    ActionSpec(
        "label.edit_class", "Change class…", "label", ("Ctrl+E",),
        "Find or name another class for the selected shapes", "label",
    ),
    ActionSpec(
        "label.names", "Show names", "names", ("G",),
        "Write each shape's class above it", "label", checkable=True,
    ),
    ActionSpec(
        "label.reopen", "To do", "circle", ("Ctrl+Backspace",),
        "This image still needs work", "label",
    ),
    ActionSpec("label.raise", "Bring to front", "raise", ("Ctrl+]",), "", "label"),
    ActionSpec("label.lower", "Send to back", "lower", ("Ctrl+[",), "", "label"),
    ActionSpec(
        "label.next_under", "Next shape under the cursor", "next-under", ("Tab",),
        "Reach a shape that lies under another", "label",
    ),
    ActionSpec(
        "label.new_class", "New class…", "plus", ("N",), "Add a class to the project", "label",
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

IMAGES = (
    ActionSpec(
        "images.open", "Label this image", "label", ("Return", "Enter"),
        "Open the image in the Label workspace", "images",
    ),
    ActionSpec(
        "images.find", "Find images", "search", ("Ctrl+F",), "Search by file name", "images",
    ),
    ActionSpec("images.select_all", "Select all", "select-all", ("Ctrl+A",), "", "images"),
    ActionSpec("images.done", "Mark as done", "check-circle", ("Ctrl+Return", "Ctrl+Enter"),
        "These images are completely labelled", "images",
    ),
    ActionSpec(
        "images.reopen", "Mark as to do", "circle", ("Ctrl+Backspace",),
        "These images still need work", "images",
    ),
    ActionSpec(
        "images.skip", "Skip", "skip", ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        "Leave these images out of training", "images",
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

TRAIN = (
    ActionSpec(
        "train.start", "Train", "train", ("Ctrl+Return", "Ctrl+Enter"),
        "Start training as it is set up", "train",
    ),
    ActionSpec(
        "train.new", "New training", "plus", ("Ctrl+T",), "Set up another training", "train"
    ),
    ActionSpec(
        "train.stop", "Stop training", "stop", ("Ctrl+.",),
        "End the training with the best model so far", "train",
    ),
    ActionSpec(
        "train.pause", "Pause training", "pause", ("Ctrl+P",),
        "Keep a checkpoint and give the computer back", "train",
    ),
)  # fmt: skip

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

SPECS: tuple[ActionSpec, ...] = (*GLOBAL, *LABEL, *IMAGES, *TRAIN, *RESULTS, *PREDICT)
"""Every action of the window."""
