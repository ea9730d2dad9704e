"""What of an image teaches keypoints: objects with their boxes, and what is to be ignored."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.domain import geometry as geo
from studio.domain.edits import Title, created, replaced
from studio.domain.runs import Task
from studio.domain.shapes import Box, Geometry, Points, Polyline, Shape
from studio.errors import NotEnoughLabels
from studio.learning import preparation, snapshot
from studio.learning.events import Notice
from studio.learning.readiness import dataset, keypoint_objects
from studio.learning.readiness.keypoint_objects import LONE_MARGIN, MARGIN, around, truth
from studio.learning.snapshot import Truth
from studio.learning.spec import ModelSpec
from studio.learning.tasks.keypoints import Keypoints
from tests import making
from tests.learning import arrows, scenes


def shape(number: int, geometry: Geometry, label: str = "a", *, ignore: bool = False) -> Shape:
    return Shape(number, 1, label, geometry, ignore=ignore)


POINTS = Points(((20, 20), (40, 30)))


def test_an_object_reaches_a_margin_beyond_its_points() -> None:
    points = Points(((20, 20), (60, 40)))
    found = truth(shape(1, points), points, None, (100, 80))
    by = MARGIN * 40
    assert found.bounds == Box(20 - by, 20 - by, 60 + by, 40 + by)
    assert found.geometry == points and not found.ignore


def test_a_lone_point_has_a_box_of_the_images_size() -> None:
    lone = Points(((1000.0, 500.0),))
    box = truth(shape(1, lone), lone, None, (2000, 1000)).bounds
    assert box.width == box.height == 2 * LONE_MARGIN * 2000


def test_a_box_ends_at_the_image() -> None:
    corner = Points(((0, 0), (40, 30)))
    assert truth(shape(1, corner), corner, None, (42, 80)).bounds == Box(0, 0, 42, 36)


def test_what_was_drawn_around_the_same_object_is_its_box() -> None:
    drawn = shape(2, geo.polygon((10, 5), (60, 5), (60, 50), (10, 50)))
    points = shape(1, POINTS)
    assert around([points, drawn]) == {1: drawn}
    assert truth(points, POINTS, drawn, (100, 80)).bounds == Box(10, 5, 60, 50)


@pytest.mark.parametrize(
    "other",
    [
        shape(2, Box(10, 5, 60, 50), label="b"),
        shape(2, Box(10, 5, 60, 50), ignore=True),
        shape(2, Box(10, 5, 30, 50)),
        shape(2, Box(50, 5, 90, 50)),
    ],
    ids=["another class", "ignored", "only some points", "beside"],
)
def test_other_shapes_are_not(other: Shape) -> None:
    assert around([shape(1, POINTS), other]) == {}


def test_shapes_are_asked_only_about_points_nearby(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of objects on an image would take seconds to tell apart."""
    plain, asked = keypoint_objects._touches, []

    def touches(box: Box, other: Shape) -> bool:
        asked.append(other.id)
        return plain(box, other)

    monkeypatch.setattr(keypoint_objects, "_touches", touches)
    corners = [(40 * (i % 10), 40 * (i // 10)) for i in range(100)]
    points = [shape(i, Points(((x + 5, y + 5),))) for i, (x, y) in enumerate(corners)]
    boxes = [shape(100 + i, Box(x, y, x + 10, y + 10)) for i, (x, y) in enumerate(corners)]
    assert around([*points, *boxes]) == dict(enumerate(boxes))
    assert sorted(asked) == list(range(100))


def test_a_shape_around_two_objects_is_of_neither() -> None:
    both = shape(3, Box(0, 0, 99, 79))
    two = Points(((60, 60), (70, 70)))
    assert around([shape(1, POINTS), shape(2, two), both]) == {}
    assert around([shape(1, POINTS), both, shape(4, Box(15, 15, 45, 35))]) == {
        1: shape(4, Box(15, 15, 45, 35))
    }


def test_a_project_teaches_its_points_and_ignores_what_has_none(tmp_path: Path) -> None:
    session = arrows.open_project(tmp_path, 6)
    first, second, *_ = session.reader.image_ids()
    [dart] = session.reader.labels()
    [leaf] = making.labels(session, "leaf")[-1:]
    [points] = session.reader.shapes(first)
    numbers = session.store.reserve_ids("shape", 4)
    kinds = (Box(1, 1, 9, 9), Box(0, 0, 64, 64), Polyline(((0, 0), (9, 9))), Points(((5, 5),)))
    extra = [
        Shape(number, first, leaf.id if kind == kinds[1] else dart.id, kind)
        for number, kind in zip(numbers, kinds, strict=True)
    ]
    extra[3] = replace(extra[3], ignore=True, image_id=second)
    session.apply(created(Title.DRAW_BOX, *extra))
    ready = dataset.readiness(session.reader)[Task.KEYPOINTS]
    assert (ready.ready, ready.objects, ready.places) == (True, 6, arrows.PLACES)
    assert "1 line or set of points has no area; it is left out." in map(str, ready.advice)
    frozen = dataset.freeze(session.reader, Task.KEYPOINTS, 0, 0.2)
    session.close()
    assert frozen.places == arrows.PLACES and [each.name for each in frozen.labels] == ["dart"]
    assert frozen.places_of_labels() == {dart.id: (0, 1, 2)}
    by_id = {image.id: image.truths for image in frozen.images}
    assert by_id[first][1:] == (Truth(dart.id, Box(1, 1, 9, 9), ignore=True),), "the leaf is none"
    assert by_id[first][0].geometry == points.geometry
    assert by_id[second][1].ignore and isinstance(by_id[second][1].geometry, Box)
    snapshot.write(tmp_path, frozen)
    assert snapshot.read(tmp_path) == frozen


def test_points_beyond_the_image_are_named(tmp_path: Path) -> None:
    session = arrows.open_project(tmp_path, 5)
    [points] = session.reader.shapes(session.reader.image_ids()[0])
    away = replace(points, geometry=Points(((90.0, 3.0),)))
    session.apply(replaced(Title.MOVE, points, away))
    frozen = dataset.freeze(session.reader, Task.KEYPOINTS, 0, 0.2)
    session.close()
    assert len(frozen.images) == 4
    assert "has no point within the image" in str(frozen.left_out[0].sentence)


def test_points_without_names_stay_at_their_places_where_one_is_beyond_the_image(
    tmp_path: Path,
) -> None:
    session = arrows.open_project(tmp_path, 5, names=())
    [points] = session.reader.shapes(session.reader.image_ids()[0])
    moved = replace(points, geometry=Points(((20.0, 20.0), (-9.0, 30.0), (40.0, 30.0))))
    session.apply(replaced(Title.MOVE, points, moved))
    frozen = dataset.freeze(session.reader, Task.KEYPOINTS, 0, 0.2)
    session.close()
    spec = ModelSpec.of(scenes.config(Task.KEYPOINTS), frozen)
    source = next(image for image in frozen.images if image.id == points.image_id)
    assert source.truths[0].bounds == Box(16, 16, 44, 34), "around those in the image"
    adapter, rgb = Keypoints(spec), np.zeros((64, 64, 3), np.uint8)
    [target] = adapter.prepare(rgb, source, None).target["keypoints"]
    assert target[:, 2].tolist() == [2, 0, 2]
    [told] = adapter.drawn(source.truths[0], source)
    assert [(each["name"], each["x"]) for each in told["keypoints"]] == [("1", 20), ("3", 40)]


def test_a_project_without_points_says_what_is_missing(tmp_path: Path) -> None:
    session = arrows.open_project(tmp_path, 3)
    ready = dataset.readiness(session.reader)[Task.KEYPOINTS]
    session.close()
    assert not ready.ready and list(map(str, ready.missing)) == ["Points on 1 more image."]


def test_points_that_mean_the_same_must_be_called_alike(tmp_path: Path) -> None:
    session = arrows.open_project(tmp_path, 6)
    [points] = session.reader.shapes(session.reader.image_ids()[0])
    many = Points(tuple((i % 20 + 20.0, i // 20 + 20.0) for i in range(201)))
    session.apply(replaced(Title.MOVE, points, replace(points, geometry=many)))
    ready = dataset.readiness(session.reader)[Task.KEYPOINTS]
    assert not ready.ready
    [sentence] = map(str, ready.missing)
    assert "there are 201," in sentence and "at most" in sentence
    assert session.reader.image(points.image_id).path in sentence
    with pytest.raises(NotEnoughLabels, match="there are 201,"):
        dataset.freeze(session.reader, Task.KEYPOINTS, 0, 0.2)
    session.close()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("tip", "left_wing", "right_wing"), "of 1 object .* order: tip, left_wing, right_wing"),
        (("1", "2", "3"), ""),
        ((), ""),
    ],
)
def test_points_without_names_beside_named_ones_are_told_of(tmp_path, names, said):
    session = arrows.open_project(tmp_path, names=names)
    shape = session.reader.shapes(session.reader.image_ids()[3])[0]
    assert isinstance(shape.geometry, Points)
    unnamed = replace(shape, geometry=replace(shape.geometry, names=()))
    if names:
        session.apply(replaced(Title.MOVE, shape, unnamed))
    advice = dataset.readiness(session.reader)[Task.KEYPOINTS].advice
    session.close()
    config = scenes.config(Task.KEYPOINTS, epochs=1)
    told = list(preparation.freeze(session.project, config, scenes.never))
    for sentences in (advice, [each.sentence for each in told if isinstance(each, Notice)]):
        found = [str(each) for each in sentences if "have no names" in str(each)]
        assert bool(found) == bool(said)
        assert not said or re.search(said, found[0])
