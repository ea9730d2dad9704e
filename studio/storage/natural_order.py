"""Names in the order a person counts in: 2 before 10.

SQLite knows no such order, and a comparison in Python is called millions of times for 100,000
names. So all names become one array of bytes, in which each number loses its leading zeros and
gets its length before it: then plain bytes compare as the names should.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ZERO, _TEN = np.uint8(0x30), np.uint8(10)
_LONGEST = 40
"""Numbers of more digits than this are taken to be of this length."""


def keys(names: bytes) -> list[bytes]:
    """What to compare for each of ``names``, UTF-8 with a NUL between two names."""
    signs = np.frombuffer(names, dtype=np.uint8)
    if not len(signs):
        return [b""]
    digit = np.zeros(len(signs) + 2, dtype=bool)
    digit[1:-1] = (signs - _ZERO) < _TEN  # what is below zero comes out great
    edges = np.flatnonzero(digit[1:] != digit[:-1])
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    zeros = _leading_zeros(signs, starts, lengths)
    if zeros.any():
        before = np.cumsum(zeros) - zeros
        first = np.repeat(starts - before, zeros)
        signs = np.delete(signs, first + np.arange(len(first)))
        starts, lengths = starts - before, lengths - zeros
    spread = np.empty(len(signs) + len(starts), dtype=np.uint8)
    is_sign = np.ones(len(spread), dtype=bool)
    places = starts + np.arange(len(starts))
    is_sign[places] = False
    spread[is_sign] = signs
    spread[places] = np.minimum(lengths, _LONGEST).astype(np.uint8) + _ZERO
    return spread.tobytes().split(b"\0")


def _leading_zeros(
    signs: NDArray[np.uint8], starts: NDArray[np.intp], lengths: NDArray[np.intp]
) -> NDArray[np.intp]:
    """How many zeros each number begins with; of a number of zeros the last does not count."""
    found = np.zeros(len(starts), dtype=np.intp)
    numbers = np.arange(len(starts))
    zeros = 0
    while len(numbers):
        is_zero = (signs[starts[numbers] + zeros] == _ZERO) & (zeros < lengths[numbers] - 1)
        numbers = numbers[is_zero]
        zeros += 1
        found[numbers] = zeros
    return found
