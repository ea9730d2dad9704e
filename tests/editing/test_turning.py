"""Turning as an edit: what stays, and what stays inside."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from studio.domain import geometry as geo
from studio.domain.edits import Title
from studio.domain.shapes import Box, Mask, Points, Polyline, RotatedBox, Shape
from studio.editing.turning import turn

places = st.tuples(st.floats(0, 100, width=32), st.floats(0, 80, width=32))


def test_masks_and_locked_shapes_stay_and_boxes_become_rotated() -> None:
    box = Shape(1, 1, "nut", Box(10, 10, 30, 20))
    shapes = [
        box,
        replace(box, id=2, locked=True),
        Shape(3, 1, "nut", Mask(0, 0, 1, 1, b"\x00\x00\x00\x00\x01\x00\x00\x00")),
    ]
    edit = turn(shapes, -0.1, 100, 80)
    assert edit.title == Title.ROTATE
    [change] = edit.changes
    assert change.before == box
    assert change.after == replace(box, geometry=RotatedBox(20, 15, 20, 10, -0.1))
    assert not turn(shapes[1:], 1, 100, 80)


@given(st.lists(places, min_size=2, max_size=6), st.floats(-180, 180))
def test_what_fits_into_the_image_stays_inside(points, angle: float) -> None:
    shapes = [Shape(1, 1, "x", Polyline(tuple(points))), Shape(2, 1, "x", Points(tuple(points)))]
    for change in turn(shapes, angle, 100, 80).changes:
        assert isinstance(change.after, Shape)
        around = geo.bounds(change.after.geometry)
        if around.width <= 100:
            assert around.x0 >= -1e-9 and around.x1 <= 100 + 1e-9
        if around.height <= 80:
            assert around.y0 >= -1e-9 and around.y1 <= 80 + 1e-9
