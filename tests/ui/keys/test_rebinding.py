"""Other keys: chosen by profile or pressed in the list, at work at once and at the next start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.settings import Settings
from studio.ui.canvas.canvas import Canvas
from studio.ui.dialogs.key_recorder import KeyRecorder
from studio.ui.dialogs.key_table import KEYS, TEXTS
from studio.ui.dialogs.shortcuts import ShortcutsDialog
from studio.ui.keys.keymaps import Keymap, parse
from studio.ui.shell.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(window: MainWindow, canvas: Canvas, qtbot) -> Iterator[ShortcutsDialog]:
    """The list of keys over the Label workspace."""
    dialog = ShortcutsDialog(window.actions_of_window, Settings.load(), window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    yield dialog
    dialog.close()
    dialog.deleteLater()


def choose_profile(dialog: ShortcutsDialog, profile: str) -> None:
    dialog.profile.setFocus()
    QTest.keyClick(dialog.profile, Qt.Key.Key_Home)
    for _ in range(dialog.profile.findData(profile)):
        QTest.keyClick(dialog.profile, Qt.Key.Key_Down)


def recorder(dialog: ShortcutsDialog) -> KeyRecorder:
    [shown] = [each for each in dialog.table.findChildren(KeyRecorder) if each.isVisible()]
    return shown


def press_in_cell(
    dialog: ShortcutsDialog, action_id: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE
) -> None:
    """Click the cell of an action's keys and press a key."""
    table = dialog.table
    item = table.row(action_id)
    table.scrollToItem(item)
    place = table.visualItemRect(item).center()
    at = QPoint(table.columnViewportPosition(KEYS) + 20, place.y())
    QTest.mouseClick(table.viewport(), LEFT, pos=at)
    QTest.keyClick(recorder(dialog), key, modifiers)
    QApplication.processEvents()


def back_to(canvas: Canvas, dialog: ShortcutsDialog, qtbot) -> None:
    dialog.close()
    canvas.window().activateWindow()
    qtbot.waitUntil(canvas.window().isActiveWindow)
    canvas.setFocus()


def test_the_keys_of_labelme_work_at_once(
    dialog: ShortcutsDialog, canvas: Canvas, window: MainWindow, qtbot
) -> None:
    choose_profile(dialog, "labelme")
    back_to(canvas, dialog, qtbot)
    first, second, _ = canvas.document.reader.image_ids()
    QTest.keyClick(canvas, Qt.Key.Key_D)
    assert canvas.document.image_id == second
    QTest.keyClick(canvas, Qt.Key.Key_A)
    assert canvas.document.image_id == first
    QTest.keyClick(canvas, Qt.Key.Key_R, CTRL)
    assert canvas.tool.id == "box"
    QTest.keyClick(canvas, Qt.Key.Key_N, CTRL)
    assert canvas.tool.id == "polygon"
    QTest.keyClick(canvas, Qt.Key.Key_J, CTRL)
    assert canvas.tool.id == "select"
    QTest.keyClick(canvas, Qt.Key.Key_R)
    assert canvas.tool.id == "select", "R alone is no key of labelme's"
    assert window.actions_of_window["label.box"].toolTip().endswith("(Ctrl+R)")


def test_the_keys_of_cvat_work_and_studios_come_back(
    dialog: ShortcutsDialog, canvas: Canvas, window: MainWindow, qtbot
) -> None:
    choose_profile(dialog, "cvat")
    back_to(canvas, dialog, qtbot)
    first, second, _ = canvas.document.reader.image_ids()
    QTest.keyClick(canvas, Qt.Key.Key_F)
    assert canvas.document.image_id == second
    QTest.keyClick(canvas, Qt.Key.Key_D)
    assert canvas.document.image_id == first
    QTest.keyClick(canvas, Qt.Key.Key_2, CTRL)
    label = canvas.document.current_label()
    assert label is not None
    assert label.name == "nut"
    assert window.view is not None
    assert window.view.workspaces.name == "label"
    dialog.show()
    choose_profile(dialog, "studio")
    back_to(canvas, dialog, qtbot)
    QTest.keyClick(canvas, Qt.Key.Key_D)
    assert canvas.document.image_id == second
    assert Settings.load().keymap == "studio"


def test_a_pressed_key_works_at_once_and_at_the_next_start(
    dialog: ShortcutsDialog, canvas: Canvas, window: MainWindow, qtbot
) -> None:
    press_in_cell(dialog, "label.polygon", Qt.Key.Key_K, SHIFT)
    assert dialog.question.isHidden()
    back_to(canvas, dialog, qtbot)
    QTest.keyClick(canvas, Qt.Key.Key_P)
    assert canvas.tool.id == "select"
    QTest.keyClick(canvas, Qt.Key.Key_K, SHIFT)
    assert canvas.tool.id == "polygon"
    assert window.actions_of_window["label.polygon"].toolTip().endswith("(Shift+K)")
    settings = Settings.load()
    assert settings.own_keys == {"label.polygon": ["Shift+K"]}
    later = MainWindow(settings)
    qtbot.addWidget(later)
    assert later.actions_of_window.keys("label.polygon") == ("Shift+K",)


def test_a_key_that_is_taken_is_asked_about_by_name(
    dialog: ShortcutsDialog, canvas: Canvas, qtbot
) -> None:
    press_in_cell(dialog, "label.polygon", Qt.Key.Key_B)
    assert dialog.question.isVisible()
    assert "“Brush”" in dialog.question.text()
    QTest.mouseClick(dialog.question.no, LEFT)
    assert not dialog.question.isVisible()
    assert Settings.load().own_keys == {}
    press_in_cell(dialog, "label.polygon", Qt.Key.Key_B)
    QTest.keyClick(dialog.question.yes, Qt.Key.Key_Return)
    assert "Brush" in dialog.note.text()
    back_to(canvas, dialog, qtbot)
    QTest.keyClick(canvas, Qt.Key.Key_B)
    assert canvas.tool.id == "polygon"


def test_the_key_that_an_action_has_is_no_change(dialog: ShortcutsDialog) -> None:
    press_in_cell(dialog, "label.rotated_box", Qt.Key.Key_O)
    assert not dialog.question.isVisible()
    assert not dialog.reset.isEnabled()
    assert not dialog.reset_all.isEnabled()


def test_what_waits_for_a_key_covers_the_keys(dialog: ShortcutsDialog) -> None:
    line = dialog.table.row("label.rotated_box")
    dialog.table.setCurrentItem(line)
    dialog.table.record()
    covered = dialog.table.viewport().grab().toImage()
    line.setData(KEYS, TEXTS, [])
    assert dialog.table.viewport().grab().toImage() == covered


def test_a_second_key_can_be_added_and_everything_reset(
    dialog: ShortcutsDialog, window: MainWindow
) -> None:
    actions, table = window.actions_of_window, dialog.table
    table.setCurrentItem(table.row("label.polygon"))
    QTest.mouseClick(dialog.add, LEFT)
    QTest.keyClick(recorder(dialog), Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    QApplication.processEvents()
    assert actions.keys("label.polygon") == ("P", "Alt+Y")
    QTest.mouseClick(dialog.reset, LEFT)
    assert actions.keys("label.polygon") == ("P",)
    QTest.mouseClick(dialog.clear, LEFT)
    assert actions.keys("label.polygon") == ()
    assert not actions["label.polygon"].toolTip().endswith(")")
    press_in_cell(
        dialog, "label.box", Qt.Key.Key_Return, CTRL | SHIFT | Qt.KeyboardModifier.AltModifier
    )
    assert len(actions.keys("label.box")) == 2, "both Enter keys"
    QTest.mouseClick(dialog.reset_all, LEFT)
    assert actions.keys("label.polygon") == ("P",)
    assert Settings.load().own_keys == {}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Backspace])
def test_keys_of_the_tools_cannot_be_given_away(dialog: ShortcutsDialog, key: Qt.Key) -> None:
    press_in_cell(dialog, "label.box", key)
    assert dialog.question.isVisible()
    assert "belongs to the tools" in dialog.question.text()
    assert not dialog.question.yes.isVisible()
    assert Settings.load().own_keys == {}


def test_escape_gives_up_recording_and_leaves_the_list_open(dialog: ShortcutsDialog) -> None:
    press_in_cell(dialog, "label.box", Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not [each for each in dialog.table.findChildren(KeyRecorder) if each.isVisible()]
    assert Settings.load().own_keys == {}


def test_the_list_is_searched_by_name_and_by_key(
    dialog: ShortcutsDialog, window: MainWindow
) -> None:
    assert len(dialog.lines()) == len(list(window.actions_of_window))
    QTest.keyClicks(dialog.search, "polyg")
    assert "Polygon" in dialog.lines()
    assert "Box" not in dialog.lines()
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "ctrl+f1")
    assert dialog.lines() == ["Keyboard shortcuts"]


def test_the_menu_says_what_undo_takes_back_also_on_another_key(
    canvas: Canvas, window: MainWindow
) -> None:
    actions = window.actions_of_window
    assert actions["edit.undo"].text() == "Undo: Add class"
    keymap = Keymap(tuple(actions), "studio", parse({"edit.undo": ["Alt+U"]}))
    actions.set_keys(keymap.keys())
    assert actions["edit.undo"].text() == "Undo: Add class"
    assert actions["edit.undo"].toolTip() == "Undo: Add class (Alt+U)"
    QTest.keyClick(canvas, Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    assert [label.name for label in canvas.document.reader.labels()] == ["bolt"]


def test_the_list_of_keys_closes_by_its_button(dialog: ShortcutsDialog) -> None:
    QTest.mouseClick(dialog.leave, LEFT)
    assert not dialog.isVisible()
