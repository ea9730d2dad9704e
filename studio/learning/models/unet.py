"""A U-Net (Ronneberger et al. 2015) on any convolutional classifier of torchvision."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import log2

import torch
from torch import Tensor, fx, nn
from torch.nn import functional
from torchvision.models.feature_extraction import create_feature_extractor, get_graph_node_names

from studio.learning.catalogue import ModelCard
from studio.learning.catalogue.torchvision_names import LEAST_PX
from studio.learning.config import TrainConfig
from studio.learning.models.architectures import (
    HALF_NORMALISED,
    classifier,
    half_normalised,
    skeleton,
)
from studio.learning.models.family import Family, norm_of_classifier
from studio.learning.models.norms import Norm, group_norm, set_norm

STRIDES = (2, 4, 8, 16, 32)
WIDTHS = {2: 32, 4: 48, 8: 64, 16: 96, 32: 128}
"""Channels of the decoder at each stride."""

DRY_RUN_PX = 256
HEADS = ("classifier", "fc", "head", "avgpool", "dropout", "aux", "AuxLogits", "flatten", "mean")
"""First parts of the names of what follows the features."""


class UNets(Family):
    """A U-Net on any backbone, which keeps the names of its layers."""

    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """A ``UNet``."""
        least_px = LEAST_PX.get(card.backbone, 0)
        return UNet(card.backbone, num_classes, norm_of_classifier(config), least_px)

    def backbone(self, card: ModelCard) -> str:
        """The way down."""
        return "encoder."


class UNet(nn.Module):
    """(B, 3, H, W), normalised, to (B, 1 + num_classes, H, W) logits; 0 is background.

    The decoder works down to half the picture's size with GroupNorm, so that a batch of one
    trains; the logits are enlarged bilinearly from there. A picture with a side below
    ``least_px``, of which nothing would come out of the backbone, gets an empty edge.
    """

    def __init__(self, backbone: str, num_classes: int, norm: Norm, least_px: int = 0) -> None:
        super().__init__()
        self.least_px = least_px
        levels = feature_levels(backbone)
        self.encoder = create_feature_extractor(
            classifier(backbone, num_classes=1),
            {name: str(stride) for stride, (name, _) in levels.items()},
            suppress_diff_warning=True,
        )
        if backbone in HALF_NORMALISED:
            self.encoder.register_forward_pre_hook(half_normalised)
        set_norm(self.encoder, norm)
        self.strides = sorted(levels)
        self.lateral = nn.ModuleList(
            _block(levels[stride][1], WIDTHS[stride], kernel=1) for stride in self.strides
        )
        self.merge = nn.ModuleList(
            nn.Sequential(
                _block(WIDTHS[deeper] + WIDTHS[stride], WIDTHS[stride]),
                _block(WIDTHS[stride], WIDTHS[stride]),
            )
            for stride, deeper in zip(self.strides[:-1], self.strides[1:], strict=True)
        )
        self.head = nn.Conv2d(WIDTHS[self.strides[0]], 1 + num_classes, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Logits of a normalised batch, at its own size."""
        height, width = x.shape[-2:]
        lacking = (max(0, self.least_px - width), max(0, self.least_px - height))
        x = functional.pad(x, (0, lacking[0], 0, lacking[1]))
        features = self.encoder(x)
        *skips, deep = (
            lateral(features[str(stride)])
            for stride, lateral in zip(self.strides, self.lateral, strict=True)
        )
        for skip, merge in zip(reversed(skips), reversed(self.merge), strict=True):
            up = functional.interpolate(deep, size=skip.shape[-2:], mode="nearest")
            deep = merge(torch.cat((up, skip), dim=1))
        logits = functional.interpolate(
            self.head(deep), x.shape[-2:], mode="bilinear", align_corners=False
        )
        return logits[..., :height, :width]


@cache
def feature_levels(backbone: str) -> Mapping[int, tuple[str, int]]:
    """The last features of a network at each stride: ``{stride: (graph node, channels)}``.

    Found by sending the shape of a small picture through the traced graph, at the nodes that no
    connection passes by. A pooled or unpadded layer may lose a pixel, so sizes are rounded to
    the next power of two.

    Raises:
        ValueError: the network has no features of at least three of the strides.
    """
    network = skeleton(backbone)
    train_names, eval_names = get_graph_node_names(network, suppress_diff_warning=True)
    shared = set(train_names)
    names = [
        name for name in eval_names if name in shared and name.split(".")[0] not in (*HEADS, "x")
    ]
    probe = create_feature_extractor(network, names, suppress_diff_warning=True).eval()
    trunk = _trunk(probe.graph)
    with torch.no_grad():
        outputs = probe(torch.empty(1, 3, DRY_RUN_PX, DRY_RUN_PX, device="meta"))
    levels: dict[int, tuple[str, int]] = {}
    for name, value in outputs.items():
        if name in trunk and isinstance(value, Tensor) and value.ndim == 4:
            *_, height, width = value.shape
            stride = 2 ** round(log2(DRY_RUN_PX / height))
            if height == width and stride in STRIDES:
                levels[stride] = (name, value.shape[1])
    if len(levels) < 3:
        raise ValueError(f"{backbone} has no pyramid of features")
    return levels


def _trunk(graph: fx.Graph) -> set[str]:
    """Names of the outputs whose nodes no edge of the graph jumps over."""
    *nodes, output = graph.nodes
    order = {node: index for index, node in enumerate(nodes)}
    cuts: set[fx.Node] = set()
    furthest = 0
    for node, index in order.items():
        if furthest <= index:
            cuts.add(node)
        furthest = max([furthest, *(order[user] for user in node.users if user is not output)])
    return {name for name, node in output.args[0].items() if node in cuts}


def _block(channels_in: int, channels_out: int, kernel: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, kernel, padding=kernel // 2, bias=False),
        group_norm(channels_out),
        nn.ReLU(inplace=True),
    )
