"""Ignoring shapes, and what else is said about them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QLineEdit, QMenu

from studio.domain.shapes import Box, Shape
from studio.storage.attributes import attributes_in_use
from studio.ui.label.attributes import DescribeDialog
from studio.ui.label.shapes_panel import ShapeListModel
from tests.ui.label.hand import CTRL, SHIFT, Hand, put
from tests.ui.modal import Answer

Act = Callable[[DescribeDialog], object]


@pytest.fixture
def two(hand: Hand) -> list[int]:
    """Two selected shapes, of which one is described."""
    ids = [
        put(hand, Box(50, 50, 90, 90), note="rusty", attributes=(("pose", "up"), ("id", "7"))),
        put(hand, Box(150, 50, 190, 90), attributes=(("pose", "down"),)),
    ]
    hand.document.select(ids)
    return ids


def ask(hand: Hand, act: Act) -> None:
    """Press Shift+E and do ``act`` in the dialog that comes."""
    failed: list[AssertionError] = []

    def answer(dialog) -> None:
        assert isinstance(dialog, DescribeDialog)
        try:
            act(dialog)
        except AssertionError as error:
            failed.append(error)
        if dialog.isVisible():  # a test must not wait for ever
            dialog.reject()

    waiting = Answer(answer, hand.window)
    hand.key(Qt.Key.Key_E, SHIFT)
    assert waiting.given
    if failed:
        raise failed[0]


def press(dialog: DescribeDialog, button: QDialogButtonBox.StandardButton) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    QTest.mouseClick(box.button(button), Qt.MouseButton.LeftButton)


def ok(dialog: DescribeDialog) -> None:
    press(dialog, QDialogButtonBox.StandardButton.Ok)


def line(field: QComboBox) -> QLineEdit:
    edit = field.lineEdit()
    assert edit is not None
    return edit


def add(dialog: DescribeDialog, key: str, value: str) -> None:
    QTest.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    row = dialog.rows[-1]
    QTest.keyClicks(line(row.key), key)
    QTest.keyClicks(line(row.value), value)


def type_and_escape(dialog: DescribeDialog) -> None:
    add(dialog, "a", "b")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def stored(hand: Hand, shape_id: int) -> Shape:
    shape = hand.document.reader.shape(shape_id)
    assert shape is not None
    return shape


def test_shift_i_ignores_and_counts_again(hand: Hand, two: list[int]) -> None:
    hand.key(Qt.Key.Key_I, SHIFT)
    assert all(shape.ignore for shape in hand.shapes())
    assert hand.document.undo_title() == "Ignore in training"
    hand.key(Qt.Key.Key_I, SHIFT)
    assert not any(shape.ignore for shape in hand.shapes())
    hand.key(Qt.Key.Key_Z, CTRL)
    assert all(shape.ignore for shape in hand.shapes())


def test_of_some_that_are_ignored_all_become_so_and_locked_ones_stay(hand: Hand) -> None:
    first, second = put(hand, Box(50, 50, 90, 90), ignore=True), put(hand, Box(9, 9, 40, 40))
    locked = put(hand, Box(150, 50, 190, 90), locked=True)
    hand.document.select({first, second, locked})
    hand.key(Qt.Key.Key_I, SHIFT)
    assert [stored(hand, i).ignore for i in (first, second, locked)] == [True, True, False]


def test_a_note_is_written_for_one_shape(hand: Hand, two: list[int]) -> None:
    hand.document.select({two[1]})

    def act(dialog: DescribeDialog) -> None:
        QTest.keyClicks(dialog.note_field, "look again")
        ok(dialog)

    ask(hand, act)
    assert stored(hand, two[1]).note == "look again"
    assert stored(hand, two[1]).attributes == (("pose", "down"),)
    assert stored(hand, two[0]).note == "rusty"
    assert hand.document.undo_title() == "Change note"
    hand.document.undo()
    assert stored(hand, two[1]).note == ""


def test_what_differs_stays_and_what_is_added_goes_to_all(hand: Hand, two: list[int]) -> None:
    def act(dialog: DescribeDialog) -> None:
        assert dialog.note_field.toPlainText() == ""
        add(dialog, "colour", "red")
        ok(dialog)

    ask(hand, act)
    first, second = stored(hand, two[0]), stored(hand, two[1])
    assert first.attributes == (("pose", "up"), ("id", "7"), ("colour", "red"))
    assert second.attributes == (("pose", "down"), ("colour", "red"))
    assert (first.note, second.note) == ("rusty", "")
    assert hand.document.undo_title() == "Change attributes"
    hand.document.undo()
    assert stored(hand, two[1]).attributes == (("pose", "down"),)


def test_an_attribute_is_renamed_and_another_removed(hand: Hand, two: list[int]) -> None:
    hand.document.select({two[0]})

    def act(dialog: DescribeDialog) -> None:
        pose, number = dialog.rows
        line(pose.key).selectAll()
        QTest.keyClicks(line(pose.key), "posture")
        QTest.mouseClick(number.remove, Qt.MouseButton.LeftButton)
        ok(dialog)

    ask(hand, act)
    assert stored(hand, two[0]).attributes == (("posture", "up"),)


def test_tab_goes_through_the_attributes_as_they_stand_and_on_to_the_next(
    hand: Hand, two: list[int], qtbot
) -> None:
    [_, shape] = hand.shapes()
    dialog = DescribeDialog([shape], "")
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    dialog._add_empty()
    first, second = dialog.rows
    dialog.note_field.setFocus()
    seen = [dialog.focusWidget()]
    for _ in range(7):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        seen.append(dialog.focusWidget())
    assert seen == [dialog.note_field, *first.widgets(), *second.widgets(), dialog.add_button]


def test_a_value_typed_over_different_ones_is_that_of_all(hand: Hand, two: list[int]) -> None:
    def act(dialog: DescribeDialog) -> None:
        pose, *_ = dialog.rows
        assert line(pose.value).placeholderText() == "Different values"
        QTest.keyClicks(line(pose.value), "flat")
        ok(dialog)

    ask(hand, act)
    assert [dict(stored(hand, i).attributes)["pose"] for i in two] == ["flat", "flat"]


@pytest.mark.parametrize("act", [ok, type_and_escape])
def test_cancel_and_ok_without_a_change_write_nothing(hand: Hand, two: list[int], act: Act) -> None:
    title = hand.document.undo_title()
    ask(hand, act)
    assert hand.document.undo_title() == title


def test_what_the_project_uses_is_offered(hand: Hand, two: list[int], qtbot) -> None:
    put(hand, Box(9, 9, 40, 40), attributes=(("pose", "up"),))
    assert attributes_in_use(hand.document.reader) == {"pose": ["up", "down"], "id": ["7"]}

    def act(dialog: DescribeDialog) -> None:
        add(dialog, "pose", "")
        row = dialog.rows[-1]
        qtbot.waitUntil(lambda: row.key.count() == 2)
        assert [row.value.itemText(i) for i in range(row.value.count())] == ["up", "down"]
        dialog.reject()

    ask(hand, act)


def test_the_panel_shows_what_is_said_and_has_a_menu(hand: Hand, two: list[int], qtbot) -> None:
    shapes = hand.workspace.shapes.list
    row = shapes.model().index(1, 0)
    assert row.data(ShapeListModel.ShapeRole).id == two[0]
    assert row.data(Qt.ItemDataRole.ToolTipRole) == "40 × 40\nrusty\npose: up\nid: 7"
    shown: list[str] = []

    def look() -> bool:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            shown.extend(action.text() for action in menu.actions() if action.text())
            menu.close()
        return isinstance(menu, QMenu)

    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: look() and timer.stop())
    timer.start()
    shapes.customContextMenuRequested.emit(shapes.visualRect(row).center())
    assert {"Note and attributes…", "Ignore or stop ignoring", "Copy", "Delete"} <= set(shown)
