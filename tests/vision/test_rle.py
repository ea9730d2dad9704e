"""COCO's run lengths agree with the reference implementation and survive a round trip."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.vision import masks, rle


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**16), st.floats(0, 1))
def test_a_bitmap_survives_the_round_trip(height, width, seed, density):
    bitmap = np.random.default_rng(seed).random((height, width)) < density
    assert (rle.decode_bitmap(rle.encode_bitmap(bitmap)) == bitmap).all()


@given(
    st.integers(1, 12), st.integers(1, 12), st.integers(-6, 20), st.integers(-6, 20),
    st.integers(0, 2**16), st.sampled_from([0.3, 0.8, 1.0]),
)  # fmt: skip
def test_a_small_mask_is_coded_as_the_whole_image_would_be(width, height, x, y, seed, density):
    bitmap = np.random.default_rng(seed).random((height, width)) < density
    mask = masks.encode(bitmap, x, y)
    if mask is not None:
        whole = rle.encode_bitmap(masks.rasterise(mask, 20, 10))
        assert rle.encode(mask, 20, 10) == whole


@given(
    st.integers(1, 20), st.integers(1, 20), st.integers(0, 2**16),
    st.sampled_from([0.0, 0.02, 0.3, 1.0]),
)  # fmt: skip
def test_a_mask_is_read_from_the_columns_it_covers_as_from_the_whole_image(
    width, height, seed, density
):
    bitmap = np.random.default_rng(seed).random((height, width)) < density
    assert rle.decode(rle.encode_bitmap(bitmap)) == masks.encode(bitmap)


def test_the_text_is_the_one_of_the_reference_implementation():
    reference = pytest.importorskip("faster_coco_eval.core.mask")
    bitmap = np.zeros((300, 200), dtype=np.uint8)
    bitmap[50:250, 30:90] = 1
    bitmap[100:140, 50:60] = 0
    theirs = reference.encode(np.asfortranarray(bitmap))
    counts = theirs["counts"]
    text = counts.decode() if isinstance(counts, bytes) else counts
    assert rle.encode_bitmap(bitmap.astype(bool))["counts"] == text


def test_both_forms_of_coco_counts_are_read():
    listed = {"size": [2, 3], "counts": [1, 2, 3]}
    mask = rle.decode(listed)
    assert mask is not None
    expected = [[False, True, False], [True, False, False]]
    assert masks.rasterise(mask, 3, 2).tolist() == expected
    assert rle.decode(rle.encode(mask, 3, 2)) == mask


def test_an_empty_mask_is_none():
    assert rle.decode({"size": [2, 2], "counts": [4]}) is None


@pytest.mark.parametrize("counts", ["", "é", "~~", [3], [-1, 5]])
def test_counts_that_do_not_fit_are_refused(counts):
    with pytest.raises(ValueError):
        rle.decode({"size": [2, 2], "counts": counts})
