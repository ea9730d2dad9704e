"""Varying training images, with boxes, masks and points alongside.

torchvision.transforms.v2 works on ``tv_tensors``; its randomness is torch's global generator,
which ``data`` seeds for every image by (seed, epoch, image id).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import torch
from torch import Tensor
from torchvision import tv_tensors
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional

from studio.learning.data.variation import Variation

BESIDE = (tv_tensors.Mask, tv_tensors.BoundingBoxes, tv_tensors.KeyPoints)
"""What comes with an image, and does not change where its colours do."""

GREY = 124
"""Fills what is cut out or pushed in from outside: near the mean of photographs."""


COLOUR_CHANCE = 0.8
BLUR_PX = 5
ERASED = (0.02, 0.2)
"""Part of the area that a hidden rectangle covers."""
MOST_ELONGATED = 3.3
"""Of a hidden rectangle: times as long as wide, at most."""


@cache
def for_classes(given: Variation, size_px: int) -> v2.Transform:
    """(3, H, W) to (3, S, S): for tasks that name the whole image."""
    cropped: list[v2.Transform] = (
        [v2.RandomResizedCrop(size_px, scale=(given.crop, 1.0), antialias=True)]
        if given.crop < 1
        else [v2.Resize(size_px, antialias=True), v2.CenterCrop(size_px)]
    )
    chosen = [v2.RandAugment(given.rand_augment, fill=GREY)] if given.rand_augment else []
    return v2.Compose([*_tilted(given, 0), *cropped, *_turned(given), *chosen, *_seen(given)])


@cache
def for_objects(given: Variation, outside: int = 0) -> v2.Transform:
    """Image with boxes, masks or points, for tasks that find things. Sizes may change.

    Where an image is turned, masks get the value ``outside`` beyond its borders.
    """
    zoomed = [Zoom(1 / given.zoom, given.zoom)] if given.zoom > 1 else []
    changes = [*zoomed, *_tilted(given, outside), *_turned(given), *_seen(given)]
    return v2.Compose(changes) if changes else v2.Identity()


def _tilted(given: Variation, outside: int) -> list[v2.Transform]:
    if not (given.rotation_deg or given.shear_deg):
        return []
    fill: dict[type | str, Any] = {tv_tensors.Mask: outside, "others": GREY}
    turn, shear = given.rotation_deg, given.shear_deg
    tilt = v2.RandomAffine(
        [-turn, turn],
        shear=[-shear, shear] if shear else None,
        interpolation=v2.InterpolationMode.BILINEAR,
        fill=fill,
    )
    return [tilt]


def _turned(given: Variation) -> list[v2.Transform]:
    changes: list[v2.Transform] = []
    if given.flip_horizontal:
        changes.append(HorizontalFlip(given.flip_horizontal))
    if given.flip_vertical:
        changes.append(VerticalFlip(given.flip_vertical))
    if given.quarter_turns:
        changes.append(QuarterTurns(given.quarter_turns))
    return changes


def _seen(given: Variation) -> list[v2.Transform]:
    """Changes of pixels that move nothing."""
    changes: list[v2.Transform] = []
    colour = (given.brightness, given.contrast, given.saturation, given.hue)
    if any(colour):
        changes.append(v2.RandomApply([v2.ColorJitter(*colour)], COLOUR_CHANCE))
    if given.blur:
        changes.append(v2.RandomApply([v2.GaussianBlur(BLUR_PX)], given.blur))
    if given.noise:
        changes.append(Noise(given.noise))
    if given.erasing:
        changes.append(v2.RandomApply([Erasing()], given.erasing))
    return changes


class HorizontalFlip(v2.RandomHorizontalFlip):
    """torchvision's, but for points: its own land a pixel beside what they mark."""

    def transform(self, inpt: Any, params: dict[str, Any]) -> Any:
        """Mirror one image, mask, set of boxes or of points left to right."""
        if isinstance(inpt, tv_tensors.KeyPoints):
            return _mirrored_points(inpt, axis=0)
        return super().transform(inpt, params)


class VerticalFlip(v2.RandomVerticalFlip):
    """As ``HorizontalFlip``, upside down."""

    def transform(self, inpt: Any, params: dict[str, Any]) -> Any:
        """Mirror one image, mask, set of boxes or of points top to bottom."""
        if isinstance(inpt, tv_tensors.KeyPoints):
            return _mirrored_points(inpt, axis=1)
        return super().transform(inpt, params)


def _mirrored_points(points: tv_tensors.KeyPoints, axis: int) -> Any:
    """Points (..., 2) mirrored along x (0) or y (1), from edge to edge as boxes are."""
    height, width = points.canvas_size
    moved = points.as_subclass(Tensor).clone()
    moved[..., axis] = (width, height)[axis] - moved[..., axis]
    return _like(points, moved)


class QuarterTurns(v2.Transform):
    """Turn by 90, 180 or 270 degrees, to the pixel."""

    def __init__(self, chance: float) -> None:
        super().__init__()
        self.chance = chance

    def make_params(self, flat_inputs: list[Any]) -> dict[str, Any]:
        """Draw how many quarters, anticlockwise."""
        turned = float(torch.rand(())) < self.chance
        return {"turns": int(torch.randint(1, 4, ())) if turned else 0}

    def transform(self, inpt: Any, params: dict[str, Any]) -> Any:
        """Turn one image, mask, set of boxes or of points."""
        turns = params["turns"]
        if isinstance(inpt, tv_tensors.KeyPoints):
            return _turned_points(inpt, turns)
        if not isinstance(inpt, tv_tensors.BoundingBoxes):
            return _like(inpt, torch.rot90(inpt, turns, (-2, -1)))
        boxes, (height, width) = inpt.as_subclass(Tensor), inpt.canvas_size
        for _ in range(turns):
            x0, y0, x1, y1 = boxes.unbind(dim=1)
            boxes = torch.stack((y0, width - x1, y1, width - x0), dim=1)
            height, width = width, height
        return _like(inpt, boxes, canvas_size=(height, width))


def _turned_points(points: tv_tensors.KeyPoints, turns: int) -> Any:
    """Points (..., 2) turned by quarters, anticlockwise."""
    moved, (height, width) = points.as_subclass(Tensor), points.canvas_size
    for _ in range(turns):
        x, y = moved.unbind(dim=-1)
        moved = torch.stack((y, width - x), dim=-1)
        height, width = width, height
    return _like(points, moved, canvas_size=(height, width))


class Noise(v2.Transform):
    """Add up to ``most`` (a part of white) of normal noise to an image."""

    def __init__(self, most: float) -> None:
        super().__init__()
        self.most = most

    def make_params(self, flat_inputs: list[Any]) -> dict[str, Any]:
        """Draw the noise's deviation in levels of 255."""
        return {"deviation": 255 * self.most * float(torch.rand(()))}

    def transform(self, inpt: Any, params: dict[str, Any]) -> Any:
        """Change an image; leave what is beside it alone."""
        if isinstance(inpt, BESIDE):
            return inpt
        noisy = inpt + params["deviation"] * torch.randn(inpt.shape)
        return _like(inpt, noisy.round().clamp(0, 255).to(torch.uint8))


class Erasing(v2.Transform):
    """Hide a rectangle of an image (Zhong et al. 2020); what it shows is still asked for."""

    def make_params(self, flat_inputs: list[Any]) -> dict[str, Any]:
        """Draw a window of the image's size."""
        height, width = functional.get_size(flat_inputs[0])
        draws = torch.rand(4).tolist()
        area = (ERASED[0] + (ERASED[1] - ERASED[0]) * draws[0]) * height * width
        elongation = MOST_ELONGATED ** (2 * draws[1] - 1)
        rows = min(height, max(1, round((area * elongation) ** 0.5)))
        columns = min(width, max(1, round((area / elongation) ** 0.5)))
        top, left = int(draws[2] * (height - rows + 1)), int(draws[3] * (width - columns + 1))
        return {"rows": slice(top, top + rows), "columns": slice(left, left + columns)}

    def transform(self, inpt: Any, params: dict[str, Any]) -> Any:
        """Change an image; leave what is beside it alone."""
        if isinstance(inpt, BESIDE):
            return inpt
        hidden = inpt.clone()
        hidden[..., params["rows"], params["columns"]] = GREY
        return hidden


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
        """Resize and crop one image, mask, set of boxes or of points."""
        nearest = isinstance(inpt, tv_tensors.Mask)
        how = v2.InterpolationMode.NEAREST_EXACT if nearest else v2.InterpolationMode.BILINEAR
        resized = functional.resize(inpt, params["size"], interpolation=how, antialias=True)
        return functional.crop(resized, *params["window"])


def _like(inpt: Any, value: Tensor, **changed: Any) -> Any:
    """``value`` as the kind of image, mask or boxes that ``inpt`` is."""
    return tv_tensors.wrap(value, like=inpt, **changed)  # pyright: ignore[reportCallIssue]


def sound(boxes: Tensor, least_px: float = 1.0) -> Tensor:
    """Which of (N, 4) boxes x0, y0, x1, y1 still have an area: (N,) bool."""
    sides = boxes[:, 2:] - boxes[:, :2]
    return (sides >= least_px).all(dim=1)
