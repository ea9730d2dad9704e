"""The owner's side of a project: the one door for edits and the one door for facts.

``apply`` takes what a human authored: it checks every ``before``, writes every ``after`` and
appends to the history in one transaction. ``record`` takes what the machine found: one
transaction too, never undone. Both return ``Changes``.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

from filelock import FileLock

from studio.domain.edits import Change, Edit, Row, Title
from studio.domain.facts import Fact
from studio.domain.labels import Label, MergedLabel
from studio.domain.project import Changes
from studio.domain.shapes import Shape
from studio.errors import EditConflict, ProjectError
from studio.storage import changes, folder, history, migrations
from studio.storage import facts as facts_sql
from studio.storage.connecting import connect
from studio.storage.history import Kind
from studio.storage.packing import address
from studio.storage.reader import Reader
from studio.storage.tables import Columns, table_of

NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "9p", "fuse.sshfs"})


class Store(Reader):
    """A project open for editing; there is one at a time, in one process."""

    def __init__(self, connection: sqlite3.Connection, project: Path, lock: FileLock) -> None:
        super().__init__(connection, project)
        self._lock = lock
        self._writing = threading.RLock()
        self._numbering = threading.Lock()
        self._stacks = history.read_stacks(connection)
        self._next_id = {
            row["name"]: row["next_id"] for row in connection.execute("SELECT * FROM sequence")
        }

    @classmethod
    def create(cls, project: Path) -> Self:
        """Make a new, empty project in folder ``project`` and open it.

        Raises:
            ProjectError: there is one already, or the folder cannot be written.
        """
        project = project.resolve()
        try:
            project.mkdir(parents=True, exist_ok=True)
            folder.runs_folder(project).mkdir(exist_ok=True)
        except OSError as error:
            raise ProjectError(
                "Cannot create {project}: {reason}.", project=project, reason=error.strerror
            ) from error
        lock = folder.take_ownership(project)
        path = project / folder.DATABASE
        try:
            if path.exists():
                raise ProjectError(
                    "{project} already holds a project; choose another folder.", project=project
                )
            # Made under another name first: a half-made project never looks like a project.
            unfinished = path.with_suffix(".new")
            unfinished.unlink(missing_ok=True)
            with closing(connect(unfinished)) as connection:
                migrations.create(connection)
            unfinished.replace(path)
            return cls(_connect_for_writing(path), project, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, project: Path) -> Self:
        """Open the project in folder ``project`` for editing, upgrading it if it is older.

        Raises:
            ProjectLocked: it is open elsewhere.
            ProjectTooNew: a newer program wrote it.
            ProjectError: there is none, or it is damaged.
        """
        project = project.resolve()
        path = folder.database_path(project)
        lock = folder.take_ownership(project)
        try:
            with closing(connect(path)) as connection:
                migrations.upgrade(connection, path, migrations.check(connection, path))
            connection = _connect_for_writing(path)
            try:
                return cls(connection, project, lock)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Close the file and give up ownership."""
        with self._writing:
            super().close()
            self._lock.release()

    # The door for edits --------------------------------------------------------------------

    def apply(self, edit: Edit) -> Changes:
        """Do ``edit`` and make it the newest in the history.

        Raises:
            EditConflict: a row is not what the edit expects; nothing was written.
        """
        if not edit:
            return Changes()
        with self._writing:
            return self._write(edit, Kind.DO, None)

    def undo(self) -> tuple[Edit, Changes] | None:
        """Take back the newest edit that stands; None when there is none.

        The edit that is returned is the one now undone.
        """
        with self._writing:
            if not self._stacks.undo:
                return None
            target = self._stacks.undo[-1]
            edit = history.load_edit(self._connection, target, self._geometry, applied=True)
            return edit, self._write(edit.inverse(), Kind.UNDO, target)

    def redo(self) -> tuple[Edit, Changes] | None:
        """Do the newest undone edit again; None when there is none."""
        with self._writing:
            if not self._stacks.redo:
                return None
            target = self._stacks.redo[-1]
            edit = history.load_edit(self._connection, target, self._geometry, applied=False)
            return edit, self._write(edit, Kind.REDO, target)

    def undo_title(self) -> Title | None:
        """What undo would take back."""
        return self._title(self._stacks.undo)

    def redo_title(self) -> Title | None:
        """What redo would do again."""
        return self._title(self._stacks.redo)

    def undo_rows(self) -> int:
        """How many rows undo would change."""
        return self._rows(self._stacks.undo)

    def redo_rows(self) -> int:
        """How many rows redo would change."""
        return self._rows(self._stacks.redo)

    def _rows(self, stack: list[int]) -> int:
        return history.row_count(self._connection, stack[-1]) if stack else 0

    def _title(self, stack: list[int]) -> Title | None:
        return history.title_of(self._connection, stack[-1]) if stack else None

    def history(self, limit: int = 200) -> list[history.Entry]:
        """The newest entries of the log, newest first."""
        return history.entries(self._connection, limit)

    def _write(self, edit: Edit, kind: Kind, target: int | None) -> Changes:
        with self._transaction():
            seq = history.append(self._connection, kind, target, edit.title)
            for position, change in enumerate(_in_order(edit.changes)):
                self._write_change(change)
                if kind is Kind.DO:
                    history.append_change(self._connection, seq, position, change)
            self._keep_sequences()
        self._stacks.push(kind, seq, target)
        return changes.of_rows(history.rows_of(edit))

    def _write_change(self, change: Change) -> None:
        row = change.after or change.before
        if row is None:
            raise ValueError("a change needs a row before or after")
        table = table_of(row)
        before = table.dump(change.before) if change.before else None
        after = table.dump(change.after) if change.after else None
        key = table.key_of(after or before or {})
        standing = history.fetch(self._connection, table, key)
        found = {name: standing[name] for name in table.columns} if standing else None
        if found != before:
            raise EditConflict(
                "{row} has changed meanwhile, so nothing was done.", row=edit_name(row)
            )
        if after is None:
            where = " AND ".join(f"{name} = ?" for name in table.key)
            self._connection.execute(f"DELETE FROM {table.name} WHERE {where}", key)
            return
        if isinstance(row, Shape):
            self._connection.execute(
                "INSERT OR IGNORE INTO geometry VALUES (?, ?)", address(row.geometry)
            )
        columns = after | table.derive(row)
        if before is None:
            self._insert(table.name, columns)
        else:
            self._update(table.name, columns, table.key)

    def _insert(self, table: str, columns: Columns) -> None:
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        try:
            self._connection.execute(
                f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(columns.values())
            )
        except sqlite3.IntegrityError as error:
            raise EditConflict(
                "That {row} exists already, so nothing was done.", row=table
            ) from error

    def _update(self, table: str, columns: Columns, key: tuple[str, ...]) -> None:
        assignments = ", ".join(f"{name} = :{name}" for name in columns)
        where = " AND ".join(f"{name} = :{name}" for name in key)
        try:
            self._connection.execute(f"UPDATE {table} SET {assignments} WHERE {where}", columns)
        except sqlite3.IntegrityError as error:
            raise EditConflict(
                "That {row} exists already, so nothing was done.", row=table
            ) from error

    # The door for facts --------------------------------------------------------------------

    def record(self, *facts: Fact) -> Changes:
        """Write what the machine found, all of it or none."""
        with self._writing, self._transaction():
            for fact in facts:
                facts_sql.write(self._connection, fact)
            self._keep_sequences()
        return changes.of_facts(facts)

    # Ids and transactions ------------------------------------------------------------------

    def reserve_ids(self, name: str, count: int = 1) -> range:
        """Ids for new rows of ``name`` (shape, image, root, proposal); never given out twice."""
        # A lock of its own: a large edit that is being written keeps nobody from drawing.
        with self._numbering:
            first = self._next_id.get(name, 1)
            self._next_id[name] = first + count
            return range(first, first + count)

    def _keep_sequences(self) -> None:
        with self._numbering:
            next_ids = tuple(self._next_id.items())
        self._connection.executemany("INSERT OR REPLACE INTO sequence VALUES (?, ?)", next_ids)

    @contextmanager
    def _transaction(self) -> Generator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back()
            if isinstance(error, sqlite3.IntegrityError):
                raise EditConflict(
                    "Something that this change belongs to is no longer in the project, so "
                    "nothing was changed."
                ) from error
            if isinstance(error, sqlite3.DatabaseError):
                raise ProjectError(
                    "{path} cannot be written: {reason}. Nothing was changed; check the disk and "
                    "its free space, then try again.",
                    path=self.project / folder.DATABASE,
                    reason=error,
                ) from error
            raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            with suppress(sqlite3.DatabaseError):  # the first error says what is wrong
                self._connection.execute("ROLLBACK")


def edit_name(row: Row) -> str:
    """The row as a person would name it."""
    match row:
        case Label(name=name) | MergedLabel(name=name):
            return f"The class {name}"
        case Shape(id=number):
            return f"Shape {number}"
        case _:
            return f"This {table_of(row).name.replace('_', ' ')}"


def _in_order(changes: Iterable[Change]) -> list[Change]:
    """Deleted rows first, new rows last, so that a unique name can move from row to row.

    What a class was merged into is known before the class goes and until it is back, so that its
    predictions always have a class: there may be a million, and nothing of them is counted anew.
    """
    return sorted(changes, key=_place)


def _place(change: Change) -> int:
    match change:
        case Change(before=None, after=MergedLabel()):
            return -1
        case Change(before=MergedLabel(), after=None):
            return 3
        case _:
            return (change.after is not None) + (change.before is None)


def _connect_for_writing(path: Path) -> sqlite3.Connection:
    connection = connect(path)
    journal = "DELETE" if _on_network_drive(path) else "WAL"
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _on_network_drive(path: Path) -> bool:
    """Whether the file lies on a network file system, where WAL's shared memory is unsafe."""
    if str(path).startswith("\\\\"):
        return True
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    points = [line.split()[1:3] for line in mounts]
    inside = [(point, kind) for point, kind in points if path.is_relative_to(point)]
    return bool(inside) and max(inside, key=lambda m: len(m[0]))[1] in NETWORK_FILE_SYSTEMS
