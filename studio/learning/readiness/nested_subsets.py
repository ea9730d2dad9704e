"""Random parts of the training images, each smaller one within every larger one.

Each part shows the classes in about the proportions of the whole: images are ranked within their
rarest class by chance, and taken from all classes at even pace, the first of every class first.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace

from studio.domain.project import Split
from studio.learning.snapshot import FrozenImage, Snapshot


def thinned(snapshot: Snapshot, part: float, seed: int) -> Snapshot:
    """``snapshot`` with this ``part`` of its training images, at least one; what it is judged on
    and its classes stay. The same ``seed`` draws the same images, whatever their order."""
    if part >= 1:
        return snapshot
    learned = snapshot.of(Split.TRAIN)
    kept = {image.id for image in _ranked(learned, seed)[: max(1, round(part * len(learned)))]}
    images = (each for each in snapshot.images if each.split is not Split.TRAIN or each.id in kept)
    return replace(snapshot, images=tuple(images))


def _ranked(images: tuple[FrozenImage, ...], seed: int) -> list[FrozenImage]:
    """The images in the order in which parts grow."""
    counts = Counter(label for image in images for label in _classes(image))
    taken: Counter[str] = Counter()
    places: dict[int, tuple[float, bytes]] = {}
    for image in sorted(images, key=lambda image: _chance(image, seed)):
        classes = _classes(image) or {""}
        stratum = min(classes, key=lambda label: (counts[label], label))
        size = counts[stratum] or len(images)
        places[image.id] = taken[stratum] / size, _chance(image, seed)
        taken[stratum] += 1
    return sorted(images, key=lambda image: places[image.id])


def _classes(image: FrozenImage) -> set[str]:
    return {*image.tags, *(truth.label for truth in image.truths if not truth.ignore)}


def _chance(image: FrozenImage, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}\0part\0{image.relative}\0{image.id}".encode()).digest()
