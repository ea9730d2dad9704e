from __future__ import annotations

import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

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
from studio.formats.cvat import reading as cvat
from studio.formats.cvat import writing as cvat_writing
from tests.formats.conftest import Projects
from tests.formats.test_round_trips import HEIGHT, WIDTH, bitmaps, boxes, polygons, rotated_boxes
from tests.formats.whole import result_of
from tests.making import picture

Element = ElementTree.Element
Export = Callable[..., ExportReport]

SQUARE = ((1.0, 1.0), (9.0, 1.0), (9.0, 9.0), (1.0, 9.0))
HOLE = ((3.0, 3.0), (5.0, 3.0), (5.0, 5.0))
FAR = ((20.0, 10.0), (30.0, 10.0), (30.5, 20.25))


def image(folder: Path, name: str, *shapes: ImportedShape, **more: object) -> ImportedImage:
    path = picture(folder / "pictures" / name, WIDTH, HEIGHT)
    return replace(ImportedImage(path, shapes=shapes, shapes_done=True), **more)


def nut(geometry: Geometry, **more: object) -> ImportedShape:
    return replace(ImportedShape("nut", geometry), **more)


@pytest.fixture
def export(tmp_path: Path, project_of: Projects) -> Export:
    def made(*images: ImportedImage) -> ExportReport:
        reader = project_of(ImportBatch(images)).reader
        return result_of(cvat_writing.write(reader, tmp_path / "cvat"))

    return made


def document(folder: Path) -> Element:
    return ElementTree.parse(folder / "cvat" / "annotations.xml").getroot()


def again(folder: Path) -> ImportBatch:
    return result_of(cvat.read(folder / "cvat", ImportOptions()))


def sentences(report: ExportReport) -> list[str]:
    return [str(problem.sentence) for problem in report.problems]


def test_a_task_and_its_images(tmp_path: Path, export: Export) -> None:
    report = export(image(tmp_path, "a.png", nut(Box(0, 0, 10.5, 20))))
    root = document(tmp_path)
    assert root.findtext("version") == "1.1"
    assert root.findtext("meta/task/labels/label/name") == "nut"
    assert (root.findtext("meta/task/size"), root.findtext("meta/task/mode")) == ("1", "annotation")
    [found] = root.findall("image")
    assert {name: found.get(name) for name in ("id", "name", "width", "height", "subset")} == {
        "id": "0",
        "name": "a.png",
        "width": "40",
        "height": "30",
        "subset": None,
    }
    [box] = found
    corners = {"xtl": "0", "ytl": "0", "xbr": "10.5", "ybr": "20"}
    about = {"label": "nut", "source": "manual", "occluded": "0", "z_order": "0"}
    assert dict(box.attrib) == about | corners
    assert [path.relative_to(tmp_path / "cvat").as_posix() for path in report.files] == [
        "images/a.png",
        "annotations.xml",
    ]
    assert (report.images, report.problems) == (1, ())


def test_splits_are_subsets_in_folders_and_ids_follow_the_names(
    tmp_path: Path, export: Export
) -> None:
    box = nut(Box(1, 1, 9, 9))
    export(
        image(tmp_path, "x/b.png", box, split=Split.TRAIN),
        image(tmp_path, "y/a.png", box, split=Split.TRAIN),
        image(tmp_path, "y/c.png", box, split=Split.VAL),
        image(tmp_path, "y/d.png", box),
        image(tmp_path, "z/e.png", box, split=Split.TEST),
    )
    root = document(tmp_path)
    assert root.findtext("meta/project/subsets") == "Test\nTrain\nValidation\ndefault"
    tasks = [
        (t.findtext("id"), t.findtext("subset"), t.findtext("size")) for t in root.iter("task")
    ]
    assert tasks == [
        ("0", "Test", "1"),
        ("1", "Train", "2"),
        ("2", "Validation", "1"),
        ("3", "default", "1"),
    ]
    assert [each.get("task_id") for each in root.iter("image")] == ["0", "1", "1", "2", "3"]
    told = [tuple(each.get(key) for key in ("id", "subset", "name")) for each in root.iter("image")]
    assert told == [
        ("0", "Test", "e.png"),
        ("1", "Train", "a.png"),
        ("2", "Train", "b.png"),
        ("3", "Validation", "c.png"),
        ("4", "default", "d.png"),
    ]
    for _, subset, name in told:
        assert (tmp_path / "cvat" / "images" / str(subset) / str(name)).is_file()
    splits = {each.path.name: each.split for each in again(tmp_path).images}
    assert splits == {
        "a.png": Split.TRAIN,
        "b.png": Split.TRAIN,
        "c.png": Split.VAL,
        "d.png": None,
        "e.png": Split.TEST,
    }


def test_what_is_done_comes_back_and_what_is_not_does_not(tmp_path: Path, export: Export) -> None:
    export(
        image(tmp_path, "begun.png", nut(Box(1, 1, 9, 9)), shapes_done=False),
        image(tmp_path, "empty.png"),
        image(tmp_path, "tagged.png", tags=("good",), tags_done=True, shapes_done=False),
        image(tmp_path, "untouched.png", shapes_done=False),
    )
    found = {each.path.stem: each for each in again(tmp_path).images}
    assert set(found) == {"begun", "empty", "tagged"}
    assert {name: each.shapes_done for name, each in found.items()} == {
        "begun": False,
        "empty": True,
        "tagged": False,
    }
    assert (found["tagged"].tags, found["tagged"].tags_done) == (("good",), True)
    assert not found["empty"].tags_done


def test_parts_become_a_group_and_come_back_as_one(tmp_path: Path, export: Export) -> None:
    both = Polygon((Part(SQUARE), Part(FAR)))
    shapes = (
        nut(both, attributes=(("rust", "much"), ("group_id", "7"))),
        nut(both),
        nut(Box(1, 1, 9, 9), attributes=(("group_id", "7"),)),
        nut(Box(1, 1, 8, 8), attributes=(("group_id", "7"),)),
    )
    report = export(image(tmp_path, "a.png", *shapes))
    groups = [each.get("group_id") for each in document(tmp_path).iter("polygon")]
    assert groups == ["8", "8", "9", "9"]
    [back] = again(tmp_path).images
    assert back.shapes == shapes
    assert sentences(report) == ["CVAT's polygons have one part; 2 became group(s) of polygons"]


def test_holes_become_masks(tmp_path: Path, export: Export) -> None:
    ring = Polygon((Part(SQUARE, (HOLE,)),))
    report = export(image(tmp_path, "a.png", nut(ring)))
    [back] = again(tmp_path).images
    [shape] = back.shapes
    assert isinstance(shape.geometry, Mask)
    assert geo.area(shape.geometry) == pytest.approx(geo.area(ring), abs=1)
    assert sentences(report) == ["CVAT's polygons have no holes; 1 became mask(s)"]


def test_named_points_are_a_skeleton_with_every_place(tmp_path: Path, export: Export) -> None:
    whole = Points(((3, 4), (5, 6)), frozenset({1}), ("nose", "tail"))
    part = Points(((7.5, 8),), frozenset(), ("tail",))
    report = export(image(tmp_path, "a.png", nut(whole), nut(part), ImportedShape("bolt", part)))
    root = document(tmp_path)
    labels = [
        tuple(label.findtext(key) for key in ("name", "type", "parent"))
        for label in root.iter("label")
    ]
    assert labels == [
        ("nut", "skeleton", None),
        ("nose", "points", "nut"),
        ("tail", "points", "nut"),
        ("bolt", "skeleton", None),
        ("tail", "points", "bolt"),
    ]
    first, second, _ = root.iter("skeleton")
    assert [(p.get("label"), p.get("outside"), p.get("occluded")) for p in first] == [
        ("nose", "0", "0"),
        ("tail", "0", "1"),
    ]
    assert [(p.get("label"), p.get("outside"), p.get("points")) for p in second] == [
        ("nose", "1", "7.5,8"),
        ("tail", "0", "7.5,8"),
    ]
    batch = again(tmp_path)
    assert [shape.geometry for shape in batch.images[0].shapes] == [whole, part, part]
    assert batch.labels == ("nut", "bolt")
    assert report.problems == ()


def test_a_class_of_skeletons_and_boxes_is_named(tmp_path: Path, export: Export) -> None:
    points = Points(((3, 4),), frozenset(), ("nose",))
    report = export(image(tmp_path, "a.png", nut(points), nut(Box(1, 1, 9, 9))))
    assert len(report.problems) == 1
    assert "nut have other shapes too" in sentences(report)[0]
    assert len(again(tmp_path).images[0].shapes) == 2


def test_plain_points_stay_points(tmp_path: Path, export: Export) -> None:
    seen, hidden = Points(((3, 4), (5, 6))), Points(((3, 4), (5, 6)), frozenset({0, 1}))
    export(image(tmp_path, "a.png", nut(seen), nut(hidden)))
    assert [each.get("occluded") for each in document(tmp_path).iter("points")] == ["0", "1"]
    assert [s.geometry for s in again(tmp_path).images[0].shapes] == [seen, hidden]


def test_attributes_are_declared_so_that_cvat_takes_them(tmp_path: Path, export: Export) -> None:
    shape = nut(Box(1, 1, 9, 9), ignore=True, attributes=(("rust", "a\r\nlot"), ("occluded", "1")))
    report = export(image(tmp_path, "a.png", shape))
    root = document(tmp_path)
    declared = [
        (each.findtext("name"), each.findtext("input_type")) for each in root.iter("attribute")
    ][:2]
    assert declared == [("rust", "text"), ("is_crowd", "checkbox")]
    assert [box.get("occluded") for box in root.iter("box")] == ["1"]
    assert again(tmp_path).images[0].shapes == (shape,)
    assert sentences(report) == ["CVAT has no regions to ignore; 1 have the attribute is_crowd"]


def test_images_of_one_stem_are_kept_apart(tmp_path: Path, export: Export) -> None:
    export(
        image(tmp_path, "x/a.png", nut(Box(1, 1, 9, 9))),
        image(tmp_path, "y/a.png", nut(Box(2, 2, 9, 9))),
        image(tmp_path, "y/A.jpg", nut(Box(3, 3, 9, 9))),
    )
    found = {each.shapes[0].geometry for each in again(tmp_path).images}
    assert found == {Box(n, n, 9, 9) for n in (1, 2, 3)}


def test_an_image_that_is_gone_is_said_and_the_others_go_on(
    tmp_path: Path, project_of: Projects
) -> None:
    gone, kept = (image(tmp_path, f"{n}.png", nut(Box(1, 1, 9, 9))) for n in ("gone", "kept"))
    reader = project_of(ImportBatch((gone, kept))).reader
    gone.path.unlink()
    report = result_of(cvat_writing.write(reader, tmp_path / "cvat"))
    assert report.images == 1
    assert [problem.file for problem in report.problems] == ["gone.png"]
    assert [each.get("name") for each in document(tmp_path).iter("image")] == ["kept.png"]


def test_nothing_to_write_and_a_folder_that_is_not_empty(
    tmp_path: Path, project_of: Projects
) -> None:
    untold = project_of(ImportBatch((image(tmp_path, "a.png", shapes_done=False),)))
    with pytest.raises(FormatError, match="nothing to export yet"):
        result_of(cvat_writing.write(untold.reader, tmp_path / "cvat"))
    assert not (tmp_path / "cvat").exists()
    told = project_of(ImportBatch((image(tmp_path, "a.png"),)))
    with pytest.raises(FormatError, match="not empty"):
        result_of(cvat_writing.write(told.reader, tmp_path / "pictures"))


@pytest.mark.parametrize("steps", [1, 4])
def test_closed_early_it_leaves_nothing_behind(
    tmp_path: Path, project_of: Projects, steps: int
) -> None:
    images = tuple(image(tmp_path, f"{n}.png", nut(Box(1, 1, 9, 9))) for n in range(3))
    writing = cvat_writing.write(project_of(ImportBatch(images)).reader, tmp_path / "cvat")
    for _ in range(steps):
        last = next(writing)
    assert (last.done, last.total) == (min(steps, 3), 3)
    assert (tmp_path / "cvat" / "images" / "0.png").exists()
    assert (tmp_path / "cvat" / "annotations.xml").exists() == (steps == 4)
    writing.close()
    assert not (tmp_path / "cvat").exists()


names = st.sampled_from(["nut", "螺母", "a <quoted> & \"named\" 'one'", "1", "yes", "null"])
xs = st.floats(0, WIDTH, width=64)
ys = st.floats(0, HEIGHT, width=64)
spots = st.tuples(xs, ys)


@st.composite
def keypoints(draw: st.DrawFn) -> Geometry:
    names = st.sampled_from(["nose", "tail", "左耳", "2 b"])
    places = draw(st.lists(names, min_size=1, unique=True))
    points = tuple(draw(spots) for _ in places)
    return Points(points, draw(st.frozensets(st.integers(0, len(places) - 1))), tuple(places))


dots = st.lists(spots, min_size=1, max_size=4).map(lambda found: Points(tuple(found)))


def lines() -> st.SearchStrategy[Geometry]:
    return st.lists(spots, min_size=2, max_size=5).map(lambda found: Polyline(tuple(found)))


# What XML can carry: letters and white space, but no control characters.
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=9)
keys = texts.filter(lambda text: text not in ("", "is_crowd", "occluded", "group_id"))
attributes = st.one_of(
    st.dictionaries(keys, texts, max_size=2).map(lambda found: tuple(found.items())),
    st.just((("occluded", "1"), ("group_id", "3"))),
)


def _is_closed(geometry: Geometry) -> bool:
    """Whether the first point of a ring is repeated, as no ring of ours does."""
    parts = geometry.parts if isinstance(geometry, Polygon) else ()
    return any(part.outer[0] == part.outer[-1] for part in parts)


drawn = st.builds(
    ImportedShape,
    names,
    st.one_of(boxes(), rotated_boxes(), polygons(), bitmaps(), keypoints(), lines()).filter(
        lambda shape: not geo.is_degenerate(shape) and not _is_closed(shape)
    ),
    st.booleans(),
    attributes,
)
# Where others of the class have names, points without become named: a class of their own.
shapes = st.one_of(drawn, st.builds(ImportedShape, st.just("dots"), dots))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(shapes, max_size=5), min_size=1, max_size=3))
def test_shapes_through_a_project_and_cvat(images: list[list[ImportedShape]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        batch = ImportBatch(
            tuple(image(folder, f"{n}.png", *found) for n, found in enumerate(images))
        )
        session = Session.create(folder / "project")
        try:
            import_batch(session, batch)
            result_of(cvat_writing.write(session.reader, folder / "cvat"))
        finally:
            session.close()
        back = again(folder)
    assert back.problems == ()
    assert [each.shapes_done for each in back.images] == [True] * len(images)
    for before, after in zip(images, back.images, strict=True):
        assert len(before) == len(after.shapes)
        for one, other in zip(before, after.shapes, strict=True):
            assert (one.label, one.ignore) == (other.label, other.ignore)
            assert set(one.attributes) == set(other.attributes)
            assert _same(one.geometry, other.geometry)


def _same(one: Geometry, other: Geometry) -> bool:
    """Turned boxes within a rounding error, for they have corners there; names in any order."""
    if isinstance(one, RotatedBox) and isinstance(other, RotatedBox):
        turn = (one.angle_deg - other.angle_deg + 180) % 360 - 180
        sides = (other.cx, other.cy, other.width, other.height)
        same = pytest.approx(sides, abs=1e-8)
        return abs(turn) < 1e-9 and (one.cx, one.cy, one.width, one.height) == same
    if isinstance(one, Points) and isinstance(other, Points) and one.names:
        return _by_name(one) == _by_name(other)
    return one == other


def _by_name(points: Points) -> dict[str, object]:
    found = zip(points.names, points.points, strict=True)
    return {name: (at, i in points.occluded) for i, (name, at) in enumerate(found)}
