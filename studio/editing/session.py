"""An open project: the store that owns it and the reader that the window looks through."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from studio.domain.edits import Edit
from studio.domain.facts import Fact
from studio.domain.project import Changes
from studio.editing import indexing
from studio.storage.folder import DATABASE
from studio.storage.migrations import cannot_open
from studio.storage.reader import Reader
from studio.storage.store import Store

PAUSE_S = 0.001
"""Long enough for another thread to take the store's lock, which would else be taken back first."""


class Session:
    """Owner of one project until ``close``.

    ``reader`` has a connection of its own: what it sees is always committed.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.project = store.project
        try:
            self.reader = Reader.open(store.project)
        except BaseException:
            store.close()
            raise

    @classmethod
    def create(cls, project: Path) -> Self:
        """Make a new, empty project and open it."""
        return cls(Store.create(project))

    @classmethod
    def open(cls, project: Path) -> Self:
        """Open a project and take note of the runs that were trained meanwhile.

        What fails leaves the project free for whoever opens it next.

        Raises:
            ProjectError: there is none, or its file cannot be read, or written where it is older;
                see ``Store.open``.
        """
        try:
            session = cls(Store.open(project))
            try:
                session.index_runs()
            except BaseException:
                session.close()
                raise
        except sqlite3.DatabaseError as error:
            raise cannot_open(project / DATABASE, error) from error
        return session

    def close(self) -> None:
        """Give the project up."""
        self.reader.close()
        self.store.close()

    def apply(self, edit: Edit) -> Changes:
        """Do an edit; see ``Store.apply``."""
        return self.store.apply(edit)

    def undo(self) -> tuple[Edit, Changes] | None:
        """Take back the newest edit; see ``Store.undo``."""
        return self.store.undo()

    def redo(self) -> tuple[Edit, Changes] | None:
        """Do the newest undone edit again; see ``Store.redo``."""
        return self.store.redo()

    def record(self, *facts: Fact) -> Changes:
        """Write what the machine found; see ``Store.record``."""
        return self.store.record(*facts)

    def index_runs(self, should_stop: Callable[[], bool] = lambda: False) -> Changes:
        """Bring the project's list of runs in line with the folders on disk; see ``indexing``.

        On any thread: what takes long is written in parts, and between them comes whoever waits
        for the store. What ``should_stop`` breaks off is done the next time.
        """
        changes = Changes()
        with Reader.open(self.project) as reader:
            for facts in indexing.steps(reader):
                changes |= self.record(*facts)
                if should_stop():
                    break
                time.sleep(PAUSE_S)
        return changes
