"""A small residual network with GroupNorm, and a model for each task on top of it.

It is for few pictures and no graphics card: 0.8 million parameters, exact at any batch size
(GroupNorm keeps no statistics), and shipped with weights that ``studio.sample.pretrain`` makes.
Every model keeps the network where ``backbone_of`` finds it, so that the tasks share its weights.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models.detection import FasterRCNN, MaskRCNN
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.mask_rcnn import MaskRCNNHeads, MaskRCNNPredictor
from torchvision.ops import FeaturePyramidNetwork, MultiScaleRoIAlign

from studio.learning.models.norms import group_norm
from studio.learning.models.resized import AlreadyResized

WIDTHS = (32, 64, 96, 160)
"""Channels of the features at strides 4, 8, 16 and 32."""

STEM_WIDTH = 24
"""Channels of the features at stride 2."""

PYRAMID_WIDTH = 64
ANCHOR_SIZES_PX = ((16, 26), (42, 68), (110, 176))
"""Sides of the anchors at strides 8, 16 and 32, in a picture whose longer side is 320."""


def convolution(channels_in: int, channels_out: int, stride: int = 1) -> nn.Sequential:
    """A 3 x 3 convolution, normalised and rectified."""
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, 3, stride, 1, bias=False),
        group_norm(channels_out),
        nn.ReLU(inplace=True),
    )


class ResidualBlock(nn.Module):
    """Two 3 x 3 convolutions beside a shortcut (He et al. 2016); ``stride`` halves the size."""

    def __init__(self, channels_in: int, channels_out: int, stride: int = 1) -> None:
        super().__init__()
        self.first = convolution(channels_in, channels_out, stride)
        last = group_norm(channels_out)
        nn.init.zeros_(last.weight)  # a block begins as its shortcut alone
        self.second = nn.Sequential(
            nn.Conv2d(channels_out, channels_out, 3, 1, 1, bias=False), last
        )
        self.shortcut = (
            nn.Identity()
            if stride == 1 and channels_in == channels_out
            else nn.Sequential(
                nn.AvgPool2d(stride, ceil_mode=True) if stride > 1 else nn.Identity(),
                nn.Conv2d(channels_in, channels_out, 1, bias=False),
                group_norm(channels_out),
            )
        )

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) to (B, C', H / stride, W / stride), rounded up."""
        return functional.relu(self.shortcut(x) + self.second(self.first(x)))


class SmallCNN(nn.Module):
    """The backbone: (B, 3, H, W), normalised with ImageNet's mean and deviation, to features.

    ``forward`` gives a dict: ``"0"`` to ``"3"`` at strides 4, 8, 16 and 32 with ``WIDTHS``
    channels, after ``"stem"`` at stride 2 with ``STEM_WIDTH`` channels.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = convolution(3, STEM_WIDTH, stride=2)
        self.stages = nn.ModuleList(
            nn.Sequential(ResidualBlock(before, after, stride=2), *more)
            for (before, after), more in zip(
                pairwise((STEM_WIDTH, *WIDTHS)),
                ((), (ResidualBlock(64, 64),), (ResidualBlock(96, 96),), ()),
                strict=True,
            )
        )

    def forward(self, x: Tensor) -> OrderedDict[str, Tensor]:
        """Features by name, finest first."""
        x = self.stem(x)
        features = OrderedDict(stem=x)
        for index, stage in enumerate(self.stages):
            x = stage(x)
            features[str(index)] = x
        return features


class Classifier(nn.Module):
    """(B, 3, H, W) -> (B, num_classes) logits.

    Averages and maxima of the three coarser features: a small part in a corner is seen as
    well as a texture that fills the picture.
    """

    def __init__(self, num_classes: int) -> None:
        super().__init__()
        self.backbone = SmallCNN()
        self.head = nn.Sequential(
            nn.LayerNorm(2 * sum(WIDTHS[1:])),
            nn.Dropout(0.3),
            nn.Linear(2 * sum(WIDTHS[1:]), num_classes),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Logits of a normalised batch."""
        features = self.backbone(x)
        pooled = [
            pool(features[level], 1).flatten(1)
            for level in ("1", "2", "3")
            for pool in (functional.adaptive_avg_pool2d, functional.adaptive_max_pool2d)
        ]
        return self.head(torch.cat(pooled, dim=1))


class Pyramid(nn.Module):
    """Features of one width at strides 8, 16 and 32 (Lin et al. 2017), keys ``"0"`` to ``"2"``."""

    def __init__(self) -> None:
        super().__init__()
        self.body = SmallCNN()
        self.fpn = FeaturePyramidNetwork(list(WIDTHS[1:]), PYRAMID_WIDTH, norm_layer=group_norm)
        self.out_channels = PYRAMID_WIDTH

    def forward(self, x: Tensor) -> OrderedDict[str, Tensor]:
        """Features of a normalised batch, finest first."""
        features = self.body(x)
        levels = (features[level] for level in ("1", "2", "3"))
        return self.fpn(OrderedDict((str(index), level) for index, level in enumerate(levels)))


class Segmenter(nn.Module):
    """(B, 3, H, W) -> (B, 1 + num_classes, H, W) logits, 0 is background.

    A U-Net (Ronneberger et al. 2015) down to half the picture's size, then bilinear.
    """

    def __init__(self, num_classes: int) -> None:
        super().__init__()
        self.backbone = SmallCNN()
        skips = (STEM_WIDTH, *WIDTHS)
        widths = (24, 32, 64, 96)
        self.lateral = nn.ModuleList(
            convolution(deeper + skip, width)
            for deeper, skip, width in zip(
                (*widths[1:], skips[-1]), skips[:-1], widths, strict=True
            )
        )
        self.head = nn.Conv2d(widths[0], 1 + num_classes, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Logits of a normalised batch, at its own size."""
        *skips, deep = self.backbone(x).values()
        for skip, merge in zip(reversed(skips), reversed(self.lateral), strict=True):
            up = functional.interpolate(deep, size=skip.shape[-2:], mode="nearest")
            deep = merge(torch.cat((up, skip), dim=1))
        return functional.interpolate(
            self.head(deep), x.shape[-2:], mode="bilinear", align_corners=False
        )


def build_classifier(num_classes: int) -> Classifier:
    """A classifier of ``num_classes`` classes."""
    return Classifier(num_classes)


def build_segmenter(num_classes: int) -> Segmenter:
    """A semantic segmenter of ``num_classes`` classes beside the background."""
    return Segmenter(num_classes)


def build_detector(num_classes: int, image_size: int) -> FasterRCNN:
    """A Faster R-CNN with labels 1 to ``num_classes`` for pictures ``image_size`` px long."""
    model = FasterRCNN(Pyramid(), **_two_stages(num_classes, image_size))
    model.transform = AlreadyResized()
    return model


def build_instances(num_classes: int, image_size: int) -> MaskRCNN:
    """A Mask R-CNN with labels 1 to ``num_classes`` for pictures ``image_size`` px long."""
    model = MaskRCNN(
        Pyramid(),
        mask_roi_pool=_roi_pool(14, image_size),
        mask_head=MaskRCNNHeads(PYRAMID_WIDTH, (48, 48), dilation=1),
        mask_predictor=MaskRCNNPredictor(48, 48, 1 + num_classes),
        **_two_stages(num_classes, image_size),
    )
    model.transform = AlreadyResized()
    return model


def _two_stages(num_classes: int, image_size: int) -> dict[str, Any]:
    scale = image_size / 320
    return {
        "rpn_anchor_generator": AnchorGenerator(
            tuple(tuple(round(side * scale) for side in sizes) for sizes in ANCHOR_SIZES_PX),
            ((0.5, 1.0, 2.0),) * len(ANCHOR_SIZES_PX),
        ),
        "rpn_pre_nms_top_n_train": 500,
        "rpn_post_nms_top_n_train": 300,
        "rpn_pre_nms_top_n_test": 500,
        "rpn_post_nms_top_n_test": 200,
        "rpn_batch_size_per_image": 128,
        "box_roi_pool": _roi_pool(7, image_size),
        "box_head": TwoMLPHead(PYRAMID_WIDTH * 7 * 7, 128),
        "box_predictor": FastRCNNPredictor(128, 1 + num_classes),
        "box_batch_size_per_image": 64,
        "box_detections_per_img": 200,
    }


def _roi_pool(output_size: int, image_size: int) -> MultiScaleRoIAlign:
    """Objects up to two fifths of the picture are read from the finest level."""
    return MultiScaleRoIAlign(
        ["0", "1", "2"], output_size, sampling_ratio=1,
        canonical_scale=round(image_size * 0.4), canonical_level=4,
    )  # fmt: skip


def backbone_of(model: nn.Module) -> SmallCNN:
    """The one ``SmallCNN`` within ``model``.

    Raises:
        ValueError: there is none.
    """
    found = next((module for module in model.modules() if isinstance(module, SmallCNN)), None)
    if found is None:
        raise ValueError(f"{type(model).__name__} has no SmallCNN")
    return found


def load_backbone(model: nn.Module, state_dict: Mapping[str, Tensor]) -> None:
    """Give the backbone of ``model`` the weights of a ``SmallCNN`` (of any float type).

    Raises:
        RuntimeError: a name or a size does not fit.
    """
    backbone_of(model).load_state_dict(dict(state_dict))
