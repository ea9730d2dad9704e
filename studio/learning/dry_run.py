"""Finding out before the first step how many images fit into the graphics card's memory."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from studio.domain.project import Split
from studio.learning import checkpoint, compiling, memory
from studio.learning.adapter import Sample
from studio.learning.events import Event
from studio.learning.snapshot import FrozenImage
from studio.learning.step import Discarded, gradients
from studio.learning.training import Training


def find_micro_batch(training: Training) -> Iterator[Event]:
    """Forward and backward on the largest images, fewer at a time until they fit.

    Model, optimizer and random generators are left as they were. Where a single image does not
    fit, or the run is discarded meanwhile, the first step will say so.
    """
    if training.position.step or not memory.is_bounded(training.device):
        return
    sources = training.snapshot.of(Split.TRAIN)
    sizes = [_size(source) for source in sources]
    largest = sorted(range(len(sources)), key=sizes.__getitem__, reverse=True)
    mine = training.share_of(largest[: training.config.batch_size])
    [loaded] = training.reading.batches(0, [mine])
    samples = [each for each in loaded if isinstance(each, Sample)]
    random = checkpoint.random_state(training.device)
    buffers = {name: value.clone() for name, value in training.plain_model.named_buffers()}
    training.layers.begin(training.model, waits=False)
    images = len(largest[: training.config.batch_size])
    try:
        yield from compiling.attempt(
            training.plain_model, lambda: gradients(training, samples, images)
        )
    except (memory.TooLarge, Discarded):
        pass
    finally:
        training.optimizer.zero_grad(set_to_none=True)
        with torch.no_grad():
            for name, value in training.plain_model.named_buffers():
                value.copy_(buffers[name])
        checkpoint.restore_random_state(random, training.device)
    memory.release(training.device)


def _size(image: FrozenImage) -> tuple[float, int]:
    """How much of the network's square it fills, and how many objects are on it."""
    longer = max(image.width, image.height, 1)
    return min(image.width, image.height) / longer, len(image.truths)
