"""From files to samples: decoding, resizing and varying, in this process or in workers.

The variation of an image depends on (seed, epoch, image id) and on nothing else, so that results
do not depend on how many processes read, and a resumed run sees what it would have seen.
"""

from __future__ import annotations

import hashlib
import math
import multiprocessing
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import DataLoader, Dataset

from studio.errors import ImageProblem, RunError, Sentence
from studio.learning.adapter import Adapter, Mixing, Sample
from studio.learning.config import Augmentation, TrainConfig
from studio.learning.data.resized_cache import ResizedCache
from studio.learning.devices import usable_cpus
from studio.learning.snapshot import FrozenImage
from studio.vision import images

if sys.platform != "win32":
    import resource

FEW_IMAGES = 64
"""Below this many, starting workers takes longer than reading."""

AGAIN = 2**32
"""Added to the position of an image each time that an epoch shows it once more."""

OPEN_FILES = 65_536
"""More than any batch needs; a limit of millions would slow down whoever counts through it."""

DYING_S = 1.0
"""So long after its connection broke a process that was killed may take to be known as dead."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands in a batch for an image that could not be decoded."""

    source: FrozenImage
    sentence: Sentence


Loaded = list[Sample | Unreadable]


class Pictures(Dataset[Sample | Unreadable]):
    """Samples of a task by ``(epoch, position)``; varied where ``augmentation`` is given.

    After ``sources`` come those that are ``plain``, which are never varied, so that one pool of
    readers serves both training and validation. With ``cached`` large images are decoded once.
    """

    def __init__(
        self,
        sources: Sequence[FrozenImage],
        adapter: Adapter,
        augmentation: Augmentation | None = None,
        seed: int = 0,
        plain: Sequence[FrozenImage] = (),
        *,
        cached: bool = False,
    ) -> None:
        self.sources = (*sources, *plain)
        self.varied = len(sources) if augmentation is not None else 0
        self.adapter = adapter
        self.augmentation = augmentation
        self.seed = seed
        mapping = images.mapping_of(adapter.spec.grey)
        known = [each for each in self.sources if cached and each.width and each.height]
        sizes = [(each, adapter.decode_px(each)) for each in known]
        self.cache = (
            ResizedCache.for_images(sizes, mapping) if cached else ResizedCache.none(mapping)
        )

    def __len__(self) -> int:
        return len(self.sources)

    def __getitem__(self, key: tuple[int, int]) -> Sample | Unreadable:
        epoch, position = key
        turn, position = divmod(position, AGAIN)
        try:
            rgb, source = self._read(position)
        except ImageProblem as problem:
            return Unreadable(self.sources[position], problem.sentence)
        if position >= self.varied:
            return self.adapter.prepare(rgb, source, None)
        with torch.random.fork_rng(devices=[]):
            seed = seed_of(self.seed, epoch, source.id, *([turn] if turn else []))
            torch.default_generator.manual_seed(seed)
            sample = self.adapter.prepare(rgb, source, self.augmentation)
            if isinstance(self.adapter, Mixing):
                return self.adapter.mix(sample, partial(self._another, sample), epoch)
            return sample

    def _read(self, position: int) -> tuple[images.Rgb, FrozenImage]:
        source = _measured(self.sources[position])
        return self.cache.read(source, self.adapter.decode_px(source)), source

    def _another(self, instead: Sample) -> Sample:
        """One of the varied pictures, drawn from torch; ``instead`` where it cannot be read."""
        try:
            rgb, source = self._read(int(torch.randint(self.varied, ())))
        except ImageProblem:
            return instead
        return self.adapter.prepare(rgb, source, self.augmentation)


def _measured(source: FrozenImage) -> FrozenImage:
    if source.width and source.height:
        return source
    info = images.probe(Path(source.path))
    return replace(source, width=info.width, height=info.height)


def seed_of(*parts: int) -> int:
    """A seed for random numbers that depend on ``parts`` and on nothing else."""
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=7).digest()
    return int.from_bytes(digest, "little")


def order(
    count: int, batch_size: int, seed: int, epoch: int, weights: Sequence[float] = ()
) -> list[list[int]]:
    """The shuffled batches of one epoch, as positions.

    Every image is in exactly one batch and batches differ in size by one at most, so that no
    lonely image is left over for the last one. With ``weights`` as many are dealt, but each as
    often as its weight wants; where one comes once more, ``AGAIN`` is added to its position.
    """
    generator = torch.Generator().manual_seed(seed_of(seed, epoch))
    shuffled = torch.randperm(count, generator=generator).numpy()
    if weights:
        dealt = _dealt(np.asarray(weights)[shuffled], float(torch.rand(1, generator=generator)))
        times = Counter[int]()
        again = torch.randperm(count, generator=generator).numpy()
        shuffled = shuffled[dealt][again]
        for place, position in enumerate(shuffled.tolist()):
            shuffled[place] += AGAIN * times[position]
            times[position] += 1
    batches = np.array_split(shuffled, steps_per_epoch(count, batch_size))
    return [batch.tolist() for batch in batches]


def _dealt(weights: NDArray[np.float64], start: float) -> NDArray[np.int64]:
    """As many places as there are weights, each as often as it wants, give or take one.

    Systematic sampling: marks one apart, from ``start`` in 0..1, on a line of all the weights.
    """
    ends = np.cumsum(weights) * (len(weights) / weights.sum())
    marks = np.arange(len(weights)) + start
    return np.minimum(np.searchsorted(ends, marks, side="right"), len(weights) - 1)


def steps_per_epoch(count: int, batch_size: int) -> int:
    """How many batches ``order`` makes."""
    return max(1, math.ceil(count / batch_size))


class Reading:
    """A pool of readers over one set of pictures, started at the first use.

    ``batches`` may be asked again and again; ``close`` ends the workers. Without any a thread
    reads what is not varied: where random numbers are drawn, there must be one order of them.
    """

    def __init__(self, pictures: Pictures, workers: int, pin: bool = False) -> None:
        self._pictures, self._workers = pictures, workers
        if workers:
            _allow_many_files()
        self._queue: list[list[tuple[int, int]]] = []
        options: dict[str, Any] = {}
        if workers:
            options = {
                "multiprocessing_context": _context(),
                "persistent_workers": True,
                "prefetch_factor": 2,
                "worker_init_fn": _begin_reading,
            }
        self._loader: DataLoader[Any] = DataLoader(
            pictures,
            batch_sampler=_FixedBatches(self._queue),
            num_workers=workers,
            collate_fn=_as_list,
            pin_memory=pin,
            generator=torch.Generator(),  # its own, so that training's is never drawn from
            **options,
        )

    def batches(self, epoch: int, positions: Sequence[Sequence[int]]) -> Iterator[Loaded]:
        """Read the pictures at ``positions``, a batch at a time, some batches ahead.

        Raises:
            RunError: one of the workers was killed.
        """
        self._queue[:] = [[(epoch, position) for position in batch] for batch in positions]
        varied = self._pictures.varied
        is_plain = all(each % AGAIN >= varied for batch in positions for each in batch)
        try:
            with _signals_blocked():
                loaded = iter(self._loader)  # starts the workers
            yield from _ahead(loaded) if is_plain and not self._workers else loaded
        except (RuntimeError, OSError, EOFError) as error:
            if not self._has_lost_a_worker():
                raise
            raise _reader_killed() from error

    def _has_lost_a_worker(self) -> bool:
        workers = getattr(getattr(self._loader, "_iterator", None), "_workers", ())
        return bool(workers) and bool(wait([each.sentinel for each in workers], DYING_S))

    def close(self) -> None:
        """End the workers."""
        iterator = getattr(self._loader, "_iterator", None)
        if iterator is not None:
            iterator._shutdown_workers()
            self._loader._iterator = None


def killed_reader(error: Exception) -> RunError | None:
    """What to say where ``error`` is how torch tells that a reader was killed.

    Where readers are children of this process, as on macOS, torch raises it amid whatever the
    process is doing.
    """
    is_lost = isinstance(error, RuntimeError) and str(error).startswith("DataLoader worker (pid")
    return _reader_killed() if is_lost else None


def _reader_killed() -> RunError:
    return RunError(
        "A process that reads images was ended from outside, as systems do when the memory is "
        "full. Close other programs and go on from here, or begin anew with fewer such processes "
        "(workers)."
    )


def _ahead(batches: Iterator[Loaded]) -> Iterator[Loaded]:
    """The batches, of which the next one is read while one is looked at."""
    with ThreadPoolExecutor(1, "reading") as thread:
        coming = thread.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = thread.submit(next, batches, None)
            yield batch


class _FixedBatches:
    """A batch sampler that deals what it was given."""

    def __init__(self, queue: list[list[tuple[int, int]]]) -> None:
        self.queue = queue

    def __iter__(self) -> Iterator[list[tuple[int, int]]]:
        return iter(list(self.queue))

    def __len__(self) -> int:
        return len(self.queue)


def _context() -> BaseContext:
    """Clean processes: nothing of this one's threads, pipes or CUDA state is inherited."""
    if sys.platform in ("win32", "darwin"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])  # torch is imported once for all workers
    return context


def _as_list(samples: Loaded) -> Loaded:
    return samples


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Processes started within this block never hear SIGINT and SIGTERM, their imports included.

    A terminal sends Ctrl+C to all processes of a run, and only the run itself decides what it
    means; its readers, and the process that they are forked from, end when it does. What arrives
    here meanwhile is heard afterwards.
    """
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # its start would let the signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _allow_many_files() -> None:
    """Raise the limit of open files: every tensor on its way from a reader is one.

    Many systems start at 1,024, or at 256, which a large batch exceeds.
    """
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):  # macOS has a lower limit that it does not tell
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _begin_reading(_worker: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    _allow_many_files()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)


def _end_with_the_run() -> None:
    """End this process when the one that it reads for has ended, were it killed.

    torch looks at the parent by number, which is the process that this one was forked from; and
    that lives for as long as the readers do.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def choose_workers(config: TrainConfig, device: torch.device, count: int) -> int:
    """How many processes read; on a CPU few, since training needs the cores itself."""
    if config.workers >= 0:
        return config.workers
    if count < FEW_IMAGES:
        return 0
    cores = usable_cpus()
    return min(4, cores // 4) if device.type == "cpu" else min(8, max(1, cores - 1))
