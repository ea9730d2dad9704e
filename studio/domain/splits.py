"""Drawing the train and validation split: seeded, stratified, sticky.

What is decided already stays; only undecided images are drawn. The draw depends on each image's
key (its path) and the seed alone, never on the order in which images are listed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studio.domain.project import Split

_EVERY = "\0every image"
"""The stratum of all images, so that the whole is balanced once its classes are."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One image to be split: its key, the classes on it, and its split where one stands."""

    key: str
    classes: frozenset[str] = frozenset()
    split: Split | None = None

    @property
    def strata(self) -> frozenset[str]:
        """What the draw balances: each class (or its absence) and the whole."""
        return (self.classes or frozenset(("\0none",))) | {_EVERY}


def draw(candidates: Sequence[Candidate], val_fraction: float, seed: int) -> dict[str, Split]:
    """The split of every candidate by key.

    Of each class, ``val_fraction`` of its images (at least one where there are two) go to
    validation, those that stand there already being counted; the rest goes to training. Rare
    classes choose first, as in the iterative stratification of Sechidis et al. (2011), and no
    draw takes the last training image of a class, unless validation would stay empty. Images in
    the test split do not count.
    """
    chosen = {each.key: each.split for each in candidates if each.split is not None}
    free = sorted(
        (each for each in candidates if each.split is None),
        key=lambda each: hashlib.sha256(f"{seed}\0{each.key}".encode()).digest(),
    )
    left_in_train = _count(each for each in candidates if each.split in (None, Split.TRAIN))
    wanted = _wanted_in_val(candidates, val_fraction)
    undrawn = _count(free)
    for stratum in sorted(undrawn, key=lambda stratum: (undrawn[stratum], stratum)):
        for each in free:
            if wanted[stratum] <= 0:
                break
            spare = all(left_in_train[other] > 1 for other in each.strata)
            if each.key not in chosen and stratum in each.strata and spare:
                chosen[each.key] = Split.VAL
                wanted.subtract(each.strata)
                left_in_train.subtract(each.strata)
    if Split.VAL not in chosen.values() and left_in_train[_EVERY] > 1 and free:
        chosen[free[0].key] = Split.VAL
    return chosen | {each.key: Split.TRAIN for each in free if each.key not in chosen}


def _count(candidates: Iterable[Candidate]) -> Counter[str]:
    return Counter(stratum for each in candidates for stratum in each.strata)


def _wanted_in_val(candidates: Sequence[Candidate], val_fraction: float) -> Counter[str]:
    """How many images of each stratum validation still needs."""
    total = _count(each for each in candidates if each.split is not Split.TEST)
    in_val = _count(each for each in candidates if each.split is Split.VAL)
    return Counter(
        {
            stratum: max(1, round(val_fraction * count)) - in_val[stratum]
            for stratum, count in total.items()
        }
    )
