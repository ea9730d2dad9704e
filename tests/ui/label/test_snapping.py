"""Drawing and dragging beside other shapes: what the database holds is shared exactly."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Point, Polygon
from studio.domain.snapping import Onto
from studio.settings import Settings
from tests.ui.label.hand import CTRL, LEFT, SHIFT, Hand, put

NEIGHBOUR = geo.polygon((100.3, 80.7), (200.1, 90.2), (190.6, 180.9), (110.4, 170.5))
A, B, C, D = NEIGHBOUR.parts[0].outer


def beside(point: Point, dx: float = 2, dy: float = 2) -> Point:
    return (point[0] + dx, point[1] + dy)


def newest(hand: Hand) -> list[Point]:
    polygon = hand.shapes()[-1].geometry
    assert isinstance(polygon, Polygon)
    return list(polygon.parts[0].outer)


def middle(a: Point, b: Point) -> Point:
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)


def click_polygon(hand: Hand, *points: Point, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    hand.key(Qt.Key.Key_P)
    for point in points:
        hand.move(point, modifiers)
        hand.click(point, modifiers)
    hand.key(Qt.Key.Key_Return)


@pytest.mark.parametrize("locked", [False, True])
def test_a_neighbour_takes_over_the_vertices(hand: Hand, locked: bool) -> None:
    put(hand, NEIGHBOUR, locked=locked)
    click_polygon(hand, beside(B), beside(C), (300, 180), (300, 90))
    assert newest(hand)[:2] == [B, C]


def test_a_point_on_a_neighbours_edge_lies_on_it(hand: Hand) -> None:
    put(hand, NEIGHBOUR)
    click_polygon(hand, beside(middle(B, C)), (300, 180), (300, 90))
    assert geo.distance_to_segment(newest(hand)[0], B, C) < 1e-9


def test_the_border_attracts_boxes_and_corners_attract_both_ways(hand: Hand) -> None:
    hand.key(Qt.Key.Key_R)
    hand.drag((3, 60), (50, 100), (397, 297))
    assert hand.shape().geometry == Box(0, hand.exact((3, 60))[1], 400, 300)


def test_boxes_share_a_side(hand: Hand) -> None:
    put(hand, Box(100.25, 80.5, 160.75, 140.125))
    hand.key(Qt.Key.Key_R)
    hand.drag((162, 82), (200, 120), (230, 139))
    box = hand.shapes()[-1].geometry
    assert isinstance(box, Box)
    assert (box.x0, box.y0) == (160.75, 80.5)


def test_ctrl_suspends_it_and_the_switch_leaves_only_the_border(hand: Hand) -> None:
    put(hand, NEIGHBOUR)
    points = [beside(B), (300, 180), (398, 90)]
    click_polygon(hand, *points, modifiers=CTRL)
    assert newest(hand) == [hand.exact(point) for point in points]
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_S, SHIFT)
    assert not Settings.load().snap
    click_polygon(hand, *points)
    assert newest(hand)[:2] == [hand.exact(point) for point in points[:2]]
    assert newest(hand)[2] == (400, hand.exact(points[2])[1])
    hand.key(Qt.Key.Key_S, SHIFT)
    assert Settings.load().snap


def test_hidden_shapes_attract_nothing(hand: Hand) -> None:
    put(hand, NEIGHBOUR, hidden=True)
    click_polygon(hand, beside(B), (300, 180), (300, 90))
    assert newest(hand)[0] == hand.exact(beside(B))


def test_points_close_to_one_vertex_are_all_kept(hand: Hand) -> None:
    put(hand, NEIGHBOUR)
    click_polygon(hand, beside(B, 1, 1), beside(B, 4, 0), beside(B, 2, 4), (300, 180))
    first, *others = newest(hand)
    assert first == B
    assert len(others) == 3
    assert B not in others


def test_a_tiny_box_beside_a_corner_can_be_drawn(hand: Hand) -> None:
    put(hand, Box(100, 80, 160, 140))
    hand.key(Qt.Key.Key_R)
    hand.drag((161, 141), (163, 143), (164, 144))
    assert len(hand.shapes()) == 2


def test_a_dragged_vertex_snaps_and_the_mark_says_onto_what(hand: Hand) -> None:
    put(hand, NEIGHBOUR)
    moved = put(hand, geo.polygon((250, 60), (350, 60), (350, 200), (250, 200)))
    hand.document.select({moved})
    hand.press((250, 60))
    hand.move((220, 80), buttons=LEFT)
    assert hand.canvas.snapping.mark is None
    hand.move(beside(middle(B, C)), buttons=LEFT)
    mark = hand.canvas.snapping.mark
    assert mark is not None
    assert mark.onto is Onto.EDGE
    hand.move(beside(B), buttons=LEFT)
    mark = hand.canvas.snapping.mark
    assert mark is not None
    assert (mark.onto, mark.point) == (Onto.VERTEX, B)
    hand.release(beside(B))
    assert B in newest(hand)
    assert hand.canvas.snapping.mark is None
    assert hand.document.undo_title() == "Move vertex"
    hand.key(Qt.Key.Key_Z, CTRL)
    assert B not in newest(hand)


def test_a_box_handle_snaps(hand: Hand) -> None:
    put(hand, NEIGHBOUR)
    moved = put(hand, Box(250, 150, 330, 220))
    hand.document.select({moved})
    hand.drag((250, 150), (230, 120), beside(B))
    box = hand.document.reader.shape(moved)
    assert box is not None
    assert box.geometry == Box(B[0], B[1], 330, 220)


def test_a_shape_does_not_snap_to_itself(hand: Hand) -> None:
    put(hand, geo.polygon((100, 100), (200, 100), (200, 200), (100, 200)))
    hand.click((150, 150))
    hand.drag((100, 100), (150, 150), (197, 103))
    assert hand.exact((197, 103)) == pytest.approx(newest(hand)[0], abs=1)
    assert newest(hand)[0] != (200, 100)


def test_shift_clicks_go_in_steps_of_45_degrees(hand: Hand) -> None:
    hand.key(Qt.Key.Key_P)
    hand.click((100, 100))
    for point in ((200, 108), (250, 160), (246, 230)):
        hand.click(point, SHIFT)
    hand.key(Qt.Key.Key_Return)
    for (x0, y0), (x1, y1) in zip(newest(hand), newest(hand)[1:], strict=False):
        angle = math.degrees(math.atan2(y1 - y0, x1 - x0)) / 45
        assert angle == pytest.approx(round(angle), abs=1e-6)
    assert newest(hand)[1][1] == newest(hand)[0][1]


def test_shift_while_a_vertex_is_dragged_levels_one_of_its_edges(hand: Hand) -> None:
    put(hand, geo.polygon((100, 100), (200, 100), (220, 200), (80, 200)))
    hand.click((150, 150))
    hand.press((100, 100))
    hand.move((110, 130), SHIFT, LEFT)
    hand.move((110, 104), SHIFT, LEFT)
    hand.release((110, 104), SHIFT)
    assert newest(hand)[0][1] == 100
    assert newest(hand)[0][0] == pytest.approx(110, abs=1)
