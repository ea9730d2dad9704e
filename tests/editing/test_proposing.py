"""Predictions become suggestions; what a human has answered is recognised."""

from __future__ import annotations

import numpy as np
import pytest

from studio.domain.geometry import polygon
from studio.domain.labels import Label, MergedLabel
from studio.domain.proposals import Proposal
from studio.domain.shapes import Box, Mask, Points, Polyline, Shape
from studio.editing import proposing
from studio.editing.proposing import Classes
from studio.vision import masks, rle

WASHER = Label("w" * 32, "washer", "#E69F00", 0)
NUT = Label("n" * 32, "nut", "#56B4E9", 1)
CLASSES = Classes((WASHER, NUT), (MergedLabel("b" * 32, "bolt", NUT.id),))


def thing(label: str, score: float, *bbox: float, label_id: str = "") -> dict[str, object]:
    return {"label": label, "label_id": label_id, "score": score, "bbox": list(bbox)}


def square(x: int, y: int, side: int) -> Mask:
    mask = masks.encode(np.ones((side, side), dtype=bool), x, y)
    assert mask is not None
    return mask


def test_objects_come_best_first() -> None:
    prediction = {"objects": [thing("nut", 0.3, 0, 0, 5, 5), thing("washer", 0.9, 1, 2, 3, 4)]}
    found = proposing.suggestions(prediction, CLASSES)
    assert [(s.label, s.geometry, s.score) for s in found] == [
        (WASHER, Box(1, 2, 4, 6), 0.9),
        (NUT, Box(0, 0, 5, 5), 0.3),
    ]


def test_a_renamed_class_is_known_by_its_id() -> None:
    prediction = {"objects": [thing("old name", 0.9, 0, 0, 5, 5, label_id=NUT.id)]}
    assert proposing.suggestions(prediction, CLASSES)[0].label is NUT


def test_what_is_said_of_a_merged_class_is_said_of_the_one_it_became() -> None:
    things = [thing("Bolt", 0.9, 0, 0, 5, 5), thing("x", 0.8, 0, 0, 5, 5, label_id="b" * 32)]
    assert [s.label for s in proposing.suggestions({"objects": things}, CLASSES)] == [NUT, NUT]
    scores = {"scores": {"bolt": 0.5, "nut": 0.4, "washer": 0.1}}
    [best] = proposing.suggestions(scores, CLASSES)
    assert (best.label, best.score) == (NUT, 0.5)
    found = proposing.suggestions(scores, CLASSES, multi_label=True)
    assert [(s.label, s.score) for s in found] == [(NUT, 0.5), (WASHER, 0.1)]
    assert proposing.scored(scores, CLASSES, multi_label=True) == {(NUT.id, 0.5), (WASHER.id, 0.1)}


def test_classes_the_project_no_longer_has_are_passed_over() -> None:
    prediction = {"objects": [thing("screw", 0.9, 0, 0, 5, 5)]}
    assert proposing.suggestions(prediction, CLASSES) == ()


def test_boxes_without_area_are_passed_over() -> None:
    assert proposing.suggestions({"objects": [thing("nut", 0.9, 3, 3, 0, 5)]}, CLASSES) == ()


def test_an_exclusive_classifier_suggests_its_best_class_alone() -> None:
    prediction = {"scores": {"nut": 0.2, "washer": 0.8}}
    assert [s.label for s in proposing.suggestions(prediction, CLASSES)] == [WASHER]
    both = proposing.suggestions(prediction, CLASSES, multi_label=True)
    assert [s.label for s in both] == [WASHER, NUT]


@pytest.mark.parametrize("multi_label", [False, True])
def test_scores_are_those_of_the_suggestions(multi_label: bool) -> None:
    empty = {"size": [8, 8], "counts": [64]}
    of_objects = [
        thing("nut", 0.9, 3, 3, 0, 5),
        thing("nut", 0.8, 0, 0, 5, 5),
        thing("screw", 0.7, 0, 0, 5, 5),
        thing("nut", 0.6, 0, 0, 5, 5) | {"segmentation": empty},
        thing("nut", 0.5, 0, 0, 5, 5) | {"segmentation": rle.encode(square(2, 2, 3), 8, 8)},
        thing("washer", 0.4, 0, 0, 5, 5) | {"keypoints": []},
    ]
    for prediction in ({"objects": of_objects}, {"scores": {"nut": 0.2, "washer": 0.8}}):
        found = proposing.suggestions(prediction, CLASSES, multi_label=multi_label)
        expected = {(each.label.id, each.score) for each in found}
        assert proposing.scored(prediction, CLASSES, multi_label=multi_label) == expected


def test_a_mask_is_taken_before_its_box() -> None:
    mask = square(2, 3, 4)
    found = thing("nut", 0.9, 0, 0, 20, 20) | {"segmentation": rle.encode(mask, 20, 20)}
    assert proposing.suggestions({"objects": [found]}, CLASSES)[0].geometry == mask


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (Box(0, 0, 10, 10), Box(0, 0, 10, 10), 1.0),
        (Box(0, 0, 10, 10), Box(5, 0, 15, 10), 1 / 3),
        (square(0, 0, 10), square(5, 0, 10), 1 / 3),
        (square(0, 0, 10), polygon((0, 0), (10, 0), (10, 10), (0, 10)), 1.0),
        (square(0, 0, 10), polygon((0, 0), (10, 0), (0, 10)), 0.5),
        (square(0, 0, 10), Box(0, 0, 10, 20), 0.5),
        (square(0, 0, 4), square(50, 50, 4), 0.0),
        (Box(0, 0, 10, 10), Polyline(((0, 0), (10, 10))), 0.0),
        (Box(0, 0, 10, 10), Points(((0, 0), (10, 10))), 0.0),
    ],
)
def test_overlap_counts_pixels_where_both_have_them(a, b, expected) -> None:
    assert proposing.overlap(a, b) == pytest.approx(expected, abs=0.06)
    assert proposing.overlap(b, a) == proposing.overlap(a, b)


def test_only_a_shape_of_the_same_class_answers_a_proposal() -> None:
    proposal = Proposal(1, 1, 1, NUT.id, Box(0, 0, 10, 10), 0.9)
    same = Shape(1, 1, NUT.id, Box(1, 1, 10, 10))
    other = Shape(2, 1, WASHER.id, Box(1, 1, 10, 10))
    assert proposing.is_answered(proposal, [other, same])
    assert not proposing.is_answered(proposal, [other])
    assert not proposing.is_answered(Proposal(1, 1, 1, NUT.id, None, 0.9), [same])


def told(*points: tuple[str, float, float, float]) -> dict[str, object]:
    named = [{"name": name, "x": x, "y": y, "score": score} for name, x, y, score in points]
    return {**thing("nut", 0.9, 0, 0, 40, 40), "keypoints": named}


def test_points_become_points_unless_the_model_is_hardly_sure() -> None:
    found = told(("left", 3, 4, 0.9), ("top", 5, 6, 0.1), ("right", 7, 8, 0.3))
    assert proposing.geometry_of(found) == Points(((3, 4), (7, 8)), names=("left", "right"))
    assert proposing.geometry_of(told(("top", 5, 6, 0.1))) is None
    points = Points(((3, 4), (7, 8)), frozenset({1}), ("left", "right"))
    again = {**thing("nut", 0.9, 0, 0, 9, 9), "keypoints": proposing.predicted_points(points)}
    assert proposing.geometry_of(again) == points


def test_points_of_the_same_object_are_known_by_their_places() -> None:
    human = Points(((10, 10), (50, 10), (30, 40)), names=("left", "right", "tip"))
    near = Points(((12, 11), (49, 12), (31, 38)), names=("left", "right", "tip"))
    swapped = Points(((50, 10), (10, 10)), names=("left", "right"))
    bare = Points(((49, 12), (11, 9)))
    away = Points(((60, 60), (90, 60), (75, 90)), names=("left", "right", "tip"))
    assert proposing.overlap(human, human) == 1
    assert proposing.overlap(near, human) > 0.9
    assert proposing.overlap(swapped, human) < 0.1
    assert proposing.overlap(bare, human) > 0.9, "without names the nearest points are compared"
    assert proposing.overlap(away, human) < 0.1
    legs = Points(((10, 10), (50, 10), (30, 40)), names=("leg", "leg", "tip"))
    assert proposing.overlap(legs, legs) == 1, "several may be called alike"
    lone = Points(((10, 10),)), Points(((12, 11),)), Points(((30, 30),))
    assert proposing.overlap(lone[0], lone[1]) > 0.5 > proposing.overlap(lone[0], lone[2])
    proposal = Proposal(1, 1, 1, NUT.id, near, 0.9)
    assert proposing.is_answered(proposal, [Shape(1, 1, NUT.id, human)])
    assert not proposing.is_answered(proposal, [Shape(1, 1, NUT.id, Box(0, 0, 60, 60))])
