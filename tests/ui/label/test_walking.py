"""From shape to shape by key, with or without a close-up; whole classes; front and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.domain.shapes import Box
from studio.editing import actions
from studio.settings import Settings
from tests.ui.label.hand import CTRL, SHIFT, Hand, put

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def scattered(hand: Hand) -> list[int]:
    """Four shapes in reading order, made in another; one locked and one hidden between them."""
    low_right, top_right = put(hand, Box(300, 200, 340, 240)), put(hand, Box(300, 22, 340, 60))
    low_left, top_left = put(hand, Box(40, 205, 80, 240)), put(hand, Box(40, 20, 80, 60))
    put(hand, Box(150, 20, 190, 60), locked=True)
    put(hand, Box(150, 200, 190, 240), hidden=True)
    return [top_left, top_right, low_left, low_right]


def walked(hand: Hand, key: Qt.Key, steps: int) -> list[int]:
    found = []
    for _ in range(steps):
        hand.key(key, SHIFT if key == Qt.Key.Key_Backtab else Qt.KeyboardModifier.NoModifier)
        [shape_id] = hand.document.selection
        found.append(shape_id)
    return found


def test_tab_goes_round_in_reading_order_and_shift_tab_back(
    hand: Hand, scattered: list[int]
) -> None:
    assert walked(hand, Qt.Key.Key_Tab, 5) == [*scattered, scattered[0]]
    assert walked(hand, Qt.Key.Key_Backtab, 3) == scattered[:0:-1]
    hand.document.select(())
    assert walked(hand, Qt.Key.Key_Backtab, 1) == [scattered[-1]]


def test_tab_takes_up_select_where_the_tool_has_no_use_for_a_selection(
    hand: Hand, scattered: list[int]
) -> None:
    hand.key(Qt.Key.Key_R)
    hand.key(Qt.Key.Key_Tab)
    assert hand.canvas.tool.id == "select"
    hand.key(Qt.Key.Key_Delete)
    assert scattered[0] not in [shape.id for shape in hand.shapes()]


def test_tab_says_where_one_is(hand: Hand, scattered: list[int]) -> None:
    said: list[str] = []
    hand.workspace.hint_changed.connect(said.append)
    walked(hand, Qt.Key.Key_Tab, 2)
    assert said[-1] == "bolt: 2 of 4"


def test_what_tab_said_is_gone_with_the_selection_and_with_the_image(
    hand: Hand, scattered: list[int]
) -> None:
    said: list[str] = []
    hand.workspace.hint_changed.connect(said.append)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_D):
        walked(hand, Qt.Key.Key_Tab, 1)
        assert " of 4" in said[-1]
        hand.key(key)
        assert said[-1] == hand.canvas.hint


def test_tab_in_a_field_goes_to_the_next_one(hand: Hand, scattered: list[int]) -> None:
    hand.workspace.classes.start_adding()
    hand.key(Qt.Key.Key_Tab)
    assert hand.document.selection == frozenset()


def test_auto_zoom_shows_each_shape_close_up_and_is_remembered(
    hand: Hand, scattered: list[int]
) -> None:
    whole = hand.canvas.viewport.scale
    hand.key(Qt.Key.Key_Tab)
    assert hand.canvas.viewport.scale == whole
    hand.key(Qt.Key.Key_Z, ALT)
    assert Settings.load().auto_zoom
    hand.key(Qt.Key.Key_Tab)
    viewport = hand.canvas.viewport
    assert viewport.scale > 2 * whole
    x, y = viewport.to_widget((320, 41))
    assert (x, y) == pytest.approx((viewport.width / 2, viewport.height / 2), abs=1)
    hand.key(Qt.Key.Key_Z, ALT)
    assert not Settings.load().auto_zoom


def test_without_auto_zoom_a_shape_out_of_view_is_brought_into_it(
    hand: Hand, scattered: list[int]
) -> None:
    hand.canvas.view.close_up(Box(300, 200, 340, 240))
    hand.key(Qt.Key.Key_Tab)
    shown = hand.canvas.viewport.visible()
    assert shown.x0 <= 40
    assert shown.y0 <= 20


def test_all_of_a_class_are_selected(hand: Hand, scattered: list[int]) -> None:
    nut = hand.document.reader.labels()[1]
    for shape_id in scattered[1:3]:
        shape = hand.document.reader.shape(shape_id)
        assert shape is not None
        hand.document.apply(actions.change_label([shape], nut))
    hand.document.select({scattered[1]})
    hand.key(Qt.Key.Key_A, SHIFT)
    assert hand.document.selection == set(scattered[1:3])
    hand.document.select(())
    hand.key(Qt.Key.Key_A, SHIFT)
    assert hand.document.selection == {scattered[0], scattered[3]}


def test_minus_and_equals_send_to_the_back_and_bring_to_the_front(hand: Hand) -> None:
    first, second = put(hand, Box(50, 50, 90, 90)), put(hand, Box(60, 60, 100, 100))
    hand.document.select({second})
    hand.key(Qt.Key.Key_Minus)
    assert [shape.id for shape in hand.shapes()] == [second, first]
    hand.key(Qt.Key.Key_Equal)
    assert [shape.id for shape in hand.shapes()] == [first, second]
    hand.key(Qt.Key.Key_Z, CTRL)
    assert [shape.id for shape in hand.shapes()] == [second, first]


def test_the_keys_are_heard_from_the_list_of_shapes_too(hand: Hand, scattered: list[int]) -> None:
    hand.workspace.shapes.list.setFocus()
    QTest.keyClick(hand.workspace.shapes.list, Qt.Key.Key_Tab)
    assert hand.document.selection == {scattered[0]}
