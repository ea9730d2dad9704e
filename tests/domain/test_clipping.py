from __future__ import annotations

import cv2
import numpy as np
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from studio.domain import geometry as geo
from studio.domain.clipping import clip
from studio.domain.shapes import Box, Points, Polygon, Polyline
from studio.vision import masks

coordinates = st.floats(-20, 60, allow_nan=False).map(lambda value: round(value, 3))
points = st.tuples(coordinates, coordinates)
boxes = st.builds(geo.rectangle, points, points)
triangles = st.lists(points, min_size=3, max_size=3).map(lambda corners: geo.polygon(*corners))


@given(boxes)
def test_a_box_clipped_to_the_image_lies_within_it(box: Box) -> None:
    clipped = clip(box, 30, 20)
    if clipped is not None:
        inside = geo.bounds(clipped)
        assert 0 <= inside.x0 < inside.x1 <= 30 and 0 <= inside.y0 < inside.y1 <= 20


@given(triangles)
@example(geo.polygon((0.0, 1.0), (0.0, 0.0), (46.188, 46.188)))  # an edge through pixel centres
def test_a_clipped_triangle_covers_what_the_whole_one_covers_of_the_image(shape: Polygon) -> None:
    clipped = clip(shape, 30, 20)
    whole = masks.rasterise(shape, 30, 20)
    if clipped is None:
        # Less than a pixel in area, so no disc of this radius fits in it.
        assert_within(0.57, shape, whole)
    else:
        assert_within(0.01, shape, masks.rasterise(clipped, 30, 20) != whole)


def assert_within(px: float, shape: Polygon, bitmap: np.ndarray) -> None:
    """Every pixel set in ``bitmap`` has its centre no farther than ``px`` from the shape's edge."""
    ring = np.asarray(shape.parts[0].outer, dtype=np.float32)
    for y, x in np.argwhere(bitmap):
        assert abs(cv2.pointPolygonTest(ring, (x + 0.5, y + 0.5), measureDist=True)) <= px


@given(st.lists(points, min_size=2, max_size=8))
def test_a_clipped_line_holds_what_of_the_line_is_in_the_image(found: list) -> None:
    image = shapely.box(0, 0, 30, 20)
    inside = shapely.LineString(found).intersection(image)
    clipped = clip(Polyline(tuple(found)), 30, 20)
    if clipped is None:
        assert inside.length < 1 + 1e-6
        return
    assert isinstance(clipped, Polyline)
    line = shapely.LineString(clipped.points)
    assert image.buffer(1e-6).contains(line)
    assert line.buffer(1e-3).contains(inside)


def test_of_points_those_in_the_image_are_left() -> None:
    face = Points(((10.0, 20.0), (99.0, 5.0)), frozenset({1}))
    assert clip(face, 40, 40) == Points(((10, 20),))
