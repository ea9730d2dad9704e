"""The places of keypoints: what a data set calls them, and which change sides in a mirror."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from studio.domain.shapes import Points

LEAST_SURE = 0.2
"""A predicted point that a model is less sure of than this is not shown, and never proposed."""

NEAR = 0.1
"""A point that is off by less than this part of its object's longer side is right (PCK@0.1)."""

PERSON: tuple[str, ...] = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder",
    "left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip",
    "left_knee", "right_knee", "left_ankle", "right_ankle",
)  # fmt: skip
"""What COCO calls a person's places."""

_OTHER_SIDE = {"left": "right", "right": "left", "l": "r", "r": "l", "左": "右", "右": "左"}
_WORD = re.compile(r"(?i:(?<![a-z])(?:left|right))|(?<=[a-z])(?:Left|Right)|[左右]")
_NUMBER = re.compile(r"[1-9]\d?")
_LETTER = re.compile(
    r"(?<![A-Za-z])[lLrR](?![A-Za-z])|(?<=[a-z])[LR](?![a-z])|(?<![A-Za-z])[LR](?=[A-Z])"
)


def places_for(shapes: Iterable[Points]) -> list[str]:
    """The places that all these points need: their names, or else numbers from 1.

    Where all names are numbers, these are the places that points without names take in order.
    """
    places: list[str] = []
    most = 0
    for shape in shapes:
        most = max(most, 0 if shape.names else len(shape.points))
        seen = Counter[str]()
        for name in shape.names:
            seen[name] += 1
            if seen[name] > places.count(name):
                places.append(name)
    if len(set(places)) == len(places) and are_numbers(places):
        most, places = max(most, *map(int, places), 0), []
    return [*places, *(str(n) for n in range(len(places) + 1, most + 1))]


def are_numbers(places: Iterable[str]) -> bool:
    """Whether no place is called anything but its number."""
    return all(_NUMBER.fullmatch(name) for name in places)


def assigned(shape: Points, places: Sequence[str]) -> list[int | None]:
    """At which of ``places`` each point is; None for one whose name is none of theirs.

    Points without names take the places in order.
    """
    free = list(range(len(places)))
    found: list[int | None] = []
    for index in range(len(shape.points)):
        wanted = (i for i in free if not shape.names or places[i] == shape.names[index])
        place = next(wanted, None)
        if place is not None:
            free.remove(place)
        found.append(place)
    return found


def mirrored(places: Sequence[str]) -> list[int]:
    """For each place the one that it is in a mirror: its partner on the other side, or itself.

    Of several that are called alike, as legs may be, the first is the first one's partner.
    """
    named: dict[str, list[int]] = {}
    for index, name in enumerate(places):
        named.setdefault(name, []).append(index)
    partners = list(range(len(places)))
    for name, indices in named.items():
        for index, partner in zip(indices, named.get(_across(name), ()), strict=False):
            partners[index] = partner
    return partners


def tell_sides(places: Sequence[str]) -> bool:
    """Whether the names tell left from right: there are pairs, and no side is without partner."""
    partners = mirrored(places)
    alone = (i == j and bool(_WORD.search(places[i])) for i, j in enumerate(partners))
    return any(i != j for i, j in enumerate(partners)) and not any(alone)


def _across(name: str) -> str:
    """What the place is called on the other side; ``name`` where it has no side."""
    words = _WORD.sub(_swapped, name)
    return words if words != name else _LETTER.sub(_swapped, name)


def _swapped(found: re.Match[str]) -> str:
    """The word for the other side, in the same letters' case."""
    other = _OTHER_SIDE[found[0].lower()]
    if found[0].isupper():
        return other.upper()
    return other.capitalize() if found[0][0].isupper() else other
