"""Thumbnails for lists and grids: decoded in threads, kept in memory and on disk.

Ask with ``get`` while painting: it answers at once, with a picture or with nothing. What is
missing is decoded newest request first, so that scrolling past thousands of images leaves no
queue behind, and ``ready`` says when it has come.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from studio.domain.project import Changes
from studio.ui.document import Document
from studio.ui.thumbnails.rendering import STORED_PX, Request, ThumbnailWorker
from studio.vision.depth import GreyMapping, mapping_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MEMORY_BYTES = 96 * 2**20
COLLECT_MS = 16


class ThumbnailLoader(QObject):
    """Thumbnails by file and size.

    Signals:
        ready(Path): a thumbnail of this file has come, or is known not to come.
    """

    ready = Signal(object)

    def __init__(self, parent: QObject | None = None, mapping: GreyMapping | None = None) -> None:
        super().__init__(parent)
        self._mapping = mapping
        self._kept: OrderedDict[tuple[Path, int], QPixmap] = OrderedDict()
        self._kept_bytes = 0
        self._problems: dict[Path, str] = {}
        self._worker = ThumbnailWorker()
        self._collector = QTimer(self, interval=COLLECT_MS)
        self._collector.timeout.connect(self._collect)

    @classmethod
    def of(cls, document: Document) -> Self:
        """The loader that all views of a document share; it shows images as the project does."""
        found = document.findChild(cls)
        if found is not None:
            return found
        loader = cls(document, mapping_of(document.reader.settings()))

        def follow(changes: Changes) -> None:
            if changes.settings:
                loader.set_mapping(mapping_of(document.reader.settings()))

        document.changed.connect(follow)
        return loader

    def get(self, path: Path, longest_px: int) -> QPixmap | None:
        """The thumbnail no larger than ``longest_px`` device pixels, or None until ``ready``."""
        key = (path, longest_px)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        elif path not in self._problems:
            self._worker.ask(Request(path, longest_px, self._mapping))
            if not self._collector.isActive():
                self._collector.start()
        return found

    def stored(self, path: Path, mapping: GreyMapping | None) -> NDArray[np.uint8] | None:
        """What is on disk of a thumbnail, as (h, w, 3) uint8 RGB. For any thread."""
        return self._worker.stored(Request(path, STORED_PX, mapping))

    def problem(self, path: Path) -> str:
        """Why there is no thumbnail of this file, or ""."""
        return self._problems.get(path, "")

    def forget(self, path: Path) -> None:
        """Decode a file again when it is asked for: it has changed on disk."""
        self._problems.pop(path, None)
        for key in [key for key in self._kept if key[0] == path]:
            self._drop(key)

    def set_mapping(self, mapping: GreyMapping | None) -> None:
        """Show images deeper than 8 bits in another way."""
        if mapping != self._mapping:
            self._mapping = mapping
            self._kept.clear()
            self._kept_bytes = 0

    def close(self) -> None:
        """Stop the threads; nothing more will come."""
        self._collector.stop()
        self._worker.close()

    def _collect(self) -> None:
        for rendered in self._worker.finished():
            path = rendered.request.path
            if rendered.rgb is None:
                self._problems[path] = rendered.problem
            elif rendered.request.mapping == self._mapping:
                self._keep((path, rendered.request.longest_px), to_pixmap(rendered.rgb))
            self.ready.emit(path)
        if self._worker.idle:
            self._collector.stop()

    def _keep(self, key: tuple[Path, int], pixmap: QPixmap) -> None:
        self._drop(key)
        self._kept[key] = pixmap
        self._kept_bytes += _bytes(pixmap)
        while self._kept_bytes > MEMORY_BYTES and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: tuple[Path, int]) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._kept_bytes -= _bytes(gone)


def to_pixmap(rgb: NDArray[np.uint8]) -> QPixmap:
    """An (h, w, 3) uint8 RGB picture, ready to be painted."""
    height, width = rgb.shape[:2]
    image = QImage(rgb.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image)


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
