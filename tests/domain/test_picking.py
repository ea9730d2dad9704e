from __future__ import annotations

import pytest

from studio.domain import geometry as geo
from studio.domain import picking
from studio.domain.picking import EdgeAt, Handle, VertexAt
from studio.domain.shapes import Box, Geometry, Part, Points, Polygon, Polyline, RotatedBox, Shape

OUTER = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))
HOLE = ((40.0, 40.0), (60.0, 40.0), (50.0, 60.0))
RING = Polygon((Part(OUTER, (HOLE,)), Part(tuple((x + 200, y) for x, y in OUTER))))


def shape(number: int, geometry, **fields) -> Shape:
    return Shape(number, 1, "label", geometry, **fields)


def test_vertices_come_before_edges() -> None:
    assert picking.grip_at(RING, (2, 1), 5) == VertexAt(0, 0)
    assert picking.grip_at(RING, (50, 2), 5) == EdgeAt(0, 0)
    assert picking.grip_at(RING, (0, 50), 5) == EdgeAt(0, 3)
    assert picking.grip_at(RING, (41, 41), 5) == VertexAt(1, 0)
    assert picking.grip_at(RING, (200, 99), 5) == VertexAt(2, 3)
    assert picking.grip_at(RING, (20, 20), 5) is None


def test_corners_of_a_small_box_come_before_its_sides() -> None:
    small = Box(0, 0, 6, 6)
    assert picking.grip_at(small, (0.5, 0.5), 8) is Handle.TOP_LEFT
    assert picking.grip_at(Box(0, 0, 100, 50), (100, 24), 8) is Handle.RIGHT
    assert picking.grip_at(Box(0, 0, 100, 50), (30, 1), 8) is Handle.TOP
    assert picking.grip_at(Box(0, 0, 100, 50), (30, 25), 8) is None


@pytest.mark.parametrize(
    "small",
    [
        Box(0, 0, 8, 8),
        RotatedBox(4, 4, 8, 8, 0),
        geo.polygon((0, 0), (8, 0), (8, 8), (0, 8)),
    ],
)
def test_a_small_body_is_free_in_its_middle_and_is_gripped_from_outside(small: Geometry) -> None:
    assert picking.grip_at(small, (4, 4), 8) is None
    assert picking.grip_at(small, (1, 1), 8) is not None
    assert picking.grip_at(small, (-5, -5), 8) is not None


def test_a_handle_drags_its_sides_only() -> None:
    box = Box(10, 10, 50, 40)
    assert Handle.RIGHT.drag(box, (70, 99)) == Box(10, 10, 70, 40)
    assert Handle.TOP_LEFT.drag(box, (60, 20)) == Box(50, 20, 60, 40)
    assert [Handle.BOTTOM.of(box), Handle.TOP_RIGHT.of(box)] == [(30, 40), (50, 10)]


def test_vertices_move_come_and_go_in_any_ring() -> None:
    moved = picking.move_vertex(RING, VertexAt(1, 2), (55.0, 65.0))
    assert moved.parts[0].holes[0][2] == (55.0, 65.0)
    assert moved.parts[1] == RING.parts[1]
    added = picking.insert_vertex(RING, EdgeAt(2, 3), (200.0, 50.0))
    assert added.parts[1].outer[-1] == (200.0, 50.0)
    assert picking.delete_vertex(added, VertexAt(2, 4)) == RING


def test_a_ring_of_three_goes_with_its_vertex() -> None:
    without_hole = picking.delete_vertex(RING, VertexAt(1, 0))
    assert without_hole == Polygon((Part(OUTER), RING.parts[1]))
    triangle = geo.polygon((0, 0), (10, 0), (0, 10))
    assert picking.delete_vertex(triangle, VertexAt(0, 1)) is None
    two = Polygon((triangle.parts[0], RING.parts[1]))
    assert picking.delete_vertex(two, VertexAt(0, 1)) == Polygon((RING.parts[1],))


def test_what_covers_the_point_comes_before_what_is_near_and_small_before_large() -> None:
    shapes = [
        shape(1, Box(0, 0, 100, 100)),
        shape(2, Box(10, 10, 20, 20)),
        shape(3, Box(26, 10, 30, 20)),
        shape(4, RING),
        shape(5, Box(0, 0, 100, 100)),
    ]
    found = picking.bodies_at(shapes, (19, 15), 8)
    assert [each.id for each in found] == [2, 5, 1, 4, 3]


def test_a_hole_is_no_body() -> None:
    assert picking.bodies_at([shape(4, RING)], (50, 47), 1) == []


def test_the_stack_is_walked_round_and_round() -> None:
    stack = [shape(number, Box(0, 0, 9, 9)) for number in (3, 1, 2)]
    picked, seen = None, []
    for _ in range(4):
        found = picking.next_in_stack(stack, picked)
        assert found is not None
        picked = found.id
        seen.append(picked)
    assert seen == [3, 1, 2, 3]
    assert picking.next_in_stack([], 3) is None


LINE = Polyline(((0.0, 0.0), (100.0, 0.0), (100.0, 100.0)))


def test_a_line_is_no_ring_and_points_have_no_edges() -> None:
    assert picking.grip_at(LINE, (99, 99), 5) == VertexAt(0, 2)
    assert picking.grip_at(LINE, (99, 50), 5) == EdgeAt(0, 1)
    assert picking.grip_at(LINE, (50, 50), 5) is None
    pair = Points(((0, 0), (100, 0)))
    assert picking.grip_at(pair, (99, 1), 5) == VertexAt(0, 1)
    assert picking.grip_at(pair, (50, 0), 5) is None


def test_vertices_of_lines_and_points_move_come_and_go() -> None:
    added = picking.insert_vertex(LINE, EdgeAt(0, 1), (90.0, 50.0))
    assert added == Polyline((*LINE.points[:2], (90.0, 50.0), LINE.points[2]))
    assert picking.delete_vertex(added, VertexAt(0, 2)) == LINE
    two = picking.delete_vertex(LINE, VertexAt(0, 0))
    assert two == Polyline(LINE.points[1:])
    assert picking.delete_vertex(two, VertexAt(0, 1)) is None
    face = Points(((1, 1), (2, 2), (3, 3)), frozenset({0, 2}), ("a", "b", "c"))
    moved = picking.move_vertex(face, VertexAt(0, 1), (9.0, 9.0))
    assert moved == Points(((1, 1), (9, 9), (3, 3)), frozenset({0, 2}), ("a", "b", "c"))
    less = picking.delete_vertex(face, VertexAt(0, 1))
    assert less == Points(((1, 1), (3, 3)), frozenset({0, 1}), ("a", "c"))
    assert picking.turn_occluded(face, 2).occluded == frozenset({0})
    assert picking.delete_vertex(Points(((1, 1),)), VertexAt(0, 0)) is None


def test_lines_and_points_are_picked_before_what_they_lie_on() -> None:
    shapes = [
        shape(1, Polyline(((0, 15), (50, 15)))),
        shape(2, Points(((20, 16), (80, 80)))),
        shape(3, Box(10, 10, 30, 20)),
    ]
    assert [each.id for each in picking.bodies_at(shapes, (20, 17), 4)] == [2, 1, 3]
    assert [each.id for each in picking.bodies_at(shapes, (60, 50), 4)] == []
