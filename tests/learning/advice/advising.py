"""Projects and machines to ask the recipe about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from studio.domain.runs import Task
from studio.learning.advice import recipe
from studio.learning.advice.recipe import Advice
from studio.learning.readiness.dataset import Readiness

LAPTOP = {"best": "cpu", "cpu_count": 2, "gpus": []}
CARD = {
    "best": "cuda:0",
    "cpu_count": 16,
    "gpus": [{"device": "cuda:0", "name": "A card", "memory_bytes": 24 * 2**30}],
}
ALL_HERE: Callable[[str], bool] = lambda name: True  # noqa: E731


def only(*names: str) -> Callable[[str], bool]:
    return lambda name: name in names


def pictures(task: Task, count: int = 300, **values: Any) -> Readiness:
    start = {
        "train_images": count * 4 // 5,
        "val_images": count // 5,
        "images": count,
        "longer_side_px": (600.0, 640.0, 640.0, 640.0, 800.0),
        "shorter_side_px": (400.0, 480.0, 480.0, 480.0, 600.0),
    }
    if task is not Task.CLASSIFY:
        part = (0.06, 0.1, 0.15, 0.2, 0.4)
        start |= {"object_part": part, "object_px": tuple(640 * p for p in part)}
    return Readiness(task, ready=True, **(start | values))


def advise(
    task: Task,
    data: Readiness | None = None,
    machine: dict[str, Any] | None = None,
    here: Callable[[str], bool] = ALL_HERE,
    **overrides: Any,
) -> Advice:
    facts = LAPTOP if machine is None else machine
    return recipe.advise(task, data or pictures(task), facts, here, overrides)
