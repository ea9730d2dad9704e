"""What other programs write into COCO files, and what they can read of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from faster_coco_eval import COCO

from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape
from studio.domain.shapes import Box, Geometry, Mask, Part, Polygon, RotatedBox
from studio.errors import FormatError
from studio.formats.contract import ImportOptions
from studio.vision import masks, rle
from tests.formats.conftest import Projects
from tests.formats.whole import coco
from tests.making import picture

BOX = {"image_id": 1, "category_id": 1, "bbox": [1, 1, 9, 9]}
SQUARE = Part(((1, 1), (21, 1), (21, 21), (1, 21)))
OVERLAPPING = Part(((11, 11), (31, 11), (31, 31), (11, 31)))
BOW_TIE = Part(((5, 5), (15, 15), (15, 5), (5, 15)))


def read(folder: Path, **document: Any) -> ImportBatch:
    picture(folder / "a.png")
    content = {
        "images": [{"id": 1, "file_name": "a.png"}],
        "categories": [{"id": 1, "name": "cat"}],
        "annotations": [BOX],
        **document,
    }
    (folder / "x.json").write_text(json.dumps(content))
    return coco.read(folder, ImportOptions())


def shapes(batch: ImportBatch) -> tuple[ImportedShape, ...]:
    [image] = batch.images
    return image.shapes


def test_one_broken_file_of_several_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "cut short.json").write_text('{"images": [{"id": 1')
    (tmp_path / "other.json").write_text('{"images": 5}')
    batch = read(tmp_path)
    assert len(shapes(batch)) == 1
    assert [problem.file for problem in batch.problems] == ["cut short.json", "other.json"]
    (tmp_path / "x.json").write_text("{")
    (tmp_path / "other.json").unlink()
    with pytest.raises(FormatError, match="cut short"):
        coco.read(tmp_path, ImportOptions())


def test_ids_that_stand_twice_are_said(tmp_path: Path) -> None:
    picture(tmp_path / "b.png")
    batch = read(
        tmp_path,
        images=[{"id": 1, "file_name": "a.png"}, {"id": 1, "file_name": "b.png"}],
        categories=[{"id": 1, "name": "cat"}, {"id": 1, "name": "dog"}],
        annotations=[{**BOX, "id": 5}, {**BOX, "id": 5, "bbox": [2, 2, 9, 9]}],
    )
    assert [(shape.label, shape.geometry) for shape in shapes(batch)] == [
        ("cat", Box(1, 1, 10, 10))
    ]
    assert {problem.field for problem in batch.problems} == {
        "images[1].id",
        "categories[1].id",
        "annotations[1].id",
    }
    assert not batch.images[0].shapes_done


def test_annotation_ids_that_start_anew_on_each_image_lose_nothing(tmp_path: Path) -> None:
    picture(tmp_path / "b.png")
    batch = read(
        tmp_path,
        images=[{"id": 1, "file_name": "a.png"}, {"id": 2, "file_name": "b.png"}],
        annotations=[{**BOX, "id": 0}, {**BOX, "id": 0, "image_id": 2}],
    )
    assert [len(image.shapes) for image in batch.images] == [1, 1]
    assert not batch.problems


def test_annotations_whose_ids_are_empty_lose_nothing(tmp_path: Path) -> None:
    batch = read(tmp_path, annotations=[{**BOX, "id": None}, {**BOX, "id": None}])
    assert len(shapes(batch)) == 2
    assert not batch.problems


def test_classes_that_are_called_by_numbers_stay_apart(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        categories=[{"id": 1, "name": 0}, {"id": 2, "name": 1}],
        annotations=[BOX, {**BOX, "category_id": 2}],
    )
    assert [shape.label for shape in shapes(batch)] == ["0", "1"]
    assert not batch.problems


def test_two_categories_of_one_name_are_said(tmp_path: Path) -> None:
    categories = [{"id": n, "name": "left", "supercategory": of} for n, of in enumerate("ab")]
    batch = read(tmp_path, categories=categories)
    assert batch.labels == ("left",)
    assert [problem.field for problem in batch.problems] == ["categories[1].name"]


def test_what_two_files_say_alike_is_one_object(tmp_path: Path) -> None:
    read(tmp_path)
    (tmp_path / "x.json").rename(tmp_path / "all.json")
    batch = read(tmp_path, annotations=[BOX, {**BOX, "bbox": [2, 2, 9, 9]}])
    assert [shape.geometry for shape in shapes(batch)] == [Box(1, 1, 10, 10), Box(2, 2, 11, 11)]


@pytest.mark.parametrize("name", ["labels_my-project.json", "person_keypoints_train.json"])
def test_a_file_that_is_passed_over_for_another_is_said(tmp_path: Path, name: str) -> None:
    read(tmp_path)
    (tmp_path / "x.json").rename(tmp_path / name)
    assert not coco.read(tmp_path, ImportOptions()).problems
    for chosen in ("x.json", "instances_train.json"):
        read(tmp_path)
        (tmp_path / "x.json").rename(tmp_path / chosen)
        batch = coco.read(tmp_path, ImportOptions())
        assert len(shapes(batch)) == 1
        assert name in [problem.file for problem in batch.problems]


def test_numbers_as_other_programs_write_them(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        images=[{"id": 1.0, "file_name": "a.png", "width": 10**400, "height": 48}],
        annotations=[
            {**BOX, "category_id": "1", "iscrowd": "0", "segmentation": [[]]},
            {**BOX, "image_id": 1.0, "iscrowd": "1"},
        ],
    )
    assert [(shape.geometry, shape.ignore) for shape in shapes(batch)] == [
        (Box(1, 1, 10, 10), False),
        (Box(1, 1, 10, 10), True),
    ]
    assert not batch.problems


def test_a_box_that_cvat_turned_is_turned(tmp_path: Path) -> None:
    told = [
        {"bbox": [10, 20, 20, 10], "segmentation": [], "attributes": {"rotation": 30.0}},
        {"bbox": [10, 20, 20, 10], "attributes": {"rotation": 0.0, "occluded": False}},
        {"bbox": [10, 20, 20, 10], "attributes": {"rotation": 360}},
        {"bbox": [10, 20, 20, 10], "attributes": {"rotation": "somewhat"}},
        {"bbox": [910, 20, 20, 10], "attributes": {"rotation": 30.0}},
    ]
    batch = read(tmp_path, annotations=[BOX | each for each in told])
    upright = [Box(10, 20, 30, 30)] * 3
    assert [shape.geometry for shape in shapes(batch)] == [RotatedBox(20, 25, 20, 10, 30), *upright]
    assert [problem.field for problem in batch.problems] == ["annotations[4]"]


def test_a_file_in_utf_16(tmp_path: Path) -> None:
    read(tmp_path)
    text = (tmp_path / "x.json").read_text()
    (tmp_path / "x.json").write_bytes(text.encode("utf-16"))
    assert len(shapes(coco.read(tmp_path, ImportOptions()))) == 1


def test_half_characters_do_not_stop_the_import(tmp_path: Path, project_of: Projects) -> None:
    batch = read(
        tmp_path,
        images=[{"id": 1, "file_name": "a.png"}, {"id": 2, "file_name": "y\ud83d.png"}],
        categories=[{"id": 1, "name": "caf\ud83d"}],
        annotations=[{**BOX, "attributes": {"k\ud83d": "v\ud83d"}}],
    )
    session = project_of(batch)
    coco.write(session.reader, tmp_path / "out")
    written = json.loads((tmp_path / "out" / "annotations.json").read_text(encoding="utf-8"))
    assert written["categories"][0]["name"] == "caf\\ud83d"
    assert "y\\ud83d.png was not found" in str(batch.problems[0])


def test_an_outline_that_crosses_itself_keeps_its_pixels(tmp_path: Path) -> None:
    flat = [value for point in BOW_TIE.outer for value in point]
    [shape] = shapes(read(tmp_path, annotations=[{**BOX, "segmentation": [flat]}]))
    assert isinstance(shape.geometry, Mask)
    expected = masks.rasterise(Polygon((BOW_TIE,)), 64, 48)
    assert np.array_equal(masks.rasterise(shape.geometry, 64, 48), expected)


# Our own export -------------------------------------------------------------------------------


DRAWN: tuple[Geometry, ...] = (
    Box(1, 2, 31, 22),
    Polygon((SQUARE,)),
    Polygon((SQUARE, OVERLAPPING)),
    RotatedBox(30, 20, 10, 4, 90),
)


@pytest.mark.parametrize("ignore", [False, True])
def test_other_programs_get_the_pixels_of_every_shape(
    tmp_path: Path, project_of: Projects, ignore: bool
) -> None:
    image = picture(tmp_path / "a.png")
    things = tuple(ImportedShape("cat", geometry, ignore) for geometry in DRAWN)
    session = project_of(ImportBatch((ImportedImage(image, shapes=things),)))
    coco.write(session.reader, tmp_path / "out.json")
    other = COCO(str(tmp_path / "out.json"))
    for (_, found), geometry in zip(sorted(other.anns.items()), DRAWN, strict=True):
        covered = masks.rasterise(geometry, 64, 48)
        assert found["iscrowd"] == int(ignore)
        assert isinstance(found["segmentation"], dict) or not ignore
        assert other.annToMask(found).sum() == pytest.approx(covered.sum(), abs=31)
        assert found["area"] == pytest.approx(covered.sum(), abs=1)

    again = shapes(coco.read(tmp_path / "out.json", ImportOptions()))
    assert [shape.geometry for shape in again[:4]] == list(DRAWN[:4])
    assert {shape.ignore for shape in again} == {ignore}


def test_a_box_that_another_program_made_a_polygon_is_one(
    tmp_path: Path, project_of: Projects
) -> None:
    image = picture(tmp_path / "a.png")
    things = (ImportedShape("cat", Box(1, 1, 21, 21)),)
    session = project_of(ImportBatch((ImportedImage(image, shapes=things),)))
    coco.write(session.reader, tmp_path / "out.json")
    changed = json.loads((tmp_path / "out.json").read_text())
    changed["annotations"][0]["segmentation"] = [[1, 1, 21, 1, 21, 15, 1, 21]]
    (tmp_path / "out.json").write_text(json.dumps(changed))
    [shape] = shapes(coco.read(tmp_path / "out.json", ImportOptions()))
    assert shape.geometry == Polygon((Part(((1, 1), (21, 1), (21, 15), (1, 21))),))


@pytest.mark.parametrize(
    "geometry",
    [
        Box(1, 1, 21, 21),
        RotatedBox(20, 20, 12, 8, 30),
        Polygon((SQUARE,)),
        Polygon((Part(SQUARE.outer, (((5, 5), (9, 5), (9, 9)),)), OVERLAPPING)),
    ],
)
def test_run_lengths_that_another_program_changed_go_before_what_was_drawn(
    tmp_path: Path, project_of: Projects, geometry: Geometry
) -> None:
    image = picture(tmp_path / "a.png")
    things = (ImportedShape("cat", geometry, ignore=True),)
    session = project_of(ImportBatch((ImportedImage(image, shapes=things),)))
    coco.write(session.reader, tmp_path / "out.json")
    assert shapes(coco.read(tmp_path / "out.json", ImportOptions())) == things
    changed = json.loads((tmp_path / "out.json").read_text())
    other = Mask(3, 4, 20, 2, np.array([0, 40], "<u4").tobytes())
    changed["annotations"][0]["segmentation"] = rle.encode(other, 64, 48)
    (tmp_path / "out.json").write_text(json.dumps(changed))
    [shape] = shapes(coco.read(tmp_path / "out.json", ImportOptions()))
    assert shape.geometry == other


def test_only_our_own_export_is_written_over(tmp_path: Path, project_of: Projects) -> None:
    session = project_of(read(tmp_path))
    before = (tmp_path / "x.json").read_bytes()
    with pytest.raises(FormatError, match=r"x\.json is there already .* choose another name"):
        coco.write(session.reader, tmp_path / "x.json")
    assert (tmp_path / "x.json").read_bytes() == before
    for _ in range(2):
        coco.write(session.reader, tmp_path / "ours.json")
    assert sorted(path.name for path in tmp_path.glob("*.json*")) == ["ours.json", "x.json"]
