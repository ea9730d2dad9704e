"""What is painted on a window of a huge image is what is painted on a bitmap of all of it."""

from __future__ import annotations

from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain import geometry as geo
from studio.vision import masks, sheet
from studio.vision.sheet import OutOfReach, Sheet
from studio.vision.strokes import Window, sweep

WIDTH, HEIGHT = 90, 70
ALL = Window(0, 0, WIDTH, HEIGHT)
points = st.tuples(st.integers(-60, 600), st.integers(-60, 500)).map(lambda p: (p[0] / 4, p[1] / 4))
strokes = st.lists(st.tuples(points, points, st.integers(1, 30), st.booleans()), max_size=6)


@settings(deadline=None)
@given(strokes, st.integers(0, 20))
def test_strokes_cover_the_same(strokes: list, step: int) -> None:
    whole = np.zeros((HEIGHT, WIDTH), np.uint8)
    with mock.patch.multiple(sheet, WHOLE_PIXELS=0, GROWN_BY_PX=step):
        part = Sheet(WIDTH, HEIGHT)
        for start, end, diameter_px, adds in strokes:
            expected = sweep(whole, start, end, diameter_px, int(adds))
            found = part.sweep(start, end, diameter_px, int(adds))
            if adds:
                assert found == expected
    assert part.encoded(ALL) == masks.encode(whole.view(bool))


def test_a_shape_is_taken_up_and_no_more_memory_than_its_window() -> None:
    triangle = geo.polygon((3.25, 2.5), (40.0, 9.75), (11.5, 33.3))
    with mock.patch.multiple(sheet, WHOLE_PIXELS=0, GROWN_BY_PX=2):
        part = Sheet(30_000, 30_000)
        part.take(triangle, Window(3, 2, 41, 34))
        assert part.bitmap.shape == (36, 42)
        assert part.encoded(Window(0, 0, 30_000, 30_000)) == masks.to_mask(triangle, 90, 70)
        with mock.patch.object(sheet, "MOST_PIXELS", 10_000), pytest.raises(OutOfReach):
            part.sweep((10, 10), (20_000, 10), 5, 1)
        assert part.bitmap.shape == (36, 42)
