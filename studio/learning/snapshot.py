"""The frozen data set of a run: what it learned from, whatever became of the project since.

Written to ``dataset.json`` in the run's folder. Pixel frames are those of ``domain.shapes``.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from studio.domain import geometry as geo
from studio.domain.labels import Label
from studio.domain.places import assigned, places_for
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.domain.shapes import Box, Geometry, Mask, Part, Points, Polygon, Polyline, RotatedBox
from studio.errors import RunError, Sentence
from studio.storage import runs


@dataclass(frozen=True, slots=True)
class Truth:
    """One object as the task sees it; ``ignore`` regions are neither object nor background.

    ``box`` is how far the object of keypoints reaches, which these alone do not say.
    """

    label: str
    geometry: Geometry
    ignore: bool = False
    box: Box | None = None

    @property
    def bounds(self) -> Box:
        """The object's box in image pixels."""
        return self.box or geo.bounds(self.geometry)

    def moved(self, dx: int, dy: int) -> Truth:
        """The same elsewhere."""
        b = self.box
        box = b and Box(b.x0 + dx, b.y0 + dy, b.x1 + dx, b.y1 + dy)
        return replace(self, geometry=geo.translate(self.geometry, dx, dy), box=box)


@dataclass(frozen=True, slots=True)
class FrozenImage:
    """One image of a snapshot.

    ``path`` is absolute, ``relative`` the path within its root, ``width`` and ``height`` are of
    the upright image in pixels. ``tags`` (classify) and the labels of ``truths`` are label ids.
    ``unknown`` are ids of labels that may be on the image unsaid: neither there nor absent.
    """

    id: int
    path: str
    relative: str
    hash: str
    width: int
    height: int
    split: Split
    tags: tuple[str, ...] = ()
    truths: tuple[Truth, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An image, or something on it, that training passes over, and why."""

    file: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a run learns from. The order of ``labels`` is the order of a model's classes."""

    task: Task
    labels: tuple[Label, ...]
    images: tuple[FrozenImage, ...]
    multi_label: bool = False
    grey: Mapping[str, str] | None = None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """What the keypoints are called, in the order of a model's outputs; () without any."""
        return tuple(places_for(self.keypoints()))

    def places_of_labels(self) -> dict[str, tuple[int, ...]]:
        """Which places the objects of each label show, by its id."""
        places, found = self.places, dict[str, set[int | None]]()
        for label, points in self._labelled_keypoints():
            found.setdefault(label, set()).update(assigned(points, places))
        return {
            label: tuple(sorted(place for place in seen if place is not None))
            for label, seen in found.items()
        }

    def keypoints(self) -> Iterator[Points]:
        """The keypoints of every object."""
        return (points for _, points in self._labelled_keypoints())

    def _labelled_keypoints(self) -> Iterator[tuple[str, Points]]:
        for image in self.images:
            for truth in image.truths:
                if isinstance(truth.geometry, Points):
                    yield truth.label, truth.geometry

    def of(self, split: Split) -> tuple[FrozenImage, ...]:
        """The images of one split."""
        return tuple(image for image in self.images if image.split is split)

    def without(self, left_out: Mapping[int, LeftOut]) -> Snapshot:
        """A copy that leaves out images by id, with the reason of each."""
        if not left_out:
            return self
        return replace(
            self,
            images=tuple(image for image in self.images if image.id not in left_out),
            left_out=(*self.left_out, *left_out.values()),
        )


def write(folder: Path, snapshot: Snapshot) -> None:
    """Write ``dataset.json`` in a run's folder."""
    value = {
        "task": snapshot.task,
        "labels": [
            {"id": label.id, "name": label.name, "color": label.color} for label in snapshot.labels
        ],
        "multi_label": snapshot.multi_label,
        "grey": dict(snapshot.grey or {}),
        "images": [_image_to_json(image) for image in snapshot.images],
        "left_out": [
            {"file": each.file, "sentence": str(each.sentence), **each.sentence.to_json()}
            for each in snapshot.left_out
        ],
    }
    runs.write_json(folder / runs.DATASET, value, compact=True)


def read(folder: Path) -> Snapshot:
    """The snapshot in a run's folder.

    Raises:
        RunError: it is missing or unreadable.
    """
    path = folder / runs.DATASET
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        return Snapshot(
            task=Task(value["task"]),
            labels=tuple(
                Label(item["id"], item["name"], item["color"], position)
                for position, item in enumerate(value["labels"])
            ),
            images=tuple(_image_from_json(item) for item in value["images"]),
            multi_label=bool(value["multi_label"]),
            grey=value["grey"],
            left_out=tuple(
                LeftOut(item["file"], Sentence.told(item)) for item in value["left_out"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(
            "The frozen data set of run {run} cannot be read: {reason}.",
            run=folder.name,
            reason=error,
        ) from error


def _image_to_json(image: FrozenImage) -> dict[str, Any]:
    return {
        "id": image.id,
        "path": image.path,
        "relative": image.relative,
        "hash": image.hash,
        "width": image.width,
        "height": image.height,
        "split": image.split,
        "tags": list(image.tags),
        "unknown": list(image.unknown),
        "shapes": [
            {"label": t.label, "ignore": t.ignore, **geometry_to_json(t.geometry)}
            | ({"around": geometry_to_json(t.box)["box"]} if t.box else {})
            for t in image.truths
        ],
    }


def _image_from_json(value: Mapping[str, Any]) -> FrozenImage:
    return FrozenImage(
        id=value["id"],
        path=value["path"],
        relative=value["relative"],
        hash=value["hash"],
        width=value["width"],
        height=value["height"],
        split=Split(value["split"]),
        tags=tuple(value["tags"]),
        truths=tuple(
            Truth(
                item["label"],
                geometry_from_json(item),
                item["ignore"],
                Box(*item["around"]) if "around" in item else None,
            )
            for item in value["shapes"]
        ),
        unknown=tuple(value.get("unknown", ())),  # runs of earlier versions have none
    )


def geometry_to_json(geometry: Geometry) -> dict[str, Any]:
    """Geometry as JSON: ``box``, ``rotated_box``, ``polygon`` (parts of rings), ``mask`` or
    ``points``.

    Raises:
        TypeError: it is a line, which no task learns from.
    """
    match geometry:
        case Box(x0, y0, x1, y1):
            return {"box": [x0, y0, x1, y1]}
        case RotatedBox(cx, cy, width, height, angle_deg):
            return {"rotated_box": [cx, cy, width, height, angle_deg]}
        case Polygon(parts):
            return {"polygon": [[part.outer, *part.holes] for part in parts]}
        case Mask(x, y, width, height, runs_):
            return {
                "mask": [x, y, width, height],
                "runs": base64.b64encode(runs_).decode("ascii"),
            }
        case Points(points, occluded, names):
            return {"points": points, "occluded": sorted(occluded), "names": names}
        case Polyline():
            raise TypeError("lines belong to no snapshot")


def geometry_from_json(value: Mapping[str, Any]) -> Geometry:
    """Read what ``geometry_to_json`` wrote.

    Raises:
        KeyError: there is no geometry in it.
    """
    if "box" in value:
        return Box(*value["box"])
    if "rotated_box" in value:
        return RotatedBox(*value["rotated_box"])
    if "mask" in value:
        x, y, width, height = value["mask"]
        return Mask(x, y, width, height, _runs(value["runs"]))
    if "points" in value:
        points = tuple((float(x), float(y)) for x, y in value["points"])
        return Points(points, frozenset(value["occluded"]), tuple(value["names"]))
    return Polygon(tuple(_part(rings) for rings in value["polygon"]))


def _runs(value: str | list[int]) -> bytes:
    """A mask's runs; earlier versions wrote them number by number."""
    if isinstance(value, str):
        return base64.b64decode(value, validate=True)
    return np.asarray(value, dtype="<u4").tobytes()


def _part(rings: list[list[list[float]]]) -> Part:
    outer, *holes = (tuple((float(x), float(y)) for x, y in ring) for ring in rings)
    return Part(outer, tuple(holes))
