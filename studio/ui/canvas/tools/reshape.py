"""A handle or vertex in hand: what it makes of its shape."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Self

from PySide6.QtCore import Qt

from studio.domain import geometry as geo
from studio.domain import picking, turning
from studio.domain.edits import Title
from studio.domain.picking import EdgeAt, Grip, Handle, Turn, VertexAt, Vertices
from studio.domain.shapes import (
    Box,
    Geometry,
    Point,
    Points,
    Polygon,
    Polyline,
    RotatedBox,
    Shape,
)

CURSORS = (
    Qt.CursorShape.SizeHorCursor,
    Qt.CursorShape.SizeFDiagCursor,
    Qt.CursorShape.SizeVerCursor,
    Qt.CursorShape.SizeBDiagCursor,
)
"""In steps of 45 degrees clockwise, from the right."""


def cursor_over(geometry: Geometry, grip: Grip) -> Qt.CursorShape:
    """The cursor that tells what dragging a grip does."""
    match grip:
        case Handle(value=way):
            angle = geometry.angle_deg if isinstance(geometry, RotatedBox) else 0.0
            steps = round((turning.bearing((0, 0), way) + angle) / 45)
            return CURSORS[steps % len(CURSORS)]
        case Turn():
            return Qt.CursorShape.OpenHandCursor
        case VertexAt() | EdgeAt():
            return Qt.CursorShape.PointingHandCursor


@dataclass(slots=True)
class Reshape:
    """A handle or vertex follows the pointer.

    ``base`` is the geometry that the drag began with, a vertex that it adds included;
    ``offset`` leads from the pointer to the grip, so that nothing jumps at the first move.
    """

    shape: Shape
    base: Box | RotatedBox | Vertices
    grip: Handle | VertexAt | Turn
    title: Title
    offset: Point
    geometry: Geometry

    @classmethod
    def begun(cls, shape: Shape, grip: Grip, start: Point) -> Self | None:
        """Take hold of ``grip`` at ``start``; an edge gets a new vertex there."""
        match shape.geometry, grip:
            case (Box() | RotatedBox()) as box, Handle():
                return cls(shape, box, grip, Title.RESIZE, _way(start, grip.of(box)), box)
            case RotatedBox() as box, Turn():
                way = _way(start, _on_stem(box, start))
                return cls(shape, box, grip, Title.ROTATE, way, box)
            case (Polygon() | Polyline() | Points()) as whole, VertexAt(number, index):
                vertex = tuple(geo.chains(whole))[number][index]
                return cls(shape, whole, grip, Title.MOVE_VERTEX, _way(start, vertex), whole)
            case (Polygon() | Polyline()) as whole, EdgeAt(number, index):
                larger = picking.insert_vertex(whole, grip, start)
                added = VertexAt(number, index + 1)
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
            case Polyline(points), VertexAt(_, index):
                return (*points[max(0, index - 1) : index], *points[index + 1 : index + 2])
            case _:
                return ()

    def drag_to(self, point: Point) -> None:
        """Move the grip to a point of the image."""
        match self.base, self.grip:
            case (Box() | RotatedBox()) as box, Handle() as handle:
                self.geometry = handle.drag(box, point)
            case (Polygon() | Polyline() | Points()) as whole, VertexAt() as vertex:
                self.geometry = picking.move_vertex(whole, vertex, point)
            case _:
                pass

    def turn_to(self, point: Point, *, in_steps: bool) -> None:
        """Turn the box so that its grip points to ``point``, or in steps of 45 degrees."""
        if isinstance(self.base, RotatedBox):
            angle = turning.bearing((self.base.cx, self.base.cy), point) + 90.0
            if in_steps:
                angle = round(angle / turning.STEP_DEG) * turning.STEP_DEG
            self.geometry = replace(self.base, angle_deg=turning.normal(angle))


def _on_stem(box: RotatedBox, point: Point) -> Point:
    """Where ``point`` would be if it stood straight above the centre of ``box``."""
    distance = math.dist((box.cx, box.cy), point)
    return turning.from_own_frame(box, (0.0, -distance))


def _way(start: Point, end: Point) -> Point:
    return (end[0] - start[0], end[1] - start[1])
