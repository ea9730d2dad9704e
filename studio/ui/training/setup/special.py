"""Values that stand for something else than their number: automatic, none, as the model has it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.learning.data import variation


def special(name: str) -> tuple[object, str] | None:
    """The value of a setting that is no number, and what it means; None where there is none."""
    if name in variation.NAMES:
        return -1, QCoreApplication.translate("Fields", "As augmentation says")
    known: dict[str, tuple[object, str]] = {
        "micro_batch": (0, QCoreApplication.translate("Fields", "The whole batch")),
        "workers": (-1, QCoreApplication.translate("Fields", "Automatic")),
        "tile_size": (0, QCoreApplication.translate("Fields", "Whole images")),
        "patience": (0, QCoreApplication.translate("Fields", "Never")),
        "head_epochs": (0, QCoreApplication.translate("Fields", "None")),
        "freeze": ("", QCoreApplication.translate("Fields", "None")),
        "dropout": (-1, QCoreApplication.translate("Fields", "As the model has it")),
        "ema_decay": (0, QCoreApplication.translate("Fields", "Automatic")),
    }
    return known.get(name)


def meaning(name: str, value: object) -> str:
    """What a value means where it is no number, else ""."""
    found = special(name)
    return found[1] if found is not None and found[0] == value else ""
