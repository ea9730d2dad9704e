"""Boxes, polygons and masks, drawn with the mouse and read back from the store."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Mask, Polygon
from studio.ui import language
from studio.ui.canvas.tools.brush import LARGEST_PX
from studio.vision import masks
from tests.ui.label.hand import CTRL, SHIFT, Hand


def test_a_dragged_box_takes_the_current_class_at_once(hand: Hand) -> None:
    hand.key(Qt.Key.Key_2)
    hand.key(Qt.Key.Key_R)
    hand.drag((40, 30), (100, 60), (160, 110))
    a, b = hand.exact((40, 30)), hand.exact((160, 110))
    assert hand.shape().geometry == Box(*a, *b)
    assert hand.names() == ["nut"]


def test_w_draws_boxes_too_and_two_clicks_do(hand: Hand) -> None:
    hand.key(Qt.Key.Key_W)
    hand.click((200, 150))
    hand.move((120, 90))
    assert hand.shapes() == []
    hand.click((100, 50))
    assert hand.shape().geometry == Box(*hand.exact((100, 50)), *hand.exact((200, 150)))


def test_shift_makes_a_square(hand: Hand) -> None:
    hand.key(Qt.Key.Key_R)
    hand.drag((50, 50), (90, 110), modifiers=SHIFT)
    box = hand.shape().geometry
    assert isinstance(box, Box)
    assert box.width == pytest.approx(box.height)


def test_nothing_leaves_the_image(hand: Hand) -> None:
    hand.key(Qt.Key.Key_R)
    hand.drag((350, 250), (420, 330))
    box = hand.shape().geometry
    assert isinstance(box, Box)
    assert (box.x1, box.y1) == (400, 300)


def test_a_slip_of_the_hand_draws_nothing(hand: Hand) -> None:
    hand.key(Qt.Key.Key_R)
    hand.drag((350, 250), (350, 290))
    hand.drag((500, 400), (520, 420))
    hand.double_click((100, 100))
    hand.key(Qt.Key.Key_Escape)
    hand.key(Qt.Key.Key_P)
    hand.click((10, 10))
    hand.click((100, 10))
    hand.key(Qt.Key.Key_Return)
    hand.click((200, 10))
    hand.key(Qt.Key.Key_Return)
    assert hand.shapes() == []


def test_escape_gives_up_a_box_in_hand(hand: Hand) -> None:
    hand.key(Qt.Key.Key_R)
    hand.press((40, 30))
    hand.move((100, 100), buttons=Qt.MouseButton.LeftButton)
    hand.key(Qt.Key.Key_Escape)
    hand.release((100, 100))
    assert hand.shapes() == []


TRIANGLE = ((50.0, 40.0), (200.0, 60.0), (120.0, 200.0))


@pytest.mark.parametrize("close", ["enter", "double-click", "first vertex"])
def test_a_polygon_closes_in_three_ways(hand: Hand, close: str) -> None:
    hand.key(Qt.Key.Key_P)
    hand.click(TRIANGLE[0])
    hand.click(TRIANGLE[1])
    if close == "double-click":
        hand.double_click(TRIANGLE[2])
    else:
        hand.click(TRIANGLE[2])
    if close == "enter":
        hand.key(Qt.Key.Key_Return)
    if close == "first vertex":
        hand.click(TRIANGLE[0])
    assert hand.shape().geometry == geo.polygon(*(hand.exact(point) for point in TRIANGLE))


def test_backspace_and_undo_take_the_last_vertex_back(hand: Hand) -> None:
    hand.key(Qt.Key.Key_P)
    for point in (*TRIANGLE, (20, 220), (10, 250)):
        hand.click(point)
    hand.key(Qt.Key.Key_Backspace)
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_Return)
    assert hand.shape().geometry == geo.polygon(*(hand.exact(point) for point in TRIANGLE))
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []


def test_an_unfinished_polygon_survives_a_slip_of_the_d_key(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_P)
    hand.click(TRIANGLE[0])
    hand.click(TRIANGLE[1])
    first = hand.document.image_id
    hand.key(Qt.Key.Key_D)
    assert hand.document.image_id != first
    hand.key(Qt.Key.Key_A)
    hand.wait_for_picture(qtbot)
    hand.click(TRIANGLE[2])
    hand.key(Qt.Key.Key_Return)
    assert hand.document.image_id == first
    assert hand.shape().geometry == geo.polygon(*(hand.exact(point) for point in TRIANGLE))


def painted(hand: Hand) -> np.ndarray:
    geometry = hand.shape().geometry
    assert isinstance(geometry, Mask)
    return masks.rasterise(geometry, 400, 300)


@pytest.mark.parametrize("chosen", ["en", "zh_CN"])
def test_the_size_of_the_largest_brush_can_be_read(hand: Hand, qapp, chosen: str) -> None:
    language.apply(qapp, chosen)
    hand.workspace.retranslate()
    hand.key(Qt.Key.Key_B)
    hand.canvas.brush_size.set(LARGEST_PX)
    [number] = hand.workspace.bar.findChildren(QSpinBox)
    line = number.lineEdit()
    assert number.isVisible() and line.text().startswith(str(LARGEST_PX))
    assert line.fontMetrics().horizontalAdvance(line.text()) < line.width()


def test_the_brush_paints_an_instance_with_a_hole(hand: Hand) -> None:
    hand.key(Qt.Key.Key_3)
    hand.key(Qt.Key.Key_B)
    hand.canvas.brush_size.set(20)
    hand.drag((100, 100), (200, 100), (200, 200), (100, 200), (100, 100))
    bitmap = painted(hand)
    assert bitmap[100, 150]
    assert bitmap[200, 150]
    assert not bitmap[150, 150]
    assert not bitmap[50, 50]
    assert hand.names() == ["垫圈"]
    holes = [part.holes for part in masks.outlines(hand.shape().geometry).parts]
    assert [len(each) for each in holes] == [1]


def test_further_strokes_go_on_with_the_instance_until_it_is_finished(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.canvas.brush_size.set(20)
    hand.drag((50, 50), (90, 50))
    hand.drag((50, 90), (90, 90))
    bitmap = painted(hand)
    assert bitmap[50, 60]
    assert bitmap[90, 60]
    hand.key(Qt.Key.Key_Return)
    hand.drag((200, 200), (240, 200))
    assert len(hand.shapes()) == 2


def test_a_stroke_is_as_wide_as_its_cursor(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.canvas.brush_size.set(31)
    hand.drag((100, 150), (300, 150))
    column = painted(hand)[:, 200]
    assert column.sum() == pytest.approx(31, abs=1)


def test_the_eraser_cuts_holes_and_takes_the_last_pixel_with_the_shape(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.canvas.brush_size.set(60)
    hand.drag((100, 100), (200, 100))
    hand.key(Qt.Key.Key_E)
    hand.canvas.brush_size.set(10)
    hand.drag((150, 100), (151, 100))
    assert not painted(hand)[100, 150]
    assert painted(hand)[100, 120]
    hand.canvas.brush_size.set(200)
    hand.drag((80, 100), (220, 100))
    assert hand.shapes() == []
    hand.key(Qt.Key.Key_Z, CTRL)
    assert not painted(hand)[100, 150]


def test_the_brush_goes_on_with_a_selected_polygon(hand: Hand) -> None:
    hand.key(Qt.Key.Key_P)
    for point in TRIANGLE:
        hand.click(point)
    hand.key(Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_V)
    hand.click((120, 100))
    hand.key(Qt.Key.Key_B)
    hand.drag((220, 220), (260, 220))
    bitmap = painted(hand)
    assert bitmap[100, 120]
    assert bitmap[220, 240]


def test_the_eraser_finds_the_mask_under_it(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.canvas.brush_size.set(40)
    hand.drag((100, 100), (200, 100))
    hand.key(Qt.Key.Key_Escape)
    assert hand.document.selection == frozenset()
    hand.key(Qt.Key.Key_E)
    hand.canvas.brush_size.set(10)
    hand.drag((150, 60), (150, 80), (150, 140))
    bitmap = painted(hand)
    assert not bitmap[100, 150]
    assert bitmap[100, 130]


def test_a_stroke_is_one_edit_and_escape_leaves_none(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.drag((50, 50), (60, 50), (70, 50), (80, 50))
    before = hand.shape().geometry
    entries = len(hand.document.history())
    hand.press((50, 90))
    hand.move((90, 90), buttons=Qt.MouseButton.LeftButton)
    hand.key(Qt.Key.Key_Escape)
    hand.release((90, 90))
    assert hand.shape().geometry == before
    assert len(hand.document.history()) == entries
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []


def test_brackets_size_the_brush(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    before = hand.canvas.brush_size.diameter_px
    hand.key(Qt.Key.Key_BracketRight)
    assert hand.canvas.brush_size.diameter_px > before
    hand.keys([Qt.Key.Key_BracketLeft] * 30)
    assert hand.canvas.brush_size.diameter_px == 1


def test_a_brush_stroke_in_hand_is_kept_when_another_image_comes(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_B)
    first = hand.document.image_id
    hand.press((50, 50))
    hand.move((90, 50), buttons=Qt.MouseButton.LeftButton)
    hand.key(Qt.Key.Key_D)
    hand.release((90, 50))
    assert len(hand.document.reader.shapes(first)) == 1
    assert hand.shapes() == []


def test_the_first_class_is_named_beside_the_shape_in_one_edit(unlabelled: Hand) -> None:
    hand = unlabelled
    hand.key(Qt.Key.Key_R)
    hand.drag((40, 30), (160, 110))
    assert hand.shapes() == []
    hand.type("rpbv 垫圈")
    hand.key(Qt.Key.Key_Return)
    assert hand.names() == ["rpbv 垫圈"]
    assert hand.canvas.tool.id == "box"
    hand.drag((200, 30), (260, 110))
    assert hand.names() == ["rpbv 垫圈"] * 2
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []
    assert hand.document.reader.labels() == ()


def test_escape_drops_a_shape_that_got_no_class(unlabelled: Hand) -> None:
    hand = unlabelled
    hand.key(Qt.Key.Key_B)
    hand.drag((40, 30), (160, 110))
    hand.key(Qt.Key.Key_Escape)
    assert hand.canvas.scene.unnamed is None
    hand.key(Qt.Key.Key_N)
    hand.type("bolt")
    hand.key(Qt.Key.Key_Return)
    assert hand.shapes() == []
    assert [label.name for label in hand.document.reader.labels()] == ["bolt"]


def test_a_class_added_in_the_panel_names_the_shape_that_waits(unlabelled: Hand) -> None:
    hand = unlabelled
    hand.key(Qt.Key.Key_R)
    hand.drag((40, 30), (160, 110))
    field = hand.workspace.classes.field
    field.setFocus()
    hand.type("bolt")
    hand.key(Qt.Key.Key_Return)
    assert hand.names() == ["bolt"]
    assert hand.canvas.scene.unnamed is None


def test_drawing_begins_the_image_and_polygons_stay_polygons(hand: Hand) -> None:
    status = hand.document.reader.status(hand.document.image_id)
    assert (status.tags, status.shapes) == ("new", "new")
    hand.key(Qt.Key.Key_P)
    for point in TRIANGLE:
        hand.click(point)
    hand.key(Qt.Key.Key_Return)
    status = hand.document.reader.status(hand.document.image_id)
    assert (status.tags, status.shapes) == ("new", "in_progress")
    assert isinstance(hand.shape().geometry, Polygon)
