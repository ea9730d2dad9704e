"""Turning, and what is done in a rotated box's own frame."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from studio.domain import geometry as geo
from studio.domain import picking, turning
from studio.domain.picking import Handle, Turn
from studio.domain.shapes import Box, Mask, Part, Points, Polygon, Polyline, RotatedBox

places = st.floats(-100, 100, width=32)
points = st.tuples(places, places)
sides = st.floats(2, 80, width=32)
angles = st.floats(-180, 180, width=32)
rotated_boxes = st.builds(RotatedBox, places, places, sides, sides, angles)

OPPOSITE = {handle: Handle((-handle.value[0], -handle.value[1])) for handle in Handle}


def close(a, b, px: float = 1e-3) -> bool:
    return math.dist(a, b) <= px


@given(rotated_boxes, st.sampled_from(Handle), points)
def test_the_opposite_of_a_dragged_handle_stays(box: RotatedBox, handle: Handle, to) -> None:
    dragged = handle.drag(box, to)
    assert isinstance(dragged, RotatedBox)
    assert dragged.angle_deg == box.angle_deg
    fixed = OPPOSITE[handle].of(box)
    assert min(math.dist(fixed, each.of(dragged)) for each in Handle) <= 1e-3
    if 0 not in handle.value:
        assert min(math.dist(to, each.of(dragged)) for each in Handle) <= 1e-3


@given(rotated_boxes, st.sampled_from(Handle))
def test_a_handle_is_found_where_it_is_and_moves_nothing_yet(box: RotatedBox, handle) -> None:
    assert picking.grip_at(box, handle.of(box), 0.5) is handle
    same = handle.drag(box, handle.of(box))
    assert isinstance(same, RotatedBox)
    for corner, before in zip(geo.corners(same), geo.corners(box), strict=True):
        assert close(corner, before)


@given(rotated_boxes, st.floats(5, 40))
def test_the_grip_that_turns_stands_above_the_top_side(box: RotatedBox, stem: float) -> None:
    at = picking.turn_grip(box, stem)
    assert picking.grip_at(box, at, 1.0, stem) == Turn()
    assert picking.grip_at(box, at, 1.0) is None
    assert math.dist(at, Handle.TOP.of(box)) == pytest.approx(stem, abs=1e-6)
    assert math.dist(at, (box.cx, box.cy)) == pytest.approx(box.height / 2 + stem, abs=1e-6)


@given(points, points, points)
def test_a_box_on_an_edge_has_that_edge_and_reaches_the_third_point(a, b, reach) -> None:
    assume(math.dist(a, b) > 1)
    box = turning.box_on_edge(a, b, reach)
    assert -90 < box.angle_deg <= 90
    corners = geo.corners(box)
    assert all(min(math.dist(end, corner) for corner in corners) < 1e-3 for end in (a, b))
    ring = shapely.LinearRing(corners) if box.height > 1e-3 else shapely.LineString([a, b])
    far = turning.in_own_frame(box, reach)
    assert abs(far[1]) == pytest.approx(box.height / 2, abs=1e-3)
    if abs(far[0]) <= box.width / 2:
        assert ring.distance(shapely.Point(reach)) < 1e-3


shapes = st.one_of(
    rotated_boxes,
    st.builds(geo.rectangle, points, points).filter(lambda box: not geo.is_degenerate(box)),
    st.lists(points, min_size=3, max_size=7).map(lambda ring: Polygon((Part(tuple(ring)),))),
    st.lists(points, min_size=2, max_size=7).map(lambda chain: Polyline(tuple(chain))),
    st.lists(points, min_size=1, max_size=7).map(lambda chain: Points(tuple(chain))),
)


def vertices(geometry) -> list:
    if isinstance(geometry, Box | RotatedBox):
        return list(geo.corners(geometry))
    return [point for chain in geo.chains(geometry) for point in chain]


@given(shapes, angles)
def test_turned_there_and_back_is_the_same(geometry, angle: float) -> None:
    if isinstance(geometry, Polygon):
        hull = shapely.Polygon(geometry.parts[0].outer)
        assume(hull.is_valid and hull.area > 1)
    there = turning.turned(geometry, angle)
    assert there is not None
    back = turning.turned(there, -angle)
    assert back is not None
    for before, after in zip(vertices(geometry), vertices(back), strict=True):
        assert close(before, after, 0.01)


@given(st.lists(points, min_size=3, max_size=7), angles)
def test_a_polygon_turns_as_shapely_turns_it(ring, angle: float) -> None:
    reference = shapely.Polygon(ring)
    assume(reference.is_valid and reference.area > 1)
    turned = turning.turned(Polygon((Part(tuple(ring)),)), angle)
    assert isinstance(turned, Polygon)
    expected = shapely.affinity.rotate(reference, angle, origin="centroid")
    # Point by point: areas of outlines that all but coincide are beyond shapely's overlay.
    for ours, theirs in zip(turned.parts[0].outer, expected.exterior.coords, strict=False):
        assert close(ours, theirs, 0.01)


def test_the_hole_of_a_ring_turns_with_it() -> None:
    square = ((0, 0), (8, 0), (8, 8), (0, 8))
    hole = ((5, 5), (7, 5), (7, 7), (5, 7))
    turned = turning.turned(Polygon((Part(square, (hole,)),)), 90)
    reference = shapely.affinity.rotate(shapely.Polygon(square, [hole]), 90, origin="centroid")
    assert isinstance(turned, Polygon)
    [part] = turned.parts
    assert shapely.Polygon(part.outer, part.holes).symmetric_difference(reference).area < 1e-9


def test_fine_steps_come_out_even_and_masks_do_not_turn() -> None:
    box = RotatedBox(0, 0, 9, 4, 179.5)
    for _ in range(1000):
        turned = turning.turned(box, 0.1)
        assert isinstance(turned, RotatedBox)
        box = turned
    assert box.angle_deg == -80.5
    assert turning.turned(Box(0, 0, 4, 2), -1) == RotatedBox(2, 1, 4, 2, -1)
    assert turning.turned(Mask(0, 0, 1, 1, b""), 5) is None


@given(points, points)
def test_steps_keep_to_the_eight_directions(a, b) -> None:
    assume(math.dist(a, b) > 1)
    end = turning.stepped(a, b)
    assume(math.dist(a, end) > 0.1)
    assert abs(turning.bearing(a, end) / 45 - round(turning.bearing(a, end) / 45)) < 1e-3
    assert math.dist(a, end) <= math.dist(a, b) + 1e-6
