"""The actions that change how the image is looked at, and how that look is kept."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from studio.settings import Settings
from studio.ui.actions import Actions
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas.look import Look, look_of
from studio.ui.label.view_panel import ViewPanel
from studio.vision.depth import GreyMapping
from studio.vision.tone import UNCHANGED

LOOK, LEVELS = "label-look", "label-levels"
KEEP_AFTER_MS = 400


class Viewing(QObject):
    """What is seen on the canvas, at which zoom, and in which look; none of it is an edit."""

    def __init__(self, canvas: Canvas, actions: Actions, settings: Settings) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._looking = canvas.looking
        self._actions = actions
        self._settings = settings
        self._take_up()
        self.panel = ViewPanel(canvas, actions)
        self._unkept = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._unkept.timeout.connect(self.keep)
        self._looking.changed.connect(self._unkept.start)
        self.panel.hidden.connect(self.keep)
        canvas.scene.revealed.connect(self._show_hidden)

    def calls(self) -> dict[str, Callable[[], object]]:
        """The actions by name."""
        canvas, view = self._canvas, self._canvas.view
        return {
            "hide_all": lambda: canvas.scene.show_all(self._is_on("hide_all")),
            "solo": self._solo,
            "names": self._take_toggles,
            "crosshair": self._take_toggles,
            "pixel_grid": self._take_toggles,
            "minimap": self._take_toggles,
            "view_panel": self._toggle_panel,
            "reset_look": self._reset,
            "fit": view.fit,
            "actual_size": lambda: view.actual_size(canvas.centre_of_zoom()),
            "zoom_in": lambda: view.zoom(1, canvas.centre_of_zoom()),
            "zoom_out": lambda: view.zoom(-1, canvas.centre_of_zoom()),
        }

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.panel.retranslate()

    def close(self) -> None:
        """Keep the look; wait for what is being read."""
        self.keep()
        self.panel.levels.close_work()

    # What is seen -----------------------------------------------------------------------------

    def _is_on(self, name: str) -> bool:
        return self._actions[f"label.{name}"].isChecked()

    def _take_toggles(self) -> None:
        look = self._looking.look
        self._looking.set(
            replace(
                look,
                shapes=replace(look.shapes, names=self._is_on("names")),
                crosshair=self._is_on("crosshair"),
                pixel_grid=self._is_on("pixel_grid"),
                minimap=self._is_on("minimap"),
            )
        )

    def _solo(self) -> None:
        scene = self._canvas.scene
        scene.show_only(() if scene.solo else scene.document.selection)
        self._show_hidden()

    def _show_hidden(self) -> None:
        self._actions["label.hide_all"].setChecked(self._canvas.scene.all_hidden)
        self._actions["label.solo"].setChecked(bool(self._canvas.scene.solo))

    def _toggle_panel(self) -> None:
        self.panel.setVisible(self.panel.isHidden())
        if self.panel.isVisible():
            self.panel.sliders["fill"].slider.setFocus()

    def _reset(self) -> None:
        self._looking.set_levels(None)
        self._looking.set(replace(self._looking.look, tone=UNCHANGED))

    # Keeping ----------------------------------------------------------------------------------

    def _take_up(self) -> None:
        """Look as was done when the program was last used."""
        look = look_of(self._settings.window_state(LOOK))
        shown = {
            "names": look.shapes.names,
            "crosshair": look.crosshair,
            "pixel_grid": look.pixel_grid,
            "minimap": look.minimap,
        }
        for name, is_on in shown.items():
            self._actions[f"label.{name}"].setChecked(is_on)
        self._looking.set(look)
        self._looking.set_levels(self._kept_levels())
        self._canvas.scene.show_all(self._is_on("hide_all"))
        self._show_hidden()

    def keep(self) -> None:
        """Have the look at the next start, and the levels with the project they are for."""
        self._unkept.stop()
        look, levels = self._looking.look, self._looking.levels
        self._settings.keep_window_state(LOOK, look.to_bytes() if look != Look() else b"")
        kept = (str(self._canvas.document.project), levels.low, levels.high) if levels else None
        self._settings.keep_window_state(LEVELS, json.dumps(kept).encode() if kept else b"")

    def _kept_levels(self) -> GreyMapping | None:
        try:
            project, low, high = json.loads(self._settings.window_state(LEVELS))
            sound = math.isfinite(high - low) and high > low
        except (ValueError, TypeError):
            return None
        here = project == str(self._canvas.document.project)
        return GreyMapping(float(low), float(high)) if here and sound else None
