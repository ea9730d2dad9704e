from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LinearRing, LineString, Point

from studio.domain import geometry as geo
from studio.domain import quality
from studio.domain.quality import Flaw
from studio.domain.shapes import Box, Geometry, Points, Shape


def shape(number: int, geometry: Geometry, label: str = "bolt") -> Shape:
    return Shape(number, 7, label, geometry)


def flaws(*shapes: Shape) -> list[tuple[Flaw, tuple[int, ...]]]:
    return [(each.flaw, each.shapes) for each in quality.lint(shapes, 100, 80)]


@pytest.mark.parametrize(
    ("geometry", "flaw"),
    [
        (Box(10, 10, 10, 40), Flaw.NO_AREA),
        (Box(90, 10, 120, 40), Flaw.OUTSIDE),
        (geo.polygon((0, 0), (20, 20), (20, 0), (0, 20)), Flaw.CROSSING),
        (Box(10, 10, 40, 11), Flaw.TINY),
        (Box(10, 10, 40, 40), None),
        (Box(0, 0, 100, 80), None),
        (Points(((5, 5),)), None),
    ],
)
def test_a_shape_is_told_what_is_wrong_with_it(geometry: Geometry, flaw: Flaw | None) -> None:
    assert flaws(shape(1, geometry)) == ([(flaw, (1,))] if flaw else [])


def test_one_object_labelled_twice_is_found_once() -> None:
    box = Box(10, 10, 60, 60)
    same = shape(2, Box(10, 10.5, 60, 60))
    assert flaws(shape(1, box), same) == [(Flaw.DUPLICATE, (1, 2))]
    assert flaws(shape(1, box), shape(2, box, "nut")) == []
    assert flaws(shape(1, box), shape(2, Box(10, 10, 60, 50))) == []


points = st.tuples(st.integers(0, 12), st.integers(0, 12))


@given(st.lists(points, min_size=4, max_size=9, unique=True))
def test_crossings_are_those_that_shapely_finds(corners: list[tuple[int, int]]) -> None:
    ring = LinearRing(corners)
    crosses = quality.crosses_itself(tuple(corners))
    if crosses:
        assert not ring.is_simple
    elif not ring.is_simple:  # it only touches itself: no two edges cross in their inner points
        edges = list(zip(corners, (*corners[1:], corners[0]), strict=True))
        for a, b in combinations(edges, 2):
            assert not LineString(a).crosses(LineString(b)) or _touch(a, b)


def _touch(a: tuple, b: tuple) -> bool:
    """Whether an end of one edge lies on the other."""
    first, second = LineString(a), LineString(b)
    ends = [Point(p).distance(second) for p in a] + [Point(p).distance(first) for p in b]
    return min(ends) == 0


def test_a_leak_is_a_group_on_both_sides() -> None:
    splits = {1: "train", 2: "val", 3: "train", 4: "", 5: "train", 6: "train"}
    found = list(quality.leaks([[1, 2], [3, 4], [5, 6]], splits))
    assert [each.images for each in found] == [(1, 2)]
