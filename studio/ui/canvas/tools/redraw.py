"""Draw a stretch of a polygon anew: from one of its vertices along a new path to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPolygonF

from studio.domain import geometry as geo
from studio.domain import picking
from studio.domain.edits import Title
from studio.domain.picking import VertexAt
from studio.domain.redrawing import Stretch, redrawn, stretch_along
from studio.domain.shapes import Point, Polygon, Ring, Shape
from studio.editing import actions
from studio.ui import theme
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.tools import trail
from studio.ui.canvas.tools.tool import Pointer, Tool

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas

REACH_PX = 8.0


@dataclass(slots=True)
class _Drawing:
    """A stretch in hand: it starts at a vertex of ``polygon``, which shape ``shape_id`` is."""

    shape_id: int
    polygon: Polygon
    start: VertexAt
    path: list[Point] = field(default_factory=list)

    @property
    def ring(self) -> Ring:
        return tuple(geo.rings(self.polygon))[self.start.ring]


class RedrawTool(Tool):
    """Replaces the stretch that was drawn along; with Shift, the other side of the outline."""

    id = "redraw"
    cursor = Qt.CursorShape.CrossCursor
    shows_handles = True
    keeps_selection = True

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._drawing: _Drawing | None = None
        self._at: Pointer | None = None
        self._other_side = False
        self._previews = False

    @property
    def busy(self) -> bool:
        """Whether a path was begun."""
        return self._drawing is not None

    # The pointer ------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        """Begin at a vertex, set a point of the path, or end at a vertex."""
        self.move(pointer)
        drawing = self._drawing
        if drawing is None:
            self._begin(pointer)
        elif (end := self._end_at(pointer)) is not None:
            self._finish(drawing, self._stretch(drawing, end))
        else:
            point = self._place_of(drawing, pointer)
            if point not in (drawing.ring[drawing.start.index], *drawing.path[-1:]):
                drawing.path.append(point)
        self._preview()

    def move(self, pointer: Pointer) -> None:
        """The path follows the cursor; over a vertex, show what would come of it."""
        self._at = pointer
        self._other_side = pointer.shift
        self._preview()

    def double_click(self, pointer: Pointer) -> None:
        """The first of the two clicks has done it."""

    def key(self, event: QKeyEvent) -> bool:
        """Backspace takes the last point back, Shift shows the other side."""
        if event.key() == Qt.Key.Key_Shift:
            self._other_side = True
            self._preview()
            return True
        return event.key() == Qt.Key.Key_Backspace and self.undo()

    def key_released(self, event: QKeyEvent) -> None:
        """Without Shift it is the nearer side again."""
        if event.key() == Qt.Key.Key_Shift:
            self._other_side = False
            self._preview()

    def undo(self) -> bool:
        """Take the last point back, and at last the start."""
        if self._drawing and self._drawing.path:
            self._drawing.path.pop()
            self._preview()
            return True
        return self.cancel()

    def cancel(self) -> bool:
        """Leave the outline as it was."""
        had = self.busy
        self._drawing = None
        self._preview()
        return had

    def pointer_left(self) -> None:
        """Let no path follow the cursor outside the canvas."""
        self._at = None
        self._preview()

    def follow(self) -> None:
        """Drop a path along an outline that has changed."""
        drawing = self._drawing
        shape = self.scene.shape(drawing.shape_id) if drawing else None
        if drawing and not (shape and shape.geometry == drawing.polygon and not shape.locked):
            self.cancel()

    # What is redrawn --------------------------------------------------------------------------

    def _begin(self, pointer: Pointer) -> None:
        """At a vertex of a selected polygon; elsewhere, select the polygon that is there."""
        for shape in reversed(self._polygons()):
            vertex = self._vertex_at(shape, pointer)
            if vertex and isinstance(shape.geometry, Polygon):
                self._drawing = _Drawing(shape.id, shape.geometry, vertex)
                return
        stack = self.scene.stack_at(pointer.image, REACH_PX / self.canvas.viewport.scale)
        found = next((s for s in stack if isinstance(s.geometry, Polygon)), None)
        if found and found.id not in self.document.selection:
            self.document.select([found.id])

    def _polygons(self) -> list[Shape]:
        return [
            shape
            for shape in self.scene.selected()
            if isinstance(shape.geometry, Polygon)
            and not shape.locked
            and self.scene.is_visible(shape)
        ]

    def _vertex_at(self, shape: Shape, pointer: Pointer) -> VertexAt | None:
        reach = REACH_PX / self.canvas.viewport.scale
        grip = picking.grip_at(shape.geometry, pointer.image, reach)
        return grip if isinstance(grip, VertexAt) else None

    def _end_at(self, pointer: Pointer) -> int | None:
        """The vertex of the same ring, not the one to start from, under the pointer."""
        drawing = self._drawing
        if drawing is None:
            return None
        reach = REACH_PX / self.canvas.viewport.scale
        grip = picking.grip_at(geo.polygon(*drawing.ring), pointer.image, reach)
        if isinstance(grip, VertexAt) and grip.index != drawing.start.index:
            return grip.index
        return None

    def _place_of(self, drawing: _Drawing, pointer: Pointer) -> Point:
        return self.canvas.snapping.place(pointer, without=drawing.shape_id, taken=drawing.path)

    def _stretch(self, drawing: _Drawing, end: int) -> Stretch:
        stretch = stretch_along(drawing.ring, drawing.start.index, end, drawing.path)
        return stretch.other() if self._other_side else stretch

    def _finish(self, drawing: _Drawing, stretch: Stretch) -> None:
        geometry = redrawn(drawing.polygon, drawing.start.ring, stretch, drawing.path)
        shape = self.scene.shape(drawing.shape_id)
        self._drawing = None
        ring = tuple(geo.rings(geometry))[drawing.start.ring]
        differs = set(ring) != set(drawing.ring)  # nothing lay between the two vertices
        if shape and differs and not geo.is_degenerate(geometry):
            edit = actions.set_geometry(Title.REDRAW_OUTLINE, shape, geometry)
            self.document.apply(self.scene.begun(edit))

    # Showing ----------------------------------------------------------------------------------

    def _preview(self) -> None:
        """Show the outline as it would be, while the pointer is over the vertex to end at."""
        drawing = self._drawing
        end = self._end_at(self._at) if self._at else None
        if drawing and end is not None:
            stretch = self._stretch(drawing, end)
            geometry = redrawn(drawing.polygon, drawing.start.ring, stretch, drawing.path)
            self.scene.hold({drawing.shape_id: geometry})
            self._previews = True
        elif self._previews:
            self.scene.let_go()
            self._previews = False
        self.canvas.tell_hint()
        self.canvas.update()

    def hint(self) -> str:
        """What the next click does."""
        tr = QCoreApplication.translate
        if self._drawing is None:
            if self._polygons():
                return tr("Tools", "Click the vertex where the new stretch begins")
            return tr("Tools", "Click the polygon whose outline is to be redrawn")
        if self._at and self._end_at(self._at) is not None:
            return tr("Tools", "Click to replace this stretch; with Shift, the other side")
        return tr("Tools", "Click along the new path, then the vertex where it ends")

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """The new path, as far as it is drawn."""
        drawing = self._drawing
        if drawing is None:
            return
        points = [drawing.ring[drawing.start.index], *drawing.path]
        set_points = len(points)
        if self._at:
            end = self._end_at(self._at)
            place = self._place_of(drawing, self._at) if end is None else drawing.ring[end]
            points.append(place)
        widget = [QPointF(*frame.viewport.to_widget(point)) for point in points]
        trail.paint(painter, QPolygonF(widget), theme.current().accent, set_points)
