"""Reading a project: what is in it, by id, by image, by class.

A reader has its own connection and never blocks the owner's writes (WAL), so that commands and
background jobs read beside an open window. Use one reader a thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from studio.domain.labels import ClassDone, Label, MergedLabel, Tag, TagGroup
from studio.domain.project import Image, ImageStatus, Root, Split
from studio.domain.proposals import Proposal
from studio.domain.runs import Run
from studio.domain.shapes import Geometry, Shape
from studio.errors import ProjectError
from studio.storage import folder, migrations, tables
from studio.storage.connecting import connect_for_reading
from studio.storage.packing import unpack
from studio.storage.rows import by_image, image_of, proposal_of, run_of, shape_of

BATCH = 500
"""How many ids go into one ``IN (...)``."""

_SHAPES = "SELECT shape.*, packed FROM shape JOIN geometry ON hash = geometry"


@dataclass(frozen=True, slots=True)
class LabelUsage:
    """How often a label is used, over the images that are not removed."""

    tags: int = 0
    shapes: int = 0
    images: int = 0


@dataclass(frozen=True, slots=True)
class Annotated:
    """One image with everything a human said about it."""

    image: Image
    status: ImageStatus
    tags: tuple[Tag, ...]
    shapes: tuple[Shape, ...]
    done_labels: frozenset[str] = frozenset()

    @property
    def split(self) -> Split | None:
        """The human's split, else the one drawn automatically."""
        return self.status.split or self.image.auto_split


class Reader:
    """Read-only queries on a project's database."""

    def __init__(self, connection: sqlite3.Connection, project: Path) -> None:
        self.project = project
        self._connection = connection
        self._geometry = lru_cache(maxsize=20_000)(self._load_geometry)

    @classmethod
    def open(cls, project: Path) -> Self:
        """Open the project in folder ``project`` for reading.

        Raises:
            ProjectError: there is no project, or it is damaged, or of another version.
        """
        project = project.resolve()
        path = folder.database_path(project)
        connection = connect_for_reading(path)
        try:
            if migrations.check(connection, path) < migrations.VERSION:
                raise ProjectError(
                    "{project} is of an older version; open it once in Vision Studio to upgrade "
                    "it.",
                    project=project.name,
                )
            connection.execute("PRAGMA query_only = ON")
            return cls(connection, project)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Classes, tag groups, settings ---------------------------------------------------------

    def labels(self) -> tuple[Label, ...]:
        """All labels in their order."""
        rows = self._connection.execute("SELECT * FROM label ORDER BY position, name_key")
        return tuple(self._load(tables.LABEL, row) for row in rows)

    def merged_labels(self) -> tuple[MergedLabel, ...]:
        """The labels that were merged into others, each with the one that it is now."""
        rows = self._connection.execute("SELECT * FROM merged_label ORDER BY id")
        return tuple(self._load(tables.MERGED_LABEL, row) for row in rows)

    def label_usage(self) -> dict[str, LabelUsage]:
        """Usage by label id; a label without uses is absent."""
        rows = self._connection.execute(
            "SELECT label, sum(is_tag) AS tags, sum(1 - is_tag) AS shapes,"
            " count(DISTINCT image_id) AS images FROM ("
            " SELECT label, image_id, 1 AS is_tag FROM tag"
            " UNION ALL SELECT label, image_id, 0 FROM shape)"
            " JOIN image_status USING (image_id) WHERE NOT removed GROUP BY label"
        )
        return {r["label"]: LabelUsage(r["tags"], r["shapes"], r["images"]) for r in rows}

    def shape_counts(self) -> dict[tuple[str, str], int]:
        """Number of shapes by (label id, kind); see ``packing.kind_of``."""
        rows = self._connection.execute(
            "SELECT label, kind, count(*) AS n FROM shape JOIN image_status USING (image_id)"
            " WHERE NOT removed GROUP BY label, kind"
        )
        return {(r["label"], r["kind"]): r["n"] for r in rows}

    def tag_groups(self) -> tuple[TagGroup, ...]:
        """All tag groups."""
        rows = self._connection.execute("SELECT * FROM tag_group ORDER BY id")
        return tuple(TagGroup(r["id"], r["name"], bool(r["multi_label"])) for r in rows)

    def settings(self) -> dict[str, str]:
        """The project's settings; a key that was never chosen is absent."""
        return {r["key"]: r["value"] for r in self._connection.execute("SELECT * FROM setting")}

    # Images --------------------------------------------------------------------------------

    def roots(self) -> tuple[Root, ...]:
        """The folders that images come from."""
        rows = self._connection.execute("SELECT * FROM root ORDER BY id")
        return tuple(Root(r["id"], r["path"]) for r in rows)

    def path_of(self, image: Image) -> Path:
        """Where the image's file is, absolute."""
        return self._root_paths()[image.root_id] / image.path

    def paths_of(self, images: Iterable[Image]) -> dict[int, Path]:
        """Where many images' files are, by image id; much faster than one by one."""
        roots = self._root_paths()
        return {image.id: roots[image.root_id] / image.path for image in images}

    def _root_paths(self) -> Mapping[int, Path]:
        return {root.id: folder.root_path(self.project, root) for root in self.roots()}

    def image_count(self) -> int:
        """The number of images that are not removed."""
        row = self._connection.execute("SELECT count(*) FROM image_status WHERE NOT removed")
        return row.fetchone()[0]

    def image_ids(self) -> list[int]:
        """Ids of the images that are not removed, in order of path."""
        return [
            row[0]
            for row in self._connection.execute(
                "SELECT image.id FROM image JOIN image_status ON image_id = image.id"
                " WHERE NOT removed ORDER BY path, image.id"
            )
        ]

    def labelled_ids(self) -> list[int]:
        """Ids, in order of path, of images with a tag, a shape, or a mark that says done."""
        rows = self._connection.execute(
            "SELECT image.id FROM image JOIN image_status ON image_id = image.id"
            " WHERE NOT removed AND (tags = 'done' OR shapes = 'done'"
            " OR EXISTS (SELECT 1 FROM class_done WHERE class_done.image_id = image.id)"
            " OR EXISTS (SELECT 1 FROM tag WHERE tag.image_id = image.id)"
            " OR EXISTS (SELECT 1 FROM shape WHERE shape.image_id = image.id))"
            " ORDER BY path, image.id"
        )
        return [row[0] for row in rows]

    def image(self, image_id: int) -> Image:
        """One image.

        Raises:
            KeyError: there is none with this id.
        """
        return self.images([image_id])[image_id]

    def images(self, image_ids: Iterable[int]) -> dict[int, Image]:
        """Images by id."""
        rows = self._rows_in("SELECT * FROM image WHERE id IN", image_ids)
        return {row["id"]: image_of(row) for row in rows}

    def images_of_root(self, root_id: int) -> dict[str, Image]:
        """Images of one root by their relative path."""
        rows = self._connection.execute("SELECT * FROM image WHERE root_id = ?", (root_id,))
        return {row["path"]: image_of(row) for row in rows}

    def problems(self) -> list[Image]:
        """Images that cannot be shown, in order of path."""
        rows = self._connection.execute("SELECT * FROM image WHERE problem != '' ORDER BY path, id")
        return [image_of(row) for row in rows]

    def status(self, image_id: int) -> ImageStatus:
        """What a human decided about one image."""
        return self.statuses([image_id])[image_id]

    def statuses(self, image_ids: Iterable[int]) -> dict[int, ImageStatus]:
        """Statuses by image id."""
        return {
            row["image_id"]: self._load(tables.IMAGE_STATUS, row)
            for row in self._rows_in("SELECT * FROM image_status WHERE image_id IN", image_ids)
        }

    # Tags and shapes -----------------------------------------------------------------------

    def tags(self, image_id: int) -> tuple[Tag, ...]:
        """The tags of one image."""
        return self.tags_of([image_id]).get(image_id, ())

    def tags_of(self, image_ids: Iterable[int]) -> dict[int, tuple[Tag, ...]]:
        """Tags by image id; images without tags are absent."""
        rows = self._rows_in("SELECT * FROM tag WHERE image_id IN", image_ids, "ORDER BY image_id")
        return by_image(self._load(tables.TAG, row) for row in rows)

    def shape(self, shape_id: int) -> Shape | None:
        """One shape, or None."""
        row = self._connection.execute("SELECT * FROM shape WHERE id = ?", (shape_id,)).fetchone()
        return self._load(tables.SHAPE, row) if row else None

    def shapes_with(self, shape_ids: Sequence[int]) -> list[Shape]:
        """The shapes with these ids, in their order; those that are gone are left out."""
        rows = self._rows_in(f"{_SHAPES} WHERE shape.id IN", shape_ids)
        found = {shape.id: shape for shape in map(shape_of, rows)}
        return [found[each] for each in shape_ids if each in found]

    def shapes(self, image_id: int) -> tuple[Shape, ...]:
        """The shapes of one image from bottom to top."""
        return self.shapes_of([image_id]).get(image_id, ())

    def count_shapes(self, image_id: int) -> int:
        """How many shapes an image has, known without a look at them."""
        sql = "SELECT shape_count FROM image_status WHERE image_id = ?"
        row = self._connection.execute(sql, (image_id,)).fetchone()
        return row[0] if row else 0

    def shapes_of(self, image_ids: Iterable[int]) -> dict[int, tuple[Shape, ...]]:
        """Shapes by image id, from bottom to top; images without shapes are absent."""
        rows = self._rows_in(f"{_SHAPES} WHERE image_id IN", image_ids, "ORDER BY image_id, z, id")
        return by_image(shape_of(row) for row in rows)

    def done_labels(self, image_id: int) -> frozenset[str]:
        """Ids of the labels that one image was marked complete for."""
        return self.done_labels_of([image_id]).get(image_id, frozenset())

    def done_labels_of(self, image_ids: Iterable[int]) -> dict[int, frozenset[str]]:
        """Ids of the labels that images were marked complete for; images without are absent."""
        rows = self._rows_in("SELECT * FROM class_done WHERE image_id IN", image_ids)
        marks = by_image(self._load(tables.CLASS_DONE, row) for row in rows)
        return {image_id: frozenset(m.label for m in each) for image_id, each in marks.items()}

    def rows_of_label(
        self, label_id: str
    ) -> tuple[tuple[Tag, ...], tuple[Shape, ...], tuple[ClassDone, ...], tuple[MergedLabel, ...]]:
        """Every tag, shape and mark of one label, removed images included, and what was merged
        into it."""
        tags = self._connection.execute("SELECT * FROM tag WHERE label = ?", (label_id,))
        shapes = self._connection.execute(
            "SELECT shape.*, packed FROM shape JOIN geometry ON hash = geometry"
            " WHERE label = ? ORDER BY id",
            (label_id,),
        )
        marks = self._connection.execute("SELECT * FROM class_done WHERE label = ?", (label_id,))
        merged = (each for each in self.merged_labels() if each.into == label_id)
        return (
            tuple(self._load(tables.TAG, row) for row in tags),
            tuple(shape_of(row) for row in shapes),
            tuple(self._load(tables.CLASS_DONE, row) for row in marks),
            tuple(merged),
        )

    def annotated(self, image_ids: Sequence[int] | None = None) -> Iterator[Annotated]:
        """Images with all their labels, in batches: by default every one that is not removed."""
        ids = self.image_ids() if image_ids is None else image_ids
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            images, statuses = self.images(batch), self.statuses(batch)
            tags, shapes = self.tags_of(batch), self.shapes_of(batch)
            done = self.done_labels_of(batch)
            for i in batch:
                yield Annotated(
                    images[i],
                    statuses[i],
                    tags.get(i, ()),
                    shapes.get(i, ()),
                    done.get(i, frozenset()),
                )

    # Runs and proposals --------------------------------------------------------------------

    def runs(self) -> tuple[Run, ...]:
        """All runs, oldest first."""
        rows = self._connection.execute("SELECT * FROM run ORDER BY number")
        return tuple(run_of(row) for row in rows)

    def proposals(self, image_id: int, run: int | None = None) -> tuple[Proposal, ...]:
        """Undecided proposals on one image, best first; of one run where it is given.

        Those of a class that was deleted since are left out, here and in the next; those of one
        that was merged into another are of that one.
        """
        rows = self._connection.execute(
            "SELECT * FROM waiting WHERE image_id = ? AND (? IS NULL OR run = ?)"
            " ORDER BY score DESC, id",
            (image_id, run, run),
        )
        return tuple(proposal_of(row) for row in rows)

    def proposals_of_run(self, run: int, min_score: float = 0.0) -> tuple[Proposal, ...]:
        """Undecided proposals of one run at or above ``min_score``, by image."""
        rows = self._connection.execute(
            "SELECT * FROM waiting WHERE run = ? AND score >= ? ORDER BY image_id, score DESC, id",
            (run, min_score),
        )
        return tuple(proposal_of(row) for row in rows)

    def undecided_ids(self, run: int) -> list[int]:
        """Ids of the proposals of one run that nobody decided."""
        rows = self._connection.execute(
            "SELECT id FROM proposal WHERE run = ?"
            " AND id NOT IN (SELECT proposal_id FROM verdict) ORDER BY id",
            (run,),
        )
        return [row["id"] for row in rows]

    def images_predicted(self, run: int) -> set[int]:
        """Images that a run's present model proposed something for, whatever became of it."""
        rows = self._connection.execute(
            "SELECT DISTINCT image_id FROM proposal WHERE run = ? AND id >="
            " coalesce((SELECT first_proposal FROM run WHERE number = ?), 0)",
            (run, run),
        )
        return {row["image_id"] for row in rows}

    def scores_proposed(
        self, run: int, image_ids: Collection[int]
    ) -> dict[int, set[tuple[str, float]]]:
        """By image, the label and score of all that a run proposed, whatever became of it."""
        found: dict[int, set[tuple[str, float]]] = {image_id: set() for image_id in image_ids}
        label = "(SELECT into_label FROM merged_label WHERE merged_label.id = proposal.label)"
        sql = (
            f"SELECT image_id, coalesce({label}, label) AS label, score FROM proposal"
            f" WHERE run = {int(run)} AND image_id IN"
        )
        for row in self._rows_in(sql, image_ids):
            found[row["image_id"]].add((row["label"], row["score"]))
        return found

    # Underneath ----------------------------------------------------------------------------

    def select(self, sql: str, values: Sequence[str | int | float] = ()) -> list[sqlite3.Row]:
        """The rows of a query that other modules of this package put together."""
        return self._connection.execute(sql, values).fetchall()

    def interrupt(self) -> None:
        """Break off the query that another thread is waiting for, unless it has closed by now."""
        with suppress(sqlite3.ProgrammingError):
            self._connection.interrupt()

    def _load(self, table: tables.Table, row: Any) -> Any:
        return table.load(row, self._geometry)

    def _load_geometry(self, content_hash: str) -> Geometry:
        row = self._connection.execute(
            "SELECT packed FROM geometry WHERE hash = ?", (content_hash,)
        ).fetchone()
        return unpack(row["packed"])

    def _rows_in(self, select: str, ids: Iterable[int], order: str = "") -> Iterator[sqlite3.Row]:
        wanted = list(ids)
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            marks = ",".join("?" * len(batch))
            yield from self._connection.execute(f"{select} ({marks}) {order}", batch)
