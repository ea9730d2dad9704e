"""Faster, Mask and Keypoint R-CNN over a feature pyramid on torchvision backbones.

The architectures that torchvision publishes whole are built as it builds them, so that its COCO
weights fit; the others get a lighter pyramid with a level of stride 8, for small objects and for
computers without a graphics card.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torchvision
from torch import nn
from torchvision.models.detection import FasterRCNN, KeypointRCNN, MaskRCNN
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.backbone_utils import BackboneWithFPN
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.keypoint_rcnn import KeypointRCNNHeads, KeypointRCNNPredictor
from torchvision.models.detection.mask_rcnn import MaskRCNNHeads, MaskRCNNPredictor
from torchvision.ops import MultiScaleRoIAlign

from studio.domain.runs import Task
from studio.learning.catalogue import ModelCard
from studio.learning.catalogue.published import COCO
from studio.learning.config import TrainConfig
from studio.learning.models import keypoint_rcnn
from studio.learning.models.exact_boxes import with_exact_boxes
from studio.learning.models.family import Family, features_of, norm_of_detector, norm_of_heads
from studio.learning.models.norms import Norm, set_norm
from studio.learning.models.resized import AlreadyResized

LIGHT_LEVELS = {"mobilenet_v3_large": (6, 12, 15), "mobilenet_v2": (6, 13, 17)}
"""The last block of ``features`` at strides 8, 16 and 32."""

LIGHT_FROZEN_BLOCKS = 4
"""Blocks of ``features`` down to stride 4, whose edges and colours suit any picture."""

LIGHT_ANCHOR_SIZES_PX = ((12, 20, 32), (40, 56, 80), (96, 128, 160), (192, 256, 320))
"""Sides of the anchors at strides 8, 16, 32 and 64."""

LIGHT_FINEST, LIGHT_FINEST_PX = 3, (6, 8, 10)
"""The last block at stride 4, and its anchors: points are looked for there too, whose places are
told apart by a few pixels."""

LIGHT_WIDTH = 128
MOST_OBJECTS = 300
"""Predictions kept on one image."""

_FEW_PROPOSALS: dict[str, Any] = {
    "box_detections_per_img": MOST_OBJECTS,
    "rpn_pre_nms_top_n_train": 1000,
    "rpn_post_nms_top_n_train": 600,
    "rpn_pre_nms_top_n_test": 1000,
    "rpn_post_nms_top_n_test": 400,
    "box_batch_size_per_image": 192,
}
"""Fewer than torchvision's, which are meant for COCO's crowds and eight graphics cards."""


class RegionDetector(Family):
    """Faster R-CNN; Mask R-CNN for objects with outlines, Keypoint R-CNN for those with points."""

    class_layers = (
        "roi_heads.box_predictor.",
        "roi_heads.mask_predictor.mask_fcn_logits.",
        "roi_heads.keypoint_predictor.",
    )

    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """A detector of boxes, instances or keypoints, as the card's task wants."""
        construct = {Task.INSTANCES: build_instances, Task.KEYPOINTS: build_keypoints}.get(
            card.task, build_detector
        )
        model = construct(card.name, card.backbone, num_classes, norm_of_detector(config))
        set_norm(model, norm_of_heads(config))  # above the backbone: in the second versions only
        return model

    def backbone(self, card: ModelCard) -> str:
        """The network below the pyramid."""
        return "backbone.body."

    def within_backbone(self, card: ModelCard) -> str:
        """The classifier's features only."""
        return features_of(card)


def build_detector(name: str, backbone: str, num_classes: int, norm: Norm) -> FasterRCNN:
    """A Faster R-CNN with labels 1 to ``num_classes``, for pictures already resized."""
    if backbone in LIGHT_LEVELS and name not in COCO:
        model = FasterRCNN(_light_pyramid(backbone), **_light_heads(num_classes))
    else:
        model = _published(name, num_classes)
    return _finished(model, norm)


def build_instances(name: str, backbone: str, num_classes: int, norm: Norm) -> MaskRCNN:
    """A Mask R-CNN with labels 1 to ``num_classes``, for pictures already resized."""
    if backbone in LIGHT_LEVELS:
        model = MaskRCNN(
            _light_pyramid(backbone),
            mask_roi_pool=MultiScaleRoIAlign(["0", "1", "2"], 14, sampling_ratio=2),
            mask_head=MaskRCNNHeads(LIGHT_WIDTH, (LIGHT_WIDTH,) * 3, dilation=1),
            mask_predictor=MaskRCNNPredictor(LIGHT_WIDTH, LIGHT_WIDTH, 1 + num_classes),
            **_light_heads(num_classes),
        )
    else:
        model = _published(name, num_classes)
    return _finished(model, norm)


def build_keypoints(name: str, backbone: str, num_classes: int, norm: Norm) -> KeypointRCNN:
    """A Keypoint R-CNN with labels 1 to ``num_classes``, for pictures already resized."""
    if backbone in LIGHT_LEVELS:
        model = KeypointRCNN(
            _light_pyramid(backbone, (LIGHT_FINEST, *LIGHT_LEVELS[backbone])),
            keypoint_roi_pool=MultiScaleRoIAlign(["0", "1", "2", "3"], 14, sampling_ratio=2),
            keypoint_head=KeypointRCNNHeads(LIGHT_WIDTH, (LIGHT_WIDTH,) * 4),
            keypoint_predictor=KeypointRCNNPredictor(LIGHT_WIDTH, keypoint_rcnn.USUAL_PLACES),
            **_light_heads(num_classes, (LIGHT_FINEST_PX, *LIGHT_ANCHOR_SIZES_PX)),
        )
    else:
        model = _published(name, num_classes)
    return keypoint_rcnn.with_sure_points(_finished(model, norm))


def _published(name: str, num_classes: int) -> Any:
    return torchvision.models.get_model(
        name,
        weights=None,
        weights_backbone=None,
        num_classes=1 + num_classes,
        **_FEW_PROPOSALS,
    )


def _finished(model: Any, norm: Norm) -> Any:
    model.transform = AlreadyResized()
    set_norm(model.backbone.body, norm)
    if norm is Norm.FROZEN:
        freeze_first_stages(model.backbone.body)
    return with_exact_boxes(model)


def freeze_first_stages(body: nn.Module) -> None:
    """Fix what torchvision fixes: the stem and first stage of a ResNet, a MobileNet's first."""
    blocks = dict(body.named_children())
    first = (
        ("conv1", "bn1", "layer1")
        if "conv1" in blocks
        else tuple(map(str, range(LIGHT_FROZEN_BLOCKS)))
    )
    for name in first:
        blocks[name].requires_grad_(False)


def _light_pyramid(backbone: str, blocks: Sequence[int] = ()) -> BackboneWithFPN:
    network: Any = torchvision.models.get_model(backbone, weights=None)
    features = network.features
    blocks = blocks or LIGHT_LEVELS[backbone]
    return BackboneWithFPN(
        features,
        return_layers={str(block): str(level) for level, block in enumerate(blocks)},
        in_channels_list=[features[block].out_channels for block in blocks],
        out_channels=LIGHT_WIDTH,
    )


def _light_heads(
    num_classes: int, anchor_sizes_px: Sequence[tuple[int, ...]] = LIGHT_ANCHOR_SIZES_PX
) -> dict[str, Any]:
    levels = [str(level) for level in range(len(anchor_sizes_px) - 1)]  # the last is for anchors
    return {
        "rpn_anchor_generator": AnchorGenerator(
            tuple(anchor_sizes_px), ((0.5, 1.0, 2.0),) * len(anchor_sizes_px)
        ),
        "box_roi_pool": MultiScaleRoIAlign(levels, 7, sampling_ratio=2),
        "box_head": TwoMLPHead(LIGHT_WIDTH * 7 * 7, 512),
        "box_predictor": FastRCNNPredictor(512, 1 + num_classes),
        **_FEW_PROPOSALS,
    }
