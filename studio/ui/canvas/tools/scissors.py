"""Intelligent scissors: between two clicks the outline follows the edges of the picture.

The ways from the last click to everywhere in view are worked out on another thread; until they
are known the outline goes straight.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QColor, QPainter

from studio.domain.shapes import Box, Point
from studio.ui.canvas.tools.background import Background
from studio.ui.canvas.tools.polygon import PolygonTool
from studio.ui.canvas.tools.tool import Pointer
from studio.vision.assist import Crop, EdgeMap, nearest_edge

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas

MAP_PIXELS = 1_000_000
"""What is in view is searched for edges in at most so many pixels."""

AROUND_PX = 32.0
"""How much around the last click is searched in any case, in widget pixels."""

SNAP_PX = 6.0
"""How near an edge a click is taken to be on it, in widget pixels."""

ZOOM_KEPT = 1.6
"""Zoomed by more than this, the edges are searched for anew."""


class ScissorsTool(PolygonTool):
    """Polygons whose stretches between clicks lie along edges; Ctrl does not snap to these."""

    id = "scissors"

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._background = Background(canvas)
        self._map: EdgeMap | None = None
        self._scale = 0.0  # at which the map was made
        self._is_of_whole = False  # and not of a reduced picture
        self._closes_soon = False  # as soon as the last stretch is known

    def close(self) -> None:
        """Nothing of what is still being worked out is wanted."""
        self._background.close()

    # The pointer ------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        """Fix the stretch that is shown, or close."""
        if self._closes_soon or self.scene.image is None:
            return
        if self.closes(pointer):
            self.finish()
            return
        if self._draft:
            self.add_stretch(self.ahead(pointer))
        else:
            self.add(self.place_of(pointer))
        self._search()

    def move(self, pointer: Pointer) -> None:
        """The next stretch follows the cursor."""
        self._at = pointer
        if self._draft and self._is_stale(pointer):
            self._search()
        self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        """There is no freehand here."""

    def place_of(self, pointer: Pointer) -> Point:
        """The edge near the pointer, or just where it is with Ctrl."""
        point = self.scene.within(pointer.image)
        reach = SNAP_PX / self.canvas.viewport.scale
        around = Box(point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach)
        crop = None if pointer.ctrl else self._crop(around)
        return self.scene.within(nearest_edge(crop, point, reach)) if crop else point

    def ahead(self, pointer: Pointer) -> list[Point]:
        """The way along the edges; straight on as long as it is not known."""
        return self._way_to(self._draft[0] if self.closes(pointer) else self.place_of(pointer))

    def _way_to(self, point: Point) -> list[Point]:
        known = self._map
        if known and known.anchor == self._draft[-1]:
            return known.path_to(point)[1:]
        return [point]

    # The edges --------------------------------------------------------------------------------

    def _crop(self, box: Box) -> Crop | None:
        picture = self.canvas.showing.decoded
        scale = self.canvas.viewport.scale * self.canvas.devicePixelRatioF()
        return picture.crop(box, MAP_PIXELS, scale) if picture else None

    def _is_stale(self, pointer: Pointer) -> bool:
        if self._background.is_asked:
            return False
        known, scale = self._map, self.canvas.viewport.scale
        if known is None or known.anchor != self._draft[-1]:
            return True
        if self.canvas.showing.shows_whole and not self._is_of_whole:
            return True
        is_zoomed = not 1 / ZOOM_KEPT <= scale / self._scale <= ZOOM_KEPT
        return is_zoomed or not known.crop.holds(self.scene.within(pointer.image))

    def _search(self) -> None:
        """Work out the ways from the last point to everywhere in view."""
        self._map = None
        self._background.forget()
        if not self._draft:
            return
        anchor, seen = self._draft[-1], self.canvas.viewport.visible()
        self._scale = self.canvas.viewport.scale
        self._is_of_whole = self.canvas.showing.shows_whole
        around = AROUND_PX / self._scale
        crop = self._crop(
            Box(
                min(anchor[0] - around, seen.x0),
                min(anchor[1] - around, seen.y0),
                max(anchor[0] + around, seen.x1),
                max(anchor[1] + around, seen.y1),
            )
        )
        if crop is None:
            return

        def search(should_stop: Callable[[], bool]) -> EdgeMap | None:
            return None if should_stop() else EdgeMap(crop, anchor)

        self._background.ask(search, self._receive)

    def _receive(self, found: EdgeMap | None) -> None:
        self._map = found
        if self._closes_soon:
            self.finish()
        self._changed()

    # The outline ------------------------------------------------------------------------------

    def finish(self) -> None:
        """Close along the edges, as soon as these are known, and offer the polygon."""
        self._closes_soon = self._background.is_asked and len(self._draft) >= 2
        if self._closes_soon or not self._draft:
            return
        last = len(self._draft)
        self.add_stretch(self._way_to(self._draft[0])[:-1])
        super().finish()
        if self._draft:  # too small to be meant: it stays open
            self._stretches.pop()
            del self._draft[last:]
        else:
            self._forget_map()

    def undo(self) -> bool:
        """Take the last stretch back."""
        if self._closes_soon:
            self._closes_soon = False
            return True
        draft = self._draft
        if self._stretches and self._stretches[-1][1] == len(draft):
            first, _ = self._stretches.pop()
            del draft[first:]
            done = True
            self._changed()
        else:
            done = super().undo()
        self._search()
        return done

    def cancel(self) -> bool:
        """Drop the outline of this image."""
        self._forget_map()
        return super().cancel()

    def leave(self) -> None:
        """An unfinished outline stays on its image."""
        self._forget_map()
        super().leave()

    def _forget_map(self) -> None:
        self._map, self._closes_soon = None, False
        self._background.forget()

    # Looks ------------------------------------------------------------------------------------

    def still_open(self) -> str:
        """Says that the outline is open, and how it is closed."""
        return QCoreApplication.translate(
            "Tools", "This outline is still open: Enter closes it, Esc drops it"
        )

    def hint(self) -> str:
        """What the next click does."""
        tr = QCoreApplication.translate
        if not self._draft:
            return tr("Tools", "Click on the edge of {name}; the outline follows it").format(
                name=self.class_name()
            )
        return tr(
            "Tools", "Click to fix the outline so far; Enter closes it, Backspace takes it back"
        )

    def paint_points(self, painter: QPainter, points: list[QPointF], color: QColor) -> None:
        """Only where a click fixed the outline."""
        ends = [end - 1 for _, end in self._stretches if 0 < end <= len(points)]
        knots = sorted({0, len(points) - 1, *ends})
        super().paint_points(painter, [points[index] for index in knots], color)
