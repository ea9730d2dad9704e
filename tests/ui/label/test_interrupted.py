"""Keys, images and edits that come while something is in hand: nothing is lost, nothing jumps."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.domain.shapes import Box, Mask
from studio.vision import masks
from tests.ui.label.hand import CTRL, LEFT, SHIFT, Hand, box_of, near, put


@pytest.fixture
def refusals(hand: Hand) -> list[str]:
    """What was refused with a sentence."""
    said: list[str] = []
    hand.document.failed.connect(lambda error: said.append(str(error)))
    return said


def painted(hand: Hand, place: int = 0) -> np.ndarray:
    geometry = hand.shapes()[place].geometry
    assert isinstance(geometry, Mask)
    return masks.rasterise(geometry, 400, 300)


# The arrow keys and Space ---------------------------------------------------------------------


def test_the_mouse_has_no_part_in_a_nudge(hand: Hand) -> None:
    shape_id = put(hand, Box(50, 50, 90, 90))
    hand.click((70, 70))
    QTest.keyPress(hand.canvas, Qt.Key.Key_Right)
    hand.move((200, 200))
    QTest.keyPress(hand.canvas, Qt.Key.Key_Right)
    QTest.keyRelease(hand.canvas, Qt.Key.Key_Right)
    assert box_of(hand, shape_id) == Box(52, 50, 92, 90)


def test_an_arrow_key_has_no_part_in_a_drag(hand: Hand) -> None:
    shape_id = put(hand, Box(50, 50, 90, 90))
    hand.press((70, 70))
    hand.move((100, 100), buttons=LEFT)
    hand.key(Qt.Key.Key_Right)
    hand.move((120, 120), buttons=LEFT)
    hand.release((120, 120))
    assert near(box_of(hand, shape_id), 100, 100, 140, 140)


def test_a_nudge_is_done_when_the_keyboard_goes_elsewhere(hand: Hand) -> None:
    shape_id = put(hand, Box(50, 50, 90, 90))
    hand.click((70, 70))
    QTest.keyPress(hand.canvas, Qt.Key.Key_Right)
    hand.workspace.classes.field.setFocus()
    assert box_of(hand, shape_id) == Box(51, 50, 91, 90)


def test_space_is_let_go_when_the_keyboard_goes_elsewhere(hand: Hand) -> None:
    hand.key(Qt.Key.Key_R)
    QTest.keyPress(hand.canvas, Qt.Key.Key_Space)
    hand.workspace.classes.field.setFocus()
    QTest.keyRelease(hand.workspace.classes.field, Qt.Key.Key_Space)
    hand.canvas.setFocus()
    hand.drag((50, 50), (100, 100))
    assert near(hand.shape().geometry, 50, 50, 100, 100)


# A drag ---------------------------------------------------------------------------------------


def drag_halfway(hand: Hand) -> int:
    """A box is being dragged by (80, 80)."""
    shape_id = put(hand, Box(50, 50, 90, 90))
    hand.press((70, 70))
    hand.move((150, 150), buttons=LEFT)
    return shape_id


def test_a_class_key_in_a_drag_relabels_and_the_drag_goes_on(hand: Hand, refusals) -> None:
    shape_id = drag_halfway(hand)
    hand.key(Qt.Key.Key_2)
    hand.release((150, 150))
    assert near(box_of(hand, shape_id), 130, 130, 170, 170)
    assert hand.names() == ["nut"]
    assert refusals == []


def test_a_class_key_while_a_corner_is_dragged_relabels_too(hand: Hand, refusals) -> None:
    shape_id = put(hand, Box(50, 50, 90, 90))
    hand.click((70, 70))
    hand.press((90, 90))
    hand.move((150, 150), buttons=LEFT)
    hand.key(Qt.Key.Key_2)
    hand.release((150, 150))
    assert near(box_of(hand, shape_id), 50, 50, 150, 150)
    assert (hand.names(), refusals) == (["nut"], [])


def test_delete_in_a_drag_deletes_and_ends_the_drag(hand: Hand, refusals) -> None:
    drag_halfway(hand)
    hand.key(Qt.Key.Key_Delete)
    assert not hand.canvas.tool.busy
    hand.release((150, 150))
    assert (hand.shapes(), refusals) == ([], [])
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shape().geometry == Box(50, 50, 90, 90)


def test_a_redo_in_a_drag_is_kept_and_so_is_the_drag(hand: Hand, refusals) -> None:
    shape_id = put(hand, Box(50, 50, 90, 90))
    hand.click((70, 70))
    hand.key(Qt.Key.Key_2)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.names() == ["bolt"]
    hand.press((70, 70))
    hand.move((150, 150), buttons=LEFT)
    hand.key(Qt.Key.Key_Z, CTRL | SHIFT)
    hand.release((150, 150))
    assert hand.names() == ["nut"]
    assert near(box_of(hand, shape_id), 130, 130, 170, 170)
    assert refusals == []


# A stroke -------------------------------------------------------------------------------------


def paint_halfway(hand: Hand) -> None:
    """A second stroke goes on with an object that a first one began."""
    hand.key(Qt.Key.Key_B)
    hand.drag((100, 100), (150, 100))
    hand.press((150, 100))
    hand.move((250, 100), buttons=LEFT)


def test_a_class_key_in_a_stroke_finishes_the_object_with_the_stroke(hand: Hand, refusals) -> None:
    paint_halfway(hand)
    hand.key(Qt.Key.Key_2)
    hand.release((250, 100))
    assert painted(hand)[100, 240]
    assert hand.names() == ["bolt"]
    hand.drag((100, 200), (150, 200))
    assert hand.names() == ["bolt", "nut"]
    assert refusals == []


def test_delete_in_a_stroke_deletes_the_object_and_the_stroke(hand: Hand, refusals) -> None:
    paint_halfway(hand)
    hand.key(Qt.Key.Key_Delete)
    hand.release((250, 100))
    assert (hand.shapes(), refusals) == ([], [])


def test_a_redo_in_a_stroke_loses_neither(hand: Hand, refusals) -> None:
    hand.key(Qt.Key.Key_B)
    hand.drag((100, 100), (150, 100))
    hand.key(Qt.Key.Key_L)
    hand.key(Qt.Key.Key_L)
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.press((150, 100))
    hand.move((250, 100), buttons=LEFT)
    hand.key(Qt.Key.Key_Z, CTRL | SHIFT)
    hand.key(Qt.Key.Key_Z, CTRL | SHIFT)
    hand.release((250, 100))
    assert painted(hand)[100, 240]
    assert refusals == []


def test_in_brush_mode_a_class_key_begins_the_next_object(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.drag((100, 100), (150, 100))
    assert "a class key finishes this object" in hand.canvas.hint
    hand.key(Qt.Key.Key_2)
    hand.drag((300, 200), (350, 200))
    assert hand.names() == ["bolt", "nut"]
    assert not painted(hand)[200, 320]
    hand.key(Qt.Key.Key_N)
    hand.type("spring")
    hand.key(Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_Escape)
    hand.drag((50, 250), (90, 250))
    assert hand.names() == ["bolt", "nut", "spring"]


def test_a_stroke_that_another_image_ends_leaves_no_stale_selection(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.press((50, 50))
    hand.move((90, 50), buttons=LEFT)
    hand.key(Qt.Key.Key_D)
    hand.release((90, 50))
    assert hand.document.selection == frozenset()
    hand.key(Qt.Key.Key_V)
    hand.key(Qt.Key.Key_2)
    assert hand.document.current_label().name == "nut"


# Hide all, and the question for a class -------------------------------------------------------


@pytest.mark.parametrize(("key", "way"), [("R", ((50, 50), (90, 90))), ("B", ((50, 50), (90, 50)))])
def test_what_is_drawn_is_seen(hand: Hand, key: str, way) -> None:
    hide_all = hand.actions["label.hide_all"]
    hand.key(Qt.Key.Key_H, CTRL)
    assert hide_all.isChecked()
    hand.key(Qt.Key[f"Key_{key}"])
    hand.drag(*way)
    assert not hide_all.isChecked()
    assert hand.canvas.scene.is_visible(hand.shape())
    hand.key(Qt.Key.Key_H, CTRL)
    assert not hand.canvas.scene.is_visible(hand.shape())


def test_the_question_for_a_class_goes_with_what_it_was_about(hand: Hand) -> None:
    first, second = put(hand, Box(50, 50, 90, 90)), put(hand, Box(150, 150, 200, 200))
    picker = hand.workspace.naming.picker
    hand.click((70, 70))
    hand.key(Qt.Key.Key_E, CTRL)
    assert picker.isVisible()
    hand.click((175, 175))
    assert not picker.isVisible()
    assert hand.document.selection == {second}
    hand.key(Qt.Key.Key_E, CTRL)
    hand.actions["label.box"].trigger()
    assert not picker.isVisible()
    hand.key(Qt.Key.Key_V)
    assert hand.canvas.tool.id == "select"
    hand.document.select({first})
    hand.key(Qt.Key.Key_E, CTRL)
    hand.type("nut")
    hand.key(Qt.Key.Key_Return)
    assert hand.names() == ["nut", "bolt"]
