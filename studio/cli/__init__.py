"""The command line: the same engine as the window's, without Qt and without a display."""

COMMANDS = (
    "new", "import", "export", "convert", "info", "train", "find-rate", "evaluate", "predict",
    "runs", "learning-curve", "models", "weights", "doctor", "demo",
)  # fmt: skip
"""Every command; a first argument that is none of them is the folder of a project."""
