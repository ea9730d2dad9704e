"""Which picture the canvas shows: asked for by image, decoded elsewhere, or a reason why not.

How it is looked at (tone, and the levels of a deep image) is a matter of this view: what models
and exports see is the project's mapping, and no tone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from studio.domain.project import Image
from studio.domain.shapes import Box
from studio.errors import ImageProblem
from studio.ui.canvas.layers import PictureLayer
from studio.ui.canvas.picture import Picture, PictureLoader, Source
from studio.ui.canvas.tile_reader import TileReader
from studio.ui.document import Document
from studio.ui.wording.messages import sentence
from studio.vision.images import GreyMapping, mapping_of
from studio.vision.tone import UNCHANGED, Table, Tone, window_table

Stored = Callable[[Path, GreyMapping | None], NDArray[np.uint8] | None]
"""Gives a small picture of a file as (h, w, 3) uint8 RGB, or None; called on any thread."""

LATE_MS = 400
"""A picture of which nothing is there by then is late."""

SETTLE_MS = 120
"""Levels that stood still for so long are worth another decode."""


class Showing(QObject):
    """Fetches the shown image's picture for ``layer``, and its neighbours' ahead of time.

    ``problem`` is the sentence that says why there is no picture, or "". ``neighbours`` gives
    the ids of the images that are likely to be shown next, the likeliest first. ``tone`` and
    ``levels`` (the raw values shown, None for the project's mapping) are how it is looked at.

    Signals:
        changed(): a picture (reduced or whole) has come, or the problem is known.
        late(): nothing of the picture has come for a while.
        sharpened(Box): here, in image pixels, more of the picture can be seen.
        progressed(float): the share (0 to 1) of a huge picture that was looked through once.
    """

    changed = Signal()
    late = Signal()
    sharpened = Signal(object)
    progressed = Signal(float)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tiles = TileReader(self)
        self._tiles.arrived.connect(self._sharpen)
        self._tiles.progressed.connect(self.progressed)
        self._tiles.completed.connect(self.changed)
        self._tiles.failed.connect(self._say)
        self.layer = PictureLayer(self._tiles)
        self.problem = ""
        self.picture: Picture | None = None
        self.neighbours: Callable[[int], Sequence[int]] = lambda image_id: ()
        self.tone = UNCHANGED
        self.levels: GreyMapping | None = None
        self._document = document
        self._image: Image | None = None
        self._source: Source | None = None
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(lambda: self.fetch(self._image))
        self._patience = QTimer(self, singleShot=True, interval=LATE_MS)
        self._patience.timeout.connect(self.late)
        self._loader = PictureLoader(self)
        self._loader.arrived.connect(self._receive)

    @property
    def shows_whole(self) -> bool:
        """Whether the picture is there in full, not only reduced or on its way."""
        return self.picture is not None and self.picture.whole

    @property
    def is_late(self) -> bool:
        """Whether nothing of the picture is there, and has not been for a while."""
        is_awaited = self._image is not None and not self.problem and self.picture is None
        return is_awaited and not self._patience.isActive()

    @property
    def decoded(self) -> Picture | None:
        """The picture for tools to work on: reduced or whole, but no thumbnail."""
        return None if self.picture is None or self.picture.is_thumbnail else self.picture

    def close(self) -> None:
        """Wait for a decode under way; no picture will come any more."""
        self._settled.stop()
        self._patience.stop()
        self._tiles.close()
        self._loader.close()

    def look_up(self, stored: Stored) -> None:
        """Show what ``stored`` has of a large image until more of it has been decoded."""
        self._loader.stored = lambda source: stored(source.path, source.mapping)

    def show(self, image: Image | None) -> None:
        """Show another image, or none."""
        self._source, self.picture = None, None
        self.problem = image.problem if image else ""
        self.layer.show(None)
        self._tiles.follow(None)
        self._patience.start()
        self.fetch(image)

    def fetch(self, image: Image | None) -> None:
        """Have the picture decoded if need be, and then its neighbours; what is shown stays."""
        self._image = image
        self._settled.stop()
        if image is None or image.problem:
            return
        reader = self._document.reader
        ids = [image.id, *(each for each in self.neighbours(image.id) if each != image.id)]
        images = reader.images(ids)
        mapping = self.levels or mapping_of(reader.settings())
        sources = [
            Source(reader.path_of(images[i]), images[i].mtime_ns, mapping)
            for i in ids
            if not images[i].problem
        ]
        self._source = sources[0]
        # Where the whole picture is there with other levels, a reduced one would be a step back.
        size = image.width, image.height
        self._loader.show(sources[0], size, sources[1:], at_once=self.shows_whole)

    def _receive(self, source: Source, result: Picture | ImageProblem) -> None:
        if source != self._source:
            return
        self.picture = None if isinstance(result, ImageProblem) else result
        self.problem = sentence(result) if isinstance(result, ImageProblem) else ""
        self.layer.show(self.picture)
        self.layer.adjust(self.table)
        self._tiles.follow(self.picture.tiles if self.picture else None)
        self.changed.emit()

    def _sharpen(self, box: Box) -> None:
        self.layer.invalidate(box)
        self.sharpened.emit(box)

    def _say(self, problem: ImageProblem) -> None:
        self.problem = sentence(problem)
        self.changed.emit()

    # How it is looked at ----------------------------------------------------------------------

    @property
    def table(self) -> Table | None:
        """What the greys of ``picture`` are sent through; None where they are shown as they are.

        Until a deep image has been read again with other levels, these are made of its 8 bits.
        """
        shown = self.picture.mapping if self.picture else None
        table = self.tone.table() if self.tone != UNCHANGED else None
        if shown is None or self.levels is None or self.levels == shown:
            return table
        window = window_table(shown, self.levels)
        return window if table is None else table[window]

    def set_tone(self, tone: Tone) -> None:
        """Show the picture lighter, darker, harder or softer."""
        self.tone = tone
        self.layer.adjust(self.table)

    def set_levels(self, levels: GreyMapping | None) -> None:
        """Show other raw values of images deeper than 8 bits; None for those of the project."""
        if levels != self.levels:
            self.levels = levels
            self.layer.adjust(self.table)
            self._settled.start()
