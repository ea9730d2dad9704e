"""Finding a learning rate by trying (Smith 2017, "Cyclical learning rates", 3.3).

The rate grows from step to step until the loss runs away; where the loss falls fastest is a good
peak for a run.
"""

from __future__ import annotations

import copy
import itertools
import math
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from studio.domain.project import Split
from studio.errors import RunError
from studio.learning import checkpoint, preparation, registry, step
from studio.learning.adapter import Sample
from studio.learning.config import LIMITS, TrainConfig
from studio.learning.events import Ended, Event, Progress, RateFound, RateTried
from studio.learning.processes import accelerator_for
from studio.learning.readiness import dataset
from studio.learning.rescue import Diverged
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from studio.learning.training import Training, set_up
from studio.learning.validation import ShouldStop
from studio.storage.reader import Reader

STEPS = 100
RATES = (1e-6, 1.0)
"""The first and the last that is tried; detectors with SGD run away long before."""
MEMORY = 0.9
"""Part of the smoothed loss that the next one keeps."""
RUNAWAY = 3.0
"""Once the smoothed loss is this many times its least, trying on brings nothing."""
WINDOW = 21
"""Single losses scatter: their slope is that of the line that fits so many best."""


def find(project: Path, config: TrainConfig, should_stop: ShouldStop) -> Iterator[Event]:
    """Try rates on the project's training images; ``RateTried`` each, ``RateFound`` at the end.

    No run is made and nothing is kept.

    Raises:
        NotEnoughLabels, WeightsMissing, ConfigError, RunError: see the sentence.
    """
    accelerator = accelerator_for(config)
    yield Progress("prepare", 0, 0)
    with Reader.open(project) as reader:
        frozen = dataset.freeze(reader, config.task, config.seed, config.val_fraction)
    yield from preparation.fetch_weights(config, should_stop)
    if should_stop():
        yield Ended("stopped")
        return
    yield Progress("load", 0, 0)
    torch.manual_seed(config.seed)
    model, _ = registry.build(config, len(frozen.labels), len(frozen.places))
    adapter = adapter_for(ModelSpec.of(config, frozen))
    with tempfile.TemporaryDirectory() as folder:
        training = set_up(Path(folder), accelerator, model, frozen, adapter, should_stop)
        try:
            yield from range_test(training)
        except step.Discarded:
            pass
        finally:
            training.close()
    yield Ended("stopped" if should_stop() else "finished")


def range_test(training: Training) -> Iterator[Event]:
    """Try growing rates, a step each; the model, its optimizer and all randomness stay as they
    were, whatever happens.

    Raises:
        RunError: no rate made the loss fall.
    """
    kept = copy.deepcopy((training.plain_model.state_dict(), training.optimizer.state_dict()))
    random = checkpoint.random_state(training.device)
    position = copy.copy(training.position)
    curve = Curve()
    try:
        yield from _climb(training, curve)
    finally:
        training.plain_model.load_state_dict(kept[0])
        training.optimizer.load_state_dict(kept[1])
        training.optimizer.zero_grad(set_to_none=True)
        training.position = position
        checkpoint.restore_random_state(random, training.device)
    if training.heard():
        return
    found = curve.steepest()
    if found is None:
        raise RunError("No learning rate made the loss fall; look at the labels and the images.")
    yield RateFound(found)


@dataclass(frozen=True, slots=True)
class Curve:
    """Rates that were tried, the loss at each, and a running mean of it to look at."""

    rates: list[float] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    smooth: list[float] = field(default_factory=list)

    def add(self, rate: float, loss: float) -> None:
        """Take up one more rate; the running mean is corrected for its youth."""
        number = len(self.rates)
        weight = MEMORY * (1 - MEMORY**number) / (1 - MEMORY ** (number + 1))
        before = self.smooth[-1] if self.smooth else 0.0
        self.rates.append(rate)
        self.losses.append(loss)
        self.smooth.append(weight * before + (1 - weight) * loss)

    @property
    def has_run_away(self) -> bool:
        """Whether greater rates need not be tried."""
        return len(self.smooth) > WINDOW and self.smooth[-1] > RUNAWAY * min(self.smooth)

    def steepest(self) -> float | None:
        """Where the loss falls fastest, along the logarithm of the rate, before it is least.

        None where it does not fall, or too few rates were tried.
        """
        if len(self.rates) < WINDOW:
            return None
        places = np.arange(WINDOW) - WINDOW // 2
        slopes = np.correlate(self.losses, places / (places**2).sum(), "valid")
        means = np.correlate(self.losses, np.full(WINDOW, 1 / WINDOW), "valid")
        slopes = slopes[: int(means.argmin()) + 1]
        place = int(slopes.argmin())
        return self.rates[place + WINDOW // 2] if slopes[place] < 0 else None


def _climb(training: Training, curve: Curve) -> Generator[Event, None, None]:
    config = training.config
    low, high = RATES[0], min(RATES[1], LIMITS["lr"][1])
    rates = np.geomspace(low, high, STEPS).tolist()
    training.layers.begin(training.model, waits=False)
    for number, (rate, samples) in enumerate(zip(rates, _batches(training), strict=False), 1):
        for group in training.optimizer.param_groups:
            group["lr"] = rate * group["peak_lr"] / config.lr
        try:
            loss = (yield from step.learn(training, samples)).loss
        except Diverged:
            return
        curve.add(rate, loss)
        yield RateTried(rate, curve.smooth[-1], number, STEPS)
        if curve.has_run_away or training.heard() or not math.isfinite(loss):
            return


def _batches(training: Training) -> Iterator[list[Sample]]:
    """Samples in the order of training, pass after pass, batches that cannot be read apart."""
    if not training.snapshot.of(Split.TRAIN):
        return
    for epoch in itertools.count(1):
        training.position.epoch = epoch
        for loaded in training.reading.batches(epoch, training.order()):
            samples = [each for each in loaded if isinstance(each, Sample)]
            if samples:
                yield samples
