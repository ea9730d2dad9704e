"""Telling near-duplicate pictures: a difference hash and groups of hashes that are close.

The hash is Krawetz's dHash ("Kind of Like That", 2013) taken in both directions: whether each of
8 x 8 places is brighter than its right and than its lower neighbour, 128 bits in all.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

HASH_BYTES = 16
NEAR_BITS = 8
"""Two pictures whose hashes differ in so many of 128 bits, or in fewer, look the same."""

LEAST_CONTRAST = 6.0
"""Pictures whose brightness varies less (standard deviation of 0..255) look like nothing."""

_SIDE = 8
_BANDS = NEAR_BITS + 1
"""Hashes that differ in ``NEAR_BITS`` bits agree in at least one of one band more."""

_MOST_IN_A_BUCKET = 2000


def difference_hash(rgb: NDArray[np.uint8]) -> bytes | None:
    """The hash of an (h, w, 3) picture; None for one that is all but flat."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_SIDE + 1, _SIDE + 1), interpolation=cv2.INTER_AREA)
    if float(np.std(small)) < LEAST_CONTRAST:
        return None
    values = small.astype(np.int16)
    across = values[:_SIDE, 1:] > values[:_SIDE, :-1]
    down = values[1:, :_SIDE] > values[:-1, :_SIDE]
    return np.packbits(np.concatenate([across.ravel(), down.ravel()])).tobytes()


def near_groups(hashes: NDArray[np.uint8]) -> list[list[int]]:
    """Groups of rows of an (N, 16) array that are near one another, directly or by way of others.

    Each group has two rows or more, in their order; by their first row.
    """
    parents = np.arange(len(hashes))

    def root(row: int) -> int:
        while parents[row] != row:
            parents[row] = parents[parents[row]]
            row = int(parents[row])
        return row

    for first, second in _near_pairs(hashes):
        a, b = root(first), root(second)
        parents[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = {}
    for row in range(len(hashes)):
        groups.setdefault(root(row), []).append(row)
    return [group for group in groups.values() if len(group) > 1]


def _near_pairs(hashes: NDArray[np.uint8]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    bits = np.unpackbits(hashes, axis=1)
    for band in range(_BANDS):
        first, last = (place * bits.shape[1] // _BANDS for place in (band, band + 1))
        padded = np.zeros((len(bits), 16), np.uint8)
        padded[:, : last - first] = bits[:, first:last]
        keys = np.packbits(padded, axis=1).view(np.uint16)[:, 0].astype(np.int64)
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
        for bucket in np.split(order, starts[1:]):
            found |= _pairs_of(hashes, bucket[:_MOST_IN_A_BUCKET])
    return found


def _pairs_of(hashes: NDArray[np.uint8], rows: NDArray[np.intp]) -> set[tuple[int, int]]:
    if len(rows) < 2:
        return set()
    mine = hashes[rows]
    found: set[tuple[int, int]] = set()
    for place in range(len(rows) - 1):
        differing = np.bitwise_count(mine[place + 1 :] ^ mine[place]).sum(axis=1)
        for other in np.flatnonzero(differing <= NEAR_BITS):
            a, b = int(rows[place]), int(rows[place + 1 + other])
            found.add((min(a, b), max(a, b)))
    return found
