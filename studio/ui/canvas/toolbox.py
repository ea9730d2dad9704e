"""The tools that a canvas has besides those it knows by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.canvas.tools.box import BoxTool
from studio.ui.canvas.tools.brush import BrushTool, EraserTool
from studio.ui.canvas.tools.fill import FillTool
from studio.ui.canvas.tools.line import LineTool
from studio.ui.canvas.tools.points import PointsTool
from studio.ui.canvas.tools.polygon import PolygonTool
from studio.ui.canvas.tools.redraw import RedrawTool
from studio.ui.canvas.tools.rotated_box import RotatedBoxTool
from studio.ui.canvas.tools.scissors import ScissorsTool
from studio.ui.canvas.tools.slice import SliceTool
from studio.ui.canvas.tools.smart import SmartTool
from studio.ui.canvas.tools.tag import TagTool
from studio.ui.canvas.tools.tool import Tool
from studio.ui.canvas.tools.wand import WandTool

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas


def make_tools(canvas: Canvas) -> tuple[Tool, ...]:
    """One of each."""
    return (
        BoxTool(canvas),
        RotatedBoxTool(canvas),
        PolygonTool(canvas),
        LineTool(canvas),
        PointsTool(canvas),
        BrushTool(canvas),
        EraserTool(canvas),
        FillTool(canvas),
        WandTool(canvas),
        ScissorsTool(canvas),
        SmartTool(canvas),
        SliceTool(canvas),
        RedrawTool(canvas),
        TagTool(canvas),
    )
