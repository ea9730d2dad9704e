"""The settings of a training as a person sees them: names, values in words, editors."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtGui import QDoubleValidator, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from studio.learning import config as config_module
from studio.learning.config import Augmentation, TrainConfig, Weights
from studio.ui import messages

SHOWN = (
    "model", "weights", "epochs", "image_size", "batch_size", "lr", "augmentation", "device",
    "seed",
)  # fmt: skip
"""The settings that the window offers, in order; the command line reaches all of them."""

QUIET = frozenset({"model", "weights", "seed"})
"""Shown only under Options: the model has a card of its own, the seed says nothing to most."""


@cache
def _help() -> dict[str, str]:
    return config_module.field_help()


def help_text(name: str) -> str:
    """What a setting does, from the comment below its field, translated."""
    return QCoreApplication.translate("TrainConfig", _help().get(name, ""))


def field_name(name: str) -> str:
    """What a setting is called."""
    names = {
        "model": QCoreApplication.translate("Fields", "Model"),
        "weights": QCoreApplication.translate("Fields", "First weights"),
        "epochs": QCoreApplication.translate("Fields", "Epochs"),
        "image_size": QCoreApplication.translate("Fields", "Image size"),
        "batch_size": QCoreApplication.translate("Fields", "Batch size"),
        "lr": QCoreApplication.translate("Fields", "Learning rate"),
        "augmentation": QCoreApplication.translate("Fields", "Augmentation"),
        "device": QCoreApplication.translate("Fields", "Device"),
        "seed": QCoreApplication.translate("Fields", "Seed"),
    }
    return names.get(name, name)


def choice_name(value: object) -> str:
    """What one value of a choice is called."""
    names = {
        Augmentation.NONE: QCoreApplication.translate("Fields", "None"),
        Augmentation.LIGHT: QCoreApplication.translate("Fields", "Light"),
        Augmentation.MEDIUM: QCoreApplication.translate("Fields", "Medium"),
        Augmentation.STRONG: QCoreApplication.translate("Fields", "Strong"),
        Weights.PRETRAINED: QCoreApplication.translate("Fields", "Pretrained"),
        Weights.SCRATCH: QCoreApplication.translate("Fields", "From scratch"),
    }
    return next((text for key, text in names.items() if key == value), str(value))


def value_text(config: TrainConfig, name: str) -> str:
    """The value of a setting in words."""
    value = getattr(config, name)
    match name:
        case "epochs":
            return QCoreApplication.translate("Fields", "at most {count}").format(count=value)
        case "image_size":
            return messages.pixels(value)
        case "lr":
            return f"{value:g}"
        case _:
            return choice_name(value)


class Choice(QComboBox):
    """One of several values.

    Signals:
        decided(object): the user chose a value.
    """

    decided = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.activated.connect(lambda _: self.decided.emit(self.currentData()))

    def offer(self, choices: list[tuple[str, object]]) -> None:
        """Offer other values, each with its text."""
        standing = self.currentData()
        self.clear()
        for text, value in choices:
            self.addItem(text, value)
        self.show_value(standing)

    def show_value(self, value: object) -> None:
        """Show a value; one that is not offered is added."""
        row = next((r for r in range(self.count()) if self.itemData(r) == value), -1)
        if row < 0 and value is not None:
            self.addItem(str(value), value)
            row = self.count() - 1
        self.setCurrentIndex(row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, so that scrolling changes nothing."""
        event.ignore()


class Number(QSpinBox):
    """A whole number.

    Signals:
        decided(object): the user set a number.
    """

    decided = Signal(object)

    def __init__(self, low: int, high: int, step: int = 1, suffix: str = "") -> None:
        super().__init__()
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setSuffix(suffix)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(lambda value: self.decided.emit(value))

    def show_value(self, value: object) -> None:
        """Show a number without deciding it."""
        self.blockSignals(True)
        self.setValue(int(str(value)))
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, so that scrolling changes nothing."""
        event.ignore()


class Real(QLineEdit):
    """A number that may be very small, such as 0.0003 or 3e-4.

    Signals:
        decided(object): the user typed a number.
    """

    decided = Signal(object)

    def __init__(self, low: float, high: float) -> None:
        super().__init__()
        validator = QDoubleValidator(low, high, 10, self)
        validator.setLocale(QLocale.c())
        self.setValidator(validator)
        self._shown = ""
        self.editingFinished.connect(self._decide)

    def show_value(self, value: object) -> None:
        """Show a number without deciding it."""
        self._shown = f"{float(str(value)):g}"
        self.setText(self._shown)

    def _decide(self) -> None:
        if self.text() != self._shown:
            self._shown = self.text()
            self.decided.emit(float(self.text()))


Editor = Choice | Number | Real

_MAKERS: dict[str, Callable[[], Any]] = {
    "model": Choice,
    "weights": Choice,
    "epochs": lambda: Number(1, 100_000),
    "image_size": lambda: Number(16, 4096, 32, messages.pixels("")),
    "batch_size": lambda: Number(1, 4096),
    "lr": lambda: Real(1e-8, 10.0),
    "augmentation": Choice,
    "device": Choice,
    "seed": lambda: Number(0, 2**31 - 1),
}


def editor(name: str) -> Editor:
    """A new editor for a setting."""
    made: Editor = _MAKERS[name]()
    made.setToolTip(help_text(name))
    return made
