"""How fast a run is, and how long it will still take."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

SMOOTHING = 0.9


@dataclass(slots=True)
class Pace:
    """Running means of seconds a step and seconds a validation, from a monotonic clock."""

    step_s: float = 0.0
    judging_s: float = 0.0
    _since: float = field(default_factory=time.monotonic)

    def lap(self) -> float:
        """Seconds since the last lap; starts the next."""
        now = time.monotonic()
        took, self._since = now - self._since, now
        return took

    def step_done(self) -> float:
        """Take note of a step; returns its seconds."""
        took = self.lap()
        mean = SMOOTHING * self.step_s + (1 - SMOOTHING) * took
        self.step_s = mean if self.step_s else took
        return took

    def judging_done(self) -> float:
        """Take note of a validation; returns its seconds."""
        self.judging_s = self.lap()
        return self.judging_s

    def left_s(self, steps: int, epochs: int) -> float:
        """Seconds for ``steps`` steps and ``epochs`` validations."""
        return steps * self.step_s + epochs * self.judging_s


class Countdown:
    """Seconds left of ``count`` pieces of work that take about equally long."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._began = time.monotonic()

    def left_s(self, done: int) -> float:
        """By the mean of those done so far; 0 while unknown."""
        took_s = time.monotonic() - self._began
        return took_s / done * (self._count - done) if done else 0.0
