"""Rows of a project's database as the values that they stand for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from studio.domain.project import Image, Split
from studio.domain.proposals import Proposal
from studio.domain.runs import Run, RunState, Task
from studio.storage import tables
from studio.storage.packing import unpack


def image_of(row: sqlite3.Row) -> Image:
    """An image, from a row of its table."""
    return Image(
        id=row["id"],
        root_id=row["root_id"],
        path=row["path"],
        width=row["width"],
        height=row["height"],
        size_bytes=row["size_bytes"],
        mtime_ns=row["mtime_ns"],
        quick_hash=row["quick_hash"],
        sha256=row["sha256"],
        frames=row["frames"],
        problem=row["problem"],
        auto_split=Split(row["auto_split"]) if row["auto_split"] else None,
    )


def shape_of(row: sqlite3.Row) -> Any:
    """A shape, from a row of its table with the ``packed`` geometry beside it."""
    return tables.SHAPE.load(dict(row), lambda _: unpack(row["packed"]))


def proposal_of(row: sqlite3.Row) -> Proposal:
    """A proposal, from a row of its table."""
    geometry = unpack(row["packed"]) if row["packed"] else None
    return Proposal(row["id"], row["run"], row["image_id"], row["label"], geometry, row["score"])


def run_of(row: sqlite3.Row) -> Run:
    """A run, from a row of its table."""
    return Run(
        number=row["number"],
        folder=row["folder"],
        task=Task(row["task"]),
        model=row["model"],
        state=RunState(row["state"]),
        epochs=row["epochs"],
        started_at=row["started_at"],
        metrics=json.loads(row["metrics"]),
        note=row["note"],
        best_epoch=row["best_epoch"],
    )


def by_image(values: Iterable[Any]) -> dict[int, tuple[Any, ...]]:
    """Values by the id of their image, in the order in which they come."""
    groups: dict[int, list[Any]] = {}
    for value in values:
        groups.setdefault(value.image_id, []).append(value)
    return {image_id: tuple(group) for image_id, group in groups.items()}
