"""Names in the order a person counts in: 2 before 10.

SQLite knows no such order, and a comparison in Python is called millions of times for 100,000
names. So all names become one array of bytes, in which each number loses its leading zeros and
gets its length before it: then plain bytes compare as the names should.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.storage.reader import Reader

_ZERO, _NINE = 0x30, 0x39
_LONGEST = 40
"""Numbers of more digits than this are taken to be of this length."""


def keys(names: bytes) -> list[bytes]:
    """What to compare for each of ``names``, UTF-8 with a NUL between two names."""
    signs = np.frombuffer(names, dtype=np.uint8)
    if not len(signs):
        return [b""]
    digit = (signs >= _ZERO) & (signs <= _NINE)
    edges = np.diff(np.concatenate([[False], digit, [False]]).astype(np.int8))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    # The first sign that counts: the first digit but 0, or the last digit of a number of zeros.
    counts = np.flatnonzero(digit & (signs != _ZERO))
    counts = np.append(counts, len(signs))
    first = np.minimum(counts[np.searchsorted(counts, starts)], ends - 1)
    # Signs a place of the result: none for a leading zero, two for what a length stands before.
    places = np.zeros(len(signs) + 1, dtype=np.int8)
    places[starts] -= 1
    places[first] += 1
    places = np.cumsum(places[:-1], dtype=np.int8) + np.int8(1)
    places[first] += 1
    spread = np.repeat(signs, places)
    lengths = np.minimum(ends - first, _LONGEST).astype(np.uint8) + np.uint8(_ZERO)
    spread[np.cumsum(places, dtype=np.int32)[first] - 2] = lengths
    return spread.tobytes().split(b"\0")


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
        return np.argsort(self._ranks[image_ids], kind="stable")

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
            self._rank(names, np.array(ids.split(","), dtype=np.int64))
        self._version = row[0]  # not before: the query may be broken off

    def _rank(self, names: str, by_path: NDArray[np.int64]) -> None:
        of_name = keys(names.encode("utf-8", "surrogatepass"))
        order = sorted(range(len(by_path)), key=of_name.__getitem__)
        self._ranks = np.zeros(int(by_path.max(initial=0)) + 1, dtype=np.int64)
        self._ranks[by_path[order]] = np.arange(len(by_path))
        self._names = names
