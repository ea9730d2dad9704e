"""Metrics against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from studio.domain.labels import Label
from studio.learning.tasks import metrics
from studio.vision import rle

CAT, DOG, EMU = (Label(name, name, "#000000", i) for i, name in enumerate(("cat", "dog", "emu")))


def found(label: Label, bbox: list[float], score: float = 1.0, **more: object) -> dict:
    return {"label": label.name, "label_id": label.id, "score": score, "bbox": bbox, **more}


def image(*objects: dict) -> dict:
    return {"file": "a.png", "width": 100, "height": 100, "objects": list(objects)}


def test_accuracy_macro_f1_and_confusion():
    truth = ["cat", "cat", "cat", "dog", "dog"]
    guess = ["cat", "cat", "dog", "dog", "emu"]
    scores = metrics.class_scores(truth, guess, (CAT, DOG, EMU))
    assert scores.metrics["accuracy"] == pytest.approx(3 / 5)
    # cat: P 1, R 2/3, F1 4/5; dog: P 1/2, R 1/2, F1 1/2; emu does not occur in the truth.
    assert scores.metrics["macro_f1"] == pytest.approx((0.8 + 0.5) / 2)
    assert scores.confusion["matrix"] == [[2, 1, 0], [0, 1, 1], [0, 0, 0]]
    cat, dog, emu = scores.per_class
    assert (cat["precision"], cat["recall"]) == pytest.approx((1.0, 2 / 3))
    assert (dog["support"], emu["support"]) == (2, 0)
    assert emu["precision"] is None and emu["f1"] is None


def test_multi_label_counts_whole_sets():
    truth = [{"cat"}, {"cat", "dog"}, set()]
    guess = [{"cat"}, {"cat"}, {"dog"}]
    scores = metrics.multi_label_scores(truth, guess, (CAT, DOG))
    assert scores.metrics["accuracy"] == pytest.approx(1 / 3)
    assert scores.metrics["macro_f1"] == pytest.approx((1.0 + 0.0) / 2)


def test_miou_counts_background_only_where_the_truth_has_it():
    # Rows are truth: 10 pixels of cat, 8 found, 2 taken for background; no true background.
    matrix = np.array([[0, 0, 0], [2, 8, 0], [0, 0, 0]])
    scores = metrics.pixel_scores(matrix, (CAT, DOG))
    assert scores.metrics["miou"] == pytest.approx(0.8)
    assert scores.metrics["dice"] == pytest.approx(16 / 18)
    assert scores.metrics["pixel_accuracy"] == pytest.approx(0.8)
    matrix[0, 0], matrix[0, 1] = 90, 10
    scores = metrics.pixel_scores(matrix, (CAT, DOG))
    assert scores.metrics["miou"] == pytest.approx((90 / 102 + 8 / 20) / 2)


def test_perfect_and_absent_boxes():
    truth = [image(found(CAT, [10, 10, 20, 20]))]
    right = metrics.object_scores(truth, truth, (CAT, DOG), 0.5)
    assert right.metrics == {"map": pytest.approx(1.0), "map50": pytest.approx(1.0)}
    cat, dog = right.per_class
    assert (cat["map50"], cat["precision"], cat["recall"]) == pytest.approx((1, 1, 1))
    assert dog["map"] is None and dog["precision"] is None
    nothing = metrics.object_scores(truth, [image()], (CAT, DOG), 0.5)
    assert nothing.metrics == {"map": 0.0, "map50": 0.0}
    assert nothing.per_class[0]["recall"] == 0.0


def test_a_box_at_iou_0_6_counts_for_three_of_ten_thresholds():
    truth = [image(found(CAT, [0, 0, 10, 10]))]
    guess = [image(found(CAT, [0, 0, 10, 6.2], score=0.9))]
    scores = metrics.object_scores(truth, guess, (CAT,), 0.5)
    assert scores.metrics == {"map": pytest.approx(0.3), "map50": pytest.approx(1.0)}


def test_a_false_alarm_above_the_hit_halves_precision():
    truth = [image(found(CAT, [0, 0, 10, 10]))]
    guess = [image(found(CAT, [50, 50, 10, 10], 0.9), found(CAT, [0, 0, 10, 10], 0.6))]
    scores = metrics.object_scores(truth, guess, (CAT,), 0.5)
    assert scores.metrics["map50"] == pytest.approx(0.5)
    assert scores.per_class[0]["precision"] == 0.5 and scores.per_class[0]["recall"] == 1.0
    assert metrics.disagreement(truth[0], guess[0], 0.5) == pytest.approx(1 / 3)
    assert metrics.disagreement(truth[0], guess[0], 0.7) == pytest.approx(1.0)


def test_predictions_within_an_ignore_region_do_not_count():
    region = found(CAT, [50, 50, 40, 40], ignore=True)
    truth = [image(found(CAT, [0, 0, 10, 10]), region)]
    guess = [image(found(CAT, [55, 55, 10, 10], 0.9), found(CAT, [0, 0, 10, 10], 0.6))]
    scores = metrics.object_scores(truth, guess, (CAT,), 0.5)
    assert scores.metrics["map50"] == pytest.approx(1.0)
    assert scores.per_class[0]["precision"] == 1.0
    assert metrics.disagreement(truth[0], guess[0], 0.5) == 0.0


def test_an_object_within_an_ignore_region_is_still_found():
    truth = [image(found(CAT, [10, 10, 20, 20]), found(CAT, [0, 0, 60, 60], ignore=True))]
    guess = [image(found(CAT, [10, 10, 20, 19], 0.9), found(CAT, [11, 10, 20, 20], 0.8))]
    assert metrics.match(truth[0], guess[0], 0.5) == [(CAT.id, "hit")]
    [cat] = metrics.object_scores(truth, guess, (CAT,), 0.5).per_class
    assert (cat["precision"], cat["recall"], cat["map50"]) == pytest.approx((1, 1, 1))


def test_an_ignore_region_of_boxes_is_its_parts_not_what_lies_between():
    parts = [[0, 0, 10, 10], [90, 90, 10, 10]]
    region = found(CAT, [0, 0, 100, 100], ignore=True, parts=parts)
    truth = [image(found(CAT, [20, 20, 10, 10]), region)]
    wrong = found(CAT, [60, 60, 10, 10], 0.9)
    right = found(CAT, [20, 20, 10, 10], 0.8)
    scores = metrics.coco_map(truth, [image(wrong, right)], (CAT,), "bbox")[0]
    assert scores["map50"] == pytest.approx(0.5)
    hidden = found(CAT, [91, 91, 8, 8], 0.9)
    scores = metrics.coco_map(truth, [image(hidden, right)], (CAT,), "bbox")[0]
    assert scores["map50"] == pytest.approx(1.0)


def test_objects_that_lie_apart_are_not_compared_one_by_one():
    """Thousands on an image would take seconds, in every epoch."""
    reads = 0

    class Counted(dict):
        def __getitem__(self, name: str) -> object:
            nonlocal reads
            reads += name == "label_id"
            return super().__getitem__(name)

    objects = [Counted(found(CAT, [20.0 * i, 0, 10, 10])) for i in range(100)]
    assert [kind for _, kind in metrics.match(image(*objects), image(*objects), 0.5)] == (
        ["hit"] * 100
    )
    assert reads <= 5 * len(objects)


def test_masks_are_compared_by_pixels_not_by_boxes():
    full = np.zeros((100, 100), dtype=bool)
    full[0:20, 0:20] = True
    corner = np.zeros((100, 100), dtype=bool)
    corner[0:20, 0:2] = corner[0:2, 0:20] = True  # the same box, little of the area
    truth = [image(found(CAT, [0, 0, 20, 20], segmentation=rle.encode_bitmap(full)))]
    guess = [image(found(CAT, [0, 0, 20, 20], segmentation=rle.encode_bitmap(corner)))]
    assert metrics.coco_map(truth, guess, (CAT,), "bbox")[0]["map50"] == pytest.approx(1.0)
    assert metrics.coco_map(truth, guess, (CAT,), "segm")[0]["map50"] == 0.0
    assert metrics.disagreement(truth[0], guess[0], 0.5) == 1.0


def test_an_image_crowded_beyond_cocos_hundred_counts_whole():
    boxes = [[5 * (i % 20), 8 * (i // 20), 4, 6] for i in range(150)]
    crowded = [image(*(found(CAT, box) for box in boxes))]
    assert metrics.coco_map(crowded, crowded, (CAT,), "bbox")[0]["map"] == pytest.approx(1.0)
