"""New training pictures out of several: mosaic and mixup, with boxes and masks alongside.

Mosaic (Bochkovskiy et al. 2020, YOLOv4, 3.3) puts four pictures around a point; mixup (Zhang et
al. 2018; for detectors Zhang et al. 2019, "Bag of freebies") lays one over another. Randomness is
torch's global generator, which ``data`` seeds for every image by (seed, epoch, image id).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torchvision.transforms.v2 import InterpolationMode, functional

from studio.learning.config import TrainConfig

CLOSING_PART = 0.15
"""The last part of a run learns from whole pictures only, as they are when predicting (the
paper's last 15 epochs); at least one epoch of a run that has several."""
TILES = 4
MIDDLE = (0.25, 0.75)
"""Where the tiles meet, as parts of the sides."""
SCALE = (0.5, 1.5)
"""Magnification of each tile and of what is placed over: the paper's for small networks."""
LEAST_VISIBLE = 0.3
"""An object of which less is left in its tile is not learned from."""
LEAST_SIDE_PX = 2.0
GREY = 114
"""Fills what no tile covers: what published one-stage detectors saw around their pictures."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture (3, H, W) uint8 with (N, 4) boxes x0, y0, x1, y1 in its pixels and (N,) labels.

    ``masks`` (N, H, W) uint8 are there where the task has them.
    """

    image: Tensor
    boxes: Tensor
    labels: Tensor
    masks: Tensor | None = None

    def only(self, kept: Tensor) -> Scene:
        """With the objects of ``kept`` (N,) bool."""
        masks = None if self.masks is None else self.masks[kept]
        return replace(self, boxes=self.boxes[kept], labels=self.labels[kept], masks=masks)


def is_open(config: TrainConfig, epoch: int) -> bool:
    """Whether pictures are still put together in ``epoch`` (from 1) of a run."""
    closing = max(1, math.ceil(CLOSING_PART * config.epochs)) if config.epochs > 1 else 0
    return epoch <= config.epochs - closing


def mosaic(scenes: Sequence[Scene]) -> Scene:
    """Four scenes around a random point of a canvas as large as the first; each is magnified
    at random, and shows a random part of itself where it is larger than its place."""
    height, width = scenes[0].image.shape[1:]
    low, high = MIDDLE
    draws = torch.rand(2).tolist()
    across, down = (low + (high - low) * draw for draw in draws)
    x, y = round(width * across), round(height * down)
    places = ((0, 0, x, y), (x, 0, width, y), (0, y, x, height), (x, y, width, height))
    order = torch.randperm(TILES).tolist()
    placed = [
        _placed(_magnified(scenes[which], _scale()), place, (height, width))
        for which, place in zip(order, places, strict=True)
    ]
    return _together(placed, (height, width))


def mixup(scene: Scene, other: Scene) -> Scene:
    """``other``, magnified at random, placed half transparent over ``scene``, with its objects."""
    size = (scene.image.shape[1], scene.image.shape[2])
    placed = _placed(_magnified(other, _scale()), (0, 0, size[1], size[0]), size)
    over = _together([placed], size)
    mixed = (scene.image.to(torch.int16) + over.image.to(torch.int16) + 1) // 2
    masks = None
    if scene.masks is not None and over.masks is not None:
        masks = torch.cat((scene.masks, over.masks))
    return Scene(
        mixed.to(torch.uint8), torch.cat((scene.boxes, over.boxes)),
        torch.cat((scene.labels, over.labels)), masks,
    )  # fmt: skip


def _scale() -> float:
    low, high = SCALE
    return low * (high / low) ** float(torch.rand(()))


def _magnified(scene: Scene, scale: float) -> Scene:
    height, width = scene.image.shape[1:]
    size = [max(1, round(height * scale)), max(1, round(width * scale))]
    factors = torch.tensor([size[1] / width, size[0] / height] * 2, dtype=scene.boxes.dtype)
    masks = scene.masks
    if masks is not None:
        masks = functional.resize(masks, size, InterpolationMode.NEAREST_EXACT)
    image = functional.resize(scene.image, size, antialias=scale < 1)
    return Scene(image, scene.boxes * factors, scene.labels, masks)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A scene's ``window`` (y, x slices) that shows at ``place``; its boxes in canvas pixels."""

    scene: Scene
    window: tuple[slice, slice]
    place: tuple[slice, slice]


def _placed(scene: Scene, place: tuple[int, int, int, int], size: tuple[int, int]) -> _Placed:
    """A random part of ``scene`` at ``place`` (x0, y0, x1, y1), or all of it somewhere there."""
    x0, y0, x1, y1 = place
    height, width = scene.image.shape[1:]
    draws = torch.rand(2).tolist()
    left = x0 + round((x1 - x0 - width) * draws[0])
    top = y0 + round((y1 - y0 - height) * draws[1])
    seen = (max(x0, left), max(y0, top), min(x1, left + width), min(y1, top + height))
    boxes = scene.boxes + torch.tensor([left, top, left, top], dtype=scene.boxes.dtype)
    cut, visible = _cut(boxes, seen)
    rows, columns = slice(seen[1], seen[3]), slice(seen[0], seen[2])
    window = (
        slice(rows.start - top, rows.stop - top),
        slice(columns.start - left, columns.stop - left),
    )
    return _Placed(replace(scene, boxes=cut).only(visible), window, (rows, columns))


def _cut(boxes: Tensor, seen: tuple[int, int, int, int]) -> tuple[Tensor, Tensor]:
    """Boxes within ``seen`` (x0, y0, x1, y1), and which are worth learning: (N, 4), (N,) bool."""
    low = torch.tensor([seen[0], seen[1]] * 2, dtype=boxes.dtype)
    high = torch.tensor([seen[2], seen[3]] * 2, dtype=boxes.dtype)
    cut = boxes.maximum(low).minimum(high)
    sides = cut[:, 2:] - cut[:, :2]
    whole = (boxes[:, 2:] - boxes[:, :2]).prod(dim=1)
    return cut, (sides >= LEAST_SIDE_PX).all(dim=1) & (sides.prod(dim=1) >= LEAST_VISIBLE * whole)


def _together(tiles: Sequence[_Placed], size: tuple[int, int]) -> Scene:
    """One scene of ``size`` (H, W) that shows every tile at its place."""
    image = torch.full((3, *size), GREY, dtype=torch.uint8)
    masks: list[Tensor] = []
    for tile in tiles:
        image[(slice(None), *tile.place)] = tile.scene.image[(slice(None), *tile.window)]
        if tile.scene.masks is not None:
            masks.append(tile.scene.masks.new_zeros((len(tile.scene.masks), *size)))
            masks[-1][(slice(None), *tile.place)] = tile.scene.masks[(slice(None), *tile.window)]
    return Scene(
        image, torch.cat([tile.scene.boxes for tile in tiles]),
        torch.cat([tile.scene.labels for tile in tiles]), torch.cat(masks) if masks else None,
    )  # fmt: skip
