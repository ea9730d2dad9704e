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

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from studio.domain.edits import Title
from studio.domain.shapes import Point
from studio.errors import ProjectError
from studio.storage import packing, runs
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas.scene import NewShape
from studio.ui.canvas.tools.draft import DraftTool
from studio.ui.wording import messages

FILE = "unfinished.json"

PAUSE_MS = 1000
"""Points that are set one after the other are written once, after this pause."""

KEYS = {"polygon": "polygons", "line": "lines", "scissors": "scissors"}
"""Tools that leave drafts, and the names under which the file holds these."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """By image id: ``shapes`` without a class; by tool and image id: the points of ``drafts``."""

    drafts: Mapping[str, Mapping[int, Sequence[Point]]] = field(default_factory=dict)
    shapes: Mapping[int, NewShape] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(any(self.drafts.values()) or self.shapes)


def drafting(canvas: Canvas) -> list[DraftTool]:
    """The tools that leave a draft on an image."""
    tools = (canvas.tools[name] for name in KEYS)
    return [tool for tool in tools if isinstance(tool, DraftTool)]


def open_draft(canvas: Canvas) -> DraftTool | None:
    """The tool with which something was begun on this image and not finished."""
    return next((tool for tool in drafting(canvas) if tool.busy), None)


def bring_back(canvas: Canvas) -> list[int]:
    """Put what the project kept back on its images; the ids of these."""
    kept, reader = load(canvas.document.project), canvas.document.reader
    waiting = (*(i for of_kind in kept.drafts.values() for i in of_kind), *kept.shapes)
    images = [i for i in dict.fromkeys(waiting) if reader.image(i)]
    for tool in drafting(canvas):
        of_kind = kept.drafts.get(tool.id, {})
        tool.drafts |= {i: list(points) for i, points in of_kind.items() if i in images}
    canvas.scene.unnamed_by_image |= {i: s for i, s in kept.shapes.items() if i in images}
    return images


def put_by(canvas: Canvas) -> None:
    """Have the project keep what is unfinished on any of its images; see ``keep``."""
    drafts = {
        tool.id: {image_id: points for image_id, points in tool.drafts.items() if points}
        for tool in drafting(canvas)
    }
    keep(canvas.document.project, Unfinished(drafts, canvas.scene.unnamed_by_image))


class UnfinishedSaver(QObject):
    """Has on disk what is unfinished on ``canvas``: nobody knows how the program will end.

    It is written when the hand rests and when another image is shown. What has become a label, or
    was given up, is taken from the disk at once: it must not come back.
    """

    def __init__(self, canvas: Canvas, window: QWidget) -> None:
        super().__init__(window)
        self._canvas = canvas
        self._window = window
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        canvas.scene.draft_changed.connect(self._follow)
        canvas.scene.unnamed_changed.connect(self._follow)
        canvas.document.image_shown.connect(self.keep)
        canvas.document.changed.connect(self._drop_finished)

    @Slot()
    def keep(self) -> None:
        """Write it down now; where that cannot be done, say why."""
        self._pause.stop()
        messages.attempt(self._window, lambda: put_by(self._canvas))

    def _follow(self) -> None:
        if open_draft(self._canvas) or self._canvas.scene.unnamed:
            self._pause.start()
        else:
            self._drop_finished()

    def _drop_finished(self) -> None:
        if is_kept(self._canvas.document.project):
            self.keep()


def is_kept(project: Path) -> bool:
    """Whether something waits in a project."""
    return (project / FILE).exists()


def load(project: Path) -> Unfinished:
    """What waits in a project; nothing where nothing was kept or it cannot be read."""
    try:
        stored = json.loads((project / FILE).read_text(encoding="utf-8"))
        drafts = {tool: _drafts(stored[key]) for tool, key in KEYS.items() if key in stored}
        shapes = {
            int(image_id): _shape(int(image_id), s) for image_id, s in stored["shapes"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error, binascii.Error):
        return Unfinished()
    return Unfinished({tool: found for tool, found in drafts.items() if found}, shapes)


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
        **{
            key: {
                str(image_id): [list(point) for point in points]
                for image_id, points in unfinished.drafts.get(tool, {}).items()
            }
            for tool, key in KEYS.items()
        },
        "shapes": {
            str(image_id): {
                "title": shape.title.value,
                "geometry": base64.b64encode(packing.pack(shape.geometry)).decode("ascii"),
            }
            for image_id, shape in unfinished.shapes.items()
        },
    }


def _drafts(stored: Mapping[str, Any]) -> dict[int, list[Point]]:
    return {
        int(image_id): [(float(x), float(y)) for x, y in points]
        for image_id, points in stored.items()
        if points
    }


def _shape(image_id: int, stored: Mapping[str, str]) -> NewShape:
    geometry = packing.unpack(base64.b64decode(stored["geometry"]))
    return NewShape(image_id, Title(stored["title"]), geometry)
