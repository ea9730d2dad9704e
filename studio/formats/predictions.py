"""Predictions as files for other programs: CSV and COCO JSON.

A prediction is a mapping as ``learning.events.ImagePredicted`` describes it; boxes are x, y,
width, height in upright image pixels.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

from studio.domain.places import LEAST_SURE, places_for
from studio.domain.shapes import Points
from studio.errors import FormatError
from studio.formats.keypoints import fields_for
from studio.storage.runs import put_in_place, write_json
from studio.vision import rle

Prediction = Mapping[str, Any]

TAG_COLUMNS = ("file", "label", "score")
OBJECT_COLUMNS = ("file", "label", "score", "x", "y", "width", "height")
POINT_COLUMNS = (*OBJECT_COLUMNS, "object", "point", "point_x", "point_y", "point_score")
"""``object`` counts the objects of an image from 1."""


def write_csv(path: Path, predictions: Iterable[Prediction]) -> None:
    """One line a tag, an object or, where objects have points, a point.

    UTF-8 with a byte order mark, so that Excel reads the names. What was there stays until all is
    written.

    Raises:
        FormatError: the file cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}.new")
    try:
        with closing(CsvTable(unfinished, path)) as table:
            for prediction in predictions:
                table.write(prediction)
        put_in_place(unfinished, path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


class CsvTable:
    """A table as ``write_csv`` writes it, prediction by prediction; to be closed.

    Errors call the file ``name`` where it is to have another in the end.

    Raises, as ``write`` and ``close`` do:
        FormatError: the file cannot be written.
    """

    def __init__(self, path: Path, name: Path | None = None) -> None:
        self._name = name or path
        self._has_head = False
        try:
            self._file = path.open("w", encoding="utf-8-sig", newline="")
        except OSError as error:
            raise _cannot_write(self._name, error) from error
        self._writer = csv.writer(self._file)

    def write(self, prediction: Prediction) -> None:
        """Add the lines of a prediction; the first that has any tells which columns there are."""
        try:
            if not self._has_head and (columns := _columns(prediction)):
                self._write_head(columns)
            self._writer.writerows(_lines(prediction))
        except OSError as error:
            raise _cannot_write(self._name, error) from error

    def close(self) -> None:
        """Write what is left."""
        try:
            if not self._has_head:
                self._write_head(OBJECT_COLUMNS)
            self._file.close()
        except OSError as error:
            raise _cannot_write(self._name, error) from error

    def _write_head(self, columns: Sequence[str]) -> None:
        self._writer.writerow(columns)
        self._has_head = True


def _columns(prediction: Prediction) -> Sequence[str]:
    """What its lines hold; nothing where it has none."""
    if "scores" in prediction:
        return TAG_COLUMNS
    first = next(iter(prediction["objects"]), None)
    return () if first is None else POINT_COLUMNS if "keypoints" in first else OBJECT_COLUMNS


def _lines(prediction: Prediction) -> Iterable[Sequence[object]]:
    file = prediction["file"]
    if "scores" in prediction:
        for label, score in sorted(prediction["scores"].items(), key=lambda item: -item[1]):
            yield file, label, f"{score:.4f}"
    else:
        for number, each in enumerate(prediction["objects"], start=1):
            box = (f"{value:.2f}" for value in each["bbox"])
            line = (file, each["label"], f"{each['score']:.4f}", *box)
            if "keypoints" not in each:
                yield line
            for point in each.get("keypoints", ()):
                at = (f"{point[axis]:.2f}" for axis in "xy")
                yield *line, number, point["name"], *at, f"{point['score']:.4f}"


def write_coco(path: Path, predictions: Iterable[Prediction], labels: Sequence[str]) -> None:
    """A COCO file of images, categories (1, 2, ... in the order of ``labels``), annotations.

    Tags become annotations without a box, with their score. Points that the model is hardly sure
    of count as not marked.

    Raises:
        FormatError: the file cannot be written.
    """
    found = list(predictions)
    names = list(labels)
    names += sorted({name for each in found for name in _names(each)} - set(names))
    category = {name: number for number, name in enumerate(names, start=1)}
    places = _places(found)
    annotations: list[dict[str, Any]] = []
    for number, prediction in enumerate(found, start=1):
        for each in _annotations(prediction, category, places):
            annotations.append({"id": len(annotations) + 1, "image_id": number, **each})
    document = {
        "images": [
            {
                "id": number,
                "file_name": each["file"],
                "width": each["width"],
                "height": each["height"],
            }
            for number, each in enumerate(found, start=1)
        ],
        "categories": [
            {"id": number, "name": name} | ({"keypoints": places[name]} if name in places else {})
            for name, number in category.items()
        ],
        "annotations": annotations,
    }
    try:
        write_json(path, document, compact=True)
    except OSError as error:
        raise _cannot_write(path, error) from error


def _names(prediction: Prediction) -> Iterable[str]:
    if "scores" in prediction:
        return prediction["scores"]
    return (each["label"] for each in prediction["objects"])


def _places(predictions: Iterable[Prediction]) -> dict[str, list[str]]:
    """What the points of each class are called."""
    found: dict[str, list[Points]] = {}
    for prediction in predictions:
        for each in prediction.get("objects", ()):
            if "keypoints" in each:
                found.setdefault(each["label"], []).append(_points(each["keypoints"]))
    return {label: places_for(points) for label, points in found.items()}


def _points(told: Sequence[Mapping[str, Any]]) -> Points:
    return Points(
        tuple((point["x"], point["y"]) for point in told),
        names=tuple(point["name"] for point in told),
    )


def _annotations(
    prediction: Prediction, category: Mapping[str, int], places: Mapping[str, Sequence[str]]
) -> Iterable[dict[str, Any]]:
    if "scores" in prediction:
        for name, score in prediction["scores"].items():
            yield {"category_id": category[name], "score": score}
        return
    for each in prediction["objects"]:
        _, _, width, height = each["bbox"]
        annotation = {
            "category_id": category[each["label"]],
            "bbox": list(each["bbox"]),
            "area": width * height,
            "iscrowd": 0,
            "score": each["score"],
        }
        if each.get("segmentation"):
            annotation["segmentation"] = each["segmentation"]
            annotation["area"] = int(rle.decode_bitmap(each["segmentation"]).sum())
        if "keypoints" in each:
            sure = [point for point in each["keypoints"] if point["score"] >= LEAST_SURE]
            annotation |= fields_for(_points(sure), places[each["label"]])
        yield annotation


def _cannot_write(path: Path, error: OSError) -> FormatError:
    return FormatError("Cannot write {file}: {reason}.", file=path, reason=error.strerror)
