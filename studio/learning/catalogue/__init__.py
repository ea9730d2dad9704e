"""The architectures on offer, each with a card that a newcomer can read. No torch here."""

from __future__ import annotations

from functools import cache

from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.learning.catalogue import (
    classifiers,
    detectors,
    instances,
    keypoints,
    segmenters,
    yolox,
)
from studio.learning.catalogue.model_card import SMALL, ModelCard

__all__ = ["SMALL", "ModelCard", "card", "cards", "every", "find"]


def cards(task: Task) -> tuple[ModelCard, ...]:
    """The cards offered first for a task, the generally best before the others."""
    return tuple(card for card in _offered() if card.task is task)


def every(task: Task) -> tuple[ModelCard, ...]:
    """All cards of a task: those offered first, then the others."""
    others = tuple(card for card in _others() if card.task is task)
    return cards(task) + others


def card(task: Task, name: str) -> ModelCard:
    """One card, offered first or not.

    Raises:
        ConfigError: there is no such model for this task.
    """
    for each in every(task):
        if each.name == name:
            return each
    if task is Task.SEGMENT and (reason := segmenters.unsuited(name)):
        raise ConfigError.of(reason)
    raise ConfigError(
        "There is no model {name} for {task}; choose one of {names}, or of all those that "
        "studio models lists.",
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
def _offered() -> tuple[ModelCard, ...]:
    found = (*detectors.cards(), *yolox.cards(), *instances.cards(), *segmenters.cards())
    return (*classifiers.cards(), *found, *keypoints.cards())


@cache
def _others() -> tuple[ModelCard, ...]:
    return (*classifiers.more(), *detectors.more(), *segmenters.more())
