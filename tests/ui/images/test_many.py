"""The table, the shapes on thumbnails, and what is done to many images at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from studio.domain.edits import Title, created
from studio.domain.project import Split, State
from studio.domain.shapes import Box, Shape
from studio.editing import actions as verbs
from studio.editing.scan import scan
from studio.settings import Settings
from studio.storage.reader import Reader
from studio.storage.search import Order
from studio.ui.document import Document
from studio.ui.images import model
from studio.ui.images.note_dialog import NoteDialog
from studio.ui.images.overlays import Wanted, draw
from studio.ui.images.table import Column
from studio.ui.images.workspace import ImagesWorkspace
from studio.ui.thumbnails.loader import ThumbnailLoader
from tests.ui.modal import Answer

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def draw_box(document: Document, image_id: int, count: int = 1) -> None:
    bolt = document.reader.labels()[0]
    ids = document.reserve_ids("shape", count)
    boxes = (Shape(i, image_id, bolt.id, Box(8, 8, 56, 40)) for i in ids)
    document.apply(created(Title.DRAW_BOX, *boxes))


def said(workspace: ImagesWorkspace) -> str:
    """What was said of the last verb; the plural is the translator's affair."""
    return workspace.bar.said().replace("(s)", "s")


def cell(workspace: ImagesWorkspace, row: int, column: Column) -> str:
    return str(workspace.table.facts.index(row, column).data() or "")


def test_the_table_shows_the_same_images_and_keeps_the_selection(
    workspace: ImagesWorkspace, document: Document
) -> None:
    ids = document.reader.image_ids()
    draw_box(document, ids[2], 3)
    workspace.grid.select_ids(ids[1:3])
    QTest.keyClick(workspace.grid, Qt.Key.Key_L, CONTROL)
    assert workspace.table.isVisible()
    assert not workspace.grid.isVisible()
    assert workspace.table.hasFocus()
    assert workspace.selected_ids() == ids[1:3]
    assert cell(workspace, 2, Column.NAME) == "002.png"
    assert cell(workspace, 2, Column.SHAPES) == "3"
    assert cell(workspace, 2, Column.SIZE) == "64 × 48"
    QTest.keyClick(workspace.table, Qt.Key.Key_3, ALT)
    assert [cell(workspace, row, Column.SPLIT) for row in range(4)] == ["", "Test", "Test", ""]
    QTest.keyClick(workspace.table, Qt.Key.Key_A, CONTROL)
    assert workspace.selected_ids() == ids
    QTest.keyClick(workspace.table, Qt.Key.Key_L, CONTROL)
    assert workspace.grid.isVisible()
    assert workspace.selected_ids() == ids


def test_a_click_on_a_title_sorts_and_another_turns_the_order_round(
    workspace: ImagesWorkspace, document: Document
) -> None:
    ids = document.reader.image_ids()
    draw_box(document, ids[4], 2)
    draw_box(document, ids[2], 1)
    QTest.keyClick(workspace.grid, Qt.Key.Key_L, CONTROL)
    workspace.table.select_ids([ids[4]])
    titles = workspace.table.horizontalHeader()

    def click(column: Column) -> None:
        place = QPoint(titles.sectionViewportPosition(column) + 20, titles.height() // 2)
        QTest.mouseClick(titles.viewport(), Qt.MouseButton.LeftButton, NONE, place)

    click(Column.SHAPES)
    assert list(workspace.model.ids[:2]) == [ids[4], ids[2]], "most shapes first"
    assert workspace.filters.order.currentData() == Order.SHAPES
    assert workspace.selected_ids() == [ids[4]], "what is selected stays so"
    click(Column.SHAPES)
    assert list(workspace.model.ids[-2:]) == [ids[2], ids[4]]
    click(Column.NAME)
    assert list(workspace.model.ids) == ids


def test_the_table_follows_edits_and_searches(
    workspace: ImagesWorkspace, document: Document
) -> None:
    QTest.keyClick(workspace.grid, Qt.Key.Key_L, CONTROL)
    workspace.look_for("shapes>0")
    assert not workspace.table.isVisible()
    draw_box(document, document.reader.image_ids()[3])
    assert workspace.table.isVisible()
    assert [cell(workspace, row, Column.NAME) for row in range(2)] == ["003.png", ""]
    assert workspace.table.facts.rowCount() == 1
    document.undo()
    assert workspace.table.facts.rowCount() == 0


def test_how_the_images_are_shown_is_remembered(
    workspace: ImagesWorkspace, document: Document
) -> None:
    QTest.keyClick(workspace.grid, Qt.Key.Key_S)
    QTest.keyClick(workspace.grid, Qt.Key.Key_L, CONTROL)
    workspace.close()
    again = ImagesWorkspace(document, workspace._actions, Settings.load())
    assert again.view is again.table
    assert not workspace._actions["images.shapes"].isChecked()
    again.close()
    again.deleteLater()


def first_picture(workspace: ImagesWorkspace) -> QImage:
    """The first cell as it is painted, without the line below the picture."""
    place = workspace.grid.visualRect(workspace.model.index(0, 0))
    return workspace.grid.viewport().grab(place.adjusted(0, 0, 0, -45)).toImage()


def test_thumbnails_show_the_shapes_until_told_otherwise(
    workspace: ImagesWorkspace, document: Document, qtbot
) -> None:
    image_id = document.reader.image_ids()[0]
    workspace.grid.clearSelection()
    workspace.grid.setCurrentIndex(QModelIndex())
    document.apply(verbs.mark([document.reader.status(image_id)], State.IN_PROGRESS))
    first_picture(workspace)
    qtbot.waitUntil(lambda: ThumbnailLoader.of(document)._worker.idle)
    plain = first_picture(workspace)
    draw_box(document, image_id)
    qtbot.waitUntil(lambda: first_picture(workspace) != plain)
    with_box = first_picture(workspace)
    QTest.keyClick(workspace.grid, Qt.Key.Key_S)
    assert first_picture(workspace) == plain
    QTest.keyClick(workspace.grid, Qt.Key.Key_S)
    assert first_picture(workspace) == with_box
    document.undo()
    assert first_picture(workspace) == plain


def test_shapes_lie_where_they_are_on_the_image() -> None:
    shape = Shape(1, 1, "bolt", Box(10, 20, 50, 60))
    hidden = Shape(2, 1, "bolt", Box(60, 60, 90, 90), hidden=True)
    wanted = Wanted(1, (100, 100), (200, 100))
    image = draw(wanted, (shape, hidden), {"bolt": QColor("#FF0000")})
    drawn = {(x, y) for x in range(200) for y in range(100) if image.pixelColor(x, y).alpha() > 0}
    xs, ys = {x for x, _ in drawn}, {y for _, y in drawn}
    assert abs(min(xs) - 20) <= 1
    assert abs(max(xs) - 100) <= 1
    assert abs(min(ys) - 20) <= 1
    assert abs(max(ys) - 60) <= 1


def test_a_note_is_written_on_several_images_and_taken_back_in_one_step(
    workspace: ImagesWorkspace, document: Document
) -> None:
    ids = document.reader.image_ids()
    workspace.grid.select_ids(ids[:3])

    def write(dialog: object) -> None:
        assert isinstance(dialog, NoteDialog)
        dialog.text.setPlainText("blurred\nask Ann ")
        dialog.findChildren(QPushButton)[0].click()

    Answer(write, workspace)
    QTest.keyClick(workspace.grid, Qt.Key.Key_N, SHIFT)
    with Reader.open(document.project) as reader:
        notes = [status.note for status in reader.statuses(ids).values()]
    assert notes == ["blurred\nask Ann"] * 3 + [""] * 3
    assert said(workspace) == "Note changed on 3 images."
    workspace.look_for("note:ann")
    assert list(workspace.model.ids) == ids[:3]
    document.undo()
    assert workspace.model.rowCount() == 0


def test_different_notes_stay_where_none_is_written(
    workspace: ImagesWorkspace, document: Document
) -> None:
    ids = document.reader.image_ids()[:2]
    statuses = document.reader.statuses(ids)
    document.apply(verbs.note_images([statuses[ids[0]]], "blurred"))
    workspace.grid.select_ids(ids)
    Answer(lambda dialog: dialog.findChildren(QPushButton)[0].click(), workspace)
    QTest.keyClick(workspace.grid, Qt.Key.Key_N, SHIFT)
    notes = [status.note for status in document.reader.statuses(ids).values()]
    assert notes == ["blurred", ""]
    assert said(workspace) == "Nothing to change."


def test_in_a_note_enter_is_a_new_line_and_ctrl_enter_the_end(qtbot) -> None:
    dialog = NoteDialog(["old"], "000.png", None)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.text, "new")
    QTest.keyClick(dialog.text, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.text, "line")
    assert dialog.isVisible()
    QTest.keyClick(dialog.text, Qt.Key.Key_Return, CONTROL)
    assert dialog.result() == NoteDialog.DialogCode.Accepted
    assert dialog.note() == "new\nline", "what stood there was selected"


def test_a_digit_in_the_tag_menu_tags_all_selected(
    workspace: ImagesWorkspace, document: Document, qtbot
) -> None:
    ids = document.reader.image_ids()
    bolt, nut = document.reader.labels()
    workspace.grid.select_ids(ids[1:4])
    QTest.keyClick(workspace.grid, Qt.Key.Key_T, CONTROL)
    menu = workspace.bar.tag_menu
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_2)
    assert said(workspace) == "3 images tagged as big nut."
    assert set(document.reader.tags_of(ids)) == set(ids[1:4])
    workspace.bulk.tag_with(nut)
    assert said(workspace) == "big nut taken from 3 images."
    document.undo()
    document.undo()
    assert document.reader.tags_of(ids) == {}
    assert bolt.key == "1"


@pytest.mark.parametrize(
    ("key", "modifier", "sentence"),
    [
        (Qt.Key.Key_Return, CONTROL, "2 images marked as done."),
        (Qt.Key.Key_Return, CONTROL | SHIFT, "2 images skipped."),
        (Qt.Key.Key_1, ALT, "2 images put into training."),
    ],
)
def test_each_verb_says_how_many_images_it_changed_and_is_one_step(
    workspace: ImagesWorkspace,
    document: Document,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    sentence: str,
) -> None:
    ids = document.reader.image_ids()
    before = document.reader.statuses(ids)
    workspace.grid.select_ids(ids[:2])
    QTest.keyClick(workspace.grid, key, modifier)
    assert said(workspace) == sentence
    assert workspace.selected_ids() == ids[:2]
    QTest.keyClick(workspace.grid, key, modifier)
    assert said(workspace) == "Nothing to change."
    document.undo()
    assert document.reader.statuses(ids) == before
    assert said(workspace) == ""


def test_removed_images_are_counted_and_their_files_stay(
    workspace: ImagesWorkspace, document: Document
) -> None:
    ids = document.reader.image_ids()
    workspace.look_for("split:none")
    workspace.grid.select_ids(ids[:2])
    QTest.keyClick(workspace.grid, Qt.Key.Key_Delete)
    assert list(workspace.model.ids) == ids[2:]
    assert all(document.reader.path_of(document.reader.image(i)).exists() for i in ids)
    document.undo()
    assert list(workspace.model.ids) == ids
    assert document.reader.status(ids[0]).split is None is not Split.TRAIN


def test_missing_files_are_told_of_looked_for_and_linked(
    workspace: ImagesWorkspace, document: Document, tmp_path: Path, qtbot
) -> None:
    list(scan(document.session, tmp_path / "pictures"))
    missing = workspace.missing
    qtbot.waitUntil(lambda: missing._work is None)
    assert not missing.isVisible()
    (tmp_path / "pictures").rename(tmp_path / "elsewhere")
    missing.check()
    qtbot.waitUntil(missing.isVisible)
    missing.show_wanted.emit()
    assert workspace.model.rowCount() == 6
    missing.look_in(tmp_path / "elsewhere")
    qtbot.waitUntil(lambda: not missing.isVisible())
    assert said(workspace) == "6 of 6 missing image files found and linked."
    assert workspace.model.rowCount() == 0
    workspace.filters.reset()
    assert workspace.model.path(0) == tmp_path / "elsewhere" / "000.png"


def test_buttons_without_room_show_icons_that_say_in_their_tips_what_they_do(
    workspace: ImagesWorkspace, qtbot
) -> None:
    buttons = workspace.bar.findChildren(QToolButton)
    workspace.resize(2000, 500)
    qtbot.waitUntil(
        lambda: all(b.width() > b.fontMetrics().horizontalAdvance(b.text()) for b in buttons)
    )
    with_text = [button.width() for button in buttons]
    workspace.resize(840, 500)
    qtbot.waitUntil(lambda: buttons[0].width() < with_text[0])
    assert workspace.width() == 840, "the bar does not keep the window wide"
    assert all(b.width() >= b.sizeHint().width() for b in buttons), "nothing is cut"
    assert all(b.toolTip() and not b.icon().isNull() for b in buttons)
    workspace.resize(2000, 500)
    qtbot.waitUntil(lambda: [button.width() for button in buttons] == with_text)


def test_a_change_of_very_many_images_is_told_at_once(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "MOST_REFRESHED", 3)
    images = model.ImageListModel(document)
    told: list[tuple[int, int]] = []
    images.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    ids, bolt = document.reader.image_ids(), document.reader.labels()[0]
    for count in (2, 6):
        numbers = document.reserve_ids("shape", count)
        boxes = (
            Shape(n, i, bolt.id, Box(8, 8, 56, 40)) for n, i in zip(numbers, ids, strict=False)
        )
        document.apply(created(Title.DRAW_BOX, *boxes))
    assert sorted(told[:2]) == [(0, 0), (1, 1)] and told[2:] == [(0, 5)]
    assert [images.summary(row).shape_count for row in range(6)] == [2, 2, 1, 1, 1, 1]
