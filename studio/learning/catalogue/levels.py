"""Three models of a task to choose from: a fast one, a balanced one and an accurate one.

This is the one place where they are chosen. Of each level the first is taken that

1. is what the recipe recommends for these images and this machine, or else
2. is given ``ENOUGH_EPOCHS`` by the recipe, which cuts them down to a bearable time where there is
   no graphics card: a large network that hardly learns is not accurate, and
3. has its first weights on this computer; where none has, the first will be downloaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from studio.domain.runs import Task
from studio.errors import Sentence, say
from studio.learning import catalogue
from studio.learning.catalogue import ModelCard

ENOUGH_EPOCHS = 10


class Level(StrEnum):
    """What a model is chosen for."""

    FAST = "fast"
    BALANCED = "balanced"
    ACCURATE = "accurate"


Ladder = Mapping[Level, Sequence[str]]

LADDERS: Mapping[Task, Ladder] = {
    Task.CLASSIFY: {
        Level.FAST: ("mobilenet_v3_small", "squeezenet1_1", "small_cnn"),
        Level.BALANCED: ("mobilenet_v3_large", "mobilenet_v2", "resnet18"),
        Level.ACCURATE: ("efficientnet_v2_s", "convnext_tiny", "resnet50"),
    },
    Task.DETECT: {
        Level.FAST: ("yolox_nano", "ssdlite320_mobilenet_v3_large", "fasterrcnn_small_cnn_fpn"),
        Level.BALANCED: (
            "yolox_s", "fasterrcnn_mobilenet_v2_fpn", "fasterrcnn_mobilenet_v3_large_fpn",
            "yolox_tiny",
        ),
        Level.ACCURATE: (
            "fasterrcnn_resnet50_fpn_v2", "fasterrcnn_resnet50_fpn", "retinanet_resnet50_fpn_v2",
            "fcos_resnet50_fpn",
        ),
    },
    Task.INSTANCES: {
        Level.FAST: ("maskrcnn_small_cnn_fpn",),
        Level.BALANCED: ("maskrcnn_mobilenet_v3_large_fpn", "maskrcnn_mobilenet_v2_fpn"),
        Level.ACCURATE: ("maskrcnn_resnet50_fpn_v2", "maskrcnn_resnet50_fpn"),
    },
    Task.SEGMENT: {
        Level.FAST: (
            "lraspp_mobilenet_v3_large", "unet_mobilenet_v3_small", "unet_squeezenet1_1",
            "unet_small_cnn",
        ),
        Level.BALANCED: ("unet_mobilenet_v3_large", "unet_mobilenet_v2", "unet_resnet18"),
        Level.ACCURATE: (
            "unet_resnet50", "deeplabv3_resnet50", "unet_efficientnet_b0",
            "deeplabv3_mobilenet_v3_large",
        ),
    },
    Task.KEYPOINTS: {
        Level.FAST: ("keypointrcnn_small_cnn_fpn",),
        Level.BALANCED: ("keypointrcnn_mobilenet_v3_large_fpn", "keypointrcnn_mobilenet_v2_fpn"),
        Level.ACCURATE: ("keypointrcnn_resnet50_fpn",),
    },
}  # fmt: skip
"""Of each task and level, the best first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The model of one level and why it is this one."""

    level: Level
    card: ModelCard
    reason: Sentence
    recommended: bool = False


def choices(
    task: Task,
    recommended: str,
    why: Sentence,
    weights_present: Callable[[str], bool],
    epochs: Callable[[str], int],
) -> tuple[Choice, ...]:
    """One model of each level, the fast one first; a task with few models has fewer levels.

    ``recommended`` is the recipe's model and ``why`` its reason; ``epochs`` tells how many the
    recipe gives a model by its name, 0 where it cannot be trained with the present settings.
    """
    found: list[Choice] = []
    for level, names in _ladder(task, recommended).items():
        if recommended in names:
            card = catalogue.card(task, recommended)
            found.append(Choice(level, card, why, recommended=True))
        else:
            found.append(_best(task, level, names, weights_present, epochs))
    return tuple(found)


def _best(
    task: Task,
    level: Level,
    names: Sequence[str],
    weights_present: Callable[[str], bool],
    epochs: Callable[[str], int],
) -> Choice:
    here = [name for name in names if weights_present(name)]
    by_place = [*here, *(name for name in names if name not in here)]
    fitting = (name for name in by_place if epochs(name) >= ENOUGH_EPOCHS)
    name = next(fitting, by_place[0])
    card = catalogue.card(task, name)
    return Choice(level, card, _reason(level, name, names, is_here=name in here))


def _reason(level: Level, name: str, names: Sequence[str], *, is_here: bool) -> Sentence:
    if name != names[0] and is_here:
        return say("The best of its kind for this computer with the weights that are here.")
    if name != names[0]:
        return say("The best of its kind for this computer; others could learn for less time.")
    match level:
        case Level.FAST:
            return say("To be chosen where time is short.")
        case Level.BALANCED:
            return say("Nearly as accurate as large models, in a fraction of their time.")
        case Level.ACCURATE:
            return say("The most accurate of the usual models.")


def _ladder(task: Task, recommended: str) -> Ladder:
    """The ladder of a task, which has the recommended model on it."""
    ladder = LADDERS[task]
    if any(recommended in names for names in ladder.values()):
        return ladder
    return {**ladder, Level.BALANCED: (recommended, *ladder[Level.BALANCED])}
