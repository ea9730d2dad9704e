"""Classes as runs: the same figures as from the pixels themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.learning.tasks.class_runs import ClassRuns, confusion
from studio.vision import masks, rle

IGNORE = 255


def told_and_read(classes: np.ndarray) -> ClassRuns:
    """Described class by class, as in a report, and read back."""
    runs = ClassRuns.of(classes)
    drawn = [(int(v), runs.describe(v)["segmentation"]) for v in np.unique(classes) if v]
    return ClassRuns.read(runs.height, runs.width, drawn)


@st.composite
def maps(draw: st.DrawFn, shape: tuple[int, int] | None = None) -> np.ndarray:
    height, width = shape or (draw(st.integers(1, 9)), draw(st.integers(1, 9)))
    values = st.sampled_from((0, 1, 2, IGNORE))
    flat = draw(st.lists(values, min_size=height * width, max_size=height * width))
    return np.array(flat, dtype=np.uint8).reshape(height, width)


@given(maps())
def test_a_class_is_described_as_its_bitmap_is(classes):
    runs = ClassRuns.of(classes)
    for value in (1, 2, IGNORE):
        found, bitmap = runs.describe(value), classes == value
        mask = masks.encode(bitmap)
        if mask is None:
            assert found == {}
            continue
        assert found["bbox"] == [mask.x, mask.y, mask.width, mask.height]
        assert found["area"] == bitmap.sum()
        assert found["segmentation"] == rle.encode_bitmap(bitmap)


@given(st.data())
def test_confusion_counts_pixels_wherever_the_runs_end(data):
    wanted = data.draw(maps())
    found = data.draw(maps(wanted.shape)) % IGNORE
    counted = confusion(told_and_read(wanted), told_and_read(found), 3, IGNORE)
    expected = np.zeros((3, 3), dtype=int)
    for true, predicted in zip(wanted.ravel(), found.ravel(), strict=True):
        if true != IGNORE:
            expected[true, predicted] += 1
    assert (counted == expected).all()


def test_an_image_of_one_class_is_one_run():
    runs = told_and_read(np.ones((4, 6), dtype=np.uint8))
    assert runs.values.tolist() == [1] and runs.ends.tolist() == [24]
    assert confusion(runs, runs, 2, IGNORE).tolist() == [[0, 0], [0, 24]]
    assert runs.describe(1)["area"] == pytest.approx(24)
