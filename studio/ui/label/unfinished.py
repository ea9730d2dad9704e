"""What was begun and not finished when the project was closed: it waits in the project's folder.

Closing never asks and never loses work, so a polygon that is still open, or a shape that has no
class yet, is neither stored as a label nor thrown away.
"""

from __future__ import annotations

import base64
import binascii
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.domain.edits import Title
from studio.domain.shapes import Point
from studio.errors import ProjectError
from studio.storage import packing, runs
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas.scene import NewShape

FILE = "unfinished.json"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """By image id: the vertices of ``polygons`` that are not closed, ``shapes`` without a class."""

    polygons: Mapping[int, Sequence[Point]] = field(default_factory=dict)
    shapes: Mapping[int, NewShape] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.polygons or self.shapes)


def bring_back(canvas: Canvas) -> list[int]:
    """Put what the project kept back on its images; the ids of these."""
    kept, reader = load(canvas.document.project), canvas.document.reader
    images = [i for i in (*kept.polygons, *kept.shapes) if reader.image(i)]
    canvas.polygon.drafts |= {i: list(p) for i, p in kept.polygons.items() if i in images}
    canvas.scene.unnamed_by_image |= {i: s for i, s in kept.shapes.items() if i in images}
    return images


def put_by(canvas: Canvas) -> None:
    """Have the project keep what is unfinished on any of its images; see ``keep``."""
    made = Unfinished(canvas.polygon.drafts, canvas.scene.unnamed_by_image)
    keep(canvas.document.project, made)


def load(project: Path) -> Unfinished:
    """What waits in a project; nothing where nothing was kept or it cannot be read."""
    try:
        stored = json.loads((project / FILE).read_text(encoding="utf-8"))
        polygons = {
            int(image_id): [(float(x), float(y)) for x, y in points]
            for image_id, points in stored["polygons"].items()
            if points
        }
        shapes = {
            int(image_id): _shape(int(image_id), s) for image_id, s in stored["shapes"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error, binascii.Error):
        return Unfinished()
    return Unfinished(polygons, shapes)


def keep(project: Path, unfinished: Unfinished) -> None:
    """Have a project keep what is unfinished until it is opened again.

    Raises:
        ProjectError: the file cannot be written.
    """
    path = project / FILE
    try:
        if unfinished:
            runs.write_json(path, _values(unfinished))
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise ProjectError(
            "What was begun and not finished could not be kept in {path}: {reason}",
            path=path,
            reason=error.strerror or error,
        ) from error


def _values(unfinished: Unfinished) -> dict[str, Any]:
    return {
        "polygons": {str(i): [list(point) for point in p] for i, p in unfinished.polygons.items()},
        "shapes": {
            str(image_id): {
                "title": shape.title.value,
                "geometry": base64.b64encode(packing.pack(shape.geometry)).decode("ascii"),
            }
            for image_id, shape in unfinished.shapes.items()
        },
    }


def _shape(image_id: int, stored: Mapping[str, str]) -> NewShape:
    geometry = packing.unpack(base64.b64decode(stored["geometry"]))
    return NewShape(image_id, Title(stored["title"]), geometry)
