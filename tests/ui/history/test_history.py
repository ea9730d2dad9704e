"""Looking back, as a user meets it: the list, the image of then, and the two ways back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.domain.edits import Title, created, deleted, replaced
from studio.domain.labels import Label
from studio.domain.project import State
from studio.domain.shapes import Box, Shape
from studio.editing import actions, classes, describing, saved_filters
from studio.editing.saved_filters import SavedFilter
from studio.settings import Settings
from studio.storage.folder import database_path
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.history import reading
from studio.ui.history.dialog import HistoryDialog
from studio.ui.history.entries import PAGE, EntryModel
from studio.ui.shell.main_window import MainWindow
from studio.ui.thumbnails.loader import ThumbnailLoader
from tests import making
from tests.ui.modal import Answer

LEFT = Qt.MouseButton.LeftButton


class Reader:
    """Hands and eyes on a shown history."""

    def __init__(self, document: Document, qtbot) -> None:
        self.document = document
        self.qtbot = qtbot
        self.dialog = HistoryDialog(document)
        with qtbot.waitExposed(self.dialog):
            self.dialog.show()
        self.wait()

    def wait(self) -> None:
        """Until all that was asked for has been read and shown."""
        reader, came = self.dialog._reader, []
        reader.read(lambda _: None, came.append)
        self.qtbot.waitUntil(lambda: bool(came))
        came.clear()
        reader.read(lambda _: None, came.append)
        self.qtbot.waitUntil(lambda: bool(came))

    def titles(self) -> list[str]:
        model = self.dialog.model
        return [str(model.index(row).data()) for row in range(model.rowCount())]

    def choose(self, row: int) -> None:
        view = self.dialog.list
        index = self.dialog.model.index(row)
        view.scrollTo(index)
        QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())
        self.wait()

    def press(self, button) -> None:
        QTest.mouseClick(button, LEFT)
        self.wait()

    def boxes(self) -> list[object]:
        return [mark.geometry for mark in self.dialog.preview.picture.marks]

    def close(self) -> None:
        self.dialog.close()
        self.dialog.deleteLater()
        QApplication.sendPostedEvents(self.dialog, QEvent.Type.DeferredDelete)


@pytest.fixture
def document(tmp_path: Path, qapp) -> Iterator[Document]:
    theme.apply(qapp, "light")
    document = Document(making.project(tmp_path, images=3))
    making.labels(document.session, "cat", "dog")
    document.show_image(1)
    yield document
    ThumbnailLoader.of(document).close()
    document.close()


def draw(document: Document, box: Box, image_id: int = 1, name: str = "cat") -> Shape:
    [number] = document.reserve_ids("shape")
    label = next(each for each in document.reader.labels() if each.name == name)
    shape = Shape(number, image_id, label.id, box)
    edit = created(Title.DRAW_BOX, shape)
    document.apply(actions.begun(edit, document.reader.status(image_id), shapes=True))
    return shape


A, B, C = Box(1, 2, 11, 12), Box(20, 5, 30, 15), Box(40, 5, 60, 25)


def test_the_newest_change_is_on_top_and_an_image_is_seen_as_it_was(document, qtbot) -> None:
    first = draw(document, A)
    document.apply(replaced(Title.MOVE, first, replace(first, geometry=B)))
    draw(document, C, image_id=2)
    document.undo()
    document.show_image(1)
    reader = Reader(document, qtbot)
    assert reader.titles() == [
        "Undo: Draw box", "Draw box", "Move", "Draw box", "Add class", "Add class",
    ]  # fmt: skip
    reader.choose(2)
    assert reader.boxes() == [B]
    reader.choose(3)
    assert reader.boxes() == [A]
    assert "1 shape" in reader.dialog.preview.said.text()
    reader.choose(1)  # this one touches the second image, which is not open
    assert reader.boxes() == [C]
    reader.choose(4)
    assert reader.boxes() == []
    reader.close()


def test_an_image_gets_back_the_labels_of_a_moment_in_one_edit(document, qtbot) -> None:
    first = draw(document, A)
    second = draw(document, B)
    tag = actions.tag(1, document.reader.tag_groups()[0], document.reader.labels()[1], ())
    document.apply(tag)
    document.apply(deleted(Title.DELETE, first))
    document.apply(replaced(Title.RESIZE, second, replace(second, geometry=C)))
    document.apply(actions.mark([document.reader.status(1)], State.DONE))
    draw(document, C, image_id=2)
    document.show_image(1)
    reader = Reader(document, qtbot)
    reader.choose(reader.titles().index("Tag"))
    reader.press(reader.dialog.restore)
    assert [shape.geometry for shape in document.reader.shapes(1)] == [A, B]
    assert len(document.reader.tags(1)) == 1
    assert document.reader.status(1).shapes is State.IN_PROGRESS
    assert len(document.reader.shapes(2)) == 1
    assert reader.titles()[0] == "Restore labels"
    assert not reader.dialog.restore.isEnabled()  # it is as it was then
    assert "as they were then" in reader.dialog.note.text()
    document.undo()
    assert [shape.geometry for shape in document.reader.shapes(1)] == [C]
    assert document.reader.status(1).shapes is State.DONE
    reader.close()


def test_a_class_that_is_gone_comes_back_with_the_labels_that_need_it(document, qtbot) -> None:
    draw(document, A)
    cat, dog = document.reader.labels()
    rows = classes.LabelRows(*document.reader.rows_of_label(cat.id))
    document.apply(classes.merge([cat], dog, [rows], classes.LabelRows()))
    reader = Reader(document, qtbot)
    reader.choose(1)
    reader.press(reader.dialog.restore)
    names = {label.id: label.name for label in document.reader.labels()}
    [shape] = document.reader.shapes(1)
    assert names[shape.label] == "cat" and sorted(names.values()) == ["cat", "dog"]
    reader.close()


def test_a_class_made_meanwhile_under_the_same_name_takes_its_place(document, qtbot) -> None:
    draw(document, A)
    cat, _ = document.reader.labels()
    document.apply(actions.delete_label(cat, *document.reader.rows_of_label(cat.id)))
    new = Label("new", "Cat", "#000000", 9)
    document.apply(actions.add_label(new))
    reader = Reader(document, qtbot)
    reader.choose(2)
    reader.press(reader.dialog.restore)
    assert [shape.label for shape in document.reader.shapes(1)] == ["new"]
    reader.close()


def test_one_change_out_of_many_is_taken_back(document, qtbot) -> None:
    first = draw(document, A)
    draw(document, B)
    document.apply(actions.mark([document.reader.status(1)], State.DONE))
    reader = Reader(document, qtbot)
    reader.choose(2)  # the first box; that the image is done since does not matter
    assert reader.dialog.revert.isEnabled()
    reader.press(reader.dialog.revert)
    assert [shape.geometry for shape in document.reader.shapes(1)] == [B]
    assert document.reader.status(1).shapes is State.DONE
    assert reader.titles()[0] == "Revert edit"
    document.undo()
    assert document.reader.shape(first.id) == first
    reader.close()


def test_a_change_that_a_later_one_builds_on_says_why_it_stays(document, qtbot) -> None:
    first = draw(document, A)
    document.apply(replaced(Title.MOVE, first, replace(first, geometry=B)))
    reader = Reader(document, qtbot)
    reader.choose(1)
    assert not reader.dialog.revert.isEnabled()
    assert "touches the same labels; take that one back first" in reader.dialog.note.text()
    reader.choose(0)
    reader.press(reader.dialog.revert)
    reader.choose(reader.titles().index("Draw box"))
    assert not reader.dialog.revert.isEnabled()  # Move and its revert both stand
    reader.choose(reader.titles().index("Add class"))
    assert reader.dialog.revert.isEnabled()  # dog, which nothing uses
    reader.choose(len(reader.titles()) - 1)
    assert "The class cat is in use by now." in reader.dialog.note.text()
    reader.close()


def rename(document: Document, name: str) -> None:
    cat, *_ = labels = document.reader.labels()
    edit = actions.rename_label(cat, name, labels)
    settings = document.reader.settings()
    document.apply(saved_filters.following(edit, settings, {cat.name: name}))


def keep(document: Document, name: str, text: str) -> None:
    saved = SavedFilter(name, text)
    document.apply(saved_filters.saving(document.reader.settings(), saved))


def kept(document: Document) -> list[tuple[str, str]]:
    filters = saved_filters.read(document.reader.settings())
    return [(each.name, each.text) for each in filters]


def test_a_rename_is_taken_back_with_its_filters_while_those_saved_since_stay(
    document, qtbot
) -> None:
    keep(document, "mine", "class:cat state:new")
    rename(document, "lynx")
    keep(document, "later", "shapes>3")
    keep(document, "wild", "class:lynx")
    reader = Reader(document, qtbot)
    reader.choose(reader.titles().index("Rename class"))
    reader.press(reader.dialog.revert)
    assert document.reader.labels()[0].name == "cat"
    assert kept(document) == [
        ("mine", "class:cat state:new"), ("later", "shapes>3"), ("wild", "class:cat"),
    ]  # fmt: skip
    document.undo()
    assert document.reader.labels()[0].name == "lynx"
    assert kept(document)[2] == ("wild", "class:lynx")
    reader.close()


def test_a_saved_filter_that_changed_since_is_named_as_the_reason(document, qtbot) -> None:
    keep(document, "mine", "class:cat")
    rename(document, "lynx")
    keep(document, "mine", "tag:dog")
    reader = Reader(document, qtbot)
    reader.choose(1)
    assert not reader.dialog.revert.isEnabled()
    assert "The saved filter mine has been changed since." in reader.dialog.note.text()
    rename(document, "tiger")
    reader.wait()
    reader.choose(2)
    assert "touches the same class; take that one back first" in reader.dialog.note.text()
    reader.close()


def test_of_a_large_change_it_is_found_out_when_tried(document, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(reading, "LARGE_ROWS", 0)
    first = draw(document, A)
    document.apply(replaced(Title.MOVE, first, replace(first, geometry=B)))
    reader = Reader(document, qtbot)
    reader.choose(1)
    reader.press(reader.dialog.revert)
    assert "take that one back first" in reader.dialog.note.text()
    reader.choose(0)
    reader.press(reader.dialog.revert)
    assert document.reader.shapes(1) == (first,)
    reader.close()


@pytest.mark.parametrize("large", [0, 5000])
def test_an_undone_change_and_an_undo_cannot_be_taken_back(
    document, qtbot, monkeypatch, large: int
) -> None:
    monkeypatch.setattr(reading, "LARGE_ROWS", large)
    draw(document, A)
    document.undo()
    reader = Reader(document, qtbot)
    reader.choose(0)
    assert not reader.dialog.revert.isEnabled() and "undo or redo" in reader.dialog.note.text()
    reader.choose(1)
    assert "undone already" in reader.dialog.note.text()
    assert not reader.dialog.model.index(1).data(EntryModel.ListedRole).line.stands
    document.redo()
    reader.wait()
    reader.choose(2)
    assert reader.dialog.revert.isEnabled()
    reader.close()


def test_search_and_only_this_image_narrow_the_list(document, qtbot) -> None:
    draw(document, A)
    draw(document, B, image_id=2)
    document.undo()
    document.show_image(2)
    reader = Reader(document, qtbot)
    QTest.keyClicks(reader.dialog.search, "draw")
    entries = len(document.history())
    QTest.keyClick(reader.dialog.search, Qt.Key.Key_Return)
    assert len(document.history()) == entries and reader.dialog.isVisible()
    qtbot.waitUntil(lambda: reader.titles() == ["Undo: Draw box", "Draw box", "Draw box"])
    box = reader.dialog.this_image
    QTest.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    qtbot.waitUntil(lambda: reader.titles() == ["Undo: Draw box", "Draw box"])
    reader.dialog.search.clear()
    QTest.keyClicks(reader.dialog.search, "merge")
    qtbot.waitUntil(lambda: reader.titles() == [])
    assert not reader.dialog.restore.isEnabled() and not reader.dialog.revert.isEnabled()
    reader.close()


def test_the_arrows_walk_the_list_from_the_search(document, qtbot) -> None:
    draw(document, A)
    draw(document, B)
    reader = Reader(document, qtbot)
    rows = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(reader.dialog.search, key)
        rows.append(reader.dialog.list.currentIndex().row())
    assert rows == [0, 1, 2, 1]
    reader.close()


def test_a_change_of_many_images_is_leafed_through(document, qtbot) -> None:
    statuses = [document.reader.status(i) for i in (2, 3)]
    document.apply(actions.mark(statuses, State.DONE))
    reader = Reader(document, qtbot)
    preview = reader.dialog.preview
    assert preview._past_image.image.id == 2 and preview.next.isVisible()
    reader.press(preview.next)
    assert preview._past_image.image.id == 3 and not preview.next.isEnabled()
    assert "Done" in preview.said.text()
    reader.close()


def test_a_long_log_is_fetched_page_by_page(document, qtbot) -> None:
    shape = draw(document, A)
    for number in range(2 * PAGE):
        moved = replace(shape, z=number + 1)
        document.session.apply(replaced(Title.ORDER, shape, moved))
        shape = moved
    reader = Reader(document, qtbot)
    assert reader.dialog.model.rowCount() == PAGE
    view = reader.dialog.list
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: reader.dialog.model.rowCount() == 2 * PAGE)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: reader.dialog.model.rowCount() == 2 * PAGE + 3)
    assert reader.titles()[-3:] == ["Draw box", "Add class", "Add class"]
    reader.close()


def test_ctrl_shift_h_opens_it_over_the_window(document, qtbot) -> None:
    draw(document, A)
    window = MainWindow(Settings())
    with qtbot.waitExposed(window):
        window.show()
    window.show_document(document, [])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    seen: list[str] = []

    def act(dialog: HistoryDialog) -> None:
        qtbot.waitUntil(lambda: dialog.model.rowCount() > 0)
        seen.append(str(dialog.model.index(0).data()))
        dialog.close()

    Answer(act, window)
    QTest.keyClick(
        QApplication.focusWidget() or window,
        Qt.Key.Key_H,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert seen == ["Draw box"]
    window.close_project()
    qtbot.waitUntil(lambda: window.view is None)
    window.close()
    window.deleteLater()


def test_what_an_older_version_wrote_is_listed_found_and_undone(document, qtbot) -> None:
    shape = draw(document, A)
    document.apply(describing.set_ignored([shape], True))
    with closing(sqlite3.connect(database_path(document.project))) as connection, connection:
        connection.execute(
            "UPDATE history SET title = 'Ignore or count' WHERE title LIKE 'Ignore%'"
        )
    reader = Reader(document, qtbot)
    assert reader.titles()[0] == "Ignore in training"
    QTest.keyClicks(reader.dialog.search, "ignore")
    qtbot.waitUntil(lambda: reader.titles() == ["Ignore in training"])
    assert document.undo_title() == Title.IGNORE
    document.undo()
    assert document.reader.shape(shape.id) == shape
    reader.dialog.close()
