"""Classes that are rarer than others: how much they count, and how often they are shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import sqrt

from studio.domain import geometry as geo
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.learning.choices import ClassWeights, Sampling
from studio.learning.snapshot import FrozenImage, Snapshot

LEAST_SHARE = 1e-4
"""A class is taken to make up this part of the data at least, so that its weight stays finite."""


def class_weights(snapshot: Snapshot, how: ClassWeights) -> tuple[float, ...]:
    """A weight for each of a model's outputs, 1 on the average over the training data.

    () where all count the same. ``root`` is the inverse square root of a class's share (Mahajan
    et al. 2018), ``effective`` the inverse of its effective number (Cui et al. 2019). To segment,
    shares are of the area, and the background comes first.
    """
    images = snapshot.of(Split.TRAIN)
    if how is ClassWeights.NONE or not images:
        return ()
    ids = [label.id for label in snapshot.labels]
    if snapshot.task is Task.SEGMENT:
        amounts = _areas(images, ids)
    else:
        tags = Counter(tag for image in images for tag in image.tags)
        amounts = [float(tags[each]) for each in ids]
    amounts = [max(amount, LEAST_SHARE * len(images)) for amount in amounts]
    rarity = [_rarity(amount, how, len(images)) for amount in amounts]
    mean = sum(a * r for a, r in zip(amounts, rarity, strict=True)) / sum(amounts)
    return tuple(each / mean for each in rarity)


def _rarity(amount: float, how: ClassWeights, images: int) -> float:
    if how is ClassWeights.ROOT:
        return 1 / sqrt(amount)
    beta = 1 - 1 / (images + 1)
    return (1 - beta) / (1 - beta**amount)


def _areas(images: Sequence[FrozenImage], ids: Sequence[str]) -> list[float]:
    """How many whole images each class would fill, the background first."""
    covered: defaultdict[str, float] = defaultdict(float)
    for image in images:
        for truth in image.truths:
            if not truth.ignore and image.width and image.height:
                covered[truth.label] += geo.area(truth.geometry) / (image.width * image.height)
    amounts = [covered[each] for each in ids]
    return [len(images) - sum(amounts), *amounts]


def image_weights(images: Sequence[FrozenImage], how: Sampling) -> tuple[float, ...]:
    """How often each image is shown in relation to the others; () where all are shown alike.

    An image counts for the rarest of its classes; those without any are a class of their own.
    """
    if how is Sampling.UNIFORM:
        return ()
    shown = [_classes(image) for image in images]
    counts = Counter(each for classes in shown for each in classes)
    power = 1.0 if how is Sampling.BALANCED else 0.5
    return tuple(max(counts[each] ** -power for each in classes) for classes in shown)


def _classes(image: FrozenImage) -> frozenset[str]:
    drawn = (truth.label for truth in image.truths if not truth.ignore)
    return frozenset((*image.tags, *drawn)) or frozenset({""})
