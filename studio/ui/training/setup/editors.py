"""Editors of the settings of a training: each shows a value, and says when a hand changed it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from functools import cache
from math import isfinite

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from studio.learning.config import LIMITS, TrainConfig
from studio.ui.training.setup.fields import help_text
from studio.ui.training.setup.special import special
from studio.ui.widgets.elided_choice import ElidedChoice
from studio.ui.wording import messages


class Choice(ElidedChoice):
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


class Number(QSpinBox):
    """A whole number.

    Signals:
        decided(object): the user set a number.
    """

    decided = Signal(object)

    def __init__(self, low: int, high: int, step: int = 1) -> None:
        super().__init__()
        self.setRange(low, high)
        self.setSingleStep(step)
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


THOUSANDS = re.compile(r"-?[1-9]\d*,\d{3}")
"""One number to some readers, and another to others."""


class Real(QLineEdit):
    """A number that may be very small, such as 0.0003 or 3e-4.

    Where one value is ``special``, the line is empty with it and says in grey what it means. What
    is no number is not taken, and one out of range becomes the nearest that can be: no line shows
    what training would not do.

    Signals:
        decided(object): the user typed a number.
    """

    decided = Signal(object)

    def __init__(self, low: float, high: float, special: float | None = None) -> None:
        super().__init__()
        self._low, self._high = low, high
        self._shown = ""
        self._special = special
        self.editingFinished.connect(self._decide)

    def show_value(self, value: object) -> None:
        """Show a number without deciding it."""
        number = float(str(value))
        short = f"{number:g}"
        exact = short if float(short) == number else repr(number)
        self._shown = "" if number == self._special else exact
        self.setText(self._shown)

    def _decide(self) -> None:
        if self.text() == self._shown:
            return
        number = self._number()
        if number is None:
            self.setText(self._shown)
            return
        self.show_value(number)
        self.decided.emit(number)

    def _number(self) -> float | None:
        text = self.text().strip()
        if not text:
            return self._special
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            return None
        if not isfinite(number) or THOUSANDS.fullmatch(text):
            return None
        if number == self._special:
            return number
        return min(max(number, self._low), self._high)


class Text(QLineEdit):
    """A few words.

    Signals:
        decided(object): the user typed others.
    """

    decided = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.editingFinished.connect(self._decide)

    def show_value(self, value: object) -> None:
        """Show a text without deciding it."""
        self._shown = str(value)
        self.setText(self._shown)

    def _decide(self) -> None:
        if self.text().strip() != self._shown:
            self._shown = self.text().strip()
            self.decided.emit(self._shown)


Editor = Choice | Number | Real | Text

MOST = 2**31 - 1
IN_PIXELS = frozenset({"image_size", "tile_size"})
STEPS = {"image_size": 32, "tile_size": 32, "rotation_deg": 5}


def editor(name: str) -> Editor:
    """A new editor for a setting, by the kind of its values."""
    kind = _kinds()[name]
    low, high = LIMITS.get(name, (0, MOST))
    meant = special(name)
    made: Editor
    if kind == "int":
        made = Number(int(low), int(high), STEPS.get(name, 1))
    elif kind == "float":
        # Below zero stands for something else, which an empty line means here.
        made = Real(max(low, 0.0), high, float(str(meant[0])) if meant else None)
    elif kind == "str" and name not in CHOSEN:
        made = Text()
    else:
        made = Choice()
    retranslate(made, name)
    return made


def retranslate(made: Editor, name: str) -> None:
    """Say in the present language what the setting is, and what its values mean."""
    meant = special(name)
    words = meant[1] if meant else ""
    if isinstance(made, Number):
        made.setSuffix(messages.pixels("") if name in IN_PIXELS else "")
        made.setSpecialValueText(words)
    elif isinstance(made, (Real, Text)):
        made.setPlaceholderText(words)
    made.setToolTip(help_text(name))


CHOSEN = frozenset({"model", "device"})
"""Texts of which the window knows every one that works."""


@cache
def _kinds() -> Mapping[str, str]:
    return {field.name: str(field.type) for field in dataclass_fields(TrainConfig)}
