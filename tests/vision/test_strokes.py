from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.vision.strokes import sweep

WIDTH, HEIGHT = 60, 40
points = st.tuples(st.floats(-15, 75), st.floats(-15, 55))


def covered(start, end, diameter_px: float) -> np.ndarray:
    """Pixels whose centre is at most a radius away from the segment, asked one by one."""
    ys, xs = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    dx, dy = end[0] - start[0], end[1] - start[1]
    length2 = dx * dx + dy * dy
    t = ((xs - start[0]) * dx + (ys - start[1]) * dy) / length2 if length2 > 0 else 0 * xs
    t = np.clip(t, 0, 1)
    return np.hypot(xs - start[0] - t * dx, ys - start[1] - t * dy) - diameter_px / 2


@settings(deadline=None)
@given(points, points, st.floats(1, 40))
def test_a_stroke_covers_exactly_what_its_disc_passes_over(start, end, diameter_px) -> None:
    bitmap = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    window = sweep(bitmap, start, end, diameter_px, 1)
    distance = covered(start, end, diameter_px)
    column, row = int(np.floor(end[0])), int(np.floor(end[1]))
    clear = np.abs(distance) > 1e-6  # on the rim rounding may go either way
    if 0 <= column < WIDTH and 0 <= row < HEIGHT:
        assert bitmap[row, column]
        clear[row, column] = False
    assert np.array_equal(bitmap[clear], (distance < 0)[clear])
    outside = bitmap.copy()
    if window:
        outside[window.y0 : window.y1, window.x0 : window.x1] = 0
    assert not outside.any()


def test_the_smallest_brush_paints_the_pixel_under_it() -> None:
    bitmap = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    window = sweep(bitmap, (10.1, 5.9), (10.1, 5.9), 1, 1)
    assert np.argwhere(bitmap).tolist() == [[5, 10]]
    assert window is not None
    assert sweep(bitmap, (10.1, 5.9), (10.1, 5.9), 1, 0) is not None
    assert not bitmap.any()


def test_outside_nothing_is_touched() -> None:
    bitmap = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    assert sweep(bitmap, (-50, -50), (-20, -30), 10, 1) is None
    assert not bitmap.any()
