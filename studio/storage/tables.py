"""How each kind of row that a human can author lies in its table.

A row is written as a dictionary of its *authored* columns; the same dictionary, cut to what
differs, goes into the history. A shape's geometry appears there as its content hash.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.domain import geometry as geo
from studio.domain.edits import Row
from studio.domain.labels import ClassDone, Label, MergedLabel, Tag, TagGroup
from studio.domain.project import ImageStatus, Setting, Split, State
from studio.domain.proposals import Decision, Verdict
from studio.domain.shapes import Geometry, Shape
from studio.storage.packing import address, kind_of

SqlValue = str | int | float | None
Columns = dict[str, SqlValue]
GeometryByHash = Callable[[str], Geometry]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, key columns, authored columns, and the ways in and out.

    ``added`` are columns of later versions, with what they mean in a row of an older history.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    dump: Callable[[Any], Columns]
    load: Callable[[Mapping[str, Any], GeometryByHash], Row]
    derive: Callable[[Any], Columns] = lambda row: {}
    added: Mapping[str, SqlValue] = field(default_factory=dict[str, SqlValue])

    def key_of(self, columns: Mapping[str, Any]) -> tuple[SqlValue, ...]:
        """The key values out of a row's columns."""
        return tuple(columns[name] for name in self.key)


def _dump_shape(shape: Shape) -> Columns:
    return {
        "id": shape.id,
        "image_id": shape.image_id,
        "label": shape.label,
        "geometry": address(shape.geometry)[0],
        "z": shape.z,
        "locked": int(shape.locked),
        "hidden": int(shape.hidden),
        "ignored": int(shape.ignore),
        "note": shape.note,
        "attributes": json.dumps(shape.attributes, ensure_ascii=False),
        "run": shape.run,
        "score": shape.score,
    }


def _load_shape(row: Mapping[str, Any], geometry: GeometryByHash) -> Shape:
    return Shape(
        id=row["id"],
        image_id=row["image_id"],
        label=row["label"],
        geometry=geometry(row["geometry"]),
        z=row["z"],
        locked=bool(row["locked"]),
        hidden=bool(row["hidden"]),
        ignore=bool(row["ignored"]),
        note=row["note"],
        attributes=_load_attributes(row["attributes"]),
        run=row["run"],
        score=row["score"],
    )


def _load_attributes(text: str) -> tuple[tuple[str, str], ...]:
    if text == "[]":  # nearly always, and an image may have thousands of shapes
        return ()
    return tuple((key, value) for key, value in json.loads(text))


def _derive_shape(shape: Shape) -> Columns:
    box = geo.bounds(shape.geometry)
    return {
        "kind": kind_of(shape.geometry),
        "x0": box.x0,
        "y0": box.y0,
        "x1": box.x1,
        "y1": box.y1,
        "area": geo.area(shape.geometry),
    }


SHAPE = Table(
    "shape",
    ("id",),
    ("id", "image_id", "label", "geometry", "z", "locked", "hidden", "ignored", "note",
     "attributes", "run", "score"),
    _dump_shape,
    _load_shape,
    _derive_shape,
)  # fmt: skip

LABEL = Table(
    "label",
    ("id",),
    ("id", "name", "color", "position", "key", "label_group"),
    lambda label: {
        "id": label.id,
        "name": label.name,
        "color": label.color,
        "position": label.position,
        "key": label.key,
        "label_group": label.group,
    },
    lambda row, _: Label(
        row["id"], row["name"], row["color"], row["position"], row["key"], row["label_group"]
    ),
    lambda label: {"name_key": label.name.casefold()},
    added={"label_group": ""},
)

MERGED_LABEL = Table(
    "merged_label",
    ("id",),
    ("id", "name", "into_label"),
    lambda merged: {"id": merged.id, "name": merged.name, "into_label": merged.into},
    lambda row, _: MergedLabel(row["id"], row["name"], row["into_label"]),
)

TAG_GROUP = Table(
    "tag_group",
    ("id",),
    ("id", "name", "multi_label"),
    lambda group: {"id": group.id, "name": group.name, "multi_label": int(group.multi_label)},
    lambda row, _: TagGroup(row["id"], row["name"], bool(row["multi_label"])),
)

TAG = Table(
    "tag",
    ("image_id", "tag_group", "label"),
    ("image_id", "tag_group", "label", "run", "score"),
    lambda tag: {
        "image_id": tag.image_id,
        "tag_group": tag.group,
        "label": tag.label,
        "run": tag.run,
        "score": tag.score,
    },
    lambda row, _: Tag(row["image_id"], row["tag_group"], row["label"], row["run"], row["score"]),
)

CLASS_DONE = Table(
    "class_done",
    ("image_id", "label"),
    ("image_id", "label"),
    lambda mark: {"image_id": mark.image_id, "label": mark.label},
    lambda row, _: ClassDone(row["image_id"], row["label"]),
)


def _load_status(row: Mapping[str, Any], _: GeometryByHash) -> ImageStatus:
    return ImageStatus(
        image_id=row["image_id"],
        tags=State(row["tags"]),
        shapes=State(row["shapes"]),
        split=Split(row["split"]) if row["split"] else None,
        removed=bool(row["removed"]),
        note=row["note"],
    )


IMAGE_STATUS = Table(
    "image_status",
    ("image_id",),
    ("image_id", "tags", "shapes", "split", "removed", "note"),
    lambda status: {
        "image_id": status.image_id,
        "tags": str(status.tags),
        "shapes": str(status.shapes),
        "split": str(status.split) if status.split else None,
        "removed": int(status.removed),
        "note": status.note,
    },
    _load_status,
)

SETTING = Table(
    "setting",
    ("key",),
    ("key", "value"),
    lambda setting: {"key": setting.key, "value": setting.value},
    lambda row, _: Setting(row["key"], row["value"]),
)

VERDICT = Table(
    "verdict",
    ("proposal_id",),
    ("proposal_id", "image_id", "run", "decision"),
    lambda verdict: {
        "proposal_id": verdict.proposal_id,
        "image_id": verdict.image_id,
        "run": verdict.run,
        "decision": str(verdict.decision),
    },
    lambda row, _: Verdict(
        row["proposal_id"], row["image_id"], row["run"], Decision(row["decision"])
    ),
)

BY_TYPE: Mapping[type, Table] = {
    Shape: SHAPE,
    Label: LABEL,
    MergedLabel: MERGED_LABEL,
    TagGroup: TAG_GROUP,
    Tag: TAG,
    ClassDone: CLASS_DONE,
    ImageStatus: IMAGE_STATUS,
    Setting: SETTING,
    Verdict: VERDICT,
}
BY_NAME: Mapping[str, Table] = {table.name: table for table in BY_TYPE.values()}


def table_of(row: Row) -> Table:
    """The table that ``row`` lives in."""
    return BY_TYPE[type(row)]
