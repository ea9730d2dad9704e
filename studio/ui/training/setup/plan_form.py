"""What will be trained, line by line, each with its reason; under Options each can be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from studio.errors import Sentence
from studio.learning.advice import refinements
from studio.learning.config import TrainConfig
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.training.setup import editors, fields
from studio.ui.training.setup.editors import Choice, Editor
from studio.ui.wording import messages

NAME_PX, VALUE_PX, EDITOR_PX, RESET_PX = 184, 150, 240, 28


@dataclass(slots=True)
class _Line:
    """The widgets of one setting."""

    name: QLabel
    value: QLabel
    editor: Editor
    reason: QLabel
    reset: QToolButton


class PlanForm(QWidget):
    """Some of the settings of the next training, the most important ones unless told otherwise.

    Signals:
        decided(str, object): the user set a field (first argument) to a value.
        reset(str): a field goes back to the automatic choice.
    """

    decided = Signal(str, object)
    reset = Signal(str)

    def __init__(self, names: Sequence[str] = fields.SHOWN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = False
        self._idle: frozenset[str] = frozenset()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.WIDE)
        self._grid.setVerticalSpacing(theme.TIGHT)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnMinimumWidth(1, VALUE_PX)
        self._grid.setColumnMinimumWidth(3, RESET_PX)
        self.lines = {name: self._line(row, name) for row, name in enumerate(names)}
        self.retranslate()
        self.set_editing(False)

    def _line(self, row: int, name: str) -> _Line:
        editor = editors.editor(name)
        editor.decided.connect(lambda value: self.decided.emit(name, value))
        editor.setFixedWidth(EDITOR_PX)
        line = _Line(QLabel(), QLabel(), editor, QLabel(), QToolButton())
        set_role(line.name, "quiet")
        line.name.setWordWrap(True)
        line.name.setFixedWidth(NAME_PX)
        set_role(line.reason, "quiet")
        line.reason.setWordWrap(True)
        line.reset.setIcon(icon("undo"))
        line.reset.setIconSize(QSize(14, 14))
        line.reset.clicked.connect(lambda: self.reset.emit(name))
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(line.name, row, 0, middle)
        self._grid.addWidget(line.value, row, 1, middle)
        self._grid.addWidget(line.editor, row, 1, middle)
        self._grid.addWidget(line.reason, row, 2, middle)
        self._grid.addWidget(line.reset, row, 3, middle)
        return line

    def retranslate(self) -> None:
        """Take texts from the present language; ``show_plan`` gives the values theirs."""
        for name, line in self.lines.items():
            line.name.setText(fields.field_name(name))
            line.name.setToolTip(fields.help_text(name))
            editors.retranslate(line.editor, name)
            line.editor.setAccessibleName(line.name.text())
            line.reset.setToolTip(self.tr("Back to the automatic choice"))

    def _offer(self, name: str, choices: list[tuple[str, object]]) -> None:
        editor = self.lines[name].editor
        if isinstance(editor, Choice):
            editor.offer(choices)

    def offer_models(self, choices: list[tuple[str, object]]) -> None:
        """The models to choose from: text and name."""
        self._offer("model", choices)

    def offer_devices(self, choices: list[tuple[str, object]]) -> None:
        """The devices to choose from: text and name."""
        self._offer("device", choices)

    def set_editing(self, editing: bool) -> None:
        """Show editors, or plain values."""
        self._editing = editing
        for name, line in self.lines.items():
            shown = (editing or name not in fields.QUIET) and name not in self._idle
            line.name.setVisible(shown)
            line.reason.setVisible(shown)
            line.value.setVisible(shown and not editing)
            line.editor.setVisible(editing and shown)
            line.reset.setVisible(shown and bool(line.reset.property("overridden")))

    def show_plan(
        self,
        config: TrainConfig,
        reasons: Mapping[str, Sentence],
        overrides: Mapping[str, Any],
    ) -> None:
        """Show the settings, each with its reason or as the user's own choice."""
        self._idle = frozenset(name for name in self.lines if not refinements.applies(config, name))
        for name, line in self.lines.items():
            line.value.setText(fields.value_text(config, name))
            if offered := fields.choices(config, name):
                self._offer(name, [(fields.choice_name(value), value) for value in offered])
            line.editor.show_value(getattr(config, name))
            own = name in overrides
            line.reset.setProperty("overridden", own)
            set_role(line.reason, "quiet")
            if own:
                line.reason.setText(self.tr("Chosen by you"))
            else:
                line.reason.setText(messages.sentence(reasons[name]) if name in reasons else "")
        self.set_editing(self._editing)

    @property
    def is_idle(self) -> bool:
        """Whether none of its settings has any effect now."""
        return len(self._idle) == len(self.lines)

    def show_device(self, text: str) -> None:
        """How the chosen device is called here."""
        self.lines["device"].value.setText(text)

    def show_problem(self, name: str, text: str) -> None:
        """Say at its line why a value cannot be used."""
        set_role(self.lines[name].reason, "danger")
        self.lines[name].reason.setText(text)
