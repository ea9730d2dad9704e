"""The running average of the weights, which is the model that is judged and kept.

Single steps on small batches scatter around a good place; their exponential average lies nearer
to it (Polyak and Juditsky 1992), so that epochs differ less by luck and fewer are needed.
"""

from __future__ import annotations

import copy

import torch
from torch import nn

from studio.learning.config import TrainConfig

HORIZON = 0.05
"""Part of the run's steps that the average looks back over."""


class WeightAverage:
    """Follows ``model``, a step at a time; ``model`` here is the averaged copy, in eval mode.

    Where ``config`` wants no average, the copy is what the last step left.
    """

    def __init__(self, model: nn.Module, steps: int, config: TrainConfig) -> None:
        self.model = copy.deepcopy(model).requires_grad_(False).eval()
        self.steps_seen = 0
        own = config.ema_decay or 1 - 1 / max(1.0, HORIZON * steps)
        self._decay = own if config.ema else 0.0

    @torch.no_grad()
    def follow(self, model: nn.Module) -> None:
        """Take the weights after one more step into the average; young averages move fast."""
        self.steps_seen += 1
        decay = min(self._decay, self.steps_seen / (self.steps_seen + 9))
        now = model.state_dict()
        for name, average in self.model.state_dict().items():
            if average.is_floating_point() and decay:
                average.lerp_(now[name], 1 - decay)
            else:
                average.copy_(now[name])
