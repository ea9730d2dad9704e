"""Images, their state, and what a change to the project touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """How far the annotation of an image has got; an image nobody opened is NEW."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    SKIPPED = "skipped"


class Split(StrEnum):
    """The part of the data an image belongs to."""

    TRAIN = "train"
    VAL = "val"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Root:
    """A folder of images. ``path`` is POSIX, relative to the project where it can be."""

    id: int
    path: str


@dataclass(frozen=True, slots=True)
class Image:
    """What the scan found out about one file: facts, never undone.

    ``path`` is NFC, POSIX and relative to the root. ``width`` and ``height`` are of the upright
    image and 0 while unknown. ``problem`` is the sentence of an ``ImageProblem``, or "".
    ``auto_split`` is the sticky split drawn when the image was first trained on.
    """

    id: int
    root_id: int
    path: str
    width: int = 0
    height: int = 0
    size_bytes: int = 0
    mtime_ns: int = 0
    quick_hash: str = ""
    sha256: str = ""
    frames: int = 1
    problem: str = ""
    auto_split: Split | None = None


@dataclass(frozen=True, slots=True)
class ImageStatus:
    """What a human decided about one image; the defaults are an untouched image.

    ``tags`` and ``shapes`` are completed separately: an image that is only tagged is not a
    negative for a detector. ``removed`` hides it from the project (never from disk).
    """

    image_id: int
    tags: State = State.NEW
    shapes: State = State.NEW
    split: Split | None = None
    removed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """A project-wide setting that a human chose, for example how 16-bit images are shown."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a transaction touched, so that each view asks "does this touch me?".

    ``shapes`` tells which shapes were written, so that a view of thousands reads only those
    again; two changes that touch the same images are equal all the same.

    ``images`` and ``runs`` hold ids; ``labels``, ``settings`` and ``image_list`` say that the
    set of classes, the project's settings or the list of images changed.
    """

    images: frozenset[int] = frozenset()
    runs: frozenset[int] = frozenset()
    labels: bool = False
    settings: bool = False
    image_list: bool = False
    proposals: frozenset[int] = frozenset()
    shapes: frozenset[int] = field(default=frozenset(), compare=False)

    def __bool__(self) -> bool:
        return self != Changes()

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            images=self.images | other.images,
            runs=self.runs | other.runs,
            labels=self.labels or other.labels,
            settings=self.settings or other.settings,
            image_list=self.image_list or other.image_list,
            proposals=self.proposals | other.proposals,
            shapes=self.shapes | other.shapes,
        )
