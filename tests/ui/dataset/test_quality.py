"""The quality inbox: what is wrong is listed, shown where it is, and repaired."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.domain import geometry as geo
from studio.domain.edits import Edit, Title, created, replaced
from studio.domain.project import Split
from studio.domain.quality import Flaw
from studio.domain.shapes import Box, Shape
from studio.editing import actions, repairs
from studio.editing.scan import scan
from studio.storage import search
from studio.ui import language
from studio.ui.dataset.quality_page import QualityPage
from studio.ui.dataset.workspace import DatasetWorkspace
from studio.ui.wording import messages
from tests import making
from tests.ui.modal import Answer
from tests.ui.workbench import Workbench, workbench

BOW_TIE = geo.polygon((10, 10), (40, 40), (40, 10), (10, 40))


@pytest.fixture
def bench(tmp_path: Path, qapp: object) -> Iterator[Workbench]:
    """Three images, three bad shapes on the first, and an unused class."""
    with workbench(tmp_path, images=3) as made:
        made.add_labels("washer", "nut")
        first = made.document.reader.image_ids()[0]
        rows = [
            Shape(number, first, made.labels[0].id, geometry)
            for number, geometry in zip(
                made.document.reserve_ids("shape", 3),
                (BOW_TIE, Box(3, 3, 3, 8), Box(5, 5, 5, 9)),
                strict=True,
            )
        ]
        made.document.apply(created(Title.DRAW_BOX, *rows))
        yield made


@pytest.fixture
def page(bench: Workbench, qtbot) -> QualityPage:
    workspace = DatasetWorkspace(bench.document)
    bench.workspace = workspace
    workspace.resize(1200, 700)
    workspace.retranslate()
    workspace.show()
    workspace.pages.setCurrentIndex(2)
    page = workspace.quality
    qtbot.waitUntil(lambda: page.inspector.complete, timeout=10_000)
    return page


def kinds(page: QualityPage) -> dict[str, int]:
    texts = (page.kinds.item(row).text() for row in range(page.kinds.count()))
    return {name: int(count) for name, _, count in (text.partition("  ·  ") for text in texts)}


def choose(page: QualityPage, flaw: Flaw) -> None:
    for row in range(page.kinds.count()):
        if page.kinds.item(row).data(Qt.ItemDataRole.UserRole) == flaw:
            page.kinds.setCurrentRow(row)
    page.list.setCurrentIndex(page.list.model().index(0, 0))


def geometries(bench: Workbench) -> list[object]:
    first = bench.document.reader.image_ids()[0]
    return [shape.geometry for shape in bench.document.reader.shapes(first)]


def make_alike(bench: Workbench, first: int, second: int) -> None:
    reader = bench.document.reader
    path = reader.path_of(reader.image(first))
    shutil.copy(path, reader.path_of(reader.image(second)))
    for progress in scan(bench.document.session, path.parent):
        bench.document.announce(progress.changes)


def test_what_is_wrong_is_counted_by_kind(page: QualityPage) -> None:
    assert kinds(page) == {
        "Shapes without area": 2, "Outlines that cross themselves": 1, "Unused classes": 1,
    }  # fmt: skip
    choose(page, Flaw.CROSSING)
    text = str(page.list.model().index(0, 0).data())
    assert text == "The outline of washer crosses itself.\n000.png"


def test_enter_goes_to_the_image(page: QualityPage, bench: Workbench, qtbot) -> None:
    choose(page, Flaw.CROSSING)
    with qtbot.waitSignal(bench.workspace.issue_opened) as opened:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    [issue] = opened.args
    assert issue.images == (bench.document.reader.image_ids()[0],)


def test_one_repair_and_its_undo(page: QualityPage, bench: Workbench, qtbot) -> None:
    choose(page, Flaw.CROSSING)
    assert page.repair.text() == "Untangle outline"
    QTest.mouseClick(page.repair, Qt.MouseButton.LeftButton)
    assert page.list.hasFocus()
    assert BOW_TIE not in geometries(bench)
    qtbot.waitUntil(lambda: "Outlines that cross themselves" not in kinds(page))
    bench.document.undo()
    assert BOW_TIE in geometries(bench)
    qtbot.waitUntil(lambda: kinds(page).get("Outlines that cross themselves") == 1)


def test_all_of_a_kind_at_once(page: QualityPage, bench: Workbench, qtbot) -> None:
    choose(page, Flaw.NO_AREA)
    assert page.repair_all.text() == "Delete shape (all 2)"
    QTest.mouseClick(page.repair_all, Qt.MouseButton.LeftButton)
    assert geometries(bench) == [BOW_TIE]
    qtbot.waitUntil(lambda: "Shapes without area" not in kinds(page))


def test_a_flaw_that_is_made_meanwhile_appears(page: QualityPage, bench: Workbench, qtbot) -> None:
    second = bench.document.reader.image_ids()[1]
    bench.box(bench.labels[0], second, Box(50, 30, 99, 40))
    qtbot.waitUntil(lambda: kinds(page).get("Shapes beyond the image") == 1)


def test_a_locked_shape_is_not_repaired(page: QualityPage, bench: Workbench) -> None:
    first = bench.document.reader.image_ids()[0]
    tangled = bench.document.reader.shapes(first)[0]
    bench.document.apply(replaced(Title.LOCK, tangled, replace(tangled, locked=True)))
    choose(page, Flaw.CROSSING)
    answer = Answer(lambda box: box.accept(), page)  # type: ignore[attr-defined]
    QTest.mouseClick(page.repair, Qt.MouseButton.LeftButton)
    assert answer.given
    assert BOW_TIE in geometries(bench)


def test_a_class_without_images_is_nowhere_to_go(page: QualityPage, bench: Workbench) -> None:
    opened: list[object] = []
    bench.workspace.issue_opened.connect(opened.append)
    choose(page, Flaw.UNUSED_CLASS)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert not page.show_it.isEnabled()
    assert not opened


def test_looking_again_is_not_overtaken_by_an_older_look(
    page: QualityPage, bench: Workbench, qtbot
) -> None:
    second = bench.document.reader.image_ids()[1]
    bench.box(bench.labels[0], second, Box(50, 30, 99, 40))
    page.inspector.repair(page.inspector.of(Flaw.CROSSING))
    page.look.click()
    qtbot.waitUntil(lambda: page.inspector.complete, timeout=10_000)
    qtbot.waitUntil(lambda: not page.inspector._again.busy)
    assert kinds(page) == {
        "Shapes without area": 2, "Shapes beyond the image": 1, "Unused classes": 1,
    }  # fmt: skip


def test_a_new_split_is_drawn_off_the_windows_thread(
    page: QualityPage, bench: Workbench, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = bench.document.reader
    first, second, _ = ids = reader.image_ids()
    make_alike(bench, first, second)
    bench.document.apply(actions.assign_split([reader.status(first)], Split.TRAIN))
    bench.document.apply(actions.assign_split([reader.status(second)], Split.VAL))
    page.look.click()
    qtbot.waitUntil(lambda: page.inspector.complete, timeout=10_000)
    assert kinds(page)["Same picture in two splits"] == 1
    choose(page, Flaw.LEAK)
    drawn_by: list[threading.Thread] = []
    draw = repairs.resplit

    def resplit(*what: Any) -> Edit:
        drawn_by.append(threading.current_thread())
        return draw(*what)

    monkeypatch.setattr(repairs, "resplit", resplit)
    asked = Answer(lambda box: QTest.keyClick(box, Qt.Key.Key_Return), page)
    QTest.mouseClick(page.split_anew, Qt.MouseButton.LeftButton)
    assert not page.split_anew.isEnabled()
    assert page.window().focusWidget() is page.list
    qtbot.waitUntil(lambda: asked.given)
    assert drawn_by and threading.main_thread() not in drawn_by
    qtbot.waitUntil(lambda: "Same picture in two splits" not in kinds(page))
    splits = {i: reader.status(i).split for i in ids}
    assert splits[first] == splits[second]
    assert set(splits.values()) == {Split.TRAIN, Split.VAL}
    assert page.split_anew.isEnabled()


def test_a_changed_file_is_no_issue_once_it_was_looked_at_again(
    page: QualityPage, bench: Workbench, qtbot
) -> None:
    document = bench.document
    image = document.reader.images(document.reader.image_ids())[1]
    folder = document.reader.path_of(image).parent
    assert list(scan(document.session, folder))
    making.picture(document.reader.path_of(image), seed=77)
    page.look.click()
    qtbot.waitUntil(lambda: page.inspector.complete, timeout=10_000)
    assert kinds(page)["Changed files"] == 1
    for progress in scan(document.session, folder):  # as F5 does
        document.announce(progress.changes)
    qtbot.waitUntil(lambda: "Changed files" not in kinds(page))


def test_a_file_that_is_damaged_within_is_found_said_and_noted(
    page: QualityPage, bench: Workbench, qtbot
) -> None:
    document = bench.document
    first, *others = document.reader.image_ids()
    file = document.reader.path_of(document.reader.image(first))
    whole = file.read_bytes()
    file.write_bytes(whole[:60] + bytes(len(whole) - 120) + whole[-60:])
    for progress in scan(document.session, file.parent):
        document.announce(progress.changes)
    assert not document.reader.image(first).problem, "its head and its end are sound"
    page.look.click()
    qtbot.waitUntil(lambda: page.inspector.complete, timeout=10_000)
    choose(page, Flaw.UNREADABLE)
    assert "cannot be read" in page.list.issues.index(0).data()
    assert [image.id for image in document.reader.problems()] == [first]
    QTest.mouseClick(page.repair, Qt.MouseButton.LeftButton)
    assert document.reader.image_ids() == others
    document.undo()
    qtbot.waitUntil(lambda: [i.images for i in page.inspector.of(Flaw.UNREADABLE)] == [(first,)])


def test_files_that_are_missing_are_noted_and_those_that_are_back(
    page: QualityPage, bench: Workbench, qapp, qtbot
) -> None:
    reader = bench.document.reader
    paths = reader.paths_of(reader.images(reader.image_ids()).values())
    (broken, broken_path), (gone, gone_path), _ = paths.items()
    folder, aside = broken_path.parent, gone_path.with_suffix(".aside")
    broken_path.write_bytes(b"not a picture at all")
    for progress in scan(bench.document.session, folder):
        bench.document.announce(progress.changes)
    broken_path.rename(folder / "broken.aside")
    gone_path.rename(aside)
    page.look.click()
    qtbot.waitUntil(lambda: page.inspector.complete, timeout=10_000)
    assert kinds(page)["Missing files"] == search.count_missing(reader) == 2
    said = messages.problem(reader.image(broken).problem)
    assert "cannot be read" in said and said.endswith("is no longer where it was.")
    language.apply(qapp, "zh_CN")
    said = messages.problem(reader.image(broken).problem)
    language.apply(qapp, "en")
    assert (
        said.count(broken_path.name) == 2 and "无法读取" in said and said.endswith("已不在原处。")
    )
    (folder / "broken.aside").rename(broken_path)
    aside.rename(gone_path)
    page.look.click()
    qtbot.waitUntil(lambda: page.inspector.complete, timeout=10_000)
    assert "Missing files" not in kinds(page) and search.count_missing(reader) == 0
    assert kinds(page)["Unreadable files"] == 1
    assert not reader.image(gone).problem


def test_why_a_file_cannot_be_read_is_said_in_the_users_language_and_all_are_removed_at_once(
    page: QualityPage, bench: Workbench, qapp, qtbot
) -> None:
    document = bench.document
    ids = document.reader.image_ids()
    files = [document.reader.path_of(image) for image in document.reader.images(ids).values()]
    assert list(scan(document.session, files[0].parent))
    for file in files[1:]:
        file.write_bytes(b"not a picture at all")
    for progress in scan(document.session, files[0].parent):
        document.announce(progress.changes)
    page.look.click()
    qtbot.waitUntil(lambda: page.inspector.complete, timeout=10_000)
    choose(page, Flaw.UNREADABLE)
    first = page.list.issues.index(0)
    assert "cannot be read" in first.data()
    language.apply(qapp, "zh_CN")
    assert "无法读取" in first.data()
    language.apply(qapp, "en")
    assert page.repair_all.text() == "Remove from project (all 2)"
    QTest.mouseClick(page.repair_all, Qt.MouseButton.LeftButton)
    assert document.reader.image_ids() == ids[:1]
    document.undo()
    assert document.reader.image_ids() == ids


def test_the_gravest_kind_is_shown_and_its_first_issue_chosen(page: QualityPage) -> None:
    assert page.flaw is Flaw.NO_AREA  # though the unused class was found first
    assert page.list.currentIndex().row() == 0
    assert page.repair.isEnabled()
    page.kinds.setCurrentRow(2)
    page.refresh()
    assert page.flaw is Flaw.UNUSED_CLASS
    assert page.repair.isEnabled()


def test_after_a_repair_the_next_issue_is_chosen(
    page: QualityPage, bench: Workbench, qtbot
) -> None:
    QTest.mouseClick(page.repair, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: kinds(page)["Shapes without area"] == 1)
    assert page.list.chosen() == list(page.list.issues.issues)
    assert len(geometries(bench)) == 2


def test_what_undo_brings_back_is_an_issue_again(
    page: QualityPage, bench: Workbench, qtbot
) -> None:
    reader = bench.document.reader
    first, second, third = (reader.image(i) for i in reader.image_ids())
    make_alike(bench, first.id, second.id)
    reader.path_of(third).unlink()
    page.look.click()
    qtbot.waitUntil(lambda: page.inspector.complete, timeout=10_000)
    before = kinds(page)
    names = ("Missing files", "Pictures that look the same", "Unused classes")
    for flaw, name in zip(
        (Flaw.MISSING_FILE, Flaw.NEAR_DUPLICATE, Flaw.UNUSED_CLASS), names, strict=True
    ):
        assert before[name] == 1
        choose(page, flaw)
        QTest.mouseClick(page.repair, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda name=name: name not in kinds(page))
    for _ in names:
        bench.document.undo()
    qtbot.waitUntil(lambda: kinds(page) == before)
