"""CSPDarknet: what sees. Strides 8, 16 and 32 go on to the neck."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from studio.learning.models.yolox.blocks import CrossStage, Unit, wide_unit

STRIDES = (8, 16, 32)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a network is: channels and repetitions as parts of the paper's largest."""

    width: float
    depth: float = 0.33
    separable: bool = False

    @property
    def channels(self) -> tuple[int, int, int, int, int]:
        """After the stem and after each stage, at strides 2, 4, 8, 16 and 32."""
        base = int(64 * self.width)
        return base, 2 * base, 4 * base, 8 * base, 16 * base

    def repeated(self, times: int) -> int:
        """How often a block stands that the full network has ``times`` times."""
        return max(round(times * self.depth), 1)


class Focus(nn.Module):
    """Puts every 2 x 2 pixels into channels of one, so that nothing is lost at half the size."""

    def __init__(self, out_channels: int) -> None:
        super().__init__()
        self.unit = Unit(12, out_channels, 3)

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, H, W) to (B, C, H / 2, W / 2); a block's pixels go down its columns."""
        top, bottom = x[..., ::2, :], x[..., 1::2, :]
        columns = (top[..., ::2], bottom[..., ::2], top[..., 1::2], bottom[..., 1::2])
        return self.unit(torch.cat(columns, dim=1))


class PyramidPooling(nn.Module):
    """The largest values in windows of several sizes, side by side (SPP, He et al. 2015)."""

    WINDOWS = (5, 9, 13)

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = Unit(channels, channels // 2)
        self.conv2 = Unit(channels // 2 * (1 + len(self.WINDOWS)), channels)

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) to the same."""
        x = self.conv1(x)
        pooled = (functional.max_pool2d(x, side, 1, side // 2) for side in self.WINDOWS)
        return self.conv2(torch.cat((x, *pooled), dim=1))


class Darknet(nn.Module):
    """CSPDarknet53 with a Focus stem."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        channels = size.channels
        self.stem = Focus(channels[0])
        self.stage2 = _stage(size, channels[0], channels[1], 3)
        self.stage3 = _stage(size, channels[1], channels[2], 9)
        self.stage4 = _stage(size, channels[2], channels[3], 9)
        self.stage5 = nn.Sequential(
            wide_unit(channels[3], channels[4], separable=size.separable, stride=2),
            PyramidPooling(channels[4]),
            CrossStage(
                channels[4], channels[4], size.repeated(3), shortcut=False,
                separable=size.separable,
            ),
        )  # fmt: skip

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(B, 3, H, W), multiples of 32, to features at strides 8, 16 and 32."""
        at8 = self.stage3(self.stage2(self.stem(x)))
        at16 = self.stage4(at8)
        return at8, at16, self.stage5(at16)


def _stage(size: Size, in_channels: int, out_channels: int, times: int) -> nn.Sequential:
    return nn.Sequential(
        wide_unit(in_channels, out_channels, separable=size.separable, stride=2),
        CrossStage(
            out_channels, out_channels, size.repeated(times), shortcut=True,
            separable=size.separable,
        ),
    )  # fmt: skip
