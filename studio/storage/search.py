"""Finding images: filters and orders in SQL, one row of facts an image for lists and grids.

An image's *state* in a list sums up both kinds of labels, over the kinds that the project uses:
a project without a single shape is done with an image when its tags are.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

import numpy as np

from studio.domain.project import Image, Split, State
from studio.domain.query import Pattern, parse
from studio.domain.query_words import Mark
from studio.storage import losses, query_sql, sorting
from studio.storage.image_paths import GivenUp, Paths
from studio.storage.reader import Reader
from studio.storage.sorting import Ids

Only = Mark
"""Images singled out by one sign."""


class Order(StrEnum):
    """What a list of images is sorted by; ``SCORE`` is that of the weakest prediction waiting.

    ``LOSS`` begins with the images that the newest model is most wrong on.
    """

    NAME = "name"
    NEWEST = "newest"
    SIZE = "size"
    SHAPES = "shapes"
    SCORE = "score"
    LOSS = "loss"
    RANDOM = "random"
    STATE = "state"
    SPLIT = "split"
    TAGS = "tags"
    PROBLEM = "problem"
    NOTE = "note"


BY_CONTENT = frozenset({Order.SHAPES, Order.SCORE, Order.LOSS, Order.STATE, Order.TAGS})
"""Orders in which an image may move when it is labelled or predicted."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; an empty query finds every image that is not removed.

    ``text`` is in the language of ``domain/query.py``; what it does not understand is passed
    over. ``seed`` chooses one of the random orders.
    """

    text: str = ""
    order: Order = Order.NAME
    descending: bool = False
    seed: int = 0

    @property
    def filters(self) -> bool:
        """Whether some images may be left out."""
        return bool(self.text.strip())


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
    note: str = ""


def tag_counts(reader: Reader, group_id: int) -> tuple[dict[str, int], int]:
    """Images by the label that a group tags them with, and how many are tagged or done."""
    here = "JOIN image_status USING (image_id) WHERE NOT removed AND tag_group = ?"
    rows = reader.select(f"SELECT label, count(*) AS n FROM tag {here} GROUP BY label", [group_id])
    images = reader.select(
        f"SELECT count(*) FROM (SELECT image_id FROM tag {here}"
        " UNION SELECT image_id FROM image_status WHERE NOT removed AND tags = 'done')",
        [group_id],
    )
    return {row["label"]: row["n"] for row in rows}, images[0][0]


def kinds_in_use(reader: Reader) -> Kinds:
    """Which kinds of labels the project uses so far."""
    [row] = reader.select(
        "SELECT EXISTS (SELECT 1 FROM tag) AS tags, EXISTS (SELECT 1 FROM shape) AS shapes"
    )
    tags, shapes = bool(row["tags"]), bool(row["shapes"])
    return Kinds(tags or not shapes, shapes or not tags)


class Finder:
    """Finds the images of a project for one view, which keeps it: a second search is quicker."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._paths = Paths(reader)

    def give_up(self) -> None:
        """Break off a search that another thread is waiting for."""
        self._paths.given_up = True
        self._reader.interrupt()

    def find(self, query: Query) -> list[int]:
        """Ids of the images that ``query`` describes, in its order.

        Raises:
            GivenUp: it was broken off.
        """
        self._paths.given_up = False
        try:
            return self._find(query)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise GivenUp from error
            raise

    def _find(self, query: Query) -> list[int]:
        kinds = kinds_in_use(self._reader)
        conditions, values = ["NOT removed"], list[str | int | float]()
        terms = parse(query.text).terms
        for condition, more in query_sql.of_terms(
            [term for term in terms if not isinstance(term.condition, Pattern)],
            _state_sql(kinds),
            partial(losses.newest, self._reader.project),
        ):
            conditions.append(condition)
            values += more
        # One row for all of them: fetched one by one, 50,000 rows would wait as often for the
        # interpreter's lock while another thread scans a folder. For the same reason, and because
        # NumPy reads and sorts ten times as fast, the rows come unsorted and as text.
        key = _key_sql(query.order, kinds)
        in_words = query.order in (Order.PROBLEM, Order.NOTE)
        together = "json_group_array(key)" if in_words else "group_concat(coalesce(key, 'nan'))"
        [row] = self._reader.select(
            f"SELECT group_concat(id){f', {together}' if key else ''} FROM"
            f" (SELECT image.id AS id, {key or 'NULL'} AS key"
            " FROM image JOIN image_status ON image_status.image_id = image.id"
            f" WHERE {' AND '.join(conditions)})",
            values,
        )
        ids = sorting.read_ids(row[0])
        keys = self._keys(query.order, ids, row[1] if key else None)
        for term in terms:
            if isinstance(term.condition, Pattern):
                fits = self._paths.matching(term.condition.regex, ids) != term.negated
                ids, keys = ids[fits], keys[fits]
        if query.order is Order.RANDOM:
            return sorting.shuffled(ids, query.seed)
        by_name = self._paths.sorted(ids)
        if query.order is Order.NAME:
            return ids[by_name[::-1] if query.descending else by_name].tolist()
        return sorting.by_number(ids[by_name], keys[by_name], query.descending)

    def _keys(self, order: Order, ids: Ids, values: str | None) -> sorting.Numbers:
        """What to sort ``ids`` by, from the values that came with them."""
        match order:
            case Order.NAME | Order.RANDOM:
                return np.zeros(len(ids))
            case Order.TAGS:
                return sorting.tag_keys(self._reader, ids)
            case Order.LOSS:
                return -sorting.known(losses.newest(self._reader.project), ids)
            case Order.PROBLEM | Order.NOTE:
                return sorting.text_keys(json.loads(values or "[]"))
            case _:
                return sorting.read_numbers(values)


def find(reader: Reader, query: Query) -> list[int]:
    """Ids of the images that ``query`` describes, in its order."""
    return Finder(reader).find(query)


def _key_sql(order: Order, kinds: Kinds) -> str:
    """What images are sorted by, "" for the orders that have no value of their own."""
    match order:
        case Order.NAME | Order.RANDOM | Order.TAGS | Order.LOSS:
            return ""
        case Order.SHAPES:
            return "image_status.shape_count"
        case Order.SCORE:
            return "CAST(1e9 * weakest AS INTEGER)"  # written faster than a fraction
        case Order.NEWEST:
            return "mtime_ns / 1000000"  # fewer digits to write and read
        case Order.SIZE:
            return "width * height"
        case Order.STATE:
            return _state_sql(kinds, lambda state: str(list(State).index(state)))
        case Order.SPLIT:
            return (
                "CASE coalesce(split, auto_split) WHEN 'train' THEN 1 WHEN 'val' THEN 2"
                " WHEN 'test' THEN 3 END"
            )
        case Order.PROBLEM:
            return "nullif(problem, '')"
        case Order.NOTE:
            return "nullif(image_status.note, '')"


def largest_id(reader: Reader) -> int:
    """About how many images there are, known at once."""
    [row] = reader.select("SELECT coalesce(max(id), 0) FROM image")
    return row[0]


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


def unfinished(reader: Reader) -> frozenset[int]:
    """Ids of the images that are neither done nor skipped."""
    state = _state_sql(kinds_in_use(reader))
    [row] = reader.select(
        "SELECT json_group_array(image_id) FROM image_status"
        f" WHERE NOT removed AND {state} NOT IN ('done', 'skipped')"
    )
    return frozenset(json.loads(row[0]))


def count_missing(reader: Reader) -> int:
    """The number of images whose files are known to be missing."""
    condition = query_sql.HAS[Mark.MISSING]
    [row] = reader.select(
        "SELECT count(*) FROM image JOIN image_status ON image_id = image.id"
        f" WHERE NOT removed AND {condition}"
    )
    return row[0]


def summaries(reader: Reader, image_ids: Iterable[int]) -> dict[int, Summary]:
    """What lists show of each image, by id; ask for a few hundred at a time."""
    ids = list(image_ids)
    marks = ",".join("?" * len(ids))
    tags, labels, counts = _classes(reader, ids, marks)
    rows = _together(
        reader,
        "id, root_id, path, width, height, problem, state, split, mtime_ns, size_bytes, note",
        "SELECT image.id AS id, root_id, path, width, height, problem, mtime_ns, size_bytes, note,"
        f" coalesce(split, auto_split) AS split, {_state_sql(kinds_in_use(reader))} AS state"
        " FROM image JOIN image_status ON image_id = image.id"
        f" WHERE image.id IN ({marks})",
        ids,
    )
    return {
        image_id: Summary(
            id=image_id,
            root_id=root_id,
            path=path,
            width=width,
            height=height,
            problem=problem,
            state=State(state),
            split=Split(split) if split else None,
            tags=tuple(tags.get(image_id, ())),
            labels=tuple(labels.get(image_id, ())),
            shape_count=counts.get(image_id, 0),
            mtime_ns=mtime_ns,
            size_bytes=size_bytes,
            note=note,
        )
        for image_id, root_id, path, width, height, problem, state, split, mtime_ns, size_bytes,
        note in rows
    }  # fmt: skip


def _classes(
    reader: Reader, ids: list[int], marks: str
) -> tuple[dict[int, list[str]], dict[int, list[str]], dict[int, int]]:
    """Label ids of the tags, label ids of the shapes, and the number of shapes, by image."""
    tags: dict[int, list[str]] = {}
    labels: dict[int, list[str]] = {}
    counts: dict[int, int] = {}
    of_images = f"WHERE image_id IN ({marks})"
    tag_rows = _together(
        reader, "image_id, label", f"SELECT image_id, label FROM tag {of_images}", ids
    )
    for image_id, label in tag_rows:
        tags.setdefault(image_id, []).append(label)
    shape_rows = _together(
        reader,
        "image_id, label, n",
        "SELECT image_id, label, count(*) AS n FROM shape"
        f" {of_images} GROUP BY image_id, label ORDER BY image_id, min(id)",
        ids,
    )
    for image_id, label, count in shape_rows:
        labels.setdefault(image_id, []).append(label)
        counts[image_id] = counts.get(image_id, 0) + count
    return tags, labels, counts


def _together(reader: Reader, columns: str, select: str, values: list[int]) -> list[list[Any]]:
    """All rows in one. Fetched one by one, each would wait for the interpreter's lock while
    another thread is busy: the window waited 40 ms for a page of images."""
    [row] = reader.select(f"SELECT json_group_array(json_array({columns})) FROM ({select})", values)
    return json.loads(row[0])


_HAS_TAG = "EXISTS (SELECT 1 FROM tag WHERE tag.image_id = image_status.image_id)"
_HAS_SHAPE = "image_status.shape_count > 0"


def _state_sql(kinds: Kinds, written: Callable[[State], str] = "'{}'".format) -> str:
    """An expression for the state of ``image_status``'s row over the kinds in use."""
    columns = [name for name, used in (("tags", kinds.tags), ("shapes", kinds.shapes)) if used]
    skipped = " OR ".join(f"image_status.{name} = 'skipped'" for name in columns)
    done = " AND ".join(f"image_status.{name} = 'done'" for name in columns)
    begun = " OR ".join(f"image_status.{name} != 'new'" for name in columns)
    return (
        f"(CASE WHEN {skipped} THEN {written(State.SKIPPED)}"
        f" WHEN {done} THEN {written(State.DONE)}"
        f" WHEN {begun} OR {_HAS_SHAPE} OR {_HAS_TAG} THEN {written(State.IN_PROGRESS)}"
        f" ELSE {written(State.NEW)} END)"
    )
