"""The quick classifier comes by itself while images are tagged, and goes with the Tag tool."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from studio.settings import Settings
from studio.ui.actions import Actions
from studio.ui.canvas.canvas import Canvas
from studio.ui.suggest.suggestions import Suggestions


class QuickTagging(QObject):
    """Turns suggestions on when the tags are enough to learn from.

    Who turns them off by hand is not asked again until the project is opened anew.
    """

    def __init__(
        self, canvas: Canvas, suggestions: Suggestions, actions: Actions, settings: Settings
    ) -> None:
        super().__init__(canvas)  # so that it hears of nothing once that is gone
        self._canvas, self._suggestions, self._settings = canvas, suggestions, settings
        self._switch = actions["label.quick_classifier"]
        self._switch.setChecked(settings.quick_classifier)
        self._shown = actions["label.suggestions"]
        self._declined = False
        self._came_by_itself = False
        self._shown.triggered.connect(self._take_choice)
        canvas.tool_changed.connect(self._follow)
        canvas.document.changed.connect(self._follow)
        self._follow()

    def calls(self) -> dict[str, Callable[[], object]]:
        """The actions by name."""
        return {"quick_classifier": self._take_switch}

    def _take_switch(self) -> None:
        self._settings.change(quick_classifier=self._switch.isChecked())
        self._declined = False
        self._follow()
        self._canvas.say(self._news())

    def _news(self) -> str:
        """What the switch has changed."""
        if not self._switch.isChecked():
            return self.tr("The quick classifier is off.")
        if self._canvas.tool.id != "tag":
            return self.tr("The quick classifier is on: it helps where images are tagged (T).")
        if not self._suggestions.on and self._suggestions.has_classifier():
            return self.tr("A trained model can suggest tags here: U shows what it sees.")
        if not self._suggestions.quick.is_ready():
            return self.tr("The quick classifier is on: tag two images of each class first.")
        return self.tr("The quick classifier is on.")

    def _take_choice(self) -> None:
        self._declined = not self._shown.isChecked()
        self._came_by_itself = False

    def _follow(self, *_: object) -> None:
        suggestions = self._suggestions
        may_help = self._switch.isChecked() and self._canvas.tool.id == "tag"
        if self._came_by_itself and not may_help:
            self._came_by_itself = False
            self._turn(False)
        suggestions.let_quick_help(may_help)
        if suggestions.on or self._declined or not may_help:
            return
        if suggestions.quick.is_ready() and not suggestions.has_classifier():
            self._came_by_itself = True
            self._turn(True)

    def _turn(self, on: bool) -> None:
        self._shown.setChecked(on)
        self._suggestions.turn(on)
