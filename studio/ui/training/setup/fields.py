"""The settings of a training as a person sees them: names, values in words, editors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache

from PySide6.QtCore import QCoreApplication

from studio.domain.runs import Task
from studio.errors import Listed, Sentence, Value
from studio.learning import catalogue
from studio.learning import config as config_module
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
from studio.learning.config import TrainConfig
from studio.learning.data import variation
from studio.ui.training.setup import special
from studio.ui.wording import messages, metric_text

SHOWN = (
    "model", "weights", "epochs", "image_size", "tile_size", "batch_size", "lr", "augmentation",
    "device", "seed",
)  # fmt: skip
"""The settings that the window offers, in order; the command line reaches all of them."""


class Group(Enum):
    """Settings that belong together and that most users need not know."""

    STEPS = "steps"
    LOSS = "loss"
    WEIGHTS = "weights"
    IMAGES = "images"
    MACHINE = "machine"


GROUPS: Mapping[Group, tuple[str, ...]] = {
    Group.STEPS: (
        "optimizer", "momentum", "nesterov", "weight_decay", "schedule", "warmup_steps",
        "backbone_lr_factor", "head_epochs", "freeze", "clip_norm", "patience", "min_epochs",
    ),
    Group.LOSS: ("loss", "focal_gamma", "sampling", "class_weights", "label_smoothing"),
    Group.WEIGHTS: ("dropout", "batch_norm", "ema", "ema_decay"),
    Group.IMAGES: (*variation.NAMES, "mosaic"),
    Group.MACHINE: (
        "micro_batch", "mixed_precision", "compile", "deterministic", "workers", "val_fraction",
        "train_part", "tensorboard",
    ),
}  # fmt: skip
"""The finer settings, in order."""

QUIET = frozenset({"model", "weights", "seed"})
"""Shown only under Options: the model has a card of its own, the seed says nothing to most."""


@cache
def _help() -> dict[str, str]:
    return config_module.field_help()


def help_text(name: str) -> str:
    """What a setting does, from the comment below its field, translated."""
    return QCoreApplication.translate("TrainConfig", _help().get(name, ""))


def field_name(name: str) -> str:
    """What a setting is called."""
    names = {
        "model": QCoreApplication.translate("Fields", "Model"),
        "weights": QCoreApplication.translate("Fields", "First weights"),
        "epochs": QCoreApplication.translate("Fields", "Epochs"),
        "image_size": QCoreApplication.translate("Fields", "Image size"),
        "tile_size": QCoreApplication.translate("Fields", "Tiles"),
        "batch_size": QCoreApplication.translate("Fields", "Batch size"),
        "lr": QCoreApplication.translate("Fields", "Learning rate"),
        "augmentation": QCoreApplication.translate("Fields", "Augmentation"),
        "device": QCoreApplication.translate("Fields", "Device"),
        "seed": QCoreApplication.translate("Fields", "Seed"),
    }
    return names.get(name) or _finer_name(name)


def _finer_name(name: str) -> str:
    names = {
        "optimizer": QCoreApplication.translate("Fields", "Optimizer"),
        "momentum": QCoreApplication.translate("Fields", "Momentum"),
        "nesterov": QCoreApplication.translate("Fields", "Nesterov momentum"),
        "weight_decay": QCoreApplication.translate("Fields", "Weight decay"),
        "schedule": QCoreApplication.translate("Fields", "Schedule"),
        "warmup_steps": QCoreApplication.translate("Fields", "Warm-up steps"),
        "backbone_lr_factor": QCoreApplication.translate(
            "Fields", "Learning rate of pretrained layers (× the rate)"
        ),
        "head_epochs": QCoreApplication.translate(
            "Fields", "Epochs with only the new layers training"
        ),
        "freeze": QCoreApplication.translate("Fields", "Frozen layers"),
        "clip_norm": QCoreApplication.translate("Fields", "Gradient clipping"),
        "patience": QCoreApplication.translate("Fields", "Patience"),
        "min_epochs": QCoreApplication.translate("Fields", "Fewest epochs"),
        "loss": QCoreApplication.translate("Fields", "Loss"),
        "focal_gamma": QCoreApplication.translate("Fields", "Focal gamma"),
        "sampling": QCoreApplication.translate("Fields", "Rare classes are shown"),
        "class_weights": QCoreApplication.translate("Fields", "Rare classes count"),
        "label_smoothing": QCoreApplication.translate("Fields", "Label smoothing"),
        "dropout": QCoreApplication.translate("Fields", "Dropout"),
        "batch_norm": QCoreApplication.translate("Fields", "Batch normalisation by"),
        "ema": QCoreApplication.translate("Fields", "Average of the weights (EMA)"),
        "ema_decay": QCoreApplication.translate("Fields", "Decay of the average"),
        "micro_batch": QCoreApplication.translate("Fields", "Micro-batch"),
        "mixed_precision": QCoreApplication.translate("Fields", "Mixed precision"),
        "compile": QCoreApplication.translate("Fields", "Compile the model"),
        "deterministic": QCoreApplication.translate("Fields", "Deterministic"),
        "workers": QCoreApplication.translate("Fields", "Reading processes"),
        "val_fraction": QCoreApplication.translate("Fields", "Part for validation"),
        "train_part": QCoreApplication.translate("Fields", "Part of the training images"),
        "tensorboard": QCoreApplication.translate("Fields", "Logs for TensorBoard"),
    }
    return names.get(name) or _change_name(name)


def _change_name(name: str) -> str:
    names = {
        "flip_horizontal": QCoreApplication.translate("Fields", "Mirror left to right"),
        "flip_vertical": QCoreApplication.translate("Fields", "Mirror upside down"),
        "quarter_turns": QCoreApplication.translate("Fields", "Quarter turns"),
        "rotation_deg": QCoreApplication.translate("Fields", "Rotation (degrees)"),
        "shear_deg": QCoreApplication.translate("Fields", "Shear (degrees)"),
        "zoom": QCoreApplication.translate("Fields", "Zoom"),
        "crop": QCoreApplication.translate("Fields", "Smallest crop"),
        "brightness": QCoreApplication.translate("Fields", "Brightness"),
        "contrast": QCoreApplication.translate("Fields", "Contrast"),
        "saturation": QCoreApplication.translate("Fields", "Saturation"),
        "hue": QCoreApplication.translate("Fields", "Hue"),
        "blur": QCoreApplication.translate("Fields", "Blur"),
        "noise": QCoreApplication.translate("Fields", "Noise"),
        "erasing": QCoreApplication.translate("Fields", "Random erasing"),
        "rand_augment": QCoreApplication.translate("Fields", "RandAugment"),
        "cutmix": QCoreApplication.translate("Fields", "CutMix"),
        "mixup": QCoreApplication.translate("Fields", "Mixup"),
        "mosaic": QCoreApplication.translate("Fields", "Mosaic"),
    }
    return names.get(name, name)


def group_name(group: Group) -> str:
    """What a group of settings is called."""
    names = {
        Group.STEPS: QCoreApplication.translate("Fields", "Steps and learning rate"),
        Group.LOSS: QCoreApplication.translate("Fields", "Loss and rare classes"),
        Group.WEIGHTS: QCoreApplication.translate("Fields", "Weights"),
        Group.IMAGES: QCoreApplication.translate("Fields", "Changes of training images"),
        Group.MACHINE: QCoreApplication.translate("Fields", "Computer and data"),
    }
    return names[group]


def chosen_by(config: TrainConfig) -> dict[str, object]:
    """Every setting of ``config`` that the window offers and that has a value of its own."""
    finer = (name for names in GROUPS.values() for name in names)
    values = {name: getattr(config, name) for name in (*SHOWN, *finer)}
    follows = {name for name in variation.NAMES if values[name] < 0}
    return {name: value for name, value in values.items() if name not in follows}


def choices(config: TrainConfig, name: str) -> tuple[object, ...]:
    """The values to choose from; () where a setting is no choice, or the window knows better."""
    if name == "loss":
        return LOSSES[config.task]
    value = getattr(config, name)
    if isinstance(value, bool):
        return (True, False)
    return tuple(type(value)) if isinstance(value, Enum) else ()


def choice_name(value: object) -> str:
    """What one value of a choice is called."""
    if isinstance(value, bool):
        return (
            QCoreApplication.translate("Fields", "On")
            if value
            else QCoreApplication.translate("Fields", "Off")
        )
    return _choice_names().get((type(value), value), str(value))


def _choice_names() -> Mapping[tuple[type, object], str]:
    # In pairs: values of different choices may be equal texts, of which a mapping keeps one.
    names: Sequence[tuple[Enum, str]] = (
        (Augmentation.NONE, QCoreApplication.translate("Fields", "None")),
        (Augmentation.LIGHT, QCoreApplication.translate("Fields", "Light")),
        (Augmentation.MEDIUM, QCoreApplication.translate("Fields", "Medium")),
        (Augmentation.STRONG, QCoreApplication.translate("Fields", "Strong")),
        (Weights.PRETRAINED, QCoreApplication.translate("Fields", "Pretrained")),
        (Weights.SCRATCH, QCoreApplication.translate("Fields", "From scratch")),
        (Optimizer.ADAMW, "AdamW"),
        (Optimizer.SGD, "SGD"),
        (Optimizer.ADAM, "Adam"),
        (Optimizer.RMSPROP, "RMSprop"),
        (Optimizer.ADAGRAD, "Adagrad"),
        (Schedule.COSINE, QCoreApplication.translate("Fields", "Cosine")),
        (Schedule.STEP, QCoreApplication.translate("Fields", "In steps")),
        (Schedule.POLY, QCoreApplication.translate("Fields", "Polynomial")),
        (Schedule.PLATEAU, QCoreApplication.translate("Fields", "On a plateau")),
        (Schedule.CONSTANT, QCoreApplication.translate("Fields", "Constant")),
        (Sampling.UNIFORM, QCoreApplication.translate("Fields", "Like the others")),
        (Sampling.ROOT, QCoreApplication.translate("Fields", "More often, by square root")),
        (Sampling.BALANCED, QCoreApplication.translate("Fields", "As often as common ones")),
        (Loss.OWN, QCoreApplication.translate("Fields", "The model's usual one")),
        (Loss.CE, QCoreApplication.translate("Fields", "Cross-entropy")),
        (Loss.BCE, QCoreApplication.translate("Fields", "Binary cross-entropy")),
        (Loss.FOCAL, QCoreApplication.translate("Fields", "Focal")),
        (Loss.DICE, QCoreApplication.translate("Fields", "Dice")),
        (Loss.CE_DICE, QCoreApplication.translate("Fields", "Cross-entropy and Dice")),
        (Loss.BCE_DICE, QCoreApplication.translate("Fields", "Binary cross-entropy and Dice")),
        (Loss.GIOU, QCoreApplication.translate("Fields", "Generalised IoU of boxes")),
        (ClassWeights.NONE, QCoreApplication.translate("Fields", "Like the others")),
        (ClassWeights.ROOT, QCoreApplication.translate("Fields", "More, by square root")),
        (ClassWeights.EFFECTIVE, QCoreApplication.translate("Fields", "More, by effective number")),
        (BatchNorm.AUTO, QCoreApplication.translate("Fields", "Automatic")),
        (BatchNorm.BATCH, QCoreApplication.translate("Fields", "Each batch's statistics")),
        (BatchNorm.PRETRAINED, QCoreApplication.translate("Fields", "Pretrained statistics")),
        (Compile.OFF, QCoreApplication.translate("Fields", "Off")),
        (Compile.AUTO, QCoreApplication.translate("Fields", "Automatic")),
        (Compile.ON, QCoreApplication.translate("Fields", "On")),
    )
    return {(type(value), value): text for value, text in names}


def in_words(said: Sentence) -> Sentence:
    """What is wrong with the settings, by the names that they and their values have here."""
    return Sentence(said.template, {key: _named(key, value) for key, value in said.values.items()})


def _named(key: str, value: Value) -> Value:
    match value:
        case Task():
            return metric_text.task_name(value)
        case Enum():
            return messages.quoted(choice_name(value))
        case Listed():
            return messages.listed(messages.quoted(choice_name(each)) for each in value.values)
        case str() if key == "name":
            return field_name(value)
        case str() if key == "other":
            return messages.quoted(field_name(value))
        case str() if key == "model" and (card := catalogue.find(value)):
            return card.title
        case _:
            return value


def value_text(config: TrainConfig, name: str) -> str:
    """The value of a setting in words."""
    value = getattr(config, name)
    match name:
        case "epochs":
            return QCoreApplication.translate("Fields", "at most {count}").format(count=value)
        case _ if meant := special.meaning(name, value):
            return meant
        case "image_size" | "tile_size":
            return messages.pixels(value)
        case "lr":
            return f"{value:g}"
        case _:
            return choice_name(value)
