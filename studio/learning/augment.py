"""Varying training images, with boxes and masks alongside.

torchvision.transforms.v2 works on ``tv_tensors``; its randomness is torch's global generator,
which ``data`` seeds for every image by (seed, epoch, image id).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torchvision import tv_tensors
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional

from studio.learning.config import Augmentation

GREY = 124
"""Fills what is cut out or pushed in from outside: near the mean of photographs."""


@dataclass(frozen=True, slots=True)
class Strength:
    """How far each change may go; 0 leaves it out."""

    crop: tuple[float, float]
    """Part of the area that a classifier sees."""
    zoom: tuple[float, float]
    """Magnification for tasks that find things."""
    colour: float
    hue: float = 0.0
    turn_deg: int = 0
    flip_vertical: float = 0.0
    blur: float = 0.0
    erase: float = 0.0


STRENGTHS = {
    Augmentation.LIGHT: Strength((0.6, 1.0), (1.0, 1.0), 0.1),
    Augmentation.MEDIUM: Strength((0.35, 1.0), (0.8, 1.25), 0.2, 0.02),
    Augmentation.STRONG: Strength(
        (0.2, 1.0), (0.6, 1.6), 0.4, 0.05, turn_deg=15, flip_vertical=0.5, blur=0.1, erase=0.25
    ),
}


def for_classes(strength: Augmentation, size_px: int) -> v2.Transform:
    """(3, H, W) to (3, S, S): for tasks that name the whole image."""
    if strength is Augmentation.NONE:
        return v2.Compose([v2.Resize(size_px, antialias=True), v2.CenterCrop(size_px)])
    given = STRENGTHS[strength]
    angles = (-given.turn_deg, given.turn_deg)
    turned = [v2.RandomRotation(angles, fill=GREY)] if given.turn_deg else []
    cropped = v2.RandomResizedCrop(size_px, scale=given.crop, antialias=True)
    erased = [v2.RandomErasing(given.erase, scale=(0.02, 0.2))] if given.erase else []
    return v2.Compose([*turned, cropped, *_common(given), *erased])


def for_objects(strength: Augmentation) -> v2.Transform:
    """Image with boxes and masks: flips, zoom and colour. Sizes may change."""
    if strength is Augmentation.NONE:
        return v2.Identity()
    given = STRENGTHS[strength]
    zoomed = [Zoom(*given.zoom)] if given.zoom != (1.0, 1.0) else []
    return v2.Compose([*zoomed, *_common(given)])


def _common(given: Strength) -> list[v2.Transform]:
    flips: list[v2.Transform] = [v2.RandomHorizontalFlip()]
    if given.flip_vertical:
        flips.append(v2.RandomVerticalFlip(given.flip_vertical))
    colour = v2.ColorJitter(given.colour, given.colour, given.colour, given.hue)
    blur = [v2.RandomApply([v2.GaussianBlur(5)], given.blur)] if given.blur else []
    return [*flips, v2.RandomApply([colour], 0.8), *blur]


class Zoom(v2.Transform):
    """Magnify by a random factor; what grows over the first size is cropped at random."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__()
        self.low, self.high = low, high

    def make_params(self, flat_inputs: list[Any]) -> dict[str, Any]:
        """Draw the new size and, within it, the window that is kept."""
        height, width = v2.functional.get_size(flat_inputs[0])
        draws = torch.rand(3).tolist()
        factor = self.low * (self.high / self.low) ** draws[0]
        size = [max(1, round(height * factor)), max(1, round(width * factor))]
        kept = [min(size[0], height), min(size[1], width)]
        top = round((size[0] - kept[0]) * draws[1])
        left = round((size[1] - kept[1]) * draws[2])
        return {"size": size, "window": (top, left, *kept)}

    def transform(self, inpt: Any, params: dict[str, Any]) -> Any:
        """Resize and crop one image, mask or set of boxes."""
        nearest = isinstance(inpt, tv_tensors.Mask)
        how = v2.InterpolationMode.NEAREST if nearest else v2.InterpolationMode.BILINEAR
        resized = functional.resize(inpt, params["size"], interpolation=how, antialias=True)
        return functional.crop(resized, *params["window"])


def sound(boxes: Tensor, least_px: float = 1.0) -> Tensor:
    """Which of (N, 4) boxes x0, y0, x1, y1 still have an area: (N,) bool."""
    sides = boxes[:, 2:] - boxes[:, :2]
    return (sides >= least_px).all(dim=1)
