"""SegNet (Badrinarayanan et al. 2017) on VGG-16 with BatchNorm."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models import vgg16_bn

from studio.learning.catalogue import ModelCard
from studio.learning.config import TrainConfig
from studio.learning.models.family import Family, norm_of_classifier
from studio.learning.models.norms import Norm, group_norm, set_norm

STAGES = ((64, 64), (64, 128, 128), (128, 256, 256, 256), (256, 512, 512, 512), (512,) * 4)
"""Channels into and out of the convolutions of each stage on the way down."""


class SegNet(nn.Module):
    """(B, 3, H, W), normalised, to (B, 1 + num_classes, H, W) logits; 0 is background.

    On the way down every maximum's place is kept, and on the way up each value goes back there.
    The way up has GroupNorm, so that a batch of one trains.
    """

    def __init__(self, num_classes: int, norm: Norm) -> None:
        super().__init__()
        self.encoder = vgg16_bn(weights=None, num_classes=1).get_submodule("features")
        set_norm(self.encoder, norm)
        self.decoder = nn.ModuleList(_way_up(stage) for stage in reversed(STAGES))
        self.head = nn.Conv2d(STAGES[0][0], 1 + num_classes, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """Logits of a normalised batch, at its own size."""
        places: list[tuple[Tensor, torch.Size]] = []
        for layer in self.encoder.children():
            if isinstance(layer, nn.MaxPool2d):
                size = x.shape
                x, where = functional.max_pool2d(x, 2, 2, return_indices=True)
                places.append((where, size))
            else:
                x = layer(x)
        for stage, (where, size) in zip(self.decoder, reversed(places), strict=True):
            x = stage(functional.max_unpool2d(x, where, [2, 2], [2, 2], output_size=size[-2:]))
        return self.head(x)


def _way_up(stage: tuple[int, ...]) -> nn.Sequential:
    """The convolutions of a stage the other way round; the first stage keeps its channels."""
    widths = [*reversed(stage[1:]), stage[0]]
    layers: list[nn.Module] = []
    for before, after in pairwise(widths):
        layers += [
            nn.Conv2d(before, after, 3, padding=1, bias=False),
            group_norm(after),
            nn.ReLU(inplace=True),
        ]
    return nn.Sequential(*layers)


class SegNets(Family):
    """SegNet, whose way down is VGG-16's features."""

    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """A ``SegNet``."""
        return SegNet(num_classes, norm_of_classifier(config))

    def backbone(self, card: ModelCard) -> str:
        """The way down."""
        return "encoder."

    def within_backbone(self, card: ModelCard) -> str:
        """Everything but the large layers at the end."""
        return "features."
