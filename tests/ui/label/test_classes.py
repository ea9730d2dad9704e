"""Whole classes: merging, splitting off, groups, order, and complete for one class only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from studio.domain.edits import Title, created
from studio.domain.labels import DEFAULT_TAG_GROUP, Tag
from studio.domain.project import Changes, State
from studio.domain.shapes import Box, Shape
from studio.editing import saved_filters
from studio.ui.label.classes import class_model
from studio.ui.label.classes.class_delegate import done_rect
from studio.ui.label.classes.class_list import MIME
from studio.ui.label.classes.merge_dialog import MergeDialog
from tests.ui.label.hand import CTRL, LEFT, NONE, SHIFT, Hand, put
from tests.ui.label.test_workspace import class_row, label_names
from tests.ui.modal import Answer


def listed(hand: Hand) -> list[str]:
    model = hand.workspace.classes.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def label_of(hand: Hand, name: str):
    return next(label for label in hand.document.reader.labels() if label.name == name)


def fill(hand: Hand, name: str, count: int) -> None:
    """Shapes of a class on all three images, in one edit."""
    label, ids = label_of(hand, name), hand.document.reserve_ids("shape", count)
    images = hand.document.reader.image_ids()
    hand.document.session.apply(
        created(
            Title.IMPORT,
            *(Shape(n, images[n % 3], label.id, Box(1, 1, 5 + n % 50, 9)) for n in ids),
        )
    )


def tick(dialog: MergeDialog, name: str) -> None:
    [item] = dialog.list.findItems(name, Qt.MatchFlag.MatchExactly)
    dialog.list.setFocus()
    dialog.list.setCurrentItem(item)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)


def merge(dialog: MergeDialog) -> None:
    [button] = [b for b in dialog.buttons.buttons() if b.text() == "Merge"]
    QTest.mouseClick(button, LEFT)


def back_to_work(hand: Hand, qtbot) -> None:
    """What a window system does when a dialog is gone."""
    hand.window.activateWindow()
    qtbot.waitUntil(hand.window.isActiveWindow)
    hand.canvas.setFocus()


def answer_name(name: str):
    def act(dialog: QInputDialog) -> None:
        dialog.setTextValue(name)
        dialog.accept()

    return act


# Merging --------------------------------------------------------------------------------------


def test_ctrl_m_merges_classes_in_one_edit_after_saying_how_much(hand: Hand, qtbot) -> None:
    """Pain 15: renaming "nuts" into "nut" over a whole data set, and taking it back."""
    first, second, _ = hand.document.reader.image_ids()
    hand.key(Qt.Key.Key_R)
    hand.drag((50, 50), (90, 90))
    hand.key(Qt.Key.Key_2)
    hand.drag((100, 50), (140, 90))
    assert hand.names() == ["bolt", "nut"]
    tags = [Tag(first, DEFAULT_TAG_GROUP.id, label_of(hand, n).id) for n in ("bolt", "nut")]
    hand.document.apply(created(Title.TAG, *tags, Tag(second, 1, label_of(hand, "nut").id)))
    said: list[str] = []

    def act(dialog: MergeDialog) -> None:
        tick(dialog, "bolt")
        tick(dialog, "nut")
        assert dialog.into.name == "bolt"
        said.append(dialog._said.text())
        merge(dialog)

    answer = Answer(act, hand.window)
    hand.key(Qt.Key.Key_M, CTRL)
    assert answer.given
    assert said == [
        "1 shape and 2 tags on 2 images will become “bolt”. One undo brings everything back."
    ]
    assert label_names(hand) == ["bolt", "垫圈"]
    assert hand.names() == ["bolt", "bolt"] and hand.tags() == ["bolt"]
    assert [t.image_id for t in hand.document.reader.tags(second)] == [second]
    assert hand.document.undo_title() == Title.MERGE_CLASSES
    back_to_work(hand, qtbot)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert label_names(hand) == ["bolt", "nut", "垫圈"]
    assert hand.names() == ["bolt", "nut"] and hand.tags() == ["bolt", "nut"]


def test_the_class_that_stays_is_chosen_and_thousands_of_shapes_follow(hand: Hand, qtbot) -> None:
    fill(hand, "bolt", 1200)
    keep = saved_filters.SavedFilter("mine", "class:bolt state:new")
    hand.document.apply(saved_filters.saving({}, keep))
    hand.document.announce(hand.document.session.record())
    panel = hand.workspace.classes
    panel.model._count()

    def act(dialog: MergeDialog) -> None:
        tick(dialog, "nut")
        assert dialog.into.name == "nut"
        dialog.into_field.setFocus()
        QTest.keyClick(dialog.into_field, Qt.Key.Key_Up)
        assert dialog.into.name == "bolt"
        QTest.keyClick(dialog.into_field, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: "1,200 shapes on 3 images" in dialog._said.text())
        merge(dialog)

    Answer(act, hand.window)
    panel.merge(label_of(hand, "bolt"))
    qtbot.waitUntil(lambda: label_names(hand) == ["nut", "垫圈"] and not hand.document.busy)
    assert len(hand.document.reader.rows_of_label(label_of(hand, "nut").id)[1]) == 1200
    assert hand.document.current_label().name == "nut"
    [followed] = saved_filters.read(hand.document.reader.settings())
    assert followed.text == "class:nut state:new"
    hand.document.undo()
    qtbot.waitUntil(lambda: not hand.document.busy)
    assert len(hand.document.reader.rows_of_label(label_of(hand, "bolt").id)[1]) == 1200


def test_a_project_of_many_shapes_is_counted_off_the_windows_thread(
    hand: Hand, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(class_model, "COUNTED_AT_ONCE", 0)
    fill(hand, "bolt", 30)
    model = hand.workspace.classes.model
    hand.document.announce(Changes(images=frozenset({1})))
    qtbot.waitUntil(lambda: model.usage(label_of(hand, "bolt").id).shapes == 30)


def test_one_class_alone_cannot_be_merged(hand: Hand) -> None:
    enabled: list[bool] = []

    def act(dialog: MergeDialog) -> None:
        tick(dialog, "bolt")
        enabled.append(dialog._merge.isEnabled())
        dialog.reject()

    Answer(act, hand.window)
    hand.key(Qt.Key.Key_M, CTRL)
    assert enabled == [False] and label_names(hand) == ["bolt", "nut", "垫圈"]


# Splitting off --------------------------------------------------------------------------------


def test_the_selected_shapes_become_a_class_of_their_own(hand: Hand, qtbot) -> None:
    put(hand, Box(50, 50, 90, 90))
    moved = put(hand, Box(100, 50, 140, 90))
    hand.document.select([moved])
    answer = Answer(answer_name("long bolt"), hand.window)
    hand.key(Qt.Key.Key_M, CTRL | Qt.KeyboardModifier.AltModifier)
    assert answer.given and hand.names() == ["bolt", "long bolt"]
    assert hand.document.current_label().name == "long bolt"
    assert hand.document.undo_title() == Title.SPLIT_CLASS
    back_to_work(hand, qtbot)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.names() == ["bolt", "bolt"] and "long bolt" not in label_names(hand)


@pytest.mark.parametrize("name", ["NUT", " "])
def test_splitting_off_needs_a_new_name(hand: Hand, name: str) -> None:
    hand.document.select([put(hand, Box(50, 50, 90, 90))])
    Answer(answer_name(name), hand.window)
    hand.actions["label.split_class"].trigger()
    assert hand.names() == ["bolt"] and len(label_names(hand)) == 3


def test_splitting_off_without_a_selection_says_what_to_do(hand: Hand, qtbot) -> None:
    with qtbot.waitSignal(hand.document.failed) as told:
        hand.actions["label.split_class"].trigger()
    assert "Select the shapes" in str(told.args[0])


# Groups and order -----------------------------------------------------------------------------


def test_classes_are_listed_under_headings_that_collapse(hand: Hand) -> None:
    panel = hand.workspace.classes
    panel.set_group(label_of(hand, "nut"), "fastener")
    panel.set_group(label_of(hand, "bolt"), "fastener")
    assert listed(hand) == ["垫圈", "fastener", "nut", "bolt"]
    view = panel.list
    heading = view.visualRect(class_row(hand, "fastener")).center()
    QTest.mouseClick(view.viewport(), LEFT, NONE, heading)
    assert listed(hand) == ["垫圈", "fastener"]
    hand.key(Qt.Key.Key_1)  # a class that is not listed can still be chosen
    assert hand.document.current_label().name == "bolt"
    QTest.mouseClick(view.viewport(), LEFT, NONE, heading)
    assert listed(hand) == ["垫圈", "fastener", "nut", "bolt"]
    panel.dissolve_group("fastener")
    assert sorted(listed(hand)) == sorted(["bolt", "nut", "垫圈"])
    hand.key(Qt.Key.Key_Z, CTRL)
    assert [label.group for label in hand.document.reader.labels()].count("fastener") == 2


def test_a_group_is_named_and_renamed(hand: Hand) -> None:
    panel = hand.workspace.classes
    Answer(answer_name("  small   parts "), hand.window)
    panel.ask_for_group(label_of(hand, "nut"))
    assert label_of(hand, "nut").group == "small parts"
    Answer(answer_name("零件"), hand.window)
    panel.rename_group("small parts")
    assert listed(hand) == ["bolt", "垫圈", "零件", "nut"]


def drop(hand: Hand, name: str, at: QPoint) -> None:
    view = hand.workspace.classes.list
    data = QMimeData()
    data.setData(MIME, label_of(hand, name).id.encode())
    move = Qt.DropAction.MoveAction
    for event in (
        QDragEnterEvent(at, move, data, LEFT, NONE),
        QDragMoveEvent(at, move, data, LEFT, NONE),
        QDropEvent(QPointF(at), move, data, LEFT, NONE),
    ):
        QApplication.sendEvent(view.viewport(), event)
        view.viewport().grab()


def test_a_class_is_dropped_between_others_and_into_a_group(hand: Hand) -> None:
    view = hand.workspace.classes.list
    top = view.visualRect(class_row(hand, "bolt")).topLeft() + QPoint(40, 4)
    drop(hand, "垫圈", top)
    assert label_names(hand) == listed(hand) == ["垫圈", "bolt", "nut"]
    hand.workspace.classes.set_group(label_of(hand, "nut"), "fastener")
    drop(hand, "垫圈", view.visualRect(class_row(hand, "fastener")).center())
    assert listed(hand) == ["bolt", "fastener", "垫圈", "nut"]
    drop(hand, "垫圈", view.visualRect(class_row(hand, "bolt")).bottomLeft() - QPoint(-40, 4))
    assert listed(hand) == ["bolt", "垫圈", "fastener", "nut"]
    assert label_of(hand, "垫圈").group == ""


def test_a_class_moves_up_and_down_and_stops_at_the_ends(hand: Hand) -> None:
    panel = hand.workspace.classes
    panel.step(label_of(hand, "bolt"), down=True)
    assert label_names(hand) == ["nut", "bolt", "垫圈"]
    panel.step(label_of(hand, "垫圈"), down=True)
    panel.step(label_of(hand, "垫圈"), down=False)
    assert label_names(hand) == ["nut", "垫圈", "bolt"]


# Complete for one class -----------------------------------------------------------------------


def test_shift_d_says_that_the_image_is_complete_for_the_current_class(hand: Hand) -> None:
    image_id, bolt = hand.document.image_id, label_of(hand, "bolt")
    hand.key(Qt.Key.Key_D, SHIFT)
    assert hand.document.reader.done_labels(image_id) == {bolt.id}
    assert hand.document.image_id == image_id
    assert hand.document.reader.status(image_id).shapes is State.IN_PROGRESS
    assert hand.document.undo_title() == Title.MARK_CLASS
    hand.key(Qt.Key.Key_D, SHIFT)
    assert hand.document.reader.done_labels(image_id) == frozenset()


def test_a_click_on_the_double_tick_marks_that_class(hand: Hand) -> None:
    view = hand.workspace.classes.list
    at = done_rect(view.visualRect(class_row(hand, "nut"))).center()
    QTest.mouseClick(view.viewport(), LEFT, NONE, at)
    nut = label_of(hand, "nut")
    assert hand.document.reader.done_labels(hand.document.image_id) == {nut.id}
    assert hand.workspace.classes.model.is_marked(nut.id)
    assert hand.document.current_label().name == "bolt"


def test_done_as_a_whole_stands_for_every_class(hand: Hand, qtbot) -> None:
    first = hand.document.image_id
    hand.key(Qt.Key.Key_Return, CTRL)
    hand.document.show_image(first)
    assert hand.workspace.classes.model.is_whole(tag_mode=False)
    with qtbot.waitSignal(hand.document.failed) as told:
        hand.key(Qt.Key.Key_D, SHIFT)
    assert "done as a whole" in str(told.args[0])
