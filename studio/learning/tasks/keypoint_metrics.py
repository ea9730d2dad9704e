"""How well keypoints are found: COCO's object keypoint similarity (OKS), and PCK in plain parts.

OKS is the mean over an object's points of exp(-d² / (2 s² k²)), d being how far a point is off, s²
the area of the object's box and k twice the deviation with which people mark that place. COCO has
measured it for a person's 17 places; for any other places it is taken to be 0.05 throughout,
between COCO's for an eye (0.025) and for a hip (0.107).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from faster_coco_eval import COCOeval_faster
from numpy.typing import NDArray

from studio.domain.labels import Label
from studio.domain.places import NEAR, PERSON
from studio.learning.adapter import Prediction, Scores
from studio.learning.tasks import metrics

PERSON_SIGMAS = (
    0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107,
    0.087, 0.087, 0.089, 0.089,
)  # fmt: skip
"""COCO's deviations of a person's places, as parts of the object's size."""
USUAL_SIGMA = 0.05


def sigmas(places: Sequence[str]) -> list[float]:
    """The deviation of each place."""
    known = dict(zip(PERSON, PERSON_SIGMAS, strict=True))
    if set(places) == set(PERSON):
        return [known[place] for place in places]
    return [USUAL_SIGMA] * len(places)


def keypoint_scores(
    truths: Sequence[Prediction],
    predictions: Sequence[Prediction],
    labels: Sequence[Label],
    places: Sequence[str],
    threshold: float,
) -> Scores:
    """``oks_map``, ``oks_map50`` and ``oks_ar`` as COCO has them, ``pck`` and the boxes' ``map50``.

    ``pck`` is the part of all true points that a prediction above ``threshold`` has near; points
    of objects that were not found are none of them.
    """
    boxes = metrics.object_scores(truths, predictions, labels, threshold)
    precision, recall = _accumulated(truths, predictions, labels, places)
    near = Counter[str]()
    total = Counter[str]()
    for truth, prediction in zip(truths, predictions, strict=True):
        for label, is_near in points_near(truth, prediction, threshold):
            total[label] += 1
            near[label] += is_near
    rows: list[dict[str, Any]] = []
    for i, row in enumerate(boxes.per_class):
        label = row["label_id"]
        rows.append(
            {
                **row,
                "oks_map": metrics.average(precision[:, :, i]),
                "oks_map50": metrics.average(precision[:1, :, i]),
                "pck": metrics.ratio(near[label], total[label]),
            }
        )
    found = {
        "oks_map": metrics.average(precision) or 0.0,
        "oks_map50": metrics.average(precision[:1]) or 0.0,
        "oks_ar": metrics.average(recall) or 0.0,
        "pck": metrics.ratio(near.total(), total.total()) or 0.0,
        "map50": boxes.metrics["map50"],
    }
    return Scores(found, rows)


def _accumulated(
    truths: Sequence[Prediction],
    predictions: Sequence[Prediction],
    labels: Sequence[Label],
    places: Sequence[str],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Precision by (OKS .50 to .95, recall, class) and recall by (OKS, class); -1 where a class
    has no truth."""
    index = {label.id: number for number, label in enumerate(labels, start=1)}
    wanted = [
        _annotation(image, each, index, places) | {"iscrowd": int(each.get("ignore", False))}
        for image, truth in enumerate(truths, start=1)
        for each in truth["objects"]
        if each["label_id"] in index
    ]
    found = [
        _annotation(image, each, index, places) | {"score": each["score"], "iscrowd": 0}
        for image, prediction in enumerate(predictions, start=1)
        for each in prediction["objects"]
    ]
    occurs = {each["category_id"] for each in wanted if each["num_keypoints"]}
    if not occurs or not found:
        known = np.array([0.0 if number in occurs else -1.0 for number in index.values()])
        return np.tile(known, (10, 101, 1)), np.tile(known, (10, 1))
    evaluation = COCOeval_faster(
        metrics.coco(truths, wanted, index),
        metrics.coco(truths, found, index),
        "keypoints",
        print_function=metrics.silent,
        kpt_oks_sigmas=sigmas(places),
    )
    most = max(len(truth["objects"]) for truth in truths)
    evaluation.params.maxDets = [max(metrics.COCO_MOST_DETECTIONS, most)]
    evaluation.evaluate()
    evaluation.accumulate()
    result = evaluation.eval
    return result["precision"][:, :, :, 0, -1], result["recall"][:, :, 0, -1]


def _annotation(
    image: int, value: Mapping[str, Any], index: Mapping[str, int], places: Sequence[str]
) -> dict[str, Any]:
    _, _, width, height = value["bbox"]
    numbers = triplets(value, places)
    return {
        "image_id": image,
        "category_id": index[value["label_id"]],
        "bbox": value["bbox"],
        "area": width * height,
        "keypoints": numbers,
        "num_keypoints": sum(v > 0 for v in numbers[2::3]),
    }


def triplets(value: Mapping[str, Any], places: Sequence[str]) -> list[float]:
    """The points of a public object as x, y, v for each place; v is 0 where there is none."""
    numbers = [0.0] * (3 * len(places))
    free = list(range(len(places)))
    for point in value.get("keypoints", ()):
        place = next((i for i in free if places[i] == point["name"]), None)
        if place is not None:
            free.remove(place)
            seen = 1.0 if point.get("occluded") else 2.0
            numbers[3 * place : 3 * place + 3] = point["x"], point["y"], seen
    return numbers


def points_near(
    truth: Prediction, prediction: Prediction, threshold: float
) -> Iterator[tuple[str, bool]]:
    """For each true point of an image: its object's label id, and whether it was found nearby."""
    pairs = metrics.paired(truth, prediction, threshold)
    for row, each in enumerate(truth["objects"]):
        for is_near in _near(each, pairs.get(row)):
            yield each["label_id"], is_near


def _near(wanted: Mapping[str, Any], found: Mapping[str, Any] | None) -> list[bool]:
    """Of each point of a true object whether the predicted one, if any, has it nearby."""
    _, _, width, height = wanted["bbox"]
    reach = NEAR * max(width, height)
    told: dict[str, list[Mapping[str, Any]]] = {}
    for point in found.get("keypoints", ()) if found else ():
        told.setdefault(point["name"], []).append(point)
    near: list[bool] = []
    for point in wanted.get("keypoints", ()):
        same = told.get(point["name"])
        other = same.pop(0) if same else None
        near.append(other is not None and _distance(point, other) < reach)
    return near


def _distance(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    return math.dist((a["x"], a["y"]), (b["x"], b["y"]))


def disagreement(truth: Prediction, prediction: Prediction, threshold: float) -> float:
    """1 - F1 of one image's objects at ``threshold``, 0 where both are empty.

    An object that was found counts by the part of its points that are near.
    """
    pairs = metrics.paired(truth, prediction, threshold)
    kinds = Counter(kind for _, kind in metrics.match(truth, prediction, threshold))
    found = [_near(truth["objects"][row], each) for row, each in pairs.items()]
    right = sum(sum(near) / len(near) for near in found if near)
    total = 2 * kinds["hit"] + kinds["extra"] + kinds["missed"]
    return 1 - 2 * right / total if total else 0.0
