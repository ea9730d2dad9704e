"""The finer settings of a training, group by group, each with its reason; folded up at first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from studio.errors import Sentence
from studio.learning.config import TrainConfig
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.training.setup import fields
from studio.ui.training.setup.fields import Group
from studio.ui.training.setup.plan_form import PlanForm


class Section(QWidget):
    """One group: a line that unfolds it, and its settings."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.group = group
        self._changed = 0
        self.head = QPushButton()
        self.head.setCheckable(True)
        self.head.setIconSize(QSize(14, 14))
        set_role(self.head, "fold")
        self.form = PlanForm(fields.GROUPS[group])
        self.form.set_editing(True)
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.form)
        self.head.toggled.connect(self._unfold)
        self._unfold(False)

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self.form.retranslate()
        self._name()

    def show_plan(
        self, config: TrainConfig, reasons: Mapping[str, Sentence], overrides: Mapping[str, Any]
    ) -> None:
        """Show the settings, and also while folded how many of them the user chose."""
        self.form.show_plan(config, reasons, overrides)
        self.setVisible(not self.form.is_idle)
        self._changed = sum(name in overrides for name in self.form.lines)
        self._name()

    def _name(self) -> None:
        name = fields.group_name(self.group)
        changed = self.tr("%n changed", "", self._changed)
        self.head.setText(f"{name} · {changed}" if self._changed else name)

    def _unfold(self, shown: bool) -> None:
        self.form.setVisible(shown)
        self.head.setIcon(icon("chevron-down" if shown else "chevron-right"))


class FinerOptions(QWidget):
    """All groups, below the most important settings.

    Signals:
        decided(str, object): the user set a field (first argument) to a value.
        reset(str): a field goes back to the automatic choice.
        rate_wanted(): a learning rate is to be found by trying.
    """

    decided = Signal(str, object)
    reset = Signal(str)
    rate_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections = {group: Section(group) for group in fields.GROUPS}
        self.find_rate = QPushButton()
        self.find_rate.setIcon(icon("chart"))
        self.find_rate.clicked.connect(self.rate_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        for section in self.sections.values():
            section.form.decided.connect(self.decided)
            section.form.reset.connect(self.reset)
            column.addWidget(section)
        column.addSpacing(theme.TIGHT)
        column.addWidget(self.find_rate, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()

    def retranslate(self) -> None:
        """Take texts from the present language."""
        for section in self.sections.values():
            section.retranslate()
        self.find_rate.setText(self.tr("Find a learning rate…"))
        self.find_rate.setToolTip(
            self.tr("Tries growing learning rates for some steps and shows where the loss falls")
        )

    def show_plan(
        self, config: TrainConfig, reasons: Mapping[str, Sentence], overrides: Mapping[str, Any]
    ) -> None:
        """Show the settings, each with its reason or as the user's own choice."""
        for section in self.sections.values():
            section.show_plan(config, reasons, overrides)

    def show_problem(self, name: str, text: str) -> bool:
        """Say at its line why a value cannot be used; False where the line is elsewhere."""
        section = next((s for s in self.sections.values() if name in s.form.lines), None)
        if section is None:
            return False
        section.head.setChecked(True)
        section.form.show_problem(name, text)
        return True
