"""CVAT's files as CVAT and Datumaro have written them, compared with what Datumaro reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.domain import geometry as geo
from studio.domain.imports import ImportBatch
from studio.domain.project import Split
from studio.domain.shapes import Box, Mask, Points, Polygon, Polyline
from studio.errors import FormatError
from studio.formats.contract import ImportOptions
from studio.formats.cvat import reading as cvat
from tests.formats.whole import result_of

pytestmark = pytest.mark.data


@pytest.fixture
def fixtures(data_sets: Path) -> Path:
    return data_sets / "data" / "format_fixtures"


def read(source: Path) -> ImportBatch:
    return result_of(cvat.read(source, ImportOptions()))


@pytest.mark.parametrize("name", ["boxes_bccd12", "masks_dsb"])
def test_what_datumaro_reads(fixtures: Path, name: str) -> None:
    batch = read(fixtures / f"{name}__cvat")
    expected = json.loads((fixtures / f"{name}__expected.json").read_text())
    images = {image.path.stem: image for image in batch.images}
    assert not batch.problems
    assert list(batch.labels) == expected["labels"]
    for item in expected["items"]:
        image = images.pop(item["id"], None)
        if image is None:
            assert item["subset"] != "train"
            continue
        assert (image.split, image.shapes_done) == (item["subset"], True)
        for shape, annotation in zip(image.shapes, item["annotations"], strict=True):
            assert (shape.label, shape.attributes) == (annotation["label"], ())
            around = geo.bounds(shape.geometry)
            found = [around.x0, around.y0, around.width, around.height]
            assert found == pytest.approx(annotation["xywh"])
            if annotation["type"] == "mask":
                assert isinstance(shape.geometry, Mask)
                assert geo.area(shape.geometry) == annotation["area"]
    assert not images


def test_a_project(fixtures: Path) -> None:
    assets = fixtures / "tiny_datumaro_assets" / "cvat_dataset" / "for_images"
    batch = read(assets / "export_project")
    places = [(image.path.parent.name, image.path.stem, image.split) for image in batch.images]
    assert places == [
        (folder, name, split)
        for folder, split in (
            ("Test", Split.TEST),
            ("Train", Split.TRAIN),
            ("Validation", Split.VAL),
        )
        for name in ("img0", "img1")
    ]
    first, second = batch.images[:2]
    # From bottom to top: the line has no z_order.
    assert [shape.geometry for shape in first.shapes] == [
        Polyline(((1, 2), (3, 4), (5, 6), (7, 8))),
        Box(0, 2, 4, 4),
    ]
    assert dict(first.shapes[1].attributes) == {
        "a1": "true",
        "a2": "v3",
        "a3": "0003",
        "a4": "2.4",
        "occluded": "1",
    }
    assert [type(shape.geometry) for shape in second.shapes] == [Polygon, Points]
    assert batch.labels == ("label1", "label2")
    assert not batch.problems


def test_shapes_without_a_class_are_said(fixtures: Path) -> None:
    assets = fixtures / "tiny_datumaro_assets" / "cvat_dataset" / "for_images"
    batch = read(assets / "export_task")
    assert [image.split for image in batch.images] == [Split.TRAIN] * 2
    assert [len(image.shapes) for image in batch.images] == [1, 1]
    assert ["has no class" in str(problem) for problem in batch.problems] == [True, True]


def test_a_video(fixtures: Path) -> None:
    batch = read(fixtures / "tiny_datumaro_assets" / "cvat_dataset" / "for_video")
    found = {image.path.stem: [s.geometry for s in image.shapes] for image in batch.images}
    assert found == {
        "frame_000010": [Box(3, 4, 10, 5), Points(((21.95, 8), (2.55, 15.09), (2.23, 3.16)))],
        "frame_000013": [Polyline(((7.85, 13.88), (3.5, 6.67), (15.9, 2), (13.31, 7.21)))],
    }
    assert all(image.shapes_done for image in batch.images)
    assert batch.labels == ("klhg", "z U k", "II")
    assert not batch.problems


def test_labelme_3_is_named(fixtures: Path) -> None:
    with pytest.raises(FormatError, match=r"LabelMe 3\.0"):
        read(fixtures / "boxes_bccd12__label_me")
    with pytest.raises(FormatError, match="Pascal VOC"):
        read(fixtures / "boxes_bccd12__voc_detection")


def test_other_formats_cause_sentences_and_no_crash(fixtures: Path) -> None:
    assets = fixtures / "tiny_datumaro_assets"
    folders = [path for path in assets.rglob("*") if path.is_dir() and any(path.rglob("*.xml"))]
    assert len(folders) > 10
    for folder in folders:
        try:
            assert read(folder).images
        except FormatError as error:
            assert str(error)
