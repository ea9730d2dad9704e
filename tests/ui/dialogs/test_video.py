"""Adding a video: its facts, how many images it gives, and the images in the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QFileSystemModel

from studio.settings import Settings
from studio.ui import language
from studio.ui.dialogs.video import VideoDialog
from studio.ui.shell.main_window import MainWindow
from tests import making
from tests.ui.modal import Answer


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return making.film(tmp_path / "bees.avi", seconds=3, fps=10)


@pytest.fixture
def dialog(tmp_path: Path, film: Path, qtbot) -> Iterator[VideoDialog]:
    project = tmp_path / "project"
    project.mkdir()
    made = VideoDialog(project, Settings.load(), film)
    made.show()
    qtbot.waitUntil(made.begin.isEnabled)
    yield made
    made.reject()
    made.deleteLater()


def test_it_says_what_will_come_of_it(dialog: VideoDialog) -> None:
    assert dialog.note.text() == "64 × 48  ·  3 s  ·  about 3 images"
    dialog.seconds.setValue(0.5)
    assert "about 6 images" in dialog.note.text()
    dialog.scenes.setChecked(True)
    assert dialog.note.text() == "64 × 48  ·  3 s"


def test_videos_can_be_chosen_in_every_language(
    dialog: VideoDialog, monkeypatch: pytest.MonkeyPatch, qapp
) -> None:
    shown: list[str] = []

    def choose(*asked: Any) -> tuple[str, str]:
        model = QFileDialog(*asked).findChild(QFileSystemModel)
        assert model is not None
        shown.extend(model.nameFilters())
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    for code in ("en", "zh_CN"):
        language.apply(qapp, code)
        dialog._choose()
    assert shown.count("*.avi") == 2


def test_frames_are_taken(dialog: VideoDialog, qtbot) -> None:
    dialog.scenes.setChecked(True)
    with qtbot.waitSignal(dialog.taken, timeout=10_000) as taken:
        QTest.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)
    [folder] = taken.args
    assert len(list(folder.glob("*.jpg"))) == 3
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_enter_takes_the_frames_wherever_the_focus_has_been(dialog: VideoDialog, qtbot) -> None:
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    for field in (dialog.begin, dialog.every, dialog.file.line):
        field.setFocus()
        assert dialog.begin.isDefault()
    with qtbot.waitSignal(dialog.taken, timeout=10_000):
        QTest.keyClick(dialog.file.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_what_is_no_video_gets_a_sentence(dialog: VideoDialog, qtbot, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"nothing")
    dialog.file.set_path(broken)
    qtbot.waitUntil(lambda: "broken.mp4" in dialog.note.text())
    assert not dialog.begin.isEnabled()
    dialog.file.set_path(tmp_path / "nowhere.mp4")
    assert dialog.note.text() == "There is no such file."


def test_a_dropped_video_becomes_images(
    window: MainWindow, qtbot, tmp_path: Path, film: Path
) -> None:
    session = making.project(tmp_path / "bench", images=0)
    making.labels(session, "bee")
    session.close()
    window.flow.open(session.project)
    assert window.view is not None
    document = window.view.document

    def take(shown: object) -> None:
        assert isinstance(shown, VideoDialog)
        qtbot.waitUntil(shown.begin.isEnabled)
        shown.seconds.setValue(1.0)
        QTest.mouseClick(shown.begin, Qt.MouseButton.LeftButton)

    Answer(take, window)
    window.view.add_images([film])
    qtbot.waitUntil(lambda: document.reader.image_count() == 3, timeout=10_000)
    qtbot.waitUntil(lambda: not window.view.scanner.active)
    first = document.reader.image_ids()[0]
    assert document.reader.image(first).path == "bees_00000.000s.jpg"
