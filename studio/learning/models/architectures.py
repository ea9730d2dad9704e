"""torchvision's classifiers as they are built here, and which of their layers are the user's."""

from __future__ import annotations

from functools import cache
from typing import Any

import torchvision
from accelerate import init_empty_weights
from torch import Tensor, nn
from torchvision.models import MNASNet

from studio.learning.spec import MEAN, STD

AUXILIARY = ("aux1.", "aux2.", "AuxLogits.")
"""First parts of the names of heads that help GoogLeNet and Inception in training only."""

INCEPTION_AUXILIARY_PX = 299
"""In smaller pictures the features are too few for Inception's auxiliary head."""

HALF_NORMALISED = ("efficientnet_v2_l",)
"""Networks whose weights saw pictures of -1 to 1. GoogLeNet and Inception see to it themselves."""

MARKED = 1009
"""A number of classes that no other layer has as its size: it is prime."""


def classifier(name: str, num_classes: int, image_size: int = 0) -> nn.Module:
    """A classifier with random weights: (B, 3, S, S) of ImageNet's mean and deviation to logits.

    ``image_size`` is S in pixels, 0 the one that the network was made for; few networks depend
    on it. Published weights fit in, apart from the class layers.
    """
    model = torchvision.models.get_model(
        name, weights=None, num_classes=num_classes, **_options(name, image_size)
    )
    if isinstance(model, MNASNet):
        model.__class__ = _PresentMNASNet
    if name in HALF_NORMALISED:
        model.register_forward_pre_hook(half_normalised)
    return model


def _options(name: str, image_size: int) -> dict[str, Any]:
    match name.partition("_")[0]:
        case "googlenet":
            return {"aux_logits": True, "transform_input": True, "init_weights": True}
        case "inception":
            helped = not image_size or image_size >= INCEPTION_AUXILIARY_PX
            return {"aux_logits": helped, "transform_input": True, "init_weights": True}
        case "vit" if image_size:
            return {"image_size": image_size}
        case "maxvit" if image_size:
            return {"input_size": (image_size, image_size)}
        case _:
            return {}


@cache
def skeleton(name: str) -> nn.Module:
    """A classifier of ``MARKED`` classes whose tensors have shapes and take no memory."""
    with init_empty_weights():
        return classifier(name, MARKED).to("meta")


@cache
def class_layers(name: str) -> tuple[str, ...]:
    """What the names of the parameters begin with that belong to the user's classes.

    They are found by their size, so that a network needs no word here about its last layer.
    """
    shapes = {key: value.shape for key, value in skeleton(name).named_parameters()}
    layers = (key.rpartition(".")[0] for key, shape in shapes.items() if shape[0] == MARKED)
    return tuple(f"{layer}." for layer in dict.fromkeys(layers))


def half_normalised(_: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Pictures of ImageNet's mean and deviation as pictures of -1 to 1: a hook before a model."""
    images, *others = inputs
    mean = images.new_tensor(MEAN).view(3, 1, 1)
    std = images.new_tensor(STD).view(3, 1, 1)
    return (images * std + mean) * 2 - 1, *others


class _PresentMNASNet(MNASNet):
    """Takes a state without torch's notes for one of torchvision's present version."""

    def _load_from_state_dict(
        self, state: dict[str, Tensor], prefix: str, notes: dict[str, Any], *others: Any
    ) -> None:
        super()._load_from_state_dict(state, prefix, notes | {"version": 2}, *others)
