"""A small residual network with a feature pyramid, and a model for each task on top of it.

It is for few pictures and no graphics card: a million parameters, the same at any batch size
(GroupNorm keeps no statistics), and shipped with weights that ``studio.sample.pretrain`` makes.
Every model keeps it as ``backbone``, so that all tasks share its weights.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models.detection import FasterRCNN, KeypointRCNN, MaskRCNN
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.keypoint_rcnn import KeypointRCNNHeads, KeypointRCNNPredictor
from torchvision.models.detection.mask_rcnn import MaskRCNNHeads, MaskRCNNPredictor
from torchvision.ops import MultiScaleRoIAlign

from studio.domain.runs import Task
from studio.learning.catalogue import ModelCard
from studio.learning.catalogue.published import WeightsSource
from studio.learning.config import TrainConfig
from studio.learning.models import keypoint_rcnn
from studio.learning.models.exact_boxes import with_exact_boxes
from studio.learning.models.family import Family
from studio.learning.models.norms import group_norm
from studio.learning.models.resized import AlreadyResized
from studio.learning.pretrained.loading import Placement

STEM_WIDTH = 24
"""Channels at stride 2."""

STAGES = {4: (32, 1), 8: (64, 2), 16: (96, 2), 32: (160, 1)}
"""By stride: channels on the way down, and residual blocks."""

WIDTH = 64
"""Channels of the features that come out, at every stride."""

DETECTOR_STRIDES = (8, 16, 32)
ANCHOR_SIZES_PX = ((16, 26), (42, 68), (110, 176))
"""Sides of the anchors at those strides, in a picture whose longer side is 320."""

FINEST_ANCHOR_SIZES_PX = (8, 12)
"""The same at stride 4, for networks that see so finely."""


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

    ``forward`` gives a dict of ``WIDTH`` channels at each of ``strides`` (of 4, 8, 16, 32),
    finest first, keyed by the stride as text. Each knows what coarser ones know (Lin et al.
    2017). A network of some strides has the weights of one of all, less those it has no use for.
    """

    def __init__(self, strides: Sequence[int] = tuple(STAGES)) -> None:
        super().__init__()
        self.out_channels = WIDTH
        self.stem = convolution(3, STEM_WIDTH, stride=2)
        self.stages = nn.ModuleDict()
        self.lateral = nn.ModuleDict()
        self.merge = nn.ModuleDict()
        before = STEM_WIDTH
        for stride, (width, blocks) in STAGES.items():
            more = (ResidualBlock(width, width) for _ in range(blocks - 1))
            self.stages[str(stride)] = nn.Sequential(ResidualBlock(before, width, 2), *more)
            if stride >= min(strides):
                self.lateral[str(stride)] = nn.Conv2d(width, WIDTH, 1)
            if stride in strides:
                self.merge[str(stride)] = convolution(WIDTH, WIDTH)
            before = width

    def forward(self, x: Tensor) -> OrderedDict[str, Tensor]:
        """Features by stride, finest first."""
        x = self.stem(x)
        descending: list[tuple[str, Tensor]] = []
        for stride, stage in self.stages.items():
            x = stage(x)
            if stride in self.lateral:
                descending.append((stride, self.lateral[stride](x)))
        features: list[tuple[str, Tensor]] = []
        above: Tensor | None = None
        for stride, feature in reversed(descending):
            if above is not None:
                feature = feature + functional.interpolate(above, feature.shape[-2:])
            above = feature
            if stride in self.merge:
                features.append((stride, self.merge[stride](feature)))
        return OrderedDict(reversed(features))


class Classifier(nn.Module):
    """(B, 3, H, W) -> (B, num_classes) logits.

    Looks at fine features, by their generalised mean (Radenovic et al. 2019) and their maxima,
    so that a few small parts count for more than the bench they lie on.
    """

    def __init__(self, num_classes: int) -> None:
        super().__init__()
        self.backbone = SmallCNN((8,))
        self.head = nn.Sequential(
            nn.LayerNorm(2 * WIDTH), nn.Dropout(0.2), nn.Linear(2 * WIDTH, num_classes)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Logits of a normalised batch."""
        feature = self.backbone(x)["8"]
        # A floor above zero keeps the root's gradient finite where a channel is silent.
        mean = feature.clamp(min=1e-3).pow(3).mean((2, 3)).pow(1 / 3)
        return self.head(torch.cat((mean, feature.amax((2, 3))), dim=1))


class Segmenter(nn.Module):
    """(B, 3, H, W) -> (B, 1 + num_classes, H, W) logits, 0 is background.

    A U-Net (Ronneberger et al. 2015) that climbs to a quarter of the picture's size; the logits
    are enlarged bilinearly from there.
    """

    def __init__(self, num_classes: int) -> None:
        super().__init__()
        self.backbone = SmallCNN((4,))
        self.head = nn.Sequential(convolution(WIDTH, WIDTH), nn.Conv2d(WIDTH, 1 + num_classes, 1))

    def forward(self, x: Tensor) -> Tensor:
        """Logits of a normalised batch, at its own size."""
        logits = self.head(self.backbone(x)["4"])
        return functional.interpolate(logits, x.shape[-2:], mode="bilinear", align_corners=False)


def build_classifier(num_classes: int) -> Classifier:
    """A classifier of ``num_classes`` classes."""
    return Classifier(num_classes)


def build_segmenter(num_classes: int) -> Segmenter:
    """A semantic segmenter of ``num_classes`` classes beside the background."""
    return Segmenter(num_classes)


def build_detector(num_classes: int, image_size: int) -> FasterRCNN:
    """A Faster R-CNN with labels 1 to ``num_classes`` for pictures ``image_size`` px long."""
    model = FasterRCNN(SmallCNN(DETECTOR_STRIDES), **_two_stages(num_classes, image_size))
    model.transform = AlreadyResized()
    return with_exact_boxes(model)


def build_instances(num_classes: int, image_size: int) -> MaskRCNN:
    """A Mask R-CNN with labels 1 to ``num_classes`` for pictures ``image_size`` px long."""
    model = MaskRCNN(
        SmallCNN(DETECTOR_STRIDES),
        mask_roi_pool=_roi_pool(14, image_size),
        mask_head=MaskRCNNHeads(WIDTH, (48, 48), dilation=1),
        mask_predictor=MaskRCNNPredictor(48, 48, 1 + num_classes),
        **_two_stages(num_classes, image_size),
    )
    model.transform = AlreadyResized()
    return with_exact_boxes(model)


def build_keypoints(num_classes: int, image_size: int) -> KeypointRCNN:
    """A Keypoint R-CNN with labels 1 to ``num_classes`` for pictures ``image_size`` px long.

    Points are read from stride 4, where the places of an object of 32 px are still 8 cells apart.
    """
    strides, sizes = (4, *DETECTOR_STRIDES), (FINEST_ANCHOR_SIZES_PX, *ANCHOR_SIZES_PX)
    model = KeypointRCNN(
        SmallCNN(strides),
        keypoint_roi_pool=MultiScaleRoIAlign(["4"], 14, sampling_ratio=2),
        keypoint_head=KeypointRCNNHeads(WIDTH, (WIDTH,) * 3),
        keypoint_predictor=KeypointRCNNPredictor(WIDTH, keypoint_rcnn.USUAL_PLACES),
        **_two_stages(num_classes, image_size, sizes),
    )
    model.transform = AlreadyResized()
    return keypoint_rcnn.with_sure_points(with_exact_boxes(model))


def _two_stages(
    num_classes: int,
    image_size: int,
    anchor_sizes_px: Sequence[tuple[int, ...]] = ANCHOR_SIZES_PX,
) -> dict[str, Any]:
    scale = image_size / 320
    return {
        "rpn_anchor_generator": AnchorGenerator(
            tuple(tuple(round(side * scale) for side in sizes) for sizes in anchor_sizes_px),
            ((0.5, 1.0, 2.0),) * len(anchor_sizes_px),
        ),
        "rpn_pre_nms_top_n_train": 500,
        "rpn_post_nms_top_n_train": 300,
        "rpn_pre_nms_top_n_test": 500,
        "rpn_post_nms_top_n_test": 200,
        "rpn_batch_size_per_image": 128,
        "box_roi_pool": _roi_pool(7, image_size),
        "box_head": TwoMLPHead(WIDTH * 7 * 7, 128),
        "box_predictor": FastRCNNPredictor(128, 1 + num_classes),
        "box_batch_size_per_image": 64,
        "box_detections_per_img": 200,
    }


def _roi_pool(output_size: int, image_size: int) -> MultiScaleRoIAlign:
    """Objects up to two fifths of the picture are read from the finest level."""
    return MultiScaleRoIAlign(
        [str(stride) for stride in DETECTOR_STRIDES], output_size, sampling_ratio=1,
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


class SmallNetworks(Family):
    """The models on the small network, which has GroupNorm wherever it starts from."""

    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """The one for the card's task."""
        match card.task:
            case Task.CLASSIFY:
                return build_classifier(num_classes)
            case Task.DETECT:
                return build_detector(num_classes, config.image_size)
            case Task.INSTANCES:
                return build_instances(num_classes, config.image_size)
            case Task.SEGMENT:
                return build_segmenter(num_classes)
            case Task.KEYPOINTS:
                return build_keypoints(num_classes, config.image_size)

    def backbone(self, card: ModelCard) -> str:
        """The same in all of them."""
        return "backbone."

    def placement(self, card: ModelCard, source: WeightsSource) -> Placement:
        """The shipped file holds the backbone alone."""
        prefix = self.backbone(card)
        return Placement(target=prefix, required=prefix)
