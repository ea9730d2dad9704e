"""Running a model over images without learning: losses, predictions and metrics."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import torch
from torch import nn

from studio.errors import RunError, say
from studio.learning import memory
from studio.learning.adapter import Adapter, Prediction, Sample, Scores
from studio.learning.data.reading import Loaded, Unreadable
from studio.learning.events import Event, Notice, Progress
from studio.learning.snapshot import FrozenImage

ShouldStop = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Validation:
    """What a model makes of a split: truths and predictions in the same order."""

    truths: Sequence[Prediction]
    predictions: Sequence[Prediction]
    ids: Sequence[int]
    scores: Scores
    loss: float


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model makes of the image ``id``; ``loss`` is the mean of its batch."""

    id: int
    truth: Prediction
    prediction: Prediction
    loss: float


Pool = Callable[[list[Judged], memory.TooLarge | None], list[Judged]]
"""Puts together what several processes judged; raises where one of them failed."""


@dataclass(frozen=True, slots=True)
class ValidationCache:
    """What need not be done again in the next epoch of a run, by image id.

    ``truths`` are drawn and packed once; the images that cannot be read are told of once, which
    those of ``unreadable`` were.
    """

    truths: dict[int, Prediction] = field(default_factory=dict)
    unreadable: set[int] = field(default_factory=set)

    def truth_of(self, source: FrozenImage, adapter: Adapter) -> Prediction:
        """What the human said of an image."""
        if source.id not in self.truths:
            self.truths[source.id] = adapter.truth(source)
        return self.truths[source.id]

    def notices(self, loaded: Sequence[Sample | Unreadable]) -> Iterator[Notice]:
        """Name the images that could not be decoded, unless that was done."""
        for each in loaded:
            if isinstance(each, Unreadable) and each.source.id not in self.unreadable:
                self.unreadable.add(each.source.id)
                yield unreadable_notice(each)


def unreadable_notice(each: Unreadable) -> Notice:
    """Names an image that could not be decoded."""
    return Notice(
        "warning",
        say("{file}: {problem}", file=each.source.relative, problem=each.sentence),
    )


def chunks(count: int, size: int) -> list[list[int]]:
    """Positions 0 to ``count - 1`` in order, ``size`` at a time."""
    return [list(range(start, min(start + size, count))) for start in range(0, count, size)]


Answer = TypeVar("Answer")


def each_image(
    loaded: Iterator[Loaded],
    ask: Callable[[Sequence[Sample]], Sequence[Answer]],
    device: torch.device,
) -> Iterator[tuple[Sample, Answer] | Unreadable]:
    """``ask`` batch by batch, halving what is on the device at a time when memory runs out.

    Raises:
        RunError: one image alone is too much for the memory.
    """
    most = sys.maxsize
    for batch in loaded:
        yield from (each for each in batch if isinstance(each, Unreadable))
        samples = [each for each in batch if isinstance(each, Sample)]
        start = 0
        while start < len(samples):
            part = samples[start : start + most]
            try:
                with torch.inference_mode():
                    answers = ask(part)
            except (RuntimeError, MemoryError) as error:
                if not memory.is_exhausted(error):
                    raise
                if len(part) == 1:
                    raise memory.too_large(max(part[0].image.shape[-2:])) from error
                answers = None
            if answers is None:
                memory.release(device)
                most = max(1, len(part) // 2)
                continue
            yield from zip(part, answers, strict=True)
            start += len(part)


def validate(
    model: nn.Module,
    adapter: Adapter,
    loaded: Iterator[Loaded],
    total: int,
    device: torch.device,
    should_stop: ShouldStop,
    cache: ValidationCache | None = None,
    pool: Pool | None = None,
) -> Generator[Event, None, Validation | None]:
    """Tells progress and unreadable images, returns truths, predictions and metrics.

    ``cache`` is the same for every epoch of a run. Several processes judge each its part of
    the images, in equally many batches, and ``pool`` brings it together. Returns None as soon as
    ``should_stop``, asked batch by batch, says a word.

    Raises:
        RunError: not one image could be read.
        TooLarge: one image alone is too much for the memory.
    """

    def judge(samples: Sequence[Sample]) -> list[tuple[Prediction, float]]:
        answers, loss = adapter.judge(model, samples, device)
        return [(answer, loss) for answer in answers]

    model.eval()
    cache = cache or ValidationCache()
    judged: list[Judged] = []
    failure: memory.TooLarge | None = None
    batches = _until_stopped(loaded, should_stop)
    try:
        for outcome in each_image(batches, judge, device):
            if isinstance(outcome, Unreadable):
                yield from cache.notices([outcome])
                continue
            sample, (prediction, loss) = outcome
            truth = cache.truth_of(sample.source, adapter)
            judged.append(Judged(sample.source.id, truth, prediction, loss))
            yield Progress("evaluate", len(judged), total)
    except memory.TooLarge as error:
        if pool is None:
            raise
        failure = error
        for _ in batches:  # the other processes ask for the word as often
            pass
    if should_stop():
        return None
    if pool is not None:
        judged = pool(judged, failure)
    if not judged:
        raise RunError("None of the images to evaluate on can be read.")
    truths, found = [each.truth for each in judged], [each.prediction for each in judged]
    return Validation(
        truths=truths,
        predictions=found,
        ids=[each.id for each in judged],
        scores=adapter.score(truths, found),
        loss=sum(each.loss for each in judged) / len(judged),
    )


def _until_stopped(loaded: Iterator[Loaded], should_stop: ShouldStop) -> Iterator[Loaded]:
    """The batches, until a word is said."""
    for batch in loaded:
        if should_stop():
            return
        yield batch
