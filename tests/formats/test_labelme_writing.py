"""What is drawn and tagged comes back from labelme's files as it was."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
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
)
from studio.editing.importing import import_batch
from studio.editing.session import Session
from studio.errors import FormatError
from studio.formats.contract import ExportReport, ImportOptions
from studio.formats.labelme import reading as labelme
from studio.formats.labelme import writing as labelme_writing
from studio.vision import masks
from tests.formats.conftest import Projects
from tests.formats.whole import result_of
from tests.making import picture

WIDTH, HEIGHT = 40, 30

names = st.sampled_from(["nut", "bolt", "螺母", 'a "quoted" name', "1", "yes", "null"])
xs = st.floats(0, WIDTH, allow_nan=False, width=32)
ys = st.floats(0, HEIGHT, allow_nan=False, width=32)
points = st.tuples(xs, ys)
rings = st.lists(points, min_size=3, max_size=8).map(tuple)
boxes = st.builds(geo.rectangle, points, points)
polygons = st.builds(Part, rings).map(lambda part: (part,)) | st.lists(
    st.builds(Part, rings, st.lists(rings, max_size=2).map(tuple)), min_size=1, max_size=3
).map(tuple)
rotated_boxes = st.builds(
    RotatedBox, xs, ys, st.floats(1, 30), st.floats(1, 30), st.floats(-180, 180)
)
lines = st.builds(Polyline, st.lists(points, min_size=2, max_size=5, unique=True).map(tuple))


@st.composite
def bitmaps(draw: st.DrawFn) -> Geometry:
    seed, share = draw(st.integers(0, 2**32 - 1)), draw(st.floats(0.01, 0.99))
    bitmap = np.random.default_rng(seed).random((HEIGHT, WIDTH)) < share
    bitmap[3, 3] = True
    mask = masks.encode(bitmap)
    assert isinstance(mask, Mask)
    return mask


@st.composite
def keypoints(draw: st.DrawFn) -> Geometry:
    found = draw(st.lists(points, min_size=1, max_size=5))
    occluded = draw(st.frozensets(st.integers(0, len(found) - 1)))
    places = draw(st.lists(st.sampled_from(["tip", "end", "nut", ""]), min_size=5, max_size=5))
    named = draw(st.booleans())
    return Points(tuple(found), occluded, tuple(places[: len(found)]) if named else ())


geometries: st.SearchStrategy[Geometry] = st.one_of(
    boxes, st.builds(Polygon, polygons), rotated_boxes, bitmaps(), lines, keypoints()
).filter(lambda shape: not geo.is_degenerate(shape))
attribute_names = st.text(min_size=1) | st.sampled_from(["description", "difficult", "text"])
shapes = st.builds(
    ImportedShape,
    names,
    geometries,
    attributes=st.lists(
        st.tuples(attribute_names, st.text() | st.just("1")), max_size=3, unique_by=lambda a: a[0]
    ).map(tuple),
)


def in_order(image: ImportedImage) -> ImportedImage:
    """The attributes of each shape sorted: their order says nothing."""
    sorted_shapes = (
        ImportedShape(s.label, s.geometry, s.ignore, tuple(sorted(s.attributes)))
        for s in image.shapes
    )
    return ImportedImage(
        Path(image.path.name),
        image.tags,
        tuple(sorted_shapes),
        image.split,
        image.tags_done,
        image.shapes_done,
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(shapes, max_size=5), min_size=1, max_size=3))
def test_shapes_through_a_project_and_labelme(images: list[list[ImportedShape]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        batch = ImportBatch(
            tuple(
                ImportedImage(
                    picture(folder / "images" / f"{n}.png", WIDTH, HEIGHT),
                    shapes=tuple(found),
                    shapes_done=True,
                )
                for n, found in enumerate(images)
            )
        )
        session = Session.create(folder / "project")
        try:
            import_batch(session, batch)
            result_of(labelme_writing.write(session.reader, folder / "out"))
        finally:
            session.close()
        again = result_of(labelme.read(folder / "out", ImportOptions()))
    assert not again.problems
    assert list(map(in_order, again.images)) == list(map(in_order, batch.images))


# One at a time ----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    picture(tmp_path / "images" / "a.png", WIDTH, HEIGHT)
    yield tmp_path


def told(folder: Path, *drawn: ImportedShape, **more: Any) -> ImportedImage:
    return ImportedImage(folder / "images" / "a.png", shapes=drawn, **more)


def written(session: Session, dest: Path) -> ExportReport:
    return result_of(labelme_writing.write(session.reader, dest))


def document(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def export(project_of: Projects, folder: Path, *images: ImportedImage) -> dict[str, Any]:
    """The file that is written for ``a.png``."""
    written(project_of(ImportBatch(images)), folder / "out")
    return document(folder / "out" / "a.json")


def drawn(*geometries: Geometry) -> list[ImportedShape]:
    return [ImportedShape("nut", geometry) for geometry in geometries]


def test_a_file_stands_beside_a_copy_of_its_picture(folder: Path, project_of: Projects) -> None:
    session = project_of(ImportBatch((told(folder, *drawn(Box(1, 2, 3.5, 4.1))),)))
    report = written(session, folder / "out")
    assert sorted(report.files) == [folder / "out" / "a.json", folder / "out" / "a.png"]
    assert (report.images, report.problems) == (1, ())
    copy = folder / "out" / "a.png"
    assert copy.read_bytes() == (folder / "images" / "a.png").read_bytes()
    found = document(folder / "out" / "a.json")
    assert found["version"] == "5.5.0"
    assert (found["imagePath"], found["imageData"]) == ("a.png", None)
    assert (found["imageWidth"], found["imageHeight"]) == (WIDTH, HEIGHT)
    [shape] = found["shapes"]
    assert (shape["label"], shape["shape_type"]) == ("nut", "rectangle")
    assert (shape["points"], shape["group_id"], shape["flags"]) == ([[1, 2], [3.5, 4.1]], None, {})


def test_parts_are_polygons_of_one_group(folder: Path, project_of: Projects) -> None:
    one, two = ((1, 1), (9, 1), (9, 9)), ((20, 1), (29, 1), (29, 9))
    both = Polygon((Part(one), Part(two)))
    found = export(project_of, folder, told(folder, *drawn(both, geo.polygon(*one), both)))
    assert [shape["shape_type"] for shape in found["shapes"]] == ["polygon"] * 5
    assert [shape["group_id"] for shape in found["shapes"]] == [1, 1, None, 2, 2]


def test_a_mask_is_the_pixels_between_its_corners(folder: Path, project_of: Projects) -> None:
    bitmap = np.zeros((HEIGHT, WIDTH), dtype=bool)
    bitmap[5:8, 10:14] = True
    bitmap[6, 11] = False
    found = export(project_of, folder, told(folder, *drawn(*filter(None, [masks.encode(bitmap)]))))
    [shape] = found["shapes"]
    assert (shape["shape_type"], shape["points"]) == ("mask", [[10, 5], [13, 7]])
    png = np.frombuffer(base64.b64decode(shape["mask"]), np.uint8)
    pixels = cv2.imdecode(png, cv2.IMREAD_UNCHANGED)
    assert (pixels == bitmap[5:8, 10:14]).all()


def test_a_polygon_with_a_hole_that_was_moved_is_a_mask(folder: Path, project_of: Projects) -> None:
    ring, hole = ((1, 1), (9, 1), (9, 9), (1, 9)), ((3, 3), (5, 3), (5, 5), (3, 5))
    polygon = Polygon((Part(ring, (hole,)),))
    found = export(project_of, folder, told(folder, *drawn(polygon)))
    path = folder / "out" / "a.json"
    assert geometries_of(path) == [polygon]
    found["shapes"][0]["points"] = [[4, 2], [11, 9]]
    path.write_text(json.dumps(found))
    moved = masks.to_mask(geo.translate(polygon, 3, 1), WIDTH, HEIGHT)
    assert geometries_of(path) == [moved]


def test_a_rotated_box_is_a_polygon_that_comes_back(folder: Path, project_of: Projects) -> None:
    box = RotatedBox(20, 15, 10.1, 4, 30)
    found = export(project_of, folder, told(folder, *drawn(box)))
    [shape] = found["shapes"]
    assert shape["shape_type"] == "polygon"
    assert shape["points"] == [list(corner) for corner in geo.corners(box)]
    path = folder / "out" / "a.json"
    assert geometries_of(path) == [box]
    shape["points"][0] = [1, 1]
    path.write_text(json.dumps(found))
    assert geometries_of(path) == [geo.polygon((1, 1), *geo.corners(box)[1:])]


def test_named_points_stand_in_a_rectangle_of_their_class(
    folder: Path, project_of: Projects
) -> None:
    points = Points(((5, 6), (15, 9)), frozenset({1}), ("tip", "end"))
    found = export(project_of, folder, told(folder, *drawn(points)))
    assert [(s["label"], s["shape_type"], s["points"]) for s in found["shapes"]] == [
        ("nut", "rectangle", [[5, 6], [15, 9]]),
        ("tip", "point", [[5, 6]]),
        ("end", "point", [[15, 9]]),
    ]
    assert [shape["group_id"] for shape in found["shapes"]] == [1, 1, 1]
    assert [shape["difficult"] for shape in found["shapes"]] == [False, False, True]
    path = folder / "out" / "a.json"
    assert geometries_of(path) == [points]
    # Somebody draws the rectangle around the whole object: now it is one.
    found["shapes"][0]["points"] = [[2, 2], [20, 20]]
    path.write_text(json.dumps(found))
    assert geometries_of(path) == [Box(2, 2, 20, 20), points]


def test_points_without_names_are_called_after_their_class(
    folder: Path, project_of: Projects
) -> None:
    found = export(
        project_of, folder, told(folder, *drawn(Points(((5, 6),)), Points(((1, 2), (3, 4)))))
    )
    assert [(s["label"], s["group_id"]) for s in found["shapes"]] == [
        ("nut", None),
        ("nut", 1),
        ("nut", 1),
    ]


def test_lines(folder: Path, project_of: Projects) -> None:
    two, three = Polyline(((1, 2), (3, 4))), Polyline(((1, 2), (3, 4), (9, 9)))
    found = export(project_of, folder, told(folder, *drawn(two, three)))
    assert [shape["shape_type"] for shape in found["shapes"]] == ["line", "linestrip"]


def test_what_is_said_of_an_object_stands_where_it_is_shown(
    folder: Path, project_of: Projects
) -> None:
    said = (("description", "old"), ("difficult", "1"), ("colour", "red"))
    shape = ImportedShape("nut", Box(1, 2, 3, 4), attributes=said)
    [found] = export(project_of, folder, told(folder, shape))["shapes"]
    assert (found["description"], found["difficult"]) == ("old", True)
    assert found["attributes"] == {"colour": "red"}


def test_tags_are_flags_of_images_that_were_asked_for_them(
    folder: Path, project_of: Projects
) -> None:
    names = "abcd"
    paths = [picture(folder / "images" / f"{name}.png", WIDTH, HEIGHT, 7) for name in names]
    session = project_of(
        ImportBatch(
            (
                ImportedImage(paths[0], ("sharp",), tags_done=True),
                ImportedImage(paths[1], ("blurred",)),
                ImportedImage(paths[2], tags_done=True, shapes_done=True),
                ImportedImage(paths[3], shapes=tuple(drawn(Box(1, 1, 9, 9)))),
            ),
            ("blurred", "sharp", "nut"),
        )
    )
    assert written(session, folder / "out").images == 4
    flags = [document(folder / "out" / f"{name}.json")["flags"] for name in names]
    assert flags == [
        {"blurred": False, "sharp": True},
        {"blurred": True, "sharp": False},
        {"blurred": False, "sharp": False},
        {},
    ]
    again = result_of(labelme.read(folder / "out", ImportOptions())).images
    assert [image.tags for image in again] == [("sharp",), ("blurred",), (), ()]
    assert [image.tags_done for image in again] == [True, True, True, False]
    # An image that is only tagged is no image on which nothing is.
    assert [image.shapes_done for image in again] == [False, False, True, True]


def test_an_image_where_nothing_is_stays_so_among_tags(folder: Path, project_of: Projects) -> None:
    export(project_of, folder, told(folder, tags=("sharp",), tags_done=True, shapes_done=True))
    [image] = result_of(labelme.read(folder / "out", ImportOptions())).images
    assert image.shapes_done


def test_images_nobody_looked_at_are_left_out(folder: Path, project_of: Projects) -> None:
    picture(folder / "images" / "b.png")
    batch = ImportBatch(
        (ImportedImage(folder / "images" / "b.png"), told(folder, *drawn(Box(1, 1, 9, 9))))
    )
    assert written(project_of(batch), folder / "out").images == 1
    assert not (folder / "out" / "b.png").exists()


def test_folders_of_splits_where_all_images_have_one(folder: Path, project_of: Projects) -> None:
    names = ("train", "val", "test")
    images = [
        ImportedImage(
            picture(folder / "images" / name / "a.png", WIDTH, HEIGHT, seed),
            shapes=tuple(drawn(Box(1, 1, 9, 9))),
            split=Split(name),
            shapes_done=True,
        )
        for seed, name in enumerate(names)
    ]
    written(project_of(ImportBatch(tuple(images))), folder / "out")
    again = result_of(labelme.read(folder / "out", ImportOptions())).images
    assert {image.path: image.split for image in again} == {
        folder / "out" / name / "a.png": Split(name) for name in names
    }
    written(project_of(ImportBatch((*images, told(folder, shapes_done=True)))), folder / "flat")
    pictures = sorted(path.name for path in (folder / "flat").glob("*.png"))
    assert pictures == ["a.png", "a_2.png", "a_3.png", "a_4.png"]
    assert len(list((folder / "flat").iterdir())) == 8


def test_what_other_programs_see_otherwise_is_said_once_a_kind(
    folder: Path, project_of: Projects
) -> None:
    mask = masks.encode(np.ones((4, 4), dtype=bool))
    assert mask
    found = [
        *drawn(RotatedBox(20, 15, 10, 4, 30), RotatedBox(20, 15, 4, 4, 30), mask, mask),
        ImportedShape("nut", Box(1, 1, 9, 9), ignore=True),
    ]
    report = written(project_of(ImportBatch((told(folder, *found),))), folder / "out")
    assert [str(problem.sentence) for problem in report.problems] == [
        "labelme has no regions to ignore; 1 of them were left out",
        "labelme and X-AnyLabeling have no kind of rotated box in common; 2 of them were written "
        "as polygons of their corners",
        "X-AnyLabeling has no masks: it will not open the labels of 1 image(s) that have a mask or "
        "a polygon with holes; labelme 5.3 and later will",
    ]


def test_where_only_regions_to_ignore_are_nothing_is_claimed(
    folder: Path, project_of: Projects
) -> None:
    crowd = ImportedShape("nut", Box(1, 1, 9, 9), ignore=True)
    export(project_of, folder, told(folder, crowd, shapes_done=True))
    [image] = result_of(labelme.read(folder / "out", ImportOptions())).images
    assert (image.shapes, image.shapes_done) == ((), False)


def test_an_image_that_is_gone_is_said_and_the_others_go_on(
    folder: Path, project_of: Projects
) -> None:
    gone = picture(folder / "images" / "b.png")
    images = (ImportedImage(gone, shapes_done=True), told(folder, shapes_done=True))
    session = project_of(ImportBatch(images))
    gone.unlink()
    report = written(session, folder / "out")
    assert report.images == 1
    assert [(problem.file, str(problem.sentence)) for problem in report.problems] == [
        ("b.png", "it could not be copied: No such file or directory")
    ]
    assert not (folder / "out" / "b.json").exists()


def test_an_image_that_cannot_be_read_is_said(folder: Path, project_of: Projects) -> None:
    broken = folder / "images" / "b.png"
    broken.write_bytes(b"no picture")
    images = (ImportedImage(broken, shapes_done=True), told(folder, shapes_done=True))
    report = written(project_of(ImportBatch(images)), folder / "out")
    assert report.images == 1
    assert [(problem.file, str(problem.sentence)) for problem in report.problems] == [
        ("b.png", "its size is unknown; it was left out")
    ]


def test_nothing_to_write_and_a_folder_in_use(folder: Path, project_of: Projects) -> None:
    with pytest.raises(FormatError, match="nothing to export yet"):
        written(project_of(ImportBatch((told(folder),))), folder / "out")
    assert not (folder / "out").exists()
    session = project_of(ImportBatch((told(folder, shapes_done=True),)))
    with pytest.raises(FormatError, match="not empty"):
        written(session, folder / "images")


def test_a_writing_that_is_closed_early_leaves_nothing(folder: Path, project_of: Projects) -> None:
    other = picture(folder / "images" / "b.png")
    images = (ImportedImage(other, shapes_done=True), told(folder, shapes_done=True))
    steps = labelme_writing.write(project_of(ImportBatch(images)).reader, folder / "out")
    first = next(steps)
    assert (first.done, first.total) == (1, 2)
    assert (folder / "out" / "a.json").exists()
    steps.close()
    assert not (folder / "out").exists()


def geometries_of(path: Path) -> list[Geometry]:
    [image] = result_of(labelme.read(path, ImportOptions())).images
    return [shape.geometry for shape in image.shapes]
