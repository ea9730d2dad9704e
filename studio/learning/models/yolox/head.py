"""The decoupled head: classes in one branch, boxes and certainty in another."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from studio.learning.models.yolox.backbone import Size
from studio.learning.models.yolox.blocks import Unit, wide_unit

FIRST_CHANCE = 0.01
"""What an untrained cell believes of every class (Lin et al. 2017, focal loss, 4.1)."""


class DecoupledHead(nn.Module):
    """Says for every cell of three levels: a box, whether there is an object, and its class."""

    def __init__(self, size: Size, num_classes: int) -> None:
        super().__init__()
        width = size.channels[2]
        levels = size.channels[2:]
        self.stems = nn.ModuleList(Unit(channels, width) for channels in levels)
        self.class_units = nn.ModuleList(_two(width, size) for _ in levels)
        self.box_units = nn.ModuleList(_two(width, size) for _ in levels)
        self.class_outputs = nn.ModuleList(nn.Conv2d(width, num_classes, 1) for _ in levels)
        self.box_outputs = nn.ModuleList(nn.Conv2d(width, 4, 1) for _ in levels)
        self.object_outputs = nn.ModuleList(nn.Conv2d(width, 1, 1) for _ in levels)
        for output in (*self.class_outputs, *self.object_outputs):
            nn.init.constant_(output.bias, -math.log((1 - FIRST_CHANCE) / FIRST_CHANCE))  # type: ignore[arg-type]

    def forward(self, features: Sequence[Tensor]) -> Tensor:
        """Features by level to (B, A, 5 + C) float32, cells row by row, the finest level first.

        Per cell: the box as ``cells.Cells`` reads it, the logit of an object being there, and
        the logits of its class.
        """
        said: list[Tensor] = []
        for level, x in enumerate(features):
            x = self.stems[level](x)
            of_class, of_box = self.class_units[level](x), self.box_units[level](x)
            # In half precision the sides of a large box would be whole pixels off.
            with torch.autocast(x.device.type, enabled=False):
                of_class, of_box = of_class.float(), of_box.float()
                maps = (
                    self.box_outputs[level](of_box),
                    self.object_outputs[level](of_box),
                    self.class_outputs[level](of_class),
                )
            said.append(torch.cat(maps, dim=1).flatten(2))
        return torch.cat(said, dim=2).transpose(1, 2)


def _two(width: int, size: Size) -> nn.Sequential:
    return nn.Sequential(
        wide_unit(width, width, separable=size.separable),
        wide_unit(width, width, separable=size.separable),
    )
