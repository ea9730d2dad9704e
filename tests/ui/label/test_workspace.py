"""Classes, tags, states and undo, as a user of the Label workspace meets them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QToolButton,
    QToolTip,
)

from studio.domain.edits import Title, created
from studio.domain.project import State
from studio.domain.shapes import Box, RotatedBox, Shape
from studio.editing import actions
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.label import film_strip
from studio.ui.label.classes.class_list import ClassListModel, swatch_rect, tag_rect
from studio.ui.label.shapes_panel import ShapeListModel, eye_rect, lock_rect
from studio.ui.label.tool_strip import ToolStrip
from studio.ui.thumbnails.loader import ThumbnailLoader
from tests import making
from tests.ui.label.hand import CTRL, LEFT, NONE, SHIFT, Hand, put


def label_names(hand: Hand) -> list[str]:
    return [label.name for label in hand.document.reader.labels()]


def class_row(hand: Hand, name: str):
    model = hand.workspace.classes.list.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return next(row for row in rows if row.data() == name)


def click_in(view, at: QPoint, button=LEFT) -> None:
    QTest.mouseClick(view.viewport(), button, NONE, at)


# Keys -----------------------------------------------------------------------------------------


def test_digits_choose_the_class_and_relabel_a_selection(hand: Hand) -> None:
    shape_id = put(hand, Box(50, 50, 90, 90))
    hand.key(Qt.Key.Key_2)
    assert hand.document.current_label().name == "nut"
    hand.click((70, 70))
    hand.key(Qt.Key.Key_3)
    assert hand.names() == ["垫圈"]
    assert hand.document.selection == {shape_id}
    assert hand.document.current_label().name == "nut"
    hand.key(Qt.Key.Key_9)
    assert hand.names() == ["垫圈"]


def test_the_tooltip_of_a_tool_leaves_the_other_tools_in_sight(hand: Hand, qtbot) -> None:
    strip = hand.workspace.findChild(ToolStrip)
    brush = next(b for b in strip.findChildren(QToolButton) if "(B)" in b.toolTip())
    middle = brush.rect().center()
    event = QHelpEvent(QEvent.Type.ToolTip, middle, brush.mapToGlobal(middle))
    QApplication.sendEvent(brush, event)
    qtbot.waitUntil(QToolTip.isVisible)
    assert QToolTip.text() == brush.toolTip()
    [tip] = [w for w in QApplication.topLevelWidgets() if w.inherits("QTipLabel")]
    assert tip.geometry().left() >= strip.mapToGlobal(QPoint(strip.width(), 0)).x()
    assert abs(tip.geometry().center().y() - brush.mapToGlobal(middle).y()) < brush.height()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_typing_a_name_switches_no_tool(hand: Hand) -> None:
    hand.key(Qt.Key.Key_N)
    hand.type("rpbv 12 d")
    assert hand.canvas.tool.id == "select"
    first = hand.document.image_id
    hand.key(Qt.Key.Key_Return)
    assert label_names(hand)[-1] == "rpbv 12 d"
    assert hand.document.current_label().name == "rpbv 12 d"
    assert hand.document.image_id == first
    hand.type("spring")
    hand.key(Qt.Key.Key_Return)
    assert label_names(hand)[-1] == "spring"
    hand.key(Qt.Key.Key_Escape)
    hand.key(Qt.Key.Key_R)
    assert hand.canvas.tool.id == "box"


def test_tool_keys_and_their_buttons_agree(hand: Hand) -> None:
    for key, tool in (
        (Qt.Key.Key_R, "box"), (Qt.Key.Key_P, "polygon"), (Qt.Key.Key_B, "brush"),
        (Qt.Key.Key_E, "eraser"), (Qt.Key.Key_T, "tag"), (Qt.Key.Key_W, "box"),
        (Qt.Key.Key_V, "select"),
    ):  # fmt: skip
        hand.key(key)
        assert hand.canvas.tool.id == tool
        assert hand.actions[f"label.{tool}"].isChecked()


# Images ---------------------------------------------------------------------------------------


def test_d_and_a_walk_and_stop_at_the_ends(hand: Hand) -> None:
    first, second, third = hand.document.reader.image_ids()
    assert hand.document.image_id == first
    hand.keys([Qt.Key.Key_D, Qt.Key.Key_D, Qt.Key.Key_D])
    assert hand.document.image_id == third
    hand.keys([Qt.Key.Key_A, Qt.Key.Key_A, Qt.Key.Key_A])
    assert hand.document.image_id == first
    film = hand.workspace.film
    click_in(film, film.visualRect(film.model().index(1, 0)).center())
    assert hand.document.image_id == second


def test_an_undo_of_another_images_edit_goes_there(hand: Hand, qtbot) -> None:
    first = hand.document.image_id
    put(hand, Box(50, 50, 90, 90))
    hand.key(Qt.Key.Key_D)
    with qtbot.waitSignal(hand.document.went_to):
        hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.document.image_id == first
    assert hand.shapes() == []
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert hand.document.image_id == first
    assert len(hand.shapes()) == 1


def status(hand: Hand, image_id: int) -> tuple[State, State]:
    stored = hand.document.reader.status(image_id)
    return stored.tags, stored.shapes


def test_ctrl_enter_completes_what_the_project_labels_and_goes_on(hand: Hand) -> None:
    first, second, third = hand.document.reader.image_ids()
    hand.key(Qt.Key.Key_Return, CTRL)
    assert status(hand, first) == (State.DONE, State.DONE)
    assert hand.document.image_id == second
    put(hand, Box(50, 50, 90, 90))
    hand.key(Qt.Key.Key_Return, CTRL)
    assert status(hand, second) == (State.NEW, State.DONE)
    assert hand.document.image_id == third
    hand.key(Qt.Key.Key_T)
    hand.key(Qt.Key.Key_1)
    hand.key(Qt.Key.Key_Return, CTRL)
    assert status(hand, third) == (State.DONE, State.DONE)


def test_in_tag_mode_an_untouched_project_completes_tags_only(hand: Hand) -> None:
    first = hand.document.image_id
    hand.key(Qt.Key.Key_T)
    hand.key(Qt.Key.Key_Return, CTRL)
    assert status(hand, first) == (State.DONE, State.NEW)


def test_ctrl_enter_passes_over_what_is_done(hand: Hand) -> None:
    first, second, third = hand.document.reader.image_ids()
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_Return, CTRL | SHIFT)
    assert status(hand, second) == (State.SKIPPED, State.SKIPPED)
    hand.document.show_image(first)
    hand.key(Qt.Key.Key_Return, CTRL)
    assert hand.document.image_id == third


# Tags -----------------------------------------------------------------------------------------


def test_tags_exclude_each_other_until_told_otherwise(hand: Hand) -> None:
    hand.key(Qt.Key.Key_T)
    hand.key(Qt.Key.Key_1)
    hand.key(Qt.Key.Key_2)
    assert hand.tags() == ["nut"]
    several = hand.workspace.classes.several
    assert several.isVisible()
    QTest.mouseClick(several, LEFT, NONE, QPoint(8, several.height() // 2))
    hand.canvas.setFocus()
    hand.key(Qt.Key.Key_3)
    assert hand.tags() == ["nut", "垫圈"]
    hand.key(Qt.Key.Key_2)
    assert hand.tags() == ["垫圈"]
    assert hand.document.reader.status(hand.document.image_id).tags is State.IN_PROGRESS


def test_a_click_on_the_tag_mark_tags_without_tag_mode(hand: Hand) -> None:
    view = hand.workspace.classes.list
    row = view.visualRect(class_row(hand, "nut"))
    click_in(view, tag_rect(row).center())
    assert hand.tags() == ["nut"]
    assert hand.document.current_label().name == "bolt"
    click_in(view, tag_rect(row).center())
    assert hand.tags() == []


# Classes --------------------------------------------------------------------------------------


def rename(hand: Hand, name: str, new: str) -> None:
    view = hand.workspace.classes.list
    at = view.visualRect(class_row(hand, name)).center()
    click_in(view, at)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, at)
    editor = view.findChild(QLineEdit)
    assert editor is not None
    editor.setFocus()
    editor.selectAll()
    hand.type(new)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_a_class_is_renamed_in_place_and_keeps_its_shapes(hand: Hand, qtbot) -> None:
    put(hand, Box(50, 50, 90, 90))
    rename(hand, "bolt", "螺栓 M6")
    qtbot.waitUntil(lambda: hand.names() == ["螺栓 M6"])
    assert hand.document.undo_title() == "Rename class"


def test_a_name_that_is_taken_is_refused_with_a_sentence(hand: Hand, qtbot) -> None:
    with qtbot.waitSignal(hand.document.failed) as told:
        rename(hand, "bolt", "NUT")
    assert str(told.args[0]) == "There is already a class called nut."
    assert label_names(hand) == ["bolt", "nut", "垫圈"]


def test_deleting_a_class_says_what_goes_with_it(hand: Hand, qtbot, monkeypatch) -> None:
    put(hand, Box(50, 50, 90, 90))
    put(hand, Box(150, 50, 190, 90))
    hand.key(Qt.Key.Key_T)
    hand.key(Qt.Key.Key_1)
    said: list[str] = []

    def agree(box: QMessageBox) -> None:
        said.extend((box.text(), box.informativeText()))
        [yes] = [b for b in box.buttons() if box.buttonRole(b).name == "AcceptRole"]
        yes.click()

    monkeypatch.setattr(QMessageBox, "exec", agree)
    bolt = hand.document.reader.labels()[0]
    hand.workspace.classes.delete(bolt)
    assert said[0] == "Delete the class “bolt”?"
    assert "2 shapes and 1 tag on 1 image" in said[1]
    assert label_names(hand) == ["nut", "垫圈"]
    assert hand.shapes() == []
    assert hand.document.current_label().name == "nut"
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.names() == ["bolt", "bolt"]
    assert hand.tags() == ["bolt"]


def test_an_unused_class_goes_without_a_question(hand: Hand) -> None:
    hand.workspace.classes.delete(hand.document.reader.labels()[2])
    assert label_names(hand) == ["bolt", "nut"]


def test_a_click_on_the_colour_offers_others(hand: Hand, qtbot) -> None:
    view = hand.workspace.classes.list
    click_in(view, swatch_rect(view.visualRect(class_row(hand, "bolt"))).center())
    menu = QApplication.activePopupWidget()
    assert menu is not None
    button = next(b for b in menu.findChildren(object) if _is_color(b, "#0072B2"))
    button.click()
    assert hand.document.reader.labels()[0].color == "#0072B2"


def _is_color(widget: object, color: str) -> bool:
    return getattr(widget, "accessibleName", lambda: "")() == color


def test_ctrl_e_finds_or_names_another_class(hand: Hand) -> None:
    put(hand, Box(50, 50, 90, 90))
    hand.click((70, 70))
    hand.key(Qt.Key.Key_E, CTRL)
    hand.type("nu")
    hand.key(Qt.Key.Key_Return)
    assert hand.names() == ["nut"]
    hand.key(Qt.Key.Key_E, CTRL)
    hand.type("spring")
    hand.key(Qt.Key.Key_Return)
    assert hand.names() == ["spring"]
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.names() == ["nut"]
    assert "spring" not in label_names(hand)


# Shapes panel ---------------------------------------------------------------------------------


def shape_row(hand: Hand, shape_id: int):
    model = hand.workspace.shapes.list.model()
    assert isinstance(model, ShapeListModel)
    return model.index(model.row_of(shape_id))


def test_list_and_canvas_select_the_same(hand: Hand) -> None:
    first, second = put(hand, Box(50, 50, 90, 90)), put(hand, Box(150, 50, 190, 90))
    view = hand.workspace.shapes.list
    click_in(view, view.visualRect(shape_row(hand, first)).center())
    assert hand.document.selection == {first}
    hand.click((170, 70))
    assert [index.row() for index in view.selectionModel().selectedIndexes()] == [
        shape_row(hand, second).row()
    ]


def test_the_size_of_a_turned_box_is_told_along_its_sides(hand: Hand) -> None:
    turned = put(hand, RotatedBox(100, 100, 80, 20, 45))
    assert shape_row(hand, turned).data(Qt.ItemDataRole.ToolTipRole) == "80 × 20"


def test_shapes_of_one_class_are_told_apart_in_the_list(hand: Hand) -> None:
    first, second = put(hand, Box(50, 50, 90, 90)), put(hand, Box(150, 50, 190, 70))
    rows = [shape_row(hand, first), shape_row(hand, second)]
    assert [row.data() for row in rows] == ["bolt 1", "bolt 2"]
    assert rows[1].data(Qt.ItemDataRole.ToolTipRole) == "40 × 20"
    hand.document.select([first])
    hand.key(Qt.Key.Key_Delete)
    assert shape_row(hand, second).data() == "bolt"


def test_eye_and_lock_are_toggled_in_the_list(hand: Hand) -> None:
    shape_id = put(hand, Box(50, 50, 90, 90))
    view = hand.workspace.shapes.list
    row = view.visualRect(shape_row(hand, shape_id))
    click_in(view, eye_rect(row).center())
    assert hand.shape().hidden
    click_in(view, eye_rect(row).center())
    click_in(view, lock_rect(row).center())
    assert (hand.shape().hidden, hand.shape().locked) == (False, True)


def test_h_and_l_toggle_the_selection(hand: Hand) -> None:
    shape_id = put(hand, Box(50, 50, 90, 90))
    hand.document.select({shape_id})
    hand.key(Qt.Key.Key_H)
    assert hand.shape().hidden
    hand.key(Qt.Key.Key_H)
    hand.key(Qt.Key.Key_L)
    assert (hand.shape().hidden, hand.shape().locked) == (False, True)


# View -----------------------------------------------------------------------------------------


def test_space_and_the_middle_button_pan(hand: Hand) -> None:
    before = hand.canvas.viewport
    QTest.keyPress(hand.canvas, Qt.Key.Key_Space)
    hand.drag((100, 100), (150, 130))
    QTest.keyRelease(hand.canvas, Qt.Key.Key_Space)
    moved = hand.canvas.viewport
    assert (moved.left, moved.top) != (before.left, before.top)
    assert moved.scale == before.scale
    assert hand.shapes() == []


@pytest.mark.parametrize("modifiers", [NONE, CTRL])
def test_the_wheel_zooms_about_the_cursor(hand: Hand, modifiers) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    at = QPointF(hand.spot((120, 90)))
    under = hand.canvas.viewport.to_image((at.x(), at.y()))
    event = QWheelEvent(
        at, hand.canvas.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    scale = hand.canvas.viewport.scale
    QApplication.sendEvent(hand.canvas, event)
    assert hand.canvas.viewport.scale == pytest.approx(scale * 1.25)
    assert hand.canvas.viewport.to_image((at.x(), at.y())) == pytest.approx(under, abs=1)
    hand.key(Qt.Key.Key_0, CTRL)
    assert hand.canvas.viewport.scale == 1 / hand.canvas.devicePixelRatioF()
    hand.key(Qt.Key.Key_F, CTRL)
    assert hand.canvas.viewport.scale == scale


def test_each_image_is_looked_at_as_it_was_left(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_0, CTRL)
    hand.key(Qt.Key.Key_Plus, CTRL)
    left = hand.canvas.viewport
    hand.key(Qt.Key.Key_D)
    assert hand.canvas.viewport != left
    hand.key(Qt.Key.Key_A)
    assert hand.canvas.viewport == left


def test_the_hint_says_what_the_next_click_does(hand: Hand) -> None:
    said: list[str] = []
    hand.workspace.hint_changed.connect(said.append)
    hand.key(Qt.Key.Key_R)
    hand.key(Qt.Key.Key_P)
    hand.click((50, 50))
    assert said == [
        "Drag from corner to corner to draw bolt",
        "Click along the outline to draw bolt; Shift+drag draws freehand",
        "Click the next vertex; Backspace takes the last one back",
    ]


def test_an_image_that_cannot_be_shown_says_why_and_is_passed_by(document, qtbot) -> None:
    second = document.reader.image_ids()[1]
    path = document.reader.path_of(document.reader.image(second))
    path.write_bytes(b"no picture at all")
    hand = Hand(document)
    hand.show(qtbot)
    hand.key(Qt.Key.Key_D)
    qtbot.waitUntil(lambda: hand.canvas.showing.problem != "")
    assert path.name in hand.canvas.showing.problem
    hand.key(Qt.Key.Key_R)
    hand.drag((40, 30), (160, 110))
    assert hand.shapes() == []
    hand.key(Qt.Key.Key_D)
    hand.wait_for_picture(qtbot)
    hand.close()


def test_the_list_model_tells_names_and_labels(hand: Hand) -> None:
    index = class_row(hand, "垫圈")
    assert index.data(ClassListModel.LabelRole).name == "垫圈"


def test_without_images_there_is_one_thing_to_do(tmp_path, qtbot) -> None:
    session = making.project(tmp_path, images=1)
    document = Document(session)
    document.apply(actions.remove_images([session.reader.status(1)]))
    hand = Hand(document)
    hand.window.show()
    asked: list[bool] = []
    hand.actions.connect_to("project.add_folder", lambda: asked.append(True))
    [button] = [b for b in hand.workspace.findChildren(QPushButton) if b.isVisible()]
    QTest.mouseClick(button, LEFT)
    assert asked == [True]
    document.undo()
    hand.wait_for_picture(qtbot)
    assert document.image_id == 1
    hand.close()
    ThumbnailLoader.of(document).close()
    document.close()


def test_the_shown_image_may_be_removed(hand: Hand) -> None:
    _, second, third = hand.document.reader.image_ids()
    hand.document.show_image(third)
    hand.document.apply(actions.remove_images([hand.document.reader.status(third)]))
    assert hand.document.image_id == second
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.document.image_id == third


def test_a_right_click_offers_what_can_be_done_with_a_shape(hand: Hand) -> None:
    shape_id = put(hand, Box(50, 50, 90, 90))
    offered: list[str] = []

    def read_menu() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        offered.extend(action.text() for action in menu.actions() if action.text())
        menu.close()

    QTimer.singleShot(50, read_menu)
    hand.canvas.customContextMenuRequested.emit(hand.spot((70, 70)))
    assert hand.document.selection == {shape_id}
    assert offered[0] == "Change class…"
    assert offered[-1] == "Delete"


def test_while_a_large_edit_is_written_nothing_is_drawn(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_R)
    document = hand.document
    label = document.reader.labels()[0].id
    ids = document.reserve_ids("shape", 600)
    rows = (Shape(i, document.image_id, label, Box(0, 0, 9, 9)) for i in ids)
    with qtbot.waitSignal(document.changed, timeout=20_000):
        document.apply(created(Title.IMPORT, *rows))
        hand.drag((50, 50), (90, 90))
        assert hand.canvas.hint == ""
    assert len(hand.shapes()) == 600
    hand.drag((50, 50), (90, 90))
    assert len(hand.shapes()) == 601


def test_redoing_a_removal_stays_with_the_image_at_hand(hand: Hand) -> None:
    document = hand.document
    first, second, _ = document.reader.image_ids()
    document.apply(actions.remove_images([document.reader.status(second)]))
    hand.key(Qt.Key.Key_Z, CTRL)
    assert document.image_id == second
    document.show_image(first)
    hand.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert document.reader.status(second).removed
    assert document.image_id == first


def test_a_tools_own_key_leaves_its_button_down(hand: Hand) -> None:
    hand.keys([Qt.Key.Key_R, Qt.Key.Key_R])
    assert hand.canvas.tool.id == "box"
    assert hand.actions["label.box"].isChecked()
    assert not hand.actions["label.select"].isChecked()


def test_a_class_that_keeps_its_key_is_no_edit(hand: Hand) -> None:
    document = hand.document
    entries = len(document.history())
    bolt, nut, _ = document.reader.labels()
    labels = document.reader.labels()
    assert not document.apply(actions.set_label_key(bolt, bolt.key, labels))
    assert len(document.history()) == entries
    assert document.apply(actions.set_label_key(bolt, nut.key, labels))
    assert [label.key for label in document.reader.labels()] == ["2", "", "3"]


def test_the_state_takes_the_colours_of_a_new_theme(hand: Hand, qapp) -> None:
    bar = hand.workspace.bar
    button = next(b for b in bar.findChildren(QToolButton) if b.text() == "New")

    def shades() -> set[str]:
        image = button.icon().pixmap(64, 64).toImage()
        spots = ((x, y) for x in range(64) for y in range(64))
        colors = (image.pixelColor(x, y) for x, y in spots)
        return {color.name() for color in colors if color.alpha() == 255}

    for mode in ("dark", "light"):
        theme.apply(qapp, mode)
        assert theme.current().quiet.lower() in shades()


def test_the_strip_marks_the_image_that_is_shown_whatever_the_mouse_does(hand: Hand) -> None:
    film, view = hand.workspace.film, hand.workspace.film.viewport()
    first, second, third = (film.visualRect(film.images.index(row, 0)).center() for row in range(3))

    def rows() -> tuple[int, int, int]:
        [marked] = film.selectedIndexes()
        return marked.row(), film.currentIndex().row(), film.position()[0] - 1

    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=second)
    assert rows() == (0, 0, 0)
    QTest.mousePress(view, LEFT, pos=first)
    for point in (second, third):
        QTest.mouseMove(view, point)
    QTest.mouseRelease(view, LEFT, pos=third)
    assert len(set(rows())) == 1
    QTest.mouseClick(view, LEFT, pos=second)
    assert rows() == (1, 1, 1)


def test_the_next_unfinished_image_is_found_however_far_it_is(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(film_strip, "NEAR", 1)
    document = hand.document
    first, second, third = document.reader.image_ids()
    statuses = document.reader.statuses([second])
    document.apply(actions.mark(statuses.values(), State.DONE, tags=True, shapes=True))
    hand.key(Qt.Key.Key_D, CTRL | SHIFT)
    assert document.image_id == third
    hand.key(Qt.Key.Key_D, CTRL | SHIFT)
    assert document.image_id == third
    hand.key(Qt.Key.Key_A, CTRL | SHIFT)
    assert document.image_id == first
