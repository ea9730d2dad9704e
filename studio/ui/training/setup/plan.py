"""The training that is being set up: a task, what the user chose, and the rest advised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from studio.domain.runs import Run, Task
from studio.learning.advice import recipe
from studio.learning.advice.recipe import Advice
from studio.learning.config import TrainConfig
from studio.learning.readiness.dataset import Readiness
from studio.ui.training.setup import fields


class Plan:
    """Answers what will be trained. The user's choices are kept for each task."""

    def __init__(self, weights_present: Callable[[str], bool]) -> None:
        self.task: Task | None = None
        self.readiness: Mapping[Task, Readiness] = {}
        self.machine: Mapping[str, Any] = {}
        self.weights_present = weights_present
        self._overrides: dict[Task, dict[str, Any]] = {task: {} for task in Task}

    @property
    def ready(self) -> bool:
        """Whether the chosen task can be trained now."""
        return (
            self.task is not None
            and self.task in self.readiness
            and (self.readiness[self.task].ready)
        )

    @property
    def overrides(self) -> Mapping[str, Any]:
        """What the user chose for the present task, by field."""
        return dict(self._overrides[self.task]) if self.task else {}

    def choose_first_ready(self) -> None:
        """Choose the first task that can be trained, where none was chosen."""
        if self.task is None:
            ready = (task for task, found in self.readiness.items() if found.ready)
            self.task = next(ready, None)

    def override(self, name: str, value: object) -> None:
        """Let the user's choice stand instead of the advice."""
        if self.task is not None:
            self._overrides[self.task][name] = value

    def reset(self, name: str = "") -> None:
        """Go back to the advice for one field, or for all."""
        if self.task is None:
            return
        if name:
            self._overrides[self.task].pop(name, None)
        else:
            self._overrides[self.task].clear()

    def clone(self, run: Run, config: TrainConfig) -> None:
        """Take the settings of an earlier run as the user's choices."""
        self.task = run.task
        self._overrides[run.task] = fields.chosen_by(config)

    def advice(self, task: Task | None = None) -> Advice:
        """The complete settings of a task that is ready, the present one at first, with reasons.

        Raises:
            ConfigError: a choice of the user cannot work.
        """
        task = task or self.task
        assert task is not None
        return recipe.advise(
            task, self.readiness[task], self.machine, self.weights_present, self._overrides[task]
        )
