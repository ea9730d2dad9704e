"""Connections to a project's file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

_NOTHING_WRITTEN = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN})
"""What SQLite says where it may write no file beside the project's: it needs two to read it."""


def connect(path: Path, *, unchanging: bool = False) -> sqlite3.Connection:
    """A connection with our settings, rows by name, transactions by hand.

    A file that is ``unchanging`` is read without anything being written beside it.
    """
    slash = "" if path.as_posix().startswith("/") else "/"
    where = (
        f"file://{slash}{quote(os.fsencode(path.as_posix()))}?immutable=1" if unchanging else path
    )
    connection = sqlite3.connect(
        where, isolation_level=None, check_same_thread=False, timeout=10, uri=unchanging
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def connect_for_reading(path: Path) -> sqlite3.Connection:
    """A connection to a file that may lie where nothing can be written, as on a read-only drive."""
    connection = connect(path)
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError as error:
        nobody_writes = not path.with_name(f"{path.name}-wal").exists()
        if nobody_writes and error.sqlite_errorcode & 0xFF in _NOTHING_WRITTEN:
            connection.close()
            unchanging = connect(path, unchanging=True)
            return unchanging if _is_on_a_read_only_drive(path) else _copied(unchanging)
    except sqlite3.DatabaseError:
        pass  # what is wrong with it is said by whoever checks it
    return connection


def _is_on_a_read_only_drive(path: Path) -> bool:
    """Whether nobody at all can write there; not known on Windows."""
    return hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _copied(unchanging: sqlite3.Connection) -> sqlite3.Connection:
    """The same in memory: others may write to the file, which a reader of it would not notice."""
    copy = connect(Path(":memory:"))
    with closing(unchanging):
        unchanging.backup(copy)
    return copy
