"""From a configuration to a model, its first weights and its learning rates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from torch import nn

from studio.errors import ConfigError
from studio.learning import catalogue, freezing
from studio.learning.choices import Loss
from studio.learning.config import TrainConfig, Weights
from studio.learning.models import keypoint_rcnn
from studio.learning.models.families import FAMILIES
from studio.learning.pretrained import weights
from studio.learning.pretrained.loading import LoadReport, load_into, load_state

BACKBONE = "backbone"

UNDECAYED = (
    "class_token", "pos_embedding", "relative_position_bias_table", "layer_scale", "logit_scale",
)  # fmt: skip
"""Last parts of the names of parameters that are no weights, though they have several axes."""


def build(
    config: TrainConfig,
    num_classes: int,
    num_places: int = 0,
    *,
    pretrained: bool = True,
    weights_folder: Path | None = None,
) -> tuple[nn.Module, LoadReport]:
    """The model of ``config`` for ``num_classes`` classes, and what was loaded into it.

    For keypoints, ``num_places`` says how many points an object has at most.

    Its structure depends on ``config`` alone. ``pretrained=False`` leaves it with random weights
    because a checkpoint follows; ``config.weights`` says whether a new run starts from them.
    New layers take their values from torch's global generator: seed it first. Inputs and
    outputs by task, S, H and W being pixels:

    - classify: (B, 3, S, S) normalised with ImageNet's mean and deviation -> (B, C) logits;
    - segment: (B, 3, H, W) normalised likewise -> (B, 1 + C, H, W) logits, 0 is background;
    - detect, instances, keypoints: torchvision's detection interface over lists of (3, H, W) RGB
      in 0..1, already resized; labels are 1..C.

    Raises:
        ConfigError: the model does not exist, the image size is too small for it, it cannot be
            trained with ``loss``, or it has no layers as ``freeze`` names them.
        WeightsMissing: pretrained weights are wanted and are not on this computer.
        WeightsUnusable: the file found does not hold this model's weights.
    """
    card = catalogue.card(config.task, config.model)
    card.require_size(config.image_size)
    family = FAMILIES[card.family]
    if config.loss is Loss.GIOU and not card.takes_giou:
        raise ConfigError(
            "{model} cannot be trained with GIoU (giou); its loss is its own.", model=card.name
        )
    if not pretrained or config.weights is Weights.SCRATCH:
        model = keypoint_rcnn.with_places(family.build(card, config, num_classes), num_places)
        return _prepared(model, config), LoadReport()
    found = weights.require(card, weights_folder)
    state = load_state(found.path)
    model = keypoint_rcnn.with_places(family.build(card, config, num_classes), num_places)
    state = family.fitted(model, state)
    report = load_into(model, state, family.placement(card, found.source), found.path)
    whole = found.source.architecture == card.name
    report = replace(report, pretraining=found.source.pretraining, whole=whole)
    return _prepared(model, config), report


def _prepared(model: nn.Module, config: TrainConfig) -> nn.Module:
    freezing.freeze(model, config)
    freezing.set_dropout(model, config)
    return model


def parameter_groups(model: nn.Module, config: TrainConfig) -> list[dict[str, Any]]:
    """Optimizer groups, each with ``name``, ``params``, ``lr`` and ``weight_decay``.

    Layers of the backbone learn at ``lr * backbone_lr_factor``, the others (and everything, in
    a run from scratch) at ``lr``. Normalisation, biases and places have no weight decay. Order and
    membership depend on ``config`` alone. ``model`` must not be wrapped yet.
    """
    card = catalogue.card(config.task, config.model)
    family = FAMILIES[card.family]
    scratch = config.weights is Weights.SCRATCH
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            is_backbone = not scratch and family.is_backbone(card, name)
            decays = parameter.ndim > 1 and not name.endswith(UNDECAYED)
            groups.setdefault((is_backbone, decays), []).append(parameter)
    return [
        {
            "name": (BACKBONE if is_backbone else "head") + ("" if decays else ", no decay"),
            "params": parameters,
            "lr": config.lr * (config.backbone_lr_factor if is_backbone else 1.0),
            "weight_decay": config.weight_decay if decays else 0.0,
        }
        for (is_backbone, decays), parameters in sorted(groups.items())
    ]


def is_backbone_group(group: Mapping[str, Any]) -> bool:
    """Whether an optimizer's group is one of the backbone's."""
    return str(group.get("name", "")).startswith(BACKBONE)
