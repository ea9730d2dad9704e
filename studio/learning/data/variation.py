"""How far each change of a training image may go, from a configuration. No torch here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from studio.domain.runs import Task
from studio.learning.choices import Augmentation
from studio.learning.config import TrainConfig


@dataclass(frozen=True, slots=True)
class Variation:
    """Limits and chances as the fields of ``TrainConfig`` of the same names say; no -1 here."""

    flip_horizontal: float = 0.0
    flip_vertical: float = 0.0
    quarter_turns: float = 0.0
    rotation_deg: float = 0.0
    shear_deg: float = 0.0
    zoom: float = 1.0
    crop: float = 1.0
    brightness: float = 0.0
    contrast: float = 0.0
    saturation: float = 0.0
    hue: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    erasing: float = 0.0
    rand_augment: int = 0
    cutmix: float = 0.0
    mixup: float = 0.0

    @classmethod
    def of(cls, config: TrainConfig, strength: Augmentation | None = None) -> Variation:
        """What ``config`` says one by one, and for the rest ``strength``, or its own."""
        base = preset(config.task, strength or config.augmentation)
        said = {name: getattr(config, name) for name in NAMES}
        return replace(base, **{name: value for name, value in said.items() if value >= 0})


NAMES = tuple(field.name for field in fields(Variation))

FOR_CLASSES = frozenset({"crop", "rand_augment", "cutmix"})
"""Changes for tasks that name the whole image, and no others."""
FOR_OBJECTS = frozenset({"zoom"})
"""Changes for tasks that find things."""

_COLOURS = ("brightness", "contrast", "saturation")


def names(task: Task) -> tuple[str, ...]:
    """The changes that a task knows, in the order of ``Variation``."""
    foreign = FOR_OBJECTS if task is Task.CLASSIFY else FOR_CLASSES
    if task in (Task.SEGMENT, Task.KEYPOINTS):
        foreign = foreign | {"mixup"}
    return tuple(name for name in NAMES if name not in foreign)


def preset(task: Task, strength: Augmentation) -> Variation:
    """What ``strength`` stands for. Nothing is turned upside down unless the user says so."""
    if strength is Augmentation.NONE:
        return Variation()
    changes = dict(_STRENGTHS[strength])
    colour = changes.pop("colour")
    if strength is Augmentation.STRONG and task.finds:
        changes["rotation_deg"] = 0.0  # a turned box is looser than its object
    if task is Task.KEYPOINTS:
        changes["flip_horizontal"] = 0.0  # unless the places' names tell left from right
    known = frozenset(names(task))
    changes |= dict.fromkeys(_COLOURS, colour)
    return Variation(**{name: value for name, value in changes.items() if name in known})  # pyright: ignore[reportArgumentType]


_STRENGTHS: Mapping[Augmentation, Mapping[str, float]] = {
    Augmentation.LIGHT: {"flip_horizontal": 0.5, "crop": 0.6, "colour": 0.1},
    Augmentation.MEDIUM: {
        "flip_horizontal": 0.5, "crop": 0.35, "zoom": 1.25, "colour": 0.2, "hue": 0.02,
    },
    Augmentation.STRONG: {
        "flip_horizontal": 0.5, "crop": 0.2, "zoom": 1.6, "colour": 0.4, "hue": 0.05,
        "rotation_deg": 15.0, "blur": 0.1, "erasing": 0.25,
    },
}  # fmt: skip
