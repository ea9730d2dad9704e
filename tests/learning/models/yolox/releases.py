"""What is in the published files: names and shapes, written down apart from the program's own.

Units (a convolution without bias and a BatchNorm) stand in the order in which they compute, which
is the order of the convolutions in an exported graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Layer:
    """One convolution; ``name`` is its unit's, or its own where there is no BatchNorm."""

    name: str
    shape: tuple[int, int, int, int]
    plain: bool = False

    def tensors(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Names and shapes in a checkpoint."""
        out = self.shape[:1]
        if self.plain:
            yield f"{self.name}.weight", self.shape
            yield f"{self.name}.bias", out
            return
        yield f"{self.name}.conv.weight", self.shape
        for name in ("weight", "bias", "running_mean", "running_var"):
            yield f"{self.name}.bn.{name}", out
        yield f"{self.name}.bn.num_batches_tracked", ()


def layers(width: float, classes: int = 80, *, separable: bool = False) -> Iterator[Layer]:
    """Of a network that is a third as deep as the largest."""
    c = int(64 * width)

    def unit(name: str, into: int, out: int, kernel: int = 1) -> Iterator[Layer]:
        yield Layer(name, (out, into, kernel, kernel))

    def wide(name: str, into: int, out: int) -> Iterator[Layer]:
        if separable:
            yield Layer(f"{name}.dconv", (into, 1, 3, 3))
            yield Layer(f"{name}.pconv", (out, into, 1, 1))
        else:
            yield Layer(name, (out, into, 3, 3))

    def csp(name: str, into: int, out: int, depth: int = 1) -> Iterator[Layer]:
        half = out // 2
        yield from unit(f"{name}.conv1", into, half)
        yield from unit(f"{name}.conv2", into, half)
        for block in range(depth):
            yield from unit(f"{name}.m.{block}.conv1", half, half)
            yield from wide(f"{name}.m.{block}.conv2", half, half)
        yield from unit(f"{name}.conv3", out, out)

    seen = "backbone.backbone"
    yield from unit(f"{seen}.stem.conv", 12, c, 3)
    for stage, depth in ((2, 1), (3, 3), (4, 3)):
        yield from wide(f"{seen}.dark{stage}.0", c << (stage - 2), c << (stage - 1))
        yield from csp(f"{seen}.dark{stage}.1", c << (stage - 1), c << (stage - 1), depth)
    yield from wide(f"{seen}.dark5.0", 8 * c, 16 * c)
    yield from unit(f"{seen}.dark5.1.conv1", 16 * c, 8 * c)
    yield from unit(f"{seen}.dark5.1.conv2", 32 * c, 16 * c)
    yield from csp(f"{seen}.dark5.2", 16 * c, 16 * c)
    yield from unit("backbone.lateral_conv0", 16 * c, 8 * c)
    yield from csp("backbone.C3_p4", 16 * c, 8 * c)
    yield from unit("backbone.reduce_conv1", 8 * c, 4 * c)
    yield from csp("backbone.C3_p3", 8 * c, 4 * c)
    yield from wide("backbone.bu_conv2", 4 * c, 4 * c)
    yield from csp("backbone.C3_n3", 8 * c, 8 * c)
    yield from wide("backbone.bu_conv1", 8 * c, 8 * c)
    yield from csp("backbone.C3_n4", 16 * c, 16 * c)
    for level in range(3):
        yield from unit(f"head.stems.{level}", (4 * c) << level, 4 * c)
        yield from wide(f"head.cls_convs.{level}.0", 4 * c, 4 * c)
        yield from wide(f"head.cls_convs.{level}.1", 4 * c, 4 * c)
        yield Layer(f"head.cls_preds.{level}", (classes, 4 * c, 1, 1), plain=True)
        yield from wide(f"head.reg_convs.{level}.0", 4 * c, 4 * c)
        yield from wide(f"head.reg_convs.{level}.1", 4 * c, 4 * c)
        yield Layer(f"head.reg_preds.{level}", (4, 4 * c, 1, 1), plain=True)
        yield Layer(f"head.obj_preds.{level}", (1, 4 * c, 1, 1), plain=True)


PUBLISHED = {
    "yolox_nano": (0.25, True),
    "yolox_tiny": (0.375, False),
    "yolox_s": (0.5, False),
}


def shapes(name: str, classes: int = 80) -> dict[str, tuple[int, ...]]:
    """Every tensor of a published checkpoint."""
    width, separable = PUBLISHED[name]
    return {
        key: shape
        for layer in layers(width, classes, separable=separable)
        for key, shape in layer.tensors()
    }


def checkpoint(name: str, classes: int = 80) -> dict[str, object]:
    """A training checkpoint as the authors publish them, with made-up numbers."""
    generator = torch.Generator().manual_seed(0)

    def made_up(key: str, shape: tuple[int, ...]) -> Tensor:
        if key.endswith("num_batches_tracked"):
            return torch.tensor(7)
        values = torch.rand(shape, generator=generator)
        return values + 0.5 if key.endswith(("running_var", "bn.weight")) else (values - 0.5) / 4

    state = {key: made_up(key, shape) for key, shape in shapes(name, classes).items()}
    momentum = {0: {"momentum_buffer": state["backbone.backbone.stem.conv.conv.weight"].clone()}}
    groups = [{"lr": 5e-4, "momentum": 0.9, "nesterov": True, "params": [0]}]
    return {
        "start_epoch": 300,
        "model": state,
        "optimizer": {"state": momentum, "param_groups": groups},
        "amp": {"loss_scaler0": {"loss_scale": 65536.0, "unskipped": 1000}},
    }
