"""Finding objects across images: every shape of a class, in an order that SQL makes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from studio.domain.shapes import Box
from studio.storage.reader import Reader


class ObjectOrder(StrEnum):
    """What a list of objects is sorted by."""

    IMAGE = "image"
    SMALLEST = "smallest"
    LARGEST = "largest"
    NARROWEST = "narrowest"
    """Width over height, the tallest first."""
    WIDEST = "widest"
    LEAST_SURE = "least_sure"
    """By the score of what a model proposed; what a human drew comes last."""


_ORDERS: Mapping[ObjectOrder, str] = {
    ObjectOrder.IMAGE: "image.path, shape.z, shape.id",
    ObjectOrder.SMALLEST: "shape.area, shape.id",
    ObjectOrder.LARGEST: "shape.area DESC, shape.id",
    ObjectOrder.NARROWEST: "(x1 - x0) / max(y1 - y0, 1e-9), shape.id",
    ObjectOrder.WIDEST: "(x1 - x0) / max(y1 - y0, 1e-9) DESC, shape.id",
    ObjectOrder.LEAST_SURE: "score IS NULL, score, shape.id",
}


@dataclass(frozen=True, slots=True)
class Object:
    """One shape as a list shows it; ``box`` is its bounds in image pixels."""

    id: int
    image_id: int
    label: str
    box: Box
    score: float | None = None


def find(reader: Reader, label_id: str, order: ObjectOrder) -> list[int]:
    """Ids of the shapes of a class, of all classes for "", on images that are not removed."""
    condition = "AND shape.label = ?" if label_id else ""
    [row] = reader.select(
        "SELECT json_group_array(id) FROM (SELECT shape.id AS id FROM shape"
        " JOIN image ON image.id = shape.image_id"
        " JOIN image_status ON image_status.image_id = image.id"
        f" WHERE NOT removed {condition} ORDER BY {_ORDERS[order]})",
        [label_id] if label_id else [],
    )
    return json.loads(row[0])


def objects(reader: Reader, shape_ids: Iterable[int]) -> dict[int, Object]:
    """What lists show of each shape, by id; ask for a few hundred at a time."""
    ids = list(shape_ids)
    marks = ", ".join("?" * len(ids))
    rows = reader.select(
        f"SELECT id, image_id, label, x0, y0, x1, y1, score FROM shape WHERE id IN ({marks})", ids
    )
    return {
        row["id"]: Object(
            row["id"],
            row["image_id"],
            row["label"],
            Box(row["x0"], row["y0"], row["x1"], row["y1"]),
            row["score"],
        )
        for row in rows
    }
