"""What the window calls choices that the program makes elsewhere: splits, and states of a run;
and how a menu shows what users have named."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.domain.project import Split
from studio.domain.runs import RunState

MENU_LETTERS = 60


def in_menu(text: str) -> str:
    """A text as a menu shows it: not too long, and with its ampersands."""
    short = text if len(text) <= MENU_LETTERS else text[: MENU_LETTERS - 1] + "…"
    return short.replace("&", "&&")


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
