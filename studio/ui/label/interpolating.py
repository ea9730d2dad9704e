"""Filling the images between two key frames, from the selected shape back to an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject

from studio.domain.shapes import Mask, Shape
from studio.editing import interpolating
from studio.editing.interpolating import Gap
from studio.errors import EditConflict
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
            document.failed.emit(
                EditConflict(
                    "Select the later of two shapes first: the images between them are filled in."
                )
            )
            return
        gaps = self._gaps(shapes)
        images = {image_id for gap in gaps for image_id in gap.images}
        ids = document.reserve_ids("shape", sum(len(gap.images) for gap in gaps))
        fill = partial(interpolating.fill, gaps, document.reader.statuses(images), ids)
        # Masks are morphed pixel by pixel.
        slow = any(isinstance(gap.last.geometry, Mask) for gap in gaps)
        if gaps:
            said = self.tr("%n shape(s) put on the images before this one", "", len(ids))
            document.apply_made(fill, slow=slow, then=lambda _: self._canvas.say(said))

    def _gaps(self, shapes: Iterable[Shape]) -> list[Gap]:
        """The gap before each shape; where there is none, a sentence says why."""
        reader, found = self._document.reader, list[Gap]()
        moments = interpolating.moments_around(reader, self._document.image_id)
        for shape in shapes:
            try:
                found.append(interpolating.gap_before(reader, shape, moments))
            except EditConflict as error:
                self._document.failed.emit(error)
        return found
