"""Drawing the train and validation split: seeded, stratified, sticky, copies together.

What is decided already stays; only undecided images are drawn. The draw depends on each image's
key (its path), its group and the seed alone, never on the order in which images are listed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from studio.domain.project import Split

_EVERY = "\0every image"
"""The stratum of all images, so that the whole is balanced once its classes are."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One image to be split: its key, the classes on it, and its split where one stands.

    Images of one ``group`` are copies of each other; "" stands for an image without copies.
    """

    key: str
    classes: frozenset[str] = frozenset()
    split: Split | None = None
    group: str = ""

    @property
    def strata(self) -> frozenset[str]:
        """What the draw balances: each class (or its absence) and the whole."""
        return (self.classes or frozenset(("\0none",))) | {_EVERY}


@dataclass(frozen=True, slots=True)
class _Lot:
    """Undecided images that are drawn together; ``strata`` counts them."""

    keys: tuple[str, ...]
    strata: Counter[str]


def draw(candidates: Sequence[Candidate], val_fraction: float, seed: int) -> dict[str, Split]:
    """The split of every candidate by key.

    Of each class, ``val_fraction`` of its images (at least one where there are two) go to
    validation, those that stand there already being counted; the rest goes to training. Rare
    classes choose first, as in the iterative stratification of Sechidis et al. (2011), and no
    draw takes the last training image of a class, unless validation would stay empty. Images in
    the test split do not count.

    Undecided images of a group go where a decided one stands (training before validation before
    test), else all to the same side.
    """
    candidates = _beside_their_copies(candidates)
    chosen = {each.key: each.split for each in candidates if each.split is not None}
    free = _lots(candidates, seed)
    showing: dict[str, list[_Lot]] = {}
    for lot in free:
        for stratum in lot.strata:
            showing.setdefault(stratum, []).append(lot)
    left_in_train = _count(each for each in candidates if each.split in (None, Split.TRAIN))
    wanted = _wanted_in_val(candidates, val_fraction)
    undrawn = _count(each for each in candidates if each.split is None)
    for stratum in sorted(undrawn, key=lambda stratum: (undrawn[stratum], stratum)):
        for lot in showing[stratum]:
            if wanted[stratum] <= 0:
                break
            spare = all(left_in_train[other] > count for other, count in lot.strata.items())
            if lot.keys[0] not in chosen and spare:
                chosen |= dict.fromkeys(lot.keys, Split.VAL)
                wanted.subtract(lot.strata)
                left_in_train.subtract(lot.strata)
    if Split.VAL not in chosen.values() and free and left_in_train[_EVERY] > len(free[0].keys):
        chosen |= dict.fromkeys(free[0].keys, Split.VAL)
    return dict.fromkeys((each.key for each in candidates), Split.TRAIN) | chosen


def _beside_their_copies(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, undecided ones now with the split of their group where one stands."""
    standing: dict[str, Split] = {}
    for split in reversed(Split):
        standing |= {each.group: split for each in candidates if each.split is split}
    standing.pop("", None)
    return [
        each if each.split is not None else replace(each, split=standing.get(each.group))
        for each in candidates
    ]


def _lots(candidates: Iterable[Candidate], seed: int) -> list[_Lot]:
    """What is to be drawn, in the order of drawing: the smallest first, then by chance."""
    groups: dict[tuple[str, str], list[Candidate]] = {}
    for each in candidates:
        if each.split is None:
            groups.setdefault((each.group, "" if each.group else each.key), []).append(each)
    lots = [
        _Lot(tuple(sorted(each.key for each in group)), _count(group)) for group in groups.values()
    ]
    return sorted(
        lots,
        key=lambda lot: (
            len(lot.keys),
            hashlib.sha256(f"{seed}\0{lot.keys[0]}".encode()).digest(),
        ),
    )


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
