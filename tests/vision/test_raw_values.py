"""What is counted of a deep image's raw values."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import tifffile

from studio.vision import images
from studio.vision.depth import GreyMapping
from studio.vision.raw_values import BINS, histogram


def written(path: Path, pixels: np.ndarray) -> Path:
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    return path


def test_every_value_is_counted_between_the_least_and_the_greatest(tmp_path: Path) -> None:
    pixels = np.full((40, 60), 1000, dtype=np.uint16)
    pixels[:10] = 5000
    found = histogram(written(tmp_path / "deep.png", pixels))
    assert found is not None
    assert (found.low, found.high, len(found.counts)) == (1000, 5000, BINS)
    assert (found.counts[0], found.counts[-1], sum(found.counts)) == (1800, 600, 2400)


def test_one_value_has_an_axis_too(tmp_path: Path) -> None:
    found = histogram(written(tmp_path / "flat.png", np.full((8, 8), 77, dtype=np.uint16)))
    assert found is not None
    assert found.low == 77 and found.high > found.low and sum(found.counts) == 64


def test_what_is_no_number_is_not_counted(tmp_path: Path) -> None:
    pixels = np.array([[np.nan, 0.25], [np.inf, 0.75]], dtype=np.float32)
    tifffile.imwrite(tmp_path / "some.tif", pixels)
    found = histogram(tmp_path / "some.tif")
    assert found is not None
    assert (found.low, found.high, sum(found.counts)) == (0.25, 0.75, 2)
    tifffile.imwrite(tmp_path / "none.tif", np.full((4, 4), np.nan, dtype=np.float32))
    assert histogram(tmp_path / "none.tif") is None


def test_a_reader_hears_how_raw_values_were_mapped(tmp_path: Path) -> None:
    deep = written(tmp_path / "deep.png", np.full((4, 4), 300, dtype=np.uint16))
    plain = written(tmp_path / "plain.png", np.full((4, 4), 30, dtype=np.uint8))
    wanted = GreyMapping(100, 500)
    rgb, used = images.read_mapped(deep, wanted)
    assert used == wanted and np.array_equal(rgb, images.read(deep, wanted))
    assert images.read_mapped(deep)[1] == GreyMapping(0, 65_535)
    assert images.read_mapped(plain, wanted)[1] is None
