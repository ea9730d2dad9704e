"""The optimizer and its learning rate over a run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch

from studio.learning import registry
from studio.learning.choices import Optimizer, Schedule
from studio.learning.config import TrainConfig

LEAST_FACTOR = 0.01
"""The learning rate ends at this part of its peak."""
LONGEST_WARMUP = 0.2
"""Part of all steps that warm-up takes at most, where a run is short."""
MILESTONES = (2 / 3, 8 / 9)
"""Where in a run the step schedule lowers the rate, as torchvision's detectors are trained."""
STEP_PART = 0.1
POLY_POWER = 0.9
PLATEAU_EPOCHS = 3
"""Epochs without improvement after which the plateau schedule lowers the rate."""
PLATEAU_PART = 0.3


def optimizer_for(groups: Sequence[dict[str, Any]], config: TrainConfig) -> torch.optim.Optimizer:
    """The optimizer of ``config``; each group keeps its peak rate under ``peak_lr``."""
    marked = [group | {"peak_lr": group["lr"]} for group in groups]
    momentum, lr = config.momentum, config.lr
    match config.optimizer:
        case Optimizer.ADAMW:
            return torch.optim.AdamW(marked, lr=lr)
        case Optimizer.SGD:
            ahead = config.nesterov and momentum > 0
            return torch.optim.SGD(marked, lr=lr, momentum=momentum, nesterov=ahead)
        case Optimizer.ADAM:
            return torch.optim.Adam(marked, lr=lr)
        case Optimizer.RMSPROP:
            return torch.optim.RMSprop(marked, lr=lr, momentum=momentum)
        case Optimizer.ADAGRAD:
            return torch.optim.Adagrad(marked, lr=lr)


def factor(step: int, steps: int, config: TrainConfig) -> float:
    """The part of the peak rate for ``step`` (from 0) of ``steps``: a ramp, then the schedule."""
    warmup = _warmup(steps, config)
    if step < warmup:
        return (step + 1) / (warmup + 1)
    progress = min(1.0, (step - warmup) / max(1, steps - warmup))
    match config.schedule:
        case Schedule.COSINE:
            return LEAST_FACTOR + (1 - LEAST_FACTOR) * (1 + math.cos(math.pi * progress)) / 2
        case Schedule.STEP:
            return STEP_PART ** sum(step >= milestone * steps for milestone in MILESTONES)
        case Schedule.POLY:
            return LEAST_FACTOR + (1 - LEAST_FACTOR) * (1 - progress) ** POLY_POWER
        case Schedule.PLATEAU | Schedule.CONSTANT:
            return 1.0


def _warmup(steps: int, config: TrainConfig) -> int:
    return min(config.warmup_steps, int(LONGEST_WARMUP * steps))


def joined(step: int, steps: int, config: TrainConfig) -> float:
    """The part of their rate that the trained layers get ``step`` steps after they joined in.

    ``step`` is negative before. Where the new layers learned alone first, it is a warm-up.
    """
    if not config.head_epochs:
        return 1.0
    return min(1.0, max(0, step + 1) / (_warmup(steps, config) + 1))


def set_rate(
    optimizer: torch.optim.Optimizer,
    step: int,
    steps: int,
    config: TrainConfig,
    part: float = 1.0,
    *,
    body: float = 1.0,
) -> float:
    """Set every group's rate for ``step`` (from 0), times ``part``; return the head's.

    That of the trained layers is also multiplied by ``body``.
    """
    part *= factor(step, steps, config)
    for group in optimizer.param_groups:
        own = body if registry.is_backbone_group(group) else 1.0
        group["lr"] = group["peak_lr"] * part * own
    return max(group["lr"] for group in optimizer.param_groups)


def has_flattened(config: TrainConfig, waited: int) -> bool:
    """Whether the plateau schedule lowers the rate after ``waited`` epochs without gain."""
    return config.schedule is Schedule.PLATEAU and waited >= PLATEAU_EPOCHS
