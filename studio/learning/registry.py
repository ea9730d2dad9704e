"""From a configuration to a model, its first weights and its learning rates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from torch import nn

from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.learning import catalogue, weights
from studio.learning.backbones import Pretraining, WeightsSource
from studio.learning.catalogue import SMALL, ModelCard
from studio.learning.config import TrainConfig, Weights
from studio.learning.models import classify, lraspp, rcnn, small, ssdlite, unet
from studio.learning.models.norms import Norm
from studio.learning.pretrained import LoadReport, Placement, load_into, load_state

SMALLEST_LIVE_BATCH = 8
"""Below this many images a batch's own statistics are noise."""


def build(
    config: TrainConfig,
    num_classes: int,
    *,
    pretrained: bool = True,
    weights_folder: Path | None = None,
) -> tuple[nn.Module, LoadReport]:
    """The model of ``config`` for ``num_classes`` classes, and what was loaded into it.

    Its structure depends on ``config`` alone. ``pretrained=False`` leaves it with random weights
    because a checkpoint follows; ``config.weights`` says whether a new run starts from them.
    New layers take their values from torch's global generator: seed it first. Inputs and
    outputs by task, S, H and W being pixels:

    - classify: (B, 3, S, S) normalised with ImageNet's mean and deviation -> (B, C) logits;
    - segment: (B, 3, H, W) normalised likewise -> (B, 1 + C, H, W) logits, 0 is background;
    - detect, instances: torchvision's detection interface over lists of (3, H, W) RGB in 0..1,
      already resized; labels are 1..C.

    Raises:
        ConfigError: the model does not exist or the image size is too small for it.
        WeightsMissing: pretrained weights are wanted and are not on this computer.
        WeightsUnusable: the file found does not hold this model's weights.
    """
    card = catalogue.card(config.task, config.model)
    if config.image_size < card.min_image_size:
        raise ConfigError(
            "{model} needs images of at least {least} pixels; image_size is {size}.",
            model=card.name,
            least=card.min_image_size,
            size=config.image_size,
        )
    if not pretrained or config.weights is Weights.SCRATCH:
        return _construct(card, config, num_classes), LoadReport()
    found = weights.require(card, weights_folder)
    state = load_state(found.path)
    model = _construct(card, config, num_classes)
    report = load_into(model, state, _placement(card, found.source), found.path)
    whole = found.source.architecture == card.name
    return model, replace(report, pretraining=found.source.pretraining, whole=whole)


def parameter_groups(model: nn.Module, config: TrainConfig) -> list[dict[str, Any]]:
    """Optimizer groups, each with ``name``, ``params``, ``lr`` and ``weight_decay``.

    Layers of the backbone learn at ``lr * backbone_lr_factor``, the others (and everything, in
    a run from scratch) at ``lr``. Normalisation and biases have no weight decay. Order and
    membership depend on ``config`` alone. ``model`` must not be wrapped yet.
    """
    prefix = _backbone_prefix(catalogue.card(config.task, config.model))
    scratch = config.weights is Weights.SCRATCH
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            is_backbone = not scratch and _is_backbone(name, prefix)
            groups.setdefault((is_backbone, parameter.ndim > 1), []).append(parameter)
    return [
        {
            "name": ("backbone" if is_backbone else "head") + ("" if decays else ", no decay"),
            "params": parameters,
            "lr": config.lr * (config.backbone_lr_factor if is_backbone else 1.0),
            "weight_decay": config.weight_decay if decays else 0.0,
        }
        for (is_backbone, decays), parameters in sorted(groups.items())
    ]


def _construct(card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
    if card.backbone == SMALL:
        return _construct_small(card.task, config, num_classes)
    norm = _norm(config)
    match card.task:
        case Task.CLASSIFY:
            return classify.build(card.name, num_classes, norm)
        case Task.DETECT if card.name.startswith("ssdlite"):
            return ssdlite.build(num_classes, config.image_size, norm)
        case Task.DETECT:
            return rcnn.build_detector(card.name, card.backbone, num_classes, norm)
        case Task.INSTANCES:
            return rcnn.build_instances(card.name, card.backbone, num_classes, norm)
        case Task.SEGMENT if card.name.startswith("lraspp"):
            return lraspp.LRASPP(num_classes, norm)
        case Task.SEGMENT:
            return unet.UNet(card.backbone, num_classes, norm)


def _construct_small(task: Task, config: TrainConfig, num_classes: int) -> nn.Module:
    match task:
        case Task.CLASSIFY:
            return small.build_classifier(num_classes)
        case Task.DETECT:
            return small.build_detector(num_classes, config.image_size)
        case Task.INSTANCES:
            return small.build_instances(num_classes, config.image_size)
        case Task.SEGMENT:
            return small.build_segmenter(num_classes)


def _norm(config: TrainConfig) -> Norm:
    detector = config.task in (Task.DETECT, Task.INSTANCES)
    few = config.batch_size < SMALLEST_LIVE_BATCH
    if config.weights is Weights.SCRATCH:
        return Norm.GROUP if detector or few else Norm.BATCH
    if detector and not config.model.startswith("ssdlite"):
        return Norm.FROZEN
    return Norm.STEADY if few else Norm.BATCH


def _backbone_prefix(card: ModelCard) -> str:
    """Where the backbone's parameters are; ``!`` before the prefix of what is not backbone."""
    if card.backbone == SMALL:
        return "backbone."
    match card.task:
        case Task.CLASSIFY:
            return "!" + classify.HEADS[card.name]
        case Task.DETECT if card.name.startswith("ssdlite"):
            return "backbone."
        case Task.DETECT | Task.INSTANCES:
            return "backbone.body."
        case Task.SEGMENT if card.name.startswith("lraspp"):
            return "net.backbone."
        case Task.SEGMENT:
            return "encoder."


def _is_backbone(name: str, prefix: str) -> bool:
    if prefix.startswith("!"):
        return not name.startswith(prefix[1:])
    return name.startswith(prefix)


def _placement(card: ModelCard, source: WeightsSource) -> Placement:
    """How the keys of a file of ``source`` map to the model of ``card``."""
    prefix = _backbone_prefix(card)
    eps = None if source.pretraining is Pretraining.SHAPES else source.norm_eps
    if card.task is Task.CLASSIFY and card.backbone != SMALL:
        return Placement(fresh=(prefix[1:],), norm_eps=eps)
    if source.architecture == card.name and card.backbone != SMALL:
        return Placement(
            target="net." if card.name.startswith("lraspp") else "",
            fresh=_CLASS_LAYERS,
            norm_eps=eps,
        )
    inner = "features." if _keeps_features_only(card) else ""
    return Placement(source=inner, target=prefix, required=prefix, norm_eps=eps)


_CLASS_LAYERS = (
    "roi_heads.box_predictor.",
    "roi_heads.mask_predictor.mask_fcn_logits.",
    "head.classification_head.",
    "net.classifier.low_classifier.",
    "net.classifier.high_classifier.",
)
"""Layers of whole COCO models whose size depends on the user's classes."""


def _keeps_features_only(card: ModelCard) -> bool:
    """Whether the model holds the backbone's ``features``, not the backbone itself."""
    return card.backbone.startswith("mobilenet") and not card.name.startswith("unet_")
