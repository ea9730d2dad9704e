"""An open polygon, a shape without a class: they wait, also for the project to be reopened."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt

from studio.domain import geometry as geo
from studio.domain.project import State
from studio.ui.document import Document
from studio.ui.label import unfinished
from tests.ui.label.hand import CTRL, Hand

TRIANGLE = ((50.0, 40.0), (200.0, 60.0), (120.0, 200.0))


@pytest.fixture
def reopened(document: Document, qtbot) -> Iterator[Callable[[Hand], Hand]]:
    """Closes a workspace and shows another one of the same project, on no image at first."""
    made: list[Hand] = []

    def reopen(hand: Hand) -> Hand:
        hand.close()
        document.show_image(0)
        made.append(Hand(document))
        made[-1].show(qtbot)
        return made[-1]

    yield reopen
    for hand in made:
        hand.close()


def test_an_open_polygon_waits_for_the_project_to_be_opened_again(hand: Hand, reopened) -> None:
    hand.key(Qt.Key.Key_D)
    second = hand.document.image_id
    hand.key(Qt.Key.Key_P)
    hand.click(TRIANGLE[0])
    hand.click(TRIANGLE[1])
    points = [hand.exact(point) for point in TRIANGLE[:2]]
    hand = reopened(hand)
    assert hand.document.image_id == second
    assert hand.canvas.tool.id == "polygon"
    hand.click(TRIANGLE[2])
    points.append(hand.exact(TRIANGLE[2]))
    hand.key(Qt.Key.Key_Return)
    assert hand.shape().geometry == geo.polygon(*points)
    hand = reopened(hand)
    assert not (hand.document.project / unfinished.FILE).exists()
    assert unfinished.open_draft(hand.canvas) is None


def test_a_polygon_that_was_finished_does_not_come_back_after_a_crash(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_P)
    hand.click(TRIANGLE[0])
    hand.click(TRIANGLE[1])
    hand.key(Qt.Key.Key_D)  # it is on disk now
    hand.key(Qt.Key.Key_A)
    hand.click(TRIANGLE[2])
    hand.key(Qt.Key.Key_Return)
    assert len(hand.shapes()) == 1
    assert not unfinished.load(hand.document.project)  # as whoever opens it next would read it


def test_a_polygon_left_on_another_image_is_on_disk_at_once(hand: Hand) -> None:
    first = hand.document.image_id
    hand.key(Qt.Key.Key_P)
    hand.click(TRIANGLE[0])
    hand.click(TRIANGLE[1])
    hand.key(Qt.Key.Key_D)
    kept = unfinished.load(hand.document.project)
    assert kept.drafts == {"polygon": {first: [hand.exact(point) for point in TRIANGLE[:2]]}}
    hand.key(Qt.Key.Key_A)
    hand.key(Qt.Key.Key_Escape)
    hand.key(Qt.Key.Key_D)
    assert not unfinished.load(hand.document.project)


def test_an_open_polygon_is_on_disk_when_the_hand_rests(hand: Hand, qtbot) -> None:
    project, image = hand.document.project, hand.document.image_id
    hand.key(Qt.Key.Key_P)
    hand.click(TRIANGLE[0])
    hand.click(TRIANGLE[1])
    points = [hand.exact(point) for point in TRIANGLE[:2]]
    qtbot.waitUntil(lambda: unfinished.load(project).drafts == {"polygon": {image: points}})
    hand.key(Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: unfinished.load(project).drafts == {"polygon": {image: points[:1]}})
    hand.key(Qt.Key.Key_Escape)
    assert not unfinished.is_kept(project)
    for point in TRIANGLE:
        hand.click(point)
    qtbot.waitUntil(lambda: unfinished.is_kept(project))
    hand.key(Qt.Key.Key_Return)
    assert len(hand.shapes()) == 1
    assert not unfinished.is_kept(project)
    qtbot.wait(unfinished.PAUSE_MS + 200)
    assert not unfinished.is_kept(project)


def test_a_shape_without_a_class_is_on_disk_when_the_hand_rests(unlabelled: Hand, qtbot) -> None:
    hand = unlabelled
    project, image = hand.document.project, hand.document.image_id
    hand.key(Qt.Key.Key_R)
    hand.drag((40, 30), (160, 110))
    drawn = hand.canvas.scene.unnamed
    qtbot.waitUntil(lambda: unfinished.load(project).shapes == {image: drawn})
    hand.canvas.scene.drop_new()
    assert not unfinished.is_kept(project)


@pytest.mark.parametrize("tool", ["R", "B"])
def test_a_shape_without_a_class_waits_too(unlabelled: Hand, reopened, qtbot, tool: str) -> None:
    hand = unlabelled
    hand.key(Qt.Key[f"Key_{tool}"])
    hand.drag((40, 30), (160, 110))
    drawn = hand.canvas.scene.unnamed
    assert drawn is not None
    hand = reopened(hand)
    qtbot.waitUntil(hand.workspace.naming.picker.isVisible)
    hand.workspace.naming.picker.setFocus()
    hand.type("bolt")
    hand.key(Qt.Key.Key_Return)
    assert hand.names() == ["bolt"]
    assert hand.shape().geometry == drawn.geometry


@pytest.mark.parametrize(
    "text", ["", "[]", '{"polygons": {"1": [[1]]}, "shapes": {}}', '{"polygons": {}, "shapes": 3}',
             '{"polygons": {}, "shapes": {"1": {"title": "Draw box", "geometry": "Qg=="}}}']
)  # fmt: skip
def test_a_damaged_file_is_passed_over(document: Document, text: str) -> None:
    (document.project / unfinished.FILE).write_text(text)
    assert not unfinished.load(document.project)


def test_an_image_with_an_open_polygon_is_not_done_yet(hand: Hand) -> None:
    said: list[str] = []
    hand.workspace.hint_changed.connect(said.append)
    first = hand.document.image_id
    hand.key(Qt.Key.Key_P)
    for point in TRIANGLE:
        hand.click(point)
    hand.key(Qt.Key.Key_V)
    hand.key(Qt.Key.Key_Return, CTRL)
    assert hand.document.image_id == first
    assert hand.document.reader.status(first).shapes is State.NEW
    assert hand.canvas.tool.id == "polygon"
    assert said[-1] == "This polygon is still open: Enter closes it, Esc drops it"
    hand.key(Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_Return, CTRL)
    assert hand.document.reader.status(first).shapes is State.DONE
    assert hand.document.image_id != first


def test_an_image_with_a_shape_without_a_class_is_not_done_yet(unlabelled: Hand) -> None:
    hand = unlabelled
    first = hand.document.image_id
    hand.key(Qt.Key.Key_R)
    hand.drag((40, 30), (160, 110))
    hand.canvas.setFocus()
    hand.key(Qt.Key.Key_Return, CTRL)
    assert hand.document.image_id == first
    assert hand.document.reader.status(first).shapes is State.NEW
    assert hand.workspace.naming.picker.isVisible()


def test_a_shape_whose_class_cannot_be_written_now_goes_on_waiting(unlabelled: Hand) -> None:
    hand = unlabelled
    hand.key(Qt.Key.Key_R)
    hand.drag((40, 30), (160, 110))
    hand.document.busy = True  # a large edit is being written
    hand.type("bolt")
    hand.key(Qt.Key.Key_Return)
    assert hand.shapes() == []
    assert hand.canvas.scene.unnamed is not None
    hand.document.busy = False
    hand.click((300, 200))
    assert hand.workspace.naming.picker.isVisible()
    hand.workspace.naming.picker.setFocus()
    hand.type("bolt")
    hand.key(Qt.Key.Key_Return)
    assert hand.names() == ["bolt"]


def test_an_image_that_cannot_be_marked_now_is_not_left(hand: Hand) -> None:
    first = hand.document.image_id
    hand.document.busy = True
    hand.key(Qt.Key.Key_Return, CTRL)
    assert hand.document.image_id == first
    hand.document.busy = False
    hand.key(Qt.Key.Key_Return, CTRL)
    assert hand.document.image_id != first
