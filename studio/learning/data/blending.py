"""Two classified images in one: CutMix (Yun et al. 2019) and mixup (Zhang et al. 2018).

Randomness is torch's global generator. Images are (3, S, S) uint8; beside the new one comes the
part of it that is still the first.
"""

from __future__ import annotations

from math import sqrt

import torch
from torch import Tensor

MIXUP_ALPHA = 0.2
"""Most blends are nearly one image, or nearly the other."""


def cutmix(image: Tensor, other: Tensor) -> tuple[Tensor, float]:
    """``image`` with a rectangle of ``other``, which covers any part of it."""
    height, width = image.shape[1:]
    area, across, down = torch.rand(3).tolist()
    rows, columns = round(height * sqrt(area)), round(width * sqrt(area))
    top, left = round((height - rows) * down), round((width - columns) * across)
    mixed = image.clone()
    place = (..., slice(top, top + rows), slice(left, left + columns))
    mixed[place] = other[place]
    return mixed, 1 - rows * columns / (height * width)


def mixup(image: Tensor, other: Tensor) -> tuple[Tensor, float]:
    """``image`` with ``other`` shining through."""
    share = float(torch.distributions.Beta(MIXUP_ALPHA, MIXUP_ALPHA).sample())
    mixed = share * image.float() + (1 - share) * other.float()
    return mixed.round().to(torch.uint8), share
