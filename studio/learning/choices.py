"""The named choices of a ``TrainConfig``. Their values are what the command line takes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from studio.domain.runs import Task


class Augmentation(StrEnum):
    """How much training images are varied."""

    NONE = "none"
    LIGHT = "light"
    MEDIUM = "medium"
    STRONG = "strong"


class Optimizer(StrEnum):
    """The rule that turns gradients into steps."""

    ADAMW = "adamw"
    SGD = "sgd"
    ADAM = "adam"
    RMSPROP = "rmsprop"
    ADAGRAD = "adagrad"


class Schedule(StrEnum):
    """How the learning rate goes on after its warm-up."""

    COSINE = "cosine"
    STEP = "step"
    POLY = "poly"
    PLATEAU = "plateau"
    CONSTANT = "constant"


class Weights(StrEnum):
    """Where a model's first weights come from."""

    PRETRAINED = "pretrained"
    SCRATCH = "scratch"


class Loss(StrEnum):
    """What training makes small."""

    OWN = "own"
    CE = "ce"
    BCE = "bce"
    FOCAL = "focal"
    DICE = "dice"
    CE_DICE = "ce_dice"
    BCE_DICE = "bce_dice"
    GIOU = "giou"


class ClassWeights(StrEnum):
    """How much more a rare class counts in the loss."""

    NONE = "none"
    ROOT = "root"
    EFFECTIVE = "effective"


class Sampling(StrEnum):
    """How often images of rare classes are shown."""

    UNIFORM = "uniform"
    ROOT = "root"
    BALANCED = "balanced"


class BatchNorm(StrEnum):
    """Whose means and variances normalise what flows through pretrained layers."""

    AUTO = "auto"
    BATCH = "batch"
    PRETRAINED = "pretrained"


class Compile(StrEnum):
    """Whether the model is compiled for its device before training."""

    OFF = "off"
    AUTO = "auto"
    ON = "on"


SMALLEST_LIVE_BATCH = 8
"""Below this many images a batch's own statistics are noise."""

LOSSES: Mapping[Task, tuple[Loss, ...]] = {
    Task.CLASSIFY: (Loss.OWN, Loss.CE, Loss.BCE, Loss.FOCAL),
    Task.DETECT: (Loss.OWN, Loss.GIOU),
    Task.INSTANCES: (Loss.OWN,),
    Task.KEYPOINTS: (Loss.OWN,),
    Task.SEGMENT: tuple(loss for loss in Loss if loss is not Loss.GIOU),
}
"""What each task can be trained with; ``own`` is what its models are usually trained with."""
