"""Ctrl+K fills the images between two key frames, in one edit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from studio.domain.shapes import Box, Geometry
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


def test_without_a_selection_a_sentence_says_what_to_do(hand: Hand, qtbot) -> None:
    with qtbot.waitSignal(hand.document.failed) as failed:
        hand.key(Qt.Key.Key_K, CTRL)
    assert "Select the shape" in str(failed.args[0])
