"""Several processes that learn one model: what they tell each other, and what one does for all.

Each works out the gradients of its share of a batch by itself; they are added up when all have
theirs, not while they arise as in DistributedDataParallel. So one process may run out of memory
and try again with less, find nothing that it can read, or use no more than a part of the network,
and the others never wait for something that does not come. What is decided, all decide alike.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from datetime import timedelta
from typing import TypeVar

import torch
from accelerate import Accelerator
from accelerate.state import AcceleratorState
from accelerate.utils import InitProcessGroupKwargs, gather_object
from torch import Tensor, distributed, nn

from studio.errors import RunError, StudioError
from studio.learning import devices
from studio.learning.config import TrainConfig
from studio.learning.events import Event
from studio.learning.models.norms import live_statistics

PATIENCE = timedelta(hours=3)
"""So long the others wait while one looks at all images, or downloads."""
BUCKET = 2**23
"""Numbers that travel together: enough to be fast, few enough to fit beside the model."""

T = TypeVar("T")


def accelerator_for(config: TrainConfig) -> Accelerator:
    """accelerate's view of the configured device; of every process's own under its launcher.

    Raises:
        ConfigError: the device is not here.
    """
    device = devices.resolve(config.device)
    # accelerate remembers the first device of the process for good; each run has its own.
    AcceleratorState._reset_state(reset_partial_state=True)
    if device.type == "cuda":
        torch.set_float32_matmul_precision("high")
        if device.index is not None and "LOCAL_RANK" not in os.environ:
            torch.cuda.set_device(device)
    torch.use_deterministic_algorithms(config.deterministic, warn_only=True)
    torch.backends.cudnn.deterministic = config.deterministic
    precision = devices.precision(device, config.mixed_precision)
    waiting = InitProcessGroupKwargs(timeout=PATIENCE)
    return Accelerator(
        cpu=device.type == "cpu", mixed_precision=precision, kwargs_handlers=[waiting]
    )


def gathered(accelerator: Accelerator, value: T) -> list[T]:
    """Every process's ``value``, in all of them, the main process's first. All must ask."""
    return [value] if accelerator.num_processes == 1 else gather_object([value])


def shared(accelerator: Accelerator, value: T) -> T:
    """The main process's ``value``, in every process. All must ask."""
    return gathered(accelerator, value)[0]


def by_main(
    accelerator: Accelerator, work: Generator[Event, None, T]
) -> Generator[Event, None, T | None]:
    """What the main process's ``work`` says and returns; the others wait for the result.

    Raises:
        StudioError: the main process's, in every process.
    """
    result: T | None = None
    failure: StudioError | None = None
    if accelerator.is_main_process:
        try:
            result = yield from work
        except StudioError as error:
            failure = error
    raise_alike(accelerator, failure)
    return shared(accelerator, result)


def raise_alike(accelerator: Accelerator, failure: StudioError | None) -> None:
    """Raise in every process what any of them failed for. All must ask."""
    told = (type(failure), failure.sentence) if failure is not None else None
    failures = [each for each in gathered(accelerator, told) if each is not None]
    if failure is not None:
        raise failure
    for kind, sentence in failures:
        raise kind.of(sentence)


@torch.no_grad()
def spread(accelerator: Accelerator, model: nn.Module) -> None:
    """Give every process the main process's weights. All must ask."""
    if accelerator.num_processes > 1:
        for each in (*model.parameters(), *model.buffers()):
            distributed.broadcast(each, src=0)


@torch.no_grad()
def unite(model: nn.Module, part: float) -> None:
    """Make gradients and running statistics those of the whole batch, in every process.

    Each process has the gradients of its part of the mean loss; it saw ``part`` (0..1) of the
    images. A weight that no process has a gradient for keeps none, as if one process had seen
    everything.
    """
    learning = [each for each in model.parameters() if each.requires_grad]
    known = torch.tensor([float(each.grad is not None) for each in learning])
    known = known.to(learning[0].device)
    distributed.all_reduce(known)
    used = [each for each, count in zip(learning, known.tolist(), strict=True) if count]
    for each in used:
        if each.grad is None:
            each.grad = torch.zeros_like(each)
    statistics = live_statistics(model)
    for each in statistics:
        each.mul_(part)
    _add_up([*(each.grad for each in used if each.grad is not None), *statistics])


def _add_up(tensors: Sequence[Tensor]) -> None:
    """Put the sum over all processes in each tensor's place."""
    under_way = []
    for bucket in _buckets(tensors):
        flat = torch.cat([each.reshape(-1) for each in bucket])
        under_way.append((bucket, flat, distributed.all_reduce(flat, async_op=True)))
    for bucket, flat, travelling in under_way:
        if travelling is not None:
            travelling.wait()
        sizes = [each.numel() for each in bucket]
        for each, summed in zip(bucket, flat.split(sizes), strict=True):
            each.copy_(summed.view(each.shape))


def _buckets(tensors: Sequence[Tensor]) -> Iterator[list[Tensor]]:
    """The tensors in their order, cut where the type changes or a bucket is full."""
    bucket: list[Tensor] = []
    count = 0
    for each in tensors:
        if bucket and (count + each.numel() > BUCKET or each.dtype != bucket[0].dtype):
            yield bucket
            bucket, count = [], 0
        bucket.append(each)
        count += each.numel()
    if bucket:
        yield bucket


def lost(error: Exception) -> RunError | None:
    """What to say where ``error`` means that another process is no longer there."""
    is_lost = isinstance(error, distributed.DistError) or (
        distributed.is_initialized()
        and isinstance(error, RuntimeError)
        and ("onnection closed by peer" in str(error) or "onnection reset" in str(error))
    )
    if not is_lost:
        return None
    return RunError(
        "Another process of this run ended without a word; its log says why. Continue the run: it "
        "goes on from its last checkpoint."
    )


def part_ways(accelerator: Accelerator) -> None:
    """End what connects the processes, when each has written what it had to. All must ask."""
    gathered(accelerator, None)
    if accelerator.num_processes > 1:
        distributed.destroy_process_group()
