"""An image whose file is gone says so beside the canvas, and is found again from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from studio.ui.document import Document
from tests.ui.label.hand import LEFT, Hand


@pytest.fixture
def moved(document: Document, tmp_path: Path) -> Path:
    """The folder to which the second image's file was moved while nobody looked."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = document.reader.path_of(document.reader.image(document.reader.image_ids()[1]))
    path.rename(elsewhere / path.name)
    return elsewhere


def press(hand: Hand, text: str) -> None:
    [button] = [b for b in hand.workspace.missing.findChildren(QPushButton) if b.text() == text]
    QTest.mouseClick(button, LEFT)


def test_a_file_that_was_moved_is_linked_again_from_beside_the_canvas(
    moved: Path, hand: Hand, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, strip = hand.document.reader, hand.workspace.missing
    second = reader.image_ids()[1]
    assert not strip.isVisible()
    hand.key(Qt.Key.Key_D)
    qtbot.waitUntil(strip.isVisible)
    hand.key(Qt.Key.Key_A)
    assert not strip.isVisible()
    hand.key(Qt.Key.Key_D)
    assert strip.isVisible()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(moved))
    press(hand, "Look for them in…")
    qtbot.waitUntil(lambda: reader.path_of(reader.image(second)).exists())
    qtbot.waitUntil(lambda: not strip.isVisible())
    hand.wait_for_picture(qtbot)
