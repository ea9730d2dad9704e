from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from studio.domain import geometry as geo
from studio.domain.clipping import clip
from studio.domain.shapes import Box, Part, Points, Polygon, Polyline, RotatedBox
from studio.vision import masks

coordinates = st.floats(-20, 60, allow_nan=False).map(lambda value: round(value, 3))
points = st.tuples(coordinates, coordinates)
boxes = st.builds(geo.rectangle, points, points)
triangles = st.lists(points, min_size=3, max_size=3).map(lambda corners: geo.polygon(*corners))
bitmaps = arrays(bool, st.tuples(st.integers(1, 24), st.integers(1, 24)))


@given(st.one_of(boxes, triangles), st.floats(-90, 90), st.floats(-90, 90))
def test_a_move_never_leaves_the_image(shape: Box | Polygon, dx: float, dy: float) -> None:
    start = clip(shape, 40, 30)
    if start is not None:
        moved = geo.translate(start, *geo.translation_within(start, dx, dy, 40, 30))
        box = geo.bounds(moved)
        assert box.x0 >= -1e-9 and box.y0 >= -1e-9
        assert box.x1 <= 40 + 1e-9 and box.y1 <= 30 + 1e-9


@given(bitmaps, st.integers(0, 5), st.integers(0, 5))
def test_a_mask_is_unpacked_as_it_was_packed(bitmap: np.ndarray, x: int, y: int) -> None:
    mask = masks.encode(bitmap, x, y)
    expected = np.zeros((32, 32), dtype=bool)
    masks.paste(bitmap, expected, x, y)
    if mask is None:
        assert not bitmap.any()
    else:
        assert (masks.rasterise(mask, 32, 32) == expected).all()
        assert geo.area(mask) == bitmap.sum()


@given(bitmaps)
def test_the_outline_of_a_mask_covers_exactly_its_pixels(bitmap: np.ndarray) -> None:
    mask = masks.encode(bitmap)
    if mask is not None:
        outline = masks.outlines(mask)
        assert (
            masks.rasterise(outline, 24, 24)[: bitmap.shape[0], : bitmap.shape[1]] == bitmap
        ).all()
        assert geo.area(outline) == bitmap.sum()


@given(bitmaps, st.tuples(st.integers(0, 23), st.integers(0, 23)))
def test_a_mask_contains_a_point_when_it_covers_the_pixel_under_it(bitmap, at) -> None:
    mask = masks.encode(bitmap)
    column, row = at
    covered = row < bitmap.shape[0] and column < bitmap.shape[1] and bitmap[row, column]
    if mask is not None:
        assert geo.contains(mask, (column + 0.5, row + 0.5)) == covered


def test_a_square_of_four_covers_sixteen_pixels() -> None:
    square = geo.polygon((2, 2), (6, 2), (6, 6), (2, 6))
    assert masks.rasterise(square, 10, 10).sum() == 16 == geo.area(square)


def test_a_hole_is_not_covered() -> None:
    ring = Polygon((Part(geo.corners(Box(0, 0, 10, 10)), (geo.corners(Box(3, 3, 7, 7)),)),))
    assert masks.rasterise(ring, 10, 10).sum() == 84 == geo.area(ring)
    assert not geo.contains(ring, (5, 5)) and geo.contains(ring, (1, 1))


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), min_size=3, max_size=8))
def test_filling_agrees_with_opencv_away_from_the_outline(corners) -> None:
    ours = masks.rasterise(geo.polygon(*corners), 32, 32)
    # OpenCV draws through pixel centres; shift by half a pixel and leave the outline out.
    theirs = np.zeros((32 * 8, 32 * 8), dtype=np.uint8)
    cv2.fillPoly(theirs, [np.array(corners, dtype=np.int32) * 8], 1)
    centres = theirs[4::8, 4::8].astype(bool)
    edge = np.zeros((32 * 8, 32 * 8), dtype=np.uint8)
    cv2.polylines(edge, [np.array(corners, dtype=np.int32) * 8], True, 1, thickness=3)
    clear = ~edge[4::8, 4::8].astype(bool)
    assert (ours == centres)[clear].all()


@pytest.mark.parametrize(
    "shape",
    [
        Box(3, 3, 3, 9),
        geo.polygon((0, 0), (5, 5), (0, 0)),
        geo.polygon((0, 0), (10, 0), (20, 0)),
        Polygon(()),
        RotatedBox(5, 5, 0, 3, 10),
        Box(float("nan"), 0, 5, 5),
    ],
)
def test_slips_of_the_hand_are_degenerate(shape) -> None:
    assert geo.is_degenerate(shape)


def test_a_turned_box_keeps_its_area_and_centre() -> None:
    turned = RotatedBox(10, 20, 6, 4, 90)
    box = geo.bounds(turned)
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((8, 17, 12, 23))
    assert geo.area(geo.as_polygon(turned)) == pytest.approx(24)


def test_iou_of_boxes() -> None:
    assert geo.iou(Box(0, 0, 10, 10), Box(5, 0, 15, 10)) == pytest.approx(1 / 3)
    assert geo.iou(Box(0, 0, 1, 1), Box(1, 0, 2, 1)) == 0


def test_lines_and_points_have_a_place_but_no_area() -> None:
    line = Polyline(((10.0, 20.0), (30.0, 20.0), (30.0, 5.0)))
    face = Points(((10.0, 20.0), (99.0, 5.0)), frozenset({1}))
    assert [geo.bounds(each) for each in (line, face)] == [Box(10, 5, 30, 20), Box(10, 5, 99, 20)]
    assert (geo.area(line), geo.area(face), geo.length(line.points)) == (0, 0, 35)
    assert not geo.contains(line, (20, 20)) and not masks.rasterise(line, 40, 40).any()
    assert geo.translate(face, 1, -1) == Points(((11, 19), (100, 4)), frozenset({1}))
    assert geo.distance_to(line, (20, 17)) == 3
    assert geo.distance_to(face, (10, 24)) == 4
    slips = Polyline(((1.0, 1.0), (1.5, 1.0))), Points(())
    assert all(map(geo.is_degenerate, slips))
    assert not any(map(geo.is_degenerate, (line, face, Points(((1, 1),)))))


def test_a_rotated_box_may_reach_over_the_border_but_not_leave() -> None:
    box = RotatedBox(5, 5, 40, 4, 45)
    assert geo.translation_within(box, -1, 2, 100, 100) == (-1, 2)
    assert geo.translation_within(box, -99, 0, 100, 100) == (-5, 0)
