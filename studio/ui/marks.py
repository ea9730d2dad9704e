"""What is drawn on a picture: truths and predictions as geometry, colour, name and style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QTransform

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Geometry, Mask, Point, Points
from studio.editing.proposing import geometry_of
from studio.ui.canvas import painting
from studio.ui.canvas.painting import Style

TRUTH = Style(outline=2.0, fill=0.0)
"""How labels are drawn beside predictions: outlined, where predictions are filled."""

FOUND = Style(outline=1.5, fill=0.38, dashed=True)
"""How predictions are drawn beside labels."""

IGNORED = QColor("#9AA0AA")

SMALL_POINTS = 0.5
"""Dots on thumbnails are thinner outlined than elsewhere, and so smaller."""

FRAME_PART = 0.15
LEAST_FRAME_PX = 3.0
"""How far the frame around the points of one object keeps clear of them: a part of its longer
side, and at least so many pixels of the image."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Geometry in image pixels and how it is drawn; ``text`` is its name tag, "" for none."""

    geometry: Geometry
    color: QColor
    text: str = ""
    style: Style = painting.PREDICTED


def predicted(
    prediction: Mapping[str, Any], colors: Mapping[str, str], min_score: float
) -> Iterator[Mark]:
    """The objects of a prediction scored ``min_score`` or better, each with label and score.

    ``colors`` gives ``#RRGGBB`` by label name.
    """
    for found in prediction.get("objects") or ():
        geometry = geometry_of(found)
        if geometry is not None and found.get("score", 1.0) >= min_score:
            color = painting.color_of(colors, found["label"])
            yield Mark(geometry, color, f"{found['label']} {found['score']:.0%}", FOUND)


def true(truth: Mapping[str, Any], colors: Mapping[str, str]) -> Iterator[Mark]:
    """The objects that a human labelled, in the form of a prediction; ignored ones are grey and
    hatched."""
    for each in truth.get("objects") or ():
        geometry = geometry_of(each)
        if geometry is not None:
            ignored = each.get("ignore", False)
            color = IGNORED if ignored else painting.color_of(colors, each["label"])
            if isinstance(geometry, Points):  # rings, where predictions are dots
                geometry = replace(geometry, occluded=frozenset(range(len(geometry.points))))
            yield Mark(geometry, color, "", painting.ignored(TRUTH) if ignored else TRUTH)


def extent(geometry: Geometry) -> Box:
    """The bounds of what is drawn; of keypoints those of their frame, which keeps clear of them."""
    box = geo.bounds(geometry)
    if not isinstance(geometry, Points):
        return box
    by = max(FRAME_PART * max(box.width, box.height), LEAST_FRAME_PX)
    return Box(box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by)


def covers(geometry: Geometry, point: Point) -> bool:
    """Whether a click at ``point`` means ``geometry``: of keypoints, anywhere in their frame."""
    return geo.contains(extent(geometry) if isinstance(geometry, Points) else geometry, point)


def paint(
    painter: QPainter,
    marks: Sequence[Mark],
    to_widget: QTransform,
    *,
    chosen: int = -1,
    names: bool = True,
) -> None:
    """Draw marks, the first on top; the chosen one above all and heavier."""
    order = [index for index in reversed(range(len(marks))) if index != chosen]
    if 0 <= chosen < len(marks):
        order.append(chosen)
    for index in order:
        mark = marks[index]
        style = mark.style
        if isinstance(mark.geometry, Mask):
            style = replace(style, dashed=False)
        if index == chosen:
            style = replace(style, outline=style.outline + 1.5, fill=0.4, halo=True)
        if isinstance(mark.geometry, Points):
            if mark.text:
                frame = replace(style, outline=1.0, fill=0.1 if index == chosen else 0.0, line=0.6)
                area = extent(mark.geometry)
                painting.paint_geometry(painter, area, mark.color, to_widget, frame)
            style = style if names else replace(style, outline=SMALL_POINTS)
        painting.paint_geometry(painter, mark.geometry, mark.color, to_widget, style)
    for index in order if names else ():
        mark = marks[index]
        if mark.text:
            box = extent(mark.geometry)
            corner = to_widget.map(QPointF(box.x0, box.y0))
            painting.paint_name(painter, mark.text, mark.color, corner)
