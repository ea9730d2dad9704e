"""Filling the images between two key frames, from the selected shape back to an earlier one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from studio.editing import interpolating
from studio.errors import EditConflict, StudioError
from studio.ui.canvas.canvas import Canvas


class Interpolating(QObject):
    """One action: what lies between becomes one edit."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = canvas.document

    def calls(self) -> dict[str, Callable[[], object]]:
        """The action by its name."""
        return {"interpolate": self.interpolate}

    def interpolate(self) -> None:
        """Fill the gap before each selected shape."""
        document = self._document
        shapes = self._canvas.scene.selected()
        if not shapes:
            document.failed.emit(EditConflict("Select the shape at the end of the gap first."))
            return
        made = 0
        try:
            frames = interpolating.frames_around(document.reader, document.image_id)
            for shape in shapes:
                gap = interpolating.gap_before(document.reader, shape, frames)
                ids = document.reserve_ids("shape", len(gap.images))
                if document.apply(interpolating.fill(document.reader, gap, ids)):
                    made += len(gap.images)
        except StudioError as error:
            document.failed.emit(error)
        if made:
            self._canvas.say(self.tr("%n shape(s) put on the images before this one", "", made))
