"""Writing what the machine found: the SQL behind ``Store.record``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from studio.domain.facts import (
    Fact,
    ImagesFound,
    ProposalsGone,
    ProposalsMade,
    RootAdded,
    RootGone,
    RootMoved,
    RunGone,
    RunsSeen,
    SettingsFound,
    SplitsDrawn,
)
from studio.domain.project import Image
from studio.domain.runs import Run
from studio.storage.packing import pack

_UNDECIDED = "id NOT IN (SELECT proposal_id FROM verdict)"


def write(connection: sqlite3.Connection, fact: Fact) -> None:
    """Write one fact within the caller's transaction."""
    match fact:
        case RootAdded(root):
            connection.execute("INSERT INTO root VALUES (?, ?)", (root.id, root.path))
        case RootMoved(root):
            connection.execute("UPDATE root SET path = ? WHERE id = ?", (root.path, root.id))
        case RootGone(root_id):
            connection.execute("DELETE FROM root WHERE id = ?", (root_id,))
        case ImagesFound(images):
            _write_images(connection, images)
        case SplitsDrawn(splits):
            connection.executemany(
                "UPDATE image SET auto_split = ? WHERE id = ? AND auto_split IS NULL",
                ((split, image_id) for image_id, split in splits.items()),
            )
        case SettingsFound(settings):
            connection.executemany("INSERT OR IGNORE INTO setting VALUES (?, ?)", settings.items())
        case RunsSeen(runs):
            _write_runs(connection, runs)
        case RunGone(number):
            connection.execute("DELETE FROM run WHERE number = ?", (number,))
            connection.execute(f"DELETE FROM proposal WHERE run = ? AND {_UNDECIDED}", (number,))
        case ProposalsGone(ids=ids):
            connection.executemany(
                f"DELETE FROM proposal WHERE id = ? AND {_UNDECIDED}", ((each,) for each in ids)
            )
        case ProposalsMade():
            _write_proposals(connection, fact)


def _write_images(connection: sqlite3.Connection, images: Iterable[Image]) -> None:
    images = tuple(images)
    # auto_split is left alone: it is drawn once and sticks.
    connection.executemany(
        "INSERT INTO image VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET root_id = excluded.root_id, path = excluded.path,"
        " width = excluded.width, height = excluded.height, size_bytes = excluded.size_bytes,"
        " mtime_ns = excluded.mtime_ns, quick_hash = excluded.quick_hash,"
        " sha256 = excluded.sha256, frames = excluded.frames, problem = excluded.problem",
        (
            (
                image.id, image.root_id, image.path, image.width, image.height, image.size_bytes,
                image.mtime_ns, image.quick_hash, image.sha256, image.frames, image.problem,
                image.auto_split,
            )
            for image in images
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT OR IGNORE INTO image_status (image_id) VALUES (?)",
        ((image.id,) for image in images),
    )


def _write_runs(connection: sqlite3.Connection, runs: Iterable[Run]) -> None:
    known = _first_proposals(connection)
    connection.executemany(
        "INSERT INTO run (number, folder, task, model, state, epochs, started_at, metrics, note,"
        " best_epoch, first_proposal) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " coalesce(max(id), 0) + 1 FROM proposal WHERE true"
        " ON CONFLICT (number) DO UPDATE SET folder = excluded.folder, task = excluded.task,"
        " model = excluded.model, state = excluded.state, epochs = excluded.epochs,"
        " started_at = excluded.started_at, metrics = excluded.metrics, note = excluded.note,"
        " best_epoch = excluded.best_epoch, first_proposal ="
        # As in Run.has_model_of.
        " CASE WHEN best_epoch = excluded.best_epoch OR (best_epoch = 0 AND epochs > 0)"
        " THEN first_proposal ELSE excluded.first_proposal END",
        (
            (
                run.number, run.folder, run.task, run.model, run.state, run.epochs,
                run.started_at, json.dumps(dict(run.metrics)), run.note, run.best_epoch,
            )
            for run in runs
        ),
    )  # fmt: skip
    # Of a run that is new here, what is late of a deleted one of its number.
    replaced = [
        (run, known.get(run, 0), first)
        for run, first in _first_proposals(connection).items()
        if known.get(run) != first
    ]
    connection.executemany(
        f"DELETE FROM proposal WHERE run = ? AND id >= ? AND id < ? AND {_UNDECIDED}", replaced
    )


def _first_proposals(connection: sqlite3.Connection) -> dict[int, int]:
    return dict(connection.execute("SELECT number, first_proposal FROM run").fetchall())


def _is_outdated(connection: sqlite3.Connection, made: ProposalsMade) -> bool:
    """Whether the run has a better model than the one that made these."""
    if made.epoch is None:
        return False
    row = connection.execute("SELECT best_epoch FROM run WHERE number = ?", (made.run,)).fetchone()
    return row is not None and made.epoch < row["best_epoch"]


def _write_proposals(connection: sqlite3.Connection, made: ProposalsMade) -> None:
    if _is_outdated(connection, made):
        return
    connection.executemany(
        f"DELETE FROM proposal WHERE run = ? AND image_id = ? AND {_UNDECIDED}",
        ((made.run, image_id) for image_id in made.image_ids),
    )
    connection.executemany(
        "INSERT INTO proposal VALUES (?, ?, ?, ?, ?, ?)",
        (
            (p.id, p.run, p.image_id, p.label, pack(p.geometry) if p.geometry else None, p.score)
            for p in made.proposals
        ),
    )
