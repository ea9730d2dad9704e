"""Points go onto vertices, edges and borders, never far, and neighbours then share them exactly."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from studio.domain import geometry as geo
from studio.domain import snapping
from studio.domain.shapes import Box, Mask, Part, Point, Points, Polygon, Polyline, RotatedBox
from studio.domain.snapping import NO_EDGES, Edges, Onto
from studio.vision import masks

WIDTH, HEIGHT = 64, 48
inside = st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT))
whole = st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT)).map(
    lambda point: (float(point[0]), float(point[1]))
)
rings = st.lists(inside | whole, min_size=3, max_size=8, unique=True).map(tuple)
reaches = st.floats(0.1, 12)


def placed(point: Point, edges: Edges, reach: float) -> Point:
    found = snapping.snap(point, edges, reach, WIDTH, HEIGHT)
    assert found is not None
    return found.point


@given(inside, st.lists(rings, max_size=4), reaches)
def test_nothing_goes_farther_than_the_reach(point: Point, outlines, reach: float) -> None:
    edges = snapping.edges_of(Polygon(tuple(map(Part, outlines)))) if outlines else NO_EDGES
    found = snapping.snap(point, edges, reach, WIDTH, HEIGHT)
    if found is None:
        assert all(shapely.LinearRing(r).distance(shapely.Point(point)) > reach for r in outlines)
        return
    assert geo.clamp(found.point, WIDTH, HEIGHT) == found.point
    distances = [abs(a - b) for a, b in zip(found.point, point, strict=True)]
    if found.onto is Onto.BORDER:  # in a corner, both axes go their way
        assert max(distances) <= reach
    else:
        assert math.hypot(*distances) <= reach * (1 + 1e-9)


@given(inside, rings, reaches)
def test_a_vertex_in_reach_is_taken_over_bit_for_bit(point: Point, ring, reach: float) -> None:
    found = snapping.snap(point, snapping.edges_of(Polygon((Part(ring),))), reach, WIDTH, HEIGHT)
    nearest = min(math.dist(vertex, point) for vertex in ring)
    if nearest < reach * (1 - 1e-9):
        assert found is not None
        assert found.onto is Onto.VERTEX
        assert found.point in ring
        assert math.dist(found.point, point) == pytest.approx(nearest)


@given(inside, rings, reaches)
def test_a_point_put_onto_an_edge_lies_on_it(point: Point, ring, reach: float) -> None:
    found = snapping.snap(point, snapping.edges_of(Polygon((Part(ring),))), reach, WIDTH, HEIGHT)
    if found and found.onto is Onto.EDGE:
        outline = shapely.LinearRing(ring)
        assert outline.distance(shapely.Point(found.point)) < 1e-9
        assert outline.distance(shapely.Point(point)) == pytest.approx(
            math.dist(point, found.point), abs=1e-9
        )


def test_upright_edges_give_their_coordinate_exactly() -> None:
    edges = snapping.edges_of(Box(10.1, 5.7, 30.3, 25.9))
    found = snapping.snap((31.0, 13.37), edges, 2, WIDTH, HEIGHT)
    assert found == snapping.Snapped((30.3, 13.37), Onto.EDGE, (0.0, 25.9 - 5.7))


def test_borders_attract_on_each_axis_and_corners_on_both() -> None:
    assert placed((1, 20.5), NO_EDGES, 2) == (0, 20.5)
    assert placed((30.25, 47), NO_EDGES, 2) == (30.25, HEIGHT)
    assert placed((62.5, 46.5), NO_EDGES, 2) == (WIDTH, HEIGHT)
    assert snapping.snap((30, 20), NO_EDGES, 2, WIDTH, HEIGHT) is None


def test_what_lies_outside_the_image_attracts_nothing() -> None:
    edges = snapping.edges_of(Box(-5, -5, 20, 20))
    found = snapping.snap((10, 0.5), edges, 6, WIDTH, HEIGHT)
    assert found is not None
    assert found.onto is Onto.BORDER
    assert placed((19, 19), edges, 6) == (20, 20)


def test_turned_boxes_have_corners_and_masks_have_none() -> None:
    box = RotatedBox(30, 20, 20, 10, 30)
    corner = geo.corners(box)[2]
    near = (corner[0] + 1, corner[1])
    assert placed(near, snapping.edges_of(box), 3) == corner
    mask = masks.encode(np.ones((4, 4), dtype=bool))
    assert isinstance(mask, Mask)
    assert not len(snapping.edges_of(mask))


def test_lines_attract_as_far_as_they_go_and_points_where_they_are() -> None:
    line = snapping.edges_of(Polyline(((10, 10), (30, 10), (30, 30))))
    assert placed((20, 11), line, 2) == (20, 10)
    assert placed((29, 29), line, 2) == (30, 30)
    assert snapping.snap((20, 20), line, 2, WIDTH, HEIGHT) is None
    points = snapping.edges_of(Points(((10, 10), (30, 10))))
    assert placed((11, 10), points, 2) == (10, 10)
    assert snapping.snap((20, 10), points, 2, WIDTH, HEIGHT) is None


# Shared borders -------------------------------------------------------------------------------


@given(
    st.integers(0, 359), st.integers(3, 9),
    st.lists(st.floats(6, 20), min_size=9, max_size=9), st.data(),
)  # fmt: skip
def test_neighbours_that_share_a_border_neither_overlap_nor_leave_a_gap(
    turn: int, count: int, radii: list[float], data: st.DataObject
) -> None:
    """A blob is cut in two along vertices that the second half takes over from the first."""
    ring = star(turn, radii[:count], data.draw(st.booleans()))
    a, b = 0, data.draw(st.integers(1, count - 1))
    middle = (WIDTH / 2, HEIGHT / 2)
    first = (*ring[a : b + 1], middle)
    edges = snapping.edges_of(Polygon((Part(first),)))
    hands = [(x + 0.3, y - 0.2) for x, y in (middle, ring[b])]
    taken = [placed(hand, edges, 0.5) for hand in hands]
    second = (ring[a], *taken, *ring[b + 1 :])
    halves = [bitmap(half) for half in (first, second)]
    assert not (halves[0] & halves[1]).any()
    assert np.array_equal(halves[0] | halves[1], bitmap(ring))


@given(whole, whole, whole, whole, st.floats(0, 1))
def test_a_vertex_in_the_midst_of_a_neighbours_edge_leaves_no_gap(
    a: Point, b: Point, c: Point, d: Point, share: float
) -> None:
    """Below a-b lies one triangle, above it two that meet in a point of a-b."""
    side = cross(a, b, c)
    if side * cross(a, b, d) >= 0:
        return
    near = (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
    edges = snapping.edges_of(geo.polygon(a, b, c))[:1]
    on_edge = placed(near, edges, 0.5)
    parts = [bitmap(ring) for ring in ((a, b, c), (a, on_edge, d), (on_edge, b, d))]
    assert np.sum(parts, axis=0).max() <= 1
    assert np.array_equal(parts[0] | parts[1] | parts[2], bitmap((a, c, b, d)))


def star(turn: int, radii: list[float], clockwise: bool) -> tuple[Point, ...]:
    angles = [math.radians(turn + 360 * i / len(radii)) for i in range(len(radii))]
    points = [
        (WIDTH / 2 + r * math.cos(angle), HEIGHT / 2 + r * math.sin(angle))
        for r, angle in zip(radii, angles, strict=True)
    ]
    return tuple(points if clockwise else reversed(points))


def bitmap(ring: tuple[Point, ...]) -> masks.Bitmap:
    return masks.rasterise(Polygon((Part(ring),)), WIDTH, HEIGHT)


def cross(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


# Steps of 45 degrees --------------------------------------------------------------------------


eighths = st.tuples(st.integers(0, 8 * WIDTH), st.integers(0, 8 * HEIGHT)).map(
    lambda point: (point[0] / 8, point[1] / 8)
)


@given(eighths, eighths)
def test_steps_are_exact_inside_and_the_nearest(start: Point, point: Point) -> None:
    place = snapping.stepped(start, point, WIDTH, HEIGHT)
    dx, dy = place[0] - start[0], place[1] - start[1]
    assert min(abs(dx), abs(dy), abs(abs(dx) - abs(dy))) < 1e-9
    assert geo.clamp(place, WIDTH, HEIGHT) == place
    rays = [
        shapely.LineString([start, (start[0] + 99 * x, start[1] + 99 * y)])
        for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y
    ]  # fmt: skip
    image = shapely.box(0, 0, WIDTH, HEIGHT)
    angle = math.atan2(point[1] - start[1], point[0] - start[0])
    if abs(angle / (math.pi / 4) % 1 - 0.5) > 1e-6 and start != point:
        nearest = min(rays, key=lambda ray: ray.distance(shapely.Point(point)))
        reached = nearest.intersection(image).distance(shapely.Point(point))
        assert math.dist(place, point) == pytest.approx(reached, abs=1e-6)


def test_level_steps_keep_the_other_coordinate_bit_for_bit() -> None:
    assert snapping.stepped((10.1, 20.7), (30.3, 21.9), WIDTH, HEIGHT)[1] == 20.7
    assert snapping.stepped((10.1, 20.7), (10.9, 99), WIDTH, HEIGHT) == (10.1, HEIGHT)
