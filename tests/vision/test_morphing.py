from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.domain.shapes import Mask
from studio.vision import masks, morphing


def disc(cx: int, cy: int, radius: int, side: int = 200) -> Mask:
    bitmap = np.zeros((side, side), np.uint8)
    cv2.circle(bitmap, (cx, cy), radius, 1, -1)
    mask = masks.encode(bitmap.astype(bool))
    assert mask is not None
    return mask


def whole(mask: Mask, side: int = 200) -> np.ndarray:
    return masks.rasterise(mask, side, side)


def test_a_disc_that_moves_keeps_its_size() -> None:
    half = morphing.between(disc(40, 50, 20), disc(120, 90, 20), 0.5)
    assert half is not None
    same = (whole(half) & whole(disc(80, 70, 20))).sum() / whole(disc(80, 70, 20)).sum()
    assert same > 0.98


def test_a_disc_that_grows_is_half_grown() -> None:
    half = morphing.between(disc(100, 100, 20), disc(100, 100, 40), 0.5)
    assert half is not None
    assert whole(half).sum() == pytest.approx(np.pi * 30**2, rel=0.05)


@pytest.mark.parametrize("t", (0.0, 1.0))
def test_the_ends_are_the_ends(t: float) -> None:
    a, b = disc(40, 50, 20), disc(120, 90, 30)
    assert morphing.between(a, b, t) == (b if t else a)


def test_at_the_border_nothing_leaves_the_image() -> None:
    cut_off = disc(0, 0, 20)
    half = morphing.between(cut_off, cut_off, 0.5)
    assert half == cut_off
