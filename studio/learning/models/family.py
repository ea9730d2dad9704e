"""What the registry must know of a kind of architecture."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

from torch import Tensor, nn

from studio.learning.catalogue import ModelCard
from studio.learning.catalogue.published import WeightsSource
from studio.learning.choices import SMALLEST_LIVE_BATCH, BatchNorm, Weights
from studio.learning.config import TrainConfig
from studio.learning.models.norms import Norm
from studio.learning.pretrained.loading import Placement


class Family(ABC):
    """How architectures that are alike are built, and what belongs where in them.

    Inputs and outputs are as ``registry.build`` says for the card's task.
    """

    class_layers: tuple[str, ...] = ()
    """First parts of the names of layers whose size depends on the user's classes."""

    whole_prefix: str = ""
    """What stands before the names that a published file of the whole architecture has."""

    @abstractmethod
    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """The architecture with random weights; its structure depends on ``config`` alone.

        New layers take their values from torch's global generator.
        """

    @abstractmethod
    def backbone(self, card: ModelCard) -> str:
        """What the names of the backbone's parameters begin with."""

    def is_backbone(self, card: ModelCard, parameter: str) -> bool:
        """Whether a parameter, by its name, was learned before by a pretrained network."""
        return parameter.startswith(self.backbone(card))

    def placement(self, card: ModelCard, source: WeightsSource) -> Placement:
        """How the keys of a file of ``source`` map to the model of ``card``."""
        eps = source.norm_eps
        if source.architecture == card.name:
            return Placement(target=self.whole_prefix, fresh=self.class_layers, norm_eps=eps)
        prefix = self.backbone(card)
        inner = self.within_backbone(card)
        return Placement(source=inner, target=prefix, required=prefix, norm_eps=eps)

    def fitted(self, model: nn.Module, state: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
        """A file's ``state`` in the sizes of ``model``, where these follow the configuration."""
        return state

    def within_backbone(self, card: ModelCard) -> str:
        """The part of the published backbone that the model keeps; "" is all of it."""
        return ""


def norm_of_classifier(config: TrainConfig) -> Norm:
    """For networks that look at many images at once, and for segmenters on top of them."""
    few = config.batch_size < SMALLEST_LIVE_BATCH
    if config.weights is Weights.SCRATCH:
        return Norm.GROUP if few else Norm.BATCH
    match config.batch_norm:
        case BatchNorm.AUTO:
            return Norm.STEADY if few else Norm.BATCH
        case BatchNorm.PRETRAINED:
            return Norm.STEADY
        case BatchNorm.BATCH:
            return Norm.BATCH


def norm_of_detector(config: TrainConfig) -> Norm:
    """For detectors, which see few images at once, and large ones."""
    return Norm.GROUP if config.weights is Weights.SCRATCH else Norm.FROZEN


def norm_of_heads(config: TrainConfig) -> Norm:
    """For normalisation above a detector's backbone, and for detectors that see many images.

    Where no trained statistics are found, ``Norm.STEADY`` leaves only what it learns: a scale and
    a shift of each channel, much like the older heads that have no normalisation.
    """
    return Norm.GROUP if config.weights is Weights.SCRATCH else norm_of_classifier(config)


def features_of(card: ModelCard) -> str:
    """Where a classifier of torchvision keeps the layers that a detector takes from it."""
    return "features." if card.backbone.startswith("mobilenet") else ""
