"""Index masks as other programs will read them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.domain import geometry as geo
from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape
from studio.domain.project import Split
from studio.domain.shapes import Box, Geometry, Part, Points, Polygon, Polyline
from studio.editing.importing import import_batch
from studio.editing.session import Session
from studio.errors import FormatError
from studio.formats.contract import ExportReport, ImportOptions
from studio.vision import masks
from tests.formats.conftest import Projects
from tests.formats.whole import mask_png
from tests.making import picture

WIDTH, HEIGHT = 12, 8
LABELS = ("nut", "螺母", "1 2 3 bolt")


def batch_of(folder: Path, *shapes: ImportedShape, **more: object) -> ImportBatch:
    path = picture(folder / "pictures" / "a.jpg", WIDTH, HEIGHT)
    image = ImportedImage(path, shapes=shapes, shapes_done=True, **more)  # type: ignore[arg-type]
    return ImportBatch((image,), LABELS)


def write(batch: ImportBatch, dest: Path, project_of: Projects) -> ExportReport:
    return mask_png.write(project_of(batch).reader, dest)


def indices(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        assert image.mode == "P"
        return np.array(image)


def shape(label: int, geometry: Geometry, ignore: bool = False) -> ImportedShape:
    return ImportedShape(LABELS[label], geometry, ignore)


def test_the_upper_shape_counts_and_255_is_to_be_ignored(
    tmp_path: Path, project_of: Projects
) -> None:
    ring = Polygon((Part(geo.corners(Box(0, 0, 6, 6)), (geo.corners(Box(2, 2, 4, 4)),)),))
    below, above = shape(0, ring), shape(2, Box(0, 5, 12, 8))
    doubtful = shape(1, Box(8, 0, 12, 2), ignore=True)
    write(batch_of(tmp_path, below, above, doubtful), tmp_path / "out", project_of)
    expected = np.zeros((HEIGHT, WIDTH), int)
    expected[:6, :6] = 1
    expected[2:4, 2:4] = 0
    expected[5:] = 3
    expected[:2, 8:] = 255
    assert (indices(tmp_path / "out" / "masks" / "a.png") == expected).all()
    with Image.open(tmp_path / "out" / "masks" / "a.png") as image:
        colours = image.convert("RGB")
    assert colours.getpixel((11, 0)) == (255, 255, 255)
    assert colours.getpixel((3, 3)) == (0, 0, 0)
    assert colours.getpixel((0, 0)) not in ((0, 0, 0), colours.getpixel((0, 7)))
    names = (tmp_path / "out" / "classes.txt").read_text(encoding="utf-8")
    assert names == "0 background\n1 nut\n2 螺母\n3 1 2 3 bolt\n"
    copy = (tmp_path / "out" / "images" / "a.jpg").read_bytes()
    assert copy == (tmp_path / "pictures" / "a.jpg").read_bytes()


corners = st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT))
boxes = st.builds(geo.rectangle, corners, corners).filter(lambda box: not geo.is_degenerate(box))
drawn = st.lists(st.builds(shape, st.integers(0, 2), boxes, st.booleans()), max_size=5)


@settings(max_examples=25, deadline=None)
@given(drawn)
def test_what_is_written_comes_back_pixel_by_pixel(shapes: list[ImportedShape]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        batch = batch_of(base, *shapes)
        session = Session.create(base / "project")
        import_batch(session, batch)
        mask_png.write(session.reader, base / "out")
        session.close()
        back = mask_png.read(base / "out", ImportOptions())
        expected = np.zeros((HEIGHT, WIDTH), object)
        for each in shapes:
            region = masks.rasterise(each.geometry, WIDTH, HEIGHT)
            expected[region] = "ignore" if each.ignore else each.label
        found = np.zeros((HEIGHT, WIDTH), object)
        [image] = back.images
        for each in image.shapes:
            region = masks.rasterise(each.geometry, WIDTH, HEIGHT)
            found[region] = "ignore" if each.ignore else each.label
        assert (found == expected).all()
        assert image.path == base / "out" / "images" / "a.jpg"
        assert image.shapes_done
        assert back.labels == LABELS
        assert back.problems == ()


def test_splits_have_folders_and_namesakes_a_name_each(
    tmp_path: Path, project_of: Projects
) -> None:
    paths = [picture(tmp_path / name, WIDTH, HEIGHT) for name in ("a.jpg", "a.png", "x/a.jpg")]
    splits = (Split.TRAIN, Split.TRAIN, Split.VAL)
    images = tuple(
        ImportedImage(path, shapes=(shape(0, Box(0, 0, n + 1, 1)),), split=split)
        for n, (path, split) in enumerate(zip(paths, splits, strict=True))
    )
    report = write(ImportBatch(images, LABELS), tmp_path / "out", project_of)
    assert report.images == 3
    areas = {
        path.relative_to(tmp_path / "out" / "masks").as_posix(): int((indices(path) == 1).sum())
        for path in (tmp_path / "out" / "masks").rglob("*.png")
    }
    assert areas == {"train/a.png": 1, "train/a_2.png": 2, "val/a.png": 3}
    back = mask_png.read(tmp_path / "out", ImportOptions())
    assert [image.split for image in back.images] == list(splits)


def test_where_one_image_has_no_split_that_is_said(tmp_path: Path, project_of: Projects) -> None:
    paths = [picture(tmp_path / f"{n}.jpg", WIDTH, HEIGHT) for n in range(2)]
    images = tuple(
        ImportedImage(path, ("nut",), (shape(0, Box(0, 0, 2, 2)),), split=split)
        for path, split in zip(paths, (Split.VAL, None), strict=True)
    )
    report = write(ImportBatch(images, LABELS), tmp_path / "out", project_of)
    said = [str(problem.sentence) for problem in report.problems]
    assert said[0] == "this format has no tags; 2 were left out"
    assert said[1].startswith("1 image(s) have no split")
    assert (tmp_path / "out" / "masks" / "0.png").exists()


def test_what_masks_cannot_say_is_told(tmp_path: Path, project_of: Projects) -> None:
    line = Polyline(((0.0, 0.0), (5.0, 5.0)))
    points = Points(((1.0, 1.0),))
    batch = batch_of(tmp_path, shape(0, line), shape(0, points), shape(1, Box(1, 1, 3, 3)))
    report = write(batch, tmp_path / "out", project_of)
    [problem] = report.problems
    assert "2 were left out" in str(problem)


def test_an_image_that_is_gone_does_not_stop_the_others(
    tmp_path: Path, project_of: Projects
) -> None:
    paths = [picture(tmp_path / f"{n}.jpg", WIDTH, HEIGHT) for n in range(2)]
    images = tuple(ImportedImage(path, shapes=(shape(0, Box(0, 0, 2, 2)),)) for path in paths)
    session = project_of(ImportBatch(images, LABELS))
    paths[0].unlink()
    report = mask_png.write(session.reader, tmp_path / "out")
    assert report.images == 1
    assert [problem.file for problem in report.problems] == ["0.jpg"]
    assert [path.name for path in (tmp_path / "out" / "masks").iterdir()] == ["1.png"]


def test_more_classes_than_a_byte_can_number_are_refused(
    tmp_path: Path, project_of: Projects
) -> None:
    labels = tuple(f"class {n}" for n in range(255))
    batch = batch_of(tmp_path, shape(0, Box(0, 0, 2, 2)))
    with pytest.raises(FormatError, match="254 classes apart, and the project has 256"):
        write(ImportBatch(batch.images, (*labels, "nut")), tmp_path / "out", project_of)
    assert not (tmp_path / "out").exists()


def test_nothing_to_write_is_said(tmp_path: Path, project_of: Projects) -> None:
    image = ImportedImage(picture(tmp_path / "a.jpg"))
    with pytest.raises(FormatError, match="no shapes to export"):
        write(ImportBatch((image,), LABELS), tmp_path / "out", project_of)


def test_a_class_that_is_called_background_is_pointed_out(
    tmp_path: Path, project_of: Projects
) -> None:
    batch = batch_of(tmp_path, ImportedShape("Background", Box(0, 0, 2, 2)))
    report = write(ImportBatch(batch.images, ("Background",)), tmp_path / "out", project_of)
    assert ["Background" in str(problem) for problem in report.problems] == [True]
