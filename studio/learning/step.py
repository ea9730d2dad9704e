"""One optimizer step, in as many micro-batches as the memory demands."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from contextlib import nullcontext

import torch

from studio.errors import say
from studio.learning import checkpoint, compiling, memory
from studio.learning.adapter import Sample
from studio.learning.events import Event, Notice
from studio.learning.rescue import Diverged
from studio.learning.training import Training


class Discarded(Exception):
    """The run was discarded in the middle of a step."""


def learn(training: Training, samples: Sequence[Sample]) -> Generator[Event, None, float]:
    """Take one step on ``samples`` and return their mean loss.

    Raises:
        Diverged: the loss or the gradient is no longer a number; no step was taken.
        TooLarge: one image alone is too much for the memory.
        Discarded: ``should_stop`` said so between two micro-batches.
    """
    loss = yield from compiling.attempt(training.plain_model, lambda: gradients(training, samples))
    try:
        _update(training, loss)
    except (RuntimeError, MemoryError) as error:
        # Not to be repeated: the weights may be half-way, and a scaler unscales only once.
        if not memory.is_exhausted(error):
            raise
        raise memory.too_large(training.config.image_size) from error
    return loss


def gradients(training: Training, samples: Sequence[Sample]) -> Generator[Event, None, float]:
    """Forward and backward over all ``samples``; returns their mean loss.

    When memory runs out, the micro-batch is halved, for the rest of the run, and the gradients
    are computed anew and added up: the step learns from the same images as before.
    """
    random = checkpoint.random_state(training.device)
    while True:
        size = min(training.position.micro_batch or len(samples), len(samples))
        try:
            return _accumulate(training, samples, size)
        except (RuntimeError, MemoryError) as error:
            if training.accelerator.num_processes > 1 or not memory.is_exhausted(error):
                raise
        training.optimizer.zero_grad(set_to_none=True)
        memory.release(training.device)
        checkpoint.restore_random_state(random, training.device)
        if size == 1:
            raise memory.too_large(training.config.image_size)
        training.position.micro_batch = math.ceil(size / 2)
        yield Notice(
            "warning",
            say(
                "The memory is full: working on {count} image(s) at a time instead of {before}, "
                "which is slower but learns the same.",
                count=training.position.micro_batch,
                before=size,
            ),
        )


def _accumulate(training: Training, samples: Sequence[Sample], size: int) -> float:
    """Forward and backward, ``size`` samples at a time."""
    accelerator, model = training.accelerator, training.model
    parts = [samples[start : start + size] for start in range(0, len(samples), size)]
    total = 0.0
    for number, part in enumerate(parts, start=1):
        last = number == len(parts)
        with nullcontext() if last else accelerator.no_sync(model):
            loss = training.adapter.loss(model, part, training.device)
            accelerator.backward(loss * (len(part) / len(samples)))
        total += float(loss.detach()) * len(part) / len(samples)
        if not last and training.heard() == "discard":
            raise Discarded
    return total


def _update(training: Training, loss: float) -> None:
    """Clip, step."""
    accelerator = training.accelerator
    if not math.isfinite(loss):
        raise Diverged
    weights = [weight for weight in training.model.parameters() if weight.grad is not None]
    norm = accelerator.clip_grad_norm_(weights, training.config.clip_norm or math.inf)
    if accelerator.scaler is None and norm is not None and not torch.isfinite(norm):
        raise Diverged
    training.optimizer.step()
    training.optimizer.zero_grad(set_to_none=True)
