"""What else the Label workspace can do: each feature says which actions it carries out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from studio.settings import Settings
from studio.ui.actions import Actions
from studio.ui.canvas.canvas import Canvas
from studio.ui.label.attributes import Describing
from studio.ui.label.brush_modes import BrushModes
from studio.ui.label.clipboard import Clipboard
from studio.ui.label.film_strip import FilmStrip
from studio.ui.label.interpolating import Interpolating
from studio.ui.label.outlining import Outlining
from studio.ui.label.reshaping import Reshaping
from studio.ui.label.switches import Switches
from studio.ui.label.turning import Turning
from studio.ui.label.walking import Walking


class Feature(Protocol):
    """A part of the Label workspace with actions of its own."""

    def calls(self) -> Mapping[str, Callable[[], object]]:
        """What to call for which action, by the action's id without ``label.``."""
        ...


def make_features(
    canvas: Canvas, film: FilmStrip, actions: Actions, settings: Settings
) -> list[Feature]:
    """One of each, for the workspace around ``canvas``."""
    return [
        Switches(canvas, actions, settings),
        Clipboard(canvas, film),
        Walking(canvas, actions, settings),
        Turning(canvas),
        Describing(canvas),
        BrushModes(canvas, actions),
        Reshaping(canvas),
        Interpolating(canvas),
        Outlining(canvas, settings),
    ]
