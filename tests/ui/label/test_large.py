"""Labelling in a project so large that its images are listed on a thread."""

from __future__ import annotations

import pytest

from studio.editing import actions
from studio.ui.document import Document
from studio.ui.images import model
from tests.ui.label.hand import Hand


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "LARGE", 0)


def test_an_image_that_is_removed_is_left_and_undo_comes_back_to_it(
    document: Document, hand: Hand, qtbot
) -> None:
    ids = document.reader.image_ids()
    assert document.image_id == ids[0], "there is one to begin with"
    document.show_image(ids[1])
    document.apply(actions.remove_images([document.reader.status(ids[1])]))
    qtbot.waitUntil(lambda: document.image_id == ids[2])
    assert hand.workspace.film.position() == (2, 2)
    document.undo()
    assert document.image_id == ids[1]
    qtbot.waitUntil(lambda: hand.workspace.film.position() == (2, 3))
    assert document.image_id == ids[1], "it is not left while the list is behind"
