"""What the user can put right, said in a sentence.

A ``StudioError`` carries one sentence: which file, which field, what is wrong, what to do.
The window shows it in a message, the command line prints it and exits with ``exit_code``.
Anything else that is raised is a bug of ours and reaches the excepthook with its traceback.

Sentences are kept as a literal template and its values, so that the window can translate the
template; everywhere else ``str()`` gives plain English.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something said to the user: an English template with ``{named}`` values.

    A value may be a sentence too, such as the reason that another failure gave.
    """

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format_map(self.values)

    def to_json(self) -> dict[str, Any]:
        """The sentence, and those within it, for a file or another process; see ``told``."""
        values = self.values.items()
        nested = {name: v.to_json() if isinstance(v, Sentence) else v for name, v in values}
        return {"template": self.template, "values": nested}

    @classmethod
    def told(cls, told: Mapping[str, Any]) -> Self:
        """The sentence that ``to_json`` made ``told`` of."""
        values = told["values"].items()
        nested = {name: cls.told(v) if isinstance(v, dict) else v for name, v in values}
        return cls(told["template"], nested)


Value = str | int | float | Sentence


def say(template: str, **values: Value | object) -> Sentence:
    """A sentence; ``template`` must be a literal, so that the translation gate finds it."""
    return Sentence(template, {name: _plain(value) for name, value in values.items()})


class Listed(str):
    """Several values as English lists them; ``values`` keeps them for whoever names them else."""

    values: tuple[str, ...]

    def __new__(cls, values: Iterable[str]) -> Self:
        """The values, with commas between them."""
        kept = tuple(values)
        listed = super().__new__(cls, ", ".join(kept))
        listed.values = kept
        return listed

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.values,)  # a copy is made of them, not of the letters


def _plain(value: Value | object) -> Value:
    # A choice stays the choice that it is, so that the window can tell what it calls it.
    match value:
        case str() | int() | float() | Sentence():
            return value
        case StudioError():
            return value.sentence
        case OSError(strerror=str(why)):
            return why  # which file it is about is said elsewhere
        case _:
            return str(value)


class StudioError(Exception):
    """Base of every failure that a user can act on; ``str(error)`` is the sentence to show.

    ``template`` must be a literal with ``{named}`` values.
    """

    exit_code = 1

    def __init__(self, template: str, **values: Value | object) -> None:
        self.sentence = say(template, **values)
        super().__init__(str(self.sentence))

    @classmethod
    def of(cls, sentence: Sentence) -> Self:
        """The failure of this kind that says ``sentence``, as it was said elsewhere."""
        return cls(sentence.template, **sentence.values)


class ProjectError(StudioError):
    """The project cannot be opened, created or read."""


class ProjectLocked(ProjectError):
    """Another window or command is editing this project."""


class ProjectTooNew(ProjectError):
    """A newer Vision Studio wrote this project."""


class EditConflict(StudioError):
    """A row is not what the edit expected, so nothing was changed."""


class ImageProblem(StudioError):
    """An image file cannot be shown: broken, too large, or of an unknown kind."""


class ImageDamaged(ImageProblem):
    """What is in an image file is broken, whenever and wherever it is read."""


class FormatError(StudioError):
    """A data set cannot be read or written in the chosen format."""


class ConfigError(StudioError):
    """A training or prediction setting has a value that cannot work."""


class NotEnoughLabels(StudioError):
    """There is too little to train on; the sentence says what is missing."""


class WeightsMissing(StudioError):
    """Pretrained weights are wanted, not here, and cannot be fetched."""

    exit_code = 3


class WeightsUnusable(StudioError):
    """A file of weights is broken, or is not what it is taken for."""


class DownloadFailed(StudioError):
    """A file could not be fetched, or arrived damaged."""


class RunError(StudioError):
    """A training run cannot be found, read or continued."""


class JobFailed(StudioError):
    """A background process ended without finishing its work."""


def is_disk_full(error: BaseException) -> bool:
    """Whether an error means that no more can be written: no room, or none left to this user."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
