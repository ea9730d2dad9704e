from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.vision import perceptual_hash


def photo(seed: int, width: int = 320, height: int = 240) -> np.ndarray:
    noise = np.random.default_rng(seed).integers(0, 256, (9, 12, 3), dtype=np.uint8)
    return cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)


def as_rows(*hashes: bytes | None) -> np.ndarray:
    return np.array([np.frombuffer(each, np.uint8) for each in hashes if each])


def test_a_picture_saved_smaller_and_worse_is_near() -> None:
    original = photo(1)
    jpeg = cv2.imencode(".jpg", original, [cv2.IMWRITE_JPEG_QUALITY, 40])[1]
    worse = cv2.resize(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), (120, 90))
    darker = (original * 0.8).astype(np.uint8)
    hashes = [perceptual_hash.difference_hash(each) for each in (original, worse, darker, photo(2))]
    assert perceptual_hash.near_groups(as_rows(*hashes)) == [[0, 1, 2]]


def test_a_flat_picture_is_near_to_none() -> None:
    flat = np.full((50, 50, 3), 90, np.uint8)
    assert perceptual_hash.difference_hash(flat) is None


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 40))
def test_groups_are_those_of_comparing_all_with_all(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    some = random.integers(0, 256, (max(1, count // 4), perceptual_hash.HASH_BYTES), dtype=np.uint8)
    hashes = some[random.integers(0, len(some), count)]
    for row in hashes:
        for bit in random.integers(0, 128, random.integers(0, 9)):
            row[bit // 8] ^= 1 << (bit % 8)
    differing = np.bitwise_count(hashes[:, None] ^ hashes[None]).sum(axis=2)
    near = differing <= perceptual_hash.NEAR_BITS
    for _ in range(count):
        near = near | (near.astype(int) @ near.astype(int) > 0)
    expected = sorted({tuple(np.flatnonzero(row).tolist()) for row in near if row.sum() > 1})
    assert [tuple(group) for group in perceptual_hash.near_groups(hashes)] == expected


def test_no_pictures_no_groups() -> None:
    assert perceptual_hash.near_groups(np.zeros((0, perceptual_hash.HASH_BYTES), np.uint8)) == []
