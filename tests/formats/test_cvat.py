from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.domain import geometry as geo
from studio.domain.imports import ImportBatch, ImportedImage
from studio.domain.project import Split
from studio.domain.shapes import Box, Mask, Points, Polygon, Polyline, RotatedBox
from studio.errors import FormatError
from studio.formats.contract import ImportOptions
from studio.formats.cvat import reading as cvat
from studio.vision import masks
from tests.formats.whole import result_of
from tests.making import picture

LABELS = """
      <labels>
        <label>
          <name>car</name>
          <color>#fa3253</color>
          <type>any</type>
          <attributes>
            <attribute>
              <name>parked</name><mutable>True</mutable><input_type>checkbox</input_type>
              <default_value>false</default_value><values>false</values>
            </attribute>
          </attributes>
        </label>
        <label>
          <name>person</name>
          <color>#3df53d</color>
          <type>skeleton</type>
          <attributes></attributes>
          <svg>&lt;circle r="1.5" data-element-id="1" data-label-name="nose"&gt;</svg>
        </label>
        <label>
          <name>nose</name><color>#d12345</color><type>points</type>
          <attributes></attributes><parent>person</parent>
        </label>
        <label><name>good  frame</name><type>tag</type><attributes></attributes></label>
      </labels>"""


def task(inside: str = "", labels: str = LABELS) -> str:
    return f"""
  <meta>
    <task>
      <id>4</id><name>cars</name><mode>annotation</mode>
      {inside}{labels}
    </task>
    <dumped>2026-01-02 11:38:28+03:00</dumped>
  </meta>"""


def document(*pieces: str, meta: str | None = None) -> str:
    head = '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>'
    return "\n".join((head, task() if meta is None else meta, *pieces, "</annotations>\n"))


def image(*shapes: str, name: str = "a.png", more: str = "") -> str:
    return (
        f'  <image id="0" name="{name}" width="64" height="48" {more}>\n'
        + "\n".join(shapes)
        + "\n  </image>"
    )


def box(*corners: object, more: str = 'label="car"', inside: str = "") -> str:
    sides = zip(("xtl", "ytl", "xbr", "ybr"), corners, strict=False)
    told = " ".join(f'{side}="{corner}"' for side, corner in sides)
    return f'<box source="manual" occluded="0" {told} z_order="0" {more}>{inside}</box>'


BOX = box("1.00", "2.00", "9.50", "9.00")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    picture(tmp_path / "images" / "a.png")
    return tmp_path


def read(folder: Path, content: str, **options: Any) -> ImportBatch:
    (folder / "annotations.xml").write_text(content, encoding="utf-8")
    return result_of(cvat.read(folder, ImportOptions(**options)))


def one(folder: Path, *shapes: str) -> ImportedImage:
    batch = read(folder, document(image(*shapes)))
    assert batch.problems == ()
    return batch.images[0]


def sentences(batch: ImportBatch) -> list[str]:
    return [str(problem.sentence) for problem in batch.problems]


# Images ----------------------------------------------------------------------------------------


def test_a_task_of_images(folder: Path) -> None:
    picture(folder / "images" / "b.png")
    tag = '<tag label="good frame" source="manual"></tag>'
    batch = read(folder, document(image(BOX, tag), image(name="b.png")))
    first, second = batch.images
    assert first.path == folder / "images" / "a.png"
    assert [shape.geometry for shape in first.shapes] == [Box(1, 2, 9.5, 9)]
    assert (first.tags, first.tags_done, first.shapes_done) == (("good frame",), True, True)
    # CVAT lists every image of a task, looked at or not.
    assert (second.shapes, second.tags_done, second.shapes_done) == ((), False, False)
    assert batch.labels == ("car", "person", "good frame")
    assert batch.problems == ()


def test_every_kind_of_shape(folder: Path) -> None:
    found = one(
        folder,
        '<box label="car" xtl="10" ytl="10" xbr="30" ybr="20" rotation="330.00"></box>',
        '<polygon label="car" points="1.00,1.00;9.00,1.00;9.00,9.00"></polygon>',
        '<polyline label="car" points="1.00,1.00;9.00,1.00"></polyline>',
        '<points label="car" points="1.00,1.00;9.00,2.00" occluded="1"></points>',
        '<mask label="car" rle="1, 2, 3" left="5" top="6" width="3" height="2"></mask>',
    )
    assert [shape.geometry for shape in found.shapes] == [
        RotatedBox(20, 15, 20, 10, -30),
        geo.polygon((1, 1), (9, 1), (9, 9)),
        Polyline(((1, 1), (9, 1))),
        Points(((1, 1), (9, 2)), frozenset({0, 1})),
        Mask(6, 6, 2, 1, np.array([0, 2], "<u4").tobytes()),
    ]
    assert found.shapes_done


def test_an_ellipse_is_a_polygon_as_near_as_can_be_seen(folder: Path) -> None:
    found = one(
        folder, '<ellipse label="car" cx="30" cy="20" rx="20" ry="5" rotation="90"></ellipse>'
    )
    [shape] = found.shapes
    assert isinstance(shape.geometry, Polygon)
    assert geo.area(shape.geometry) == pytest.approx(math.pi * 20 * 5, rel=0.01)
    around = geo.bounds(shape.geometry)
    assert (around.x0, around.x1) == pytest.approx((25, 35), abs=0.1)
    assert (around.y0, around.y1) == pytest.approx((0, 40), abs=0.1)


def place(name: str, x: float, outside: int = 0, occluded: int = 0, more: str = "") -> str:
    return (
        f'<points label="{name}" source="manual" outside="{outside}" occluded="{occluded}" '
        f'points="{x:.2f},5.00">{more}</points>'
    )


def skeleton(*places: str) -> str:
    return f'<skeleton label="person" source="manual" z_order="0">{"".join(places)}</skeleton>'


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (
            (place("nose", 1), place("tail", 2, occluded=1), place("ear", 3, outside=1)),
            Points(((1, 5), (2, 5)), frozenset({1}), ("nose", "tail")),
        ),
        ((place("2", 2), place("1", 1)), Points(((1, 5), (2, 5)))),
        ((place("1", 1, outside=1), place("2", 2)), Points(((2, 5),), frozenset(), ("2",))),
    ],
)
def test_a_skeleton_is_points_by_name(
    folder: Path, places: tuple[str, ...], expected: Points
) -> None:
    [shape] = one(folder, skeleton(*places)).shapes
    assert (shape.label, shape.geometry) == ("person", expected)


def test_a_skeleton_that_is_outside_is_not_there(folder: Path) -> None:
    found = one(folder, skeleton(place("nose", 1, outside=1)), BOX)
    assert len(found.shapes) == 1
    assert found.shapes_done


def test_attributes_groups_and_flags_are_kept(folder: Path) -> None:
    inside = (
        '<attribute name="parked">true</attribute><attribute name="plate"> A &amp; 1 </attribute>'
    )
    more = 'label="car" group_id="3"'
    found = one(
        folder,
        box(1, 1, 9, 9, more=more, inside=inside).replace('occluded="0"', 'occluded="1"'),
        box(1, 1, 9, 9, inside='<attribute name="is_crowd">true</attribute>'),
        box(1, 1, 8, 8, more='label="car" group_id="3"'),
        box(1, 1, 7, 7, inside='<attribute name="is_crowd">false</attribute>'),
        box(1, 1, 6, 6, more='label="car" group_id="4"'),
    )
    assert found.shapes[0].attributes == (
        ("parked", "true"),
        ("plate", " A & 1 "),
        ("occluded", "1"),
        ("group_id", "3"),
    )
    assert [(s.ignore, s.attributes) for s in found.shapes[1:]] == [
        (True, ()),
        (False, (("group_id", "3"),)),
        (False, ()),
        (False, ()),  # a group of one says nothing
    ]


def test_shapes_lie_in_the_order_of_their_layers(folder: Path) -> None:
    top = box(1, 1, 9, 9).replace('z_order="0"', 'z_order="2"')
    found = one(folder, top, box(1, 1, 8, 8), box(1, 1, 7, 7))
    assert [geo.bounds(shape.geometry).x1 for shape in found.shapes] == [8, 7, 9]


def test_polygons_of_one_group_stay_apart(folder: Path) -> None:
    ring = '<polygon label="car" points="1,1;9,1;9,9" group_id="1"></polygon>'
    assert len(one(folder, ring, ring.replace("1,1", "2,1")).shapes) == 2


@pytest.mark.parametrize(
    "shape",
    [
        box(1, 1, 9),
        box(1, 1, "x", 9),
        box(1, 1, "nan", 9),
        box(1, 1, "1e300", 9),
        box(500, 500, 510, 510),
        box(5, 5, 5, 9),
        box(1, 1, 9, 9, more='label=" "'),
        box(1, 1, 9, 9, more=""),
        box(1, 1, 9, 9, more='label="car" rotation="inf"'),
        '<polygon label="car" points="1,1;9,1"></polygon>',
        '<polygon label="car" points="1,1;9,1;9"></polygon>',
        '<polygon label="car"></polygon>',
        '<polyline label="car" points="1,1"></polyline>',
        '<points label="car" points=""></points>',
        '<points label="car" points="1,1;900,900"></points>',
        '<mask label="car" rle="1, 2" left="5" top="6" width="3" height="2"></mask>',
        '<mask label="car" rle="1, -2, 7" left="5" top="6" width="3" height="2"></mask>',
        '<mask label="car" rle="" left="5" top="6" width="3" height="2"></mask>',
        '<mask label="car" rle="6" left="5" top="6" width="3" height="2"></mask>',
        '<mask label="car" rle="0, 900000000" left="0" top="0" width="30000" height="30000"/>',
        '<ellipse label="car" cx="30" cy="20" rx="x" ry="5"></ellipse>',
        skeleton(place("nose", 1), box(1, 1, 9, 9)),
        skeleton('<points label="nose" points="" outside="0"/>'),
    ],
)
def test_a_bad_shape_is_said_and_the_rest_goes_on(folder: Path, shape: str) -> None:
    batch = read(folder, document(image(shape, BOX)))
    [found] = batch.images
    assert found.shapes[-1].geometry == Box(1, 2, 9.5, 9)
    assert not found.shapes_done
    [problem] = batch.problems
    assert problem.file == "annotations.xml"
    lines = (folder / "annotations.xml").read_text(encoding="utf-8").splitlines()
    assert lines[int(problem.field.removeprefix("line ")) - 1] == shape


def test_cuboids_are_counted_once(folder: Path) -> None:
    cuboid = '<cuboid label="car" xtl1="1" ytl1="1"></cuboid>'
    batch = read(folder, document(image(cuboid, cuboid, BOX)))
    assert sentences(batch) == ["2 cuboid(s) were left out: there is no such shape here"]
    assert not batch.images[0].shapes_done


def test_attributes_of_tags_and_of_points_in_skeletons_are_counted_once(folder: Path) -> None:
    bare = '<attribute name="x">1</attribute>'
    tag = f'<tag label="good frame">{bare}</tag>'
    batch = read(folder, document(image(tag, skeleton(place("nose", 1, more=bare)))))
    assert [text.partition(" attr")[0] for text in sentences(batch)] == ["2"]
    assert batch.images[0].shapes_done


def test_an_image_listed_twice_says_everything_once(folder: Path) -> None:
    batch = read(folder, document(image(BOX), image(BOX, box(1, 1, 5, 5))))
    [found] = batch.images
    assert [shape.geometry for shape in found.shapes] == [Box(1, 2, 9.5, 9), Box(1, 1, 5, 5)]


# Finding the images ----------------------------------------------------------------------------


def test_a_project_has_a_folder_for_each_subset(tmp_path: Path) -> None:
    for subset in ("Train", "Validation", "default"):
        picture(tmp_path / "images" / subset / "a.png")
    meta = f"""
  <meta><project><id>1</id><tasks><task><id>9</id><subset>Train</subset></task></tasks>
  <subsets>Train\nValidation\ndefault</subsets>{LABELS}</project></meta>"""
    pieces = (
        image(box(1, 1, 9, side), more=f'subset="{subset}" task_id="9"')
        for side, subset in ((7, "Validation"), (8, "Train"), (9, "default"))
    )
    batch = read(tmp_path, document(*pieces, meta=meta))
    found = {each.path.parent.name: each for each in batch.images}
    assert {name: geo.bounds(each.shapes[0].geometry).y1 for name, each in found.items()} == {
        "Validation": 7,
        "Train": 8,
        "default": 9,
    }
    assert {name: each.split for name, each in found.items()} == {
        "Validation": Split.VAL,
        "Train": Split.TRAIN,
        "default": None,
    }
    batch = read(tmp_path, (tmp_path / "annotations.xml").read_text(), split=Split.TEST)
    assert {each.split for each in batch.images} == {Split.TEST}


def test_the_subset_of_a_task_is_a_split(folder: Path) -> None:
    batch = read(folder, document(image(BOX), meta=task("<subset>Test</subset>")))
    assert batch.images[0].split is Split.TEST


def test_a_file_called_after_a_split_is_of_it(folder: Path) -> None:
    (folder / "train.xml").write_text(document(image(BOX)))
    assert result_of(cvat.read(folder, ImportOptions())).images[0].split is Split.TRAIN


@pytest.mark.parametrize("name", ["a.png", "a", "photos/a.PNG", "C:\\photos\\a.png"])
def test_an_image_is_found_by_whatever_it_is_called(folder: Path, name: str) -> None:
    assert len(read(folder, document(image(BOX, name=name))).images) == 1


def test_a_file_alone_and_images_elsewhere(folder: Path, tmp_path: Path) -> None:
    read(folder, document(image(BOX)))
    batch = result_of(cvat.read(folder / "annotations.xml", ImportOptions()))
    assert len(batch.images) == 1
    elsewhere = tmp_path / "job"
    elsewhere.mkdir()
    (folder / "annotations.xml").rename(elsewhere / "annotations.xml")
    batch = result_of(cvat.read(elsewhere, ImportOptions(images=folder / "images")))
    assert len(batch.images) == 1


def test_exports_side_by_side_each_have_their_own_images(tmp_path: Path) -> None:
    for side, job in ((5, "one"), (6, "two")):
        picture(tmp_path / job / "images" / "a.png", seed=side)
        content = document(image(box(1, 1, side, side)))
        (tmp_path / job / "annotations.xml").write_text(content)
    batch = result_of(cvat.read(tmp_path, ImportOptions()))
    found = {each.path.parent.parent.name: each.shapes[0].geometry for each in batch.images}
    assert found == {"one": Box(1, 1, 5, 5), "two": Box(1, 1, 6, 6)}


def test_an_image_that_is_missing_or_unreadable_is_said(folder: Path) -> None:
    (folder / "images" / "bad.png").write_bytes(b"no image")
    batch = read(
        folder,
        document(image(BOX), image(BOX, name="gone.png"), image(BOX, name="bad.png"), "<image/>"),
    )
    assert {each.path.name: each.shapes_done for each in batch.images} == {
        "a.png": True,
        "bad.png": False,
    }
    assert len(batch.problems) == 3
    assert "gone.png was not found among the images" in sentences(batch)


# Videos ----------------------------------------------------------------------------------------


def tracked(frame: int, x: float, key: int = 1, outside: int = 0) -> str:
    return (
        f'<box frame="{frame}" keyframe="{key}" outside="{outside}" occluded="0" xtl="{x:.2f}" '
        f'ytl="5.00" xbr="{x + 10:.2f}" ybr="15.00" z_order="0"></box>'
    )


def track(*shapes: str, more: str = "") -> str:
    return f'<track id="0" label="car" source="manual" {more}>{"".join(shapes)}</track>'


def frames(folder: Path, count: int, name: str = "images/frame_{:06d}.PNG") -> None:
    for number in range(count):
        picture(folder / name.format(number))


def seen(batch: ImportBatch) -> dict[str, list[float]]:
    return {
        each.path.stem: [geo.bounds(shape.geometry).x0 for shape in each.shapes]
        for each in batch.images
    }


def test_a_track_is_a_shape_on_each_of_its_frames(tmp_path: Path) -> None:
    frames(tmp_path, 5)
    shapes = (
        tracked(0, 1),
        tracked(1, 2, key=0),
        tracked(2, 3),
        tracked(3, 3, outside=1),
        tracked(4, 9),
    )
    batch = read(tmp_path, document(track(*shapes), track(tracked(2, 20), tracked(3, 20, 1, 1))))
    assert seen(batch) == {
        "frame_000000": [1],
        "frame_000001": [2],
        "frame_000002": [3, 20],
        "frame_000004": [9],
    }
    assert all(each.shapes_done for each in batch.images)
    assert batch.images[0].shapes[0].attributes == (("track_id", "0"),)
    assert batch.problems == ()


def test_between_key_frames_alone_shapes_are_worked_out(tmp_path: Path) -> None:
    frames(tmp_path, 8)
    shapes = (tracked(0, 0), tracked(4, 8), tracked(6, 8, outside=1))
    batch = read(tmp_path, document(track(*shapes)))
    assert [x for [x] in seen(batch).values()] == [0, 2, 4, 6, 8, 8]


def test_frames_that_were_never_in_the_task_are_not_worked_out(tmp_path: Path) -> None:
    frames(tmp_path, 11)
    meta = task("<size>3</size><frame_filter>step=5</frame_filter>")
    shapes = (tracked(0, 0), tracked(5, 5), tracked(10, 9))
    assert list(seen(read(tmp_path, document(track(*shapes), meta=meta))).values()) == [
        [0],
        [5],
        [9],
    ]


def test_a_bad_shape_in_a_track_leaves_its_frames_undone(tmp_path: Path) -> None:
    frames(tmp_path, 5)
    bad = tracked(2, 5).replace('xtl="5.00"', 'xtl="?"')
    other = track(*(tracked(n, 20, key=0) for n in range(5)))
    batch = read(tmp_path, document(track(tracked(0, 1), bad, tracked(4, 1)), other))
    done = {each.path.stem[-1]: each.shapes_done for each in batch.images}
    assert done == {"0": True, "1": False, "2": False, "3": False, "4": True}


def test_a_skeleton_through_the_frames(tmp_path: Path) -> None:
    frames(tmp_path, 2)
    shapes = "".join(
        f'<skeleton frame="{n}" keyframe="1" z_order="0">'
        f'<points label="nose" keyframe="1" outside="{n}" occluded="0" points="3,4"></points>'
        "</skeleton>"
        for n in range(2)
    )
    batch = read(tmp_path, document(track(shapes)))
    [found] = batch.images
    assert [shape.geometry for shape in found.shapes] == [Points(((3, 4),), frozenset(), ("nose",))]


def test_frames_are_the_images_in_order_where_that_is_sure(tmp_path: Path) -> None:
    frames(tmp_path, 3, "images/street {:02d}.jpg")
    meta = task("<size>3</size><start_frame>10</start_frame><frame_filter>step=2</frame_filter>")
    shapes = (tracked(10, 1), tracked(12, 2), tracked(14, 3))
    batch = read(tmp_path, document(track(*shapes), meta=meta))
    assert seen(batch) == {"street 00": [1], "street 01": [2], "street 02": [3]}
    assert len(batch.problems) == 1
    assert "in the order of their names" in sentences(batch)[0]


@pytest.mark.parametrize("names", [("1.png", "2.png"), ("9.png", "10.png", "11.png")])
def test_frames_without_images_of_their_own_are_not_guessed(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    for name in names:
        picture(tmp_path / "images" / name)
    content = document(track(tracked(0, 1)), meta=task("<size>3</size>"))
    with pytest.raises(FormatError, match="frame_000000 and so on"):
        read(tmp_path, content)


def test_missing_frames_are_counted(tmp_path: Path) -> None:
    frames(tmp_path, 2)
    batch = read(tmp_path, document(track(*(tracked(n, 1, key=0) for n in range(9)))))
    assert len(batch.images) == 2
    assert sentences(batch) == ["7 of its frames have no image"]


def test_a_frame_that_is_no_number_leaves_nothing_done(tmp_path: Path) -> None:
    frames(tmp_path, 2)
    bad = tracked(0, 1).replace('frame="0"', 'frame="-1"')
    batch = read(tmp_path, document(track(tracked(0, 1)), track(bad)))
    assert [each.shapes_done for each in batch.images] == [False]


def test_frames_of_a_project_are_told_apart_by_subset(tmp_path: Path) -> None:
    for subset in ("Train", "Test"):
        frames(tmp_path / "images" / subset, 1, "frame_{:06d}.jpg")
    pieces = (
        track(tracked(0, x), more=f'task_id="{x}" subset="{subset}"')
        for x, subset in ((1, "Train"), (2, "Test"))
    )
    batch = read(tmp_path, document(*pieces))
    assert {each.split: geo.bounds(each.shapes[0].geometry).x0 for each in batch.images} == {
        Split.TRAIN: 1,
        Split.TEST: 2,
    }


# Files -----------------------------------------------------------------------------------------


def test_a_file_that_breaks_off_is_read_so_far(folder: Path) -> None:
    content = document(image(BOX), image(BOX, name="b.png"))
    batch = read(folder, content[: content.index("b.png") + 20])
    assert [each.shapes_done for each in batch.images] == [True]
    [problem] = batch.problems
    assert str(problem.sentence).startswith("it is not valid XML")
    assert problem.field.startswith("line ")


def test_tracks_of_a_file_that_breaks_off_may_not_be_all(tmp_path: Path) -> None:
    frames(tmp_path, 1)
    content = document(track(tracked(0, 1)), track(tracked(0, 5)))
    batch = read(tmp_path, content[: content.rindex("<track") + 20])
    assert [(len(each.shapes), each.shapes_done) for each in batch.images] == [(1, False)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "not valid XML"),
        ("<annotations>", "not valid XML"),
        ('<!DOCTYPE a [<!ENTITY b "bomb">]><annotations>&b;</annotations>', "DOCTYPE"),
        ("<html></html>", "is not a CVAT file"),
        ("<annotation><object><bndbox/></object></annotation>", "import it as Pascal VOC"),
        ("<annotation><object><polygon><pt/></polygon></object></annotation>", "LabelMe 3.0"),
        (document(), "say in which folder"),
    ],
)
def test_a_file_of_which_nothing_can_be_read(folder: Path, content: str, sentence: str) -> None:
    with pytest.raises(FormatError, match=sentence):
        read(folder, content)
    with pytest.raises(FormatError, match=sentence):
        result_of(cvat.read(folder / "annotations.xml", ImportOptions()))


def test_no_file_and_a_file_that_is_packed(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no CVAT file"):
        result_of(cvat.read(tmp_path, ImportOptions()))
    (tmp_path / "task.zip").write_bytes(b"PK")
    with pytest.raises(FormatError, match="unpack it"):
        result_of(cvat.read(tmp_path / "task.zip", ImportOptions()))


def test_files_of_other_programs_beside_it_are_said_once(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / "images" / f"{name}.xml").write_text("<annotation/>")
    batch = read(folder, document(image(BOX)))
    assert len(batch.images) == 1
    [sentence] = sentences(batch)
    assert sentence.startswith("2 other XML file(s)")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_other_encodings_are_understood(folder: Path, encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    content = document(image(box(1, 1, 9, 9, more='label="Möwe"')))
    content = content.replace('encoding="utf-8"', f'encoding="{declared}"')
    (folder / "annotations.xml").write_bytes(content.encode(encoding))
    batch = result_of(cvat.read(folder, ImportOptions()))
    assert batch.images[0].shapes[0].label == "Möwe"


def test_progress_comes_with_every_image(folder: Path) -> None:
    picture(folder / "images" / "b.png")
    (folder / "annotations.xml").write_text(document(image(BOX), image(BOX, name="b.png")))
    steps = [(each.done, each.total) for each in cvat.read(folder, ImportOptions())]
    assert steps == [(1, 2), (2, 2)]
    frames(folder, 3)
    (folder / "annotations.xml").write_text(
        document(track(*(tracked(n, 1, key=0) for n in range(3))))
    )
    last = list(cvat.read(folder, ImportOptions()))[-1]
    assert (last.done, last.total) == (4, 4)


def test_a_mask_has_the_pixels_that_cvat_draws(folder: Path) -> None:
    rle = "0, 3, 1, 1, 1, 3"  # a 3 x 3 window: all but the middle row's first and last pixel
    [shape] = one(
        folder, f'<mask label="car" rle="{rle}" left="2" top="1" width="3" height="3"></mask>'
    ).shapes
    bitmap = masks.rasterise(shape.geometry, 64, 48)
    assert np.argwhere(bitmap).tolist() == [
        [1, 2],
        [1, 3],
        [1, 4],
        [2, 3],
        [3, 2],
        [3, 3],
        [3, 4],
    ]
