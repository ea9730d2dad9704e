"""Rare classes count for more and are shown more often, the same way each time."""

from __future__ import annotations

from collections import Counter
from math import sqrt

import pytest

from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.domain.shapes import Box
from studio.learning import balance
from studio.learning.choices import ClassWeights, Sampling
from studio.learning.data import reading
from studio.learning.snapshot import FrozenImage, Snapshot, Truth

LABELS = (Label("a", "a", "#000000", 0), Label("b", "b", "#ffffff", 1))


def tagged(*tags: str) -> tuple[FrozenImage, ...]:
    return tuple(
        FrozenImage(n, f"{n}.png", f"{n}.png", "", 100, 100, Split.TRAIN, tags=(tag,))
        for n, tag in enumerate(tags)
    )


def weights(snapshot: Snapshot, how: ClassWeights) -> tuple[float, ...]:
    return balance.class_weights(snapshot, how)


def test_the_weights_of_classes_average_one_over_the_images():
    many = Snapshot(Task.CLASSIFY, LABELS, tagged(*"a" * 90, *"b" * 10))
    assert weights(many, ClassWeights.NONE) == ()
    for how in (ClassWeights.ROOT, ClassWeights.EFFECTIVE):
        common, rare = weights(many, how)
        assert 0.9 * common + 0.1 * rare == pytest.approx(1)
        assert rare > common
    common, rare = weights(many, ClassWeights.ROOT)
    assert rare / common == pytest.approx(sqrt(9))
    even = Snapshot(Task.CLASSIFY, LABELS, tagged(*"ab" * 7))
    assert weights(even, ClassWeights.EFFECTIVE) == pytest.approx((1, 1))


def test_a_segmenter_weighs_areas_and_the_background():
    truths = (Truth("a", Box(0, 0, 100, 36)), Truth("b", Box(0, 40, 10, 50)))
    images = (FrozenImage(1, "1.png", "1.png", "", 100, 100, Split.TRAIN, truths=truths),)
    found = weights(Snapshot(Task.SEGMENT, LABELS, images), ClassWeights.ROOT)
    assert found[1] / found[0] == pytest.approx(sqrt(0.63 / 0.36))
    assert found[2] / found[1] == pytest.approx(sqrt(0.36 / 0.01))


def test_images_of_a_rare_class_come_more_often():
    images = tagged(*"a" * 81, *"b" * 9)
    assert balance.image_weights(images, Sampling.UNIFORM) == ()
    for how, share in ((Sampling.BALANCED, 0.5), (Sampling.ROOT, 0.25)):
        chances = balance.image_weights(images, how)
        shown = Counter(
            images[position % reading.AGAIN].tags[0]
            for epoch in range(1, 20)
            for batch in reading.order(90, 8, 0, epoch, chances)
            for position in batch
        )
        assert shown.total() == 19 * 90
        assert shown["b"] / shown.total() == pytest.approx(share, abs=0.01)


def test_an_object_counts_for_its_rarest_class_and_an_empty_image_for_none():
    both = (Truth("a", Box(0, 0, 9, 9)), Truth("b", Box(0, 0, 9, 9)))
    images = tuple(
        FrozenImage(n, "", "", "", 100, 100, Split.TRAIN, truths=truths)
        for n, truths in enumerate([both[:1], both[:1], both, (), (), (), (), ()])
    )
    found = balance.image_weights(images, Sampling.BALANCED)
    assert found == pytest.approx((1 / 3, 1 / 3, 1, *[1 / 5] * 5))


def test_what_is_shown_again_is_the_same_each_time_and_evenly_dealt():
    chances = [1.0] * 30 + [10.0] * 2
    first = reading.order(32, 4, seed=3, epoch=2, weights=chances)
    assert first == reading.order(32, 4, seed=3, epoch=2, weights=chances)
    assert first != reading.order(32, 4, seed=3, epoch=3, weights=chances)
    assert [len(batch) for batch in first] == [4] * 8
    flat = [position for batch in first for position in batch]
    assert len(set(flat)) == 32
    times = Counter(position % reading.AGAIN for position in flat)
    wanted = 32 * 10 / 50
    assert all(int(wanted) <= times[each] <= wanted + 1 for each in (30, 31))
