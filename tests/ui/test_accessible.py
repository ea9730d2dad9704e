"""Whoever works without a mouse or without seeing finds every control: by Tab, and by its name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QSlider,
    QTabBar,
    QToolButton,
    QWidget,
)

from studio.settings import Settings
from studio.ui.accessible import controls, name_controls
from studio.ui.actions_table import WORKSPACES
from studio.ui.canvas.canvas import Canvas
from studio.ui.dialogs.about import AboutDialog
from studio.ui.dialogs.exporting import ExportDialog
from studio.ui.dialogs.importing import ImportDialog
from studio.ui.dialogs.new_project import NewProjectDialog
from studio.ui.dialogs.settings import SettingsDialog
from studio.ui.dialogs.shortcuts import ShortcutsDialog
from studio.ui.keys.focus_ring import FocusRing
from studio.ui.label.classes.class_picker import ClassPicker
from studio.ui.label.workspace import LabelWorkspace
from studio.ui.shell.main_window import MainWindow


def read_out(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def described(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return f"{type(widget).__name__} {widget.objectName()!r} in {type(parent).__name__}"


def checked(root: QWidget) -> list[QWidget]:
    """The controls below ``root`` that are shown."""
    return [each for each in controls(root) if each.isVisibleTo(root)]


def nameless(root: QWidget) -> list[str]:
    return [described(each) for each in checked(root) if not read_out(each)]


def out_of_reach(root: QWidget) -> list[str]:
    """Controls that Tab passes over. The field of the class picker walks its list."""
    return [
        described(each)
        for each in checked(root)
        if not each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(each.parentWidget(), ClassPicker)
    ]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def wait_for_names(root: QWidget, qtbot) -> None:
    """Names come by themselves, a moment after the keyboard came to the window."""
    qtbot.waitUntil(lambda: nameless(root) == [], timeout=2_000)


@pytest.mark.parametrize("name", WORKSPACES)
def test_every_control_of_a_workspace_has_a_name_and_is_reached_by_tab(
    window: MainWindow, canvas: Canvas, qtbot, name: str
) -> None:
    assert window.view is not None
    window.view.workspaces.show_workspace(name)
    front = window.view.workspaces.currentWidget()
    try:
        wait_for_names(front, qtbot)
    finally:
        assert nameless(front) == []
    assert out_of_reach(front) == []
    assert nameless(window.header) == []
    assert out_of_reach(window.header) == []


@pytest.mark.parametrize("name", WORKSPACES)
def test_f6_goes_round_all_controls_of_a_workspace(
    window: MainWindow, canvas: Canvas, qtbot, name: str
) -> None:
    assert window.view is not None
    window.view.workspaces.show_workspace(name)
    front = window.view.workspaces.currentWidget()
    assert read_out(front).lower() == name
    qtbot.waitUntil(lambda: focused() is front or front.isAncestorOf(focused()))
    seen = {focused()}
    QTest.keyClick(focused(), Qt.Key.Key_F6)
    while focused() not in seen:
        seen.add(focused())
        QTest.keyClick(focused(), Qt.Key.Key_F6)
    missed = [each for each in checked(front) if each.isEnabled() and each not in seen]
    assert [described(each) for each in missed] == []


def test_a_choice_is_called_what_stands_before_it(
    window: MainWindow, canvas: Canvas, qtbot
) -> None:
    assert window.view is not None
    window.view.workspaces.show_workspace("dataset")
    dataset = window.view.workspaces.currentWidget()
    for tab in range(2):
        dataset.findChildren(QTabBar)[0].setCurrentIndex(tab)
        name_controls(dataset)
    called = [choice.accessibleName() for choice in dataset.findChildren(QComboBox)]
    assert sorted(called) == [
        "Objects of", "Sizes and places of", "The model sees images at", "sorted by",
    ]  # fmt: skip


def test_the_controls_that_come_with_a_tool_have_names_too(
    window: MainWindow, canvas: Canvas, qtbot
) -> None:
    label = window.view and window.view.workspaces.workspace("label")
    assert isinstance(label, LabelWorkspace)
    window.actions_of_window["label.view_panel"].trigger()
    window.actions_of_window["label.suggestions"].trigger()
    for tool in canvas.tools:
        canvas.use(tool)
        name_controls(label)
        assert nameless(label) == []
        assert out_of_reach(label) == []


def test_every_control_of_the_start_page_has_a_name(window: MainWindow, qtbot) -> None:
    wait_for_names(window.start, qtbot)
    assert out_of_reach(window.start) == []


@pytest.mark.parametrize("name", ["settings", "shortcuts", "about", "new", "import", "export"])
def test_every_control_of_a_dialog_has_a_name_and_is_reached_by_tab(
    window: MainWindow, canvas: Canvas, qtbot, name: str
) -> None:
    document, settings = canvas.document, Settings.load()
    dialog: QDialog
    match name:
        case "settings":
            dialog = SettingsDialog(settings, window)
        case "shortcuts":
            dialog = ShortcutsDialog(window.actions_of_window, settings, window)
        case "about":
            dialog = AboutDialog(window)
        case "new":
            dialog = NewProjectDialog(settings, (), window)
        case "import":
            dialog = ImportDialog(document, settings, window)
        case _:
            dialog = ExportDialog(document, settings, window)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    try:
        wait_for_names(dialog, qtbot)
    finally:
        assert nameless(dialog) == []
    assert out_of_reach(dialog) == []
    dialog.close()


def test_the_picture_says_what_the_next_click_does(window: MainWindow, canvas: Canvas) -> None:
    canvas.use("box")
    assert read_out(canvas) == "Picture"
    assert canvas.accessibleDescription() == window.status.hint() != ""


def test_f6_leaves_the_picture_for_the_tools_and_escape_comes_back(
    window: MainWindow, canvas: Canvas
) -> None:
    label = canvas.document and window.view and window.view.workspaces.workspace("label")
    assert isinstance(label, LabelWorkspace)
    QTest.keyClick(canvas, Qt.Key.Key_F6)
    assert not canvas.hasFocus()
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    seen: list[str] = []
    for _ in range(60):
        widget = focused()
        if isinstance(widget, QToolButton) and label.tools.isAncestorOf(widget):
            seen.append(widget.text())
            if widget.text() == "Polygon":
                QTest.keyClick(widget, Qt.Key.Key_Space)
                break
        QTest.keyClick(widget, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert "Brush" in seen
    assert canvas.tool.id == "polygon"
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert canvas.hasFocus()


def test_the_picture_shows_that_tab_has_reached_it(window: MainWindow, canvas: Canvas) -> None:
    [ring] = canvas.findChildren(FocusRing)
    window.header.setFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    assert ring.size() == canvas.size()
    window.header.setFocus()
    assert not ring.isVisible()
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not ring.isVisible()


def test_the_film_strip_and_the_classes_are_worked_with_keys(
    window: MainWindow, canvas: Canvas
) -> None:
    label = window.view and window.view.workspaces.workspace("label")
    assert isinstance(label, LabelWorkspace)
    first, second, _ = canvas.document.reader.image_ids()
    label.film.setFocus()
    QTest.keyClick(label.film, Qt.Key.Key_Right)
    assert canvas.document.image_id == second
    QTest.keyClick(label.film, Qt.Key.Key_Left)
    assert canvas.document.image_id == first
    label.classes.list.setFocus()
    QTest.keyClick(label.classes.list, Qt.Key.Key_Down)
    QTest.keyClick(label.classes.list, Qt.Key.Key_Return)
    chosen = canvas.document.current_label()
    assert chosen is not None
    assert chosen.name == "nut"


def test_names_come_from_what_is_read_beside_and_on_a_control(qtbot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    form = QFormLayout(root)
    box, line, slider, shapes, button = (
        QComboBox(), QLineEdit(placeholderText="Find"), QSlider(), QListWidget(), QToolButton(),
    )  # fmt: skip
    heading, label = QLabel("Shapes"), QLabel("&Theme")
    heading.setProperty("role", "heading")
    slider.setToolTip("Diameter ([, ])\nmore")
    button.setToolTip("Keep (Ctrl+K)")
    form.addRow(label, box)
    for widget in (line, slider, heading, shapes, button):
        form.addRow(widget)
    name_controls(root)
    names = [each.accessibleName() for each in (box, line, slider, shapes, button)]
    assert names == ["Theme", "Find", "Diameter", "Shapes", "Keep"]
    button.setToolTip("Behalten (Strg+K)")
    line.setAccessibleName("By its author")
    line.setPlaceholderText("Suchen")
    name_controls(root)
    assert button.accessibleName() == "Behalten"
