"""The smart tool's model: the one of the settings, which gets images ahead of the clicks."""

from __future__ import annotations

from collections.abc import Callable

from studio.settings import Settings
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas.tools.smart import SmartTool


class Outlining:
    """Has images prepared as they are shown; without the tool nothing is computed."""

    def __init__(self, canvas: Canvas, settings: Settings) -> None:
        self._canvas = canvas
        tool = canvas.tools[SmartTool.id]
        if isinstance(tool, SmartTool):
            tool.outliner.model_id = lambda: settings.interactive_model
        canvas.tool_changed.connect(self._prepare)
        canvas.document.image_shown.connect(self._prepare)

    def calls(self) -> dict[str, Callable[[], object]]:
        """It has no action of its own."""
        return {}

    def _prepare(self, _: object) -> None:
        tool = self._canvas.tool
        if isinstance(tool, SmartTool):
            tool.prepare()
            self._canvas.tell_hint()
