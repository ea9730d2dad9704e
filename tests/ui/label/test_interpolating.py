"""Ctrl+K fills the images between two key frames, in one edit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from studio.domain import geometry as geo
from studio.domain.edits import Title, created
from studio.domain.shapes import Box, Geometry, Shape
from tests.ui.label.hand import CTRL, Hand


def box_at(hand: Hand, qtbot, left: float) -> Geometry:
    hand.wait_for_picture(qtbot)
    hand.key(Qt.Key.Key_R)
    hand.drag((left, 20), (left + 40, 60))
    return hand.shape().geometry


def test_the_image_between_gets_what_lies_between(hand: Hand, qtbot) -> None:
    before = box_at(hand, qtbot, 20)
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_D)
    after = box_at(hand, qtbot, 120)
    hand.key(Qt.Key.Key_V)
    hand.click((140, 40))
    with qtbot.waitSignal(hand.workspace.hint_changed) as said:
        hand.key(Qt.Key.Key_K, CTRL)
    assert said.args[0].startswith("1 shape")
    hand.key(Qt.Key.Key_A)
    between = hand.shape().geometry
    assert isinstance(before, Box) and isinstance(after, Box) and isinstance(between, Box)
    assert between.x0 == pytest.approx((before.x0 + after.x0) / 2)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []


def test_several_objects_are_filled_in_by_one_edit(hand: Hand, qtbot) -> None:
    first, _, third = hand.document.reader.image_ids()
    bolt, nut, _ = hand.document.reader.labels()
    for image_id, left in ((first, 20.0), (third, 80.0)):
        ids = hand.document.reserve_ids("shape", 3)
        hand.document.apply(
            created(
                Title.DRAW_BOX,
                Shape(ids[0], image_id, bolt.id, Box(left, 10, left + 20, 30)),
                Shape(ids[1], image_id, nut.id, Box(left, 100, left + 20, 130)),
                Shape(ids[2], image_id, bolt.id, Box(left, 200, left + 20, 220)),
            )
        )
    hand.document.show_image(third)
    hand.wait_for_picture(qtbot)
    hand.key(Qt.Key.Key_A, CTRL)
    hand.key(Qt.Key.Key_K, CTRL)
    hand.key(Qt.Key.Key_A)
    between = [geo.bounds(shape.geometry) for shape in hand.shapes()]
    assert sorted((box.x0, box.y0) for box in between) == [(50, 10), (50, 100), (50, 200)]
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []
    assert len(hand.document.reader.shapes(third)) == 3


def test_without_a_selection_a_sentence_says_what_to_do(hand: Hand, qtbot) -> None:
    with qtbot.waitSignal(hand.document.failed) as failed:
        hand.key(Qt.Key.Key_K, CTRL)
    assert "Select the later of two shapes" in str(failed.args[0])
