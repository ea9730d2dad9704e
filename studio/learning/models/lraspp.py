"""LR-ASPP on MobileNet v3 (Howard et al. 2019), as torchvision publishes it."""

from __future__ import annotations

from torch import Tensor, nn
from torchvision.models.segmentation import lraspp_mobilenet_v3_large

from studio.learning.catalogue import ModelCard
from studio.learning.config import TrainConfig
from studio.learning.models.family import Family, features_of, norm_of_classifier
from studio.learning.models.norms import Norm, set_norm


class LRASPP(nn.Module):
    """(B, 3, H, W), normalised, to (B, 1 + num_classes, H, W) logits; 0 is background."""

    def __init__(self, num_classes: int, norm: Norm) -> None:
        super().__init__()
        self.net = lraspp_mobilenet_v3_large(
            weights=None, weights_backbone=None, num_classes=1 + num_classes
        )
        set_norm(self.net.backbone, norm)
        set_norm(self.net.classifier, Norm.GROUP if norm is Norm.GROUP else Norm.BATCH)

    def forward(self, x: Tensor) -> Tensor:
        """Logits of a normalised batch, at its own size."""
        return self.net(x)["out"]


class LiteSegmenter(Family):
    """LR-ASPP, whose backbone is MobileNet v3's features."""

    class_layers = ("net.classifier.low_classifier.", "net.classifier.high_classifier.")
    whole_prefix = "net."

    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """An ``LRASPP``."""
        return LRASPP(num_classes, norm_of_classifier(config))

    def backbone(self, card: ModelCard) -> str:
        """The features."""
        return "net.backbone."

    def within_backbone(self, card: ModelCard) -> str:
        """The classifier's features only."""
        return features_of(card)
