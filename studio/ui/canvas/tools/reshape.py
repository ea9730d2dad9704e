"""A handle or vertex in hand: what it makes of its shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import Qt

from studio.domain import geometry as geo
from studio.domain import picking
from studio.domain.edits import Title
from studio.domain.picking import EdgeAt, Grip, Handle, VertexAt
from studio.domain.shapes import Box, Geometry, Point, Polygon, Shape

CURSORS = {
    Handle.TOP_LEFT: Qt.CursorShape.SizeFDiagCursor,
    Handle.BOTTOM_RIGHT: Qt.CursorShape.SizeFDiagCursor,
    Handle.TOP_RIGHT: Qt.CursorShape.SizeBDiagCursor,
    Handle.BOTTOM_LEFT: Qt.CursorShape.SizeBDiagCursor,
    Handle.TOP: Qt.CursorShape.SizeVerCursor,
    Handle.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Handle.LEFT: Qt.CursorShape.SizeHorCursor,
    Handle.RIGHT: Qt.CursorShape.SizeHorCursor,
}


def cursor_over(grip: Grip) -> Qt.CursorShape:
    """The cursor that tells what dragging a grip does."""
    if isinstance(grip, Handle):
        return CURSORS[grip]
    return Qt.CursorShape.PointingHandCursor


@dataclass(slots=True)
class Reshape:
    """A handle or vertex follows the pointer.

    ``base`` is the geometry that the drag began with, a vertex that it adds included;
    ``offset`` leads from the pointer to the grip, so that nothing jumps at the first move.
    """

    shape: Shape
    base: Box | Polygon
    grip: Handle | VertexAt
    title: Title
    offset: Point
    geometry: Geometry

    @classmethod
    def begun(cls, shape: Shape, grip: Grip, start: Point) -> Self | None:
        """Take hold of ``grip`` at ``start``; an edge gets a new vertex there."""
        match shape.geometry, grip:
            case Box() as box, Handle():
                return cls(shape, box, grip, Title.RESIZE, _way(start, grip.of(box)), box)
            case Polygon() as polygon, VertexAt(ring, index):
                vertex = tuple(geo.rings(polygon))[ring][index]
                way = _way(start, vertex)
                return cls(shape, polygon, grip, Title.MOVE_VERTEX, way, polygon)
            case Polygon() as polygon, EdgeAt(ring, index):
                larger = picking.insert_vertex(polygon, grip, start)
                added = VertexAt(ring, index + 1)
                return cls(shape, larger, added, Title.ADD_VERTEX, (0.0, 0.0), larger)
            case _:
                return None

    def wanted(self, pointer: Point) -> Point:
        """Where the grip would be with the pointer there."""
        return (pointer[0] + self.offset[0], pointer[1] + self.offset[1])

    def neighbours(self) -> tuple[Point, ...]:
        """The vertices that edges join to the one in hand; a box's handle has none."""
        match self.base, self.grip:
            case Polygon() as polygon, VertexAt(number, index):
                ring = tuple(geo.rings(polygon))[number]
                return (ring[index - 1], ring[(index + 1) % len(ring)])
            case _:
                return ()

    def drag_to(self, point: Point) -> None:
        """Move the grip to a point of the image."""
        match self.base, self.grip:
            case Box() as box, Handle() as handle:
                self.geometry = handle.drag(box, point)
            case Polygon() as polygon, VertexAt() as vertex:
                self.geometry = picking.move_vertex(polygon, vertex, point)
            case _:
                pass


def _way(start: Point, end: Point) -> Point:
    return (end[0] - start[0], end[1] - start[1])
