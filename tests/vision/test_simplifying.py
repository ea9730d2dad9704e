"""Simplified outlines, against what Douglas and Peucker promise."""

from __future__ import annotations

import math

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from studio.domain import geometry as geo
from studio.domain.shapes import Part, Point, Polygon, Ring
from studio.vision import simplifying


def wavy(count: int, radius: float, wave: float, center: Point = (100.0, 100.0)) -> Ring:
    rng = np.random.default_rng(count)
    radii = radius + rng.uniform(-wave, wave, count)
    turns = np.arange(count) / count * 2 * math.pi
    xs, ys = center[0] + radii * np.cos(turns), center[1] + radii * np.sin(turns)
    return tuple(zip(xs.tolist(), ys.tolist(), strict=True))


@given(st.integers(12, 200), st.floats(0, 6), st.floats(0.1, 12))
def test_what_stays_is_the_same_and_what_goes_is_near(
    count: int, wave: float, tolerance: float
) -> None:
    polygon = Polygon((Part(wavy(count, 60, wave), (wavy(count + 1, 40, wave),)),))
    found = simplifying.simplify(polygon, tolerance).polygon
    for before, after in zip(geo.rings(polygon), geo.rings(found), strict=True):
        assert set(after) <= set(before)
        line = shapely.LinearRing(after)
        assert max(line.distance(shapely.Point(p)) for p in before) <= tolerance + 1e-3
    assert shapely.Polygon(found.parts[0].outer, found.parts[0].holes).is_valid
    assert not geo.is_degenerate(found)


def test_a_hole_too_small_to_stay_goes_and_is_counted() -> None:
    outer = wavy(40, 60, 0)
    small, large = wavy(12, 2, 0, (80.0, 100.0)), wavy(30, 15, 0, (115.0, 100.0))
    found = simplifying.simplify(Polygon((Part(outer, (small, large)),)), 5.0)
    assert found.lost_holes == 1
    assert len(found.polygon.parts[0].holes) == 1


def test_no_outline_begins_to_cross_itself() -> None:
    """A bay whose walls are close together, in a shape that coarse steps would close."""
    upper = tuple((float(x), 10 + 4 * math.sin(x / 3)) for x in range(100))
    lower = tuple((float(x), 11 + 4 * math.sin(x / 3)) for x in range(99, -1, -1))
    band = geo.polygon(*upper, *lower)
    for tolerance in (1.0, 2.0, 4.0, 8.0, 30.0):
        found = simplifying.simplify(band, tolerance).polygon
        assert shapely.Polygon(found.parts[0].outer).is_valid


def test_tolerance_zero_changes_nothing_and_a_huge_one_keeps_the_object() -> None:
    polygon = geo.polygon(*wavy(50, 30, 2))
    assert simplifying.simplify(polygon, 0).polygon == polygon
    assert not geo.is_degenerate(simplifying.simplify(polygon, 1000).polygon)
