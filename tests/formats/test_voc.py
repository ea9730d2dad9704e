from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.domain.imports import ImportBatch
from studio.domain.project import Split
from studio.domain.shapes import Box, RotatedBox
from studio.errors import FormatError
from studio.formats.contract import ImportOptions
from tests.formats.whole import voc
from tests.making import picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    picture(tmp_path / "JPEGImages" / "a.png", 64, 48)
    return tmp_path


def box(name: str, *corners: object, more: str = "") -> str:
    sides = ("xmin", "ymin", "xmax", "ymax")
    inner = "".join(f"<{s}>{c}</{s}>" for s, c in zip(sides, corners, strict=False))
    return f"<object><name>{name}</name>{more}<bndbox>{inner}</bndbox></object>"


def annotation(*objects: str, filename: str = "a.png", size: str = "") -> str:
    return f"<annotation><filename>{filename}</filename>{size}{''.join(objects)}</annotation>"


def read(folder: Path, content: str, name: str = "a", **options: Any) -> ImportBatch:
    (folder / "Annotations").mkdir(exist_ok=True)
    (folder / "Annotations" / f"{name}.xml").write_text(content, encoding="utf-8")
    return voc.read(folder, ImportOptions(**options))


def test_corners_counted_from_one_become_half_open_boxes(folder: Path) -> None:
    size = "<size><width>64</width><height>48</height></size>"
    batch = read(folder, annotation(box("cat", 1, 1, 64, 48), box("dog", 11, 6, 20, 9), size=size))
    [image] = batch.images
    assert [shape.geometry for shape in image.shapes] == [Box(0, 0, 64, 48), Box(10, 5, 20, 9)]
    assert batch.labels == ("cat", "dog")
    assert image.shapes_done
    assert not batch.problems


@pytest.mark.parametrize("filename", ["a", "a.png", "C:\\photos\\a.png", "stale.png", ""])
def test_the_image_is_found_by_its_name_or_the_files(folder: Path, filename: str) -> None:
    [image] = read(folder, annotation(box("cat", 1, 1, 9, 9), filename=filename)).images
    assert image.path == folder / "JPEGImages" / "a.png"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (box("cat", 5, 5, 5, 9), "object[0].bndbox"),
        (box("cat", 9, 5, 5, 9), "object[0].bndbox"),
        (box("cat", 5, 5, 9), "object[0].bndbox"),
        (box("cat", 5, 5, "x", 9), "object[0].bndbox"),
        (box("cat", 5, 5, "nan", 9), "object[0].bndbox"),
        (box("cat", 500, 500, 510, 510), "object[0].bndbox"),
        ("<object><name>cat</name></object>", "object[0].bndbox"),
        (box(" ", 5, 5, 9, 9), "object[0].name"),
    ],
)
def test_a_bad_object_is_said_and_the_rest_goes_on(folder: Path, content: str, place: str) -> None:
    batch = read(folder, annotation(content, box("cat", 5, 5, 9, 9)))
    assert len(batch.images[0].shapes) == 1
    assert [problem.field for problem in batch.problems] == [place]
    assert batch.problems[0].file == str(Path("Annotations", "a.xml"))


@pytest.mark.parametrize(
    "content",
    [
        "<annotation>",
        "",
        "<html/>",
        annotation(filename="gone.png").replace("gone", "b"),
        '<!DOCTYPE a [<!ENTITY b "bomb">]><annotation><filename>&b;</filename></annotation>',
    ],
)
def test_a_bad_file_is_said_and_the_rest_goes_on(folder: Path, content: str) -> None:
    read(folder, annotation(box("cat", 5, 5, 9, 9)))
    batch = read(folder, content, name="b")
    assert len(batch.images) == 1
    assert [problem.file for problem in batch.problems] == [str(Path("Annotations", "b.xml"))]


def test_flags_are_kept(folder: Path) -> None:
    flags = "<difficult>1</difficult><truncated>0</truncated><occluded>1</occluded>"
    [image] = read(folder, annotation(box("cat", 5, 5, 9, 9, more=flags))).images
    assert image.shapes[0].attributes == (("difficult", "1"), ("occluded", "1"))


def test_a_box_that_cvat_turned_is_turned(folder: Path) -> None:
    more = "<attributes><attribute><name>rotation</name><value>{}</value></attribute></attributes>"
    turned = box("cat", 11, 21, 30, 30, more=more.format("30.0"))
    upright = box("cat", 11, 21, 30, 30, more=more.format("0.0"))
    [image] = read(folder, annotation(turned, upright)).images
    assert [(shape.geometry, shape.attributes) for shape in image.shapes] == [
        (RotatedBox(20, 25, 20, 10, 30), (("rotation", "30.0"),)),
        (Box(10, 20, 30, 30), (("rotation", "0.0"),)),
    ]


def test_no_object_means_that_nothing_is_there(folder: Path) -> None:
    [image] = read(folder, annotation()).images
    assert (image.shapes, image.shapes_done) == ((), True)


def test_image_sets_are_splits(folder: Path) -> None:
    names = ["a", "b", "c", "d e"]
    for name in names[1:]:
        picture(folder / "JPEGImages" / f"{name}.png")
    sets = folder / "ImageSets" / "Main"
    sets.mkdir(parents=True)
    (sets / "train.txt").write_text("a\n")
    (sets / "val.txt").write_text("b 1\nd e -1\n")
    (sets / "test.txt").write_text("c.png\n")
    (sets / "trainval.txt").write_text("a\nb\nc\n")
    (sets / "cat_train.txt").write_text("c 1\n")
    for name in names:
        batch = read(folder, annotation(filename=f"{name}.png"), name=name)
    assert [image.split for image in batch.images] == [
        Split.TRAIN,
        Split.VAL,
        Split.TEST,
        Split.VAL,
    ]
    batch = voc.read(folder, ImportOptions(split=Split.TRAIN))
    assert {image.split for image in batch.images} == {Split.TRAIN}


def test_a_name_that_ends_in_a_number_is_not_its_namesake_without(folder: Path) -> None:
    picture(folder / "JPEGImages" / "a 1.png")
    sets = folder / "ImageSets" / "Main"
    (sets / "test.txt").mkdir(parents=True)
    (sets / "train.txt").write_text("a 1\n")
    (sets / "val.txt").write_text("a 1 1\na -1\n")
    read(folder, annotation())
    batch = read(folder, annotation(filename="a 1.png"), name="a 1")
    assert {image.path.stem: image.split for image in batch.images} == {
        "a": Split.VAL,
        "a 1": Split.TRAIN,
    }
    assert [problem.file for problem in batch.problems] == ["ImageSets/Main/test.txt"]


@pytest.mark.parametrize("encoding", ["gbk", "GB2312", "utf-16"])
def test_other_encodings_that_a_file_names(folder: Path, encoding: str) -> None:
    (folder / "Annotations").mkdir()
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n{annotation(box("猫", 1, 1, 9, 9))}'
    (folder / "Annotations" / "a.xml").write_bytes(text.encode(encoding))
    assert voc.read(folder, ImportOptions()).labels == ("猫",)


def test_one_folder_for_both_and_a_single_file(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    (tmp_path / "a.xml").write_text(annotation(box("cat", 5, 5, 9, 9)))
    assert len(voc.read(tmp_path, ImportOptions()).images) == 1
    assert len(voc.read(tmp_path / "a.xml", ImportOptions()).images) == 1


def test_files_as_an_archive_from_a_mac_brings_them(folder: Path) -> None:
    read(folder, annotation(box("cat", 5, 5, 9, 9)))
    labels = folder / "Annotations"
    (labels / "a.xml").rename(labels / "a.XML")
    for place in (labels, folder / "__MACOSX" / "Annotations"):
        place.mkdir(parents=True, exist_ok=True)
        (place / "._a.xml").write_bytes(b"\0\5\x16\7")
    batch = voc.read(folder, ImportOptions())
    assert [len(image.shapes) for image in batch.images] == [1]
    assert not batch.problems


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no Pascal VOC file"):
        voc.read(tmp_path, ImportOptions())
    (tmp_path / "a.xml").write_text(annotation())
    with pytest.raises(FormatError, match="say in which folder"):
        voc.read(tmp_path, ImportOptions())
