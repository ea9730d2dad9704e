"""Lines from where keypoints are to where a model put them: which points it mistook for which."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtGui import QColor

from studio.domain import geometry as geo
from studio.domain.places import LEAST_SURE, NEAR
from studio.domain.shapes import Box, Polyline
from studio.editing.proposing import SAME_OBJECT_IOU
from studio.ui import theme
from studio.ui.canvas.painting import Style
from studio.ui.marks import Mark

LINE = Style(outline=2.0, fill=0.0, halo=0.35)

Object = Mapping[str, Any]


def error_lines(
    truth: Mapping[str, Any], prediction: Mapping[str, Any], min_score: float
) -> Iterator[Mark]:
    """A line for each true point that the model put elsewhere, if it found the object at all."""
    found = [o for o in prediction.get("objects") or () if o["score"] >= min_score]
    color = QColor(theme.current().danger)
    for wanted in truth.get("objects") or ():
        other = _same(wanted, found)
        places = _places(other) if other else {}
        *_, width, height = wanted["bbox"]
        for name, place in _places(wanted).items():
            if name in places and math.dist(place, places[name]) >= NEAR * max(width, height):
                yield Mark(Polyline((place, places[name])), color, "", LINE)


def _same(wanted: Object, found: Sequence[Object]) -> Object | None:
    """The predicted object that overlaps a true one of its class most."""
    box = _box(wanted)
    rivals = [
        (geo.iou(box, _box(o)), n) for n, o in enumerate(found) if o["label"] == wanted["label"]
    ]
    overlap, best = max(rivals, default=(0.0, 0))
    return found[best] if overlap >= SAME_OBJECT_IOU else None


def _box(each: Object) -> Box:
    x, y, width, height = each["bbox"]
    return Box(x, y, x + width, y + height)


def _places(each: Object) -> dict[tuple[str, int], tuple[float, float]]:
    """Its points by name, counted where several are called alike; those that the model is hardly
    sure of are left out."""
    counts: Counter[str] = Counter()
    found: dict[tuple[str, int], tuple[float, float]] = {}
    for point in each.get("keypoints") or ():
        counts[point["name"]] += 1
        if point.get("score", 1.0) >= LEAST_SURE:
            found[point["name"], counts[point["name"]]] = point["x"], point["y"]
    return found
