"""What a model is asked, an image file and labelled points in its pixels, and its answer.

A point's label says what it is, in the numbers that all models of the SAM family share.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from studio.domain.shapes import Mask
from studio.vision.depth import GreyMapping
from studio.vision.segmenter import Prompt

POINTS_OF_STROKE = 3
"""A stroke is told as so many of its points at most."""


class Is(IntEnum):
    """What a point says of the object; ``NOTHING`` fills up a fixed number of points."""

    NOTHING = -1
    OUTSIDE = 0
    INSIDE = 1
    FIRST_CORNER = 2
    LAST_CORNER = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of the upright image, in its pixels, and what it says."""

    x: float
    y: float
    says: Is


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An image and how its raw values are shown, as ``vision.images.read`` takes them."""

    path: Path
    mapping: GreyMapping | None = None

    def to_json(self) -> dict[str, Any]:
        """The file as JSON values; the path becomes absolute."""
        levels = [self.mapping.low, self.mapping.high] if self.mapping else None
        return {"path": str(self.path.absolute()), "levels": levels}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ImageFile:
        """Read what ``to_json`` wrote."""
        levels = values["levels"]
        return cls(Path(values["path"]), GreyMapping(*levels) if levels else None)


def marks_of(prompt: Prompt) -> tuple[Mark, ...]:
    """The box's corners, then the clicks in their order; a stroke is a few clicks."""
    marks: list[Mark] = []
    if prompt.box:
        marks.append(Mark(prompt.box.x0, prompt.box.y0, Is.FIRST_CORNER))
        marks.append(Mark(prompt.box.x1, prompt.box.y1, Is.LAST_CORNER))
    for scribble in prompt.scribbles:
        says = Is.INSIDE if scribble.inside else Is.OUTSIDE
        last = len(scribble.points) - 1
        steps = min(last, POINTS_OF_STROKE - 1)
        chosen = {round(last * step / max(steps, 1)) for step in range(steps + 1)}
        marks += (Mark(*scribble.points[index], says) for index in sorted(chosen))
    return tuple(marks)


def mask_to_json(mask: Mask) -> dict[str, Any]:
    """A mask as JSON values."""
    runs = base64.b64encode(mask.runs).decode("ascii")
    return {"window": [mask.x, mask.y, mask.width, mask.height], "runs": runs}


def mask_from_json(values: Mapping[str, Any]) -> Mask:
    """Read what ``mask_to_json`` wrote."""
    x, y, width, height = values["window"]
    return Mask(x, y, width, height, base64.b64decode(values["runs"]))
