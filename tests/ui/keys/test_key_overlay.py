"""F1 shows the keys of what is in front."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui.canvas.canvas import Canvas
from studio.ui.dialogs.shortcuts import ShortcutsDialog
from studio.ui.keys.key_overlay import KeyOverlay
from studio.ui.keys.key_sheet import HEAD_LINES, Line, Section, columns
from studio.ui.shell.main_window import MainWindow
from tests.ui.modal import Answer

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def overlay(window: MainWindow) -> KeyOverlay | None:
    found = [each for each in window.findChildren(KeyOverlay) if each.isVisible()]
    return found[0] if found else None


def open_overlay(window: MainWindow) -> KeyOverlay:
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    shown = overlay(window)
    assert shown is not None
    return shown


def test_f1_lists_the_tools_keys_first_then_the_workspaces(
    window: MainWindow, canvas: Canvas
) -> None:
    canvas.use("polygon")
    shown = open_overlay(window)
    assert shown.titles()[0] == "Polygon"
    assert shown.titles()[-1] == "Everywhere"
    assert "Finish what is being drawn: Enter" in shown.lines()
    assert "Next image: D" in shown.lines()
    assert "Class 1 … 9: 1, …, 9" in shown.lines()
    assert "Undo: Ctrl+Z" in shown.lines(), "and not what it would take back just now"
    assert shown.size() == window.size()


def test_the_overlay_shows_the_present_keys(window: MainWindow, canvas: Canvas) -> None:
    window.actions_of_window.set_keys({"label.next": ("Ctrl+Alt+9",)})
    assert "Next image: Ctrl+Alt+9" in open_overlay(window).lines()


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Escape, Qt.Key.Key_P, Qt.Key.Key_Tab])
def test_any_key_closes_the_overlay_and_does_nothing_else(
    window: MainWindow, canvas: Canvas, key: Qt.Key
) -> None:
    shown = open_overlay(window)
    QTest.keyClick(shown, key)
    assert overlay(window) is None
    assert canvas.tool.id == "select"
    assert canvas.hasFocus()


def test_a_click_closes_the_overlay(window: MainWindow, canvas: Canvas) -> None:
    QTest.mouseClick(open_overlay(window), LEFT, pos=QPoint(600, 300))
    assert overlay(window) is None


def test_the_overlay_turns_pages_where_it_has_more_than_one(
    window: MainWindow, canvas: Canvas
) -> None:
    shown = open_overlay(window)
    window.resize(1024, 640)
    QApplication.processEvents()
    assert shown.size() == window.size()
    assert shown.pages() > 1
    QTest.keyClick(shown, Qt.Key.Key_PageDown)
    assert (shown.page, overlay(window)) == (1, shown)
    QTest.keyClick(shown, Qt.Key.Key_Left)
    assert shown.page == 0
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert overlay(window) is None


def test_other_workspaces_and_the_start_page_have_their_own_keys(
    window: MainWindow, project: Path
) -> None:
    shown = open_overlay(window)
    assert shown.titles() == ["Everywhere"]
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    window.flow.open(project)
    assert window.view is not None
    window.view.workspaces.show_workspace("train")
    assert open_overlay(window).titles() == ["Train", "Everywhere"]


def test_no_line_is_lost_between_columns() -> None:
    found = [
        Section(name, tuple(Line(("K",), f"{name}{n}") for n in range(count)))
        for name, count in (("a", 50), ("b", 1), ("c", 17), ("d", 3), ("e", 60))
    ]
    for height in (8, 13, 28):
        filled = columns(found, height)
        lines = [line for column in filled for section in column for line in section.lines]
        assert lines == [line for section in found for line in section.lines]
        assert all(sum(HEAD_LINES + len(s.lines) for s in c) <= height for c in filled)


def test_columns_are_about_as_high_as_one_another() -> None:
    found = [Section("all", tuple(Line(("K",), str(n)) for n in range(60)))]
    filled = columns(found, 28)
    assert [len(section.lines) for [section] in filled] == [20, 20, 20]


def test_ctrl_f1_opens_the_list_of_every_key(window: MainWindow) -> None:
    seen: list[QWidget] = []

    def look(dialog: QWidget) -> None:
        seen.append(dialog)
        dialog.close()

    Answer(look, window)
    QTest.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(seen[0], ShortcutsDialog)
