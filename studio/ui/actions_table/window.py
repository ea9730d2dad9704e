"""Actions that work everywhere."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

WINDOW = (
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
        "workspace.dataset", "Dataset", "chart", ("Ctrl+6",),
        "See what the project holds as a whole", checkable=True, group="workspace",
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
        "project.add_video", "Add video…", "film", ("Ctrl+Shift+V",),
        "Take frames out of a video and add them as images",
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
        "edit.history", "History…", "history", ("Ctrl+Shift+H",),
        "Every change with its time: look back, restore an image, take back one change",
    ),
    ActionSpec(
        "app.settings", "Settings…", "settings", ("F2", "Ctrl+,"), "Language, theme, weights",
    ),
    ActionSpec("app.keys", "Keys in use here", "help", ("F1",), "The keys of what is in front"),
    ActionSpec(
        "app.shortcuts", "Keyboard shortcuts…", "keyboard", ("Ctrl+F1",),
        "See every key, and change it",
    ),
    ActionSpec(
        "app.tour", "Tour", "tour", ("Shift+F1",), "Five steps from pictures to predictions",
    ),
    ActionSpec(
        "app.next_control", "Next control", "", ("F6",),
        "Go on with the keyboard, also from the picture, where Tab goes from shape to shape",
    ),
    ActionSpec(
        "app.previous_control", "Previous control", "", ("Shift+F6",),
        "Go back with the keyboard",
    ),
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
