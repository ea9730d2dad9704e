"""Predictions become suggestions; what a human has answered is recognised."""

from __future__ import annotations

import numpy as np
import pytest

from studio.domain.geometry import polygon
from studio.domain.labels import Label
from studio.domain.proposals import Proposal
from studio.domain.shapes import Box, Mask, Points, Polyline, Shape
from studio.editing import proposing
from studio.vision import masks, rle

WASHER = Label("w" * 32, "washer", "#E69F00", 0)
NUT = Label("n" * 32, "nut", "#56B4E9", 1)
LABELS = (WASHER, NUT)


def thing(label: str, score: float, *bbox: float, label_id: str = "") -> dict[str, object]:
    return {"label": label, "label_id": label_id, "score": score, "bbox": list(bbox)}


def square(x: int, y: int, side: int) -> Mask:
    mask = masks.encode(np.ones((side, side), dtype=bool), x, y)
    assert mask is not None
    return mask


def test_objects_come_best_first() -> None:
    prediction = {"objects": [thing("nut", 0.3, 0, 0, 5, 5), thing("washer", 0.9, 1, 2, 3, 4)]}
    found = proposing.suggestions(prediction, LABELS)
    assert [(s.label, s.geometry, s.score) for s in found] == [
        (WASHER, Box(1, 2, 4, 6), 0.9),
        (NUT, Box(0, 0, 5, 5), 0.3),
    ]


def test_a_renamed_class_is_known_by_its_id() -> None:
    prediction = {"objects": [thing("old name", 0.9, 0, 0, 5, 5, label_id=NUT.id)]}
    assert proposing.suggestions(prediction, LABELS)[0].label is NUT


def test_classes_the_project_no_longer_has_are_passed_over() -> None:
    prediction = {"objects": [thing("bolt", 0.9, 0, 0, 5, 5)]}
    assert proposing.suggestions(prediction, LABELS) == ()


def test_boxes_without_area_are_passed_over() -> None:
    assert proposing.suggestions({"objects": [thing("nut", 0.9, 3, 3, 0, 5)]}, LABELS) == ()


def test_an_exclusive_classifier_suggests_its_best_class_alone() -> None:
    prediction = {"scores": {"nut": 0.2, "washer": 0.8}}
    assert [s.label for s in proposing.suggestions(prediction, LABELS)] == [WASHER]
    both = proposing.suggestions(prediction, LABELS, multi_label=True)
    assert [s.label for s in both] == [WASHER, NUT]


def test_a_mask_is_taken_before_its_box() -> None:
    mask = square(2, 3, 4)
    found = thing("nut", 0.9, 0, 0, 20, 20) | {"segmentation": rle.encode(mask, 20, 20)}
    assert proposing.suggestions({"objects": [found]}, LABELS)[0].geometry == mask


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
