"""The outline of one object from a box and strokes: what any engine for it does, and GrabCut.

A box says where the object is; strokes say what belongs to it and what does not. Whoever draws
them knows only ``Segmenter``, so that a model can stand in for GrabCut.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.domain.shapes import Box, Point
from studio.vision.assist import Crop, Region, without_islands, without_specks
from studio.vision.strokes import sweep

MAX_PIXELS = 500_000
"""A box that shows more pixels than these is worked on reduced."""

MARGIN_SHARE = 0.25
"""How much around the box GrabCut learns the background from, in sides of the box."""

ITERATIONS = 5
CLUSTERS = 5
"""Colours that GrabCut tells apart in object and background each; it needs as many pixels."""


@dataclass(frozen=True, slots=True)
class Scribble:
    """A stroke over what belongs to the object (``inside``) or not; in image pixels."""

    points: tuple[Point, ...]
    diameter_px: float
    inside: bool


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is known of an object: the box around it, in image pixels, and strokes.

    Without a box there are strokes alone, of which a mere click is one.
    """

    box: Box | None
    scribbles: tuple[Scribble, ...] = ()

    def reach(self) -> Box | None:
        """The box, made larger where a stroke says that the object goes on outside."""
        if self.box is None:
            return None
        inside = [s for s in self.scribbles if s.inside]
        near = [(x, y, s.diameter_px) for s in inside for x, y in s.points]
        return Box(
            min([self.box.x0, *(x - d for x, _, d in near)]),
            min([self.box.y0, *(y - d for _, y, d in near)]),
            max([self.box.x1, *(x + d for x, _, d in near)]),
            max([self.box.y1, *(y + d for _, y, d in near)]),
        )


class Pixels(Protocol):
    """A picture that parts can be taken of, from any thread."""

    def crop(self, box: Box, max_pixels: int) -> Crop | None:
        """What ``box`` (image pixels) shows, in at most ``max_pixels``; None outside."""
        ...


class Segmenter(Protocol):
    """Finds the object that a prompt is about. Runs on any thread."""

    def segment(
        self, pixels: Pixels, prompt: Prompt, should_stop: Callable[[], bool]
    ) -> Region | None:
        """The object's pixels; None where there is nothing to look at, or it was stopped."""
        ...


class GrabCut:
    """Colour models of object and background, cut apart along edges (Rother and others 2004).

    It needs the box: a click says nothing of how far the object goes.
    """

    def segment(
        self, pixels: Pixels, prompt: Prompt, should_stop: Callable[[], bool]
    ) -> Region | None:
        """See ``Segmenter``."""
        box = prompt.reach()
        if box is None:
            return None
        margin = max(MARGIN_SHARE * max(box.width, box.height), 4.0)
        around = Box(box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin)
        crop = pixels.crop(around, MAX_PIXELS)
        if crop is None:
            return None
        marks = _marks(crop, box, prompt)
        if _can_learn(marks) and not _cut(np.ascontiguousarray(crop.rgb), marks, should_stop):
            return None
        found = without_specks(without_islands(marks & np.uint8(1)))
        for scribble in prompt.scribbles:
            _paint(found, crop, scribble, 1 if scribble.inside else 0)
        return Region(crop, found)


def _cut(rgb: NDArray[np.uint8], marks: NDArray[np.uint8], should_stop: Callable[[], bool]) -> bool:
    """Let ``marks`` tell object from background; False where it was stopped on the way."""
    background, foreground = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(0)  # the same strokes find the same object
    mode = cv2.GC_INIT_WITH_MASK
    for _ in range(ITERATIONS):
        if should_stop():
            return False
        before = marks.copy()
        cv2.grabCut(rgb, marks, (0, 0, 0, 0), background, foreground, 1, mode)
        if np.array_equal(before, marks) or not _can_learn(marks):
            break
        mode = cv2.GC_EVAL
    return True


def _marks(crop: Crop, box: Box, prompt: Prompt) -> NDArray[np.uint8]:
    """GrabCut's mask: the box may be the object, around it is background, strokes are certain."""
    marks = np.full(crop.rgb.shape[:2], cv2.GC_BGD, np.uint8)
    left, top = crop.pixel_at((box.x0, box.y0))
    right, bottom = crop.pixel_at((box.x1 - crop.side / 2, box.y1 - crop.side / 2))
    marks[top : bottom + 1, left : right + 1] = cv2.GC_PR_FGD
    if not np.any(marks == cv2.GC_BGD):  # the box is the whole picture: its rim is likely ground
        marks[[0, -1], :] = marks[:, [0, -1]] = cv2.GC_PR_BGD
    for scribble in prompt.scribbles:
        _paint(marks, crop, scribble, cv2.GC_FGD if scribble.inside else cv2.GC_BGD)
    return marks


def _can_learn(marks: NDArray[np.uint8]) -> bool:
    inside = int(np.count_nonzero(marks & 1))
    return inside >= CLUSTERS and marks.size - inside >= CLUSTERS


def _paint(bitmap: NDArray[np.uint8], crop: Crop, scribble: Scribble, value: int) -> None:
    points = [((x - crop.x) / crop.side, (y - crop.y) / crop.side) for x, y in scribble.points]
    for start, end in zip([points[0], *points], points, strict=False):
        sweep(bitmap, start, end, scribble.diameter_px / crop.side, value)
