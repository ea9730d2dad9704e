"""Finding images: filters and orders in SQL, one row of facts an image for lists and grids.

An image's *state* in a list sums up both kinds of labels, over the kinds that the project uses:
a project without a single shape is done with an image when its tags are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from studio.domain.project import Image, Split, State
from studio.storage.reader import Reader


class Order(StrEnum):
    """What a list of images is sorted by."""

    NAME = "name"
    NEWEST = "newest"
    SIZE = "size"
    SHAPES = "shapes"
    STATE = "state"


class Only(StrEnum):
    """Images singled out by what is on them."""

    LABELLED = "labelled"
    UNLABELLED = "unlabelled"
    PROPOSED = "proposed"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; an empty query finds every image that is not removed.

    ``text`` is searched in the path, every word of it, without regard to the case of Latin
    letters. ``label`` is the id of a class that a tag or shape must have. ``split`` "" means an
    image without one; None means any.
    """

    text: str = ""
    label: str = ""
    state: State | None = None
    split: Split | str | None = None
    only: Only | None = None
    order: Order = Order.NAME
    descending: bool = False

    @property
    def filters(self) -> bool:
        """Whether some images may be left out."""
        return bool(self.text.strip() or self.label or self.state or self.only) or (
            self.split is not None
        )


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of labels that a project uses; both, as long as there are none."""

    tags: bool
    shapes: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """One image as a list shows it. ``tags`` and ``labels`` are label ids, the latter of shapes."""

    id: int
    root_id: int
    path: str
    width: int
    height: int
    problem: str
    state: State
    split: Split | None
    tags: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    shape_count: int = 0
    mtime_ns: int = 0
    size_bytes: int = 0


def kinds_in_use(reader: Reader) -> Kinds:
    """Which kinds of labels the project uses so far."""
    [row] = reader.select(
        "SELECT EXISTS (SELECT 1 FROM tag) AS tags, EXISTS (SELECT 1 FROM shape) AS shapes"
    )
    tags, shapes = bool(row["tags"]), bool(row["shapes"])
    return Kinds(tags or not shapes, shapes or not tags)


def find(reader: Reader, query: Query) -> list[int]:
    """Ids of the images that ``query`` describes, in its order."""
    state = _state_sql(kinds_in_use(reader))
    conditions, values = _conditions(query, state)
    direction = "DESC" if query.descending else "ASC"
    orders: Mapping[Order, str] = {
        Order.NAME: f"path {direction}, image.id {direction}",
        Order.NEWEST: f"mtime_ns {direction}, path",
        Order.SIZE: f"width * height {direction}, path",
        Order.SHAPES: "(SELECT count(*) FROM shape WHERE shape.image_id = image.id)"
        f" {direction}, path",
        Order.STATE: f"CASE {state} WHEN 'new' THEN 0 WHEN 'in_progress' THEN 1"
        f" WHEN 'done' THEN 2 ELSE 3 END {direction}, path",
    }
    # One row for all of them: fetched one by one, 50,000 rows would wait as often for the
    # interpreter's lock while another thread scans a folder.
    [row] = reader.select(
        "SELECT json_group_array(id) FROM (SELECT image.id AS id"
        " FROM image JOIN image_status ON image_id = image.id"
        f" WHERE {' AND '.join(conditions)} ORDER BY {orders[query.order]})",
        values,
    )
    return json.loads(row[0])


def first_sound(reader: Reader) -> Image | None:
    """The first image in order of path that can be shown."""
    rows = reader.select(
        "SELECT image.id FROM image JOIN image_status ON image_id = image.id"
        " WHERE NOT removed AND problem = '' ORDER BY path LIMIT 1"
    )
    return reader.image(rows[0][0]) if rows else None


def count_by_state(reader: Reader) -> dict[State, int]:
    """The number of images in each state."""
    state = _state_sql(kinds_in_use(reader))
    rows = reader.select(
        f"SELECT {state} AS state, count(*) AS n FROM image_status WHERE NOT removed GROUP BY 1"
    )
    found = {State(row["state"]): int(row["n"]) for row in rows}
    return {state: found.get(state, 0) for state in State}


def summaries(reader: Reader, image_ids: Iterable[int]) -> dict[int, Summary]:
    """What lists show of each image, by id; ask for a few hundred at a time."""
    ids = list(image_ids)
    marks = ",".join("?" * len(ids))
    tags, labels, counts = _classes(reader, ids, marks)
    rows = reader.select(
        "SELECT image.id AS id, root_id, path, width, height, problem, mtime_ns, size_bytes,"
        f" coalesce(split, auto_split) AS split, {_state_sql(kinds_in_use(reader))} AS state"
        " FROM image JOIN image_status ON image_id = image.id"
        f" WHERE image.id IN ({marks})",
        ids,
    )
    return {
        row["id"]: Summary(
            id=row["id"],
            root_id=row["root_id"],
            path=row["path"],
            width=row["width"],
            height=row["height"],
            problem=row["problem"],
            state=State(row["state"]),
            split=Split(row["split"]) if row["split"] else None,
            tags=tuple(tags.get(row["id"], ())),
            labels=tuple(labels.get(row["id"], ())),
            shape_count=counts.get(row["id"], 0),
            mtime_ns=row["mtime_ns"],
            size_bytes=row["size_bytes"],
        )
        for row in rows
    }


def _classes(
    reader: Reader, ids: list[int], marks: str
) -> tuple[dict[int, list[str]], dict[int, list[str]], dict[int, int]]:
    """Label ids of the tags, label ids of the shapes, and the number of shapes, by image."""
    tags: dict[int, list[str]] = {}
    labels: dict[int, list[str]] = {}
    counts: dict[int, int] = {}
    tag_rows = reader.select(f"SELECT image_id, label FROM tag WHERE image_id IN ({marks})", ids)
    for row in tag_rows:
        tags.setdefault(row["image_id"], []).append(row["label"])
    shape_rows = reader.select(
        "SELECT image_id, label, count(*) AS n FROM shape"
        f" WHERE image_id IN ({marks}) GROUP BY image_id, label ORDER BY image_id, min(id)",
        ids,
    )
    for row in shape_rows:
        labels.setdefault(row["image_id"], []).append(row["label"])
        counts[row["image_id"]] = counts.get(row["image_id"], 0) + row["n"]
    return tags, labels, counts


def _conditions(query: Query, state: str) -> tuple[list[str], list[str | int]]:
    conditions = ["NOT removed"]
    values: list[str | int] = []
    for word in query.text.split():
        conditions.append("path LIKE ? ESCAPE '\\'")
        values.append(f"%{_escaped(word)}%")
    if query.label:
        conditions.append(
            "(EXISTS (SELECT 1 FROM tag WHERE label = ? AND tag.image_id = image.id)"
            " OR EXISTS (SELECT 1 FROM shape WHERE label = ? AND shape.image_id = image.id))"
        )
        values += [query.label, query.label]
    if query.state is not None:
        conditions.append(f"{state} = ?")
        values.append(str(query.state))
    if query.split is not None:
        conditions.append("coalesce(split, auto_split, '') = ?")
        values.append(str(query.split))
    if query.only is not None:
        conditions.append(_ONLY[query.only])
    return conditions, values


_HAS_TAG = "EXISTS (SELECT 1 FROM tag WHERE tag.image_id = image_status.image_id)"
_HAS_SHAPE = "EXISTS (SELECT 1 FROM shape WHERE shape.image_id = image_status.image_id)"
_ONLY: Mapping[Only, str] = {
    Only.LABELLED: f"({_HAS_TAG} OR {_HAS_SHAPE})",
    Only.UNLABELLED: f"NOT ({_HAS_TAG} OR {_HAS_SHAPE})",
    Only.PROPOSED: "EXISTS (SELECT 1 FROM proposal WHERE proposal.image_id = image_status.image_id"
    " AND proposal.id NOT IN (SELECT proposal_id FROM verdict))",
    Only.PROBLEM: "problem != ''",
}


def _state_sql(kinds: Kinds) -> str:
    """An expression for the state of ``image_status``'s row over the kinds in use."""
    columns = [name for name, used in (("tags", kinds.tags), ("shapes", kinds.shapes)) if used]
    skipped = " OR ".join(f"image_status.{name} = 'skipped'" for name in columns)
    done = " AND ".join(f"image_status.{name} = 'done'" for name in columns)
    begun = " OR ".join(f"image_status.{name} != 'new'" for name in columns)
    return (
        f"(CASE WHEN {skipped} THEN 'skipped' WHEN {done} THEN 'done'"
        f" WHEN {begun} OR {_HAS_TAG} OR {_HAS_SHAPE} THEN 'in_progress' ELSE 'new' END)"
    )


def _escaped(word: str) -> str:
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, "\\" + sign)
    return word
