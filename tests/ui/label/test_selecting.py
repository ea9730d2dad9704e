"""Picking, moving, resizing and reshaping with the mouse and the arrow keys."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Part, Point, Polygon
from studio.vision import masks
from tests.ui.label.hand import CTRL, NONE, SHIFT, Hand, box_of, near, put

SQUARE = geo.polygon((100, 100), (200, 100), (200, 200), (100, 200))


def test_a_drag_moves_what_was_picked(hand: Hand) -> None:
    shape_id = put(hand, Box(50, 50, 100, 90))
    hand.drag((75, 70), (90, 80), (125, 100))
    assert near(box_of(hand, shape_id), 100, 80, 150, 120)
    assert hand.document.undo_title() == "Move"
    hand.key(Qt.Key.Key_Z, CTRL)
    assert near(box_of(hand, shape_id), 50, 50, 100, 90)
    hand.key(Qt.Key.Key_Y, CTRL)
    assert near(box_of(hand, shape_id), 100, 80, 150, 120)


def test_several_shapes_move_together_as_far_as_all_of_them_can(hand: Hand) -> None:
    left, right = put(hand, Box(20, 50, 60, 90)), put(hand, Box(300, 50, 340, 90))
    hand.key(Qt.Key.Key_A, CTRL)
    hand.drag((320, 70), (500, 70))
    assert near(box_of(hand, right), 360, 50, 400, 90)
    assert near(box_of(hand, left), 80, 50, 120, 90)


def test_a_box_smaller_than_its_handles_is_moved_by_its_middle(hand: Hand) -> None:
    side = 10 / hand.canvas.viewport.scale
    number = put(hand, Box(100, 100, 100 + side, 100 + side))
    hand.document.select([number])
    middle = (100 + side / 2, 100 + side / 2)
    hand.drag(middle, (middle[0] + 40, middle[1] + 20))
    moved = hand.shape().geometry
    assert isinstance(moved, Box)
    assert (moved.width, moved.height) == pytest.approx((side, side))
    assert moved.x0 == pytest.approx(140, abs=1)


def test_handles_resize_and_a_corner_may_turn_over(hand: Hand) -> None:
    shape_id = put(hand, Box(100, 100, 200, 180))
    hand.click((150, 140))
    hand.drag((200, 180), (250, 220))
    assert near(box_of(hand, shape_id), 100, 100, 250, 220)
    hand.drag((100, 160), (60, 160))
    assert near(box_of(hand, shape_id), 60, 100, 250, 220)
    hand.drag((250, 220), (20, 40))
    assert near(box_of(hand, shape_id), 20, 40, 60, 100)


def test_a_box_cannot_be_made_to_vanish_or_to_leave(hand: Hand) -> None:
    shape_id = put(hand, Box(100, 100, 200, 180))
    hand.click((150, 140))
    hand.drag((200, 140), (100, 140))
    assert near(box_of(hand, shape_id), 100, 100, 200, 180)
    hand.drag((200, 180), (600, 500))
    assert near(box_of(hand, shape_id), 100, 100, 400, 300)


def vertices(hand: Hand) -> list[Point]:
    polygon = hand.shape().geometry
    assert isinstance(polygon, Polygon)
    return list(polygon.parts[0].outer)


def has(points: list[Point], x: float, y: float) -> bool:
    return any(math.dist(point, (x, y)) < 1 for point in points)


def test_vertices_are_moved_added_and_deleted(hand: Hand) -> None:
    put(hand, SQUARE)
    hand.click((150, 150))
    hand.drag((100, 100), (60, 70))
    assert has(vertices(hand), 60, 70)
    assert hand.document.undo_title() == "Move vertex"
    hand.drag((200, 150), (260, 150))
    assert len(vertices(hand)) == 5
    assert has(vertices(hand), 260, 150)
    assert hand.document.undo_title() == "Add vertex"
    hand.click((260, 150), SHIFT)
    assert len(vertices(hand)) == 4
    assert hand.document.undo_title() == "Delete vertex"
    hand.keys([])
    for _ in range(3):
        hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shape().geometry == SQUARE


def test_one_vertex_of_very_many_is_dragged_and_no_other(hand: Hand) -> None:
    turns = [2 * math.pi * number / 5000 for number in range(5000)]
    ring = tuple((150 + 90 * math.cos(turn), 150 + 90 * math.sin(turn)) for turn in turns)
    shape_id = put(hand, geo.polygon(*ring))
    hand.key(Qt.Key.Key_V)
    hand.click((150, 150))
    assert hand.document.selection == {shape_id}
    start, end = (240, 150), (300, 150)
    hand.drag(start, (260, 150), end)
    after = hand.shape().geometry
    assert isinstance(after, Polygon)
    [part] = after.parts
    [index] = [i for i, (a, b) in enumerate(zip(ring, part.outer, strict=True)) if a != b]
    assert ring[index] == pytest.approx(start, abs=1.0)
    assert part.outer[index] == pytest.approx(end, abs=1.0)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shape().geometry == geo.polygon(*ring)


def test_a_hole_keeps_its_own_vertices(hand: Hand) -> None:
    hole = ((130.0, 130.0), (170.0, 130.0), (170.0, 170.0), (130.0, 170.0))
    put(hand, Polygon((Part(SQUARE.parts[0].outer, (hole,)),)))
    hand.click((115, 150))
    hand.drag((130, 130), (120, 120))
    polygon = hand.shape().geometry
    assert isinstance(polygon, Polygon)
    assert has(list(polygon.parts[0].holes[0]), 120, 120)
    hand.click((150, 150))
    assert hand.document.selection == frozenset()


def test_a_click_picks_the_smallest_and_walks_down_the_stack(hand: Hand) -> None:
    large, middle = put(hand, Box(20, 20, 380, 280)), put(hand, Box(60, 60, 300, 240))
    small = put(hand, Box(100, 100, 160, 150))
    put(hand, Box(10, 10, 390, 290), locked=True)
    for expected in (small, middle, large, small):
        hand.click((130, 125))
        assert hand.document.selection == {expected}
    hand.click((40, 40))
    assert hand.document.selection == {large}
    hand.click((130, 125))
    assert hand.document.selection == {small}
    hand.key(Qt.Key.Key_QuoteLeft)
    assert hand.document.selection == {middle}


def test_a_rubber_band_selects_what_lies_wholly_inside(hand: Hand) -> None:
    inside, across = put(hand, Box(50, 50, 90, 90)), put(hand, Box(150, 50, 250, 90))
    hand.drag((30, 30), (100, 60), (200, 120))
    assert hand.document.selection == {inside}
    hand.drag((260, 20), (140, 110), modifiers=SHIFT)
    assert hand.document.selection == {inside, across}
    hand.click((350, 250))
    assert hand.document.selection == frozenset()


def test_ctrl_click_adds_and_takes_away(hand: Hand) -> None:
    first, second = put(hand, Box(50, 50, 90, 90)), put(hand, Box(150, 50, 250, 90))
    hand.click((70, 70))
    hand.click((200, 70), CTRL)
    assert hand.document.selection == {first, second}
    hand.click((70, 70), CTRL)
    assert hand.document.selection == {second}


def test_arrows_nudge_by_a_pixel_and_by_ten(hand: Hand) -> None:
    shape_id = put(hand, Box(50, 50, 90, 90))
    hand.click((70, 70))
    hand.key(Qt.Key.Key_Right)
    assert box_of(hand, shape_id) == Box(51, 50, 91, 90)
    hand.key(Qt.Key.Key_Down, SHIFT)
    assert box_of(hand, shape_id) == Box(51, 60, 91, 100)
    hand.keys([Qt.Key.Key_Left] * 60)
    assert box_of(hand, shape_id) == Box(0, 60, 40, 100)


def test_a_mask_moves_by_whole_pixels(hand: Hand) -> None:
    mask = masks.encode(masks.rasterise(Box(50, 50, 90, 80), 400, 300))
    assert mask is not None
    put(hand, mask)
    hand.click((70, 60))
    hand.keys([Qt.Key.Key_Right, Qt.Key.Key_Down])
    assert geo.bounds(hand.shape().geometry) == Box(51, 51, 91, 81)


def test_escape_puts_a_dragged_shape_back_then_lets_go(hand: Hand) -> None:
    shape_id = put(hand, Box(50, 50, 90, 90))
    hand.press((70, 70))
    hand.move((170, 170), buttons=Qt.MouseButton.LeftButton)
    hand.key(Qt.Key.Key_Escape)
    hand.release((170, 170))
    assert box_of(hand, shape_id) == Box(50, 50, 90, 90)
    assert hand.document.selection == {shape_id}
    hand.key(Qt.Key.Key_Escape)
    assert hand.document.selection == frozenset()


def test_hidden_and_locked_shapes_are_left_alone(hand: Hand) -> None:
    hidden = put(hand, Box(50, 50, 90, 90), hidden=True)
    locked = put(hand, Box(150, 50, 250, 90), locked=True)
    hand.drag((70, 70), (100, 100))
    hand.drag((200, 70), (220, 100))
    hand.document.select({hidden, locked})
    hand.key(Qt.Key.Key_Delete)
    assert [shape.id for shape in hand.shapes()] == [locked]
    assert box_of(hand, locked) == Box(150, 50, 250, 90)


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Delete, NONE),
        (Qt.Key.Key_X, CTRL),
        (Qt.Key.Key_Right, NONE),
        (Qt.Key.Key_X, NONE),
        (Qt.Key.Key_2, NONE),
        (Qt.Key.Key_E, CTRL),
        (Qt.Key.Key_E, SHIFT),
        (Qt.Key.Key_I, SHIFT),
        (Qt.Key.Key_Equal, NONE),
    ],
)
def test_a_key_that_changes_nothing_because_of_a_lock_says_so(
    hand: Hand, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    number = put(hand, Box(50, 50, 90, 90), locked=True)
    hand.document.select([number])
    before, edits, said = hand.shape(), len(hand.document.history()), list[str]()
    hand.document.failed.connect(lambda error: said.append(str(error)))
    hand.key(key, modifiers)
    assert hand.shape() == before and len(hand.document.history()) == edits
    assert said == ["A selected shape is locked; unlock it first."]


def test_delete_duplicate_and_reorder(hand: Hand) -> None:
    first, second = put(hand, Box(50, 50, 90, 90)), put(hand, Box(60, 60, 100, 100))
    hand.document.select({first})
    hand.key(Qt.Key.Key_D, CTRL)
    [copy] = hand.document.selection
    assert copy not in (first, second)
    hand.key(Qt.Key.Key_Delete)
    assert [shape.id for shape in hand.shapes()] == [first, second]
    hand.document.select({first})
    hand.key(Qt.Key.Key_BracketRight, CTRL)
    assert [shape.id for shape in hand.shapes()] == [second, first]
    hand.key(Qt.Key.Key_BracketLeft, CTRL)
    assert [shape.id for shape in hand.shapes()] == [first, second]


def test_what_was_deleted_comes_back_selected(hand: Hand) -> None:
    first, second = put(hand, Box(50, 50, 90, 90)), put(hand, Box(150, 50, 190, 90))
    hand.document.select({first, second})
    hand.key(Qt.Key.Key_Delete)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.document.selection == {first, second}
    hand.key(Qt.Key.Key_Delete)
    hand.canvas.use("box")  # which can do nothing with a selection
    hand.key(Qt.Key.Key_Z, CTRL)
    assert len(hand.shapes()) == 2
    assert not hand.document.selection


def test_undo_in_the_middle_of_a_drag_gives_the_drag_up(hand: Hand) -> None:
    shape_id = put(hand, Box(50, 50, 90, 90))
    hand.press((70, 70))
    hand.move((170, 170), buttons=Qt.MouseButton.LeftButton)
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.release((170, 170))
    assert box_of(hand, shape_id) == Box(50, 50, 90, 90)
