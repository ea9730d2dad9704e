"""Regions to ignore, for tasks that find objects: painted over in training, COCO's crowds after."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from torch import Tensor

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Geometry, Mask, Polygon, RotatedBox
from studio.learning.data import augment
from studio.learning.data.tensors import rasterise
from studio.learning.snapshot import FrozenImage, Truth
from studio.vision import masks

LEAST_FILLED = 0.25
"""A part that covers less of its box is a rim or a streak: its box would hide what it encloses."""


def hidden(image: Tensor, regions: Sequence[Truth], kept: Tensor, source: FrozenImage) -> Tensor:
    """``image`` with the pixels of ``regions`` grey, except within the boxes of ``kept``.

    ``image`` is (3, h, w), all of ``source`` resized; ``kept`` (N, 4) is in its pixels. It stays
    as it is, for it may share its memory with what was read.
    """
    if not regions:
        return image
    height, width = image.shape[1:]
    covered = np.zeros((height, width), dtype=bool)
    for region in regions:
        covered |= rasterise(region.geometry, (source.width, source.height), (width, height))
    for x0, y0, x1, y1 in kept.tolist():
        covered[int(y0) : int(y1 + 0.999), int(x0) : int(x1 + 0.999)] = False
    painted = image.clone()
    painted[:, torch.from_numpy(covered)] = augment.GREY
    return painted


def part_boxes(geometry: Geometry) -> list[Box]:
    """The bounds of each connected part of a region, hardly filled ones apart.

    One box around all parts would take in whatever lies between them.
    """
    match geometry:
        case Box() | RotatedBox():
            return [geo.bounds(geometry)]
        case Polygon(parts):
            pieces = [Polygon((part,)) for part in parts]
            found = [(geo.bounds(piece), geo.area(piece)) for piece in pieces]
        case Mask():
            found = _connected(geometry)
    return [box for box, area in found if area >= LEAST_FILLED * box.width * box.height]


def _connected(mask: Mask) -> list[tuple[Box, float]]:
    """Bounds and area of each piece of ``mask``, corners counting as contact."""
    bitmap = masks.decode(mask).astype(np.uint8)
    _, _, rows, _ = cv2.connectedComponentsWithStats(bitmap, connectivity=8)
    return [
        (Box(mask.x + x, mask.y + y, mask.x + x + width, mask.y + y + height), float(area))
        for x, y, width, height, area in rows[1:].tolist()
    ]
