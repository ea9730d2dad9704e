"""Train."""

from __future__ import annotations

from studio.ui.actions import ActionSpec

TRAIN = (
    ActionSpec(
        "train.start", "Train", "train", ("Ctrl+Return", "Ctrl+Enter"),
        "Start training as it is set up", "train",
    ),
    ActionSpec(
        "train.new", "New training", "plus", ("Ctrl+T",), "Set up another training", "train"
    ),
    ActionSpec(
        "train.compare", "Compare runs", "table", ("Ctrl+Shift+C",),
        "Lay the ticked runs beside the chosen one: which is better, and what was different",
        "train",
    ),
    ActionSpec(
        "train.curve", "Learning curve", "curve", ("Ctrl+Shift+L",),
        "What more labelled images would bring, told from the runs", "train",
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
