from __future__ import annotations

import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape
from studio.domain.project import Split
from studio.domain.shapes import Box, Points, Polyline, RotatedBox
from studio.editing.importing import import_batch
from studio.editing.session import Session
from studio.errors import FormatError
from studio.formats.contract import ExportReport, ImportOptions
from studio.formats.voc import reading as voc
from studio.formats.voc import writing as voc_writing
from tests.formats.conftest import Projects
from tests.formats.test_round_trips import bitmaps, polygons
from tests.formats.whole import result_of
from tests.making import picture

WIDTH, HEIGHT = 40, 30


def image(folder: Path, name: str, *shapes: ImportedShape, **more: object) -> ImportedImage:
    path = picture(folder / "pictures" / name, WIDTH, HEIGHT)
    return replace(ImportedImage(path, shapes=shapes, shapes_done=True), **more)


def nut(*corners: float, **more: object) -> ImportedShape:
    return replace(ImportedShape("nut", Box(*corners)), **more)


def again(folder: Path) -> ImportBatch:
    return result_of(voc.read(folder, ImportOptions()))


@pytest.fixture
def export(tmp_path: Path, project_of: Projects):
    def made(*images: ImportedImage) -> ExportReport:
        reader = project_of(ImportBatch(images)).reader
        return result_of(voc_writing.write(reader, tmp_path / "voc"))

    return made


def objects(folder: Path, name: str) -> list[ElementTree.Element]:
    return ElementTree.parse(folder / "voc" / "Annotations" / f"{name}.xml").findall("object")


def sentences(report: ExportReport) -> list[str]:
    return [str(problem.sentence) for problem in report.problems]


def test_the_layout_is_pascal_vocs_own(tmp_path: Path, export) -> None:
    report = export(image(tmp_path, "a.png", nut(0, 0, 40, 30), nut(9, 4, 20, 9)))
    written = {str(path.relative_to(tmp_path / "voc").as_posix()) for path in report.files}
    assert written == {
        "JPEGImages/a.png",
        "Annotations/a.xml",
        "ImageSets/Main/default.txt",
        "labelmap.txt",
    }
    assert (tmp_path / "voc" / "labelmap.txt").read_text(encoding="utf-8") == (
        "# label:color_rgb:parts:actions\nnut:230,159,0::\n"
    )
    root = ElementTree.parse(tmp_path / "voc" / "Annotations" / "a.xml").getroot()
    assert (root.findtext("folder"), root.findtext("filename")) == ("JPEGImages", "a.png")
    assert [root.findtext(f"size/{side}") for side in ("width", "height", "depth")] == [
        "40",
        "30",
        "3",
    ]
    first, second = root.findall("object")
    tags = [child.tag for child in first]
    assert tags == ["name", "pose", "truncated", "difficult", "bndbox"]
    assert [corner.text for corner in first[4]] == ["1", "1", "40", "30"]
    assert [corner.text for corner in second[4]] == ["10", "5", "20", "9"]
    assert (report.images, report.problems) == (1, ())


def test_splits_are_lists_of_names_and_come_back(tmp_path: Path, export) -> None:
    names = ("a.png", "photo 1.png", "c d.png", "e.png")
    splits = (Split.TRAIN, Split.VAL, Split.TEST, None)
    export(
        *(
            image(tmp_path, name, nut(1, 1, 9, 9), split=split)
            for name, split in zip(names, splits, strict=True)
        )
    )
    sets = tmp_path / "voc" / "ImageSets" / "Main"
    lists = {path.stem: path.read_text(encoding="utf-8") for path in sets.iterdir()}
    assert lists == {"train": "a\n", "val": "photo 1\n", "test": "c d\n", "default": "e\n"}
    found = {each.path.name: each.split for each in again(tmp_path / "voc").images}
    assert found == dict(zip(names, splits, strict=True))


def test_an_image_done_without_shapes_has_a_file_without_objects(tmp_path: Path, export) -> None:
    report = export(
        image(tmp_path, "empty.png"),
        image(tmp_path, "unknown.png", shapes_done=False, tags=("nice",)),
        image(tmp_path, "full.png", nut(1, 1, 9, 9), shapes_done=False),
    )
    assert report.images == 2
    assert objects(tmp_path, "empty") == []
    done = {each.path.name: each.shapes_done for each in again(tmp_path / "voc").images}
    assert done == {"empty.png": True, "full.png": True}
    assert sentences(report) == ["Pascal VOC has no tags; 1 were left out"]


def test_fractions_are_widened_to_the_pixels_they_touch_and_said_once(
    tmp_path: Path, export
) -> None:
    report = export(image(tmp_path, "a.png", nut(0.4, 1, 9.2, 9.5), nut(3.7, 2.5, 30, 30)))
    corners = [[at.text for at in found[4]] for found in objects(tmp_path, "a")]
    assert corners == [["1", "2", "10", "10"], ["4", "3", "30", "30"]]
    assert len(report.problems) == 1
    assert "2 box(es) were widened" in sentences(report)[0]


def test_flags_come_back_and_other_attributes_are_counted(tmp_path: Path, export) -> None:
    flags = (("difficult", "1"), ("truncated", "true"), ("occluded", "1"))
    report = export(image(tmp_path, "a.png", nut(1, 1, 9, 9, attributes=(*flags, ("rust", "no")))))
    [back] = again(tmp_path / "voc").images
    assert dict(back.shapes[0].attributes) == dict.fromkeys(voc.FLAGS, "1")
    assert len(report.problems) == 1
    assert "1 other(s) were left out" in sentences(report)[0]


def test_a_region_to_ignore_is_difficult(tmp_path: Path, export) -> None:
    report = export(image(tmp_path, "a.png", nut(1, 1, 9, 9, ignore=True), nut(1, 1, 5, 5)))
    ignored, other = objects(tmp_path, "a")
    assert (ignored.findtext("difficult"), ignored.findtext("ignore")) == ("1", "1")
    assert (other.findtext("difficult"), other.findtext("ignore")) == ("0", None)
    assert '1 became "difficult" objects' in sentences(report)[0]
    found = again(tmp_path / "voc").images[0].shapes
    assert [(shape.ignore, shape.attributes) for shape in found] == [(True, ()), (False, ())]


def test_what_is_no_box_is_counted_and_said(tmp_path: Path, export) -> None:
    line = Polyline(((1, 1), (9, 9)))
    report = export(
        image(
            tmp_path,
            "a.png",
            ImportedShape("nut", RotatedBox(39, 15, 10, 4, 45)),
            ImportedShape("nut", line),
            ImportedShape("nut", line),
            ImportedShape("nut", Points(((3, 3),))),
        ),
        image(tmp_path, "lines.png", ImportedShape("nut", line), shapes_done=False),
    )
    [turned] = objects(tmp_path, "a")
    assert [int(at.text or 0) for at in turned[4]] == [35, 11, 40, 20]
    assert report.images == 1
    assert sorted(sentences(report)) == [
        "Pascal VOC has no lines; 3 were left out",
        "Pascal VOC has no points; 1 set(s) were left out",
        "Pascal VOC has upright boxes only; 1 outline(s), mask(s) and rotated box(es) became "
        "the boxes around them",
    ]


def test_images_of_one_name_or_one_stem_have_a_file_each(tmp_path: Path, export) -> None:
    report = export(
        image(tmp_path, "x/a.png", nut(1, 1, 9, 9)),
        image(tmp_path, "y/a.png", nut(2, 2, 9, 9)),
        image(tmp_path, "y/A.jpg", nut(3, 3, 9, 9)),
    )
    assert report.images == 3
    found = {each.shapes[0].geometry for each in again(tmp_path / "voc").images}
    assert found == {Box(n, n, 9, 9) for n in (1, 2, 3)}


def test_an_image_that_is_gone_is_said_and_the_others_go_on(
    tmp_path: Path, project_of: Projects
) -> None:
    gone, kept = (image(tmp_path, f"{name}.png", nut(1, 1, 9, 9)) for name in ("gone", "kept"))
    reader = project_of(ImportBatch((gone, kept))).reader
    gone.path.unlink()
    report = result_of(voc_writing.write(reader, tmp_path / "voc"))
    assert report.images == 1
    assert [problem.file for problem in report.problems] == ["gone.png"]
    assert [path.name for path in (tmp_path / "voc" / "Annotations").iterdir()] == ["kept.xml"]


def test_nothing_to_write_and_a_folder_that_is_not_empty(
    tmp_path: Path, project_of: Projects
) -> None:
    untold = project_of(ImportBatch((image(tmp_path, "a.png", shapes_done=False),)))
    with pytest.raises(FormatError, match="no shapes to export yet"):
        result_of(voc_writing.write(untold.reader, tmp_path / "voc"))
    assert not (tmp_path / "voc").exists()
    told = project_of(ImportBatch((image(tmp_path, "a.png"),)))
    with pytest.raises(FormatError, match="not empty"):
        result_of(voc_writing.write(told.reader, tmp_path / "pictures"))


def test_closed_early_it_leaves_nothing_behind(tmp_path: Path, project_of: Projects) -> None:
    images = tuple(image(tmp_path, f"{n}.png", nut(1, 1, 9, 9)) for n in range(3))
    steps = voc_writing.write(project_of(ImportBatch(images)).reader, tmp_path / "voc")
    first = next(steps)
    assert (first.done, first.total) == (1, 3)
    assert (tmp_path / "voc" / "Annotations" / "0.xml").exists()
    steps.close()
    assert not (tmp_path / "voc").exists()


names = st.sampled_from(["nut", "bolt", "螺母", "a <quoted> & \"named\" 'one'", "1", "yes", "\x02"])


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x0, y0 = draw(st.integers(0, WIDTH - 2)), draw(st.integers(0, HEIGHT - 2))
    return Box(x0, y0, draw(st.integers(x0 + 2, WIDTH)), draw(st.integers(y0 + 2, HEIGHT)))


flagged = st.lists(st.sampled_from(voc.FLAGS), unique=True).map(
    lambda found: tuple((flag, "1") for flag in voc.FLAGS if flag in found)
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.builds(ImportedShape, names, boxes(), attributes=flagged), max_size=5))
def test_whole_boxes_come_back_exactly(shapes: list[ImportedShape]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        report = _written(folder, shapes)
        [back] = again(folder / "voc").images
    assert report.problems == ()
    assert [(s.geometry, s.attributes) for s in back.shapes] == [
        (s.geometry, s.attributes) for s in shapes
    ]
    assert [s.label for s in back.shapes] == [s.label.replace("\x02", "\ufffd") for s in shapes]
    assert back.shapes_done


@settings(max_examples=15, deadline=None)
@given(st.lists(st.one_of(polygons(), bitmaps()), min_size=1, max_size=3))
def test_whatever_is_drawn_can_be_read_back(found: list) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        _written(folder, [ImportedShape("nut", geometry) for geometry in found])
        [back] = again(folder / "voc").images
    assert all(isinstance(shape.geometry, Box) for shape in back.shapes)


def _written(folder: Path, shapes: list[ImportedShape]) -> ExportReport:
    session = Session.create(folder / "project")
    try:
        import_batch(session, ImportBatch((image(folder, "a.png", *shapes),)))
        return result_of(voc_writing.write(session.reader, folder / "voc"))
    finally:
        session.close()
