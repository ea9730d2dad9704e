"""YOLO data sets of ours, as Ultralytics reads them and as they come back."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain import geometry as geo
from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape
from studio.domain.project import Split
from studio.domain.shapes import (
    Box,
    Geometry,
    Mask,
    Part,
    Points,
    Polygon,
    Polyline,
    RotatedBox,
    Shape,
)
from studio.editing.importing import import_batch
from studio.editing.session import Session
from studio.errors import FormatError
from studio.formats.contract import ExportReport, ImportOptions, WriteFormat
from studio.formats.finding import Problems
from studio.formats.frames import Frame
from studio.formats.yolo import reading as yolo
from studio.formats.yolo import writing as yolo_writing
from studio.formats.yolo.conversion import Conversion, Task
from studio.formats.yolo.joining import joined
from studio.formats.yolo.rows import Rows
from studio.vision import masks
from tests.formats.conftest import Projects
from tests.formats.whole import result_of
from tests.making import picture

WIDTH, HEIGHT = 64, 48

RING = ((4.0, 4.0), (40.0, 6.0), (30.0, 40.0), (6.0, 30.0))
HOLE = ((12.0, 12.0), (20.0, 12.0), (20.0, 20.0), (12.0, 20.0))
FAR = ((50.0, 30.0), (60.0, 30.0), (60.0, 44.0))


# A reader that keeps to what Ultralytics documents ---------------------------------------------


@dataclass(frozen=True)
class Loaded:
    """What Ultralytics would train on: rows of numbers by image, for each of its two sets."""

    names: dict[int, str]
    sets: dict[str, dict[str, list[list[float]]]]
    kpt_shape: tuple[int, int] | None = None
    flip_idx: list[int] | None = None
    kpt_names: dict[int, list[str]] | None = None


def load(description: Path, task: str) -> Loaded:
    """Load a data set, refusing whatever makes Ultralytics stop or pass over an image.

    https://docs.ultralytics.com/datasets/: ``train`` and ``val`` are needed, without ``path`` both
    are counted from the folder of the file; the label file of an image has ``labels`` in place of
    ``images``; classes are numbered from 0; every number lies between 0 and 1.
    """
    data = yaml.safe_load(description.read_text(encoding="utf-8"))
    assert "path" not in data
    names = data["names"]
    assert list(names) == list(range(len(names)))
    assert all(isinstance(name, str) for name in names.values())
    columns = {"detect": 5, "obb": 9, "segment": None}
    if task == "pose":
        count, dims = data["kpt_shape"]
        assert dims == 3
        columns["pose"] = 5 + count * dims
        assert len(data.get("flip_idx", range(count))) == count
        assert list(data["kpt_names"]) == list(names)
        assert all(len(each) == count for each in data["kpt_names"].values())
    sets: dict[str, dict[str, list[list[float]]]] = {}
    for name in ("train", "val", *(["test"] if "test" in data else [])):
        folder = description.parent / data[name]
        assert folder.is_dir()
        sets[name] = {
            image.name: rows_of(image, columns[task], len(names))
            for image in sorted(folder.iterdir())
        }
    shape = tuple(data["kpt_shape"]) if "kpt_shape" in data else None
    return Loaded(names, sets, shape, data.get("flip_idx"), data.get("kpt_names"))


def rows_of(image: Path, columns: int | None, classes: int) -> list[list[float]]:
    before, _, after = str(image).rpartition("/images/")
    label = Path(f"{before}/labels/{after}").with_suffix(".txt")
    assert label.is_file(), "an image without a label file counts as background"
    rows = [[float(word) for word in line.split()] for line in label.read_text().splitlines()]
    for row in rows:
        assert row[0] == int(row[0])
        assert 0 <= row[0] < classes
        places = row[1:] if columns in (None, 5, 9) else row[1:5] + every_xy(row[5:])
        assert all(0 <= value <= 1 for value in places)
        if columns is None:
            assert len(row) >= 7
            assert len(row) % 2 == 1
        else:
            assert len(row) == columns
        if columns != 9 and columns is not None:
            x, y, w, h = row[1:5]
            assert min(x - w / 2, y - h / 2) >= -1e-12
            assert max(x + w / 2, y + h / 2) <= 1 + 1e-12
    return rows


def every_xy(values: list[float]) -> list[float]:
    assert set(values[2::3]) <= {0, 1, 2}
    return [value for i, value in enumerate(values) if i % 3 != 2]


# Making and writing ----------------------------------------------------------------------------


def image_of(
    folder: Path,
    name: str,
    *found: Geometry | ImportedShape,
    split: Split | None = Split.TRAIN,
    done: bool = True,
    tags: tuple[str, ...] = (),
) -> ImportedImage:
    shapes = [s if isinstance(s, ImportedShape) else ImportedShape("cat", s) for s in found]
    path = picture(folder / "pictures" / name, WIDTH, HEIGHT)
    return ImportedImage(path, tags, tuple(shapes), split, shapes_done=done)


def written(
    session: Session, dest: Path, write: WriteFormat = yolo_writing.write
) -> tuple[ExportReport, list[str]]:
    report = result_of(write(session.reader, dest))
    assert {path for path in dest.rglob("*") if path.is_file()} == set(report.files)
    return report, [str(problem.sentence) for problem in report.problems]


def again(dest: Path) -> ImportBatch:
    batch = result_of(yolo.read(dest, ImportOptions()))
    assert not batch.problems
    return batch


def geometries(batch: ImportBatch) -> list[Geometry]:
    return [shape.geometry for image in batch.images for shape in image.shapes]


def mask_of(*geometry: Geometry) -> Mask:
    covered = np.zeros((HEIGHT, WIDTH), dtype=bool)
    for each in geometry:
        masks.burn(each, covered)
    mask = masks.encode(covered)
    assert mask is not None
    return mask


def near(a: Geometry, b: Geometry) -> bool:
    """Whether two geometries differ by less than a hundredth of a pixel."""
    match a, b:
        case Polygon((first,)), Polygon((second,)):
            return near(Points(first.outer), Points(second.outer))
        case Points(first), Points(second):
            pairs = zip(first, second, strict=True)
            return all(max(abs(p - r), abs(q - s)) < 0.01 for (p, q), (r, s) in pairs)
        case (Box(), Box()) | (RotatedBox(), RotatedBox()):
            return near(Points(geo.corners(a)), Points(geo.corners(b)))
        case _:
            return False


# What is written -------------------------------------------------------------------------------


def test_boxes_for_detection(tmp_path: Path, project_of: Projects) -> None:
    dog = ImportedShape("狗", Box(0, 0, 64, 48))
    session = project_of(
        ImportBatch(
            (
                image_of(tmp_path, "a.png", Box(1, 2, 33, 40), dog),
                image_of(tmp_path, "sub/a.png", Box(4, 4, 8, 8), split=Split.VAL),
                image_of(tmp_path, "empty.png", split=Split.TEST),
                image_of(tmp_path, "unseen.png", done=False),
            ),
            ("yes", "cat", "1", "狗", "a: 'b' #c"),
        )
    )
    report, said = written(session, tmp_path / "out")
    assert said == ["3 of 3 shapes are boxes, so it was written for YOLO detect"]
    assert report.images == 3
    loaded = load(tmp_path / "out" / "data.yaml", "detect")
    assert list(loaded.names.values()) == ["yes", "cat", "1", "狗", "a: 'b' #c"]
    assert {name: list(images) for name, images in loaded.sets.items()} == {
        "train": ["a.png"],
        "val": ["a.png"],
        "test": ["empty.png"],
    }
    first, second = loaded.sets["train"]["a.png"]
    assert first == pytest.approx([1, 17 / 64, 21 / 48, 0.5, 38 / 48], abs=1e-8)
    assert second == [3, 0.5, 0.5, 1, 1]
    assert loaded.sets["test"]["empty.png"] == []
    batch = again(tmp_path / "out")
    assert {image.split: [s.geometry for s in image.shapes] for image in batch.images} == {
        Split.TRAIN: [Box(1, 2, 33, 40), Box(0, 0, 64, 48)],
        Split.VAL: [Box(4, 4, 8, 8)],
        Split.TEST: [],
    }
    assert all(image.shapes_done for image in batch.images)
    assert batch.labels == ("yes", "cat", "1", "狗", "a: 'b' #c")


def test_everything_with_an_area_becomes_a_box(tmp_path: Path, project_of: Projects) -> None:
    shapes = (
        Box(1, 1, 9, 9),
        RotatedBox(32, 24, 20, 10, 90),
        Polygon((Part(RING),)),
        mask_of(Box(3, 4, 10, 12)),
        Polyline(((1, 1), (30, 30))),
        Points(((3, 3),)),
    )
    session = project_of(ImportBatch((image_of(tmp_path, "a.png", *shapes),)))
    _, said = written(session, tmp_path / "out", yolo_writing.write_detect)
    assert said == [
        "no image is in val, which Ultralytics needs; data.yaml lets it validate on train",
        "YOLO has no lines; 1 line(s) were left out",
        "keypoints are for YOLO pose only; those of 1 object(s) were left out",
        "3 shape(s) that are no upright boxes were written as the boxes around them",
    ]
    load(tmp_path / "out" / "data.yaml", "detect")
    boxes = [Box(1, 1, 9, 9), Box(27, 14, 37, 34), Box(4, 4, 40, 40), Box(3, 4, 10, 12)]
    assert geometries(again(tmp_path / "out")) == boxes


def test_a_set_without_images_to_validate_on(tmp_path: Path, project_of: Projects) -> None:
    session = project_of(ImportBatch((image_of(tmp_path, "a.png", Box(1, 1, 9, 9), split=None),)))
    _, said = written(session, tmp_path / "out", yolo_writing.write_detect)
    assert said == [
        "no image is in val, which Ultralytics needs; data.yaml lets it validate on train",
        "1 image(s) without a split were put into train",
    ]
    loaded = load(tmp_path / "out" / "data.yaml", "detect")
    assert loaded.sets["val"] == loaded.sets["train"]
    assert [image.split for image in again(tmp_path / "out").images] == [Split.TRAIN]


def test_a_set_without_images_to_train_on(tmp_path: Path, project_of: Projects) -> None:
    box = Box(1, 1, 9, 9)
    session = project_of(ImportBatch((image_of(tmp_path, "a.png", box, split=Split.TEST),)))
    _, said = written(session, tmp_path / "out", yolo_writing.write_detect)
    assert said == [
        "no image is in train, which Ultralytics needs; data.yaml lets it train on test",
        "no image is in val, which Ultralytics needs; data.yaml lets it validate on test",
    ]
    assert set(load(tmp_path / "out" / "data.yaml", "detect").sets) == {"train", "val", "test"}
    assert [image.split for image in again(tmp_path / "out").images] == [Split.TEST]


def test_outlines_for_segmentation(tmp_path: Path, project_of: Projects) -> None:
    hollow = Polygon((Part(RING, (HOLE,)), Part(FAR)))
    mask = mask_of(hollow)
    shapes = (
        Box(1, 1, 9, 9),
        RotatedBox(32, 24, 20, 10, 30),
        RotatedBox(0, 24, 20, 10, 45),
        Polygon((Part(RING),)),
        hollow,
        mask,
    )
    session = project_of(ImportBatch((image_of(tmp_path, "a.png", *shapes),)))
    _, said = written(session, tmp_path / "out", yolo_writing.write_segment)
    assert said[1:] == [
        "3 box(es) were written as polygons of four corners",
        "2 shape(s) of several parts or with holes were written as one outline, joined by bridges "
        "without width, since YOLO has one outline a row",
        "1 mask(s) were written as their outlines",
    ]
    load(tmp_path / "out" / "data.yaml", "segment")
    found = geometries(again(tmp_path / "out"))
    assert found[0] == geo.polygon(*geo.corners(Box(1, 1, 9, 9)))
    assert near(found[1], geo.polygon(*geo.corners(RotatedBox(32, 24, 20, 10, 30))))
    assert found[3] == Polygon((Part(RING),))
    for before, after in zip(shapes, found, strict=True):
        covered = masks.rasterise(before, WIDTH, HEIGHT)
        assert (masks.rasterise(after, WIDTH, HEIGHT) == covered).all()
    assert geo.area(found[4]) == pytest.approx(geo.area(hollow), abs=0.01)
    assert geo.area(found[5]) == geo.area(mask)


def test_parts_that_overlap_leave_no_hole(tmp_path: Path, project_of: Projects) -> None:
    parts = (Part(geo.corners(Box(4, 4, 24, 24))), Part(geo.corners(Box(14, 14, 40, 40))))
    session = project_of(ImportBatch((image_of(tmp_path, "a.png", Polygon(parts)),)))
    written(session, tmp_path / "out")
    load(tmp_path / "out" / "data.yaml", "segment")
    [found] = geometries(again(tmp_path / "out"))
    assert masks.rasterise(found, WIDTH, HEIGHT).sum() == 400 + 676 - 100


def test_many_parts_are_joined(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    mask = masks.encode(rng.random((200, 300)) < 0.5)
    assert mask is not None
    one = Polygon((Part(joined(masks.outlines(mask))),))
    assert (masks.rasterise(one, 300, 200) == masks.rasterise(mask, 300, 200)).all()


def test_rotated_boxes(tmp_path: Path, project_of: Projects) -> None:
    shapes = (
        RotatedBox(32, 24, 20, 10, 33.3),
        RotatedBox(12, 14, 9.5, 10, -120),
        Box(2, 3, 20, 21),
        RotatedBox(0, 24, 30, 10, 45),
        RotatedBox(-4, -4, 20, 4, -45),
        Polygon((Part(RING),)),
        mask_of(Box(3, 4, 10, 12)),
    )
    session = project_of(
        ImportBatch(
            (
                image_of(tmp_path, "a.png", *shapes),
                image_of(tmp_path, "b.png", Polygon((Part(RING),))),
            )
        )
    )
    report, said = written(session, tmp_path / "out", yolo_writing.write_obb)
    assert report.images == 1
    assert said[1:] == [
        "polygons and masks are no rotated boxes; 3 of them were left out",
        "1 upright box(es) were written as rotated boxes",
        "1 rotated box(es) reach beyond their image; the corners outside were moved to its "
        "border, since Ultralytics takes no others",
        "1 shape(s) have no area within their image; they were left out",
        "1 image(s) were left out, since none of their shapes could be written",
    ]
    load(tmp_path / "out" / "data.yaml", "obb")
    found = geometries(again(tmp_path / "out"))
    assert len(found) == 4
    assert near(found[0], shapes[0])
    assert near(found[1], shapes[1])
    assert found[2] == RotatedBox(11, 12, 18, 18, 0)


PLACES = ("nose", "left_eye", "right_eye")


def test_keypoints(tmp_path: Path, project_of: Projects) -> None:
    animal = Points(((20, 20), (30, 22)), frozenset({1}), ("nose", "right_eye"))
    other = Points(((50, 10), (52, 12), (54, 10)), names=PLACES)
    tail = Points(((60, 40),), names=("tail",))
    shapes = (
        ImportedShape("cat", Box(0, 0, 64, 48)),
        ImportedShape("cat", Box(10, 10, 40, 40)),
        ImportedShape("dog", Box(12, 12, 38, 38)),
        ImportedShape("cat", animal),
        ImportedShape("cat", other),
        ImportedShape("dog", tail),
    )
    session = project_of(ImportBatch((image_of(tmp_path, "a.png", *shapes, split=Split.VAL),)))
    _, said = written(session, tmp_path / "out", yolo_writing.write_pose)
    assert said[1:] == [
        "1 shape(s) without keypoints were written as boxes with no keypoint marked",
        "YOLO has the same keypoints for all classes; each class got all 4",
    ]
    loaded = load(tmp_path / "out" / "data.yaml", "pose")
    assert loaded.kpt_shape == (4, 3)
    assert loaded.kpt_names is not None
    assert set(map(tuple, loaded.kpt_names.values())) == {("nose", "right_eye", "left_eye", "tail")}
    assert loaded.flip_idx == [0, 2, 1, 3]
    batch = again(tmp_path / "out")
    found: dict[str, dict[tuple[str, ...], Points]] = {"cat": {}, "dog": {}}
    for shape in batch.images[0].shapes:
        if isinstance(shape.geometry, Points):
            found[shape.label][shape.geometry.names] = shape.geometry
    reordered = Points(((50, 10), (54, 10), (52, 12)), names=("nose", "right_eye", "left_eye"))
    assert found == {
        "cat": {animal.names: animal, reordered.names: reordered},
        "dog": {("tail",): tail},
    }
    boxes = {each for each in geometries(batch) if isinstance(each, Box)}
    assert boxes == {Box(0, 0, 64, 48), Box(10, 10, 40, 40), Box(12, 12, 38, 38)}


def test_keypoints_alone_come_back_alone(tmp_path: Path, project_of: Projects) -> None:
    points = (
        Points(((20.5, 20), (30, 22.5), (10, 40)), frozenset({0})),
        Points(((64, 48),)),
    )
    session = project_of(ImportBatch((image_of(tmp_path, "a.png", *points),)))
    _, said = written(session, tmp_path / "out")
    assert said[0] == "2 of 2 shapes are keypoints, so it was written for YOLO pose"
    loaded = load(tmp_path / "out" / "data.yaml", "pose")
    assert loaded.flip_idx is None
    assert geometries(again(tmp_path / "out")) == list(points)


@pytest.mark.parametrize(
    ("shapes", "task"),
    [
        ((Box(1, 1, 9, 9), RotatedBox(32, 24, 20, 10, 90), Box(2, 2, 9, 9)), "detect"),
        ((Box(1, 1, 9, 9), RotatedBox(32, 24, 20, 10, 90)), "obb"),
        ((Box(1, 1, 9, 9), mask_of(Box(3, 4, 10, 12))), "segment"),
        ((Box(1, 1, 9, 9), Points(((3.0, 3.0),))), "pose"),
        ((), "detect"),
    ],
)
def test_the_task_is_that_of_most_shapes(
    tmp_path: Path, project_of: Projects, shapes: tuple[Geometry, ...], task: str
) -> None:
    session = project_of(ImportBatch((image_of(tmp_path, "a.png", *shapes),)))
    _, said = written(session, tmp_path / "out")
    assert said[0].endswith(f"for YOLO {task}") or not shapes
    load(tmp_path / "out" / "data.yaml", task)


def test_what_yolo_cannot_say_is_said(tmp_path: Path, project_of: Projects) -> None:
    ignored = ImportedShape("cat", Box(30, 30, 40, 40), ignore=True)
    known = ImportedShape("cat", Box(1, 1, 9, 9), attributes=(("colour", "red"),))
    session = project_of(
        ImportBatch(
            (
                image_of(tmp_path, "a.png", ignored, known, tags=("outdoors",)),
                image_of(tmp_path, "only ignored.png", ignored),
                image_of(tmp_path, "only tagged.png", done=False, tags=("outdoors",)),
            )
        )
    )
    report, said = written(session, tmp_path / "out", yolo_writing.write_detect)
    assert report.images == 1
    assert set(said[1:]) == {
        "YOLO has no regions to ignore; 2 of them were left out, so what is there counts as "
        "background",
        "YOLO has no attributes; those of 1 shape(s) were left out",
        "YOLO has no tags; 2 tag(s) were left out",
        "1 image(s) were left out, since none of their shapes could be written",
    }


def test_names_that_would_share_a_label_file(tmp_path: Path, project_of: Projects) -> None:
    images = (
        image_of(tmp_path, "1.png", Box(1, 1, 9, 9)),
        image_of(tmp_path, "1.bmp", Box(2, 2, 9, 9)),
        image_of(tmp_path, "sub/1.png", Box(3, 3, 9, 9)),
    )
    session = project_of(ImportBatch(images))
    report, _ = written(session, tmp_path / "out", yolo_writing.write_detect)
    assert report.images == 3
    loaded = load(tmp_path / "out" / "data.yaml", "detect")
    assert len(loaded.sets["train"]) == 3
    assert set(geometries(again(tmp_path / "out"))) == {
        Box(1, 1, 9, 9),
        Box(2, 2, 9, 9),
        Box(3, 3, 9, 9),
    }


def test_images_that_ultralytics_would_pass_over_are_said(
    tmp_path: Path, project_of: Projects
) -> None:
    gif = image_of(tmp_path, "a.gif", Box(1, 1, 9, 9))
    session = project_of(ImportBatch((gif,)))
    _, said = written(session, tmp_path / "out", yolo_writing.write_detect)
    expected = "1 image(s) are of a kind that Ultralytics does not read, such as a.gif"
    assert said[-1] == expected


def test_an_image_that_cannot_be_copied_is_said(tmp_path: Path, project_of: Projects) -> None:
    images = (
        image_of(tmp_path, "a.png", Box(1, 1, 9, 9)),
        image_of(tmp_path, "b.png", Box(1, 1, 9, 9)),
    )
    session = project_of(ImportBatch(images))
    images[0].path.unlink()
    report, said = written(session, tmp_path / "out", yolo_writing.write_detect)
    assert report.images == 1
    assert said[0] == "it could not be copied: No such file or directory"
    images[1].path.unlink()
    with pytest.raises(FormatError, match=r"No image could be exported \(a.png: it could not be"):
        written(session, tmp_path / "out 2", yolo_writing.write_detect)
    assert not (tmp_path / "out 2").exists()


def test_nothing_to_write(tmp_path: Path, project_of: Projects) -> None:
    session = project_of(ImportBatch((image_of(tmp_path, "a.png", done=False),)))
    with pytest.raises(FormatError, match="no shapes to export yet"):
        written(session, tmp_path / "out")
    with pytest.raises(FormatError, match="no keypoints to export as YOLO pose"):
        written(session, tmp_path / "out", yolo_writing.write_pose)
    line = image_of(tmp_path, "b.png", Polyline(((1, 1), (30, 30))))
    session = project_of(ImportBatch((line,)))
    with pytest.raises(FormatError, match="None of the shapes can be written as YOLO detect"):
        written(session, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, project_of: Projects) -> None:
    session = project_of(ImportBatch((image_of(tmp_path, "a.png", Box(1, 1, 9, 9)),)))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(FormatError, match="is not empty"):
        result_of(yolo_writing.write(session.reader, tmp_path / "out"))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_closed_early_it_leaves_nothing_behind(tmp_path: Path, project_of: Projects) -> None:
    images = [image_of(tmp_path, f"{n}.png", Box(1, 1, 9, 9)) for n in range(4)]
    session = project_of(ImportBatch(tuple(images)))
    steps = yolo_writing.write(session.reader, tmp_path / "out")
    progress = [next(steps), next(steps)]
    assert [(each.done, each.total) for each in progress] == [(1, 4), (2, 4)]
    assert (tmp_path / "out").exists()
    steps.close()
    assert not (tmp_path / "out").exists()


# There and back --------------------------------------------------------------------------------

xs = st.floats(0, WIDTH, width=32)
ys = st.floats(0, HEIGHT, width=32)


@st.composite
def boxes(draw: st.DrawFn) -> Geometry:
    x0, y0 = draw(st.floats(0, WIDTH - 2)), draw(st.floats(0, HEIGHT - 2))
    x1, y1 = draw(st.floats(x0 + 1.1, WIDTH)), draw(st.floats(y0 + 1.1, HEIGHT))
    return Box(x0, y0, x1, y1)


@st.composite
def polygons(draw: st.DrawFn) -> Geometry:
    ring = draw(st.lists(st.tuples(xs, ys), min_size=3, max_size=8, unique=True))
    return Polygon((Part(tuple(ring)),))


@st.composite
def rotated_boxes(draw: st.DrawFn) -> Geometry:
    side = st.floats(2, 20)
    angle = draw(st.floats(-180, 180))
    return RotatedBox(
        draw(st.floats(16, 48)), draw(st.floats(16, 32)), draw(side), draw(side), angle
    )


@st.composite
def keypoints(draw: st.DrawFn) -> Geometry:
    points = draw(st.lists(st.tuples(xs, ys), min_size=1, max_size=5))
    occluded = draw(st.frozensets(st.integers(0, len(points) - 1)))
    return Points(tuple(points), occluded)


@pytest.mark.parametrize(
    ("task", "drawn"),
    [
        ("detect", boxes()),
        ("segment", polygons().filter(lambda each: geo.area(each) > 2)),
        ("obb", rotated_boxes()),
        ("pose", keypoints()),
    ],
)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_shapes_through_a_project_and_yolo(
    task: str, drawn: st.SearchStrategy[Geometry], data: st.DataObject
) -> None:
    labels = st.sampled_from(["nut", "螺母", "1", "yes", "a: b"])
    shapes = st.lists(st.builds(ImportedShape, labels, drawn), min_size=1, max_size=5)
    images = data.draw(st.lists(shapes, min_size=1, max_size=3))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        made = (image_of(folder, f"{n}.png", *found) for n, found in enumerate(images))
        session = Session.create(folder / "project")
        try:
            import_batch(session, ImportBatch(tuple(made)))
            known = [each.shapes for each in session.reader.annotated()]
            names = {label.id: label.name for label in session.reader.labels()}
            result_of(getattr(yolo_writing, f"write_{task}")(session.reader, folder / "out"))
        finally:
            session.close()
        load(folder / "out" / "data.yaml", task)
        batch = again(folder / "out")
    for before, after in zip(known, batch.images, strict=True):
        assert after.shapes_done
        assert [names[shape.label] for shape in before] == [shape.label for shape in after.shapes]
        for shape, found in zip(before, after.shapes, strict=True):
            assert near(shape.geometry, found.geometry)
            if isinstance(shape.geometry, Points) and isinstance(found.geometry, Points):
                assert shape.geometry.occluded == found.geometry.occluded


@given(st.integers(1, 30_000), st.data())
def test_nothing_moves_on_a_huge_image(side: int, data: st.DataObject) -> None:
    """By no more than a hundredth of a pixel."""
    x0 = data.draw(st.floats(0, side - 0.5))
    box = Box(x0, 0, data.draw(st.floats(x0 + 0.25, side)), side)
    for task in (Task.DETECT, Task.SEGMENT):
        [row] = Conversion(task, {"cat": 0}).rows([Shape(1, 1, "cat", box)], side, side)
        rows = Rows(Problems(Path()))
        [drawn], whole = rows.read(Path("a.txt"), row, {}, Frame(side, side))
        assert whole
        expected = box if task is Task.DETECT else geo.as_polygon(box)
        assert near(drawn.geometry, expected)
