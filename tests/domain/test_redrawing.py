from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain import geometry as geo
from studio.domain.redrawing import Stretch, redrawn, stretch_along
from studio.domain.shapes import Part, Point, Polygon

SQUARE = ((0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (20.0, 20.0), (10.0, 22.0), (0.0, 20.0))


def test_the_stretch_along_which_was_drawn_is_meant() -> None:
    above = stretch_along(SQUARE, 0, 2, [(10.0, 3.0)])
    assert above == Stretch(0, 2, forward=True)
    below = stretch_along(SQUARE, 0, 2, [(1.0, 19.0), (19.0, 19.0)])
    assert below == Stretch(0, 2, forward=False)
    assert stretch_along(SQUARE, 2, 0, [(10.0, 3.0)]) == Stretch(2, 0, forward=False)


def test_without_a_path_the_shorter_stretch_is_meant() -> None:
    assert stretch_along(SQUARE, 5, 3, []) == Stretch(5, 3, forward=False)
    assert stretch_along(SQUARE, 3, 5, []) == Stretch(3, 5, forward=True)


@pytest.mark.parametrize("forward", [True, False])
def test_only_the_stretch_is_replaced(forward: bool) -> None:
    hole = ((5.0, 5.0), (8.0, 5.0), (8.0, 8.0))
    other = Part(((30.0, 0.0), (40.0, 0.0), (40.0, 10.0)))
    polygon = Polygon((Part(SQUARE, (hole,)), other))
    path = ((4.0, -3.0), (16.0, -3.0))
    after = redrawn(polygon, 0, Stretch(0, 2, forward=forward), path)
    assert after.parts[1] == other
    assert after.parts[0].holes == (hole,)
    gone = {SQUARE[1]} if forward else set(SQUARE[3:])
    assert set(after.parts[0].outer) == (set(SQUARE) - gone) | set(path)
    assert geo.ring_area(after.parts[0].outer) == pytest.approx(420 + 48 if forward else 48)


@given(st.integers(3, 9), st.data())
def test_redrawing_along_the_old_stretch_changes_nothing(count: int, data: st.DataObject) -> None:
    ring: tuple[Point, ...] = tuple((float(i), float(i * i % 7)) for i in range(count))
    start = data.draw(st.integers(0, count - 1))
    end = data.draw(st.integers(0, count - 1).filter(lambda index: index != start))
    stretch = Stretch(start, end, forward=data.draw(st.booleans()))
    old = stretch.of(ring)[1:-1]
    [after] = geo.rings(redrawn(geo.polygon(*ring), 0, stretch, old))
    at = after.index(ring[0])
    assert (*after[at:], *after[:at]) == ring
