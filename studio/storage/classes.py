"""What uses a class: counted before it is merged or deleted, so that the user knows."""

from __future__ import annotations

import json
from collections.abc import Iterable

from studio.storage.reader import LabelUsage, Reader


def usage(reader: Reader, label_ids: Iterable[str]) -> LabelUsage:
    """How often any of these labels is used, removed images included.

    Reads nothing but indices, so that even a label of 100,000 shapes is counted at once.
    """
    ids = json.dumps(list(label_ids))
    [row] = reader.select(
        "SELECT total(is_tag) AS tags, total(NOT is_tag) AS shapes,"
        " count(DISTINCT image_id) AS images FROM ("
        " SELECT image_id, 1 AS is_tag FROM tag WHERE label IN (SELECT value FROM json_each(?))"
        " UNION ALL"
        " SELECT image_id, 0 FROM shape WHERE label IN (SELECT value FROM json_each(?)))",
        (ids, ids),
    )
    return LabelUsage(int(row["tags"]), int(row["shapes"]), row["images"])


def row_count(reader: Reader, label_ids: Iterable[str]) -> int:
    """How many rows refer to any of these labels: tags, shapes, marks, and what was merged."""
    ids = json.dumps(list(label_ids))
    chosen = "WHERE label IN (SELECT value FROM json_each(?))"
    [row] = reader.select(
        f"SELECT (SELECT count(*) FROM tag {chosen}) + (SELECT count(*) FROM shape {chosen})"
        f" + (SELECT count(*) FROM class_done {chosen}) + (SELECT count(*) FROM merged_label"
        " WHERE into_label IN (SELECT value FROM json_each(?)))",
        (ids, ids, ids, ids),
    )
    return row[0]
