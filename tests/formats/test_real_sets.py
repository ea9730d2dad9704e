"""Real data sets, compared with what their own tools make of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from studio.domain import geometry as geo
from studio.domain.imports import ImportBatch
from studio.domain.project import Split
from studio.domain.shapes import Box, Mask, Polygon
from studio.errors import StudioError
from studio.formats.base import FORMATS, reader_of
from studio.formats.contract import ImportOptions
from tests.formats.whole import result_of

pytestmark = [pytest.mark.data, pytest.mark.filterwarnings("ignore::UserWarning")]


@pytest.fixture
def data(data_sets: Path) -> Path:
    return data_sets / "data"


def read(name: str, source: Path, **options: Any) -> ImportBatch:
    return result_of(reader_of(name)(source, ImportOptions(**options)))


def splits(batch: ImportBatch) -> dict[Split | None, int]:
    return dict(Counter(image.split for image in batch.images))


def shape_count(batch: ImportBatch) -> int:
    return sum(len(image.shapes) for image in batch.images)


def test_blood_cells(data: Path) -> None:
    batch = read("voc", data / "bccd")
    assert splits(batch) == {Split.TRAIN: 205, Split.VAL: 87, Split.TEST: 72}
    assert set(batch.labels) == {"RBC", "WBC", "Platelets"}
    assert shape_count(batch) == 4886
    assert ["no area" in str(problem) for problem in batch.problems] == [True, True]


def test_ants_and_bees(data: Path) -> None:
    batch = read("imagefolder", data / "ants_bees")
    assert splits(batch) == {Split.TRAIN: 245, Split.VAL: 153}
    assert batch.labels == ("ants", "bees")


def test_street_scenes(data: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text(
        "Sky\nBuilding\nPole\nRoad\nPavement\nTree\nSignSymbol\nFence\nCar\nPedestrian\n"
        "Bicyclist\nunlabelled\n"
    )
    batch = read("masks", data / "camvid", names=names, ignore=11)
    assert splits(batch) == {Split.TRAIN: 62, Split.VAL: 26}
    assert len(batch.labels) == 11
    assert {shape.label for image in batch.images for shape in image.shapes if shape.ignore} == {
        "unlabelled"
    }
    for image in batch.images:
        covered = sum(geo.area(shape.geometry) for shape in image.shapes)
        assert covered == 480 * 360
    assert not batch.problems


def test_nuclei(data: Path) -> None:
    folders = sorted((data / "nuclei").iterdir())[:8]
    for folder in folders:
        batch = read("masks", folder)
        assert len(batch.images) == 1
        assert shape_count(batch) == len(list((folder / "masks").iterdir()))


def test_photographs_of_labelmes_own_examples(data: Path) -> None:
    batch = read("labelme", data / "labelme" / "semantic_segmentation")
    items = json.loads((data / "format_fixtures" / "polygons_labelme__expected.json").read_text())
    annotations = {item["id"]: item["annotations"] for item in items["items"]}
    assert set(annotations) == {image.path.stem for image in batch.images}
    assert not batch.problems
    for image in batch.images:
        told = [each["label"] for each in annotations[image.path.stem]]
        assert [shape.label or "__ignore__" for shape in image.shapes] == told
        assert [shape.ignore for shape in image.shapes] == [name == "__ignore__" for name in told]
    kinds = read("labelme", data / "labelme" / "primitives")
    assert set(kinds.labels) > {"rectangle", "circle", "polygon", "line", "point", "line_strip"}


@pytest.mark.parametrize(
    ("name", "fixture", "expected"),
    [
        ("coco", "boxes_bccd12__coco_instances", "boxes_bccd12__expected.json"),
        ("voc", "boxes_bccd12__voc_detection", "boxes_bccd12__expected.json"),
        ("coco", "polygons_labelme__coco_instances", "polygons_labelme__expected.json"),
        ("coco", "masks_dsb__coco_instances", "masks_dsb__expected.json"),
    ],
)
def test_what_datumaro_reads(data: Path, name: str, fixture: str, expected: str) -> None:
    folder = data / "format_fixtures"
    batch = read(name, folder / fixture)
    items = json.loads((folder / expected).read_text())["items"]
    images = {image.path.stem: image for image in batch.images}
    assert set(images) == {item["id"] for item in items}
    assert not batch.problems
    # VOC counts from 1 and includes the last pixel, which Datumaro passes over.
    start = 1 if name == "voc" else 0
    for item in items:
        image = images[item["id"]]
        assert image.split == item["subset"]
        for shape, annotation in zip(image.shapes, item["annotations"], strict=True):
            assert shape.label == annotation["label"]
            match shape.geometry:
                case Box(x0, y0, x1, y1):
                    found = [x0 + start, y0 + start, x1 - x0 - start, y1 - y0 - start]
                    assert found == pytest.approx(annotation["xywh"])
                case Mask(x, y, width, height):
                    assert geo.area(shape.geometry) == annotation["area"]
                    assert [x, y, width, height] == annotation["xywh"]
                case Polygon(parts):
                    flat = [value for point in parts[0].outer for value in point]
                    height, width = item["size_hw"]
                    told = annotation["points"]
                    if max(told[::2]) <= width and max(told[1::2]) <= height and min(told) >= 0:
                        assert flat == pytest.approx(told, abs=0.01)
                    else:  # what juts out of the image is cut off here
                        assert max(flat[::2]) <= width
                        assert max(flat[1::2]) <= height
                case other:
                    pytest.fail(f"unexpected {other}")


def test_fifty_foreign_formats_cause_errors_but_no_crash(data: Path) -> None:
    assets = data / "format_fixtures" / "tiny_datumaro_assets"
    folders = [path for path in assets.glob("*/") if path.is_dir()]
    folders += [path for path in assets.glob("*/*/") if path.is_dir()]
    assert len(folders) > 100
    for folder in folders:
        for name, each in FORMATS.items():
            if each.read is None:
                continue
            try:
                batch = result_of(each.read(folder, ImportOptions()))
            except StudioError as error:
                assert str(error), (name, folder)
                continue
            assert batch.images, (name, folder)
