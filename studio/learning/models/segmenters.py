"""Segmenters as torchvision publishes them: FCN (Long et al. 2015), DeepLab v3 (Chen et al.
2017) and LR-ASPP (Howard et al. 2019)."""

from __future__ import annotations

import torchvision
from torch import Tensor, nn
from torchvision.models.segmentation.deeplabv3 import ASPPPooling

from studio.learning.catalogue import ModelCard
from studio.learning.config import TrainConfig
from studio.learning.models.auxiliary import SegmenterOutputs
from studio.learning.models.family import Family, features_of, norm_of_classifier
from studio.learning.models.norms import Norm, set_norm


class Published(nn.Module):
    """(B, 3, H, W), normalised, to (B, 1 + num_classes, H, W) logits; 0 is background.

    In training those of the auxiliary head come with them, where there is one.
    """

    def __init__(self, name: str, num_classes: int, norm: Norm) -> None:
        super().__init__()
        helped = {} if name.startswith("lraspp") else {"aux_loss": True}
        self.net = torchvision.models.get_model(
            name, weights=None, weights_backbone=None, num_classes=1 + num_classes, **helped
        )
        set_norm(self.net, Norm.GROUP if norm is Norm.GROUP else Norm.BATCH)
        set_norm(self.net.get_submodule("backbone"), norm)
        for module in self.net.modules():
            if isinstance(module, ASPPPooling):  # one value a picture is no statistic
                set_norm(module, norm)

    def forward(self, x: Tensor) -> Tensor | SegmenterOutputs:
        """Logits of a normalised batch, at its own size."""
        found = self.net(x)
        if self.training and "aux" in found:
            return SegmenterOutputs(found["out"], found["aux"])
        return found["out"]


class PublishedSegmenters(Family):
    """Networks whose backbone is a classifier's layers; only the last layers know the classes."""

    class_layers = (
        "net.classifier.4.", "net.aux_classifier.4.",
        "net.classifier.low_classifier.", "net.classifier.high_classifier.",
    )  # fmt: skip
    whole_prefix = "net."

    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """A ``Published``."""
        return Published(card.name, num_classes, norm_of_classifier(config))

    def backbone(self, card: ModelCard) -> str:
        """The features."""
        return "net.backbone."

    def within_backbone(self, card: ModelCard) -> str:
        """The classifier's features only."""
        return features_of(card)
