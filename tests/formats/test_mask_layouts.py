"""Where masks and their images lie, and what the values of a whole set mean."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from studio.domain.imports import ImportBatch
from studio.errors import FormatError
from studio.formats.contract import ImportOptions
from tests.formats.whole import mask_png
from tests.making import picture


def mask(path: Path, *values: int) -> Path:
    """A 64 x 48 mask of 0 with a column of each of ``values``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.zeros((48, 64), np.uint8)
    for column, value in enumerate(values):
        pixels[column % 48, column // 48 :: 8] = value
    assert cv2.imwrite(str(path), pixels)
    return path


def read(source: Path) -> ImportBatch:
    return mask_png.read(source, ImportOptions())


def told(batch: ImportBatch) -> dict[str, list[str]]:
    return {
        image.path.name: [("-" if shape.ignore else "") + shape.label for shape in image.shapes]
        for image in batch.images
    }


@pytest.mark.parametrize(
    ("image", "others"),
    [
        ("images/img_001.png", ["masks/mask_001.png"]),
        ("a.png", ["a_mask.png"]),
        (
            "leftImg8bit/val/aachen/aachen_1_leftImg8bit.png",
            [f"gtFine/val/aachen/aachen_1_gtFine_{kind}.png" for kind in ("labelIds", "color")],
        ),
        ("JPEGImages/a.png", ["SegmentationClass/a.png", "SegmentationObject/a.png"]),
    ],
)
def test_layouts(tmp_path: Path, image: str, others: Iterable[str]) -> None:
    picture(tmp_path / image)
    for number, name in enumerate(others):
        mask(tmp_path / name, 1 + number)
    batch = read(tmp_path)
    assert told(batch) == {Path(image).name: ["1"]}
    assert not batch.problems


def test_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture(tmp_path / "cells" / "id1" / "images" / "id1.png")
    mask(tmp_path / "cells" / "id1" / "masks" / "x.png", 255)
    monkeypatch.chdir(tmp_path / "cells")
    batch = read(Path())
    assert batch.labels == ("cells",)
    assert batch.images[0].path.is_absolute()


@pytest.mark.parametrize("count", [0, 2])
def test_an_instance_folder_without_its_one_image_is_said(tmp_path: Path, count: int) -> None:
    for folder in ("id1", "id2"):
        mask(tmp_path / folder / "masks" / "x.png", 255)
        (tmp_path / folder / "images").mkdir()
    picture(tmp_path / "id1" / "images" / "id1.png")
    for number in range(count):
        picture(tmp_path / "id2" / "images" / f"{number}.png")
    batch = read(tmp_path)
    assert told(batch) == {"id1.png": [tmp_path.name]}
    assert [problem.file for problem in batch.problems] == ["id2"]
    assert f"there are {count}" in str(batch.problems[0])


def test_a_mask_that_is_no_numbers_stops_nothing(tmp_path: Path) -> None:
    for name in ("a", "b"):
        picture(tmp_path / "images" / f"{name}.png")
    mask(tmp_path / "masks" / "a.png", 1)
    pixels = np.ones((48, 64), np.float32)
    Image.fromarray(pixels).save(tmp_path / "masks" / "b.tif")
    assert told(read(tmp_path)) == {"a.png": ["1"], "b.png": ["1"]}
    for value in (np.nan, 1e30, 1.5):
        pixels[0, 0] = value
        Image.fromarray(pixels).save(tmp_path / "masks" / "b.tif")
        batch = read(tmp_path)
        assert told(batch) == {"a.png": ["1"], "b.png": []}
        assert "not whole numbers" in str(batch.problems[0])


def test_all_masks_together_say_whether_white_is_the_object(tmp_path: Path) -> None:
    for name in ("a", "b"):
        picture(tmp_path / "images" / f"{name}.png")
        mask(tmp_path / "masks" / f"{name}.png", 255)
    assert told(read(tmp_path)) == {"a.png": ["object"], "b.png": ["object"]}
    mask(tmp_path / "masks" / "a.png", 1, 255)
    assert told(read(tmp_path)) == {"a.png": ["1", "-255"], "b.png": ["-255"]}


def test_a_picture_among_the_masks_does_not_become_hundreds_of_classes(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        picture(tmp_path / "images" / f"{name}.png")
    mask(tmp_path / "masks" / "a.png", 1)
    mask(tmp_path / "masks" / "b.png", *range(1, 200))
    batch = read(tmp_path)
    assert told(batch) == {"a.png": ["1"], "b.png": []}
    assert "give a file with the names of the classes" in str(batch.problems[0])
    assert not batch.images[1].shapes_done
    mask(tmp_path / "masks" / "c.png", *range(1, 50))
    mask(tmp_path / "masks" / "d.png", *range(100, 150))
    with pytest.raises(FormatError, match="give a file with the names"):
        read(tmp_path)


def test_a_second_mask_of_one_image_is_said(tmp_path: Path) -> None:
    picture(tmp_path / "images" / "a.png")
    mask(tmp_path / "masks" / "a.png", 1)
    mask(tmp_path / "masks" / "a_mask.png", 2)
    batch = read(tmp_path)
    assert told(batch) == {"a.png": ["1"]}
    assert "another file describes the same image" in str(batch.problems[0])
    assert not batch.images[0].shapes_done
