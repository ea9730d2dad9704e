"""The models of the three levels, each with what it would take on this machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.learning.advice import footprint, recipe, speeds
from studio.learning.advice.recipe import Advice
from studio.learning.catalogue import levels
from studio.learning.catalogue.levels import Choice
from studio.learning.config import TrainConfig, Weights
from studio.ui.training.setup.plan import Plan

CHOOSING = ("device", "weights")
"""The settings that the recommended model follows."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A model to choose: ``config`` is what the recipe makes of it, None where the user's other
    settings do not suit it. ``minutes`` is 0 where nobody knows; ``is_measured`` says whether it
    was measured here or reckoned. ``memory_gb`` is reckoned."""

    choice: Choice
    config: TrainConfig | None
    minutes: float
    is_measured: bool
    memory_gb: float
    is_here: bool


def offers_of(plan: Plan) -> tuple[Offer, ...]:
    """One for each level of the present task, which must be ready.

    The user's other settings may suit the chosen model alone, and not even the recommended one.
    """
    task = plan.task
    assert task is not None
    is_here = cache(plan.weights_present)  # it looks at the disk
    own = {name: value for name, value in plan.overrides.items() if name != "model"}
    choosing = {name: value for name, value in own.items() if name in CHOOSING}
    best = _advice(plan, task, choosing, is_here)
    made: dict[str, Advice | None] = {}

    def advice_for(name: str) -> Advice | None:
        if name not in made:
            try:
                made[name] = _advice(plan, task, own | {"model": name}, is_here)
            except ConfigError:
                made[name] = None
        return made[name]

    def epochs(name: str) -> int:
        advice = advice_for(name)
        return advice.config.epochs if advice else 0

    scratch = best.config.weights is Weights.SCRATCH
    present = (lambda _: True) if scratch else is_here
    chosen = levels.choices(task, best.config.model, best.reasons["model"], present, epochs)
    return tuple(
        _offer(plan, each, advice_for(each.card.name), is_here=present(each.card.name))
        for each in chosen
    )


def _advice(
    plan: Plan, task: Task, overrides: Mapping[str, Any], is_here: Callable[[str], bool]
) -> Advice:
    return recipe.advise(task, plan.readiness[task], plan.machine, is_here, overrides)


def _offer(plan: Plan, choice: Choice, advice: Advice | None, *, is_here: bool) -> Offer:
    if advice is None:
        return Offer(choice, None, 0.0, False, 0.0, is_here)
    config = advice.config
    readiness = plan.readiness[config.task]
    step_s = speeds.known(config, plan.machine)
    run_s = speeds.run_s(config, readiness, step_s) if step_s else 0.0
    return Offer(
        choice,
        config,
        run_s / 60 or advice.minutes,
        run_s > 0,
        footprint.gigabytes(config, choice.card.parameters_m, readiness.train_images),
        is_here,
    )
