"""The note of the shown image: seen while one labels, written without leaving the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from studio.editing import actions
from studio.ui.document import Document
from studio.ui.images.note_dialog import NoteDialog
from studio.ui.label.image_note import ImageNote
from tests.ui.label.hand import SHIFT, Hand
from tests.ui.modal import Answer

LEFT = Qt.MouseButton.LeftButton


def strip(hand: Hand) -> ImageNote:
    [found] = hand.workspace.findChildren(ImageNote)
    return found


def shown(hand: Hand) -> list[str]:
    """What the strip says; nothing where there is none."""
    here = strip(hand)
    texts = (label.text() for label in here.findChildren(QLabel))
    return [text for text in texts if text] if here.isVisible() else []


def stored(hand: Hand) -> str:
    return hand.document.reader.status(hand.document.image_id).note


def answer(hand: Hand, text: str, button: QDialogButtonBox.StandardButton) -> Answer:
    def act(dialog: object) -> None:
        assert isinstance(dialog, NoteDialog)
        dialog.text.setPlainText(text)
        box = dialog.findChild(QDialogButtonBox)
        assert box is not None
        QTest.mouseClick(box.button(button), LEFT)

    return Answer(act, hand.window)


class Flashes(QObject):
    """The windows that come while it filters the events of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


SAVE, CANCEL = QDialogButtonBox.StandardButton.Save, QDialogButtonBox.StandardButton.Cancel


def test_a_note_is_seen_with_its_image_and_no_other(hand: Hand) -> None:
    first, second, _ = hand.document.reader.image_ids()
    assert shown(hand) == []
    status = hand.document.reader.status(first)
    hand.document.apply(actions.note_images([status], "blurred:\nask <b>Ann</b>"))
    assert shown(hand) == ["blurred: ask <b>Ann</b>"]
    [line] = (each for each in strip(hand).findChildren(QLabel) if each.text())
    assert "&lt;b&gt;" in line.toolTip(), "what was typed is no markup"
    hand.document.show_image(second)
    assert shown(hand) == []
    hand.document.show_image(first)
    assert shown(hand) == ["blurred: ask <b>Ann</b>"]


def test_it_is_written_by_key_and_changed_by_its_button_and_undone(hand: Hand) -> None:
    waiting = answer(hand, "ask Ann ", SAVE)
    hand.key(Qt.Key.Key_N, SHIFT)
    assert waiting.given and stored(hand) == "ask Ann" and shown(hand) == ["ask Ann"]
    waiting = answer(hand, "ask 王芳", SAVE)
    [button] = strip(hand).findChildren(QPushButton)
    QTest.mouseClick(button, LEFT)
    assert waiting.given and stored(hand) == "ask 王芳" and shown(hand) == ["ask 王芳"]
    hand.document.undo()
    assert stored(hand) == "ask Ann" and shown(hand) == ["ask Ann"]
    hand.document.undo()
    assert stored(hand) == "" and shown(hand) == []
    hand.document.redo()
    assert shown(hand) == ["ask Ann"]


def test_no_window_flashes_up_where_the_first_image_that_is_shown_has_a_note(
    document: Document, qapp: QApplication, qtbot: QtBot
) -> None:
    """Label may be opened after another workspace has given an image the focus."""
    first = document.reader.image_ids()[0]
    document.apply(actions.note_images([document.reader.status(first)], "ask Ann"))
    document.show_image(first)
    flashes = Flashes()
    qapp.installEventFilter(flashes)
    hand = Hand(document)
    qapp.removeEventFilter(flashes)
    hand.show(qtbot)
    assert flashes.seen == [] and shown(hand) == ["ask Ann"]
    hand.close()


@pytest.mark.parametrize(("text", "button"), [("nothing", CANCEL), ("", SAVE)])
def test_no_edit_is_made_where_nothing_changes(
    hand: Hand, text: str, button: QDialogButtonBox.StandardButton
) -> None:
    edits = len(hand.document.history())
    waiting = answer(hand, text, button)
    hand.key(Qt.Key.Key_N, SHIFT)
    assert waiting.given and stored(hand) == ""
    assert len(hand.document.history()) == edits
