"""The split is seeded, sticky and fair to rare classes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain import splits
from studio.domain.project import Split
from studio.domain.splits import Candidate, draw

CLASSES = st.frozensets(st.sampled_from("abcd"), max_size=3)
STANDING = st.sampled_from([None, None, None, *Split])


@st.composite
def projects(make: st.DrawFn) -> list[Candidate]:
    pairs = make(st.lists(st.tuples(CLASSES, STANDING), max_size=40))
    return [Candidate(f"{i}.png", classes, split) for i, (classes, split) in enumerate(pairs)]


@given(projects(), st.floats(0.05, 0.5), st.integers(0, 5))
def test_every_image_gets_a_split_and_keeps_the_one_it_had(candidates, fraction, seed):
    splits = draw(candidates, fraction, seed)
    assert splits.keys() == {each.key for each in candidates}
    for each in candidates:
        assert each.split in (None, splits[each.key])
        assert each.split is not None or splits[each.key] is not Split.TEST


@given(projects(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(candidates, random):
    shuffled = list(candidates)
    random.shuffle(shuffled)
    assert draw(shuffled, 0.2, 0) == draw(candidates, 0.2, 0)


@given(projects(), st.floats(0.05, 0.5))
def test_a_split_drawn_once_stays(candidates, fraction):
    first = draw(candidates, fraction, 0)
    again = [Candidate(each.key, each.classes, first[each.key]) for each in candidates]
    assert draw(again, fraction, 1) == first


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=60), st.floats(0.05, 0.5))
def test_each_exclusive_class_is_represented_on_both_sides(names, fraction):
    candidates = [Candidate(f"{i}.png", frozenset(name)) for i, name in enumerate(names)]
    splits = draw(candidates, fraction, 0)
    for name, total in Counter(names).items():
        in_val = sum(splits[each.key] is Split.VAL for each in candidates if each.classes == {name})
        wanted = max(1, round(fraction * total))
        if total >= 2:
            assert min(wanted, total - 1) <= in_val < total


@given(projects())
def test_two_images_free_to_be_drawn_land_on_both_sides(candidates):
    free = [Candidate(each.key, each.classes) for each in candidates]
    if len(free) >= 2:
        assert set(draw(free, 0.2, 0).values()) == {Split.TRAIN, Split.VAL}


def test_a_class_is_drawn_from_the_images_that_show_it(monkeypatch):
    """Looking at all images for each of hundreds of classes would take a minute."""
    looked = 0

    class Counted(Counter):
        def items(self):
            nonlocal looked
            looked += 1
            return super().items()

    monkeypatch.setattr(splits, "Counter", Counted)
    candidates = [Candidate(f"{i}.png", frozenset((f"class {i % 50}",))) for i in range(500)]
    drawn = draw(candidates, 0.2, 0)
    assert Counter(drawn.values()) == {Split.TRAIN: 400, Split.VAL: 100}
    assert looked <= 2 * len(candidates)


def test_another_seed_draws_others():
    candidates = [Candidate(f"{i}.png", frozenset("a")) for i in range(50)]
    assert draw(candidates, 0.2, 0) != draw(candidates, 0.2, 1)
    assert Counter(draw(candidates, 0.2, 0).values())[Split.VAL] == 10


@given(projects(), st.lists(st.sampled_from(["", "x", "y", "z"]), min_size=40, max_size=40))
def test_copies_never_part(candidates, groups):
    grouped = [replace(each, group=group) for each, group in zip(candidates, groups, strict=False)]
    splits = draw(grouped, 0.2, 0)
    for group in ("x", "y", "z"):
        members = [each for each in grouped if each.group == group]
        standing = {each.split for each in members} - {None}
        drawn = {splits[each.key] for each in members if each.split is None}
        assert len(drawn) <= 1 and (drawn <= standing or not standing)
    assert all(each.split in (None, splits[each.key]) for each in grouped)


def test_an_undecided_copy_goes_where_training_has_it_already():
    decided = [Candidate(f"{i}.png", split=split, group="x") for i, split in enumerate(Split)]
    new = Candidate("new.png", group="x")
    assert draw([*decided[1:], new], 0.2, 0)["new.png"] is Split.VAL
    assert draw([*decided, new], 0.2, 0)["new.png"] is Split.TRAIN


def test_pairs_of_copies_fill_both_sides():
    pairs = [Candidate(f"{i}.png", frozenset("ab"[i % 2]), group=f"{i // 4}") for i in range(40)]
    splits = Counter(draw(pairs, 0.2, 0).values())
    assert splits == {Split.VAL: 8, Split.TRAIN: 32}


@pytest.mark.parametrize("standing", [Split.TRAIN, Split.VAL])
def test_a_human_may_put_everything_on_one_side(standing):
    candidates = [Candidate(f"{i}.png", frozenset("a"), standing) for i in range(5)]
    assert set(draw(candidates, 0.2, 0).values()) == {standing}
