"""Small pictures of images, kept between runs in the user's cache folder.

The file may be deleted at any time. It is only ever a help: where it cannot be opened, read or
written, thumbnails are made again and nobody is told.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from pathlib import Path

from studio.domain.project import Image
from studio.vision.depth import GreyMapping

MAX_BYTES = 512 * 2**20
"""Beyond this the oldest tenth is dropped."""


def key_of(image: Image, mapping: GreyMapping | None, longest_px: int) -> str:
    """The name under which a thumbnail is kept: changes with the file, its mapping and its size."""
    content = image.quick_hash or f"{image.root_id}/{image.path}"
    shown = f"{mapping.low!r}:{mapping.high!r}" if mapping else ""
    text = "|".join((content, str(image.size_bytes), str(image.mtime_ns), shown, str(longest_px)))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class ThumbnailCache:
    """JPEG bytes by key, in one SQLite file; may be used from several threads."""

    def __init__(self, path: Path, max_bytes: int = MAX_BYTES) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._bytes = 0
        self._connection = self._open()

    def get(self, key: str) -> bytes | None:
        """The thumbnail kept under ``key``, or None."""
        with self._lock:
            if self._connection is None:
                return None
            try:
                row = self._connection.execute(
                    "SELECT jpeg FROM thumbnail WHERE key = ?", (key,)
                ).fetchone()
            except sqlite3.Error:
                self._start_again()
                return None
        return row[0] if row else None

    def put(self, key: str, jpeg: bytes) -> None:
        """Keep a thumbnail, making room by dropping the oldest ones."""
        with self._lock:
            if self._connection is None:
                return
            try:
                self._connection.execute(
                    "INSERT OR REPLACE INTO thumbnail VALUES (?, ?)", (key, jpeg)
                )
                self._bytes += len(jpeg)
                if self._bytes > self._max_bytes:
                    self._drop_oldest()
            except sqlite3.OperationalError:  # another window is writing, or the disk is full
                return
            except sqlite3.Error:
                self._start_again()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        try:
            return self._connect()
        except sqlite3.DatabaseError:  # damaged: what is in it can be made again
            try:
                self._path.unlink(missing_ok=True)
                return self._connect()
            except (OSError, sqlite3.Error):
                return None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, isolation_level=None, check_same_thread=False, timeout=2
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS thumbnail (key TEXT PRIMARY KEY, jpeg BLOB NOT NULL)"
            )
            row = connection.execute("SELECT total(length(jpeg)) FROM thumbnail").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        self._bytes = int(row[0])
        return connection

    def _drop_oldest(self) -> None:
        assert self._connection is not None
        # A rowid grows with every insertion, so the smallest ones are the oldest.
        self._connection.execute(
            "DELETE FROM thumbnail WHERE rowid IN"
            " (SELECT rowid FROM thumbnail ORDER BY rowid"
            " LIMIT 1 + (SELECT count(*) FROM thumbnail) / 10)"
        )
        row = self._connection.execute("SELECT total(length(jpeg)) FROM thumbnail").fetchone()
        self._bytes = int(row[0])

    def _start_again(self) -> None:
        assert self._connection is not None
        self._connection.close()
        self._connection = self._open()
