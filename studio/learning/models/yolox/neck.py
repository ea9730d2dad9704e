"""PAFPN: coarse features flow down to the fine ones, and back up (PANet, Liu et al. 2018)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from studio.learning.models.yolox.backbone import Size
from studio.learning.models.yolox.blocks import CrossStage, Unit, wide_unit


class PathAggregation(nn.Module):
    """Mixes the features of three strides; each keeps its size and its channels.

    Numbers in names are levels: 3, 4 and 5 have strides 8, 16 and 32.
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        _, _, of3, of4, of5 = size.channels
        self.narrow5 = Unit(of5, of4)
        self.merge4 = self._merge(size, 2 * of4, of4)
        self.narrow4 = Unit(of4, of3)
        self.merge3 = self._merge(size, 2 * of3, of3)
        self.shrink3 = wide_unit(of3, of3, separable=size.separable, stride=2)
        self.return4 = self._merge(size, 2 * of3, of4)
        self.shrink4 = wide_unit(of4, of4, separable=size.separable, stride=2)
        self.return5 = self._merge(size, 2 * of4, of5)

    @staticmethod
    def _merge(size: Size, in_channels: int, out_channels: int) -> CrossStage:
        return CrossStage(
            in_channels, out_channels, size.repeated(3), shortcut=False, separable=size.separable
        )

    def forward(self, features: tuple[Tensor, Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Features at strides 8, 16 and 32 to the same."""
        at8, at16, at32 = features
        narrow5 = self.narrow5(at32)
        narrow4 = self.narrow4(self.merge4(torch.cat((_doubled(narrow5), at16), dim=1)))
        out8 = self.merge3(torch.cat((_doubled(narrow4), at8), dim=1))
        out16 = self.return4(torch.cat((self.shrink3(out8), narrow4), dim=1))
        out32 = self.return5(torch.cat((self.shrink4(out16), narrow5), dim=1))
        return out8, out16, out32


def _doubled(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")
