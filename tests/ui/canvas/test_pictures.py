"""Decoding off the window's thread, and painting the result at any zoom."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from studio.domain.shapes import Box
from studio.domain.viewport import Viewport
from studio.errors import ImageProblem
from studio.ui.canvas import picture
from studio.ui.canvas.layer_cache import LayerCache
from studio.ui.canvas.picture import Picture, PictureLoader, Source
from tests import making


@pytest.fixture
def loader(qapp):
    loader = PictureLoader()
    yield loader
    loader.close()


def ramp(width: int, height: int) -> np.ndarray:
    """A picture whose red is the column and whose green is the row, in eighths."""
    rows, columns = np.mgrid[:height, :width]
    return np.stack([columns // 8 % 256, rows // 8 % 256, 0 * rows], axis=2).astype(np.uint8)


def seen(picture: Picture, viewport: Viewport, *areas: QRectF) -> np.ndarray:
    """(H, W, 3) RGB of what is painted, area by area."""
    image = QImage(int(viewport.width), int(viewport.height), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    for area in areas or (QRectF(image.rect()),):
        with QPainter(image) as painter:
            painter.setClipRect(area)
            picture.paint(painter, viewport, area, 1.0)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8)
    return pixels.reshape(image.height(), image.width(), 4)[:, :, 2::-1].copy()


def test_at_its_own_size_every_pixel_is_the_images(qapp) -> None:
    rgb = ramp(640, 480)
    shown = seen(Picture(rgb, 640, 480), Viewport(300, 200, 640, 480, 1.0, -100.0, -50.0))
    assert np.array_equal(shown, rgb[50:250, 100:400])


def test_magnified_pixels_are_sharp_squares(qapp) -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    shown = seen(Picture(rgb, 40, 30), Viewport(160, 120, 40, 30, 4.0))
    assert np.array_equal(shown, np.kron(rgb, np.ones((4, 4, 1), dtype=np.uint8)))


def test_a_coarse_level_lies_where_the_fine_one_does(qapp) -> None:
    shown = seen(Picture(ramp(4001, 3001), 4001, 3001), Viewport(500, 380, 4001, 3001, 0.125))
    rows, columns = np.mgrid[:375, :500]
    assert np.abs(shown[:375, :500, 0].astype(int) - columns % 256)[:, :500].max() <= 1
    assert np.abs(shown[:375, :500, 1].astype(int) - rows % 256).max() <= 1
    assert not shown[376:].any()


def test_strips_drawn_one_after_the_other_meet_without_a_seam(qapp) -> None:
    picture = Picture(ramp(1200, 900), 1200, 900)
    viewport = Viewport(400, 300, 1200, 900, 0.37, -20.0, -11.0)
    strips = [QRectF(0, 0, 133, 300), QRectF(133, 0, 267, 101), QRectF(133, 101, 267, 199)]
    difference = seen(picture, viewport).astype(int) - seen(picture, viewport, *strips)
    assert np.abs(difference).max() <= 1


def test_a_large_picture_comes_reduced_first(loader, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "größe 图.jpg"
    path.write_bytes(cv2.imencode(".jpg", ramp(2400, 1800))[1].tobytes())
    came: list[Picture] = []
    loader.arrived.connect(lambda _, picture: came.append(picture))
    loader.show(Source(path), (2400, 1800))
    qtbot.waitUntil(lambda: bool(came) and came[-1].whole, timeout=20_000)
    assert {(picture.width, picture.height) for picture in came} == {(2400, 1800)}
    assert [picture.whole for picture in came] == [False, True]


def test_what_is_stored_of_a_large_picture_is_seen_before_anything_is_decoded(
    loader, tmp_path: Path, qtbot
) -> None:
    path = tmp_path / "large.jpg"
    path.write_bytes(cv2.imencode(".jpg", ramp(4800, 3600))[1].tobytes())
    small = ramp(320, 240)
    asked: list[Source] = []

    def stored(source: Source) -> np.ndarray:
        asked.append(source)
        return small

    loader.stored = stored
    came: list[Picture] = []
    loader.arrived.connect(lambda _, picture: came.append(picture))
    loader.show(Source(path), (4800, 3600))
    qtbot.waitUntil(lambda: bool(came) and came[-1].whole, timeout=20_000)
    assert {(picture.width, picture.height) for picture in came} == {(4800, 3600)}
    sizes = [picture.size_bytes for picture in came]
    assert len(sizes) == 3 and sizes == sorted(sizes)
    loader.show(Source(path), (4800, 3600))  # again, as after levels were changed
    assert [picture.whole for picture in came] == [False, False, True, True]
    assert asked == [Source(path)]


def test_what_is_stored_comes_too_late_once_more_has_been_seen(
    loader, tmp_path: Path, qtbot
) -> None:
    path = tmp_path / "large.jpg"
    path.write_bytes(cv2.imencode(".jpg", ramp(2400, 1800))[1].tobytes())
    is_seen, is_told = threading.Event(), threading.Event()

    def stored(source: Source) -> np.ndarray:
        is_seen.wait(20)
        is_told.set()
        return ramp(320, 240)

    loader.stored = stored
    came: list[bool] = []
    loader.arrived.connect(lambda _, picture: (came.append(picture.whole), is_seen.set()))
    loader.show(Source(path), (2400, 1800))
    qtbot.waitUntil(lambda: loader.has(Source(path)) and is_told.is_set(), timeout=20_000)
    qtbot.wait(50)
    assert came == [False, True]


def test_a_large_picture_that_cannot_be_read_reduced_comes_once(
    loader, tmp_path: Path, qtbot
) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(cv2.imencode(".png", ramp(2400, 1800)[..., ::-1])[1].tobytes())
    came: list[Picture] = []
    loader.arrived.connect(lambda _, picture: came.append(picture))
    loader.show(Source(path), (2400, 1800))
    qtbot.waitUntil(lambda: loader.has(Source(path)), timeout=20_000)
    assert [picture.whole for picture in came] == [True]


def test_images_passed_over_in_haste_are_not_decoded_whole(loader, tmp_path: Path, qtbot) -> None:
    sources = []
    for number in range(4):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(cv2.imencode(".jpg", ramp(2400, 1800))[1].tobytes())
        sources.append(Source(path))
    for source in sources:
        loader.show(source, (2400, 1800))
    qtbot.waitUntil(lambda: loader.has(sources[-1]), timeout=20_000)
    assert not any(loader.has(source) for source in sources[:-1])


def test_a_neighbour_that_is_being_decoded_is_seen_coarsely_at_once(
    loader, tmp_path: Path, qtbot
) -> None:
    paths = [tmp_path / f"{number}.jpg" for number in range(2)]
    for path in paths:
        path.write_bytes(cv2.imencode(".jpg", ramp(4800, 3600))[1].tobytes())
    first, second = map(Source, paths)
    loader.show(first, (4800, 3600), [second])
    qtbot.waitUntil(lambda: loader.has(first), timeout=20_000)
    came: list[bool] = []
    loader.arrived.connect(lambda source, picture: came.append(picture.whole))
    loader.show(second, (4800, 3600))
    qtbot.waitUntil(lambda: loader.has(second), timeout=20_000)
    assert came in ([False, True], [True]) and came.count(True) == 1


def test_a_large_neighbour_is_decoded_once_and_holds_no_other_image_up(
    loader, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    near, large, next_one = (
        Source(making.picture(tmp_path / f"{n}.png", seed=n)) for n in range(3)
    )
    go_on, began = threading.Event(), threading.Semaphore(0)

    def slowly(decode):
        def decoded(source: Source) -> Picture:
            if source == large:
                began.release()
                go_on.wait(20)
            return decode(source)

        return decoded

    for name in ("decode_whole", "decode_reduced"):
        monkeypatch.setattr(picture, name, slowly(getattr(picture, name)))
    loader.show(near, (64, 48), [large])
    qtbot.waitUntil(lambda: began.acquire(blocking=False), timeout=20_000)
    loader.show(large, (14_000, 10_000))
    loader.show(next_one, (64, 48))
    qtbot.waitUntil(lambda: loader.has(next_one), timeout=5_000)
    go_on.set()
    qtbot.waitUntil(lambda: loader.has(large), timeout=20_000)
    assert not began.acquire(blocking=False)


def test_neighbours_are_at_hand_when_their_turn_comes(loader, tmp_path: Path, qtbot) -> None:
    sources = [Source(making.picture(tmp_path / f"{i}.png", seed=i)) for i in range(3)]
    with qtbot.waitSignal(loader.arrived, timeout=20_000):
        loader.show(sources[0], (64, 48), sources[1:])
    qtbot.waitUntil(lambda: loader.has(sources[1]) and loader.has(sources[2]), timeout=20_000)
    came: list[Source] = []
    loader.arrived.connect(lambda source, _: came.append(source))
    loader.show(sources[1], (64, 48))
    assert came == [sources[1]]


def test_a_broken_file_is_a_sentence(loader, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    with qtbot.waitSignal(loader.arrived, timeout=20_000) as told:
        loader.show(Source(path))
    assert isinstance(told.args[1], ImageProblem)
    assert "broken.png" in str(told.args[1])


def test_panning_draws_only_the_strips_that_came_into_view(qapp) -> None:
    cache = LayerCache()
    viewport = Viewport(200, 100, 1000, 800)
    assert not cache.follow(viewport, 1.0)
    assert sum(rect.width() * rect.height() for rect in cache.take_stale()) == 200 * 100
    assert cache.follow(viewport.panned(-10, 0), 1.0)
    [strip] = cache.take_stale()
    assert (strip.x(), strip.width(), strip.height()) == (190, 10, 100)
    assert not cache.follow(viewport.zoomed(2, (50, 50)), 1.0)


def test_a_crop_is_what_the_box_shows(qapp) -> None:
    rgb = ramp(640, 480)
    crop = Picture(rgb, 640, 480).crop(Box(-5, 10.5, 100.2, 50), 10**6)
    assert crop is not None
    assert (crop.x, crop.y, crop.side) == (0, 10, 1)
    assert np.array_equal(crop.rgb, rgb[10:50, :101])
    assert Picture(rgb, 640, 480).crop(Box(700, 10, 800, 50), 10**6) is None


def test_a_crop_takes_no_more_pixels_than_it_may(qapp) -> None:
    picture = Picture(ramp(4001, 3001), 4001, 3001)
    crop = picture.crop(Box(1000, 1000, 3000, 2000), 150_000)
    assert crop is not None
    assert crop.side == 4
    assert crop.rgb.shape == (250, 500, 3)
    assert crop.pixel_at((1002, 1001)) == (0, 0)
    rows, columns = np.mgrid[1000:2000:4, 1000:3000:4]
    assert np.abs(crop.rgb[..., 0].astype(int) - columns // 8 % 256).max() <= 1
    assert np.abs(crop.rgb[..., 1].astype(int) - rows // 8 % 256).max() <= 1
    far = picture.crop(Box(0, 0, 4001, 3001), 10**9, scale=0.25)
    assert far is not None
    assert far.side == 4


def test_a_crop_of_a_reduced_picture_counts_in_image_pixels(qapp) -> None:
    crop = Picture(ramp(1000, 750), 4000, 3000).crop(Box(400, 800, 1200, 1600), 10**6)
    assert crop is not None
    assert (crop.x, crop.y, crop.side) == (400, 800, 4)
    assert crop.rgb.shape == (200, 200, 3)
    assert (crop.width, crop.height) == (4000, 3000)
