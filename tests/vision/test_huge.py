"""Images read by their tiles show what they show when they are read whole."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from studio.errors import ImageProblem
from studio.vision import huge, images
from studio.vision.huge import HugeImage
from studio.vision.images import GreyMapping
from studio.vision.levels import Tile
from studio.vision.pyramid import Pyramid

RGB = NDArray[np.uint8]
WIDTH, HEIGHT = 2300, 1400


@pytest.fixture(scope="module")
def scene() -> RGB:
    """Smooth colours with some grain, so that a tile out of place shows."""
    chance = np.random.default_rng(3)
    coarse = chance.integers(0, 256, (7, 9, 3), dtype=np.uint8)
    smooth = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    grain = chance.integers(0, 24, smooth.shape, dtype=np.uint8)
    return np.asarray(cv2.add(smooth, grain), dtype=np.uint8)


@pytest.fixture(autouse=True)
def small_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is huge, and an overview has 1150 x 700 pixels."""
    monkeypatch.setattr(images, "HUGE_FROM_PIXELS", 0)
    monkeypatch.setattr(huge, "OVERVIEW_BYTES", 3 * 1150 * 700)
    monkeypatch.setattr(huge, "BLOCK_PIXELS", 2**17)


def opened(path: Path, mapping: GreyMapping | None = None) -> HugeImage:
    found = images.open_huge(path, mapping)
    assert found is not None
    return found


def whole(image: HugeImage, level: int = 0) -> RGB:
    """A level with all of its tiles."""
    window = (0, 0, *image.level_size(level))
    for tile in image.missing(level, *window):
        image.load(tile)
    return image.region(level, *window)


def assert_same(path: Path, mapping: GreyMapping | None = None) -> None:
    expected = images.read(path, mapping)
    image = opened(path, mapping)
    assert (image.width, image.height) == (expected.shape[1], expected.shape[0])
    list(image.fill())
    assert image.is_filled
    assert np.array_equal(whole(image), expected)
    pyramid = Pyramid(expected)
    for level in range(1, image.level_count):
        size = image.level_size(level)
        assert size == pyramid.level_size(level)
        assert np.array_equal(whole(image, level), pyramid.region(level, 0, 0, *size))


@pytest.mark.parametrize(
    "layout",
    [
        {},
        {"tile": (256, 256)},
        {"tile": (96, 160)},
        {"rowsperstrip": 1400},
        {"tile": (256, 256), "compression": "zlib"},
        {"tile": (256, 256), "compression": "zlib", "predictor": True},
        {"rowsperstrip": 7, "compression": "zlib"},
        {"planarconfig": "separate", "tile": (256, 256)},
        {"planarconfig": "separate", "rowsperstrip": 64, "compression": "zlib"},
        {"tile": (256, 256), "bigtiff": True},
        {"tile": (256, 256), "byteorder": ">", "compression": "zlib"},
    ],
)
def test_layouts_of_eight_bits(tmp_path: Path, scene: RGB, layout: dict[str, Any]) -> None:
    stored = np.moveaxis(scene, -1, 0) if "planarconfig" in layout else scene
    tifffile.imwrite(tmp_path / "a.tif", stored, photometric="rgb", **layout)
    assert_same(tmp_path / "a.tif")


@pytest.mark.parametrize("compression", ["tiff_lzw", "packbits", "jpeg", "tiff_adobe_deflate"])
def test_what_pillow_compresses(tmp_path: Path, scene: RGB, compression: str) -> None:
    Image.fromarray(scene).save(tmp_path / "a.tif", compression=compression)
    assert_same(tmp_path / "a.tif")


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "RGBA"])
def test_colours(tmp_path: Path, scene: RGB, mode: str) -> None:
    image = Image.fromarray(scene)
    if mode == "RGBA":
        image.putalpha(Image.fromarray(np.maximum(scene[..., 0], 1)))
    else:
        image = image.convert(mode)
    image.save(tmp_path / "a.tif", compression="tiff_lzw")
    assert_same(tmp_path / "a.tif")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_images(tmp_path: Path, scene: RGB, orientation: int) -> None:
    tags = [(274, "H", 1, orientation, True)]
    tifffile.imwrite(tmp_path / "a.tif", scene, photometric="rgb", tile=(256, 256), extratags=tags)
    assert_same(tmp_path / "a.tif")


@pytest.mark.parametrize("layout", [{"tile": (256, 256)}, {"compression": "zlib"}])
@pytest.mark.parametrize("dtype", [np.uint16, np.float32])
def test_deep_images_follow_the_mapping(
    tmp_path: Path, scene: RGB, dtype: type[np.generic], layout: dict[str, Any]
) -> None:
    deep = (scene[..., 0].astype(np.float64) * 16).astype(dtype)
    tifffile.imwrite(tmp_path / "a.tif", deep, photometric="minisblack", **layout)
    assert_same(tmp_path / "a.tif", GreyMapping(0, 4080))
    assert_same(tmp_path / "a.tif")
    assert images.sample_mapping([tmp_path / "a.tif"]) is not None


def pyramidal(path: Path, scene: RGB, inside: bool) -> None:
    """A file with copies of half and quarter size, of odd colours so that they can be told."""
    half, quarter = np.full((700, 1150, 3), 50, np.uint8), np.full((350, 575, 3), 90, np.uint8)
    with tifffile.TiffWriter(path) as out:
        options: dict[str, Any] = {"photometric": "rgb", "tile": (128, 128)}
        out.write(scene, subifds=2 if inside else 0, **options)
        out.write(half, subfiletype=1, **options)
        out.write(quarter, subfiletype=1, **options)


@pytest.mark.parametrize("inside", [True, False])
def test_copies_in_the_file_are_its_levels(tmp_path: Path, scene: RGB, inside: bool) -> None:
    pyramidal(tmp_path / "a.tif", scene, inside)
    image = opened(tmp_path / "a.tif")
    list(image.fill())
    assert np.array_equal(whole(image, 0), scene)
    assert (whole(image, 1) == 50).all()
    assert image.overview.shape == (700, 1150, 3)
    reduced = images.read_reduced(tmp_path / "a.tif", 500)
    assert (reduced == 90).all(), "the quarter is enough"


def test_what_is_not_there_yet_comes_from_the_overview(tmp_path: Path, scene: RGB) -> None:
    tifffile.imwrite(tmp_path / "a.tif", scene, photometric="rgb", tile=(256, 256))
    image = opened(tmp_path / "a.tif")
    list(image.fill())
    coarse = image.region(0, 301, 203, 1501, 1003)
    blurred = np.repeat(np.repeat(image.overview, 2, 0), 2, 1)[203:1003, 301:1501]
    assert np.array_equal(coarse, blurred)
    tiles = image.missing(0, 301, 203, 1501, 1003)
    assert len(tiles) == 6
    assert tiles[0] == Tile(0, 1, 0) or tiles[0] == Tile(0, 1, 1), "the middle first"
    image.load(Tile(0, 1, 1))
    sharp = image.region(0, 301, 203, 1501, 1003)
    assert np.array_equal(sharp[512 - 203 :, 512 - 301 : 1024 - 301], scene[512:1003, 512:1024])
    assert np.array_equal(sharp[: 512 - 203], blurred[: 512 - 203])


def test_the_tiles_kept_are_bounded(
    tmp_path: Path, scene: RGB, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(huge, "TILES_BYTES", 4 * 3 * 512 * 512)
    tifffile.imwrite(tmp_path / "a.tif", scene, photometric="rgb", tile=(256, 256))
    image = opened(tmp_path / "a.tif")
    tiles = image.missing(0, 0, 0, WIDTH, HEIGHT)
    for tile in tiles:
        assert image.missing(0, *image.window(tile)) == [tile]
        image.load(tile)
    still = [tile for tile in tiles if tile not in image.missing(0, 0, 0, WIDTH, HEIGHT)]
    assert 4 <= len(still) < 9
    assert still[-1] == tiles[-1]


def test_everyone_reads_it_reduced(tmp_path: Path, scene: RGB) -> None:
    tifffile.imwrite(tmp_path / "a.tif", scene, photometric="rgb", tile=(256, 256))
    reduced = images.read_reduced(tmp_path / "a.tif", 400)
    assert reduced.shape == (243, 400, 3)
    expected = cv2.resize(scene, (400, 243), interpolation=cv2.INTER_AREA)
    assert np.abs(reduced.astype(int) - expected).mean() < 2


def test_a_damaged_tile_is_said_in_one_sentence(tmp_path: Path, scene: RGB) -> None:
    path = tmp_path / "a.tif"
    tifffile.imwrite(path, scene, photometric="rgb", tile=(256, 256), compression="zlib")
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    path.write_bytes(bytes(data))
    with pytest.raises(ImageProblem, match=r"a\.tif cannot be read"):
        images.read_reduced(path, 200)


def test_beyond_the_memory_only_what_has_parts_is_opened(
    tmp_path: Path, scene: RGB, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 10**6)
    monkeypatch.setattr("studio.vision.tiff_parts.SEGMENT_PIXELS", 2**18)
    tifffile.imwrite(tmp_path / "tiles.tif", scene, photometric="rgb", tile=(256, 256))
    assert images.probe(tmp_path / "tiles.tif").width == WIDTH
    with pytest.raises(ImageProblem, match="too large to be read as a whole"):
        images.read(tmp_path / "tiles.tif")
    packed: dict[str, Any] = {"photometric": "rgb", "rowsperstrip": HEIGHT, "compression": "zlib"}
    tifffile.imwrite(tmp_path / "strip.tif", scene, **packed)
    for kind in ("PNG", "JPEG", "BMP"):
        buffer = io.BytesIO()
        Image.fromarray(scene).save(buffer, kind)
        (tmp_path / f"{kind}.{kind.lower()}").write_bytes(buffer.getvalue())
    for path in sorted(set(tmp_path.iterdir()) - {tmp_path / "tiles.tif"}):
        for look in (images.probe, images.read, lambda path: images.read_reduced(path, 100)):
            with pytest.raises(ImageProblem, match="save it as a tiled TIFF"):
                look(path)
