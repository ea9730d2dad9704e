"""torchvision's classifiers with a last layer for the user's classes."""

from __future__ import annotations

import torchvision
from torch import nn

from studio.learning.models.norms import Norm, set_norm

HEADS = {
    "mobilenet_v3_large": "classifier.3.",
    "mobilenet_v3_small": "classifier.3.",
    "mobilenet_v2": "classifier.1.",
    "resnet18": "fc.",
    "squeezenet1_1": "classifier.1.",
}
"""Where each architecture keeps the layer that is new."""


def build(name: str, num_classes: int, norm: Norm) -> nn.Module:
    """(B, 3, S, S), normalised with ImageNet's mean and deviation, to (B, num_classes) logits."""
    model = torchvision.models.get_model(name, weights=None, num_classes=num_classes)
    set_norm(model, norm)
    return model
