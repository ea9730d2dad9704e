"""The order in which one reads what lies scattered over an image: line by line."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from studio.domain.shapes import Box


def reading_order(boxes: Sequence[Box]) -> list[int]:
    """Indices of ``boxes`` from top to bottom, and from left to right within a line.

    A line holds what has its centre less than half of the median height below the centre that
    begins the line, so that one tall box does not pull the rest of the image into its line.
    """
    if not boxes:
        return []
    tolerance = median(box.height for box in boxes) / 2
    lines: list[list[int]] = []
    start = 0.0
    for index in sorted(range(len(boxes)), key=lambda i: _centre(boxes[i])[::-1]):
        y = _centre(boxes[index])[1]
        if not lines or y - start >= max(tolerance, 1.0):
            lines.append([])
            start = y
        lines[-1].append(index)
    return [i for line in lines for i in sorted(line, key=lambda i: _centre(boxes[i]))]


def _centre(box: Box) -> tuple[float, float]:
    return ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
