"""Rotated boxes, lines and points, drawn and changed with the mouse and read from the store."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt

from studio.domain import geometry as geo
from studio.domain import picking, turning
from studio.domain.picking import Handle
from studio.domain.project import State
from studio.domain.shapes import Box, Mask, Points, Polyline, RotatedBox
from studio.storage.history import Kind
from studio.ui.canvas.handles import TURN_STEM_PX
from studio.ui.label import unfinished
from tests.ui.label.hand import CTRL, SHIFT, Hand

A, B, DEEP = (100.0, 120.0), (220.0, 160.0), (190.0, 210.0)
LEFT = Qt.MouseButton.LeftButton


def close(a, b, px: float = 0.6) -> bool:
    return math.dist(a, b) <= px


def rotated(hand: Hand) -> RotatedBox:
    geometry = hand.shape().geometry
    assert isinstance(geometry, RotatedBox)
    return geometry


def draw_rotated(hand: Hand) -> RotatedBox:
    hand.key(Qt.Key.Key_O)
    for point in (A, B, DEEP):
        hand.click(point)
    return rotated(hand)


def titles(hand: Hand) -> list[str]:
    """What was done so far, oldest first, undone or not."""
    entries = hand.document.session.store.history()
    return [entry.title for entry in reversed(entries) if entry.kind is Kind.DO]


# Rotated boxes --------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["three clicks", "drag"])
def test_a_rotated_box_is_drawn_by_its_side_and_its_depth(hand: Hand, way: str) -> None:
    hand.key(Qt.Key.Key_O)
    if way == "drag":
        hand.drag(A, (150, 140), B)
    else:
        hand.click(A)
        hand.click(B)
    assert hand.shapes() == []
    hand.move(DEEP)
    hand.click(DEEP)
    a, b, deep = (hand.exact(point) for point in (A, B, DEEP))
    assert rotated(hand) == turning.box_on_edge(a, b, deep)
    corners = geo.corners(rotated(hand))
    assert all(min(math.dist(end, corner) for corner in corners) < 1e-6 for end in (a, b))
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []


def test_escape_and_backspace_take_back_what_was_clicked(hand: Hand) -> None:
    hand.key(Qt.Key.Key_O)
    hand.click((10, 10))
    hand.key(Qt.Key.Key_Escape)
    hand.click(A)
    hand.click((300, 20))
    hand.key(Qt.Key.Key_Backspace)
    hand.click(B)
    hand.click(B)  # no depth yet
    assert hand.shapes() == []
    hand.click(DEEP)
    a, b, deep = (hand.exact(point) for point in (A, B, DEEP))
    assert rotated(hand) == turning.box_on_edge(a, b, deep)


def test_shift_draws_the_side_in_steps_of_45_degrees(hand: Hand) -> None:
    hand.key(Qt.Key.Key_O)
    hand.click(A)
    hand.click((200, 210), SHIFT)
    hand.click((100, 220))
    assert rotated(hand).angle_deg == pytest.approx(45)


@pytest.mark.parametrize("handle", [Handle.BOTTOM_RIGHT, Handle.TOP])
def test_a_rotated_box_is_resized_in_its_own_frame(hand: Hand, handle: Handle) -> None:
    before = draw_rotated(hand)
    hand.key(Qt.Key.Key_V)
    hand.click((before.cx, before.cy))
    start = handle.of(before)
    outwards = (start[0] + (start[0] - before.cx) / 2, start[1] + (start[1] - before.cy) / 2)
    hand.drag(start, start, outwards, modifiers=CTRL)
    after = rotated(hand)
    opposite = Handle((-handle.value[0], -handle.value[1]))
    assert after.angle_deg == before.angle_deg
    assert close(opposite.of(after), opposite.of(before), 1e-6)
    assert close(handle.of(after), outwards, 1.0)
    assert titles(hand)[-1] == "Resize"
    hand.key(Qt.Key.Key_Z, CTRL)
    assert rotated(hand) == before


def test_the_grip_above_turns_about_the_centre_and_shift_in_steps(hand: Hand) -> None:
    before = draw_rotated(hand)
    hand.key(Qt.Key.Key_V)
    hand.click((before.cx, before.cy))
    grip = picking.turn_grip(before, TURN_STEM_PX / hand.canvas.viewport.scale)
    centre = (before.cx, before.cy)
    aside = turning.rotated(grip, centre, 30)
    hand.drag(grip, turning.rotated(grip, centre, 10), aside)
    after = rotated(hand)
    assert after.angle_deg == pytest.approx(before.angle_deg + 30, abs=1.0)
    assert (after.cx, after.cy, after.width) == (before.cx, before.cy, before.width)
    assert titles(hand)[-1] == "Rotate"
    grip = picking.turn_grip(after, TURN_STEM_PX / hand.canvas.viewport.scale)
    hand.drag(grip, turning.rotated(grip, centre, 10), (before.cx, 290), modifiers=SHIFT)
    assert rotated(hand).angle_deg == 180
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert rotated(hand) == before


def test_z_and_x_turn_what_is_selected(hand: Hand) -> None:
    hand.key(Qt.Key.Key_R)
    hand.drag((100, 100), (160, 130), (200, 140))
    box = hand.shape().geometry
    assert isinstance(box, Box)
    hand.key(Qt.Key.Key_V)
    hand.click((150, 120))
    for key, modifiers in (("X", None), ("X", None), ("Z", None), ("X", SHIFT), ("Z", SHIFT)):
        hand.key(Qt.Key[f"Key_{key}"], *([modifiers] if modifiers else []))
    hand.key(Qt.Key.Key_X, SHIFT)
    assert rotated(hand).angle_deg == 1.1
    assert titles(hand)[-6:] == ["Rotate"] * 6
    assert (rotated(hand).width, rotated(hand).height) == (box.width, box.height)
    for _ in range(6):
        hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shape().geometry == box


def test_a_polygon_turns_and_stays_in_the_image(hand: Hand) -> None:
    hand.key(Qt.Key.Key_P)
    for point in ((1, 100), (120, 0.5), (110, 140)):
        hand.click(point)
    hand.key(Qt.Key.Key_Return)
    before = hand.shape().geometry
    hand.key(Qt.Key.Key_V)
    hand.click((90, 90))
    for _ in range(20):
        hand.key(Qt.Key.Key_X)
    after = hand.shape().geometry
    assert geo.area(after) == pytest.approx(geo.area(before))
    around = geo.bounds(after)
    assert min(around.x0, around.y0) >= 0
    assert after != before


def test_a_mask_says_that_it_cannot_be_turned(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.canvas.brush_size.set(40)
    hand.drag((100, 100), (140, 100))
    before = hand.shape().geometry
    assert isinstance(before, Mask)
    said: list[str] = []
    hand.document.failed.connect(lambda error: said.append(str(error)))
    hand.key(Qt.Key.Key_V)
    hand.click((120, 100))
    hand.key(Qt.Key.Key_X)
    assert hand.shape().geometry == before
    assert said == ["A mask is made of pixels and cannot be turned; draw it anew."]


# Lines ----------------------------------------------------------------------------------------

BEND = ((50.0, 60.0), (150.0, 60.0), (200.0, 160.0))


def draw_line(hand: Hand) -> Polyline:
    hand.key(Qt.Key.Key_P, SHIFT)
    for point in BEND:
        hand.click(point)
    hand.key(Qt.Key.Key_Return)
    geometry = hand.shape().geometry
    assert isinstance(geometry, Polyline)
    return geometry


@pytest.mark.parametrize("end", ["enter", "double-click"])
def test_a_line_ends_in_two_ways(hand: Hand, end: str) -> None:
    hand.key(Qt.Key.Key_P, SHIFT)
    assert hand.canvas.tool.id == "line"
    hand.click(BEND[0])
    hand.key(Qt.Key.Key_Return)
    hand.click((300, 250))
    hand.key(Qt.Key.Key_Backspace)
    hand.click(BEND[1])
    if end == "enter":
        hand.click(BEND[2])
        hand.key(Qt.Key.Key_Return)
    else:
        hand.double_click(BEND[2])
    assert hand.shape().geometry == Polyline(tuple(hand.exact(point) for point in BEND))
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []


def test_a_line_is_picked_moved_and_changed_by_its_vertices(hand: Hand) -> None:
    line = draw_line(hand)
    hand.key(Qt.Key.Key_V)
    hand.click((100, 90))
    assert hand.document.selection == frozenset()
    hand.click((100, 61))
    assert hand.document.selection == {hand.shape().id}
    hand.drag((150, 60), (160, 50), (170, 40), modifiers=CTRL)
    moved = hand.shape().geometry
    assert isinstance(moved, Polyline)
    assert close(moved.points[1], (170, 40))
    hand.drag((110, 50), (110, 70), (100, 90), modifiers=CTRL)
    added = hand.shape().geometry
    assert isinstance(added, Polyline)
    assert len(added.points) == 4
    hand.click(added.points[1], SHIFT)
    assert hand.shape().geometry == moved
    for _ in range(3):
        hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shape().geometry == line
    assert titles(hand)[-3:] == ["Move vertex", "Add vertex", "Delete vertex"]
    hand.key(Qt.Key.Key_Right, SHIFT)
    assert geo.bounds(hand.shape().geometry).x0 == pytest.approx(line.points[0][0] + 10)


def test_an_open_line_waits_on_its_image_and_on_disk(hand: Hand, qtbot) -> None:
    first = hand.document.image_id
    hand.key(Qt.Key.Key_P, SHIFT)
    hand.click(BEND[0])
    hand.click(BEND[1])
    hand.key(Qt.Key.Key_D)
    points = [hand.exact(point) for point in BEND[:2]]
    assert unfinished.load(hand.document.project).drafts == {"line": {first: points}}
    hand.key(Qt.Key.Key_A)
    hand.wait_for_picture(qtbot)
    hand.key(Qt.Key.Key_V)
    said: list[str] = []
    hand.workspace.hint_changed.connect(said.append)
    hand.key(Qt.Key.Key_Return, CTRL)
    assert hand.document.reader.status(first).shapes is State.NEW
    assert said[-1] == "This line is not finished: Enter ends it, Esc drops it"
    hand.key(Qt.Key.Key_Return)
    assert hand.shape().geometry == Polyline(tuple(points))


# Points ---------------------------------------------------------------------------------------

FACE = ((60.0, 70.0), (120.0, 70.0), (90.0, 130.0))


def test_clicks_set_the_points_of_one_object(hand: Hand) -> None:
    hand.key(Qt.Key.Key_K)
    hand.click(FACE[0])
    hand.click((200, 200))
    hand.key(Qt.Key.Key_Backspace)
    hand.click(FACE[1], SHIFT)
    hand.click(FACE[2])
    assert hand.shapes() == []
    hand.key(Qt.Key.Key_Return)
    exact = tuple(hand.exact(point) for point in FACE)
    assert hand.shape().geometry == Points(exact, frozenset({1}))
    hand.click((300, 200))
    hand.key(Qt.Key.Key_Return)
    assert [each.geometry for each in hand.shapes()][1] == Points((hand.exact((300, 200)),))
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []


@pytest.mark.parametrize("key", [Qt.Key.Key_V, Qt.Key.Key_D])
def test_another_tool_or_image_ends_the_object(hand: Hand, key: Qt.Key) -> None:
    first = hand.document.image_id
    hand.key(Qt.Key.Key_K)
    hand.click(FACE[0])
    hand.click(FACE[1])
    expected = Points((hand.exact(FACE[0]), hand.exact(FACE[1])))
    hand.key(key)
    [shape] = hand.document.reader.shapes(first)
    assert shape.geometry == expected
    assert not unfinished.load(hand.document.project)


def test_points_are_moved_hidden_and_deleted_one_by_one(hand: Hand) -> None:
    hand.key(Qt.Key.Key_K)
    for point in FACE:
        hand.click(point)
    hand.key(Qt.Key.Key_V)
    drawn = hand.shape().geometry
    assert isinstance(drawn, Points)
    hand.click((90, 90))
    assert hand.document.selection == frozenset()
    hand.click(FACE[1])
    assert hand.document.selection == {hand.shape().id}
    hand.click(FACE[1], CTRL)
    assert hand.shape().geometry == Points(drawn.points, frozenset({1}))
    hand.drag(FACE[0], (50, 60), (40, 50), modifiers=CTRL)
    moved = hand.shape().geometry
    assert isinstance(moved, Points)
    assert close(moved.points[0], (40, 50))
    assert moved.occluded == frozenset({1})
    hand.click((40, 50), SHIFT)
    assert hand.shape().geometry == Points(moved.points[1:], frozenset({0}))
    for _ in range(3):
        hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shape().geometry == drawn


def test_points_without_a_class_wait_for_one(unlabelled: Hand, qtbot) -> None:
    hand = unlabelled
    hand.key(Qt.Key.Key_K)
    hand.click(FACE[0])
    hand.key(Qt.Key.Key_Return)
    assert hand.workspace.naming.picker.isVisible()
    hand.workspace.naming.picker.setFocus()
    hand.type("eye")
    hand.key(Qt.Key.Key_Return)
    assert hand.names() == ["eye"]
    assert hand.shape().geometry == Points((hand.exact(FACE[0]),))
