"""Looking back: what an image was labelled with after any entry of the log.

Rows that a human can author begin in the log: their whole columns stand in the entry that made
them, and each later entry holds what it changed. So an image's past is a replay of its rows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.domain.edits import Edit, Row
from studio.domain.labels import ClassDone, Label, MergedLabel, Tag
from studio.domain.project import ImageStatus
from studio.domain.shapes import Shape
from studio.storage import history, tables
from studio.storage.history import Entry, Kind
from studio.storage.reader import Reader

MOST_IMAGES = 500
"""An edit of more images, an import say, can be looked at on this many of them."""

RowKey = tuple[str, str]
"""A table's name and the key in JSON: how the log names a row."""

_OF_IMAGE = """
    WITH change AS (
        SELECT * FROM history_change WHERE table_name = 'shape' AND key IN (
            SELECT key FROM history_change
            WHERE table_name = 'shape' AND (after IS NULL OR before IS NULL)
            AND json_extract(coalesce(after, before), '$.image_id') = :image)
        UNION ALL
        SELECT * FROM history_change WHERE table_name = 'image_status' AND key = :status
        UNION ALL
        SELECT * FROM history_change
        WHERE table_name IN ('tag', 'class_done') AND key >= :first AND key < :last
    )
"""
"""Every change of the rows of one image."""

_STANDS = """
    (history.kind = 'do' AND coalesce((SELECT kind FROM history AS later
     WHERE later.target = history.seq ORDER BY later.seq DESC LIMIT 1), 'do') != 'undo')
"""
"""Whether an entry is an edit that has not been undone, or has been done again."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a list shows it: how many rows it changed, on which images (two at most).

    ``stands`` is False for an edit that was undone, and for an undo or redo itself.
    """

    entry: Entry
    rows: int
    image_ids: tuple[int, ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """What one image was labelled with, shapes from bottom to top, and the classes of then.

    ``merged`` are those that had become one with another of them.
    """

    status: ImageStatus
    shapes: tuple[Shape, ...] = ()
    tags: tuple[Tag, ...] = ()
    marks: tuple[ClassDone, ...] = ()
    labels: tuple[Label, ...] = ()
    merged: tuple[MergedLabel, ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """A row of an entry that a later edit, which stands, has changed again."""

    row: RowKey
    entry: Entry


class Past(Reader):
    """A reader that sees how the project was."""

    # The list of entries ---------------------------------------------------------------------

    def lines(
        self,
        before: int | None = None,
        limit: int = 200,
        *,
        image_id: int = 0,
        titles: Sequence[str] | None = None,
    ) -> list[Line]:
        """The newest entries older than entry ``before``, newest first.

        Only those that touched an image, and only those with one of ``titles``, where given.
        """
        conditions = ["(:before IS NULL OR seq < :before)"]
        values: dict[str, Any] = {"before": before, "limit": limit, **_keys_of_image(image_id)}
        if titles is not None:
            conditions.append("title IN (SELECT value FROM json_each(:titles))")
            values["titles"] = json.dumps(list(titles))
        if image_id:
            conditions.append("coalesce(target, seq) IN (SELECT seq FROM change)")
        rows = self._connection.execute(
            f"{_OF_IMAGE} SELECT *, {_STANDS} AS stands FROM history"
            f" WHERE {' AND '.join(conditions)} ORDER BY seq DESC LIMIT :limit",
            values,
        ).fetchall()
        counts = self._row_counts(row["target"] or row["seq"] for row in rows)
        lines: list[Line] = []
        for row in rows:
            target = row["target"] or row["seq"]
            images = tuple(self.images_of(target, 2))
            lines.append(Line(_entry(row), counts.get(target, 0), images, bool(row["stands"])))
        return lines

    def _row_counts(self, seqs: Iterable[int]) -> dict[int, int]:
        rows = self._connection.execute(
            "SELECT seq, count(*) AS n FROM history_change"
            " WHERE seq IN (SELECT value FROM json_each(?)) GROUP BY seq",
            (json.dumps(list(seqs)),),
        )
        return {row["seq"]: row["n"] for row in rows}

    def images_of(self, seq: int, limit: int = MOST_IMAGES) -> list[int]:
        """Ids of the images that entry ``seq`` itself changed, the first ones."""
        rows = self._connection.execute(
            "SELECT DISTINCT CASE"
            " WHEN table_name IN ('tag', 'class_done', 'image_status')"
            " THEN json_extract(key, '$[0]')"
            " WHEN table_name IN ('shape', 'verdict')"
            " THEN json_extract(coalesce(after, before), '$.image_id') END AS image_id, table_name,"
            " CASE WHEN table_name = 'shape' THEN key END AS shape"
            " FROM history_change WHERE seq = ? ORDER BY position",
            (seq,),
        )
        found: dict[int, None] = {}
        for row in rows:
            image_id = row["image_id"]
            if image_id is None and row["shape"]:
                image_id = self._image_of_shape(row["shape"])
            if image_id is not None:
                found[image_id] = None
            if len(found) == limit:
                break
        return list(found)

    def _image_of_shape(self, key: str) -> int:
        """A change of a shape tells no image; the entry that made the shape does."""
        row = self._connection.execute(
            "SELECT json_extract(after, '$.image_id') FROM history_change"
            " WHERE table_name = 'shape' AND key = ? AND before IS NULL LIMIT 1",
            (key,),
        ).fetchone()
        return row[0]

    # One entry -------------------------------------------------------------------------------

    def entry(self, seq: int) -> Line:
        """One entry, whose number must be that of one."""
        return self.lines(seq + 1, 1)[0]

    def tables_of(self, seq: int) -> set[str]:
        """The tables whose rows entry ``seq`` changed."""
        rows = self._connection.execute(
            "SELECT DISTINCT table_name FROM history_change WHERE seq = ?", (seq,)
        )
        return {row["table_name"] for row in rows}

    def edit(self, seq: int) -> Edit:
        """The edit of entry ``seq``, which stands and whose rows no later edit has taken away.

        What it left alone is as it is now.
        """
        return history.load_edit(self._connection, seq, self._geometry, applied=True)

    def later(self, seq: int) -> list[Later]:
        """What standing edits changed again of entry ``seq``, the oldest of them first."""
        rows = self._connection.execute(
            "SELECT history.*, mine.table_name, mine.key FROM history_change AS mine"
            " JOIN history_change AS other ON other.table_name = mine.table_name"
            " AND other.key = mine.key AND other.seq > mine.seq"
            f" JOIN history ON history.seq = other.seq WHERE mine.seq = ? AND {_STANDS}"
            " ORDER BY history.seq",
            (seq,),
        )
        return [Later((row["table_name"], row["key"]), _entry(row)) for row in rows]

    # One image -------------------------------------------------------------------------------

    def image_at(self, image_id: int, seq: int) -> Moment:
        """What image ``image_id`` was labelled with right after entry ``seq``."""
        first = tables.IMAGE_STATUS.dump(ImageStatus(image_id))
        keys = _keys_of_image(image_id)
        rows = self._effects(f"{_OF_IMAGE} SELECT * FROM change", keys, seq)
        state = replay(rows, {("image_status", keys["status"]): first})
        found = [self._row(name, columns) for (name, _), columns in state.items()]
        [status] = (row for row in found if isinstance(row, ImageStatus))
        shapes = [row for row in found if isinstance(row, Shape)]
        return Moment(
            status,
            tuple(sorted(shapes, key=lambda shape: (shape.z, shape.id))),
            _tags(row for row in found if isinstance(row, Tag)),
            _marks(row for row in found if isinstance(row, ClassDone)),
            self.labels_at(seq),
            self._merged_at(seq),
        )

    def image_now(self, image_id: int) -> Moment:
        """What image ``image_id`` is labelled with."""
        return Moment(
            self.status(image_id),
            self.shapes(image_id),
            _tags(self.tags(image_id)),
            _marks(ClassDone(image_id, label) for label in self.done_labels(image_id)),
            self.labels(),
            self.merged_labels(),
        )

    def labels_at(self, seq: int) -> tuple[Label, ...]:
        """The classes of the project right after entry ``seq``, in their order."""
        rows = self._of_table("label", seq)
        found = [label for label in rows if isinstance(label, Label)]
        return tuple(sorted(found, key=lambda label: (label.position, label.name.casefold())))

    def _merged_at(self, seq: int) -> tuple[MergedLabel, ...]:
        rows = self._of_table("merged_label", seq)
        found = [merged for merged in rows if isinstance(merged, MergedLabel)]
        return tuple(sorted(found, key=lambda merged: merged.id))

    def _of_table(self, name: str, seq: int) -> list[Row]:
        """The rows of a table right after entry ``seq``, all of which the history made."""
        changes = "SELECT * FROM history_change WHERE table_name = :name"
        state = replay(self._effects(changes, {"name": name}, seq))
        return [self._row(name, columns) for columns in state.values()]

    def _effects(self, changes: str, values: Mapping[str, Any], seq: int) -> list[sqlite3.Row]:
        """What happened to the rows of ``changes`` until entry ``seq``, in that order."""
        with_changes, _, selected = changes.rpartition("SELECT * FROM")
        return self._connection.execute(
            f"{with_changes} SELECT history.kind, changed.* FROM (SELECT * FROM {selected})"
            " AS changed JOIN history"
            " ON history.seq = changed.seq OR history.target = changed.seq"
            " WHERE history.seq <= :seq ORDER BY history.seq,"
            " CASE history.kind WHEN 'undo' THEN -position ELSE position END",
            {**values, "seq": seq},
        ).fetchall()

    def _row(self, table_name: str, columns: Mapping[str, Any]) -> Row:
        table = tables.BY_NAME[table_name]
        return table.load({**table.added, **columns}, self._geometry)


def replay(
    effects: Iterable[Mapping[str, Any] | sqlite3.Row],
    first: Mapping[RowKey, Mapping[str, Any]] | None = None,
) -> dict[RowKey, dict[str, Any]]:
    """The rows that stand after ``effects``, by table and key, each with all its columns.

    An effect is a row of ``history_change`` with the ``kind`` of the entry that brought it about:
    an undo has its target's changes the other way round. ``first`` is what no entry made.
    """
    state = {row_key: dict(columns) for row_key, columns in (first or {}).items()}
    for effect in effects:
        row_key = (effect["table_name"], effect["key"])
        undone = effect["kind"] == Kind.UNDO
        after = effect["before" if undone else "after"]
        if after is None:
            state.pop(row_key, None)
        else:
            state[row_key] = state.get(row_key, {}) | json.loads(after)
    return state


def _keys_of_image(image_id: int) -> dict[str, Any]:
    """How the keys of an image's rows begin, in JSON: the comma is followed by a hyphen."""
    return {
        "image": image_id,
        "status": f"[{image_id}]",
        "first": f"[{image_id},",
        "last": f"[{image_id}-",
    }


def _tags(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    return tuple(sorted(tags, key=lambda tag: (tag.group, tag.label)))


def _marks(marks: Iterable[ClassDone]) -> tuple[ClassDone, ...]:
    return tuple(sorted(marks, key=lambda mark: mark.label))


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(row["seq"], Kind(row["kind"]), row["target"], row["title"], row["at"])
