"""What the window calls choices that the program makes elsewhere: splits, and states of a run."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.domain.project import Split
from studio.domain.runs import RunState


def split_name(split: Split) -> str:
    """What images are put aside for."""
    return {
        Split.TRAIN: QCoreApplication.translate("Query", "Training"),
        Split.VAL: QCoreApplication.translate("Query", "Validation"),
        Split.TEST: QCoreApplication.translate("Query", "Test"),
    }[split]


def state_name(state: RunState) -> str:
    """Where a run stands, in one word."""
    return {
        RunState.RUNNING: QCoreApplication.translate("Runs", "Training"),
        RunState.FINISHED: QCoreApplication.translate("Runs", "Finished"),
        RunState.STOPPED: QCoreApplication.translate("Runs", "Stopped"),
        RunState.PAUSED: QCoreApplication.translate("Runs", "Paused"),
        RunState.INTERRUPTED: QCoreApplication.translate("Runs", "Interrupted"),
        RunState.FAILED: QCoreApplication.translate("Runs", "Failed"),
    }[state]
