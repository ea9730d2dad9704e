"""A configuration in the making: the user's choices stand, each field gets its reason."""

from __future__ import annotations

from typing import Any

from studio.errors import Sentence, say
from studio.learning.config import TrainConfig


class Decisions:
    """``config`` with what was settled so far, and ``reasons`` by field."""

    def __init__(self, config: TrainConfig, chosen: frozenset[str]) -> None:
        self.config = config
        self.reasons = {name: say("Chosen by you.") for name in sorted(chosen)}
        self._chosen = chosen

    def settle(self, name: str, value: Any, reason: Sentence) -> None:
        """Decide one field, unless the user did."""
        if name not in self._chosen:
            self.config = self.config.changed({name: value})
            self.reasons[name] = reason
