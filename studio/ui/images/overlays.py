"""The shapes on thumbnails: read and drawn on a thread, page by page, for cells that are seen.

Ask with ``get`` while painting, as for the thumbnails themselves. A picture of an image's shapes
is transparent, as large as the thumbnail it lies on, and drawn once, so that a cell with a
thousand polygons scrolls as fast as one with none.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QTransform

from studio.domain.project import Changes
from studio.domain.shapes import Shape
from studio.storage.reader import Reader
from studio.ui.canvas import painting
from studio.ui.document import Document
from studio.ui.threads.hand_over import to_window

PAGE = 32
WAITING_LIMIT = 400
KEPT = 600
"""How many pictures of shapes are kept: some screens full."""

STYLE = painting.Style(outline=1.5, fill=0.2)
MANY_STYLE = painting.Style(outline=1.0, fill=0.2)
MANY = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """Shapes of one image, on a thumbnail of ``size`` device pixels.

    ``image_size`` is that of the upright image in pixels.
    """

    image_id: int
    image_size: tuple[int, int]
    size: tuple[int, int]


class OverlayLoader(QObject):
    """Pictures of shapes by image and size, kept in step with the document.

    Signals:
        ready(int): the shapes of this image have come.
    """

    ready = Signal(int)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._project = document.project
        self._kept: OrderedDict[Wanted, QPixmap] = OrderedDict()
        self._waiting: OrderedDict[Wanted, None] = OrderedDict()
        self._stale: set[Wanted] = set()
        self._guard = threading.Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="overlay")
        self._reader: Reader | None = None
        self._round = 0
        self._receive = to_window(self, self._keep)
        self._told = to_window(self, _report)
        document.changed.connect(self._follow)

    def get(self, wanted: Wanted) -> QPixmap | None:
        """The picture, an older one while a newer is drawn, or None until ``ready``."""
        found = self._kept.get(wanted)
        if found is not None:
            self._kept.move_to_end(wanted)
        if found is None or wanted in self._stale:
            self._ask(wanted)
        return found

    def close(self) -> None:
        """Stop the thread; nothing more will come."""
        with self._guard:
            self._waiting.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _follow(self, changes: Changes) -> None:
        if changes.labels:
            self._stale = set(self._kept)
            self._round += 1
        elif changes.images:
            self._stale |= {wanted for wanted in self._kept if wanted.image_id in changes.images}
            self._round += 1

    def _ask(self, wanted: Wanted) -> None:
        with self._guard:
            known = wanted in self._waiting
            self._waiting[wanted] = None
            self._waiting.move_to_end(wanted)
            if len(self._waiting) > WAITING_LIMIT:
                self._waiting.popitem(last=False)
        if not known:
            self._pool.submit(self._work, self._round).add_done_callback(self._told)

    def _keep(self, drawn: Mapping[Wanted, QImage], asked_in: int) -> None:
        for wanted, image in drawn.items():
            # What was read before the last change may be old; it is better than nothing.
            if asked_in == self._round:
                self._stale.discard(wanted)
            else:
                self._stale.add(wanted)
            self._kept[wanted] = QPixmap.fromImage(image)
            self._kept.move_to_end(wanted)
        while len(self._kept) > KEPT:
            gone, _ = self._kept.popitem(last=False)
            self._stale.discard(gone)
        for image_id in {wanted.image_id for wanted in drawn}:
            self.ready.emit(image_id)

    # On the thread -------------------------------------------------------------------------

    def _work(self, asked_in: int) -> None:
        with self._guard:
            count = min(PAGE, len(self._waiting))
            page = [self._waiting.popitem(last=True)[0] for _ in range(count)]
        if not page:
            return
        if self._reader is None:
            self._reader = Reader.open(self._project)
        colors = {label.id: QColor(label.color) for label in self._reader.labels()}
        shapes = self._reader.shapes_of({wanted.image_id for wanted in page})
        self._receive(
            {each: draw(each, shapes.get(each.image_id, ()), colors) for each in page}, asked_in
        )


def _report(done: Future[None]) -> None:
    """Let a bug of the thread be heard of on the window's."""
    if not done.cancelled():
        done.result()


def draw(wanted: Wanted, shapes: Sequence[Shape], colors: Mapping[str, QColor]) -> QImage:
    """The shapes that are not hidden, on a transparent ground of ``wanted.size``."""
    image = QImage(QSize(*wanted.size), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    width, height = wanted.image_size
    to_picture = QTransform.fromScale(wanted.size[0] / width, wanted.size[1] / height)
    style = MANY_STYLE if len(shapes) > MANY else STYLE
    painter = QPainter(image)
    for shape in shapes:
        if not shape.hidden:
            color = colors.get(shape.label, painting.color_of({}, ""))
            painting.paint_geometry(painter, shape.geometry, color, to_picture, style)
    painter.end()
    return image
