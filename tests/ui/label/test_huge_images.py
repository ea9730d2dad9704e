"""Labelling an image that is read by its tiles: sharp where one looks, with every kind of tool."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile

from studio.domain.facts import ImagesFound, RootAdded
from studio.domain.project import Image, Root
from studio.domain.shapes import Box, Mask
from studio.editing.session import Session
from studio.storage.folder import path_for_root
from studio.ui import theme
from studio.ui.canvas import tile_reader
from studio.ui.document import Document
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.vision import huge, images, masks, sheet
from studio.vision.images import GreyMapping
from tests import making
from tests.ui.label.hand import Hand

WIDTH, HEIGHT = 2300, 1400


@pytest.fixture
def scene() -> np.ndarray:
    coarse = np.random.default_rng(5).integers(0, 256, (35, 60, 3), dtype=np.uint8)
    return cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_NEAREST)


@pytest.fixture
def hand(
    tmp_path: Path, scene: np.ndarray, qapp, qtbot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hand]:
    monkeypatch.setattr(images, "HUGE_FROM_PIXELS", 10**6)
    monkeypatch.setattr(images, "MAX_PIXELS", 10**6)
    monkeypatch.setattr(huge, "OVERVIEW_BYTES", 3 * 600 * 400)
    monkeypatch.setattr(sheet, "WHOLE_PIXELS", 0)
    theme.apply(qapp, "light")
    tifffile.imwrite(tmp_path / "huge.tif", scene, photometric="rgb", tile=(256, 256))
    session = Session.create(tmp_path / "project")
    root = Root(1, path_for_root(session.project, tmp_path))
    session.record(RootAdded(root), ImagesFound((Image(1, 1, "huge.tif", WIDTH, HEIGHT),)))
    making.labels(session, "bolt")
    document = Document(session)
    hand = Hand(document)
    hand.show(qtbot)
    yield hand
    hand.close()
    ThumbnailLoader.of(document).close()
    document.close()


def wait_until_sharp(hand: Hand, qtbot) -> None:
    picture = hand.canvas.showing.picture
    assert picture is not None and picture.tiles is not None
    tiles = picture.tiles
    qtbot.waitUntil(lambda: tiles.is_filled)
    hand.canvas.repaint()
    qtbot.waitUntil(lambda: not picture.missing(hand.canvas.viewport, 1.0))
    qtbot.wait(50)


def seen(hand: Hand, point: tuple[float, float]) -> list[int]:
    color = hand.canvas.grab().toImage().pixelColor(hand.spot(point))
    return [color.red(), color.green(), color.blue()]


def test_it_is_sharp_where_one_looks(hand: Hand, scene: np.ndarray, qtbot) -> None:
    hand.canvas.looking.minimap.hide()
    wait_until_sharp(hand, qtbot)
    for x, y in ((100, 100), (1200, 700), (2200, 1300)):
        assert np.abs(np.subtract(seen(hand, (x, y)), scene[y, x])).max() < 60, "the whole of it"
    for x, y in ((300, 200), (1180, 720), (2100, 1250)):
        hand.canvas.view.set(
            hand.canvas.viewport.close_up(Box(x - 20, y - 20, x + 20, y + 20), 0.3)
        )
        wait_until_sharp(hand, qtbot)
        point = (x + 0.5, y + 0.5)
        assert seen(hand, point) == scene[y, x].tolist()


def test_boxes_and_masks_are_drawn_on_it(hand: Hand, qtbot) -> None:
    wait_until_sharp(hand, qtbot)
    hand.canvas.use("box")
    hand.drag((1500, 300), (1700, 500), (2000, 800))
    box = hand.shape().geometry
    assert isinstance(box, Box)
    assert box.x1 - box.x0 == pytest.approx(500, abs=6)
    hand.document.undo()
    hand.canvas.use("brush")
    hand.canvas.brush_size.set(120)
    way = [hand.exact(point) for point in ((400, 300), (900, 500), (900, 900))]
    hand.drag(*way)
    painted = hand.shape().geometry
    assert isinstance(painted, Mask)
    expected = np.zeros((HEIGHT, WIDTH), np.uint8)
    for start, end in zip((way[0], *way), way, strict=False):
        sheet.sweep(expected, start, end, 120, 1)
    assert np.array_equal(masks.rasterise(painted, WIDTH, HEIGHT), expected.view(bool))
    hand.canvas.use("eraser")
    hand.drag((900, 900))
    erased = hand.shape().geometry
    assert isinstance(erased, Mask)
    assert len(hand.shapes()) == 1
    assert not masks.rasterise(erased, WIDTH, HEIGHT)[895:905, 895:905].any()


def test_a_mask_that_would_not_fit_into_the_memory_is_refused(
    hand: Hand, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "MOST_PIXELS", 2_000_000)
    monkeypatch.setattr(sheet, "GROWN_BY_PX", 10)
    said: list[str] = []
    hand.canvas.hint_changed.connect(said.append)
    wait_until_sharp(hand, qtbot)
    hand.canvas.use("brush")
    hand.drag((50, 50), (300, 50), (2250, 1350))
    assert any("would not fit into the memory" in each for each in said)
    painted = hand.shape().geometry
    assert isinstance(painted, Mask)
    assert painted.width < 400, "what was painted before is kept"


def test_how_far_it_has_been_read_is_said_and_then_the_hint(
    hand: Hand, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tile_reader, "BETWEEN_S", 0.0)
    monkeypatch.setattr(huge, "BLOCK_PIXELS", 2**16)
    wait_until_sharp(hand, qtbot)
    said: list[str] = []
    hand.canvas.hint_changed.connect(said.append)
    hand.canvas.looking.set_levels(GreyMapping(0, 200))  # has it read again
    qtbot.waitUntil(lambda: any("Reading this large picture" in each for each in said))
    wait_until_sharp(hand, qtbot)
    assert said[-1] == hand.canvas.hint != ""
