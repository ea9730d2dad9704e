"""RetinaNet and FCOS: detectors that answer at every place of a feature pyramid, in one stage."""

from __future__ import annotations

from typing import Any

import torchvision
from torch import Tensor, nn

from studio.learning.catalogue import ModelCard
from studio.learning.config import TrainConfig
from studio.learning.models.exact_boxes import with_exact_boxes
from studio.learning.models.family import Family, norm_of_detector
from studio.learning.models.norms import Norm, set_norm
from studio.learning.models.rcnn import MOST_OBJECTS, freeze_first_stages
from studio.learning.models.resized import AlreadyResized

LEAST_SCORE = 0.05
"""As RetinaNet's; FCOS's own 0.2 would cut its recall."""


class WithoutBackground(AlreadyResized):
    """Drops what is found of class 0, which torchvision's one-stage heads have and never teach."""

    def postprocess(
        self,
        result: list[dict[str, Tensor]],
        image_shapes: list[tuple[int, int]],
        original_image_sizes: list[tuple[int, int]],
    ) -> list[dict[str, Tensor]]:
        """Give back the other predictions as they are."""
        return [
            {name: value[found["labels"] > 0] for name, value in found.items()} for found in result
        ]


class DenseDetector(Family):
    """RetinaNet and FCOS on a ResNet, as torchvision publishes them.

    The bias of new class layers is the prior of the focal loss (Lin et al. 2017), a hundredth, so
    that the many empty places do not drown the first steps; torchvision sets it.
    """

    class_layers = ("head.classification_head.cls_logits.",)

    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """The detector, its backbone normalised as any detector's; the heads have GroupNorm."""
        return build(card.name, num_classes, norm_of_detector(config))

    def backbone(self, card: ModelCard) -> str:
        """The network below the pyramid."""
        return "backbone.body."


def build(name: str, num_classes: int, norm: Norm) -> nn.Module:
    """A one-stage detector with labels 1 to ``num_classes``, for pictures already resized."""
    model: Any = torchvision.models.get_model(
        name,
        weights=None,
        weights_backbone=None,
        num_classes=1 + num_classes,
        score_thresh=LEAST_SCORE,
        detections_per_img=MOST_OBJECTS,
    )
    model.transform = WithoutBackground()
    set_norm(model.backbone.body, norm)
    if norm is Norm.FROZEN:
        freeze_first_stages(model.backbone.body)
    return with_exact_boxes(model)
