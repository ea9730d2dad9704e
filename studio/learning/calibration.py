"""Measuring how long a training step takes on this machine: the job behind the model's card."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

from studio.errors import RunError
from studio.learning import memory
from studio.learning.config import TrainConfig
from studio.learning.events import Ended, Event, Probed, Progress
from studio.learning.trial_steps import TrialSteps
from studio.learning.validation import ShouldStop

STEPS = 4
"""Measured after the first, which takes longer."""
ENOUGH_S = 12.0
"""No further step is begun after this time."""


def measure(config: Mapping[str, Any], should_stop: ShouldStop) -> Iterator[Event]:
    """Take a few steps with ``config`` (JSON values) on made-up pictures.

    ``Probed`` tells ``step_s``, the seconds of a step with the whole batch.

    Raises:
        ConfigError: the model, the image size or the device does not exist here.
        RunError: the batch does not fit into the memory.
    """
    settings = TrainConfig.from_json(config)
    yield Progress("load", 0, 0)
    began = time.monotonic()
    try:
        trial = TrialSteps.of(settings)
        found: list[float] = []
        while len(found) <= STEPS and not should_stop():
            found.append(trial.step()[1])
            yield Progress("measure", len(found), 1 + STEPS)
            if time.monotonic() - began > ENOUGH_S:
                break
    except (RuntimeError, MemoryError) as error:
        if not memory.is_exhausted(error):
            raise
        raise RunError(
            "A batch of {count} images of {size} pixels does not fit into the memory; training "
            "will work on fewer at a time.",
            count=settings.batch_size,
            size=settings.image_size,
        ) from error
    if should_stop():
        yield Ended("stopped")
        return
    parts = ceil(settings.batch_size / len(trial.samples))
    yield Probed({"step_s": statistics.median(found[1:] or found) * parts})
    yield Ended("finished")
