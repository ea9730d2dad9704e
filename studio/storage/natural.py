"""Names in the order a person counts in: 2 before 10.

SQLite knows no such order, and a comparison in Python is called millions of times for 100,000
names. So all names become one array of bytes, in which each number loses its leading zeros and
gets its length before it: then plain bytes compare as the names should.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.storage.reader import Reader
from studio.storage.sorting import read_ids

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


class NaturalOrder:
    """The rank of each image of a project by its path, worked out again when paths change."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._version = -1
        self._names: str = ""
        self._ranks = np.zeros(1, dtype=np.int64)

    def sorted(self, image_ids: NDArray[np.int64]) -> NDArray[np.intp]:
        """The places of ids in the natural order of their paths; those of one name by their ids."""
        self._refresh()
        # No two have one rank: each is put at its own, which takes a tenth of the time of sorting.
        places = np.full(len(self._ranks), -1, dtype=np.intp)
        places[self._ranks[image_ids]] = np.arange(len(image_ids))
        return places[places >= 0]

    def _refresh(self) -> None:
        [row] = self._reader.select("PRAGMA data_version")
        if row[0] == self._version:
            return
        # Both at once: while a folder is scanned, another query would know of more images.
        [(names, ids)] = self._reader.select(
            "SELECT coalesce(group_concat(path, char(0)), ''), coalesce(group_concat(id), '')"
            " FROM (SELECT path, id FROM image ORDER BY path, id)"
        )
        if names != self._names:
            self._rank(names, read_ids(ids))
        self._version = row[0]  # not before: the query may be broken off

    def _rank(self, names: str, by_path: NDArray[np.int64]) -> None:
        of_name = keys(names.encode("utf-8", "surrogatepass"))
        order = sorted(range(len(by_path)), key=of_name.__getitem__)
        self._ranks = np.zeros(int(by_path.max(initial=0)) + 1, dtype=np.int64)
        self._ranks[by_path[order]] = np.arange(len(by_path))
        self._names = names
