"""An image is done only if the data set tells all of it: else "nothing here" would be a lie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from studio.domain.imports import ImportBatch
from studio.domain.project import State
from studio.formats.contract import ImportOptions
from tests.formats.conftest import Projects
from tests.formats.whole import coco, mask_png, voc
from tests.making import picture


def coco_of(folder: Path, **document: Any) -> ImportBatch:
    images = [{"id": n, "file_name": f"{n}.png"} for n in range(2)]
    for image in images:
        picture(folder / str(image["file_name"]))
    content = {"images": images, "categories": [{"id": 1, "name": "cat"}], **document}
    (folder / "x.json").write_text(json.dumps(content))
    return coco.read(folder / "x.json", ImportOptions())


def done(batch: ImportBatch) -> list[bool]:
    return [image.shapes_done for image in batch.images]


BOX = {"image_id": 0, "category_id": 1, "bbox": [1, 1, 9, 9]}


def test_a_list_of_images_alone_says_nothing_about_them(tmp_path: Path) -> None:
    assert done(coco_of(tmp_path)) == [False, False]
    assert done(coco_of(tmp_path, annotations="none")) == [False, False]
    assert done(coco_of(tmp_path, annotations=[])) == [True, True]


@pytest.mark.parametrize(
    "bad",
    [
        {**BOX, "bbox": [1, 2, 3]},
        {**BOX, "category_id": 9},
        {**BOX, "bbox": [900, 900, 5, 5]},
        {**BOX, "segmentation": [[1, 1, 9, 1, 9, 9], [1, 2]]},
    ],
)
def test_an_image_of_which_a_shape_was_left_out_is_not_done(
    tmp_path: Path, project_of: Projects, bad: dict[str, Any]
) -> None:
    batch = coco_of(tmp_path, annotations=[BOX, bad])
    assert done(batch) == [False, True]
    reader = project_of(batch).reader
    states = {each.image.path: each.status.shapes for each in reader.annotated()}
    assert states == {"0.png": State.IN_PROGRESS, "1.png": State.DONE}


def test_nor_is_it_where_the_same_image_is_whole_in_another_file(tmp_path: Path) -> None:
    coco_of(tmp_path, annotations=[BOX])
    (tmp_path / "x.json").rename(tmp_path / "whole.json")
    coco_of(tmp_path, annotations=[{**BOX, "category_id": 9}])
    assert done(coco.read(tmp_path, ImportOptions())) == [False, True]


def test_a_voc_file_with_an_object_that_cannot_be_used(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    (tmp_path / "a.xml").write_text("<annotation><object><name>cat</name></object></annotation>")
    assert done(voc.read(tmp_path, ImportOptions())) == [False]


def test_a_mask_with_values_that_have_no_name(tmp_path: Path) -> None:
    picture(tmp_path / "images" / "a.png")
    (tmp_path / "masks").mkdir()
    (tmp_path / "names.txt").write_text("background\ncat\n")
    pixels = np.ones((48, 64), np.uint8)
    for value, expected in ((1, True), (7, False)):
        pixels[:9] = value
        cv2.imwrite(str(tmp_path / "masks" / "a.png"), pixels)
        assert done(mask_png.read(tmp_path, ImportOptions())) == [expected]


def test_a_folder_of_instances_with_a_broken_one(tmp_path: Path) -> None:
    picture(tmp_path / "images" / "a.png")
    (tmp_path / "masks").mkdir()
    cv2.imwrite(str(tmp_path / "masks" / "x.png"), np.full((48, 64), 255, np.uint8))
    assert done(mask_png.read(tmp_path, ImportOptions())) == [True]
    (tmp_path / "masks" / "y.png").write_bytes(b"broken")
    assert done(mask_png.read(tmp_path, ImportOptions())) == [False]
