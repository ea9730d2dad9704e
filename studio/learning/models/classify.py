"""torchvision's classifiers with a last layer for the user's classes."""

from __future__ import annotations

import torchvision
from torch import nn

from studio.learning.backbones import WeightsSource
from studio.learning.catalogue import ModelCard
from studio.learning.config import TrainConfig
from studio.learning.models.family import Family, norm_of_classifier
from studio.learning.models.norms import set_norm
from studio.learning.pretrained import Placement

HEADS = {
    "mobilenet_v3_large": "classifier.3.",
    "mobilenet_v3_small": "classifier.3.",
    "mobilenet_v2": "classifier.1.",
    "resnet18": "fc.",
    "squeezenet1_1": "classifier.1.",
}
"""Where each architecture keeps the layer that is new."""


class Classifier(Family):
    """(B, 3, S, S), normalised with ImageNet's mean and deviation, to (B, C) logits."""

    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """torchvision's network, with as many outputs as there are classes."""
        model = torchvision.models.get_model(card.name, weights=None, num_classes=num_classes)
        set_norm(model, norm_of_classifier(config))
        return model

    def backbone(self, card: ModelCard) -> str:
        """Everything, except what ``is_backbone`` leaves out."""
        return ""

    def is_backbone(self, card: ModelCard, parameter: str) -> bool:
        """All but the last layer."""
        return not parameter.startswith(HEADS[card.name])

    def placement(self, card: ModelCard, source: WeightsSource) -> Placement:
        """Every key but the last layer's, under its own name."""
        return Placement(fresh=(HEADS[card.name],), norm_eps=source.norm_eps)
