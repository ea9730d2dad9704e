"""Booleans of bitmaps with outlines, cuts, holes and conversions, against NumPy and OpenCV."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Mask, Part, Point, Polygon, RotatedBox
from studio.vision import booleans, masks

SIZE = (32, 28)
bitmaps = arrays(bool, st.tuples(st.integers(1, 24), st.integers(1, 24))).filter(np.any)
packed = st.builds(masks.encode, bitmaps, st.integers(0, 8), st.integers(0, 4))
coordinates = st.floats(0, 30, allow_nan=False).map(lambda value: round(value, 2))
points = st.tuples(coordinates, coordinates)
triangles = st.lists(points, min_size=3, max_size=3).map(lambda corners: geo.polygon(*corners))
boxes = st.builds(geo.rectangle, points, points)
rotated = st.builds(
    RotatedBox, coordinates, coordinates, st.floats(2, 20), st.floats(2, 20), st.floats(-90, 90)
)
solids = st.one_of(packed, triangles, boxes, rotated)


def pixels(solid: booleans.Solid | None) -> np.ndarray:
    if solid is None:
        return np.zeros(SIZE[::-1], dtype=bool)
    return masks.rasterise(solid, *SIZE)


@given(packed, solids)
def test_with_a_bitmap_booleans_are_those_of_the_pixels(mask: Mask, other: booleans.Solid) -> None:
    a, b = pixels(mask), pixels(other)
    assert (pixels(booleans.union([other, mask], SIZE)) == a | b).all()
    assert (pixels(booleans.difference(mask, [other], SIZE)) == a & ~b).all()
    assert (pixels(booleans.difference(other, [mask], SIZE)) == b & ~a).all()
    assert (pixels(booleans.intersection([mask, other], SIZE)) == a & b).all()


@given(solids)
def test_a_bitmap_never_reaches_beyond_the_image(other: booleans.Solid) -> None:
    found = booleans.union([Mask(0, 0, 1, 1, masks.run_lengths(np.ones(1)).tobytes()), other], SIZE)
    assert isinstance(found, Mask)
    assert found.x >= 0 and found.y >= 0
    assert found.x + found.width <= SIZE[0] and found.y + found.height <= SIZE[1]


@given(packed, st.lists(points, min_size=2, max_size=4, unique=True))
def test_a_cut_deals_out_every_pixel_once(mask: Mask, line: list[Point]) -> None:
    pieces = booleans.cut(mask, line)
    assert (sum(pixels(piece).astype(int) for piece in pieces) == pixels(mask)).all()
    if len(pieces) == 1:
        assert pieces == [mask]


def test_a_straight_cut_gives_the_two_sides() -> None:
    mask = masks.encode(np.ones((10, 10), dtype=bool), 5, 5)
    assert mask
    pieces = booleans.cut(mask, ((0.0, 9.0), (32.0, 9.0)))
    assert [geo.bounds(piece) for piece in pieces] == [Box(5, 9, 15, 15), Box(5, 5, 15, 9)]


@given(packed)
def test_holes_of_a_bitmap_are_filled_as_by_opencv(mask: Mask) -> None:
    before = pixels(mask).astype(np.uint8)
    around, _ = cv2.findContours(before, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    expected = cv2.drawContours(before.copy(), around, -1, 1, cv2.FILLED)
    assert (pixels(booleans.without_holes(mask)) == expected).all()


def test_holes_of_a_polygon_go_with_what_lay_in_them() -> None:
    def square(low: float, high: float) -> tuple[Point, ...]:
        return ((low, low), (high, low), (high, high), (low, high))

    ring = Part(square(0, 30), (square(5, 25),))
    island = Part(square(10, 20))
    assert booleans.without_holes(Polygon((ring,))) == Polygon((Part(ring.outer),))
    assert booleans.without_holes(Polygon((ring, island))) == Polygon((Part(ring.outer),))
    assert booleans.without_holes(Box(1, 2, 3, 4)) == Box(1, 2, 3, 4)


@given(packed)
def test_a_bitmap_comes_back_from_its_outline_as_it_was(mask: Mask) -> None:
    outline = booleans.to_polygon(mask)
    assert masks.to_mask(outline, *SIZE) == mask
    again = booleans.to_polygon(masks.to_mask(outline, *SIZE) or mask)
    assert again == outline


@given(solids)
def test_the_rotated_box_is_the_smallest_that_opencv_finds(solid: booleans.Solid) -> None:
    assume(not geo.is_degenerate(solid))
    box = booleans.to_rotated_box(solid)
    if isinstance(solid, RotatedBox):
        assert box == solid
        return
    corners = [point for ring in geo.rings(booleans.to_polygon(solid)) for point in ring]
    (_, (width, height), _) = cv2.minAreaRect(np.array(corners, dtype=np.float32))
    assert box.width * box.height == pytest.approx(width * height, rel=1e-3, abs=1e-2)
    assert -45 <= box.angle_deg <= 45
    held = np.array(geo.corners(box), dtype=np.float32)
    for x, y in corners:
        assert cv2.pointPolygonTest(held, (x, y), measureDist=True) >= -0.01


@given(boxes)
def test_an_upright_box_stays_upright(box: Box) -> None:
    turned = booleans.to_rotated_box(geo.as_polygon(box))
    if not geo.is_degenerate(box):
        assert turned.angle_deg == 0
        assert (turned.width, turned.height) == pytest.approx((box.width, box.height))
