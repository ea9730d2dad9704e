"""Labels (classes) and tags.

A label is one class of the project and is known by its UUID: renaming never breaks a model.
A tag says that a whole image shows a label, within a tag group.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

# Okabe and Ito's colours for colour-blind readers, then further hues told apart at a glance.
PALETTE = (
    "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#8C6BFF",
    "#7FBC41", "#E7298A", "#1FC6C6", "#B15928", "#A6CEE3", "#FB9A99", "#B2DF8A", "#CAB2D6",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """One class.

    ``id`` is a UUID in hex, ``color`` is ``#RRGGBB``, ``position`` the order in lists,
    ``key`` the digit that chooses it and ``group`` the heading it is listed under ("" for none).
    """

    id: str
    name: str
    color: str
    position: int
    key: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class MergedLabel:
    """A class that became one with class ``into``.

    What a model says of it, which knows it by its ``id`` or ``name``, is said of ``into``.
    """

    id: str
    name: str
    into: str


@dataclass(frozen=True, slots=True)
class TagGroup:
    """A question asked of whole images; exclusive unless ``multi_label`` says otherwise."""

    id: int
    name: str
    multi_label: bool = False


DEFAULT_TAG_GROUP = TagGroup(id=1, name="Tags")
"""Every project has this one from its creation."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Image ``image_id`` shows ``label``, as an answer within tag group ``group``."""

    image_id: int
    group: int
    label: str
    run: int | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class ClassDone:
    """A human says that image ``image_id`` is complete for ``label``, whatever of the others.

    An image that is done as a whole needs no such marks.
    """

    image_id: int
    label: str


def clean_name(text: str) -> str:
    """Return ``text`` as a label's name: NFC, trimmed, inner white space folded to one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def same_name(a: str, b: str) -> bool:
    """Whether two names would be one label: equal without regard to case."""
    return clean_name(a).casefold() == clean_name(b).casefold()


def find_label(labels: Iterable[Label], name: str) -> Label | None:
    """Return the label called ``name`` (without regard to case), or None."""
    return next((label for label in labels if same_name(label.name, name)), None)


def new_label(name: str, existing: Iterable[Label], color: str | None = None) -> Label:
    """Return a new label: next position, next unused colour and the next free digit.

    Raises:
        ValueError: the name is empty or already taken.
    """
    others = tuple(existing)
    name = clean_name(name)
    if not name:
        raise ValueError("a label needs a name")
    if find_label(others, name):
        raise ValueError(f"there is already a label called {name}")
    position = max((label.position for label in others), default=-1) + 1
    used = {label.color for label in others}
    fallback = PALETTE[position % len(PALETTE)]
    keys = {label.key for label in others}
    return Label(
        id=uuid4().hex,
        name=name,
        color=color or next((c for c in PALETTE if c not in used), fallback),
        position=position,
        key=next((digit for digit in "123456789" if digit not in keys), ""),
    )
