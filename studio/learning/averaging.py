"""The running average of the weights, which is the model that is judged and kept.

Single steps on small batches scatter around a good place; their exponential average lies nearer
to it (Polyak and Juditsky 1992), so that epochs differ less by luck and fewer are needed.
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import get_ema_multi_avg_fn

from studio.learning.config import TrainConfig

HORIZON = 0.05
"""Part of the run's steps that the average looks back over."""


class WeightAverage:
    """Follows ``model``, a step at a time; ``model`` here is the averaged copy, in eval mode.

    Where ``config`` wants no average, the copy is what the last step left.
    """

    def __init__(self, model: nn.Module, steps: int, config: TrainConfig) -> None:
        self.model = copy.deepcopy(model).requires_grad_(False).eval()
        self._config = config
        self._pairs: list[tuple[list[Tensor], list[Tensor]]] | None = None
        self.go_on(0, steps)

    def go_on(self, seen: int, steps: int) -> None:
        """Follow the rest of ``steps``, of which ``seen`` are taken."""
        own = self._config.ema_decay or 1 - 1 / max(1.0, HORIZON * steps)
        self._decay = own if self._config.ema else 0.0
        self._seen = seen

    @torch.no_grad()
    def follow(self, model: nn.Module) -> None:
        """Take the weights after one more step into the average; young averages move fast.

        ``model`` is the same each time: its tensors are looked up once, until ``let_go``.
        """
        self._seen += 1
        decay = min(self._decay, self._seen / (self._seen + 9))
        if self._pairs is None:
            self._pairs = _pairs(self.model, model)
        for averages, now in self._pairs:
            if averages[0].is_floating_point() and decay:
                get_ema_multi_avg_fn(decay)(averages, now, None)
            else:
                for average, value in zip(averages, now, strict=True):
                    average.copy_(value)

    def let_go(self) -> None:
        """Look the tensors up anew next time: they are about to be replaced."""
        self._pairs = None


def _pairs(average: nn.Module, model: nn.Module) -> list[tuple[list[Tensor], list[Tensor]]]:
    """The tensors of both that belong together, those of one type in one pair of lists."""
    now = model.state_dict()
    by_type: dict[torch.dtype, tuple[list[Tensor], list[Tensor]]] = {}
    for name, value in average.state_dict().items():
        averages, values = by_type.setdefault(value.dtype, ([], []))
        averages.append(value)
        values.append(now[name])
    return list(by_type.values())
