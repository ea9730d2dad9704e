"""The format of a data set is seen by itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape
from studio.domain.shapes import Box
from studio.formats.base import FORMATS, writer_of
from studio.formats.recognition import recognise
from tests import making
from tests.formats.conftest import Projects
from tests.formats.whole import result_of
from tests.making import picture

YOLO = {"data.yaml": "train: images\nnames: [cat]\n", "labels/a.txt": "0 .5 .5 .1 .1\n"}
LABELME = '{"version": "5.0", "flags": {}, "shapes": [], "imagePath": "a.png"}'
CVAT = '<?xml version="1.0"?>\n<annotations>\n<version>1.1</version></annotations>'


@pytest.mark.parametrize(
    "name", [name for name, each in FORMATS.items() if each.read and each.write]
)
def test_what_is_exported_is_recognised(tmp_path: Path, project_of: Projects, name: str) -> None:
    image = ImportedImage(
        picture(tmp_path / "a.png"), ("cat",), (ImportedShape("cat", Box(1, 2, 30, 20)),)
    )
    other = ImportedImage(picture(tmp_path / "b.png"), ("dog",))
    session = project_of(ImportBatch((image, other), ("cat", "dog")))
    result_of(writer_of(name)(session.reader, tmp_path / "out"))
    assert recognise(tmp_path / "out") == name


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("yolo", YOLO),
        ("yolo", {"classes.txt": "cat\n", "a.txt": "\n0 0.5 0.5 1e-1 .25 \n"}),
        ("labelme", {"a.json": LABELME}),
        ("labelme", {"a.json": f'{{"imageData": "{"A" * 200_000}", {LABELME[1:]}'}),
        ("coco", {"annotations/instances.json": '{"info": {}, "images": []}'}),
        ("coco", {"x.json": "{}", "y.json": '\ufeff{"images" : []}'}),
        ("voc", {"Annotations/a.xml": "<annotation><filename>a.png</filename></annotation>"}),
        ("cvat", {"annotations.xml": CVAT}),
        ("csv", {"tags.csv": "file,label\n"}),
        (None, {"README.txt": "10 pictures of 3 cats\n", "a.json": '{"name": "x"}'}),
        (None, {}),
    ],
)
def test_files_of_other_programs(tmp_path: Path, name: str | None, files: dict[str, str]) -> None:
    picture(tmp_path / "a.png")
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert recognise(tmp_path) == name
    first = next(iter(files), None)
    if first and len(files) == 1:
        assert recognise(tmp_path / first) == name


@pytest.mark.parametrize(
    ("name", "pictures"),
    [
        ("masks", ["images/a.jpg", "masks/a.png"]),
        ("masks", ["train/a.png", "trainannot/a.png"]),
        ("masks", ["a.jpg", "a_mask.png"]),
        ("masks", ["1/images/1.png", "1/masks/x.png"]),
        ("imagefolder", ["cat/1.png", "dog/1.png"]),
        ("imagefolder", ["label_0/1.jpg", "label_1/1.jpg"]),
        ("imagefolder", ["train/cat/1.png", "val/dog/1.png"]),
        (None, ["train/1.png", "val/1.png"]),
        (None, ["unlabelled/1.png"]),
        (None, ["1.png", "2.png"]),
    ],
)
def test_places_of_images(tmp_path: Path, name: str | None, pictures: list[str]) -> None:
    for path in pictures:
        picture(tmp_path / path)
    assert recognise(tmp_path) == name


def test_a_project_within_it_is_passed_over(tmp_path: Path) -> None:
    making.project(tmp_path / "x", images=1).close()
    run = tmp_path / "x" / "project" / "runs" / "0001-detect"
    run.mkdir(parents=True)
    (run / "dataset.json").write_text('{"images": []}', encoding="utf-8")
    assert recognise(tmp_path) is None
    (tmp_path / "a.xml").write_text("<annotation></annotation>", encoding="utf-8")
    assert recognise(tmp_path) == "voc"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are POSIX's")
def test_what_cannot_be_read_is_not_recognised(tmp_path: Path) -> None:
    assert recognise(tmp_path / "nowhere") is None
    (tmp_path / "a.json").mkdir()
    (tmp_path / "b.json").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert recognise(tmp_path) is None
