"""All objects of a class as crops: chosen by mouse, relabelled by one key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.domain.shapes import Box
from studio.editing import actions
from studio.ui.dataset import objects_page
from studio.ui.dataset.crops import CropLoader, Cut
from studio.ui.dataset.objects_page import ObjectsPage
from studio.ui.dataset.workspace import DatasetWorkspace
from studio.ui.label.attributes import DescribeDialog
from tests.ui.modal import Answer
from tests.ui.workbench import Workbench, workbench

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(tmp_path: Path, qapp: object) -> Iterator[Workbench]:
    """Three washers of growing size and a nut, on three images."""
    with workbench(tmp_path, images=3) as made:
        made.add_labels("washer", "nut")
        washer, nut = made.labels
        ids = made.document.reader.image_ids()
        for number, image_id in enumerate(ids, start=1):
            made.box(washer, image_id, Box(2, 2, 2 + 8 * number, 2 + 8 * number))
        made.box(nut, ids[0], Box(40, 20, 60, 40))
        yield made


@pytest.fixture
def page(bench: Workbench, qtbot) -> ObjectsPage:
    workspace = DatasetWorkspace(bench.document)
    bench.workspace = workspace
    workspace.resize(1000, 700)
    workspace.show()
    workspace.pages.setCurrentIndex(1)
    page = workspace.objects
    qtbot.waitUntil(lambda: len(page.grid.objects.ids) == 4)
    return page


def choose_class(page: ObjectsPage, qtbot, name: str, count: int) -> None:
    page.label.setCurrentIndex(page.label.findText(name))
    qtbot.waitUntil(lambda: len(page.grid.objects.ids) == count)


def click(page: ObjectsPage, row: int, modifiers=NONE) -> None:
    at = page.grid.visualRect(page.grid.objects.index(row, 0)).center()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, modifiers, at)


def names(bench: Workbench) -> list[str]:
    reader = bench.document.reader
    by_id = {label.id: label.name for label in reader.labels()}
    return [by_id[s.label] for i in reader.image_ids() for s in reader.shapes(i)]


def test_many_wrong_ones_are_relabelled_by_one_key(
    page: ObjectsPage, bench: Workbench, qtbot
) -> None:
    choose_class(page, qtbot, "washer", 3)
    click(page, 0)
    click(page, 1, CTRL)
    QTest.keyClick(page.grid, Qt.Key.Key_2)
    assert names(bench) == ["nut", "nut", "nut", "washer"]
    qtbot.waitUntil(lambda: len(page.grid.objects.ids) == 1)
    bench.document.undo()
    assert names(bench).count("washer") == 3
    qtbot.waitUntil(lambda: len(page.grid.objects.ids) == 3)


def test_the_next_one_is_chosen_when_one_has_left_the_class(
    page: ObjectsPage, bench: Workbench, qtbot
) -> None:
    choose_class(page, qtbot, "washer", 3)
    click(page, 1)
    QTest.keyClick(page.grid, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: len(page.grid.objects.ids) == 2)
    assert page.grid.currentIndex().row() == 1
    [third] = page.grid.chosen()
    assert third.geometry == Box(2, 2, 26, 26)


def test_largest_first(page: ObjectsPage, qtbot) -> None:
    page.order.setCurrentIndex(page.order.findData("largest"))
    first = page.grid.objects.ids
    qtbot.waitUntil(lambda: page.grid.objects.ids is not first)
    sizes = [page.grid.objects.object(row).box.width for row in range(4)]  # type: ignore[union-attr]
    assert sizes == [24, 20, 16, 8]


def test_enter_goes_to_the_image_and_delete_deletes(
    page: ObjectsPage, bench: Workbench, qtbot
) -> None:
    click(page, 0)
    with qtbot.waitSignal(bench.workspace.object_opened) as opened:
        QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert opened.args[0].image_id == bench.document.reader.image_ids()[0]
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(page.grid.objects.ids) == 3)


def test_a_crop_shows_the_object_and_a_little_around(
    bench: Workbench, qtbot, tmp_path: Path
) -> None:
    """A red square on a large grey picture fills the middle of its crop."""
    pixels = np.full((900, 1200, 3), 128, np.uint8)
    pixels[400:500, 600:700] = (0, 0, 255)
    path = tmp_path / "large.png"
    cv2.imwrite(str(path), pixels)
    image = bench.document.reader.image(bench.document.reader.image_ids()[0])
    loader = CropLoader()
    cut = Cut(replace(image, width=1200, height=900), path, Box(600, 400, 700, 500))
    qtbot.waitUntil(lambda: loader.get(cut) is not None)
    crop = loader.get(cut).toImage()  # type: ignore[union-attr]
    width, height = crop.width(), crop.height()
    loader.close()
    assert 0.9 < width / height < 1.1
    assert crop.pixelColor(width // 2, height // 2).red() > 200
    assert crop.pixelColor(2, 2).red() < 150
    red = sum(crop.pixelColor(x, height // 2).red() > 180 for x in range(width))
    assert red / width == pytest.approx(100 / 130, abs=0.05)


def test_a_file_that_has_changed_is_cut_anew(bench: Workbench, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "changing.png"
    image = bench.document.reader.image(bench.document.reader.image_ids()[0])
    loader = CropLoader()
    seen = []
    for time_ns, grey in ((1, 0), (2, 255)):
        cv2.imwrite(str(path), np.full((90, 120, 3), grey, np.uint8))
        now = replace(image, width=120, height=90, mtime_ns=time_ns, quick_hash=str(time_ns))
        cut = Cut(now, path, Box(30, 30, 60, 60))
        qtbot.waitUntil(lambda cut=cut: loader.get(cut) is not None)
        seen.append(loader.get(cut).toImage().pixelColor(9, 9).red())  # type: ignore[union-attr]
    loader.close()
    assert seen == [0, 255]


def test_what_is_chosen_stays_chosen_while_others_come(
    page: ObjectsPage, bench: Workbench, qtbot
) -> None:
    choose_class(page, qtbot, "washer", 3)
    click(page, 0)
    click(page, 2, CTRL)
    chosen = [shape.id for shape in page.grid.chosen()]
    bench.box(bench.labels[0], bench.document.reader.image_ids()[0], Box(30, 2, 34, 6))
    qtbot.waitUntil(lambda: len(page.grid.objects.ids) == 4)
    assert [shape.id for shape in page.grid.chosen()] == chosen


def test_any_number_of_chosen_ones_come_back_in_one_step(
    page: ObjectsPage, bench: Workbench, qtbot
) -> None:
    """One step each would take minutes where thousands are chosen."""
    choose_class(page, qtbot, "washer", 3)
    page.grid.selectAll()
    steps: list[int] = []
    page.grid.selectionModel().selectionChanged.connect(lambda *_: steps.append(1))
    bench.box(bench.labels[0], bench.document.reader.image_ids()[0], Box(30, 2, 34, 6))
    qtbot.waitUntil(lambda: len(page.grid.objects.ids) == 4)
    assert len(page.grid.chosen()) == 3
    assert len(steps) == 1
    assert "3 chosen" in page._count.text()


def test_very_many_are_read_and_written_on_a_thread_and_come_back_as_they_were(
    page: ObjectsPage, bench: Workbench, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects_page, "LARGE_EDIT_ROWS", 2)
    before = names(bench)
    page.grid.setFocus()
    for key, after in ((Qt.Key.Key_1, ["washer"] * 4), (Qt.Key.Key_Delete, [])):
        page.grid.selectAll()
        QTest.keyClick(page.grid, key)
        assert bench.document.busy
        qtbot.waitUntil(lambda after=after: names(bench) == after and not bench.document.busy)
        bench.document.undo()
        assert names(bench) == before
        qtbot.waitUntil(lambda: len(page.grid.objects.ids) == 4)


def test_what_changed_elsewhere_is_seen_on_coming_back(
    page: ObjectsPage, bench: Workbench, qtbot
) -> None:
    bench.workspace.hide()
    bench.box(bench.labels[0], bench.document.reader.image_ids()[0], Box(30, 2, 34, 6))
    bench.workspace.show()
    qtbot.waitUntil(lambda: len(page.grid.objects.ids) == 5)


def test_where_there_is_nothing_it_says_of_what(page: ObjectsPage, bench: Workbench, qtbot) -> None:
    shapes = [s for i in bench.document.reader.image_ids() for s in bench.document.reader.shapes(i)]
    bench.document.apply(actions.delete_shapes(shapes))
    qtbot.waitUntil(lambda: page._empty.isVisible())
    for name, said in (
        ("nut", "There are no objects of this class yet."),
        ("all classes", "No shapes have been drawn yet."),
    ):
        page.label.setCurrentIndex(page.label.findText(name))
        qtbot.waitUntil(lambda said=said: page._empty.text() == said)


def test_object_by_object_something_is_said(page: ObjectsPage, bench: Workbench, qtbot) -> None:
    choose_class(page, qtbot, "washer", 3)
    click(page, 0)
    told = []

    def write(dialog: object) -> None:
        assert isinstance(dialog, DescribeDialog)
        told.append(dialog.note_field.toPlainText())
        dialog.note_field.setPlainText(f"rust {len(told)}")
        dialog.accept()

    for _ in range(2):
        Answer(write, page)
        QTest.keyClick(page.grid, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    assert told == ["", ""], "the second time it was about the next one"
    notes = [bench.document.reader.shape(i).note for i in page.grid.objects.ids]  # type: ignore[union-attr]
    assert notes == ["rust 1", "rust 2", ""]
    assert page.grid.currentIndex().row() == 2
    bench.document.undo()
    notes = [bench.document.reader.shape(i).note for i in page.grid.objects.ids]  # type: ignore[union-attr]
    assert notes == ["rust 1", "", ""]
