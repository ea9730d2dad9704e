"""How the canvas is looked at, brought to all that shows it. Nothing here is an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.ui.canvas.layers import SelectionLayer, ShapesLayer
from studio.ui.canvas.look import Look
from studio.ui.canvas.minimap import Minimap
from studio.ui.canvas.overlays import CrosshairLayer, GridLayer
from studio.vision.images import GreyMapping
from studio.vision.tone import UNCHANGED

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas


class Looking(QObject):
    """The look of ``canvas``, and what is laid over the picture for it.

    Signals:
        changed(): the look or the levels are others.
    """

    changed = Signal()

    def __init__(self, canvas: Canvas, shapes: ShapesLayer, selection: SelectionLayer) -> None:
        super().__init__(canvas)
        self.look = Look()
        self.minimap = Minimap(canvas.view, canvas.showing, canvas)
        self._canvas = canvas
        self._showing = canvas.showing
        self._shapes = shapes
        self._selection = selection
        self._grid = GridLayer()
        self._crosshair = CrosshairLayer(canvas)
        canvas.layers.insert(1, self._grid)
        canvas.layers.append(self._crosshair)
        self._had_crosshair = False
        canvas.pointer_moved.connect(self._follow_pointer)
        canvas.showing.progressed.connect(self._tell_progress)

    @property
    def levels(self) -> GreyMapping | None:
        """The raw values that this view shows of deep images; None for those of the project."""
        return self._showing.levels

    @property
    def alters_picture(self) -> bool:
        """Whether the picture is shown otherwise than models and exports see it."""
        return self.look.tone != UNCHANGED or (self.levels is not None and self.shown is not None)

    @property
    def shown(self) -> GreyMapping | None:
        """The raw values that are shown of this image; None where it has no more than 8 bits."""
        picture = self._showing.picture
        return (self.levels or picture.mapping) if picture and picture.mapping else None

    def set(self, look: Look) -> None:
        """Look in another way."""
        before, self.look = self.look, look
        if look.tone != before.tone:
            self._showing.set_tone(look.tone)
            self.minimap.redraw()
        self._shapes.restyle(look.shapes)
        self._selection.look = look.shapes
        self._grid.shown = look.pixel_grid
        self._crosshair.shown = look.crosshair
        self.minimap.shown = look.minimap
        self.minimap.follow()
        self._canvas.update()
        self.changed.emit()

    def set_levels(self, levels: GreyMapping | None) -> None:
        """Show other raw values of images deeper than 8 bits, or those of the project again."""
        self._showing.set_levels(levels)
        self.minimap.redraw()
        self._canvas.update()
        self.changed.emit()

    def _follow_pointer(self) -> None:
        # Tools that have no crosshair paint only what they touch: leave it at that.
        has_crosshair = self._crosshair.is_seen
        if has_crosshair or self._had_crosshair:
            self._canvas.update()
        self._had_crosshair = has_crosshair

    def _tell_progress(self, share: float) -> None:
        if share < 1:
            told = self.tr("Reading this large picture: {percent}%")
            self._canvas.say(told.format(percent=round(100 * share)))
        else:
            self._canvas.retranslate()  # which says the hint again
