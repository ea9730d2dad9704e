"""What the backbone, the neck and the head are made of."""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor, nn

NORM_EPS = 1e-3
"""Of every BatchNorm in the published networks."""
NORM_MOMENTUM = 0.1
"""Theirs, 0.03, suits half a million steps: in a run of hundreds the statistics of other pictures
than COCO's come too late, and what is learned does not show when judged."""

batch_norm = partial(nn.BatchNorm2d, eps=NORM_EPS, momentum=NORM_MOMENTUM)


class Unit(nn.Module):
    """Convolution, normalisation, SiLU."""

    def __init__(
        self, in_channels: int, out_channels: int, kernel: int = 1, stride: int = 1, groups: int = 1
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(
            in_channels, out_channels, kernel, stride, kernel // 2, groups=groups, bias=False
        )
        self.norm = batch_norm(out_channels)
        self.act = nn.SiLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        """(B, in, H, W) to (B, out, H / stride, W / stride)."""
        return self.act(self.norm(self.conv(x)))


class SeparableUnit(nn.Module):
    """A 3 x 3 convolution of each channel, then a 1 x 1 one across them (Howard et al. 2017)."""

    def __init__(self, in_channels: int, out_channels: int, stride: int = 1) -> None:
        super().__init__()
        self.depthwise = Unit(in_channels, in_channels, 3, stride, groups=in_channels)
        self.pointwise = Unit(in_channels, out_channels)

    def forward(self, x: Tensor) -> Tensor:
        """(B, in, H, W) to (B, out, H / stride, W / stride)."""
        return self.pointwise(self.depthwise(x))


def wide_unit(
    in_channels: int, out_channels: int, *, separable: bool, stride: int = 1
) -> Unit | SeparableUnit:
    """A unit that looks at 3 x 3 cells."""
    if separable:
        return SeparableUnit(in_channels, out_channels, stride)
    return Unit(in_channels, out_channels, 3, stride)


class Bottleneck(nn.Module):
    """1 x 1, then 3 x 3; what comes in is added where ``shortcut`` says so."""

    def __init__(self, channels: int, *, shortcut: bool, separable: bool) -> None:
        super().__init__()
        self.conv1 = Unit(channels, channels)
        self.conv2 = wide_unit(channels, channels, separable=separable)
        self.shortcut = shortcut

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) to the same."""
        y = self.conv2(self.conv1(x))
        return x + y if self.shortcut else y


class CrossStage(nn.Module):
    """Half of the channels go through bottlenecks, half past them (CSPNet, Wang et al. 2020)."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        depth: int,
        *,
        shortcut: bool,
        separable: bool,
    ) -> None:
        super().__init__()
        half = out_channels // 2
        self.conv1 = Unit(in_channels, half)
        self.conv2 = Unit(in_channels, half)
        self.conv3 = Unit(2 * half, out_channels)
        self.blocks = nn.Sequential(
            *(Bottleneck(half, shortcut=shortcut, separable=separable) for _ in range(depth))
        )

    def forward(self, x: Tensor) -> Tensor:
        """(B, in, H, W) to (B, out, H, W)."""
        return self.conv3(torch.cat((self.blocks(self.conv1(x)), self.conv2(x)), dim=1))
