"""The finer settings of a recipe, which most users need not know, each with its reason."""

from __future__ import annotations

from studio.domain.places import tell_sides
from studio.domain.runs import Task
from studio.errors import Sentence, say
from studio.learning import catalogue
from studio.learning.advice.costs import Machine
from studio.learning.advice.decisions import Decisions
from studio.learning.choices import (
    LOSSES,
    SMALLEST_LIVE_BATCH,
    BatchNorm,
    ClassWeights,
    Compile,
    Loss,
    Optimizer,
    Sampling,
    Schedule,
    Weights,
)
from studio.learning.config import TrainConfig
from studio.learning.data.variation import NAMES, names, preset
from studio.learning.readiness.dataset import Readiness

SKEWED = 5
"""From this many times as many images of the commonest class as of the rarest on, rare classes
are shown more often."""

SETTLED = frozenset({
    "momentum", "nesterov", "schedule", "head_epochs", "freeze", "clip_norm", "min_epochs", "loss",
    "focal_gamma", "class_weights", "sampling", "dropout", "batch_norm", "ema", "ema_decay",
    "micro_batch", "mixed_precision", "compile", "mosaic", "deterministic", "workers",
    "val_fraction", "train_part", "tensorboard", "seed",
})  # fmt: skip
"""What is decided here for every task, beside how images are varied."""

OWN_STATISTICS = 2000
"""With fewer training images, a classifier's pretrained statistics are the better ones (measured
on 244 of ants and bees: they keep the 5 points of accuracy that statistics of their own cost)."""

LONG_RUN = 10
"""Epochs of which one may be spent on the new layers alone."""


def settle(decided: Decisions, data: Readiness, machine: Machine, *, is_small: bool) -> None:
    """Decide what the rest of the recipe left open; ``is_small`` is said of the small network."""
    _settle_steps(decided, is_small=is_small)
    _settle_loss(decided, data)
    _settle_weights(decided, data)
    _settle_machine(decided, machine)
    _settle_images(decided, data)


def is_worth_telling(config: TrainConfig, name: str) -> bool:
    """Whether a setting is other than usual, so that who did not ask for it should hear of it."""
    if name in names(config.task):
        return config.task is Task.KEYPOINTS and name == "flip_horizontal"
    return name not in SETTLED or getattr(config, name) != getattr(_usual(config), name)


def applies(config: TrainConfig, name: str) -> bool:
    """Whether a setting has any effect beside the others."""
    match name:
        case "momentum":
            return config.optimizer in (Optimizer.SGD, Optimizer.RMSPROP)
        case "nesterov":
            return config.optimizer is Optimizer.SGD
        case "head_epochs" | "backbone_lr_factor" | "batch_norm":
            return config.weights is Weights.PRETRAINED
        case "focal_gamma":
            return config.loss is Loss.FOCAL
        case "loss":
            return len(LOSSES[config.task]) > 1 and _takes_other_losses(config)
        case "class_weights":
            return Loss.CE in LOSSES[config.task]
        case "label_smoothing":
            return config.task is Task.CLASSIFY
        case "tile_size":
            return config.task is not Task.CLASSIFY
        case "mosaic":
            return config.task in (Task.DETECT, Task.INSTANCES)
        case "ema_decay":
            return config.ema
        case "min_epochs":
            return config.patience > 0
        case _ if name in NAMES:
            return name in names(config.task)
        case _:
            return True


def _takes_other_losses(config: TrainConfig) -> bool:
    return config.task is not Task.DETECT or catalogue.card(config.task, config.model).takes_giou


def _usual(config: TrainConfig) -> TrainConfig:
    return TrainConfig(config.task, config.model)


def settle_rates(
    decided: Decisions, lr: float, backbone_part: float, weight_decay: float, reason: Sentence
) -> None:
    """Decide the rate of new layers, the part of it that trained ones get, and the decay."""
    decided.settle("lr", lr, reason)
    if decided.config.weights is Weights.SCRATCH:
        of_backbone = say("No layer was trained before.")
    elif backbone_part == 1:
        of_backbone = say("All layers learn at one rate with this optimizer.")
    else:
        of_backbone = say("Trained layers move less than new ones.")
    decided.settle("backbone_lr_factor", backbone_part, of_backbone)
    decided.settle("weight_decay", weight_decay, say("Goes with the optimizer."))


def settle_momentum(decided: Decisions) -> None:
    """Decide the momentum, once the optimizer is known."""
    has_momentum = decided.config.optimizer in (Optimizer.SGD, Optimizer.RMSPROP)
    decided.settle(
        "momentum",
        0.9,
        say("The usual one.") if has_momentum else say("Only SGD and RMSprop use it."),
    )


def _settle_steps(decided: Decisions, *, is_small: bool) -> None:
    config = decided.config
    decided.settle("nesterov", False, say("Seldom better when fine-tuning."))
    decided.settle(
        "schedule", Schedule.COSINE, say("Falls smoothly to nearly nothing at the last epoch.")
    )
    decided.settle("head_epochs", *_head_epochs(config, is_small=is_small))
    decided.settle("freeze", "", say("Every layer may adapt to the images."))
    decided.settle("clip_norm", 10.0, say("Keeps one odd batch from doing harm."))
    decided.settle("min_epochs", 5, say("The first epochs say little about the last."))


def _head_epochs(config: TrainConfig, *, is_small: bool) -> tuple[int, Sentence]:
    if config.weights is Weights.SCRATCH:
        return 0, say("No layer was trained before.")
    if is_small or config.task.finds:
        return 0, say("New and trained layers learn well together here.")
    if config.task is Task.CLASSIFY:
        return 0, say(
            "The part that names your classes starts from a quick fit to the training images "
            "instead."
        )
    if config.epochs < LONG_RUN:
        return 0, say("There are too few epochs to spend one on the new layers alone.")
    return 1, say("New layers settle first, so that they do not upset the trained ones.")


def _settle_loss(decided: Decisions, data: Readiness) -> None:
    decided.settle("loss", Loss.OWN, _usual_loss(data))
    focal = decided.config.loss is Loss.FOCAL
    decided.settle(
        "focal_gamma",
        2.0,
        say("What its authors found best.") if focal else say("Only the focal loss uses it."),
    )
    decided.settle("sampling", *_sampling(data))
    finds = data.task.finds
    decided.settle(
        "class_weights",
        ClassWeights.NONE,
        say("A detector's losses are its own; sampling evens classes out.")
        if finds
        else say("Showing rare classes more often is the gentler way."),
    )


def _usual_loss(data: Readiness) -> Sentence:
    match data.task:
        case Task.CLASSIFY if data.multi_label:
            return say("Binary cross-entropy: each class is a question of its own.")
        case Task.CLASSIFY:
            return say("Cross-entropy, which gives honest probabilities.")
        case Task.SEGMENT:
            return say("Cross-entropy with Dice, so that small objects count as well.")
        case Task.DETECT | Task.INSTANCES:
            return say("The detector's own, for places and classes together.")
        case Task.KEYPOINTS:
            return say("The detector's own, for boxes, classes and points together.")


def _sampling(data: Readiness) -> tuple[Sampling, Sentence]:
    counts = {
        label.name: data.images_per_label[label.id]
        for label in data.labels
        if data.images_per_label.get(label.id)
    }
    if len(counts) < 2:
        return Sampling.UNIFORM, say("There is no rarer class.")
    common, *_, rare = sorted(counts, key=lambda name: -counts[name])
    values = {"common": common, "rare": rare, "most": counts[common], "least": counts[rare]}
    if counts[common] < SKEWED * counts[rare]:
        return Sampling.UNIFORM, say(
            "The classes are even enough: {common} is on {most} images, {rare} on {least}.",
            **values,
        )
    return Sampling.ROOT, say(
        "{common} is on {most} images, {rare} on {least}: from {ratio} to 1 on, rare classes are "
        "shown more often.",
        ratio=SKEWED,
        **values,
    )


def _settle_weights(decided: Decisions, data: Readiness) -> None:
    decided.settle("dropout", -1.0, say("As much as the model's authors found good."))
    decided.settle("batch_norm", *_batch_norm(decided.config, data))
    decided.settle("ema", True, say("Steadier than the last step; fewer epochs are needed."))
    decided.settle("ema_decay", 0.0, say("Looks back over a twentieth of the run."))


def _batch_norm(config: TrainConfig, data: Readiness) -> tuple[BatchNorm, Sentence]:
    if config.weights is Weights.SCRATCH:
        return BatchNorm.BATCH, say("No layer was trained before.")
    if config.batch_size < SMALLEST_LIVE_BATCH:
        return BatchNorm.PRETRAINED, say(
            "The statistics of batches of {count} would be noise.", count=config.batch_size
        )
    if data.train_images < OWN_STATISTICS and not config.task.finds:
        return BatchNorm.PRETRAINED, say(
            "The statistics of {count} images would be poorer than those that the model was "
            "trained with.",
            count=data.train_images,
        )
    return BatchNorm.BATCH, say("There are images enough for statistics of their own.")


def _settle_machine(decided: Decisions, machine: Machine) -> None:
    cuda = machine.kind == "cuda"
    decided.settle(
        "micro_batch", 0, say("The whole batch at once, and fewer where the memory demands it.")
    )
    decided.settle(
        "mixed_precision",
        True,
        say("Faster on this graphics card, and as accurate.")
        if cuda
        else say("Makes a difference on CUDA graphics cards only."),
    )
    decided.settle(
        "compile",
        Compile.AUTO,
        say("Where the run is long enough to make up for it.")
        if cuda
        else say("Pays on CUDA graphics cards only."),
    )
    decided.settle(
        "deterministic", False, say("Slower; results are alike without, if not to the last digit.")
    )
    decided.settle("workers", -1, say("As many as this computer can spare."))
    decided.settle("val_fraction", 0.2, say("A fifth is enough to judge by."))
    decided.settle("train_part", 1.0, say("All of them; fewer only tell what more would bring."))
    decided.settle("tensorboard", False, say("The curves are shown here anyway."))
    decided.settle("seed", 0, say("Any number does; another one gives another run."))


def _settle_images(decided: Decisions, data: Readiness) -> None:
    config = decided.config
    given = preset(config.task, config.augmentation)
    for name in names(config.task):
        value, reason = getattr(given, name), say("Goes with the augmentation.")
        if config.task is Task.KEYPOINTS and name == "flip_horizontal":
            value, reason = _flip(config, data)
        decided.settle(name, value, reason)


def _flip(config: TrainConfig, data: Readiness) -> tuple[float, Sentence]:
    """A mirrored image shows left places on the right, which only their names can tell."""
    usual = preset(Task.DETECT, config.augmentation).flip_horizontal
    if not usual:
        return usual, say("Goes with the augmentation.")
    if tell_sides(data.places):
        return usual, say("Goes with the augmentation; left and right points change places.")
    return 0.0, say(
        "The points' names do not tell left from right, so a mirrored image might teach the wrong "
        "ones; name them such as left_eye and right_eye, or set this where sides look alike."
    )
