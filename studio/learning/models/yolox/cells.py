"""Where the cells lie, and how what they say becomes boxes and back."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from studio.learning.models.yolox.backbone import STRIDES

LARGEST_LOG = 8.0
"""A side never exceeds its stride times e to the power of this: no overflow in training."""
LEAST_SIDE = 1e-3
"""Strides; the logarithm of a side is taken of no less."""


@dataclass(frozen=True, slots=True)
class Cells:
    """All cells of a canvas: ``corners`` (A, 2) x, y in px and ``strides`` (A,) in px."""

    corners: Tensor
    strides: Tensor

    @classmethod
    def of(cls, height: int, width: int, device: torch.device) -> Cells:
        """The cells of a canvas whose sides are multiples of 32, level by level, row by row."""
        corners: list[Tensor] = []
        strides: list[Tensor] = []
        for stride in STRIDES:
            ys = torch.arange(height // stride, device=device) * float(stride)
            xs = torch.arange(width // stride, device=device) * float(stride)
            grid_y, grid_x = torch.meshgrid(ys, xs, indexing="ij")
            corners.append(torch.stack((grid_x, grid_y), dim=-1).reshape(-1, 2))
            strides.append(torch.full((len(corners[-1]),), float(stride), device=device))
        return cls(torch.cat(corners), torch.cat(strides))

    @property
    def centres(self) -> Tensor:
        """(A, 2) x, y in px."""
        return self.corners + self.strides[:, None] / 2

    def decode(self, said: Tensor) -> Tensor:
        """(..., A, 4) offsets and logarithms to boxes x0, y0, x1, y1 in px, in float32.

        A box's centre lies ``offset * stride`` from its cell's upper left corner; its sides are
        ``exp(logarithm) * stride``.
        """
        said, strides = said.float(), self.strides[:, None]
        centres = said[..., :2] * strides + self.corners
        halves = said[..., 2:].clamp(max=LARGEST_LOG).exp() * strides / 2
        return torch.cat((centres - halves, centres + halves), dim=-1)

    def encode(self, boxes: Tensor, chosen: Tensor) -> Tensor:
        """What the cells ``chosen`` (P,) ought to say for ``boxes`` (P, 4): (P, 4)."""
        strides, corners = self.strides[chosen, None], self.corners[chosen]
        offsets = ((boxes[:, :2] + boxes[:, 2:]) / 2 - corners) / strides
        sides = ((boxes[:, 2:] - boxes[:, :2]) / strides).clamp(min=LEAST_SIDE).log()
        return torch.cat((offsets, sides), dim=1)
