"""Metrics from truths and predictions in the public form, so that every place tells one story.

A metric that has no ground truth to stand on is left out of the mean, and None by class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from faster_coco_eval import COCO, COCOeval_faster
from faster_coco_eval.core.mask import iou
from numpy.typing import NDArray

from studio.domain.labels import Label
from studio.learning.adapter import Prediction, Scores

MATCHING_IOU = 0.5
COCO_MOST_DETECTIONS = 100
"""COCO's limit of detections per image; raised where an image holds more objects than that."""


# Classes of whole images ----------------------------------------------------------------------


def class_scores(truth: Sequence[str], found: Sequence[str], labels: Sequence[Label]) -> Scores:
    """Metrics of one true and one predicted class name for each image."""
    index = {label.name: position for position, label in enumerate(labels)}
    matrix = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for wanted, got in zip(truth, found, strict=True):
        matrix[index[wanted], index[got]] += 1
    right = np.diag(matrix)
    rows = [
        _rates(label, right[i], matrix[:, i].sum() - right[i], matrix[i].sum() - right[i])
        for i, label in enumerate(labels)
    ]
    metrics = {"accuracy": ratio(right.sum(), matrix.sum()) or 0.0, "macro_f1": _mean(rows, "f1")}
    names = [label.name for label in labels]
    return Scores(metrics, rows, {"labels": names, "matrix": matrix.tolist()})


def multi_label_scores(
    truth: Sequence[set[str]], found: Sequence[set[str]], labels: Sequence[Label]
) -> Scores:
    """Metrics of sets of class names; ``accuracy`` counts images whose whole set is right."""
    pairs = list(zip(truth, found, strict=True))
    rows = [
        _rates(
            label,
            sum(label.name in wanted and label.name in got for wanted, got in pairs),
            sum(label.name not in wanted and label.name in got for wanted, got in pairs),
            sum(label.name in wanted and label.name not in got for wanted, got in pairs),
        )
        for label in labels
    ]
    exact = sum(wanted == got for wanted, got in pairs)
    return Scores(
        {"accuracy": ratio(exact, len(pairs)) or 0.0, "macro_f1": _mean(rows, "f1")}, rows
    )


def _rates(label: Label, hits: int, extra: int, missed: int) -> dict[str, Any]:
    """Precision, recall and F1 of one class; None throughout where it does not occur in truth."""
    occurs = hits + missed > 0
    return {
        "label": label.name,
        "label_id": label.id,
        "support": int(hits + missed),
        "precision": (ratio(hits, hits + extra) or 0.0) if occurs else None,
        "recall": ratio(hits, hits + missed),
        "f1": ratio(2 * hits, 2 * hits + extra + missed) if occurs else None,
    }


def ratio(part: float, whole: float) -> float | None:
    """``part`` of ``whole``, None where there is no whole."""
    return float(part / whole) if whole else None


def _mean(rows: Sequence[Mapping[str, Any]], name: str) -> float:
    values = [row[name] for row in rows if row[name] is not None]
    return float(np.mean(values)) if values else 0.0


# Pixels ---------------------------------------------------------------------------------------


def pixel_scores(matrix: NDArray[np.int64], labels: Sequence[Label]) -> Scores:
    """Metrics from counts of pixels by (true, predicted) class, 0 being background.

    ``miou`` and ``dice`` are means over the classes that occur in the truth; background is one
    of them only where the truth has background pixels.
    """
    right = np.diag(matrix)
    true, found = matrix.sum(axis=1), matrix.sum(axis=0)
    names = [("background", "")] + [(label.name, label.id) for label in labels]
    rows = [
        {
            "label": name,
            "label_id": label_id,
            "pixels": int(true[i]),
            "iou": ratio(right[i], true[i] + found[i] - right[i]) if true[i] else None,
            "dice": ratio(2 * right[i], true[i] + found[i]) if true[i] else None,
        }
        for i, (name, label_id) in enumerate(names)
    ]
    metrics = {
        "miou": _mean(rows, "iou"),
        "dice": _mean(rows, "dice"),
        "pixel_accuracy": ratio(right.sum(), matrix.sum()) or 0.0,
    }
    confusion = {"labels": [name for name, _ in names], "matrix": matrix.tolist()}
    return Scores(metrics, rows, confusion)


# Objects --------------------------------------------------------------------------------------


def object_scores(
    truths: Sequence[Prediction],
    predictions: Sequence[Prediction],
    labels: Sequence[Label],
    threshold: float,
) -> Scores:
    """COCO's box mAP, with AP, AP50 and, at ``threshold``, precision and recall by class."""
    map50, by_class = coco_map(truths, predictions, labels, "bbox")
    counts = _counts(truths, predictions, threshold)
    rows = [
        _rates(label, *(counts[label.id, kind] for kind in ("hit", "extra", "missed")))
        | {"map": by_class[label.id][0], "map50": by_class[label.id][1]}
        for label in labels
    ]
    return Scores(map50, rows)


def coco_map(
    truths: Sequence[Prediction],
    predictions: Sequence[Prediction],
    labels: Sequence[Label],
    kind: Literal["bbox", "segm"],
) -> tuple[dict[str, float], dict[str, tuple[float | None, float | None]]]:
    """``map`` and ``map50`` over all classes, and (AP, AP50) by label id.

    ``kind`` is ``bbox`` or ``segm``. Predictions within ignore regions do not count (iscrowd).
    """
    index = {label.id: position for position, label in enumerate(labels, start=1)}
    known = [[o for o in truth["objects"] if o["label_id"] in index] for truth in truths]
    crowds = [truth | {"objects": objects} for truth, objects in zip(truths, known, strict=True)]
    ap = _precision(crowds, predictions, index, kind)
    by_class = {
        label.id: (average(ap[:, :, i]), average(ap[:1, :, i])) for i, label in enumerate(labels)
    }
    return {"map": average(ap) or 0.0, "map50": average(ap[:1]) or 0.0}, by_class


def _precision(
    truths: Sequence[Prediction],
    predictions: Sequence[Prediction],
    index: Mapping[str, int],
    kind: Literal["bbox", "segm"],
) -> NDArray[np.float64]:
    """Precision by (IoU threshold .50 to .95, recall, class); -1 where a class has no truth."""
    wanted = [
        _annotation(image, each, index) | {"iscrowd": int(o.get("ignore", False))}
        for image, truth in enumerate(truths, start=1)
        for o in truth["objects"]
        for each in _pieces(o, kind)
    ]
    found = [
        _annotation(image, o, index) | {"score": o["score"]}
        for image, prediction in enumerate(predictions, start=1)
        for o in prediction["objects"]
    ]
    if not wanted or not found:
        occurs = {each["category_id"] for each in wanted if not each["iscrowd"]}
        return np.stack(
            [np.full((10, 101), 0.0 if i in occurs else -1.0) for i in index.values()], axis=-1
        )
    evaluation = COCOeval_faster(
        coco(truths, wanted, index), coco(truths, found, index), kind, print_function=silent
    )
    most = max(len(truth["objects"]) for truth in truths)
    evaluation.params.maxDets = [1, 10, max(COCO_MOST_DETECTIONS, most)]
    evaluation.evaluate()
    evaluation.accumulate()
    return evaluation.eval["precision"][:, :, :, 0, -1]


def _pieces(value: Mapping[str, Any], kind: Literal["bbox", "segm"]) -> Sequence[Mapping[str, Any]]:
    """An object as it is; where boxes count, an ignore region by the boxes of its ``parts``."""
    if kind == "segm" or "parts" not in value:
        return [value]
    return [{**value, "bbox": box} for box in value["parts"]]


def _annotation(image: int, value: Mapping[str, Any], index: Mapping[str, int]) -> dict[str, Any]:
    _, _, width, height = value["bbox"]
    return {
        "image_id": image,
        "category_id": index[value["label_id"]],
        "bbox": value["bbox"],
        "area": value.get("area", width * height),
        "segmentation": value.get("segmentation"),
        "iscrowd": 0,
    }


def coco(
    truths: Sequence[Prediction], annotations: list[dict[str, Any]], index: Mapping[str, int]
) -> COCO:
    """The annotations as faster-coco-eval reads them; ``index`` numbers labels."""
    images = [
        {"id": image, "width": truth["width"], "height": truth["height"]}
        for image, truth in enumerate(truths, start=1)
    ]
    numbered = [each | {"id": number} for number, each in enumerate(annotations, start=1)]
    categories = [{"id": number, "name": label} for label, number in index.items()]
    return COCO({"images": images, "annotations": numbered, "categories": categories})


def silent(*_: object) -> None:
    """faster-coco-eval reports its progress to this."""


def average(precision: NDArray[np.float64]) -> float | None:
    """The mean of what is known; None where nothing is."""
    known = precision[precision > -1]
    return float(known.mean()) if known.size else None


# One image: who matches whom ------------------------------------------------------------------


def match(truth: Prediction, prediction: Prediction, threshold: float) -> list[tuple[str, str]]:
    """Pairs of (label id, ``hit``, ``extra`` or ``missed``) of one image.

    Greedy, best score first, within a class, at an IoU of 0.5; masks where both have them. As in
    COCO, objects come before ignore regions: a prediction is passed over where it matches no
    object that is still free, and half of it is in an ignore region of its class.
    """
    return _matched(truth, prediction, threshold)[0]


def paired(
    truth: Prediction, prediction: Prediction, threshold: float
) -> dict[int, Mapping[str, Any]]:
    """By the place of a true object in ``truth``: the predicted one that ``match`` took for it."""
    return _matched(truth, prediction, threshold)[1]


def _matched(
    truth: Prediction, prediction: Prediction, threshold: float
) -> tuple[list[tuple[str, str]], dict[int, Mapping[str, Any]]]:
    found = sorted(
        (o for o in prediction["objects"] if o["score"] >= threshold), key=lambda o: -o["score"]
    )
    wanted = list(truth["objects"])
    overlaps = _overlaps(wanted, found)
    taken: dict[int, Mapping[str, Any]] = {}
    result: list[tuple[str, str]] = []
    for column, each in enumerate(found):
        rivals = [
            (not wanted[row].get("ignore"), overlaps[row, column], row)
            for row in np.flatnonzero(overlaps[:, column] >= MATCHING_IOU).tolist()
            if row not in taken and wanted[row]["label_id"] == each["label_id"]
        ]
        is_object, _, row = max(rivals, default=(False, 0.0, -1))
        if is_object:
            taken[row] = each
            result.append((each["label_id"], "hit"))
        elif not rivals:
            result.append((each["label_id"], "extra"))
    result += (
        (other["label_id"], "missed")
        for row, other in enumerate(wanted)
        if row not in taken and not other.get("ignore")
    )
    return result, taken


def _overlaps(
    wanted: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> NDArray[np.float64]:
    """(wanted, found) IoU of boxes or masks; of an ignore region, the part of the found in it."""
    if not wanted or not found:
        return np.zeros((len(wanted), len(found)))
    crowds = [int(each.get("ignore", False)) for each in wanted]
    if all("segmentation" in each for each in (*wanted, *found)):
        a, b = ([each["segmentation"] for each in objects] for objects in (found, wanted))
    else:
        a, b = (np.array([each["bbox"] for each in objects], float) for objects in (found, wanted))
    return np.asarray(iou(a, b, crowds)).T


def _counts(
    truths: Sequence[Prediction], predictions: Sequence[Prediction], threshold: float
) -> Counter[tuple[str, str]]:
    return Counter(
        outcome
        for truth, prediction in zip(truths, predictions, strict=True)
        for outcome in match(truth, prediction, threshold)
    )


def disagreement(truth: Prediction, prediction: Prediction, threshold: float) -> float:
    """1 - F1 of one image's objects at ``threshold``; 0 where both are empty."""
    counts = Counter(kind for _, kind in match(truth, prediction, threshold))
    total = 2 * counts["hit"] + counts["extra"] + counts["missed"]
    return 1 - 2 * counts["hit"] / total if total else 0.0
