"""A project goes on at the image where it was left, also when the program was killed."""

from __future__ import annotations

from PySide6.QtCore import Qt

from studio.settings import Settings
from studio.ui.document import Document
from studio.ui.label.last_image import LastImage
from tests.ui.label.hand import Hand


def reopened(hand: Hand, qtbot) -> Hand:
    hand.document.show_image(0)
    again = Hand(hand.document)
    again.show(qtbot)
    return again


def test_a_project_is_opened_where_it_was_left(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_D)
    second = hand.document.image_id
    hand.close()
    again = reopened(hand, qtbot)
    assert again.document.image_id == second
    again.close()


def test_resting_on_an_image_is_enough(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_D)
    third = hand.document.image_id
    qtbot.waitUntil(lambda: third in Settings.load().last_images.values())


def test_an_image_that_is_gone_is_not_gone_to(document: Document, qtbot) -> None:
    project = str(document.project.resolve())
    Settings.load().change(last_images={project: 987654})
    hand = Hand(document)
    hand.show(qtbot)
    assert document.image_id == document.reader.image_ids()[0]
    hand.close()


def test_only_the_newest_projects_are_remembered(document: Document, qapp) -> None:
    settings = Settings.load()
    settings.change(last_images={f"/old/{number}": 1 for number in range(20)})
    last = LastImage(document, settings, qapp)
    document.show_image(document.reader.image_ids()[1])
    last.keep()
    assert len(settings.last_images) == 12
    assert last.image_id == document.image_id
    last.deleteLater()
