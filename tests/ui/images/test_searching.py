"""Typing a search: what is offered, what is found, what is said, what is remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QPushButton

from studio.domain.edits import Title, created
from studio.domain.labels import Tag
from studio.domain.project import Changes, State
from studio.domain.runs import Run, RunState, Task
from studio.editing import actions as verbs
from studio.editing import classes, saved_filters
from studio.editing.classes import LabelRows
from studio.settings import Settings
from studio.storage.reader import Reader
from studio.storage.search import Order
from studio.ui.document import Document
from studio.ui.images.query_help import QueryHelp
from studio.ui.images.saved_filters import remembered
from studio.ui.images.workspace import ImagesWorkspace
from studio.ui.label.classes.class_model import ClassListModel
from tests.ui.modal import Answer

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def labelled(document: Document) -> Document:
    """Image 1 has a bolt, image 2 a big nut, image 3 is done."""
    bolt, nut = document.reader.labels()
    ids = document.reader.image_ids()
    document.apply(created(Title.TAG, Tag(ids[1], 1, bolt.id), Tag(ids[2], 1, nut.id)))
    document.apply(verbs.mark([document.reader.status(ids[3])], State.DONE))
    return document


def numbers(workspace: ImagesWorkspace) -> list[int]:
    """The numbers in the file names of the images that are shown."""
    rows = range(workspace.model.rowCount())
    return [int(workspace.model.summary(row).path.partition(".")[0]) for row in rows]


def type_in(workspace: ImagesWorkspace, text: str) -> None:
    """Go to the search box with its key, and type over what is there."""
    QTest.keyClick(workspace.view, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(workspace.filters.search, text)


def press(workspace: ImagesWorkspace, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(workspace.filters.search, key)


def test_terms_typed_with_tab_find_images(
    labelled: Document, workspace: ImagesWorkspace, qtbot
) -> None:
    search = workspace.filters.search
    type_in(workspace, "cl")
    assert search.offers == ["class:"]
    press(workspace, Qt.Key.Key_Tab)
    assert (search.text(), search.offers) == ("class:", ["bolt", '"big nut"'])
    press(workspace, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (search.text(), search.offers) == ('class:"big nut" ', [])
    qtbot.waitUntil(lambda: numbers(workspace) == [2])
    assert search.hasFocus()
    type_in(workspace, "no:bolt -state:done /00[0-3]/")
    press(workspace, Qt.Key.Key_Return)
    assert numbers(workspace) == [0, 2]
    assert workspace.grid.hasFocus(), "Enter goes on to the images"


def test_the_list_takes_no_key_that_typing_needs(
    labelled: Document, workspace: ImagesWorkspace
) -> None:
    search = workspace.filters.search
    type_in(workspace, "state:")
    assert search.offers == ["new", "in_progress", "done", "skipped"]
    press(workspace, Qt.Key.Key_D)
    assert search.offers == ["done", "skipped"]
    press(workspace, Qt.Key.Key_Home)
    assert search.offers == [], "the cursor has left the term"
    press(workspace, Qt.Key.Key_End, Qt.Key.Key_Backspace)
    assert search.text() == "state:"
    press(workspace, Qt.Key.Key_Escape)
    assert search.offers == []
    assert search.hasFocus()
    QTest.keyClicks(search, "done")
    press(workspace, Qt.Key.Key_Return)
    assert search.text() == "state:done", "Enter takes what was typed, not what is offered"
    assert numbers(workspace) == [3]


def test_letters_and_keys_of_the_workspace_belong_to_the_box_while_one_types(
    labelled: Document, workspace: ImagesWorkspace
) -> None:
    workspace.grid.select_ids([labelled.reader.image_ids()[0]])
    type_in(workspace, "SsN0")
    press(workspace, Qt.Key.Key_Home, Qt.Key.Key_Delete, Qt.Key.Key_Return)
    assert workspace.filters.search.text() == "sN0"
    assert labelled.reader.image_count() == 6
    assert labelled.image_id == 0, "Enter did not open the image"
    workspace.filters.search.setFocus()
    press(workspace, Qt.Key.Key_Escape)
    assert not workspace.filters.search.hasFocus()


def test_what_is_not_understood_is_said_below_the_box(
    labelled: Document, workspace: ImagesWorkspace
) -> None:
    fault = workspace.filters.fault
    type_in(workspace, "00 /[a/")
    press(workspace, Qt.Key.Key_Return)
    assert fault.text() == "/[a/ is no regular expression: unterminated character set."
    assert fault.isVisible()
    assert len(numbers(workspace)) == 6, "the rest of the search still holds"
    type_in(workspace, "class:screw")
    press(workspace, Qt.Key.Key_Return)
    assert fault.text() == "There is no class called screw."
    assert numbers(workspace) == []
    type_in(workspace, "class:bolt")
    press(workspace, Qt.Key.Key_Return)
    assert not fault.isVisible()


def test_the_list_follows_labels_and_states(labelled: Document, workspace: ImagesWorkspace) -> None:
    workspace.look_for("class:bolt")
    bolt = labelled.reader.labels()[0]
    labelled.apply(created(Title.TAG, Tag(labelled.reader.image_ids()[5], 1, bolt.id)))
    assert numbers(workspace) == [1, 5]
    labelled.undo()
    assert numbers(workspace) == [1]


def test_runs_are_offered(labelled: Document, workspace: ImagesWorkspace) -> None:
    from studio.domain.facts import RunsSeen

    run = Run(12, "0012-detect", Task.DETECT, "small", RunState.FINISHED, 1, "", {}, "")
    labelled.record(RunsSeen((run,)))
    type_in(workspace, "run:")
    assert workspace.filters.search.offers == ["12"]


def test_a_filter_is_saved_recalled_and_deleted_and_each_is_an_edit(
    labelled: Document, workspace: ImagesWorkspace
) -> None:
    type_in(workspace, "class:bolt")
    press(workspace, Qt.Key.Key_Return)

    def name_it(dialog: object) -> None:
        assert isinstance(dialog, QInputDialog)
        dialog.findChildren(QLineEdit)[0].setText("bolts")
        dialog.accept()

    def menu() -> QMenu:
        filled = workspace.filters.saved.menu()
        workspace.filters.saved.fill(filled)
        return filled

    Answer(name_it, workspace)
    entry(menu(), "Save this search…").trigger()
    with Reader.open(labelled.project) as reader:
        assert saved_filters.read(reader.settings()) == (
            saved_filters.SavedFilter("bolts", "class:bolt"),
        )
    workspace.filters.reset()
    entry(menu(), "bolts").trigger()
    assert numbers(workspace) == [1]
    workspace.filters.saved.deleted.emit("bolts")
    assert saved_filters.read(labelled.reader.settings()) == ()
    labelled.undo()
    assert [each.name for each in workspace.filters.saved.filters] == ["bolts"]


def test_searches_follow_a_class_that_is_renamed(
    labelled: Document, workspace: ImagesWorkspace
) -> None:
    keep = saved_filters.SavedFilter("bolts", "class:bolt -state:done")
    unnamed = saved_filters.SavedFilter("no:bolt", "no:bolt")
    for each in (keep, unnamed):
        labelled.apply(saved_filters.saving(labelled.reader.settings(), each))
    workspace.look_for("class:bolt")
    model = ClassListModel(labelled, workspace)
    assert model.setData(model.index(0), "hex bolt")
    followed, called = saved_filters.read(labelled.reader.settings())
    assert followed == saved_filters.SavedFilter("bolts", 'class:"hex bolt" -state:done')
    assert called == saved_filters.SavedFilter('no:"hex bolt"', 'no:"hex bolt"')
    assert workspace.filters.search.text() == 'class:"hex bolt"'
    assert numbers(workspace) == [1]
    labelled.undo()
    assert saved_filters.read(labelled.reader.settings()) == (keep, unnamed)
    assert workspace.filters.search.text() == "class:bolt"
    assert numbers(workspace) == [1]


def test_a_typed_search_follows_a_class_that_is_merged_until_that_is_undone(
    labelled: Document, workspace: ImagesWorkspace
) -> None:
    bolt, nut = labelled.reader.labels()
    type_in(workspace, "class:bolt -state:done")
    press(workspace, Qt.Key.Key_Escape, Qt.Key.Key_Return)
    assert numbers(workspace) == [1]
    used, standing = (LabelRows(*labelled.reader.rows_of_label(each.id)) for each in (bolt, nut))
    labelled.apply(classes.merge([bolt], nut, [used], standing))
    assert workspace.filters.search.text() == 'class:"big nut" -state:done'
    assert numbers(workspace) == [1, 2]
    labelled.announce(Changes(settings=True))
    labelled.undo()
    assert workspace.filters.search.text() == "class:bolt -state:done"
    assert numbers(workspace) == [1]
    labelled.redo()
    assert workspace.filters.search.text() == 'class:"big nut" -state:done'


def test_a_search_for_a_class_says_so_when_that_is_deleted_meanwhile(
    labelled: Document, workspace: ImagesWorkspace
) -> None:
    workspace.look_for("class:bolt")
    assert not workspace.filters.fault.isVisible()
    [bolt] = [label for label in labelled.reader.labels() if label.name == "bolt"]
    labelled.apply(verbs.delete_label(bolt, *labelled.reader.rows_of_label(bolt.id)))
    assert workspace.filters.fault.text() == "There is no class called bolt."
    assert workspace.filters.fault.isVisible()
    labelled.undo()
    assert not workspace.filters.fault.isVisible()


def entry(menu: QMenu, text: str):
    return next(action for action in menu.actions() if action.text() == text)


def test_the_last_searches_are_offered_by_the_empty_box_also_next_time(
    labelled: Document, workspace: ImagesWorkspace
) -> None:
    for text in ("state:new", "class:bolt", "state:new"):
        type_in(workspace, text)
        press(workspace, Qt.Key.Key_Return)
    workspace.filters.reset()
    workspace.filters.search.setFocus()
    press(workspace, Qt.Key.Key_Down)
    assert workspace.filters.search.offers == ["state:new", "class:bolt"]
    press(workspace, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert numbers(workspace) == [1]
    workspace.close()
    again = ImagesWorkspace(labelled, workspace._actions, Settings.load())
    assert list(again.filters.saved.recent) == ["class:bolt", "state:new"]
    again.close()
    again.deleteLater()


def test_only_so_many_searches_are_remembered() -> None:
    recent: tuple[str, ...] = ()
    for number in range(15):
        recent = remembered(recent, f"{number}")
    assert recent == tuple(f"{number}" for number in range(14, 4, -1))


def test_the_menu_adds_and_takes_terms(labelled: Document, workspace: ImagesWorkspace) -> None:
    menu = workspace.filters.menu
    for term, text, found in (
        ("-labelled", "-labelled", [0, 3, 4, 5]),
        ("state:new", "-labelled state:new", [0, 4, 5]),
        ("state:done", "-labelled state:done", [3]),
        ("state:done", "-labelled", [0, 3, 4, 5]),
    ):
        menu.picked.emit(term)
        assert workspace.filters.search.text() == text
        assert numbers(workspace) == found


def test_the_help_puts_an_example_into_the_box(
    labelled: Document, workspace: ImagesWorkspace
) -> None:
    workspace.filters.help.click()
    popover = workspace.filters.findChild(QueryHelp)
    examples = {button.text(): button for button in popover.findChildren(QPushButton)}
    assert {'class:"big bolt"', "shapes>20", "/img_\\d+/"} <= examples.keys()
    examples["state:new"].click()
    assert workspace.filters.search.text() == "state:new"
    assert not popover.isVisible()


def test_shuffling_gives_another_order_of_the_same_images(
    labelled: Document, workspace: ImagesWorkspace
) -> None:
    seen = set()
    for _ in range(5):
        QTest.keyClick(workspace.grid, Qt.Key.Key_R, CONTROL)
        assert workspace.filters.order.currentData() == Order.RANDOM
        assert sorted(numbers(workspace)) == list(range(6))
        seen.add(tuple(numbers(workspace)))
    assert len(seen) > 1
