"""torchvision's classifiers with a last layer for the user's classes."""

from __future__ import annotations

from collections.abc import Mapping
from math import isqrt

from torch import Tensor, nn
from torchvision.models.vision_transformer import interpolate_embeddings

from studio.learning.catalogue import ModelCard
from studio.learning.catalogue.published import WeightsSource
from studio.learning.config import TrainConfig
from studio.learning.models.architectures import AUXILIARY, class_layers, classifier
from studio.learning.models.family import Family, norm_of_classifier
from studio.learning.models.norms import set_norm
from studio.learning.pretrained.loading import Placement
from studio.learning.pretrained.state_keys import POSITIONS


class Classifier(Family):
    """(B, 3, S, S), normalised with ImageNet's mean and deviation, to (B, C) logits.

    In training, GoogLeNet and Inception give theirs with those of auxiliary heads
    (``auxiliary.total_loss``).
    """

    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """torchvision's network, with as many outputs as there are classes."""
        model = classifier(card.name, num_classes, config.image_size)
        set_norm(model, norm_of_classifier(config))
        return model

    def backbone(self, card: ModelCard) -> str:
        """Everything, except what ``is_backbone`` leaves out."""
        return ""

    def is_backbone(self, card: ModelCard, parameter: str) -> bool:
        """All but the last layer and the auxiliary heads."""
        return not parameter.startswith((*class_layers(card.name), *AUXILIARY))

    def placement(self, card: ModelCard, source: WeightsSource) -> Placement:
        """Every key but the last layer's, under its own name; auxiliary heads where they are."""
        return Placement(fresh=(*class_layers(card.name), *AUXILIARY), norm_eps=source.norm_eps)

    def fitted(self, model: nn.Module, state: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
        """A vision transformer's places in pictures of another size, interpolated."""
        positions = model.state_dict().get(POSITIONS)
        if positions is None or POSITIONS not in state:
            return state
        image_size: int = model.image_size  # type: ignore[assignment]
        patch_size: int = model.patch_size  # type: ignore[assignment]
        places = state[POSITIONS].shape[1] - 1
        if places != isqrt(places) ** 2:
            return state  # no square picture: refused for its shape
        return interpolate_embeddings(image_size, patch_size, dict(state))  # type: ignore[arg-type]
