"""One optimizer step, in as many micro-batches as the memory demands."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from enum import IntEnum

import torch
from torch.nn.utils import clip_grads_with_norm_, get_total_norm

from studio.errors import say
from studio.learning import checkpoint, compiling, memory, processes
from studio.learning.adapter import Sample
from studio.learning.events import Event, Notice
from studio.learning.rescue import Diverged
from studio.learning.training import Training

LEAST_SCALE = 1.0
"""Gradients in fp16 that overflow without being enlarged will not come right any more."""


class Discarded(Exception):
    """The run was discarded in the middle of a step."""


@dataclass(frozen=True, slots=True)
class Learned:
    """The mean loss over the ``images`` of a step, in all processes together."""

    loss: float
    images: int


def learn(training: Training, samples: Sequence[Sample]) -> Generator[Event, None, Learned]:
    """Take one step on ``samples``, together with those of the other processes.

    Nothing is done where nobody has any.

    Raises:
        Diverged: the loss or the gradient is no longer a number; no step was taken.
        TooLarge: one image alone is too much for the memory of one process.
        Discarded: ``should_stop`` said so between two micro-batches.
    """
    images = sum(processes.gathered(training.accelerator, len(samples)))
    if not images:
        return Learned(0.0, 0)
    if training.is_distributed:
        training.draw_apart()
    own, failure = 0.0, None
    try:
        own = yield from compiling.attempt(
            training.plain_model, lambda: gradients(training, samples, images)
        )
    except memory.TooLarge as error:
        failure = error
    processes.raise_alike(training.accelerator, failure)
    loss = sum(processes.gathered(training.accelerator, own))
    if not math.isfinite(loss):
        raise Diverged
    if training.is_distributed:
        processes.unite(training.plain_model, len(samples) / images)
    try:
        _update(training)
    except (RuntimeError, MemoryError) as error:
        # Not to be repeated: the weights may be half-way, and a scaler unscales only once. Nor
        # do other processes know of it: they cannot follow.
        if training.is_distributed or not memory.is_exhausted(error):
            raise
        raise memory.too_large(training.config.image_size) from error
    return Learned(loss, images)


class _Went(IntEnum):
    """How an attempt at the gradients went; the greatest of all processes counts."""

    WELL = 0
    SHORT_OF_MEMORY = 1
    TOO_LARGE = 2


def gradients(
    training: Training, samples: Sequence[Sample], images: int
) -> Generator[Event, None, float]:
    """Forward and backward over ``samples``, a part of the ``images`` of a step.

    Returns their part of the mean loss. When memory runs out, the micro-batch is halved, for the
    rest of the run, and the gradients are computed anew and added up: the step learns from the
    same images as before.
    """
    random = checkpoint.random_state(training.device)
    while True:
        size = min(training.position.micro_batch or len(samples), len(samples))
        loss, own = 0.0, _Went.WELL
        try:
            loss = _accumulate(training, samples, size, images)
        except (RuntimeError, MemoryError) as error:
            if not memory.is_exhausted(error):
                raise
            own = _Went.TOO_LARGE if size == 1 else _Went.SHORT_OF_MEMORY
        went = training.joint.settle(own, training.device) if training.joint else own
        if went == _Went.WELL:
            return loss
        training.optimizer.zero_grad(set_to_none=True)
        memory.release(training.device)
        checkpoint.restore_random_state(random, training.device)
        if own == _Went.TOO_LARGE:
            raise memory.too_large(training.config.image_size)
        if went == _Went.TOO_LARGE:
            return 0.0  # whoever it was says so to all
        if own == _Went.SHORT_OF_MEMORY:
            training.position.micro_batch = math.ceil(size / 2)
            yield _halved(training.position.micro_batch, size)


def _halved(size: int, before: int) -> Notice:
    return Notice(
        "warning",
        say(
            "The memory is full: working on {count} image(s) at a time instead of {before}, "
            "which is slower but learns the same.",
            count=size,
            before=before,
        ),
    )


def _accumulate(training: Training, samples: Sequence[Sample], size: int, images: int) -> float:
    """Forward and backward, ``size`` samples at a time."""
    parts = [samples[start : start + size] for start in range(0, len(samples), size or 1)]
    total = 0.0
    for number, part in enumerate(parts, start=1):
        loss = training.adapter.loss(training.model, part, training.device)
        share = len(part) / images
        loss = training.joint.anchored(loss) if training.joint else loss
        training.accelerator.backward(loss * share)
        total += float(loss.detach()) * share
        # Several processes may have unequally many parts: they listen when all are through.
        if number < len(parts) and not training.is_distributed and training.heard() == "discard":
            raise Discarded
    return total


def _update(training: Training) -> None:
    """Clip, step."""
    optimizer, most = training.optimizer, training.config.clip_norm
    learning = (weight for group in optimizer.param_groups for weight in group["params"])
    weights = [weight for weight in learning if weight.grad is not None]
    training.accelerator.unscale_gradients()
    norm = get_total_norm([weight.grad for weight in weights])
    if training.accelerator.scaler is None and not torch.isfinite(norm):
        raise Diverged
    if most and norm > most:
        clip_grads_with_norm_(weights, most, norm)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    scaler = training.accelerator.scaler  # it leaves out steps, and enlarges the next ones less
    if scaler is not None and scaler.get_scale() < LEAST_SCALE:
        raise Diverged
