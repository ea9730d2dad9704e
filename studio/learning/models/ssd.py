"""SSD300 on VGG-16 (Liu et al. 2016), as torchvision publishes it."""

from __future__ import annotations

from typing import Any

from torch import nn
from torchvision.models.detection import ssd300_vgg16
from torchvision.models.detection.ssd import SSD

from studio.learning.catalogue import ModelCard
from studio.learning.config import TrainConfig, Weights
from studio.learning.models.exact_boxes import with_exact_boxes
from studio.learning.models.family import Family
from studio.learning.models.rcnn import MOST_OBJECTS
from studio.learning.models.ssdlite import SquareCanvas

MADE_FOR_PX = 300
FROZEN_LAYERS = 4
"""Of ``backbone.features``: the first two convolutions, which torchvision fixes as well."""

CAFFE_MEAN = [0.48235, 0.45882, 0.40784]
CAFFE_STD = [1 / 255, 1 / 255, 1 / 255]
"""What the published weights saw: 0 to 255 less the mean, from before PyTorch."""


def build(num_classes: int, image_size: int, *, is_trained: bool) -> SSD:
    """An SSD with labels 1 to ``num_classes`` for pictures ``image_size`` px long.

    At 300 px its default boxes stand where the paper puts them, a number of pixels apart; at
    other sizes they are spread evenly over the canvas. ``is_trained`` fixes the first layers.
    """
    model: Any = ssd300_vgg16(
        weights=None,
        weights_backbone=None,
        num_classes=1 + num_classes,
        detections_per_img=MOST_OBJECTS,
    )
    model.transform = SquareCanvas(image_size, CAFFE_MEAN, CAFFE_STD, size_divisible=1)
    if image_size != MADE_FOR_PX:
        model.anchor_generator.steps = None
    if is_trained:
        model.backbone.features[:FROZEN_LAYERS].requires_grad_(False)
    return with_exact_boxes(model)


class SingleShotDetector(Family):
    """SSD300, of which only weights of the whole fit."""

    class_layers = ("head.classification_head.",)

    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """An SSD; VGG-16 has no normalisation to choose."""
        trained = config.weights is not Weights.SCRATCH
        return build(num_classes, config.image_size, is_trained=trained)

    def backbone(self, card: ModelCard) -> str:
        """The features with the extra layers after them."""
        return "backbone."
