"""What can be done with a run, by the state it is in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from studio.domain.runs import Run, RunState
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role

ICONS = {
    "kill": "close",
    "discard": "discard",
    "pause": "pause",
    "stop": "stop",
    "delete": "trash",
    "clone": "duplicate",
    "resume": "play",
    "extend": "plus",
    "predict": "predict",
    "results": "results",
}
"""The buttons in their order, by what they ask for."""
GOING_ON = frozenset({"resume", "extend"})
"""Only one training is under way at a time."""


class RunButtons(QWidget):
    """Buttons of a live run, or of one that has ended.

    Signals:
        asked(str): a key of ``ICONS``.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QPushButton] = {}
        self._hints: dict[str, str] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TIGHT)
        for what, name in ICONS.items():
            button = self._buttons[what] = QPushButton(icon(name), "")
            button.clicked.connect(lambda _=False, what=what: self.asked.emit(what))
            button.hide()
            row.addWidget(button)
        set_role(self._buttons["kill"], "danger")
        set_role(self._buttons["discard"], "quiet")
        set_role(self._buttons["delete"], "quiet")
        set_role(self._buttons["clone"], "quiet")
        self.retranslate()

    def __getitem__(self, what: str) -> QPushButton:
        return self._buttons[what]

    def retranslate(self) -> None:
        """Take texts from the present language."""
        texts = {
            "kill": (self.tr("Kill now"), self.tr("End the process at once, without a checkpoint")),
            "discard": (self.tr("Discard"), self.tr("Stop and delete this run")),
            "pause": (
                self.tr("Pause"),
                self.tr("Keep a checkpoint and give the computer back; go on later"),
            ),
            "stop": (self.tr("Stop, keep best"), self.tr("End now with the best model so far")),
            "delete": (self.tr("Delete"), self.tr("Delete this run and its model")),
            "clone": (self.tr("Use settings"), self.tr("Start from the settings of this run")),
            "resume": (self.tr("Resume"), self.tr("Go on from the last checkpoint")),
            "extend": (
                self.tr("Train more…"),
                self.tr("Train for more epochs, from the best model on"),
            ),
            "predict": (self.tr("Predict"), self.tr("See what this model makes of new images")),
            "results": (self.tr("Results"), self.tr("See how good this model is")),
        }
        for what, (text, hint) in texts.items():
            self._buttons[what].setText(text)
            self._buttons[what].setToolTip(hint)
            self._hints[what] = hint

    def show_live(self, *, stoppable: bool, asked: str, killable: bool) -> None:
        """The buttons of a run at work; ``asked`` is the stop word already said."""
        shown = {"discard", "pause", "stop"} | ({"kill"} if killable else set())
        pressed = {"discard", "pause", "stop"} if asked else set()
        self._show(shown, shown - pressed - (set() if stoppable else {"stop"}))
        early = self.tr("There is a model to keep once the first epoch has ended")
        self._buttons["stop"].setToolTip(self._hints["stop"] if stoppable else early)

    def show_ended(self, run: Run | None, *, has_model: bool, may_resume: bool) -> None:
        """The buttons of a run that is over, or that another program trains.

        None is one that left nothing.
        """
        shown = set() if run is None else {"delete", "clone"}
        if run is not None and run.state is RunState.RUNNING:
            shown.remove("delete")
        if has_model:
            shown |= {"predict", "results"}
        if run is not None and run.state.resumable:
            shown.add("resume")
        if run is not None and run.state is RunState.FINISHED:
            shown.add("extend")
        self._show(shown, shown if may_resume else shown - GOING_ON)
        for what in GOING_ON:
            later = self.tr("Another training is under way; this run can go on when it has ended")
            self._buttons[what].setToolTip(self._hints[what] if may_resume else later)

    def _show(self, shown: set[str], enabled: set[str]) -> None:
        focused = self.window().focusWidget()  # or will be, once a question is closed
        if any(each is focused for what, each in self._buttons.items() if what not in enabled):
            self.setFocus()  # else Qt would give it to the note, and what is typed next
        for what, button in self._buttons.items():
            button.setVisible(what in shown)
            button.setEnabled(what in enabled)
