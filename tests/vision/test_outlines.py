"""Booleans and cuts of outlines, against shapely as an independent reference."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import pytest
import shapely
from hypothesis import assume, example, given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from studio.domain import geometry as geo
from studio.domain.shapes import Part, Point, Polygon, Ring
from studio.vision import outlines

coordinates = st.floats(0, 60, allow_nan=False).map(lambda value: round(value, 3))
points = st.tuples(coordinates, coordinates)
scribbles = st.lists(points, min_size=3, max_size=8, unique=True)


@st.composite
def stars(draw: st.DrawFn, center: st.SearchStrategy[Point] = points) -> Polygon:
    """A simple ring around a centre, sometimes with a hole."""
    cx, cy = draw(center)
    count = draw(st.integers(3, 12))
    radii = draw(st.lists(st.floats(4, 30), min_size=count, max_size=count))

    def ring(scale: float) -> Ring:
        turns = (2 * math.pi * index / count for index in range(count))
        return tuple(
            (cx + scale * r * math.cos(turn), cy + scale * r * math.sin(turn))
            for r, turn in zip(radii, turns, strict=True)
        )

    holes = (ring(0.5),) if draw(st.booleans()) else ()
    return Polygon((Part(ring(1.0), holes),))


def reference(polygon: Polygon) -> BaseGeometry:
    """By the even-odd rule within a part, and what any part covers."""
    return shapely.union_all([face for part in polygon.parts for face in faces(part)])


def faces(part: Part) -> Iterator[BaseGeometry]:
    rings = (part.outer, *part.holes)
    lines = shapely.union_all([shapely.LineString([*ring, ring[0]]) for ring in rings])
    for face in shapely.get_parts(shapely.polygonize([lines])):
        inside = face.representative_point()
        if sum(geo.ring_contains(ring, (inside.x, inside.y)) for ring in rings) % 2:
            yield face


def left_out(shape: BaseGeometry) -> float:
    """The area of all rings of ``shape`` that are too small or too thin to be kept."""
    lost = 0.0
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon):
            for ring in (part.exterior, *part.interiors):
                area = shapely.Polygon(ring).area
                thin = 2 * area < (outlines.SLIVER_PX + 0.01) * ring.length
                lost += area if area < 1.01 or thin else 0.0
    return lost


def assert_same(found: Polygon | None, expected: BaseGeometry) -> None:
    """Equal but for what is left out, and what rounding to the grid moves."""
    tolerance = left_out(expected) + 0.01 * (1 + expected.length)
    if found is None:
        assert expected.area <= tolerance
        return
    assert reference(found).symmetric_difference(expected).area <= tolerance
    assert geo.area(found) == pytest.approx(expected.area, abs=tolerance)
    for part in found.parts:
        assert not geo.is_degenerate(Polygon((part,)))
        shape = shapely.Polygon(part.outer, part.holes)
        repaired = shapely.make_valid(shape)
        assert repaired.symmetric_difference(reference(Polygon((part,)))).area < 0.01


@given(stars(), stars())
def test_booleans_agree_with_shapely(a: Polygon, b: Polygon) -> None:
    one, other = reference(a), reference(b)
    assert_same(outlines.union([a, b]), one.union(other))
    assert_same(outlines.difference(a, [b]), one.difference(other))
    assert_same(outlines.intersection([a, b]), one.intersection(other))


@given(scribbles, scribbles)
def test_outlines_that_cross_themselves_are_taken_by_the_even_odd_rule(
    a: Sequence[Point], b: Sequence[Point]
) -> None:
    one, other = geo.polygon(*a), geo.polygon(*b)
    assert_same(outlines.union([one, other]), reference(one).union(reference(other)))
    assert_same(outlines.difference(one, [other]), reference(one).difference(reference(other)))


@given(stars(), stars())
def test_vertices_that_are_not_involved_stay_bit_identical(a: Polygon, b: Polygon) -> None:
    rest = outlines.difference(a, [b])
    assume(rest is not None)
    assert rest is not None
    cutter = reference(b).buffer(0.05)
    # What is small or thin is left out, and a spike's base may go with the spike.
    pieces = shapely.get_parts(reference(a).difference(reference(b)))
    sound = shapely.union_all([p for p in pieces if not left_out(p)]).buffer(-0.3).buffer(0.35)
    kept = {point for ring in geo.rings(rest) for point in ring}
    for ring in geo.rings(a):
        for vertex in ring:
            place = shapely.Point(vertex)
            if not cutter.contains(place) and sound.contains(place):
                assert vertex in kept


@given(stars(st.just((15.0, 15.0))), stars(st.just((200.0, 200.0))))
def test_outlines_apart_from_each_other_come_back_as_they_were(a: Polygon, b: Polygon) -> None:
    assert outlines.difference(a, [b]) == a
    assert outlines.intersection([a, b]) is None
    both = outlines.union([a, b])
    assert both is not None
    assert set(both.parts) == {*a.parts, *b.parts}


def test_neighbours_with_a_border_in_common_leave_no_sliver_and_no_gap() -> None:
    border = ((20.1, 0.0), (20.30000001, 13.7), (19.9, 40.0))
    left = geo.polygon((0.0, 0.0), *border, (0.0, 40.0))
    right = geo.polygon((40.0, 0.0), (40.0, 40.0), *reversed(border))
    assert outlines.intersection([left, right]) is None
    assert outlines.difference(left, [right]) == left
    both = outlines.union([left, right])
    assert both is not None
    assert [len(part.holes) for part in both.parts] == [0]
    assert geo.area(both) == pytest.approx(1600)


def test_what_touches_itself_in_a_point_still_covers_the_same() -> None:
    square = geo.polygon((0.0, 0.0), (20.0, 0.0), (20.0, 20.0), (0.0, 20.0))
    diamond = geo.polygon((10.0, 0.0), (20.0, 10.0), (10.0, 20.0), (0.0, 10.0))
    assert_same(outlines.difference(square, [diamond]), reference(square) - reference(diamond))
    corner = geo.polygon((20.0, 20.0), (30.0, 20.0), (30.0, 30.0))
    both = outlines.union([square, corner])
    assert both is not None
    assert set(both.parts) == {*square.parts, *corner.parts}


def around(height: float, radius: float, turn: int) -> Point:
    return (
        radius * math.cos(turn / 6 * math.pi),
        height + radius * math.sin(turn / 6 * math.pi),
    )


lines = st.lists(points, min_size=2, max_size=4, unique=True)


@given(stars(), lines)
@example(
    geo.polygon(*(around(43, 7 if turn == 9 else 4, turn) for turn in range(12))),
    [(1.0, 40.0), (0.0, 39.0), (0.0, 46.0), (2.0, 0.0)],
)  # the line crosses itself, and a slit leads to the loop
def test_the_pieces_of_a_cut_make_up_the_whole_and_do_not_overlap(
    shape: Polygon, line: list[Point]
) -> None:
    pieces = outlines.cut(shape, line)
    whole = reference(shape)
    knife = shapely.LineString(line)
    expected = shapely.get_parts(whole.difference(knife.buffer(1e-6)))
    lost = sum(left_out(piece) for piece in expected)
    tolerance = lost + 0.01 * (1 + whole.length + knife.length)
    assert sum(geo.area(piece) for piece in pieces) == pytest.approx(whole.area, abs=tolerance)
    assert (
        shapely.union_all([reference(p) for p in pieces]).symmetric_difference(whole).area
        <= tolerance
    )
    assert [geo.area(p) for p in pieces] == sorted((geo.area(p) for p in pieces), reverse=True)
    if len(pieces) > 1:
        sound = [p for p in expected if left_out(p) == 0]
        assert len(pieces) >= len(sound)
        assert len(pieces) <= len(expected)


def test_pieces_share_the_border_vertex_by_vertex() -> None:
    square = geo.polygon((0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (0.0, 30.0))
    line = ((-5.0, 9.0), (11.5, 14.25), (40.0, 10.0))
    one, other = outlines.cut(square, line)
    shared = set(one.parts[0].outer) & set(other.parts[0].outer)
    assert len(shared) == 3
    assert (11.5, 14.25) in shared
    assert outlines.union([one, other]) is not None
    assert geo.area(one) + geo.area(other) == pytest.approx(900, abs=1e-3)


def test_a_cut_that_ends_inside_parts_nothing() -> None:
    square = geo.polygon((0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (0.0, 30.0))
    assert outlines.cut(square, ((-5.0, 10.0), (15.0, 10.0))) == [square]
    assert outlines.cut(square, ((-5.0, 40.0), (45.0, 40.0))) == [square]


def test_a_cut_into_a_hole_parts_nothing_and_through_it_two() -> None:
    outer = ((0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (0.0, 30.0))
    hole = ((10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0))
    ring = Polygon((Part(outer, (hole,)),))
    assert outlines.cut(ring, ((-5.0, 15.0), (15.0, 15.0))) == [ring]
    pieces = outlines.cut(ring, ((-5.0, 15.0), (35.0, 15.0)))
    assert [geo.area(piece) for piece in pieces] == [pytest.approx(400)] * 2
    assert all(not part.holes for piece in pieces for part in piece.parts)


@pytest.mark.parametrize(
    ("ring", "crosses"),
    [
        (((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)), 0),
        (((0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)), 1),
    ],
)
def test_crossings_are_counted(ring: Ring, crosses: int) -> None:
    assert outlines.crossings(geo.polygon(*ring)) == crosses
