"""Counting what is in a project, for charts: few queries, however many images."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from studio.domain.edits import Title
from studio.domain.labels import Label
from studio.domain.project import State
from studio.domain.statistics import Objects
from studio.storage import search
from studio.storage.reader import Reader

SPLITS = ("train", "val", "test", "")
"""The splits in their order; "" is none so far."""

_SPLIT = "COALESCE(image_status.split, image.auto_split, '')"
_NOT_BY_HAND = (Title.IMPORT, Title.MERGE_CLASSES, Title.RESTORE, Title.REVERT)
"""Edits that bring in, move or bring back what was labelled before."""
_PRESENT = "image JOIN image_status ON image_status.image_id = image.id AND NOT removed"


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """A project in numbers. Counts by split follow ``SPLITS``."""

    labels: tuple[Label, ...]
    states: Mapping[State, int]
    splits: Mapping[str, int]
    shapes: Mapping[str, tuple[int, ...]]
    """Number of shapes by label id, for each split."""
    tags: Mapping[str, tuple[int, ...]]
    objects: Objects
    """Every shape that counts: regions to ignore are left out."""


def read(reader: Reader) -> Statistics:
    """Count; with a hundred thousand objects it takes a second, so not on the window's thread."""
    labels = reader.labels()
    rows = reader.select(f"SELECT {_SPLIT} AS split, count(*) AS n FROM {_PRESENT} GROUP BY 1")
    splits = {row["split"]: row["n"] for row in rows}
    return Statistics(
        labels=labels,
        states=search.count_by_state(reader),
        splits={split: splits.get(split, 0) for split in SPLITS},
        shapes=_by_class(reader, "shape"),
        tags=_by_class(reader, "tag"),
        objects=_objects(reader, labels),
    )


def last_entry(reader: Reader) -> int:
    """The number of the newest entry of the history, 0 for none."""
    [row] = reader.select("SELECT coalesce(max(seq), 0) AS seq FROM history")
    return int(row["seq"])


def made_since(reader: Reader, entry: int) -> int:
    """How many shapes and tags came by hand after an entry of the history, less those undone.

    What one edit gave to several images is no measure of a hand at work.
    """
    marks = ", ".join("?" * len(_NOT_BY_HAND))
    made = "seq = done.seq AND before IS NULL AND table_name IN ('shape', 'tag')"
    image = "json_extract(after, '$.image_id')"
    first = f"(SELECT {image} FROM history_change WHERE {made} LIMIT 1)"
    [row] = reader.select(
        "SELECT coalesce(sum(CASE entry.kind WHEN 'undo' THEN -1 ELSE 1 END"
        f" * (SELECT count(*) FROM history_change WHERE {made})), 0) AS n"
        " FROM history AS entry"
        " JOIN history AS done ON done.seq = coalesce(entry.target, entry.seq)"
        f" WHERE entry.seq > ? AND done.title NOT IN ({marks})"
        f" AND NOT EXISTS (SELECT 1 FROM history_change WHERE {made} AND {image} != {first})",
        (entry, *map(str, _NOT_BY_HAND)),
    )
    return int(row["n"])


def _by_class(reader: Reader, table: str) -> dict[str, tuple[int, ...]]:
    rows = reader.select(
        f"SELECT {table}.label, {_SPLIT} AS split, count(*) AS n FROM {table}"
        f" JOIN ({_PRESENT}) ON image.id = {table}.image_id GROUP BY 1, 2"
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row["label"]][row["split"]] = row["n"]
    return {
        label: tuple(counts.get(split, 0) for split in SPLITS) for label, counts in found.items()
    }


def _objects(reader: Reader, labels: tuple[Label, ...]) -> Objects:
    places = {label.id: place for place, label in enumerate(labels)}
    rows = reader.select(
        "SELECT x0, y0, x1, y1, area, width, height, label, shape.image_id FROM shape"
        f" JOIN ({_PRESENT}) ON image.id = shape.image_id WHERE NOT ignored"
    )
    numbers = np.array([tuple(row)[:7] for row in rows], dtype=np.float64).reshape(-1, 7)
    return Objects(
        bounds=numbers[:, :4],
        areas=numbers[:, 4],
        images=numbers[:, 5:],
        labels=np.array([places[row["label"]] for row in rows], dtype=np.intp),
        image_ids=np.array([row["image_id"] for row in rows], dtype=np.intp),
    )
