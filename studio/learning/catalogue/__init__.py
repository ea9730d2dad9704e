"""The architectures on offer, each with a card that a newcomer can read. No torch here."""

from __future__ import annotations

from functools import cache

from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.learning.backbones import IMAGENET
from studio.learning.catalogue import classifiers, detectors, instances, segmenters
from studio.learning.catalogue.model_card import SMALL, ModelCard

__all__ = ["SMALL", "ModelCard", "card", "cards", "find"]


def cards(task: Task) -> tuple[ModelCard, ...]:
    """The cards on offer for a task, the generally best first."""
    return tuple(card for card in _all() if card.task is task)


def card(task: Task, name: str) -> ModelCard:
    """One card. Beyond the listed ones, ``unet_NAME`` takes any backbone of ``IMAGENET``.

    Raises:
        ConfigError: there is no such model for this task.
    """
    for each in cards(task):
        if each.name == name:
            return each
    if task is Task.SEGMENT and (backbone := name.removeprefix("unet_")) in IMAGENET:
        return segmenters.unet(backbone)
    raise ConfigError(
        "There is no model {name} for {task}; choose one of {names}.",
        name=name,
        task=task,
        names=", ".join(each.name for each in cards(task)),
    )


def find(name: str) -> ModelCard | None:
    """The card of a model's name, whatever its task; names are unique among tasks."""
    for task in Task:
        try:
            return card(task, name)
        except ConfigError:
            continue
    return None


@cache
def _all() -> tuple[ModelCard, ...]:
    return (*classifiers.cards(), *detectors.cards(), *instances.cards(), *segmenters.cards())
