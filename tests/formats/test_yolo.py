"""YOLO data sets as other programs lay them out, and what may be odd about them."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import pytest
from PIL import Image as Pillow

from studio.domain import geometry as geo
from studio.domain.imports import ImportBatch
from studio.domain.project import Split
from studio.domain.shapes import Box, Geometry, Points, Polygon, RotatedBox
from studio.errors import FormatError, StudioError
from studio.formats.contract import ImportOptions, Progress
from studio.formats.yolo import reading as yolo
from tests.formats.whole import result_of
from tests.making import picture

BOX = "0 0.5 0.5 0.25 0.5\n"
"""On a picture of 64 x 48: from (24, 12) to (40, 36)."""

THE_BOX = Box(24, 12, 40, 36)

NAMES = "names: [cat, dog]\n"


def text(path: Path, content: str | bytes = BOX) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(source: Path, options: ImportOptions | None = None) -> ImportBatch:
    return result_of(yolo.read(source, options or ImportOptions()))


def told(batch: ImportBatch, folder: Path) -> dict[str, list[str]]:
    """The classes on each image, by its path in ``folder``."""
    return {
        image.path.relative_to(folder).as_posix(): [shape.label for shape in image.shapes]
        for image in batch.images
    }


def problems(batch: ImportBatch) -> list[str]:
    return [str(problem) for problem in batch.problems]


def splits(batch: ImportBatch) -> dict[str, Split | None]:
    return {image.path.name: image.split for image in batch.images}


def one(tmp_path: Path, rows: str, description: str = NAMES, width: int = 64) -> ImportBatch:
    """A data set of one image with these rows."""
    picture(tmp_path / "images" / "a.png", width)
    text(tmp_path / "labels" / "a.txt", rows)
    text(tmp_path / "data.yaml", description)
    return read(tmp_path)


def shape(batch: ImportBatch) -> Geometry:
    [image] = batch.images
    [found] = image.shapes
    return found.geometry


# As other programs lay it out ------------------------------------------------------------------


def test_ultralytics(tmp_path: Path) -> None:
    for split in ("train", "val"):
        picture(tmp_path / "images" / split / "1.png")
        text(tmp_path / "labels" / split / "1.txt", f"{int(split == 'val')} 0.5 0.5 0.25 0.5\n")
    picture(tmp_path / "images" / "train" / "background.png")
    text(
        tmp_path / "coco8.yaml",
        "path: ../datasets/coco8  # dataset root dir\n"
        "train: images/train\nval: images/val\ntest:  # test images (optional)\n\n"
        "names:\n  0: person\n  1: bicycle\n  79: toothbrush\n\n"
        "download: https://example.org/coco8.zip\n",
    )
    for source in (tmp_path, tmp_path / "coco8.yaml"):
        batch = read(source)
        assert told(batch, tmp_path) == {
            "images/train/1.png": ["person"],
            "images/train/background.png": [],
            "images/val/1.png": ["bicycle"],
        }
        assert [image.shapes[0].geometry for image in batch.images if image.shapes] == [THE_BOX] * 2
        assert [image.split for image in batch.images] == [Split.TRAIN, Split.TRAIN, Split.VAL]
        assert [image.shapes_done for image in batch.images] == [True, False, True]
        assert batch.labels == ("person", "bicycle", "toothbrush")
        assert not batch.problems


def test_the_labels_alone(tmp_path: Path) -> None:
    for split in ("train", "val"):
        picture(tmp_path / "images" / split / "1.png")
        text(tmp_path / "labels" / split / "1.txt")
    text(tmp_path / "data.yaml", NAMES + "train: images/train\nval: images/val\n")
    whole = {"images/train/1.png": ["cat"], "images/val/1.png": ["cat"]}
    assert told(read(tmp_path / "labels"), tmp_path) == whole
    for part in ("labels/val", "labels/val/1.txt"):
        assert told(read(tmp_path / part), tmp_path) == {"images/val/1.png": ["cat"]}


def test_a_description_that_lies_elsewhere(tmp_path: Path) -> None:
    picture(tmp_path / "data" / "images" / "train" / "1.png")
    text(tmp_path / "data" / "labels" / "train" / "1.txt")
    description = text(
        tmp_path / "configs" / "my.yml", NAMES + f"path: {tmp_path}/data\ntrain: images/train\n"
    )
    batch = read(description)
    assert told(batch, tmp_path) == {"data/images/train/1.png": ["cat"]}
    assert splits(batch) == {"1.png": Split.TRAIN}


def test_a_description_beside_several_data_sets(tmp_path: Path) -> None:
    for name in ("coco8", "voc"):
        picture(tmp_path / name / "images" / "train" / "1.png")
        text(tmp_path / name / "labels" / "train" / "1.txt")
        text(tmp_path / f"{name}.yaml", f"path: {name}\ntrain: images/train\nnames: [{name}]\n")
    assert told(read(tmp_path / "voc.yaml"), tmp_path) == {"voc/images/train/1.png": ["voc"]}
    outside = text(tmp_path / "cfg" / "o.yaml", "path: ../voc\ntrain: images/train\nnames: [o]\n")
    assert told(read(outside), tmp_path) == {"voc/images/train/1.png": ["o"]}


def test_roboflow(tmp_path: Path) -> None:
    for split in ("train", "valid"):
        name = "street_jpg.rf.0f5a"
        picture(tmp_path / split / "images" / f"{name}.png")
        text(tmp_path / split / "labels" / f"{name}.txt")
    text(tmp_path / "README.roboflow.txt", "street - v1 2023\n")
    text(tmp_path / "README.dataset.txt", "# street > 2023\n")
    text(
        tmp_path / "data.yaml",
        "train: ../train/images\nval: ../valid/images\ntest: ../test/images\n\n"
        "nc: 2\nnames: ['car', 'yes']\n\nroboflow:\n  workspace: w\n  version: 1\n",
    )
    batch = read(tmp_path)
    assert [image.split for image in batch.images] == [Split.TRAIN, Split.VAL]
    assert [[s.label for s in image.shapes] for image in batch.images] == [["car"], ["car"]]
    assert batch.labels == ("car", "yes")
    assert not batch.problems
    alone = read(tmp_path / "train")
    assert [[s.label for s in image.shapes] for image in alone.images] == [["car"]]
    assert [image.split for image in alone.images] == [Split.TRAIN]


def test_darknet_as_cvat_writes_it(tmp_path: Path) -> None:
    for folder, name in (("obj_train_data", "a"), ("obj_valid_data", "b")):
        picture(tmp_path / folder / f"{name}.png")
        text(tmp_path / folder / f"{name}.txt", "1 0.5 0.5 0.25 0.5\n")
    picture(tmp_path / "obj_train_data" / "unseen.png")
    text(tmp_path / "obj.names", "cat\ndog\n")
    text(
        tmp_path / "obj.data",
        "classes = 2\ntrain = data/train.txt\nvalid = data/valid.txt\nnames = data/obj.names\n"
        "backup = backup/\n",
    )
    text(tmp_path / "train.txt", "data/obj_train_data/a.png\ndata/obj_train_data/unseen.png\n")
    text(tmp_path / "valid.txt", "data/obj_valid_data/b.png\n")
    for batch in (read(tmp_path), read(tmp_path / "obj.data")):
        assert told(batch, tmp_path / "") == {
            "obj_train_data/a.png": ["dog"],
            "obj_train_data/unseen.png": [],
            "obj_valid_data/b.png": ["dog"],
        }
        assert splits(batch) == {
            "a.png": Split.TRAIN,
            "unseen.png": Split.TRAIN,
            "b.png": Split.VAL,
        }
        assert [image.shapes_done for image in batch.images] == [True, False, True]
        assert not batch.problems


def test_cvat_lists_the_images_of_ultralytics(tmp_path: Path) -> None:
    picture(tmp_path / "images" / "Train" / "a.png")
    picture(tmp_path / "images" / "Train" / "sub" / "a.png")
    text(tmp_path / "labels" / "Train" / "a.txt")
    text(tmp_path / "labels" / "Train" / "sub" / "a.txt", "")
    text(tmp_path / "Train.txt", "images/Train/a.png\nimages/Train/sub/a.png\nimages/Train/b.png\n")
    text(tmp_path / "data.yaml", "path: .\ntrain: Train.txt\nnames:\n  0: cat\n")
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {"images/Train/a.png": ["cat"], "images/Train/sub/a.png": []}
    assert {image.split for image in batch.images} == {Split.TRAIN}
    assert problems(batch) == [
        "Train.txt: 1 of the images that it lists were not found, such as images/Train/b.png"
    ]


def test_labelimg_beside_the_images(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    picture(tmp_path / "b.PNG")
    picture(tmp_path / "unseen.png")
    text(tmp_path / "a.txt", BOX.replace("\n", "\r\n"))
    text(tmp_path / "b.txt", b"")
    text(tmp_path / "classes.txt", "螺母\r\nbolt\r\n\r\n")
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {"a.png": ["螺母"], "b.PNG": []}
    assert [image.shapes_done for image in batch.images] == [True, True]
    assert batch.labels == ("螺母", "bolt")
    assert not batch.problems


def test_label_studio(tmp_path: Path) -> None:
    picture(tmp_path / "images" / "1f2e3d4c-cat.png")
    text(tmp_path / "labels" / "1f2e3d4c-cat.txt")
    notes = '{"categories": [{"id": 0, "name": "1"}], "info": {"contributor": "Label Studio"}}'
    text(tmp_path / "notes.json", notes)
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {"images/1f2e3d4c-cat.png": ["1"]}
    assert not batch.problems


def test_label_studio_without_the_images(tmp_path: Path) -> None:
    """It puts a prefix before their names, and leaves those out that it does not keep itself."""
    for name in ("cat", "dog"):
        picture(tmp_path / "photos" / f"{name}.png")
    for name in ("1f2e3d4c-cat", "aaaaaaaa-dog", "bbbbbbbb-dog"):
        text(tmp_path / "export" / "labels" / f"{name}.txt")
    text(tmp_path / "export" / "classes.txt", "animal")
    batch = read(tmp_path / "export", ImportOptions(images=tmp_path / "photos"))
    assert told(batch, tmp_path) == {"photos/cat.png": ["animal"]}
    assert problems(batch) == [
        "labels/aaaaaaaa-dog.txt: its image was not found",
        "labels/bbbbbbbb-dog.txt: its image was not found",
    ]


def test_labels_in_a_folder_within_that_of_the_images(tmp_path: Path) -> None:
    """X-AnyLabeling exports there unless told otherwise."""
    picture(tmp_path / "photos" / "a.png")
    text(tmp_path / "photos" / "labels" / "a.txt")
    text(tmp_path / "photos" / "classes.txt", "cat")
    assert told(read(tmp_path / "photos"), tmp_path) == {"photos/a.png": ["cat"]}


def test_images_of_another_folder(tmp_path: Path) -> None:
    picture(tmp_path / "camera" / "a.png")
    text(tmp_path / "export" / "labels" / "a.txt")
    text(tmp_path / "export" / "classes.txt", "cat")
    with pytest.raises(FormatError, match="None of the images"):
        read(tmp_path / "export")
    named = read(tmp_path / "export", ImportOptions(images=tmp_path / "camera"))
    known = read(tmp_path / "export", ImportOptions(also_in=(tmp_path / "camera",)))
    assert told(named, tmp_path) == told(known, tmp_path) == {"camera/a.png": ["cat"]}


def test_progress_is_told_image_by_image(tmp_path: Path) -> None:
    for name in "abc":
        picture(tmp_path / f"{name}.png")
        text(tmp_path / f"{name}.txt")
    assert list(yolo.read(tmp_path, ImportOptions())) == [Progress(n, 3) for n in (1, 2, 3)]


# Rows ------------------------------------------------------------------------------------------


def test_a_polygon(tmp_path: Path) -> None:
    found = shape(one(tmp_path, "1 0.25 0.25 0.75 0.25 0.5 0.75\n"))
    assert isinstance(found, Polygon)
    assert found.parts[0].outer == ((16, 12), (48, 12), (32, 36))


def test_rotated_boxes_where_every_row_has_four_corners(tmp_path: Path) -> None:
    rows = "0 0.5 0.25 0.75 0.583333333 0.625 0.75 0.375 0.416666667\n"
    found = shape(one(tmp_path, rows))
    assert isinstance(found, RotatedBox)
    assert (found.cx, found.cy, found.angle_deg) == pytest.approx((36, 24, 45))
    assert (found.width, found.height) == pytest.approx((math.hypot(16, 16), math.hypot(8, 8)))


def test_corners_told_the_other_way_round_and_rounded_to_pixels(tmp_path: Path) -> None:
    around = [(10.3, 9.8), (10, 30), (40.2, 30.1), (40, 10)]
    rows = "0 " + " ".join(f"{x / 64:.6f} {y / 48:.6f}" for x, y in around)
    found = shape(one(tmp_path, rows))
    assert isinstance(found, RotatedBox)
    box = geo.bounds(found)
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((10, 10, 40, 30), abs=0.5)
    assert geo.ring_area(geo.corners(found)) == pytest.approx(600, abs=12)


def test_a_rotated_box_may_reach_beyond_the_image(tmp_path: Path) -> None:
    found = shape(one(tmp_path, "0 -0.25 0.5 0.5 -0.25 0.75 0 0 0.75\n", width=48))
    assert isinstance(found, RotatedBox)
    assert (found.cx, found.cy) == pytest.approx((12, 12))


def test_four_corners_that_are_no_rectangle_stay_a_polygon(tmp_path: Path) -> None:
    assert isinstance(shape(one(tmp_path, "0 0.1 0.1 0.9 0.2 0.8 0.9 0.2 0.8\n")), Polygon)


def test_four_corners_among_other_rows_stay_a_polygon(tmp_path: Path) -> None:
    rectangle = "0 0.25 0.25 0.75 0.25 0.75 0.75 0.25 0.75\n"
    for other in (BOX, "0 0.1 0.1 0.9 0.1 0.5 0.9\n"):
        batch = one(tmp_path, other + rectangle)
        assert isinstance(batch.images[0].shapes[1].geometry, Polygon)


def test_an_outline_may_not_be_cut_before_it_is_known_to_be_one(tmp_path: Path) -> None:
    rows = "0 -0.25 0.25 0.5 0.25 0.5 0.75 -0.25 0.75\n"
    found = shape(one(tmp_path, rows))
    assert isinstance(found, RotatedBox)
    assert (found.cx, found.width) == pytest.approx((8, 48))
    batch = one(tmp_path, BOX + rows)
    cut = batch.images[0].shapes[1].geometry
    assert isinstance(cut, Polygon)
    assert min(x for x, _ in cut.parts[0].outer) == 0


POSE = NAMES + "kpt_shape: [3, 3]\n"


def test_keypoints_with_the_box_of_their_object(tmp_path: Path) -> None:
    description = POSE + "kpt_names:\n  0: [nose, left_eye, right_eye]\n"
    rows = "0 0.5 0.5 0.5 0.5 0.5 0.5 2 0 0 0 0.625 0.5 1\n"
    [image] = one(tmp_path, rows, description).images
    assert [each.geometry for each in image.shapes] == [
        Box(16, 12, 48, 36),
        Points(((32, 24), (40, 24)), frozenset({1}), ("nose", "right_eye")),
    ]
    assert image.shapes_done


def test_keypoints_nobody_has_named(tmp_path: Path) -> None:
    rows = (
        "0 0.5 0.5 0.5 0.5 0.5 0.5 2 0.625 0.5 2 0 0 0\n"
        "1 0.5 0.5 0.5 0.5 0.5 0.5 2 0 0 0 0.625 0.5 2\n"
    )
    [image] = one(tmp_path, rows, POSE).images
    points = [each.geometry for each in image.shapes if isinstance(each.geometry, Points)]
    assert [each.names for each in points] == [(), ("1", "3")]


def test_a_box_that_says_no_more_than_the_points_is_not_kept(tmp_path: Path) -> None:
    """Where no box was drawn, the row has the one around the points."""
    rows = "0 0.5 0.5 0.25 0.25 0.375 0.375 2 0.625 0.375 2 0.5 0.625 2\n"
    assert shape(one(tmp_path, rows, POSE)) == Points(((24, 18), (40, 18), (32, 30)))


def test_keypoints_of_two_numbers(tmp_path: Path) -> None:
    rows = "0 0.5 0.5 0.5 0.5 0.5 0.5 0 0 -1 -1 0.625 0.5\n"
    [image] = one(tmp_path, rows, NAMES + "kpt_shape: [4, 2]\n").images
    assert image.shapes[1].geometry == Points(((32, 24), (40, 24)), names=("1", "4"))


def test_an_object_none_of_whose_keypoints_is_marked(tmp_path: Path) -> None:
    assert shape(one(tmp_path, BOX[:-1] + " 0 0 0" * 3, POSE)) == THE_BOX
    assert shape(one(tmp_path, BOX, POSE)) == THE_BOX


def test_confidences_are_said_once_and_not_kept(tmp_path: Path) -> None:
    batch = one(tmp_path, "0 0.5 0.5 0.25 0.5 0.875\n1 0.5 0.5 0.25 0.25 0.5\n")
    first, _ = batch.images[0].shapes
    assert first.geometry == THE_BOX
    assert problems(batch) == [
        "labels/a.txt, line 1: its last number was taken for a confidence, which is not kept, "
        "here and wherever there is one"
    ]
    assert batch.images[0].shapes_done
    rows = BOX[:-1] + " 0 0 0" * 3 + " 0.75\n"
    assert shape(one(tmp_path, rows, POSE)) == THE_BOX


@pytest.mark.parametrize(
    "row",
    ["0\t0.5\t0.5\t0.25\t0.5\t \r\n", "  0 0.5 .5 25e-2 0.50000\n\n \n", "0.0 0.5 0.5 0.25 0.5"],
)
def test_blanks_of_any_kind(tmp_path: Path, row: str) -> None:
    batch = one(tmp_path, row)
    assert shape(batch) == THE_BOX
    assert not batch.problems


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("0,0.5,0.5,0.25,0.5\n", "its commas were read as blanks"),
        ("0, 0.5, 0.5, 0.25, 0.5\n", "its commas were read as blanks"),
        ("0 0,5 0,5 0,25 0,5\n", "its decimal commas were read as points"),
    ],
)
def test_commas_are_said_once(tmp_path: Path, row: str, said: str) -> None:
    batch = one(tmp_path, row + row)
    assert [each.geometry for each in batch.images[0].shapes] == [THE_BOX, THE_BOX]
    assert problems(batch) == [f"labels/a.txt, line 1: {said}, here and wherever they stand"]


def test_a_row_of_nothing_but_commas(tmp_path: Path) -> None:
    batch = one(tmp_path, ",,\n" + BOX)
    assert shape(batch) == THE_BOX
    assert problems(batch)[1] == "labels/a.txt, line 1: ,, is no number; the line was left out"


def test_what_is_slightly_outside_is_cut(tmp_path: Path) -> None:
    assert shape(one(tmp_path, "0 0.99 0.5 0.25 0.5\n")) == Box(55.36, 12, 64, 36)
    beside = one(tmp_path, "0 -0.001 0.25 1.0001 0.25 0.5 0.75\n")
    found = shape(beside)
    assert isinstance(found, Polygon)
    assert found.parts[0].outer == ((0, 12), (64, 12), (32, 36))
    assert not beside.problems


def test_pixels_that_were_whole_are_whole_again(tmp_path: Path) -> None:
    rows = f"0 {30 / 641:.6f} 0.5 {20 / 641:.6f} 0.5\n"
    assert shape(one(tmp_path, rows, width=641)) == Box(20, 12, 40, 36)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "0 320 240 100 80",
            "these look like pixels, but YOLO counts in parts of the image's width",
        ),
        (
            "0 5 5 60 5 60 40",
            "these look like pixels, but YOLO counts in parts of the image's width",
        ),
        ("0 0.5 0.5 0.1", "3 numbers after the class are no box (4), no corners (6 or more"),
        ("0 0.1 0.1 0.9 0.1 0.5 0.9 0.7", "7 numbers after the class are no box (4), no corners"),
        ("0", "0 numbers after the class are no box"),
        ("cat 0.5 0.5 0.1 0.1", "cat is no number; the line was left out"),
        ("0 0.5 nan 0.1 0.1", "nan is no number; the line was left out"),
        ("0 0.5 0.5 inf 0.1", "inf is no number; the line was left out"),
        ("0 0.5 0.5 1e999 0.1", "1e999 is no number; the line was left out"),
        ("-1 0.5 0.5 0.1 0.1", "a line begins with the number of a class, not with -1"),
        ("0.5 0.5 0.5 0.1 0.1", "a line begins with the number of a class, not with 0.5"),
        ("1e300 0.5 0.5 0.1 0.1", "a line begins with the number of a class, not with 1e+300"),
        ("7 0.5 0.5 0.1 0.1", "there is no class 7; the line was left out"),
        ("0 0.5 0.5 0 0.1", "the box has no area; it was left out"),
        ("0 0.5 0.5 -0.1 0.1", "the box has no area; it was left out"),
        ("0 1.9 0.5 0.1 0.1", "the shape has no area within the image; it was left out"),
        ("0 0.5 0.5 0.5 0.5 0.5 0.5", "the shape has no area within the image; it was left out"),
    ],
)
def test_a_bad_row_is_one_sentence_and_the_others_are_read(
    tmp_path: Path, row: str, said: str
) -> None:
    batch = one(tmp_path, f"{BOX}{row}\n{BOX}")
    [image] = batch.images
    assert [each.geometry for each in image.shapes] == [THE_BOX, THE_BOX]
    assert not image.shapes_done
    [problem] = problems(batch)
    assert problem.startswith(f"labels/a.txt, line 2: {said}")


def test_keypoints_outside_the_image_are_left_out(tmp_path: Path) -> None:
    rows = "0 0.5 0.5 0.5 0.5 0.5 0.5 2 1.5 0.5 2 0.625 0.5 2\n"
    batch = one(tmp_path, rows, POSE)
    assert batch.images[0].shapes[1].geometry == Points(((32, 24), (40, 24)))
    assert problems(batch) == [
        "labels/a.txt, line 1: 1 keypoint(s) lie outside the image; they were left out"
    ]
    assert not batch.images[0].shapes_done


# Files -----------------------------------------------------------------------------------------


def test_keypoints_that_nothing_describes_are_no_outline(tmp_path: Path) -> None:
    row = "0 .5 .5 .25 .5 .4 .4 2 .6 .6 1\n"
    batch = one(tmp_path, BOX + row, NAMES)
    [image] = batch.images
    assert [shape.geometry for shape in image.shapes] == [THE_BOX]
    assert not image.shapes_done
    assert "kpt_shape: [2, 3]" in problems(batch)[0]


def test_another_encoding_is_a_sentence(tmp_path: Path) -> None:
    picture(tmp_path / "b.png")
    text(tmp_path / "b.txt", "\ufeff" + BOX)
    picture(tmp_path / "a.png")
    text(tmp_path / "a.txt", "名".encode("gbk") + b" 0.5 0.5 0.1 0.1")
    text(tmp_path / "classes.txt", "cat".encode("utf-16"))
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {"a.png": [], "b.png": ["cat"]}
    assert [image.shapes_done for image in batch.images] == [False, True]
    assert problems(batch)[0].endswith("a.txt is not in UTF-8; save it as such.")


def test_an_image_that_cannot_be_read(tmp_path: Path) -> None:
    text(tmp_path / "a.png", b"no picture")
    text(tmp_path / "a.txt")
    text(tmp_path / "classes.txt", "cat")
    batch = read(tmp_path)
    assert [image.shapes_done for image in batch.images] == [False]
    assert len(batch.problems) == 1


def test_an_image_that_lies_on_its_side(tmp_path: Path) -> None:
    """Ultralytics counts on the image as its EXIF orientation turns it, and so do we."""
    (tmp_path / "a").mkdir()
    exif = Pillow.Exif()
    exif[0x0112] = 6
    Pillow.new("RGB", (64, 48)).save(tmp_path / "a" / "a.jpg", exif=exif)
    text(tmp_path / "a" / "a.txt")
    text(tmp_path / "a" / "classes.txt", "cat")
    assert shape(read(tmp_path / "a")) == Box(18, 16, 30, 48)


def test_the_same_name_in_sub_folders(tmp_path: Path) -> None:
    for number, folder in enumerate(("a", "b", "a/b")):
        picture(tmp_path / "images" / folder / "1.png")
        text(tmp_path / "labels" / folder / "1.txt", f"{number} 0.5 0.5 0.25 0.5")
    text(tmp_path / "data.yaml", "names: [zero, one, two]")
    (tmp_path / "labels" / "b" / "1.txt").unlink()
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {"images/a/1.png": ["zero"], "images/a/b/1.png": ["two"]}
    (tmp_path / "images" / "a" / "1.png").unlink()
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {"images/a/b/1.png": ["two"]}
    assert problems(batch) == ["labels/a/1.txt: its image was not found"]


def test_one_folder_of_labels_for_images_in_several(tmp_path: Path) -> None:
    for name in ("a/1.png", "a/2.png", "b/2.png"):
        picture(tmp_path / "images" / name)
    text(tmp_path / "labels" / "1.txt")
    text(tmp_path / "labels" / "2.txt")
    text(tmp_path / "classes.txt", "cat")
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {"images/a/1.png": ["cat"]}
    assert problems(batch) == [
        "labels/2.txt: it may be about images/a/2.png or about images/b/2.png; it was given to "
        "neither"
    ]


def test_the_same_stem_with_two_extensions(tmp_path: Path) -> None:
    for name in ("1.png", "1.bmp", "2.png"):
        picture(tmp_path / "images" / name)
    for name in ("1.txt", "2.txt"):
        text(tmp_path / "labels" / name)
    text(tmp_path / "data.yaml", NAMES)
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {"images/2.png": ["cat"]}
    assert problems(batch) == [
        "labels/1.txt: it may be about images/1.bmp or about images/1.png; it was given to neither"
    ]
    text(tmp_path / "train.txt", "images/1.png\nimages/2.png\n")
    assert told(read(tmp_path), tmp_path) == {"images/1.png": ["cat"], "images/2.png": ["cat"]}
    (tmp_path / "train.txt").unlink()
    (tmp_path / "labels" / "1.txt").rename(tmp_path / "labels" / "1.bmp.txt")
    assert told(read(tmp_path), tmp_path) == {"images/1.bmp": ["cat"], "images/2.png": ["cat"]}


def test_names_that_differ_in_case_only(tmp_path: Path) -> None:
    picture(tmp_path / "A.png")
    picture(tmp_path / "a.png")
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("these are one file here")
    text(tmp_path / "a.txt")
    text(tmp_path / "classes.txt", "cat")
    assert told(read(tmp_path), tmp_path) == {"a.png": ["cat"]}
    (tmp_path / "a.png").unlink()
    assert told(read(tmp_path), tmp_path) == {"A.png": ["cat"]}


def test_two_label_files_of_one_image(tmp_path: Path) -> None:
    picture(tmp_path / "images" / "1.png")
    text(tmp_path / "labels" / "1.txt")
    text(tmp_path / "images" / "1.txt", "1 0.5 0.5 0.1 0.1")
    text(tmp_path / "data.yaml", NAMES)
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {"images/1.png": ["cat"]}
    assert not batch.images[0].shapes_done
    assert problems(batch) == [
        "images/1.txt: another file describes the same image; it was left out"
    ]


def test_other_texts_are_no_labels(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    text(tmp_path / "a.txt")
    text(tmp_path / "classes.txt", "cat")
    for name in ("README.txt", "readme.md.txt", "LICENSE.txt", "requirements.txt", "notes.txt"):
        text(tmp_path / name, "hello\n")
    text(tmp_path / "results.txt", "0.5 many words\n")
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {"a.png": ["cat"]}
    assert not batch.problems


def test_images_that_are_called_like_other_files(tmp_path: Path) -> None:
    for name in ("train", "classes", "readme"):
        picture(tmp_path / "images" / f"{name}.png")
        text(tmp_path / "labels" / f"{name}.txt")
    text(tmp_path / "data.yaml", NAMES)
    assert len(told(read(tmp_path), tmp_path)) == 3


def test_names_that_are_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff a\n")
    picture(tmp_path / "images" / f"{name}.png")
    picture(tmp_path / "images" / "cafe\u0301.png")
    text(tmp_path / "labels" / f"{name}.txt", BOX + "x\n")
    text(tmp_path / "labels" / "caf\u00e9.txt")
    text(tmp_path / "data.yaml", NAMES + "train: list.txt\n")
    text(tmp_path / "list.txt", "images/caf\u00e9.png\n")
    batch = read(tmp_path)
    assert [len(image.shapes) for image in batch.images] == [1, 1]
    assert {image.split for image in batch.images} == {None, Split.TRAIN}
    assert problems(batch)[0].encode()


def test_a_label_file_without_image(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    for name in "ab":
        text(tmp_path / f"{name}.txt")
    text(tmp_path / "classes.txt", "cat")
    assert problems(read(tmp_path)) == ["b.txt: its image was not found"]


def test_a_folder_is_asked_for_that_has_something(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    with pytest.raises(FormatError, match=r"no YOLO label file \(.txt\) in"):
        read(tmp_path)
    with pytest.raises(FormatError, match="does not describe a YOLO data set"):
        read(text(tmp_path / "model.yaml", "nc: 80\nbackbone: []\n"))
    with pytest.raises(FormatError, match="does not describe a YOLO data set"):
        read(text(tmp_path / "a.txt", "hello"))


def test_several_data_sets_in_one_folder(tmp_path: Path) -> None:
    for name in ("one", "two"):
        picture(tmp_path / name / "images" / "1.png")
        text(tmp_path / name / "labels" / "1.txt")
        text(tmp_path / name / "data.yaml", f"names: [{name}]")
    with pytest.raises(FormatError, match=r"such as those of one/data.yaml and two/data.yaml"):
        read(tmp_path)
    assert told(read(tmp_path / "two"), tmp_path) == {"two/images/1.png": ["two"]}


def test_a_data_set_in_one_folder_more(tmp_path: Path) -> None:
    picture(tmp_path / "unzipped" / "images" / "1.png")
    text(tmp_path / "unzipped" / "labels" / "1.txt")
    text(tmp_path / "unzipped" / "data.yaml", NAMES)
    assert told(read(tmp_path), tmp_path) == {"unzipped/images/1.png": ["cat"]}


# Class names -----------------------------------------------------------------------------------


def test_names_stay_as_they_are_written(tmp_path: Path) -> None:
    description = "names: [yes, 1, null, 1.50, ~, 'a: b', \"\\u87ba\", 2020-01-01]\nnc: 8\n"
    batch = one(tmp_path, "", description)
    assert batch.labels == ("yes", "1", "null", "1.50", "~", "a: b", "螺", "2020-01-01")
    assert not batch.problems


def test_ids_with_gaps_and_names_that_are_none(tmp_path: Path) -> None:
    description = "names:\n  7: cat\n  2: ''\n  3: [a]\n  x: y\n  9: Cat\nnc: 3\n"
    batch = one(tmp_path, "7 0.5 0.5 0.1 0.1\n2 0.5 0.5 0.1 0.1\n", description)
    assert [each.label for each in batch.images[0].shapes] == ["cat", "2"]
    assert batch.labels == ("2", "3", "cat", "Cat")
    assert problems(batch) == [
        "data.yaml, names[2]: the class has no name; its number is used",
        "data.yaml, names[3]: the class has no name; its number is used",
        "data.yaml, names[x]: this is no number of a class; its name was left out",
        "data.yaml, names[9]: classes 7 and 9 have the same name; they became one",
        "data.yaml, nc: it says 3 classes, but names 4; those that it names were taken",
    ]


def test_without_names_the_numbers_are_the_names(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    text(tmp_path / "a.txt", "10 0.5 0.5 0.1 0.1\n9 0.5 0.5 0.1 0.1\n")
    batch = read(tmp_path)
    assert batch.labels == ("9", "10")
    [said] = problems(batch)
    assert said.endswith(
        "the data set names no classes (in data.yaml or classes.txt); they are called by "
        "their numbers"
    )


def test_lists_of_names_that_do_not_agree(tmp_path: Path) -> None:
    """labelImg writes one for each folder, in the order in which classes were first used."""
    for folder, names in (("one", "cat\ndog\n"), ("two", "dog\ncat\n"), ("three", "")):
        picture(tmp_path / folder / "1.png")
        text(tmp_path / folder / "1.txt")
        if names:
            text(tmp_path / folder / "classes.txt", names)
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {
        "one/1.png": ["cat"],
        "three/1.png": ["cat"],
        "two/1.png": ["dog"],
    }
    assert problems(batch) == [
        "two/classes.txt: its class names differ from those of one/classes.txt; each file "
        "counts for the labels in its own folder"
    ]


def test_two_descriptions_in_one_folder(tmp_path: Path) -> None:
    text(tmp_path / "other.yaml", "names: [dog]")
    text(tmp_path / "hyp.yaml", "lr0: 0.01")
    batch = one(tmp_path, BOX)
    assert batch.labels == ("cat", "dog")
    assert problems(batch) == [
        "other.yaml, names: its class names differ from those of data.yaml, which were taken"
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "names: [cat",
        "names: " + "[" * 2000,
        "names: [cat]\n\x07",
        "names: &a [*a, cat]\n",
        "{? [a] : b}",
        b"names: [\xff\xfe]",
        "names: [cat]\n#" + "x" * (1 << 20),
    ],
)
def test_a_broken_description(tmp_path: Path, broken: str | bytes) -> None:
    picture(tmp_path / "a.png")
    text(tmp_path / "a.txt")
    text(tmp_path / "classes.txt", "cat")
    text(tmp_path / "data.yaml", broken)
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {"a.png": ["cat"]}
    assert [problem.file for problem in batch.problems] == ["data.yaml"]
    with pytest.raises(FormatError):
        read(tmp_path / "data.yaml")


@pytest.mark.parametrize(
    "hostile",
    [
        "a: &a [x, x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b]\nnames: [*c, cat]\n",
        "names: [!!python/object/apply:os.system [exit], cat]\n",
        'names: [a, cat]\ntrain: "\\0"\nval: [1, [2], {}]\npath: [x]\ntest: ' + "x" * 5000 + "\n",
        'names: ["\\ud800", cat]\nkpt_shape: [x, 3]\n',
    ],
)
def test_a_hostile_description(tmp_path: Path, hostile: str) -> None:
    batch = one(tmp_path, "1 0.5 0.5 0.25 0.5", hostile)
    assert [each.label for each in batch.images[0].shapes] == ["cat"]


@pytest.mark.parametrize(
    "shape_of", ["17", "[17]", "[17, 4]", "[0, 3]", "[-1, 3]", "[999999999, 3]", "{a: 1}"]
)
def test_keypoints_that_cannot_be(tmp_path: Path, shape_of: str) -> None:
    batch = one(tmp_path, BOX, NAMES + f"kpt_shape: {shape_of}\n")
    assert problems(batch) == [
        "data.yaml, kpt_shape: this should be how many keypoints there are, and 2 or 3 numbers "
        "for each"
    ]


@pytest.mark.parametrize("content", ["[" * 100_000, '{"categories": 3}', "[]", "{"])
def test_notes_that_tell_nothing(tmp_path: Path, content: str) -> None:
    picture(tmp_path / "a.png")
    text(tmp_path / "a.txt")
    text(tmp_path / "notes.json", content)
    assert told(read(tmp_path), tmp_path) == {"a.png": ["0"]}


# Splits ----------------------------------------------------------------------------------------


def test_splits_of_another_machine(tmp_path: Path) -> None:
    for split in ("train", "val"):
        picture(tmp_path / "images" / f"{split}2017" / f"{split}.png")
        text(tmp_path / "labels" / f"{split}2017" / f"{split}.txt")
    description = NAMES + "path: /content/drive/set\n"
    description += "train: /content/drive/set/images/train2017\nval: images\\val2017\n"
    text(tmp_path / "data.yaml", description)
    assert splits(read(tmp_path)) == {"train.png": Split.TRAIN, "val.png": Split.VAL}


def test_several_folders_of_one_split(tmp_path: Path) -> None:
    for folder in ("a", "b", "c"):
        picture(tmp_path / "images" / folder / f"{folder}.png")
        text(tmp_path / "labels" / folder / f"{folder}.txt")
    text(tmp_path / "data.yaml", NAMES + "train: [images/a, images/b]\nval: images/c\n")
    assert splits(read(tmp_path)) == {
        "a.png": Split.TRAIN,
        "b.png": Split.TRAIN,
        "c.png": Split.VAL,
    }


def test_a_folder_of_two_splits_tells_nothing(tmp_path: Path) -> None:
    text(tmp_path / "data.yaml", NAMES + "train: images\nval: images\n")
    picture(tmp_path / "images" / "a.png")
    text(tmp_path / "labels" / "a.txt")
    assert splits(read(tmp_path)) == {"a.png": None}


def test_without_a_description_folders_tell_the_split(tmp_path: Path) -> None:
    picture(tmp_path / "images" / "training" / "a.png")
    text(tmp_path / "labels" / "training" / "a.txt")
    picture(tmp_path / "images" / "b.png")
    text(tmp_path / "labels" / "test" / "b.txt")
    batch = read(tmp_path)
    assert splits(batch) == {"a.png": Split.TRAIN, "b.png": Split.TEST}
    batch = read(tmp_path, ImportOptions(split=Split.VAL))
    assert splits(batch) == {"a.png": Split.VAL, "b.png": Split.VAL}


def test_a_list_with_paths_of_another_machine(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        picture(tmp_path / "pool" / "images" / f"{name}.png")
        text(tmp_path / "pool" / "labels" / f"{name}.txt")
    text(tmp_path / "train.txt", "/home/me/pool/images/a.png\r\nC:\\pool\\images\\b.png\r\n")
    text(tmp_path / "val.txt", "./pool/images/c.png\n../../../etc/passwd\n")
    text(tmp_path / "my.yaml", NAMES + "train: train.txt\nval: val.txt\n")
    batch = read(tmp_path)
    assert splits(batch) == {"a.png": Split.TRAIN, "b.png": Split.TRAIN, "c.png": Split.VAL}
    assert problems(batch) == [
        "val.txt: 1 of the images that it lists were not found, such as ../../../etc/passwd"
    ]


# Where labels lie ------------------------------------------------------------------------------


def test_folders_of_other_names(tmp_path: Path) -> None:
    picture(tmp_path / "Images" / "1.png")
    text(tmp_path / "Annotations" / "1.txt")
    picture(tmp_path / "more" / "imgs" / "2.png")
    text(tmp_path / "more" / "yolo_txt" / "2.txt")
    text(tmp_path / "obj.names", "cat")
    assert told(read(tmp_path), tmp_path) == {"Images/1.png": ["cat"], "more/imgs/2.png": ["cat"]}
    assert told(read(tmp_path / "Annotations"), tmp_path) == {"Images/1.png": ["cat"]}


def test_labels_of_an_image_that_is_not_there_go_to_no_other(tmp_path: Path) -> None:
    picture(tmp_path / "one" / "photos" / "1.png")
    text(tmp_path / "two" / "txt" / "1.txt")
    picture(tmp_path / "images" / "train_day" / "2.png")
    text(tmp_path / "labels" / "train_night" / "2.txt")
    picture(tmp_path / "here" / "3.png")
    picture(tmp_path / "there" / "4.png")
    text(tmp_path / "there" / "3.txt")
    text(tmp_path / "there" / "4.txt")
    text(tmp_path / "classes.txt", "cat")
    batch = read(tmp_path)
    assert told(batch, tmp_path) == {"there/4.png": ["cat"]}
    assert len(batch.problems) == 3


def test_one_part_of_a_data_set(tmp_path: Path) -> None:
    picture(tmp_path / "val" / "images" / "1.png")
    text(tmp_path / "val" / "labels" / "1.txt")
    text(tmp_path / "data.yaml", NAMES + "val: ../valid/images\n")
    picture(tmp_path / "strict" / "obj_train_data" / "1.png")
    text(tmp_path / "strict" / "obj_train_data" / "1.txt")
    text(tmp_path / "strict" / "obj.names", "nut")
    text(tmp_path / "strict" / "data.yaml", "names: [bolt]")
    text(tmp_path / "strict" / "obj_train_data" / "data.yaml", "names: [nut]")
    for folder, name, split in (("val", "cat", "val"), ("strict/obj_train_data", "nut", "train")):
        batch = read(tmp_path / folder)
        assert [[s.label for s in image.shapes] for image in batch.images] == [[name]]
        assert [image.split for image in batch.images] == [split]
        assert not batch.problems


# Real sets -------------------------------------------------------------------------------------


@pytest.mark.data
@pytest.mark.parametrize("fixture", ["boxes_bccd12__yolo", "boxes_bccd12__yolo_ultralytics"])
def test_what_datumaro_reads(data_sets: Path, fixture: str) -> None:
    folder = data_sets / "data" / "format_fixtures"
    batch = read(folder / fixture)
    expected = json.loads((folder / "boxes_bccd12__expected.json").read_text())
    assert list(batch.labels) == expected["labels"]
    assert not batch.problems
    images = {image.path.stem: image for image in batch.images}
    assert set(images) == {item["id"] for item in expected["items"]}
    for item in expected["items"]:
        image = images[item["id"]]
        assert image.split == item["subset"]
        assert image.shapes_done
        for shape, annotation in zip(image.shapes, item["annotations"], strict=True):
            assert shape.label == annotation["label"]
            assert isinstance(shape.geometry, Box)
            box = shape.geometry
            assert [box.x0, box.y0, box.width, box.height] == annotation["xywh"]


@pytest.mark.data
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_foreign_formats_cause_errors_but_no_crash(data_sets: Path) -> None:
    assets = data_sets / "data" / "format_fixtures" / "tiny_datumaro_assets"
    for folder in (path for path in (*assets.glob("*/"), *assets.glob("*/*/")) if path.is_dir()):
        try:
            batch = read(folder)
        except StudioError as error:
            assert str(error), folder
        else:
            assert batch.images, folder
