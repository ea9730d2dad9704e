"""What frozen networks see in images, kept in the user's cache folder. No torch here.

A row is known by the image's content and by the network with its weights, so nothing kept can be
out of date. The file may be deleted at any time; one that is damaged is begun anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from studio.learning.snapshot import FrozenImage
from studio.vision.depth import GreyMapping

Vector = NDArray[np.float32]
"""(D,) float32."""

FILE = "features.sqlite"
MOST_BYTES = 512 << 20
FRESH_S = 3600.0
"""A row that was used within this time counts as just used: reading then writes nothing."""
MANY = 500
"""Keys of one query."""

_TABLE = """
CREATE TABLE IF NOT EXISTS feature (
    key    TEXT PRIMARY KEY,
    used   REAL NOT NULL,
    vector BLOB NOT NULL
) WITHOUT ROWID
"""


class FeatureCache:
    """Features by key; several processes may use one file. Writes are atomic.

    Where the disk refuses, features are kept for as long as this object lives.
    """

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES) -> None:
        self._connection = _open(path)
        self._most_bytes = most_bytes

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Delete what was not used for longest, beyond the bytes that may be kept."""
        with suppress(sqlite3.Error), self._connection:
            self._shrink()
        self._connection.close()

    def get(self, keys: list[str]) -> dict[str, Vector]:
        """The features that are kept, by key."""
        found: dict[str, Vector] = {}
        now = time.time()
        with suppress(sqlite3.Error), self._connection:
            for start in range(0, len(keys), MANY):
                part = keys[start : start + MANY]
                marks = ",".join("?" * len(part))
                rows = self._connection.execute(
                    f"SELECT key, vector FROM feature WHERE key IN ({marks})", part
                )
                found |= {key: np.frombuffer(blob, np.float32) for key, blob in rows}
                self._connection.execute(
                    f"UPDATE feature SET used = ? WHERE used < ? AND key IN ({marks})",
                    [now, now - FRESH_S, *part],
                )
        return found

    def put(self, features: Mapping[str, Vector]) -> None:
        """Keep features, all of them or none."""
        now = time.time()
        rows = [(key, now, vector.tobytes()) for key, vector in features.items()]
        with suppress(sqlite3.Error), self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO feature VALUES (?, ?, ?)", rows)

    def _shrink(self) -> None:
        lengths = "SELECT key, length(vector) FROM feature ORDER BY used DESC"
        held = 0
        gone: list[tuple[str]] = []
        for key, length in self._connection.execute(lengths):
            held += length
            if held > self._most_bytes:
                gone.append((key,))
        self._connection.executemany("DELETE FROM feature WHERE key = ?", gone)


def key_of(source: FrozenImage, network: str, mapping: GreyMapping | None) -> str | None:
    """The key of an image as ``network`` sees it; None where there is no such file.

    The size and time of the file belong to it: a changed file is another image even before the
    next scan.
    """
    try:
        stat = Path(source.path).stat()
    except OSError:
        return None
    levels = (mapping.low, mapping.high) if mapping else ()
    parts = (source.hash or source.path, stat.st_size, stat.st_mtime_ns, levels, network)
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _open(path: Path) -> sqlite3.Connection:
    for _ in range(2):
        try:
            connection = sqlite3.connect(path, timeout=10)
            connection.execute("PRAGMA synchronous = OFF")  # it can be made again
            connection.execute(_TABLE)
            connection.execute("SELECT key FROM feature LIMIT 1").fetchone()
            return connection
        except sqlite3.DatabaseError:
            with suppress(OSError):
                path.unlink(missing_ok=True)
    memory = sqlite3.connect(":memory:")
    memory.execute(_TABLE)
    return memory
