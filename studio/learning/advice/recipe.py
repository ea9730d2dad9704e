"""Automatic choices, each with its reason.

What the user chose stands; everything else follows from the pictures, the machine and the
weights that are here. On a CPU the picture size and the epochs are cut to a bearable time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from studio.domain.runs import Task
from studio.errors import Sentence, say
from studio.learning import catalogue
from studio.learning.advice import refinements, sizing, tile_sizing, yolox_recipe
from studio.learning.advice.costs import Machine
from studio.learning.advice.decisions import Decisions
from studio.learning.advice.sizing import Job
from studio.learning.catalogue import ModelCard
from studio.learning.catalogue.published import Pretraining
from studio.learning.config import Augmentation, Optimizer, TrainConfig, Weights
from studio.learning.data import tiling
from studio.learning.readiness.dataset import Readiness

PREFERRED: Mapping[tuple[Task, bool], tuple[str, ...]] = {
    (Task.CLASSIFY, False): (
        "mobilenet_v3_large", "mobilenet_v2", "mobilenet_v3_small", "resnet18", "squeezenet1_1",
    ),
    (Task.CLASSIFY, True): (
        "mobilenet_v3_large", "mobilenet_v2", "resnet18", "mobilenet_v3_small", "squeezenet1_1",
    ),
    (Task.DETECT, False): (
        "fasterrcnn_mobilenet_v2_fpn", "yolox_s", "yolox_tiny",
        "fasterrcnn_mobilenet_v3_large_fpn", "yolox_nano", "ssdlite320_mobilenet_v3_large",
        "fasterrcnn_resnet50_fpn",
    ),
    (Task.DETECT, True): (
        "fasterrcnn_resnet50_fpn_v2", "yolox_s", "fasterrcnn_resnet50_fpn",
        "fasterrcnn_mobilenet_v2_fpn", "yolox_tiny", "fasterrcnn_mobilenet_v3_large_fpn",
        "yolox_nano", "ssdlite320_mobilenet_v3_large",
    ),
    (Task.INSTANCES, False): (
        "maskrcnn_mobilenet_v3_large_fpn", "maskrcnn_mobilenet_v2_fpn", "maskrcnn_resnet50_fpn",
    ),
    (Task.INSTANCES, True): (
        "maskrcnn_resnet50_fpn_v2", "maskrcnn_resnet50_fpn", "maskrcnn_mobilenet_v3_large_fpn",
        "maskrcnn_mobilenet_v2_fpn",
    ),
    (Task.SEGMENT, False): (
        "unet_mobilenet_v3_large", "unet_mobilenet_v2", "lraspp_mobilenet_v3_large",
        "unet_mobilenet_v3_small", "unet_resnet18", "unet_efficientnet_b0", "unet_squeezenet1_1",
        "unet_resnet50",
    ),
    (Task.SEGMENT, True): (
        "unet_resnet50", "unet_resnet18", "unet_efficientnet_b0", "unet_mobilenet_v3_large",
        "unet_mobilenet_v2", "lraspp_mobilenet_v3_large", "unet_mobilenet_v3_small",
        "unet_squeezenet1_1",
    ),
    (Task.KEYPOINTS, False): (
        "keypointrcnn_mobilenet_v3_large_fpn", "keypointrcnn_mobilenet_v2_fpn",
        "keypointrcnn_resnet50_fpn",
    ),
    (Task.KEYPOINTS, True): (
        "keypointrcnn_resnet50_fpn", "keypointrcnn_mobilenet_v3_large_fpn",
        "keypointrcnn_mobilenet_v2_fpn",
    ),
}  # fmt: skip
"""Models by task and by whether there is a graphics card, best first. The small network that
ships with the program is taken when the weights of none of them are here."""

USUAL_SGD_LR = 0.0025
SGD_LR = {"dense": 0.00125, "ssd": 0.000125}
"""Rate of SGD for each image of a batch, for a detector of two stages and for other families:
twice that of torchvision's training on COCO, since far fewer steps are taken."""

LARGE_PART = 0.25
"""Objects from this part of the picture's longer side need no fine features."""

OF_ADAMW: Mapping[Optimizer, float] = {
    Optimizer.ADAM: 1.0,
    Optimizer.RMSPROP: 0.1,
    Optimizer.ADAGRAD: 10.0,
}
"""Learning rates as parts of AdamW's: RMSprop's momentum adds up ten steps, Adagrad's steps
shrink. Their weight decay is a part of the gradient, which a little of it is enough for."""

SPELLED: Mapping[Optimizer, str] = {
    Optimizer.ADAMW: "AdamW",
    Optimizer.SGD: "SGD",
    Optimizer.ADAM: "Adam",
    Optimizer.RMSPROP: "RMSprop",
    Optimizer.ADAGRAD: "Adagrad",
}
"""Their authors' spelling."""

MOST_WARMUP = 500
"""Steps after which a longer warm-up gains nothing."""

MANY_IMAGES = 5000
"""From here on the pictures vary enough by themselves."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A complete configuration, and the reason of each choice by its field.

    ``minutes`` is a rough estimate of the longest it takes on a CPU; 0 with a graphics card.
    """

    config: TrainConfig
    reasons: Mapping[str, Sentence]
    minutes: float = 0.0


def advise(
    task: Task,
    readiness: Readiness,
    machine: Mapping[str, Any],
    weights_present: Callable[[str], bool],
    overrides: Mapping[str, Any],
) -> Advice:
    """Decide every setting of a run.

    ``machine`` is what ``devices.facts`` tells ({} while unknown: a CPU is assumed);
    ``weights_present`` answers for a model's name; ``overrides`` are the user's choices by
    field, as text or values.

    Raises:
        ConfigError: a choice of the user is unknown or cannot work.
    """
    start = TrainConfig(task, PREFERRED[task, False][0]).changed(overrides)
    decided = Decisions(start, frozenset(overrides))
    hardware = Machine.of(machine, start.device)
    decided.settle("device", start.device, _device_reason(hardware))
    decided.settle("model", *_model(task, readiness, hardware, weights_present, start.weights))
    card = catalogue.card(task, decided.config.model)
    decided.settle("weights", Weights.PRETRAINED, card.origin)
    scratch = decided.config.weights is Weights.SCRATCH
    job = Job(task, card, readiness, hardware, scratch, tiling.side_px(start))
    decided.settle("image_size", *sizing.image_size(job))
    card.require_size(decided.config.image_size)
    decided.settle("tile_size", *tile_sizing.tile_size(job, decided.config.image_size))
    job = replace(job, tile_px=tiling.side_px(decided.config))
    decided.settle("batch_size", *sizing.batch_size(job))
    config = decided.config
    decided.settle("epochs", *sizing.epochs(job, config.image_size, config.batch_size))
    _settle_rates(decided, card)
    _settle_schedule(decided, job)
    refinements.settle(decided, readiness, hardware, is_small=job.is_small)
    yolox_recipe.settle(decided, card, job.shown_images)
    refinements.settle_momentum(decided)
    config = decided.config
    minutes = 0.0
    if not hardware.is_fast:
        minutes = job.epoch_s(config.image_size) * config.train_part * config.epochs / 60
    return Advice(config, decided.reasons, minutes)


def _device_reason(machine: Machine) -> Sentence:
    if machine.is_fast:
        return say("There is a graphics card.")
    if machine.unused_gpu:
        return say(
            "The processor: there is a graphics card, {name}, but this build of PyTorch cannot "
            "use it.",
            name=machine.unused_gpu,
        )
    return say("The processor: there is no graphics card that can be used.")


def _model(
    task: Task,
    data: Readiness,
    machine: Machine,
    weights_present: Callable[[str], bool],
    weights: Weights,
) -> tuple[str, Sentence]:
    """The architecture and the reason for it."""
    names = list(PREFERRED[task, machine.is_fast])
    if task is Task.DETECT and not machine.is_fast and _has_only_large_objects(data):
        names.sort(key=lambda name: name not in sizing.COARSE)
    if weights is Weights.SCRATCH:
        return _small(task).name, say(
            "The smallest network: where nothing was learned before, it learns the soonest."
        )
    here = [name for name in names if weights_present(name)]
    if here:
        return here[0], _reason_of(catalogue.card(task, here[0]), machine, first=names[0])
    if weights_present(_small(task).name):
        return _small(task).name, say(
            "The only one whose weights are on this computer; for photographs, choose another "
            "and let its weights be downloaded."
        )
    return names[0], say("A good start for this task; its weights will be downloaded.")


def _small(task: Task) -> ModelCard:
    return next(card for card in catalogue.cards(task) if card.backbone == catalogue.SMALL)


def _has_only_large_objects(data: Readiness) -> bool:
    return bool(data.object_part) and data.object_part[0] >= LARGE_PART


def _reason_of(card: ModelCard, machine: Machine, first: str) -> Sentence:
    if card.name != first:
        return say("The best for this task whose weights are on this computer.")
    if machine.is_fast:
        return say("The most accurate for this task that suits a graphics card.")
    return say("Accurate, quick without a graphics card, and its weights are here.")


def _settle_rates(decided: Decisions, card: ModelCard) -> None:
    """Optimizer, learning rates and weight decay, fitting each other."""
    config = decided.config
    finds = config.task.finds
    small = card.pretraining is Pretraining.SHAPES
    whole = finds and card.whole and config.weights is Weights.PRETRAINED
    decided.settle(
        "optimizer",
        Optimizer.SGD if whole else Optimizer.ADAMW,
        say("What this detector was trained with.")
        if whole
        else say("Learns quickly at many learning rates."),
    )
    optimizer = decided.config.optimizer
    if optimizer is Optimizer.SGD and finds:
        lr, factor, decay = SGD_LR.get(card.family, USUAL_SGD_LR) * config.batch_size, 1.0, 5e-4
        reason = say("The usual rate of SGD for this batch size.")
    elif optimizer is Optimizer.SGD:
        lr, factor, decay = 0.01, 0.1, 5e-4
        reason = _usual_rate(config)
    elif small:
        lr, factor, decay = 3e-3, 0.5, 1e-2
        if config.task is Task.CLASSIFY:
            lr, factor = 2e-3, 0.3
        reason = say("A small network can take large steps.")
    elif finds:
        lr, factor, decay = 5e-4, 0.3, 1e-2
        reason = _usual_rate(config)
    else:
        lr, factor, decay = 1e-3, 0.1 if config.task is Task.CLASSIFY else 0.3, 0.05
        reason = _usual_rate(config)
    if optimizer in OF_ADAMW:
        lr, decay = lr * OF_ADAMW[optimizer], min(decay, 1e-4)
        reason = say(
            "What {optimizer} needs to take steps as large as AdamW's.",
            optimizer=SPELLED[optimizer],
        )
    refinements.settle_rates(decided, lr, factor, decay, reason)


def _usual_rate(config: TrainConfig) -> Sentence:
    optimizer = SPELLED[config.optimizer]
    if config.weights is Weights.SCRATCH:
        return say("The usual rate of {optimizer}.", optimizer=optimizer)
    return say(
        "The usual rate of {optimizer} where most of the model has learned before.",
        optimizer=optimizer,
    )


def _settle_schedule(decided: Decisions, job: Job) -> None:
    """Warm-up, early stopping, augmentation and label smoothing."""
    config, data = decided.config, job.data
    steps = config.epochs * max(1, ceil(job.shown_images / config.batch_size))
    decided.settle(
        "warmup_steps",
        min(MOST_WARMUP, max(5, steps // 10)),
        say("Enough for the first, rough steps to settle.")
        if steps // 10 > MOST_WARMUP or config.weights is Weights.SCRATCH
        else say("The first tenth of the steps, so that new layers do not upset trained ones."),
    )
    patience = min(10, max(6, config.epochs // 2))  # the last epochs of a short run matter
    decided.settle(
        "patience",
        patience,
        say("Stops when {count} epochs bring nothing; the best one is kept.", count=patience),
    )
    decided.settle("augmentation", *_augmentation(data, job.is_small))
    smoothing = 0.1 if config.task is Task.CLASSIFY and not data.multi_label else 0.0
    decided.settle(
        "label_smoothing",
        smoothing,
        say("A few wrong tags do less harm.") if smoothing else say("Of no use for this task."),
    )


def _augmentation(data: Readiness, is_small: bool) -> tuple[Augmentation, Sentence]:
    if data.train_images >= MANY_IMAGES:
        return Augmentation.LIGHT, say("The pictures vary enough by themselves.")
    if is_small:
        return Augmentation.LIGHT, say(
            "A small network learns faster from lightly varied pictures."
        )
    return Augmentation.MEDIUM, say("Flips, crops and colours make more of few pictures.")
