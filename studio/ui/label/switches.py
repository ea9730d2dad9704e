"""Switches of the Label workspace that stay as they were set, in this project and the next."""

from __future__ import annotations

from collections.abc import Callable

from studio.settings import Settings
from studio.ui.actions import Actions
from studio.ui.canvas.canvas import Canvas


class Switches:
    """Whether points snap to shapes."""

    def __init__(self, canvas: Canvas, actions: Actions, settings: Settings) -> None:
        self._snapping = canvas.snapping
        self._snap = actions["label.snap"]
        self._settings = settings
        self._snap.setChecked(settings.snap)
        self._snapping.on = settings.snap

    def calls(self) -> dict[str, Callable[[], object]]:
        """The actions by name."""
        return {"snap": self._take_snap}

    def _take_snap(self) -> None:
        self._snapping.on = self._snap.isChecked()
        self._settings.change(snap=self._snapping.on)
