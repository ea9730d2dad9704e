"""What the whole window does: theme, language, undo, messages, bugs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QToolButton, QWidget

from studio.domain.edits import Title, created
from studio.domain.labels import Tag
from studio.errors import say
from studio.settings import Settings
from studio.storage.reader import Reader
from studio.ui import theme
from studio.ui.actions_table import WORKSPACES
from studio.ui.app import report_bug
from studio.ui.label.film_strip import FilmStrip
from studio.ui.shell.main_window import MainWindow
from studio.ui.wording import messages
from tests.ui.modal import Answer

CONTROL = Qt.KeyboardModifier.ControlModifier


def button_texts(window: MainWindow) -> list[str]:
    return [
        button.text()
        for button in window.header.findChildren(QToolButton)
        if button.objectName().startswith("workspace.")
    ]


def test_the_theme_changes_at_once_and_is_kept(window: MainWindow) -> None:
    for mode in ("dark", "light"):
        window.actions_of_window[f"theme.{mode}"].trigger()
        ground = window.palette().color(QPalette.ColorRole.Window)
        assert ground.name().upper() == theme.current().window
        assert (ground.lightness() < 128) == (mode == "dark")
        assert Settings.load().theme == mode


def test_the_language_changes_while_the_window_is_open_and_back(
    window: MainWindow, project: Path
) -> None:
    window.flow.open(project)
    english = button_texts(window)
    assert english == ["Label", "Images", "Train", "Results", "Predict", "Dataset"]
    window.actions_of_window["language.zh_CN"].trigger()
    QApplication.processEvents()
    assert button_texts(window) == ["标注", "图像", "训练", "结果", "预测", "数据集"]
    assert Settings.load().language == "zh_CN"
    window.actions_of_window["language.en"].trigger()
    QApplication.processEvents()
    assert button_texts(window) == english


def test_sentences_are_said_in_the_chosen_language(window: MainWindow) -> None:
    said = say("{project} has no run {number}.", project="bench", number=3)
    assert messages.sentence(said) == "bench has no run 3."
    window.set_language("zh_CN")
    translated = messages.sentence(said)
    assert "bench" in translated
    assert "3" in translated
    assert translated != str(said)


@pytest.mark.parametrize("name", WORKSPACES)
def test_every_workspace_opens_by_its_key(
    window: MainWindow, qtbot, project: Path, name: str
) -> None:
    window.flow.open(project)
    assert window.view is not None
    window.actions_of_window[f"workspace.{name}"].trigger()
    qtbot.waitUntil(lambda: window.view.workspaces.name == name)
    assert window.actions_of_window[f"workspace.{name}"].isChecked()
    window.set_language("zh_CN")
    window.set_theme("dark")
    window.grab()


def test_undo_says_what_it_takes_back_and_does_so(window: MainWindow, project: Path) -> None:
    window.flow.open(project)
    assert window.view is not None
    document = window.view.document
    undo = window.actions_of_window["edit.undo"]
    bolt = document.reader.labels()[0]
    document.apply(created(Title.TAG, Tag(document.reader.image_ids()[0], 1, bolt.id)))
    assert undo.text() == "Undo: Tag"
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    with Reader.open(project) as reader:
        assert reader.tags_of(reader.image_ids()) == {}
    assert window.actions_of_window["edit.redo"].text() == "Redo: Tag"


def test_an_undo_on_another_image_goes_there_and_says_so(window: MainWindow, project: Path) -> None:
    window.flow.open(project)
    assert window.view is not None
    document = window.view.document
    first, second, _ = document.reader.image_ids()
    document.show_image(first)
    document.apply(created(Title.TAG, Tag(first, 1, document.reader.labels()[0].id)))
    document.show_image(second)
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert document.image_id == first
    assert window.toasts.texts() == ["Undone on 000.png: Tag"]


def test_without_a_project_its_actions_are_off(window: MainWindow) -> None:
    for action_id in ("project.import", "project.rescan", "workspace.train", "edit.undo"):
        assert not window.actions_of_window[action_id].isEnabled()


def test_looking_again_finds_new_files(window: MainWindow, qtbot, project: Path) -> None:
    from tests import making

    window.flow.open(project)
    assert window.view is not None
    making.picture(project.parent / "pictures" / "new.png", seed=9)
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.view.document.reader.image_count() == 4)
    qtbot.waitUntil(lambda: not window.view.scanner.active)
    assert window.toasts.texts() == ["1 image added."]


def test_a_bug_is_shown_with_its_traceback_and_the_window_goes_on(window: MainWindow) -> None:
    shown: list[tuple[str, str]] = []

    def read(box: object) -> None:
        assert isinstance(box, QMessageBox)
        shown.append((box.informativeText(), box.detailedText()))
        box.accept()

    Answer(read, window)
    try:
        raise RuntimeError("a bolt is loose")
    except RuntimeError:
        report_bug(window, *sys.exc_info())  # type: ignore[arg-type]
    [(short, long)] = shown
    assert short == "RuntimeError: a bolt is loose"
    assert "test_window.py" in long
    assert window.isVisible()


def test_every_action_has_a_name_a_hint_and_a_way_to_it(window: MainWindow) -> None:
    reachable = {
        action.objectName()
        for menu in window.header.findChildren(QMenu)
        for action in menu.actions()
    }
    for spec in window.actions_of_window:
        action = window.actions_of_window[spec.id]
        assert action.text(), spec.id
        assert action.toolTip(), spec.id
        assert spec.keys or spec.id in reachable, f"{spec.id} has no key and is in no menu"


def test_no_key_means_two_things(window: MainWindow) -> None:
    for scope in WORKSPACES:
        taken: dict[str, str] = {}
        for spec in window.actions_of_window:
            if spec.scope not in ("", scope):
                continue
            for key in spec.keys:
                name = QKeySequence(key).toString()
                assert name not in taken, f"{spec.id} and {taken[name]} are both on {name}"
                assert name, f"{spec.id} has a key that Qt does not know: {key}"
                taken[name] = spec.id


def test_a_toast_goes_when_its_button_is_pressed(window: MainWindow) -> None:
    pressed: list[bool] = []
    window.toasts.show(
        "26 images cannot be shown.", "warning", "See which", lambda: pressed.append(True)
    )
    toast = next(w for w in window.findChildren(QWidget) if w.property("role") == "toast")
    [button] = [w for w in toast.findChildren(QWidget) if w.property("role") == "link"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [True]
    assert window.toasts.texts() == []


def test_toasts_say_a_thing_once_and_hide_no_thumbnails(window: MainWindow, project: Path) -> None:
    window.flow.open(project)
    for text in ("Select a shape first.", "One", "Two", "Select a shape first.", "Three"):
        window.toasts.show(text, "error")
    assert window.toasts.texts() == ["Two", "Select a shape first.", "Three"]
    film = window.findChild(FilmStrip)
    assert film is not None
    strip = QRect(film.mapTo(window, QPoint(0, 0)), film.size())
    toasts = [w for w in window.findChildren(QWidget) if w.property("role") == "toast"]
    assert not any(strip.intersects(toast.geometry()) for toast in toasts if toast.isVisible())


def test_a_bar_of_the_dataset_leads_to_its_images(window: MainWindow, qtbot, project: Path) -> None:
    window.flow.open(project)
    assert window.view is not None
    document = window.view.document
    bolt = document.reader.labels()[0]
    document.apply(created(Title.TAG, Tag(document.reader.image_ids()[0], 1, bolt.id)))
    assert window.status.pace.text() == "1 labelled"
    QTest.keyClick(window, Qt.Key.Key_6, CONTROL)
    dataset = window.view.workspaces.workspace("dataset")
    qtbot.waitUntil(lambda: bool(dataset.statistics.tags.bars))
    bars = dataset.statistics.tags
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    assert window.view.workspaces.name == "images"
    images = window.view.workspaces.workspace("images")
    qtbot.waitUntil(lambda: images.view.model().rowCount() == 1)
