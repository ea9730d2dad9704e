"""Every dialog opens in both languages; import and export do what they say."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from studio.domain.edits import Title, created
from studio.domain.labels import DEFAULT_TAG_GROUP, Tag
from studio.domain.shapes import Box, Shape
from studio.editing.scan import add_images
from studio.errors import say
from studio.formats.contract import ExportReport, Progress
from studio.formats.new_folder import NewFolder
from studio.settings import Settings
from studio.storage.reader import Reader
from studio.ui import language, theme
from studio.ui.actions import Actions
from studio.ui.actions_table import SPECS
from studio.ui.canvas.canvas import Canvas
from studio.ui.dialogs import importing, transfer
from studio.ui.dialogs.about import AboutDialog
from studio.ui.dialogs.exporting import ExportDialog
from studio.ui.dialogs.importing import ImportDialog
from studio.ui.dialogs.new_project import NewProjectDialog
from studio.ui.dialogs.settings import SettingsDialog
from studio.ui.dialogs.shortcuts import ShortcutsDialog
from studio.ui.document import Document
from tests import making


@pytest.fixture
def document(tmp_path: Path, qapp) -> Iterator[Document]:
    theme.apply(qapp, "light")
    document = Document(making.project(tmp_path / "bench", images=3))
    yield document
    document.close()
    language.apply(qapp, "en")


Make = Callable[[Document, Settings, QWidget], QDialog]
DIALOGS: dict[str, Make] = {
    "settings": lambda document, settings, parent: SettingsDialog(settings, parent),
    "shortcuts": lambda document, settings, parent: ShortcutsDialog(
        Actions(SPECS, parent), settings, parent
    ),
    "about": lambda document, settings, parent: AboutDialog(parent),
    "new project": lambda document, settings, parent: NewProjectDialog(settings, (), parent),
    "import": ImportDialog,
    "export": ExportDialog,
}


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_opens_in_both_languages(name: str, document: Document, qapp, qtbot) -> None:
    titles = {}
    for code in language.LANGUAGES:
        language.apply(qapp, code)
        parent = QWidget()
        qtbot.addWidget(parent)
        dialog = DIALOGS[name](document, Settings.load(), parent)
        with qtbot.waitExposed(dialog):
            dialog.show()
        titles[code] = dialog.windowTitle()
        dialog.grab()
        dialog.close()
    assert titles["en"]
    assert titles["zh_CN"] != titles["en"]


def write_coco(source: Path) -> None:
    """One box on 000.png, another on an image that is nowhere."""
    coco = {
        "images": [
            {"id": 1, "file_name": "000.png", "width": 64, "height": 48},
            {"id": 2, "file_name": "nowhere.png", "width": 64, "height": 48},
        ],
        "annotations": [
            {"id": 1, "image_id": 1, "category_id": 1, "bbox": [4, 5, 20, 10]},
            {"id": 2, "image_id": 2, "category_id": 1, "bbox": [4, 5, 20, 10]},
        ],
        "categories": [{"id": 1, "name": "bolt"}],
    }
    source.write_text(json.dumps(coco), encoding="utf-8")


def test_labels_are_imported_and_problems_are_told(
    document: Document, qtbot, tmp_path: Path
) -> None:
    source = tmp_path / "labels.json"
    write_coco(source)
    dialog = ImportDialog(document, Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.begin_button.isEnabled()
    QTest.keyClicks(dialog.source.line, str(source))
    QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.summary.text()))
    assert "1 shape" in dialog.summary.text()
    assert dialog.problems.rowCount() == 1
    dialog.problems.setFocus()
    QTest.keyClick(dialog.problems, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is not dialog.problems
    with Reader.open(document.project) as reader:
        [shape] = reader.shapes(reader.image_ids()[0])
    assert (shape.geometry.x0, shape.geometry.y1) == (4, 15)  # type: ignore[union-attr]
    assert document.undo_title() == "Import"
    dialog.close()


def test_what_is_imported_for_the_shown_image_is_on_the_canvas(
    canvas: Canvas, project: Path, qtbot
) -> None:
    source = project.parent / "labels.json"
    write_coco(source)
    known = add_images(canvas.document.session, [project.parent / "pictures" / "000.png"])
    canvas.document.announce(known[1])  # so that the import brings nothing but labels
    assert canvas.scene.shapes == ()
    dialog = ImportDialog(canvas.document, Settings.load(), canvas.window())
    dialog.show()
    QTest.keyClicks(dialog.source.line, str(source))
    QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.summary.text()))
    dialog.close()
    assert "1 shape" in dialog.summary.text()
    assert canvas.scene.shapes == canvas.document.reader.shapes(canvas.document.image_id)
    assert len(canvas.scene.shapes) == 1


def test_a_source_that_cannot_be_read_leaves_the_form_open(
    document: Document, qtbot, tmp_path: Path
) -> None:
    source = tmp_path / "broken.json"
    source.write_text("{", encoding="utf-8")
    dialog = ImportDialog(document, Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.source.set_path(source)
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.note.property("role") == "danger")
    assert "broken.json" in dialog.note.text()
    assert dialog.begin_button.isEnabled()
    dialog.format.setCurrentIndex(dialog.format.findData("voc"))  # of which that was not said
    assert "stay where they are" in dialog.note.text()
    assert dialog.note.property("role") == "quiet"
    dialog.close()


def test_the_format_is_recognised_unless_it_was_chosen(
    document: Document, qtbot, tmp_path: Path
) -> None:
    (tmp_path / "voc").mkdir()
    (tmp_path / "voc" / "a.xml").write_text("<annotation></annotation>", encoding="utf-8")
    (tmp_path / "tags.csv").write_text("file,label\n", encoding="utf-8")
    dialog = ImportDialog(document, Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.source.line, str(tmp_path / "voc"))
    qtbot.waitUntil(lambda: dialog.format.currentData() == "voc")
    assert dialog.note.text().startswith("Recognised as Pascal VOC")
    dialog.source.set_path(tmp_path / "tags.csv")
    assert "Recognised" not in dialog.note.text()
    qtbot.waitUntil(lambda: dialog.format.currentData() == "csv")
    QTest.keyClick(dialog.format, Qt.Key.Key_Home)
    assert dialog.format.currentData() == "coco"
    dialog.source.set_path(tmp_path / "voc")
    qtbot.wait(5 * importing.PAUSE_MS)
    assert dialog.format.currentData() == "coco"
    dialog.close()


def test_nothing_begins_before_the_format_is_known_and_closing_waits_for_nothing(
    document: Document, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = threading.Event()

    def look_for_ever(source: Path, should_stop: Callable[[], bool]) -> None:
        while not should_stop():
            time.sleep(0.01)
        stopped.set()

    monkeypatch.setattr(importing, "recognise", look_for_ever)
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    dialog = ImportDialog(document, Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.source.set_path(tmp_path)
    qtbot.wait(6 * importing.PAUSE_MS)
    QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    assert not dialog.is_busy
    QTest.keyClick(dialog.format, Qt.Key.Key_Down)  # whoever knows it need not wait
    assert dialog.is_busy
    qtbot.waitUntil(lambda: not dialog.is_busy)
    dialog.close()
    assert stopped.wait(5)


def test_a_cancel_that_comes_too_late_is_told_what_was_done(document: Document, qtbot) -> None:
    may_go_on = threading.Event()
    dialog = ExportDialog(document, Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()

    def task(should_stop: Callable[[], bool]) -> Generator[object, None, ExportReport]:
        yield say("Writing the labels…")
        may_go_on.wait(20)
        return ExportReport((), 3)

    dialog.work_on(task)
    qtbot.waitUntil(lambda: dialog.note.text() == "Writing the labels…")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    may_go_on.set()
    qtbot.waitUntil(lambda: "3 images exported" in dialog.summary.text())
    assert dialog.isVisible()
    dialog.close()


def test_only_the_options_of_the_format_are_asked_for(document: Document, qtbot) -> None:
    dialog = ImportDialog(document, Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()
    for name, asked in (("imagefolder", False), ("masks", True)):
        dialog.format.setCurrentIndex(dialog.format.findData(name))
        assert dialog.names.isVisible() == asked
        assert dialog.ignore.isVisible() == asked
    dialog.close()


def draw_a_box(document: Document) -> None:
    [bolt] = making.labels(document.session, "bolt")
    image_id = document.reader.image_ids()[0]
    document.apply(created(Title.DRAW_BOX, Shape(1, image_id, bolt.id, Box(1, 2, 30, 20))))


def test_labels_are_exported(document: Document, qtbot, tmp_path: Path) -> None:
    draw_a_box(document)
    dialog = ExportDialog(document, Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.dest.set_path(tmp_path / "out")
    QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.summary.text()))
    [written] = (tmp_path / "out").rglob("*.json")
    coco = json.loads(written.read_text(encoding="utf-8"))
    assert coco["annotations"][0]["bbox"] == [1, 2, 29, 18]
    dialog.close()


def test_the_folder_that_was_exported_to_is_opened_not_one_of_those_in_it(
    document: Document, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [label] = making.labels(document.session, "day")
    image_id = document.reader.image_ids()[0]
    document.apply(created(Title.TAG, Tag(image_id, DEFAULT_TAG_GROUP.id, label.id)))
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    dialog = ExportDialog(document, Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.format.setCurrentIndex(dialog.format.findData("imagefolder"))
    dialog.dest.set_path(tmp_path / "out")
    QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.summary.text()))
    buttons = {each.text(): each for each in dialog.buttons.buttons()}
    QTest.mouseClick(buttons["Open the folder"], Qt.MouseButton.LeftButton)
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / "out"]
    assert (tmp_path / "out" / "day").is_dir()
    dialog.close()


def test_enter_begins_the_export_wherever_the_focus_has_been(
    document: Document, qtbot, tmp_path: Path
) -> None:
    draw_a_box(document)
    dialog = ExportDialog(document, Settings.load())
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    for field in (dialog.begin_button, dialog.format, dialog.dest.line):
        field.setFocus()
        assert dialog.begin_button.isDefault()
    dialog.dest.set_path(tmp_path / "out")
    QTest.keyClick(dialog.dest.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.summary.text()))
    dialog.close()


def test_settings_are_stored_as_they_are_chosen(qapp, qtbot, tmp_path: Path) -> None:
    settings = Settings.load()
    dialog = SettingsDialog(settings)
    qtbot.addWidget(dialog)
    dialog.show()
    chosen: list[str] = []
    dialog.theme_chosen.connect(chosen.append)
    QTest.keyClick(dialog.theme, Qt.Key.Key_Down)
    assert chosen == ["light"]
    dialog.weights.clear()
    QTest.keyClicks(dialog.weights, str(tmp_path))
    QTest.keyClick(dialog.weights, Qt.Key.Key_Return)
    assert Settings.load().weights_folder == str(tmp_path)
    dialog.weights.clear()
    QTest.keyClicks(dialog.weights, str(tmp_path / "nowhere"))
    QTest.keyClick(dialog.weights, Qt.Key.Key_Return)
    assert Settings.load().weights_folder == str(tmp_path)
    dialog.close()


def test_a_folder_of_weights_may_begin_at_home(
    qapp, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "weights").mkdir()
    dialog = SettingsDialog(Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.weights, "~/weights")
    QTest.keyClick(dialog.weights, Qt.Key.Key_Return)
    assert Settings.load().weights_folder == str(tmp_path / "weights")
    dialog.weights.clear()
    QTest.keyClicks(dialog.weights, "~nobody of this name/weights")
    QTest.keyClick(dialog.weights, Qt.Key.Key_Return)
    assert dialog._note.text() == "There is no such folder."
    dialog.close()


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_buttons_below_each_other_are_as_wide(code: str, qapp, qtbot) -> None:
    theme.apply(qapp, "light")
    language.apply(qapp, code)
    dialog = SettingsDialog(Settings.load())
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    row = dialog.interactive
    for upper, lower in ((dialog._choose, row.choose), (dialog._default, row.remove)):
        assert upper.width() == lower.width()
        assert upper.mapTo(dialog, QPoint()).x() == lower.mapTo(dialog, QPoint()).x()
    dialog.close()
    language.apply(qapp, "en")


def test_a_project_is_proposed_beside_its_images(qtbot, tmp_path: Path) -> None:
    images = tmp_path / "bench"
    images.mkdir()
    dialog = NewProjectDialog(Settings.load(), [images])
    qtbot.addWidget(dialog)
    assert dialog.project() == tmp_path / "bench project"
    making.project(tmp_path / "other").close()
    dialog._project.setText(str(tmp_path / "other" / "project"))
    assert not dialog._create.isEnabled()
    assert "already" in dialog._note.text()


def begin_import(document: Document, qtbot, read: Callable[[], object]) -> ImportDialog:
    """An import dialog that is at work; ``read`` is what its format does."""
    dialog = ImportDialog(document, Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()

    def task(should_stop: Callable[[], bool]) -> Iterator[object]:
        yield say("Reading the labels…")
        read()

    dialog.work_on(task)  # type: ignore[arg-type]
    return dialog


def test_a_cancelled_import_closes_after_its_step(document: Document, qtbot) -> None:
    may_go_on = threading.Event()
    dialog = begin_import(document, qtbot, lambda: may_go_on.wait(20))
    qtbot.waitUntil(lambda: dialog.note.text() == "Reading the labels…")
    button = dialog.buttons.button(QDialogButtonBox.StandardButton.Close)
    assert button.text() == "Cancel"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    may_go_on.set()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert document.undo_title() == ""


def test_how_far_it_is_and_how_long_it_will_take_is_told(
    document: Document, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer, "ETA_AFTER_S", 0)
    monkeypatch.setattr(transfer, "TELL_EVERY_S", 0)
    go_on = threading.Semaphore(0)

    def steps() -> Generator[Progress, None, None]:
        for done in (1, 3):
            yield Progress(done, 4)
            go_on.acquire(timeout=20)

    def task(should_stop: Callable[[], bool]) -> Generator[object, None, None]:
        yield say("Reading the labels…")
        yield from transfer.watched(steps(), should_stop)

    dialog = ImportDialog(document, Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.work_on(task)
    for value in (250, 750):
        qtbot.waitUntil(lambda value=value: dialog.progress.value() == value)
        qtbot.waitUntil(lambda: "left" in dialog.note.text())
        assert dialog.progress.maximum() == 1000
        assert dialog.note.text().startswith("Reading the labels…")
        go_on.release()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert not dialog.progress.isVisible()


def test_a_cancelled_export_leaves_nothing_behind(
    document: Document, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied, may_go_on = threading.Event(), threading.Event()
    copy = NewFolder.copy

    def copy_slowly(folder: NewFolder, *what: Any) -> Path:
        path = copy(folder, *what)
        copied.set()
        may_go_on.wait(20)
        return path

    monkeypatch.setattr(NewFolder, "copy", copy_slowly)
    [bolt] = making.labels(document.session, "bolt")
    image_id = document.reader.image_ids()[0]
    document.apply(created(Title.TAG, Tag(image_id, DEFAULT_TAG_GROUP.id, bolt.id)))
    dialog = ExportDialog(document, Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.format.setCurrentIndex(dialog.format.findData("imagefolder"))
    dialog.dest.set_path(tmp_path / "out")
    QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(copied.is_set)
    assert list((tmp_path / "out").rglob("*.png"))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    may_go_on.set()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert not (tmp_path / "out").exists()


def test_a_bug_in_an_import_is_reported_and_the_dialog_can_be_closed(
    document: Document, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[type] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: reported.append(kind))

    def read() -> None:
        raise ZeroDivisionError

    dialog = begin_import(document, qtbot, read)
    qtbot.waitUntil(lambda: reported == [ZeroDivisionError])
    assert "ZeroDivisionError" in dialog.note.text()
    dialog.close()
    assert not dialog.isVisible()
