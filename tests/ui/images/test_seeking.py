"""Searching a large project: the window stays free, and the newest search is what one sees."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.domain import query
from studio.domain.facts import ImagesFound
from studio.domain.project import Image
from studio.editing import actions as verbs
from studio.storage import image_paths
from studio.storage.search import Order
from studio.ui import document as documents
from studio.ui.document import Document
from studio.ui.images import model
from studio.ui.images.workspace import ImagesWorkspace
from studio.ui.label.film_strip import FilmStrip
from studio.ui.thumbnails.loader import ThumbnailLoader
from tests.ui.images.test_workspace import choose, names

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
SLOW = "/slow|00[12]/"


class Slow:
    """An expression that takes a tenth of a second for each text."""

    def __init__(self, compiled: re.Pattern[str]) -> None:
        self._compiled = compiled

    def search(self, text: str) -> re.Match[str] | None:
        time.sleep(0.1)
        return self._compiled.search(text)


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every project counts as large, and one expression is slow."""

    def expression(regex: str) -> re.Pattern[str] | Slow:
        compiled = query.expression(regex)
        return Slow(compiled) if "slow" in regex else compiled

    monkeypatch.setattr(image_paths, "expression", expression)
    monkeypatch.setattr(model, "LARGE", 0)


@pytest.fixture
def settled(workspace: ImagesWorkspace, qtbot) -> ImagesWorkspace:
    qtbot.waitUntil(lambda: len(names(workspace)) == 6)
    assert workspace.grid.isVisible()
    return workspace


def test_a_new_project_view_comes_to_the_image_that_was_shown(
    document: Document, settled: ImagesWorkspace
) -> None:
    assert "6" in settled.filters.count.text()


def test_a_slow_search_is_told_of_and_the_list_of_before_stays_meanwhile(
    settled: ImagesWorkspace, qtbot
) -> None:
    choose(settled, 2)
    chosen = settled.selected_ids()
    before = time.monotonic()
    settled.look_for(SLOW)
    assert time.monotonic() - before < 0.4, "the search itself takes 0.6 s"
    assert len(names(settled)) == 6
    qtbot.waitUntil(lambda: settled.filters.count.text() == "Searching…")
    assert settled.selected_ids() == chosen
    qtbot.waitUntil(lambda: names(settled) == ["001.png", "002.png"])
    assert settled.filters.count.text() != "Searching…"
    assert settled.selected_ids() == chosen


def test_the_newest_search_wins(settled: ImagesWorkspace, qtbot) -> None:
    seen: list[list[str]] = []
    settled.model.settled.connect(lambda: seen.append(names(settled)))
    settled.look_for(SLOW)
    qtbot.waitUntil(lambda: settled.filters.count.text() == "Searching…")
    settled.look_for("004")
    settled.look_for("003")
    qtbot.waitUntil(lambda: not settled.model.searching)
    QTest.qWait(50)
    assert seen == [["003.png"]]
    settled.look_for("no such")
    qtbot.waitUntil(lambda: names(settled) == [])
    assert not settled.grid.isVisible()


def test_an_order_is_found_too_and_the_selection_stays(
    settled: ImagesWorkspace, document: Document, qtbot
) -> None:
    choose(settled, 0, 1)
    chosen = settled.selected_ids()
    settled.filters.sort_by(Order.NAME, True)
    qtbot.waitUntil(lambda: names(settled)[0] == "005.png")
    assert sorted(settled.selected_ids()) == sorted(chosen)


def test_removed_images_go_and_come_back(
    settled: ImagesWorkspace, document: Document, qtbot
) -> None:
    choose(settled, 1, 4)
    QTest.keyClick(settled.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(names(settled)) == 4)
    document.undo()
    qtbot.waitUntil(lambda: len(names(settled)) == 6)


def test_a_list_that_is_searched_slowly_grows_while_a_folder_is_scanned(
    settled: ImagesWorkspace, document: Document, qtbot
) -> None:
    settled.look_for("/slow|png/")
    root = document.reader.roots()[0].id
    grown: list[int] = []
    settled.model.settled.connect(lambda: grown.append(len(names(settled))))
    for number in range(8):
        [image_id] = document.reserve_ids("image")
        document.record(ImagesFound((Image(image_id, root, f"new/{number}.png"),)))
        QTest.qWait(200)
    assert grown, "no batch breaks off the search for the one before"
    qtbot.waitUntil(lambda: len(names(settled)) == 14)


def test_a_project_is_closed_in_the_midst_of_a_search(
    settled: ImagesWorkspace, document: Document
) -> None:
    settled.look_for(SLOW)
    QTest.qWait(50)
    document.close()
    assert len(names(settled)) == 6


@pytest.fixture
def film(document: Document, qtbot) -> Iterator[FilmStrip]:
    film = FilmStrip(document, ThumbnailLoader.of(document))
    qtbot.addWidget(film)
    yield film


def test_the_film_strip_has_its_images_at_once_and_follows(
    film: FilmStrip, document: Document, qtbot
) -> None:
    ids = document.reader.image_ids()
    document.show_image(ids[2])
    assert film.position() == (3, 6)
    document.apply(verbs.remove_images([document.reader.status(ids[0])]))
    qtbot.waitUntil(lambda: film.position() == (2, 5))
    document.undo()
    qtbot.waitUntil(lambda: film.position() == (1, 6))  # undo goes to what came back
    assert film.currentIndex().row() == 0


def test_what_a_verb_on_many_images_says_stays_when_it_has_been_written(
    settled: ImagesWorkspace, document: Document, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The verb itself moves the selection, or has the images looked for anew."""
    monkeypatch.setattr(documents, "LARGE_EDIT_ROWS", 1)
    settled.look_for("-state:done")
    qtbot.waitUntil(lambda: not settled.model.searching)
    choose(settled, 0, 3)
    for key, modifier, images, said in (
        (Qt.Key.Key_Return, CONTROL, 4, "2 images marked as done."),
        (Qt.Key.Key_Delete, NONE, 0, "4 images removed from the project; the files stay."),
    ):
        QTest.keyClick(settled.grid, key, modifier)
        qtbot.waitUntil(lambda images=images: len(names(settled)) == images)
        assert settled.bar.said().replace("(s)", "s") == said
        settled.grid.selectAll()
    document.undo()
    qtbot.waitUntil(lambda: len(names(settled)) == 4)
    assert settled.bar.said() == ""


def test_what_was_said_of_a_verb_goes_with_the_next_selection_and_the_next_search(
    settled: ImagesWorkspace, qtbot
) -> None:
    for following in (lambda: choose(settled, 4), lambda: settled.look_for("00")):
        choose(settled, 0, 1)
        QTest.keyClick(settled.grid, Qt.Key.Key_Return, CONTROL)
        assert settled.bar.said()
        following()
        assert settled.bar.said() == ""
