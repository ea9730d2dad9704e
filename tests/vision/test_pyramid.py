from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.errors import ImageProblem
from studio.vision import pyramid
from studio.vision.pyramid import TILE_PX, Pyramid
from tests.making import picture


def gradient(width: int, height: int) -> np.ndarray:
    x, y = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return np.dstack([x, y, 255 - x]).astype(np.uint8)


@pytest.mark.parametrize(("width", "height"), [(10, 7), (512, 512), (1301, 1027), (3000, 40)])
def test_tiles_of_each_level_cover_the_image_once(width: int, height: int) -> None:
    rgb = gradient(width, height)
    tiled = Pyramid(rgb)
    for level in range(tiled.level_count):
        level_width, level_height = tiled.level_size(level)
        assembled = np.zeros((level_height, level_width, 3), np.uint8)
        hits = np.zeros((level_height, level_width), int)
        for tile in tiled.tiles(level, 0, 0, width, height):
            pixels = tiled.pixels(tile)
            assert pixels.flags.c_contiguous
            assert max(pixels.shape[:2]) <= TILE_PX
            x, y, w, h = tiled.placement(tile)
            assert (w, h) == (pixels.shape[1] * 2**level, pixels.shape[0] * 2**level)
            left, top = int(x / 2**level), int(y / 2**level)
            area = np.s_[top : top + pixels.shape[0], left : left + pixels.shape[1]]
            assembled[area] = pixels
            hits[area] += 1
        assert (hits == 1).all()
        # Level pixel j shows image pixels [j, j + 1) * 2**level.
        scale = 2**level
        padded = np.pad(
            rgb, ((0, -height % scale), (0, -width % scale), (0, 0)), mode="edge"
        ).astype(float)
        blocks = padded.reshape(level_height, scale, level_width, scale, 3).mean(axis=(1, 3))
        assert np.abs(assembled - blocks).mean() < 1.5


def test_the_last_level_is_a_single_tile() -> None:
    tiled = Pyramid(gradient(2100, 700))
    assert max(tiled.level_size(tiled.level_count - 1)) <= TILE_PX
    assert len(list(tiled.tiles(tiled.level_count - 1, 0, 0, 2100, 700))) == 1


def test_only_the_tiles_in_view_are_named() -> None:
    tiled = Pyramid(gradient(1600, 1600))
    shown = [(tile.column, tile.row) for tile in tiled.tiles(0, 500, 600, 530, 700)]
    assert shown == [(0, 1), (1, 1)]
    assert not list(tiled.tiles(0, 2100, 0, 2200, 100))
    assert not list(tiled.tiles(0, -100, -100, 0, 0))


def test_the_level_is_never_coarser_than_the_screen() -> None:
    tiled = Pyramid(gradient(4096, 64))
    assert [tiled.level_for(scale) for scale in (8, 1, 0.9, 0.5, 0.3, 0.25, 0.01)] == [
        0, 0, 0, 1, 1, 2, 3,
    ]  # fmt: skip


def test_a_large_level_lies_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyramid, "IN_MEMORY_BYTES", 1000)
    rgb = gradient(700, 600)
    tiled = Pyramid(rgb)
    [tile, *_] = tiled.tiles(0, 0, 0, 1, 1)
    assert np.array_equal(tiled.pixels(tile), rgb[:TILE_PX, :TILE_PX])


def test_opening_a_file(tmp_path: Path) -> None:
    tiled = Pyramid.open(picture(tmp_path / "a.png", 90, 60))
    assert (tiled.width, tiled.height) == (90, 60)
    (tmp_path / "b.png").write_bytes(b"no")
    with pytest.raises(ImageProblem):
        Pyramid.open(tmp_path / "b.png")
