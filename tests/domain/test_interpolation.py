from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon as Area

from studio.domain import geometry as geo
from studio.domain import interpolation
from studio.domain.shapes import Box, Part, Points, Polygon, Polyline, RotatedBox

numbers = st.integers(-50, 50).map(float)
points = st.tuples(numbers, numbers)
parts = st.sampled_from([0.0, 0.25, 0.5, 1.0])


def regular(count: int, radius: float = 10, start: float = 0.0) -> Polygon:
    angles = (start + 2 * math.pi * n / count for n in range(count))
    return geo.polygon(*((radius * math.cos(a), radius * math.sin(a)) for a in angles))


def test_boxes_and_points_move_along_straight_lines() -> None:
    assert interpolation.between(Box(0, 0, 10, 10), Box(4, 8, 14, 28), 0.25) == Box(1, 2, 11, 14.5)
    a, b = Points(((0, 0), (1, 1)), frozenset({1})), Points(((4, 0), (1, 5)))
    assert interpolation.between(a, b, 0.5) == Points(((2, 0), (1, 3)), frozenset({1}))
    line = interpolation.between(Polyline(((0, 0), (10, 0))), Polyline(((0, 4), (10, 8))), 0.5)
    assert line == Polyline(((0, 2), (10, 4)))


@given(st.lists(points, min_size=3, max_size=8, unique=True), points, parts, st.integers(0, 7))
def test_a_moved_outline_is_on_its_way_wherever_it_was_begun(corners, shift, t, start) -> None:
    polygon = geo.polygon(*corners)
    turned = corners[start % len(corners) :] + corners[: start % len(corners)]
    moved = geo.translate(geo.polygon(*turned), *shift)
    found = interpolation.between(polygon, moved, t)
    expected = Area(geo.translate(polygon, shift[0] * t, shift[1] * t).parts[0].outer)
    assert isinstance(found, Polygon)
    assert Area(found.parts[0].outer).area == pytest.approx(expected.area, abs=1e-6)
    assert geo.bounds(found).x0 == pytest.approx(expected.bounds[0])


@given(st.integers(3, 40), st.integers(3, 40))
def test_outlines_of_different_detail_stay_near_both(first: int, second: int) -> None:
    a, b = regular(first), regular(second, start=0.1)
    found = interpolation.between(a, b, 0.5)
    assert isinstance(found, Polygon)
    area = Area(found.parts[0].outer)
    assert area.is_valid
    least, most = sorted((geo.area(a), geo.area(b)))
    assert 0.7 * least < area.area < 1.1 * most


@given(st.floats(-360, 360), st.floats(-360, 360))
def test_a_box_turns_the_shorter_way(first: float, second: float) -> None:
    a, b = RotatedBox(0, 0, 20, 10, first), RotatedBox(8, 0, 20, 10, second)
    half = interpolation.between(a, b, 0.5)
    assert isinstance(half, RotatedBox)
    assert abs(half.angle_deg - first) <= 45 + 1e-9
    end = interpolation.between(a, b, 1.0)
    assert isinstance(end, RotatedBox)
    assert math.isclose((end.angle_deg - second) % 180, 0, abs_tol=1e-6) or math.isclose(
        (end.angle_deg - second) % 180, 180, abs_tol=1e-6
    )


def test_what_does_not_fit_together_has_nothing_between() -> None:
    hole = Polygon((Part(regular(8).parts[0].outer, (regular(4, 3).parts[0].outer,)),))
    assert interpolation.between(hole, regular(8), 0.5) is None
    assert interpolation.between(Box(0, 0, 1, 1), regular(4), 0.5) is None
    assert interpolation.between(Points(((0, 0),)), Points(((0, 0), (1, 1))), 0.5) is None
