"""Menus and buttons say how things stand: one tick a choice, no name of an edit that is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from studio.ui.shell.main_window import MainWindow


def ticked(window: MainWindow, group: str) -> list[str]:
    specs = (spec for spec in window.actions_of_window if spec.group == group)
    return [spec.id for spec in specs if window.actions_of_window[spec.id].isChecked()]


def test_each_choice_has_one_tick(window: MainWindow) -> None:
    for name in ("theme.dark", "theme.light", "theme.light"):
        window.actions_of_window[name].trigger()
        assert ticked(window, "theme") == [name]
    for name in ("language.zh_CN", "language.en"):
        window.actions_of_window[name].trigger()
        assert ticked(window, "language") == [name]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_menus_name_keys_as_everything_else_does(window: MainWindow, language: str) -> None:
    actions = window.actions_of_window
    actions[f"language.{language}"].trigger()
    for spec in actions:
        if shortcuts := actions[spec.id].shortcuts():
            in_menu = shortcuts[0].toString(QKeySequence.SequenceFormat.NativeText)
            assert in_menu in actions.key_texts(spec.id)


def test_the_workspace_in_front_stays_ticked(window: MainWindow, project: Path) -> None:
    window.flow.open(project)
    for name in ("workspace.images", "workspace.images", "workspace.label"):
        window.actions_of_window[name].trigger()
        assert ticked(window, "workspace") == [name]


def test_with_nothing_to_undo_no_edit_is_named(window: MainWindow, qtbot, project: Path) -> None:
    window.flow.open(project)
    assert window.view is not None
    undo, redo = (window.actions_of_window[f"edit.{name}"] for name in ("undo", "redo"))
    assert undo.text() == "Undo: Add class"
    while window.view.document.undo_title():
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (undo.text(), undo.isEnabled()) == ("Undo", False)
    assert undo.toolTip().startswith("Take back the last change (")
    assert redo.text() == "Redo: Add class"
    window.close_project()
    qtbot.waitUntil(lambda: window.view is None)
    assert redo.text() == "Redo"
