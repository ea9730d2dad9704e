"""Labels go to the image that they were made for, or to none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from studio.domain.imports import ImportBatch
from studio.domain.project import Split
from studio.formats.contract import ImportOptions
from studio.formats.yolo import reading as yolo
from tests.formats.whole import coco, cvat, imagefolder, labelme, mask_png, result_of, tag_csv, voc
from tests.making import picture


def coco_file(path: Path, *names: str, **more: Any) -> Path:
    """A COCO file with one box on each image."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "images": [{"id": n, "file_name": name} for n, name in enumerate(names)],
        "categories": [{"id": n, "name": f"box of {name}"} for n, name in enumerate(names)],
        "annotations": [
            {"id": n, "image_id": n, "category_id": n, "bbox": [1, 1, 9, 9]}
            for n in range(len(names))
        ],
        **more,
    }
    path.write_text(json.dumps(content))
    return path


def told(batch: ImportBatch, folder: Path) -> dict[str, list[str]]:
    """The classes on each image, by its path in ``folder``."""
    return {
        image.path.relative_to(folder).as_posix(): [shape.label for shape in image.shapes]
        for image in batch.images
    }


def mask(path: Path, value: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.zeros((48, 64), np.uint8)
    pixels[:, :9] = value
    assert cv2.imwrite(str(path), pixels)
    return path


def xml(path: Path, filename: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    sides = "".join(
        f"<{side}>{n}</{side}>" for n, side in enumerate(("xmin", "ymin", "xmax", "ymax"), start=1)
    )
    path.write_text(
        f"<annotation><filename>{filename}</filename>"
        f"<object><name>cat</name><bndbox>{sides}</bndbox></object></annotation>"
    )
    return path


def test_a_missing_training_image_is_not_its_namesake_in_val(tmp_path: Path) -> None:
    picture(tmp_path / "val" / "1.png")
    source = coco_file(tmp_path / "all.json", "train/1.png", "val/1.png")
    batch = coco.read(source, ImportOptions())
    assert told(batch, tmp_path) == {"val/1.png": ["box of val/1.png"]}
    [problem] = batch.problems
    assert "images[0].file_name: train/1.png was not found" in str(problem)


def test_names_that_differ_in_capital_letters_only(tmp_path: Path) -> None:
    for seed, name in enumerate(("images/A.png", "images/a.png")):
        picture(tmp_path / name, seed=seed)
    if len(list((tmp_path / "images").iterdir())) == 1:
        pytest.skip("this disk takes both for one file")
    source = coco_file(tmp_path / "all.json", "a.png", "A.png")
    assert told(coco.read(source, ImportOptions()), tmp_path) == {
        "images/a.png": ["box of a.png"],
        "images/A.png": ["box of A.png"],
    }
    xml(tmp_path / "labels" / "A.xml", "")
    assert list(told(voc.read(tmp_path, ImportOptions()), tmp_path)) == ["images/A.png"]


@pytest.mark.parametrize("name", ["1.png", "1", "1.jpg"])
def test_images_of_the_project_are_not_taken_for_the_data_sets_own(
    tmp_path: Path, name: str
) -> None:
    project = tmp_path / "project"
    for seed, folder in enumerate((project, tmp_path / "set" / "pictures")):
        picture(folder / "1.png", seed=seed)
    source = tmp_path / "set"
    options = ImportOptions(also_in=(project,))
    xml(source / "Annotations" / "1.xml", name)
    (source / "tags.csv").write_text(f"file,label\n{name},cat\n")
    (source / "annotations.xml").write_text(
        f'<annotations><image id="0" name="{name}" width="64" height="48"/></annotations>'
    )
    (source / "labels").mkdir()
    (source / "labels" / "1.txt").write_text("0 .5 .5 .2 .2\n")
    (source / "json").mkdir()
    (source / "json" / "1.json").write_text(json.dumps({"imagePath": name, "shapes": []}))
    elsewhere = coco_file(tmp_path / "elsewhere" / "all.json", name)
    for batch in (
        voc.read(source, options),
        tag_csv.read(source / "tags.csv", options),
        labelme.read(source, options),
        cvat.read(source / "annotations.xml", options),
        result_of(yolo.read(source, options)),
        coco.read(elsewhere, ImportOptions(images=source, also_in=(project,))),
    ):
        assert [image.path for image in batch.images] == [source / "pictures" / "1.png"]
    [image] = coco.read(elsewhere, options).images
    assert image.path == project / "1.png"


def test_what_the_project_calls_so_is_meant_among_namesakes_beside_the_file(
    tmp_path: Path,
) -> None:
    for seed, folder in enumerate(("pictures", "others")):
        picture(tmp_path / folder / "1.png", seed=seed)
    (tmp_path / "tags.csv").write_text("file,label\n1.png,cat\n")
    options = ImportOptions(also_in=(tmp_path / "pictures",))
    [image] = tag_csv.read(tmp_path / "tags.csv", options).images
    assert image.path == tmp_path / "pictures" / "1.png"


def test_pictures_with_labels_painted_in_are_not_the_images(tmp_path: Path) -> None:
    for seed, folder in enumerate(("JPEGImages", "AnnotationsVisualization")):
        picture(tmp_path / folder / "1.png", seed=seed)
    xml(tmp_path / "Annotations" / "1.xml", "1.png")
    mask(tmp_path / "SegmentationClass" / "1.png")
    for batch in (voc.read(tmp_path, ImportOptions()), mask_png.read(tmp_path, ImportOptions())):
        assert list(told(batch, tmp_path)) == ["JPEGImages/1.png"]


def test_a_file_of_one_split_does_not_reach_into_another(tmp_path: Path) -> None:
    for name in ("train/1.png", "val/1.png", "val/2.png"):
        picture(tmp_path / name)
    coco_file(tmp_path / "annotations" / "instances_train.json", "1.png", "2.png")
    batch = coco.read(tmp_path, ImportOptions())
    assert told(batch, tmp_path) == {"train/1.png": ["box of 1.png"]}
    assert ["2.png was not found" in str(problem) for problem in batch.problems] == [True]


def test_two_names_that_lead_to_one_image_are_not_both_believed(tmp_path: Path) -> None:
    picture(tmp_path / "left" / "1.png")
    source = coco_file(tmp_path / "all.json", "right/1.png", "left/1.png")
    batch = coco.read(source, ImportOptions())
    assert told(batch, tmp_path) == {"left/1.png": ["box of left/1.png"]}
    boxes = [{"id": n, "image_id": n, "category_id": 1, "bbox": [n, n, 9, 9]} for n in range(3)]
    names = "up/1.png", "left/1.png", "left/1.png"
    category = {"id": 1, "name": "cat"}
    source = coco_file(tmp_path / "all.json", *names, annotations=boxes, categories=[category])
    batch = coco.read(source, ImportOptions())
    assert told(batch, tmp_path) == {"left/1.png": ["cat", "cat"]}
    assert sorted(problem.field for problem in batch.problems) == [
        "images[0].file_name",
        "images[2].file_name",
    ]


def test_a_mask_whose_image_is_missing_stays_off_the_other_split(tmp_path: Path) -> None:
    for name in ("train/b.png", "val/a.png"):
        picture(tmp_path / name)
    for name in ("trainannot/a.png", "trainannot/b.png", "valannot/a.png"):
        mask(tmp_path / name, 2 if "val" in name else 1)
    batch = mask_png.read(tmp_path, ImportOptions())
    assert told(batch, tmp_path) == {"train/b.png": ["1"], "val/a.png": ["2"]}
    [problem] = batch.problems
    assert problem.file == str(Path("trainannot", "a.png"))


def test_a_voc_file_of_one_split_stays_off_the_other(tmp_path: Path) -> None:
    picture(tmp_path / "val" / "a.png")
    xml(tmp_path / "train" / "a.xml", "a.png")
    xml(tmp_path / "val" / "a.xml", "a.png")
    batch = voc.read(tmp_path, ImportOptions())
    assert [image.path for image in batch.images] == [tmp_path / "val" / "a.png"]
    assert [problem.file for problem in batch.problems] == [str(Path("train", "a.xml"))]


def test_voc_data_sets_side_by_side_each_have_their_own(tmp_path: Path) -> None:
    for seed, (name, split) in enumerate((("a", "train"), ("b", "val"))):
        picture(tmp_path / name / "JPEGImages" / "1.png", seed=seed)
        xml(tmp_path / name / "Annotations" / "1.xml", "1.png")
        sets = tmp_path / name / "ImageSets" / "Main"
        sets.mkdir(parents=True)
        (sets / f"{split}.txt").write_text("1\n")
    batch = voc.read(tmp_path, ImportOptions())
    assert {image.path.parents[1].name: image.split for image in batch.images} == {
        "a": Split.TRAIN,
        "b": Split.VAL,
    }
    assert not batch.problems


@pytest.mark.parametrize("images", ["", "images"])
def test_each_coco_file_speaks_of_the_images_beside_it(tmp_path: Path, images: str) -> None:
    for side in ("a", "b"):
        picture(tmp_path / side / images / "1.png")
        categories = [{"id": 0, "name": side}]
        coco_file(tmp_path / side / "annotations.json", "1.png", categories=categories)
    picture(tmp_path / "1.png")
    batch = coco.read(tmp_path, ImportOptions())
    assert told(batch, tmp_path) == {
        Path("a", images, "1.png").as_posix(): ["a"],
        Path("b", images, "1.png").as_posix(): ["b"],
    }


def test_an_image_beside_another_coco_file_is_not_this_ones(tmp_path: Path) -> None:
    picture(tmp_path / "b" / "1.png")
    for side in ("a", "b"):
        coco_file(tmp_path / side / "x.json", "1.png", categories=[{"id": 0, "name": side}])
    batch = coco.read(tmp_path, ImportOptions())
    assert told(batch, tmp_path) == {"b/1.png": ["b"]}
    assert [problem.file for problem in batch.problems] == [str(Path("a", "x.json"))]


def test_names_that_no_disk_can_hold_are_just_not_found(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    batch = coco.read(
        coco_file(tmp_path / "x.json", "a.png", "q" * 300 + ".png", "q\0.png"), ImportOptions()
    )
    assert told(batch, tmp_path) == {"a.png": ["box of a.png"]}
    assert len(batch.problems) == 2
    (tmp_path / "x.csv").write_text(f"file,label\na.png,cat\n{'q' * 300}.png,cat\n")
    batch = tag_csv.read(tmp_path / "x.csv", ImportOptions())
    assert [image.tags for image in batch.images] == [("cat",)]
    xml(tmp_path / "a.xml", "q" * 300)
    assert len(voc.read(tmp_path, ImportOptions()).images) == 1


def test_the_folder_of_annotations_will_do(tmp_path: Path) -> None:
    picture(tmp_path / "images" / "a.png")
    coco_file(tmp_path / "annotations" / "x.json", "a.png")
    assert len(coco.read(tmp_path / "annotations", ImportOptions()).images) == 1
    shutil.rmtree(tmp_path / "annotations")

    xml(tmp_path / "Annotations" / "a.xml", "a.png")
    (tmp_path / "ImageSets" / "Main").mkdir(parents=True)
    (tmp_path / "ImageSets" / "Main" / "val.txt").write_text("a\n")
    for options in (ImportOptions(), ImportOptions(images=tmp_path / "images")):
        [image] = voc.read(tmp_path / "Annotations", options).images
        assert (image.path.name, image.split) == ("a.png", Split.VAL)


def test_a_renamed_voc_file_goes_before_the_name_it_still_has_inside(tmp_path: Path) -> None:
    for name in ("old.png", "new.png"):
        picture(tmp_path / "JPEGImages" / name)
    xml(tmp_path / "Annotations" / "new.xml", "old.png")
    batch = voc.read(tmp_path, ImportOptions())
    assert [image.path.name for image in batch.images] == ["new.png"]
    assert "names the image old.png, but new.png has its own name" in str(batch.problems[0])


def test_linked_folders_are_followed_but_never_in_circles(tmp_path: Path) -> None:
    picture(tmp_path / "elsewhere" / "1.png")
    picture(tmp_path / "set" / "dog" / "1.png")
    try:
        (tmp_path / "set" / "cat").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        (tmp_path / "set" / "dog" / "up").symlink_to(tmp_path / "set", target_is_directory=True)
    except OSError:
        pytest.skip("links are not allowed here")
    batch = imagefolder.read(tmp_path / "set", ImportOptions())
    assert [image.tags for image in batch.images] == [("cat",), ("dog",)]
