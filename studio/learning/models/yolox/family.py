"""The sizes on offer, and where published weights go in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from torch import nn

from studio.learning.catalogue import ModelCard
from studio.learning.catalogue.published import WeightsSource
from studio.learning.choices import Loss
from studio.learning.config import TrainConfig
from studio.learning.models.family import Family, norm_of_classifier
from studio.learning.models.norms import set_norm
from studio.learning.models.yolox.backbone import Size
from studio.learning.models.yolox.network import Detector
from studio.learning.models.yolox.published import own_name
from studio.learning.pretrained.loading import Placement

SIZES: Mapping[str, Size] = {
    "yolox_nano": Size(width=0.25, separable=True),
    "yolox_tiny": Size(width=0.375),
    "yolox_s": Size(width=0.5),
}


class YoloxDetector(Family):
    """Detectors after the YOLOX paper, of which weights of the whole are published."""

    class_layers = ("head.class_outputs.",)

    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """A ``Detector``; it learns from many images at once, like a classifier."""
        model = Detector(SIZES[card.name], num_classes, giou=config.loss is Loss.GIOU)
        set_norm(model, norm_of_classifier(config))
        return model

    def backbone(self, card: ModelCard) -> str:
        """What sees; the neck and the head learn faster."""
        return "body."

    def placement(self, card: ModelCard, source: WeightsSource) -> Placement:
        """Every tensor has a place, but for the user's classes."""
        return replace(super().placement(card, source), rename=own_name)
