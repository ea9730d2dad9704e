from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from studio.domain.shapes import Box
from studio.domain.viewport import KEPT_IN_VIEW_PX, MAX_SCALE, Viewport

sizes = st.integers(1, 8000)
places = st.floats(-5000, 9000)
viewports = st.builds(
    Viewport,
    width=st.floats(50, 4000),
    height=st.floats(50, 4000),
    image_width=sizes,
    image_height=sizes,
    scale=st.floats(0.01, MAX_SCALE),
    left=places,
    top=places,
)
points = st.tuples(places, places)


@given(viewports, points)
def test_to_image_is_the_inverse_of_to_widget(viewport: Viewport, point) -> None:
    there = viewport.to_widget(point)
    assert viewport.to_image(there) == pytest.approx(point, abs=1e-6)
    assert viewport.to_widget(viewport.to_image(point)) == pytest.approx(point, abs=1e-6)


@given(viewports, points, st.floats(0.1, 10))
def test_zooming_keeps_the_point_under_the_cursor(viewport: Viewport, cursor, factor) -> None:
    zoomed = viewport.zoomed(factor, cursor)
    assume(zoomed == replace(zoomed).clamped())
    unclamped = replace(
        zoomed,
        left=cursor[0] - viewport.to_image(cursor)[0] * zoomed.scale,
        top=cursor[1] - viewport.to_image(cursor)[1] * zoomed.scale,
    )
    assume(unclamped == unclamped.clamped())
    assert zoomed.to_image(cursor) == pytest.approx(viewport.to_image(cursor), abs=1e-6)
    assert zoomed.scale <= MAX_SCALE


@given(viewports, st.floats(-20000, 20000), st.floats(-20000, 20000))
def test_however_far_it_is_panned_some_of_the_image_stays(viewport: Viewport, dx, dy) -> None:
    panned = viewport.panned(dx, dy)
    across = min(panned.left + panned.image_width * panned.scale, panned.width) - max(
        panned.left, 0
    )
    down = min(panned.top + panned.image_height * panned.scale, panned.height) - max(panned.top, 0)
    assert across >= min(KEPT_IN_VIEW_PX, panned.image_width * panned.scale) - 1e-6
    assert down >= min(KEPT_IN_VIEW_PX, panned.image_height * panned.scale) - 1e-6


@given(viewports)
def test_fitted_shows_the_whole_image_in_the_middle(viewport: Viewport) -> None:
    fitted = viewport.fitted(10)
    assume(fitted.scale < MAX_SCALE)
    assume(max(fitted.image_width, fitted.image_height) * fitted.scale > 17)
    shown = fitted.box_to_widget(Box(0, 0, fitted.image_width, fitted.image_height))
    assert shown.x0 >= 10 - 1e-6
    assert shown.y1 <= fitted.height - 10 + 1e-6
    assert shown.x0 + shown.x1 == pytest.approx(fitted.width)
    assert shown.y0 + shown.y1 == pytest.approx(fitted.height)


def test_a_resize_keeps_the_centre_in_the_centre() -> None:
    viewport = Viewport(800, 600, 4000, 3000, scale=0.5, left=-300, top=-200)
    resized = viewport.resized(1000, 500)
    assert resized.to_image((500, 250)) == viewport.to_image((400, 300))


def test_what_is_out_of_view_is_brought_in() -> None:
    viewport = Viewport(800, 600, 4000, 3000)
    box = Box(2000, 100, 2100, 200)
    shown = viewport.showing(box, 20).box_to_widget(box)
    assert shown.x0 >= 0
    assert shown.x1 <= 800
    assert viewport.showing(Box(100, 100, 200, 200), 20) == viewport


def test_the_visible_part_ends_with_the_image() -> None:
    viewport = Viewport(800, 600, 300, 200).fitted(50)
    assert viewport.visible() == Box(0, 0, 300, 200)
    assert replace(viewport, left=-150 * viewport.scale).visible().x0 == pytest.approx(150)
