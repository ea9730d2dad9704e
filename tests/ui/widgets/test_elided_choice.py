"""A choice whose field is narrower than what it offers."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from studio.ui.training.setup.editors import Choice
from studio.ui.widgets.elided_choice import ElidedChoice

LONG = "Faster R-CNN, MobileNet v3 large (download 74 MB)"


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_shows_whole_texts(qtbot: QtBot, count: int) -> None:
    choice = Choice()
    qtbot.addWidget(choice)
    choice.offer([(LONG, number) for number in range(count)])
    choice.setFixedWidth(100)
    choice.show()
    choice.showPopup()
    view = choice.view()
    qtbot.waitUntil(view.isVisible)
    assert view.viewport().width() >= view.sizeHintForColumn(0)
    choice.hidePopup()


def test_the_field_ends_in_dots_and_not_within_a_letter(qtbot: QtBot) -> None:
    def painted(text: str) -> QImage:
        choice = ElidedChoice()
        qtbot.addWidget(choice)
        choice.setFixedSize(160, 32)
        choice.addItem(text)
        return choice.grab().toImage()

    ends = [LONG[:length] + "…" for length in range(len(LONG))]
    assert painted(LONG) in map(painted, ends)


def test_it_says_what_there_is_none_of(qtbot: QtBot) -> None:
    choice = ElidedChoice()
    qtbot.addWidget(choice)
    choice.setFixedSize(160, 32)
    empty = choice.grab().toImage()
    choice.setPlaceholderText("No model yet")
    assert choice.grab().toImage() != empty
