"""The append-only log of edits, and what can be undone now.

Undo and redo are entries themselves: which edits stand is found by replaying the log's kinds,
so undo reaches back through a restart and a new edit never erases what was undone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from studio.domain.edits import Change, Edit, Row, Title
from studio.storage import tables
from studio.storage.migrations import now
from studio.storage.tables import Columns, GeometryByHash, SqlValue, Table, table_of


class Kind(StrEnum):
    """What an entry of the log did."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log; ``target`` is the ``DO`` entry that an undo or redo refers to."""

    seq: int
    kind: Kind
    target: int | None
    title: str
    at: str


@dataclass(slots=True)
class Stacks:
    """The entries that can be undone and redone, newest last."""

    undo: list[int] = field(default_factory=list[int])
    redo: list[int] = field(default_factory=list[int])

    def push(self, kind: Kind, seq: int, target: int | None) -> None:
        """Take note of one entry of the log."""
        match kind:
            case Kind.DO:
                self.undo.append(seq)
                self.redo.clear()
            case Kind.UNDO:
                self.redo.append(self.undo.pop())
            case Kind.REDO:
                self.undo.append(self.redo.pop())


def read_stacks(connection: sqlite3.Connection) -> Stacks:
    """Replay the whole log."""
    stacks = Stacks()
    for row in connection.execute("SELECT seq, kind, target FROM history ORDER BY seq"):
        stacks.push(Kind(row["kind"]), row["seq"], row["target"])
    return stacks


def entries(connection: sqlite3.Connection, limit: int) -> list[Entry]:
    """The newest ``limit`` entries, newest first."""
    rows = connection.execute("SELECT * FROM history ORDER BY seq DESC LIMIT ?", (limit,))
    return [
        Entry(row["seq"], Kind(row["kind"]), row["target"], row["title"], row["at"]) for row in rows
    ]


def title_of(connection: sqlite3.Connection, seq: int) -> Title:
    """What entry ``seq`` did."""
    row = connection.execute("SELECT title FROM history WHERE seq = ?", (seq,)).fetchone()
    return Title(row["title"])


def row_count(connection: sqlite3.Connection, seq: int) -> int:
    """How many rows entry ``seq`` changed."""
    counted = connection.execute("SELECT count(*) FROM history_change WHERE seq = ?", (seq,))
    return counted.fetchone()[0]


def append(connection: sqlite3.Connection, kind: Kind, target: int | None, title: Title) -> int:
    """Write one entry and return its number; a ``DO``'s rows follow by ``append_change``."""
    cursor = connection.execute(
        "INSERT INTO history (kind, target, title, at) VALUES (?, ?, ?, ?)",
        (kind, target, title, now()),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def append_change(connection: sqlite3.Connection, seq: int, position: int, change: Change) -> None:
    """Write one changed row of entry ``seq``."""
    connection.execute(
        "INSERT INTO history_change VALUES (?, ?, ?, ?, ?, ?)", (seq, position, *_record(change))
    )


def _record(change: Change) -> tuple[str, str, str | None, str | None]:
    row = change.before or change.after
    assert row is not None
    table = table_of(row)
    before = table.dump(change.before) if change.before else None
    after = table.dump(change.after) if change.after else None
    key = json.dumps(table.key_of(before or after or {}))
    if before and after:
        differ = [name for name in table.columns if before[name] != after[name]]
        before = {name: before[name] for name in differ}
        after = {name: after[name] for name in differ}
    return table.name, key, _json(before), _json(after)


def _json(columns: Columns | None) -> str | None:
    return None if columns is None else json.dumps(columns, ensure_ascii=False)


def load_edit(
    connection: sqlite3.Connection, seq: int, geometry: GeometryByHash, *, applied: bool
) -> Edit:
    """Rebuild the edit of entry ``seq``.

    ``applied`` says on which side of the edit the tables stand now (True before an undo, False
    before a redo): the columns that did not change come from there.
    """
    rows = connection.execute(
        "SELECT * FROM history_change WHERE seq = ? ORDER BY position", (seq,)
    )
    changes = tuple(_change(connection, row, geometry, applied) for row in rows)
    return Edit(title_of(connection, seq), changes)


def _change(
    connection: sqlite3.Connection, row: sqlite3.Row, geometry: GeometryByHash, applied: bool
) -> Change:
    table = tables.BY_NAME[row["table_name"]]
    before = json.loads(row["before"]) if row["before"] else None
    after = json.loads(row["after"]) if row["after"] else None
    if before is not None and after is not None:
        standing = fetch(connection, table, tuple(json.loads(row["key"])))
        assert standing is not None
        # The side that stands is checked against the tables when the edit is applied.
        shared = {name: standing[name] for name in table.columns}
        before, after = shared | before, shared | after
    return Change(
        table.load(table.added | before, geometry) if before else None,
        table.load(table.added | after, geometry) if after else None,
    )


def fetch(
    connection: sqlite3.Connection, table: Table, key: tuple[SqlValue, ...]
) -> sqlite3.Row | None:
    """The row of ``table`` with this key, or None."""
    where = " AND ".join(f"{name} = ?" for name in table.key)
    return connection.execute(f"SELECT * FROM {table.name} WHERE {where}", key).fetchone()


def rows_of(edit: Edit) -> Iterator[Row]:
    """Every row that the edit mentions, before and after."""
    for change in edit.changes:
        yield from (row for row in (change.before, change.after) if row is not None)
