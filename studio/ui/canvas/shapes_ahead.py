"""The shapes of images that are likely to be shown next, or are many, read on a thread.

Reading 5,000 polygons and making what is painted of them takes a fifth of a second. What was read
is shown only where the project still says the same: one text holds all that it says of an
image's shapes, and comparing two takes a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPainterPath

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Geometry, Mask, Points, Shape
from studio.storage import shape_text
from studio.storage.reader import Reader
from studio.ui.canvas import long_outlines, painting
from studio.ui.canvas.picture import PAINTED_MS
from studio.ui.document import Document
from studio.ui.threads.hand_over import to_window

Outlines = dict[int, tuple[Geometry, QPainterPath]]
"""By a shape's id: a geometry, and the path that is painted of it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The shapes of an image from bottom to top, the box around each, and those as an array.

    ``bounds`` is (N, 4) float64: x0, y0, x1, y1. ``text`` is that of ``shapes_as_text``, and
    ``outlines`` are those that have been made so far.
    """

    shapes: tuple[Shape, ...]
    boxes: tuple[Box, ...]
    bounds: NDArray[np.float64]
    text: str = ""
    outlines: Outlines = field(default_factory=dict[int, tuple[Geometry, QPainterPath]])

    @classmethod
    def of(cls, shapes: tuple[Shape, ...], text: str = "") -> Self:
        """Work the boxes out."""
        boxes = tuple(geo.bounds(shape.geometry) for shape in shapes)
        return cls(shapes, boxes, as_array(boxes), text)


def as_array(boxes: Iterable[Box]) -> NDArray[np.float64]:
    """Boxes as (N, 4) float64: x0, y0, x1, y1."""
    rows = [(box.x0, box.y0, box.x1, box.y1) for box in boxes]
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


class ShapesAhead(QObject):
    """Reads images' shapes before they are shown; keeps those of the images last asked for.

    Signals:
        arrived(int): the shapes of this image have been read, or could not be.
    """

    arrived = Signal(int)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="shapes")
        self._reader: Reader | None = None
        self._kept: dict[int, Drawn] = {}
        self._pending: dict[int, Future[Drawn]] = {}
        self._wanted: dict[int, None] = {}
        self._is_closed = False
        self._painted = QTimer(self, singleShot=True, interval=PAINTED_MS)
        self._painted.timeout.connect(self._submit)

    def read(self, image_ids: Iterable[int]) -> None:
        """Have these images' shapes read, the first one first; those of others are forgotten.

        Both once the image at hand has been painted: even to forget 1,000 shapes takes a while.
        """
        self._want(image_ids)
        self._painted.start()

    def read_at_once(self, image_id: int) -> None:
        """Have this image's shapes read, for it is shown already."""
        self._want([image_id])
        self._have_read(image_id)

    def finish(self, image_id: int) -> None:
        """Wait for this image's shapes if they are being read at this moment."""
        future = self._pending.get(image_id)
        if future is None:
            return
        if future.cancel():  # others come first
            del self._pending[image_id]
        elif future.exception() is None:
            self._kept[image_id] = future.result()

    def _want(self, image_ids: Iterable[int]) -> None:
        self._wanted = dict.fromkeys(image_ids)
        for image_id, future in list(self._pending.items()):
            if image_id not in self._wanted and future.cancel():
                self._pending.pop(image_id, None)

    def _submit(self) -> None:
        self._kept = {i: drawn for i, drawn in self._kept.items() if i in self._wanted}
        for image_id in self._wanted:
            self._have_read(image_id)

    def _have_read(self, image_id: int) -> None:
        if image_id not in self._pending and not self._is_closed:
            future = self._pool.submit(self._read, image_id, self._kept.get(image_id))
            self._pending[image_id] = future
            future.add_done_callback(to_window(self, partial(self._keep, image_id)))

    def has(self, image_id: int) -> bool:
        """Whether this image's shapes have been read and nothing more is to come of them."""
        return image_id in self._kept and image_id not in self._pending

    def take(self, image_id: int) -> Drawn | None:
        """What was read of an image, if that is what the project says now."""
        drawn, reader = self._kept.get(image_id), self._document.reader
        if drawn is None or drawn.text != shape_text.shapes_as_text(reader, image_id):
            return None
        return drawn

    def close(self) -> None:
        """Wait for what is being read, and end the thread."""
        if not self._is_closed:
            self._is_closed = True
            self._painted.stop()
            self._pool.shutdown(wait=True, cancel_futures=True)
            if self._reader is not None:
                self._reader.close()

    def _keep(self, image_id: int, future: Future[Drawn]) -> None:
        if future.cancelled():
            return
        self._pending.pop(image_id, None)
        if image_id in self._wanted:
            if future.exception() is None:
                self._kept[image_id] = future.result()
            self.arrived.emit(image_id)  # if it failed, too: whoever waits reads for himself

    # On the thread -------------------------------------------------------------------------

    def _read(self, image_id: int, known: Drawn | None) -> Drawn:
        if self._reader is None:
            self._reader = Reader.open(self._document.project)
        if known and known.text == shape_text.shapes_as_text(self._reader, image_id):
            return known
        drawn = Drawn.of(*shape_text.shapes_with_text(self._reader, image_id))
        outlines: Outlines = {
            shape.id: (shape.geometry, painting.path_of(shape.geometry))
            for shape in drawn.shapes
            if not isinstance(shape.geometry, Mask | Points)
            and not long_outlines.is_long(shape.geometry)
        }
        return replace(drawn, outlines=outlines)
