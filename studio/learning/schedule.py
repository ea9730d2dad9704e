"""The optimizer and its learning rate over a run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch

from studio.learning.config import Optimizer, TrainConfig

LEAST_FACTOR = 0.01
"""The learning rate ends at this part of its peak."""
LONGEST_WARMUP = 0.2
"""Part of all steps that warm-up takes at most, where a run is short."""
MOMENTUM = 0.9


def optimizer_for(groups: Sequence[dict[str, Any]], config: TrainConfig) -> torch.optim.Optimizer:
    """The optimizer of ``config``; each group keeps its peak rate under ``peak_lr``."""
    marked = [group | {"peak_lr": group["lr"]} for group in groups]
    match config.optimizer:
        case Optimizer.ADAMW:
            return torch.optim.AdamW(marked, lr=config.lr)
        case Optimizer.SGD:
            return torch.optim.SGD(marked, lr=config.lr, momentum=MOMENTUM)


def factor(step: int, steps: int, warmup_steps: int) -> float:
    """The part of the peak rate for ``step`` (from 0) of ``steps``: a ramp, then half a cosine."""
    warmup = min(warmup_steps, int(LONGEST_WARMUP * steps))
    if step < warmup:
        return (step + 1) / (warmup + 1)
    progress = (step - warmup) / max(1, steps - warmup)
    return LEAST_FACTOR + (1 - LEAST_FACTOR) * (1 + math.cos(math.pi * min(1.0, progress))) / 2


def set_rate(
    optimizer: torch.optim.Optimizer, step: int, steps: int, config: TrainConfig, part: float = 1.0
) -> float:
    """Set every group's rate for ``step`` (from 0), times ``part``; return the head's."""
    part *= factor(step, steps, config.warmup_steps)
    for group in optimizer.param_groups:
        group["lr"] = group["peak_lr"] * part
    return max(group["lr"] for group in optimizer.param_groups)
