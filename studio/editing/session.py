"""An open project: the store that owns it and the reader that the window looks through."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Self

from studio.domain.edits import Edit
from studio.domain.facts import Fact, RunGone, RunsSeen, SplitsDrawn
from studio.domain.project import Changes, Split
from studio.storage import runs
from studio.storage.reader import Reader
from studio.storage.store import Store


class Session:
    """Owner of one project until ``close``.

    ``reader`` has a connection of its own: what it sees is always committed.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.project = store.project
        self.reader = Reader.open(store.project)

    @classmethod
    def create(cls, project: Path) -> Self:
        """Make a new, empty project and open it."""
        return cls(Store.create(project))

    @classmethod
    def open(cls, project: Path) -> Self:
        """Open a project and take note of the runs that were trained meanwhile."""
        session = cls(Store.open(project))
        session.index_runs()
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

    def index_runs(self) -> Changes:
        """Bring the project's list of runs in line with the folders on disk.

        The splits that a run drew become sticky for images that had none.
        """
        known = {run.number: run for run in self.reader.runs()}
        found = {run.number: run for run in runs.read_all(self.project)}
        facts: list[Fact] = [RunGone(number) for number in known.keys() - found.keys()]
        changed = tuple(run for number, run in found.items() if known.get(number) != run)
        if changed:
            facts.append(RunsSeen(changed))
        facts += [
            SplitsDrawn(_drawn_splits(runs.find(self.project, number)))
            for number in found.keys() - known.keys()
        ]
        return self.record(*facts) if facts else Changes()


def _drawn_splits(run_folder: Path) -> dict[int, Split]:
    """The split of each image in a run's frozen data set."""
    try:
        dataset = json.loads((run_folder / runs.DATASET).read_text(encoding="utf-8"))
        return {int(item["id"]): Split(item["split"]) for item in dataset["images"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
