"""What a training run is asked to do: plain values, no torch.

Each field's comment is its help text: the command line and the window's form both show it.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from studio.domain.runs import Task
from studio.errors import ConfigError, Listed, RunError
from studio.learning.choices import (
    LOSSES,
    Augmentation,
    BatchNorm,
    ClassWeights,
    Compile,
    Loss,
    Optimizer,
    Sampling,
    Schedule,
    Weights,
)
from studio.storage import runs

LIMITS: Mapping[str, tuple[float, float]] = {
    "epochs": (1, 100_000),
    "image_size": (16, 4096),
    "tile_size": (0, 16_384),
    "batch_size": (1, 4096),
    "micro_batch": (0, 4096),
    "lr": (1e-8, 10.0),
    "backbone_lr_factor": (0.0, 1.0),
    "momentum": (0.0, 0.999),
    "weight_decay": (0.0, 1.0),
    "warmup_steps": (0, 1_000_000),
    "head_epochs": (0, 100_000),
    "clip_norm": (0.0, 1e6),
    "focal_gamma": (0.0, 10.0),
    "label_smoothing": (0.0, 0.9),
    "dropout": (-1.0, 0.9),
    "ema_decay": (0.0, 0.99999),
    "flip_horizontal": (-1.0, 1.0),
    "flip_vertical": (-1.0, 1.0),
    "quarter_turns": (-1.0, 1.0),
    "rotation_deg": (-1.0, 180.0),
    "shear_deg": (-1.0, 60.0),
    "zoom": (-1.0, 4.0),
    "crop": (-1.0, 1.0),
    "brightness": (-1.0, 1.0),
    "contrast": (-1.0, 1.0),
    "saturation": (-1.0, 1.0),
    "hue": (-1.0, 0.5),
    "blur": (-1.0, 1.0),
    "noise": (-1.0, 0.5),
    "erasing": (-1.0, 1.0),
    "rand_augment": (-1, 4),
    "cutmix": (-1.0, 1.0),
    "mixup": (-1.0, 1.0),
    "mosaic": (0.0, 1.0),
    "patience": (0, 100_000),
    "min_epochs": (0, 100_000),
    "val_fraction": (0.01, 0.9),
    "train_part": (0.01, 1.0),
    "workers": (-1, 256),
}
"""The least and the largest value of each number."""


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """A complete, decided configuration; ``recipe.advise`` fills one in with reasons."""

    task: Task
    """What to learn: classify, detect, instances, segment or keypoints."""
    model: str
    """The architecture's name in the catalogue."""
    epochs: int = 30
    """The most passes over the training images."""
    image_size: int = 224
    """Length in pixels to which the image's longer side (classify: both sides) is resized."""
    tile_size: int = 0
    """Side in pixels of the parts that larger images are seen in, each of which is resized to
    image_size; 0 sees every image whole (classify always does)."""
    batch_size: int = 16
    """Images a step learns from."""
    micro_batch: int = 0
    """Images on the device at a time, gradients being added up; 0 is the whole batch."""
    lr: float = 1e-3
    """Peak learning rate of the new head; pretrained layers use ``lr * backbone_lr_factor``."""
    backbone_lr_factor: float = 0.1
    """Learning rate of pretrained layers as a part of the head's."""
    optimizer: Optimizer = Optimizer.ADAMW
    """The rule that turns gradients into steps: adamw, sgd, adam, rmsprop or adagrad."""
    momentum: float = 0.9
    """Part of the last step that goes on in the next (sgd, rmsprop)."""
    nesterov: bool = False
    """Look ahead along the momentum before each step (sgd)."""
    weight_decay: float = 0.05
    """Pull of weights towards zero; never on biases and normalisation."""
    warmup_steps: int = 50
    """Steps over which the learning rate rises from nearly zero."""
    schedule: Schedule = Schedule.COSINE
    """The learning rate after warm-up: cosine, step, poly, plateau or constant."""
    head_epochs: int = 0
    """Epochs in which the new layers learn alone, before the trained ones join in."""
    freeze: str = ""
    """Layers that never learn: how many of the first stages, or beginnings of their names."""
    clip_norm: float = 10.0
    """Gradients longer than this are shortened to it."""
    loss: Loss = Loss.OWN
    """What training makes small: own (the usual), ce, bce, focal, dice, ce_dice, bce_dice or, where
    the model allows, giou."""
    focal_gamma: float = 2.0
    """How much less the focal loss looks at what is easy already; 0 is cross-entropy."""
    class_weights: ClassWeights = ClassWeights.NONE
    """How much more rare classes count in the loss: none, root or effective."""
    sampling: Sampling = Sampling.UNIFORM
    """How often images of rare classes are shown: uniform, root or balanced."""
    label_smoothing: float = 0.1
    """Part of the certainty spread over the other classes (classify)."""
    dropout: float = -1.0
    """Part of the features that is left out at random while learning; -1 is the model's own."""
    batch_norm: BatchNorm = BatchNorm.AUTO
    """Statistics that normalise while learning, where layers were trained before: those of each
    batch, the pretrained ones, or, by auto, the pretrained ones where a batch is small."""
    ema: bool = True
    """Judge and keep a running average of the weights, which is steadier than the last step."""
    ema_decay: float = 0.0
    """How slowly that average moves, such as 0.999; 0 follows from the length of the run."""
    augmentation: Augmentation = Augmentation.MEDIUM
    """How much training images are varied: none, light, medium or strong."""
    flip_horizontal: float = -1.0
    """Chance that an image is mirrored left to right; -1, here and below: as augmentation says."""
    flip_vertical: float = -1.0
    """Chance that an image is turned upside down by mirroring."""
    quarter_turns: float = -1.0
    """Chance that an image is turned by 90, 180 or 270 degrees."""
    rotation_deg: float = -1.0
    """Most degrees by which an image is turned either way."""
    shear_deg: float = -1.0
    """Most degrees by which upright lines are slanted either way."""
    zoom: float = -1.0
    """Most that an image is magnified or reduced; 1.25 is a quarter, 1 not at all."""
    crop: float = -1.0
    """Least part of an image's area that a classifier sees; 1 is all of it."""
    brightness: float = -1.0
    """Most change of brightness, as a part of it."""
    contrast: float = -1.0
    """Most change of contrast, as a part of it."""
    saturation: float = -1.0
    """Most change of saturation, as a part of it."""
    hue: float = -1.0
    """Most change of hue, as a part of the colour circle."""
    blur: float = -1.0
    """Chance that an image is blurred."""
    noise: float = -1.0
    """Most noise, as a part of white."""
    erasing: float = -1.0
    """Chance that a rectangle of an image is hidden."""
    rand_augment: int = -1
    """How many changes of RandAugment are made to each image (classify)."""
    cutmix: float = -1.0
    """Chance that a piece of each image is replaced by one of another (classify)."""
    mixup: float = -1.0
    """Chance that each image is blended with another."""
    mosaic: float = 0.0
    """Chance that each image is put together with three others (detect, instances); not at the
    end of a run."""
    patience: int = 10
    """Epochs without improvement after which training stops; 0 never stops early."""
    min_epochs: int = 5
    """Early stopping waits at least this long."""
    device: str = "auto"
    """auto, cpu, cuda, cuda:N or mps."""
    mixed_precision: bool = True
    """On CUDA, compute in bf16, or in fp16 where the card has no bf16 and does that soundly."""
    compile: Compile = Compile.AUTO
    """Compile the model for the device, which pays in long runs on CUDA: off, auto or on."""
    deterministic: bool = False
    """Use only operations that give the same result each time, where the device has them."""
    weights: Weights = Weights.PRETRAINED
    """pretrained, or scratch to start from random weights."""
    seed: int = 0
    """Seed of splits, augmentation, order and new weights."""
    val_fraction: float = 0.2
    """Part of the images kept for validation where none was chosen by hand."""
    train_part: float = 1.0
    """Part of the training images that is learned from, as for a learning curve. A smaller part
    is within a larger one."""
    workers: int = -1
    """Processes that read images; -1 chooses."""
    cache_images: bool = True
    """Keep large images decoded and resized in the user's cache folder while there is room."""
    tensorboard: bool = False
    """Write the curves for TensorBoard too, into the folder tensorboard of the run."""

    def __post_init__(self) -> None:
        for name, (low, high) in LIMITS.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ConfigError(
                    "{name} is {value}; it must lie between {low:g} and {high:g}.",
                    name=name,
                    value=value,
                    low=low,
                    high=high,
                )
        if self.loss not in LOSSES[self.task]:
            raise ConfigError(
                "{name} cannot be {value} for {task}; choose one of {offered}.",
                name="loss",
                value=self.loss,
                task=self.task,
                offered=Listed(LOSSES[self.task]),
            )
        if self.class_weights is not ClassWeights.NONE and Loss.CE not in LOSSES[self.task]:
            raise ConfigError(
                "{name} must be {value} for {task}: its models have losses of their own; use "
                "{other} instead.",
                name="class_weights",
                value=ClassWeights.NONE,
                task=self.task,
                other="sampling",
            )

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Read what ``to_json`` wrote; unknown keys of a newer program are refused.

        Raises:
            ConfigError: a key is unknown or a value is of the wrong kind or out of range.
        """
        unknown = set(values) - {field.name for field in fields(cls)}
        if unknown:
            raise ConfigError("{name} is not a setting.", name=sorted(unknown)[0])
        start = cls(task=Task(values["task"]), model=str(values["model"]))
        return start.changed({k: v for k, v in values.items() if k not in ("task", "model")})

    def changed(self, values: Mapping[str, Any]) -> Self:
        """A copy with some fields set from text or JSON values.

        Raises:
            ConfigError: a name is unknown or a value is of the wrong kind or out of range.
        """
        return replace(self, **{name: _parse(self, name, value) for name, value in values.items()})


def read_config(folder: Path) -> TrainConfig:
    """The configuration in a run's folder.

    Raises:
        RunError: it is missing or damaged.
    """
    try:
        values = json.loads((folder / runs.CONFIG).read_text(encoding="utf-8"))
        return TrainConfig.from_json(values)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(
            "The settings of run {run} cannot be read: {reason}.", run=folder.name, reason=error
        ) from error


def field_help() -> dict[str, str]:
    """What each field of ``TrainConfig`` does: the string below it in the source."""
    [definition] = ast.parse(inspect.getsource(TrainConfig)).body
    assert isinstance(definition, ast.ClassDef)
    help_texts: dict[str, str] = {}
    for field, below in zip(definition.body, definition.body[1:], strict=False):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(name)),
                ast.Expr(ast.Constant(str(text))),
            ):
                help_texts[name] = text
            case _:
                continue
    return help_texts


def _parse(config: TrainConfig, name: str, value: Any) -> Any:
    if name not in {field.name for field in fields(config)}:
        raise ConfigError("{name} is not a setting.", name=name)
    kind = type(getattr(config, name))
    try:
        if kind is bool and isinstance(value, str):
            return {"true": True, "false": False, "1": True, "0": False}[value.lower()]
        if kind is int and isinstance(value, str):
            return int(value)
        if kind is int and value != int(value):
            raise ValueError
        return kind(value)
    except (ValueError, TypeError, KeyError) as error:
        raise ConfigError(
            "{name} cannot be {value}; it must be {kind}.",
            name=name,
            value=json.dumps(value, default=str),
            kind=", ".join(kind) if issubclass(kind, StrEnum) else kind.__name__,
        ) from error
