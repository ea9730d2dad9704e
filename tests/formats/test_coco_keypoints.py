"""Keypoints in and out of COCO, and lines, which it does not know."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape
from studio.domain.places import places_for
from studio.domain.shapes import Box, Points, Polyline
from studio.formats.contract import ImportOptions
from studio.formats.keypoints import fields_for, points_of
from tests.formats.conftest import Projects
from tests.formats.test_coco import document, read, sentences, shapes
from tests.formats.whole import coco
from tests.making import picture

FACE = ["nose", "left eye", "right eye"]
CATEGORIES = [{"id": 7, "name": "person", "keypoints": FACE, "skeleton": [[1, 2], [1, 3]]}]


def folder_of(tmp_path: Path) -> Path:
    picture(tmp_path / "data" / "images" / "a.png", 64, 48)
    return tmp_path / "data"


def test_marked_keypoints_keep_their_names_and_what_is_occluded(tmp_path: Path) -> None:
    person = {
        "bbox": [1, 2, 30, 20],
        "num_keypoints": 2,
        "keypoints": [0, 0, 0, 10, 5.5, 2, 20, 6, 1],
    }
    nobody = {"bbox": [40, 2, 9, 9], "num_keypoints": 0, "keypoints": [0] * 9}
    batch = read(folder_of(tmp_path), document(person, nobody, categories=CATEGORIES))
    assert [shape.geometry for shape in shapes(batch)] == [
        Box(1, 2, 31, 22),
        Points(((10, 5.5), (20, 6)), frozenset({1}), ("left eye", "right eye")),
        Box(40, 2, 49, 11),
    ]
    assert not batch.problems


def test_keypoints_that_are_wrong_or_outside_are_said(tmp_path: Path) -> None:
    odd = {"bbox": [1, 2, 3, 4], "keypoints": [1, 2, 2, 3]}
    outside = {"keypoints": [10, 5, 2, 99, 6, 2, 12, 5, 1]}
    batch = read(folder_of(tmp_path), document(odd, outside, categories=CATEGORIES))
    assert [shape.geometry for shape in shapes(batch)] == [
        Box(1, 2, 4, 6),
        Points(((10, 5), (12, 5)), frozenset({1}), ("nose", "right eye")),
    ]
    assert sentences(batch) == [
        "annotations[0].keypoints: every keypoint needs three numbers: x, y, v",
        "annotations[1].keypoints: 1 keypoint(s) lie outside the image; they were left out",
    ]
    assert not batch.images[0].shapes_done


def test_points_go_out_as_keypoints_and_lines_are_counted(
    tmp_path: Path, project_of: Projects
) -> None:
    a = picture(tmp_path / "images" / "a.png", 64, 48)
    b = picture(tmp_path / "images" / "b.png", 64, 48)
    left = Points(((4, 5), (6, 8)), frozenset({0}), ("nose", "left eye"))
    right = Points(((30, 9),), frozenset(), ("right eye",))
    corner = Points(((64, 48),))
    line = Polyline(((1, 1), (9, 9), (20, 4)))
    first = (
        ImportedShape("person", left),
        ImportedShape("person", right, ignore=True),
        ImportedShape("person", Box(1, 1, 9, 9)),
        ImportedShape("bolt", corner),
        ImportedShape("bolt", line),
    )
    batch = ImportBatch((ImportedImage(a, (), first), ImportedImage(b, (), first[-1:])))
    report = coco.write(project_of(batch).reader, tmp_path / "out.json")
    assert report.images == 1
    assert [str(each.sentence) for each in report.problems] == [
        "COCO has no lines; 2 line(s) were left out"
    ]
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [each.get("keypoints") for each in written["categories"]] == [FACE, ["1"]]
    told = [(each["keypoints"], each["num_keypoints"]) for each in written["annotations"]]
    assert told == [
        ([4, 5, 1, 6, 8, 2, 0, 0, 0], 2),
        ([0, 0, 0, 0, 0, 0, 30, 9, 2], 1),
        ([0] * 9, 0),
        ([64, 48, 2], 1),
    ]
    for each in written["annotations"]:
        x, y, width, height = each["bbox"]
        assert min(x, y) >= 0 and x + width <= 64 and y + height <= 48 and width >= 1 <= height
        assert each["area"] >= 1 and each["segmentation"]
    again = coco.read(tmp_path / "out.json", ImportOptions(images=tmp_path / "images"))
    assert again.images[0].shapes == first[:-1]


points = st.lists(
    st.tuples(st.floats(0, 99), st.floats(0, 99), st.booleans(), st.sampled_from("abcab")),
    min_size=1,
    max_size=6,
)


@given(st.lists(st.tuples(points, st.booleans()), min_size=1, max_size=4))
def test_every_point_finds_its_place(found: list) -> None:
    named = [
        Points(
            tuple((x, y) for x, y, *_ in each),
            frozenset(i for i, (*_, occluded, _) in enumerate(each) if occluded),
            tuple(name for *_, name in each) if has_names else (),
        )
        for each, has_names in found
    ]
    places = places_for(named)
    for each in named:
        fields = fields_for(each, places)
        assert fields["num_keypoints"] == len(each.points)
        again = points_of(fields, places)
        assert again is not None
        assert sorted(again.points) == sorted(each.points)
        assert len(again.occluded) == len(each.occluded)
        if each.names:
            by_name = sorted(zip(again.names or places, again.points, strict=False))
            assert by_name == sorted(zip(each.names, each.points, strict=True))
