"""A large image is seen as its thumbnail before it is decoded, and worked on only afterwards."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.ui import theme
from studio.ui.canvas import picture
from studio.ui.canvas.picture import Picture, Source
from studio.ui.document import Document
from studio.ui.thumbnails.loader import ThumbnailLoader
from tests import making
from tests.ui.label.hand import Hand

WIDTH, HEIGHT = 2400, 1800


@pytest.fixture
def document(tmp_path: Path, qapp) -> Iterator[Document]:
    theme.apply(qapp, "light")
    document = Document(making.project(tmp_path, images=5, width=WIDTH, height=HEIGHT))
    yield document
    ThumbnailLoader.of(document).close()
    document.close()


def test_the_thumbnail_is_shown_and_no_tool_takes_it_for_the_picture(
    document: Document, hand: Hand, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    thumbnails, last = ThumbnailLoader.of(document), document.reader.image_ids()[-1]
    path = document.reader.path_of(document.reader.image(last))
    qtbot.waitUntil(lambda: thumbnails.stored(path, None) is not None, timeout=20_000)
    may_decode, decode = threading.Event(), picture.decode_whole

    def decoded_late(source: Source) -> Picture:
        may_decode.wait(20)
        return decode(source)

    monkeypatch.setattr(picture, "decode_reduced", decoded_late)
    monkeypatch.setattr(picture, "decode_whole", decoded_late)
    hints: list[str] = []
    hand.canvas.hint_changed.connect(hints.append)
    hand.canvas.use("wand")
    document.show_image(last)
    showing = hand.canvas.showing
    qtbot.waitUntil(lambda: showing.picture is not None, timeout=20_000)
    assert showing.picture is not None and showing.picture.is_thumbnail
    assert (showing.picture.width, showing.picture.height) == (WIDTH, HEIGHT)
    assert showing.decoded is None and not showing.shows_whole
    hand.click((1200, 900))
    assert hints[-1] == "The picture is still being read"
    may_decode.set()
    hand.wait_for_picture(qtbot)
    hand.click((1200, 900))
    qtbot.waitUntil(lambda: len(hand.shapes()) == 1, timeout=20_000)


def test_of_a_picture_that_takes_long_to_come_it_is_said_that_it_is_being_read(
    document: Document, hand: Hand, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_decode, decode = threading.Event(), picture.decode_whole

    def decoded_late(source: Source) -> Picture:
        may_decode.wait(20)
        return decode(source)

    monkeypatch.setattr(picture, "decode_reduced", decoded_late)
    monkeypatch.setattr(picture, "decode_whole", decoded_late)
    hand.canvas.showing.look_up(lambda *_: None)  # no thumbnail has been made of it
    document.show_image(document.reader.image_ids()[-1])
    blank = hand.canvas.grab().toImage()
    assert not hand.canvas.showing.is_late
    with qtbot.waitSignal(hand.canvas.showing.late):
        pass
    assert hand.canvas.grab().toImage() != blank
    may_decode.set()
    hand.wait_for_picture(qtbot)
    assert not hand.canvas.showing.is_late
