"""Objects cut out of their images: decoded in threads, kept in memory and on disk."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from studio.domain.project import Image
from studio.domain.shapes import Box
from studio.errors import ImageProblem
from studio.paths import cache_folder
from studio.storage.thumbnails import ThumbnailCache, key_of
from studio.ui.threads.hand_over import to_window
from studio.ui.thumbnails.loader import to_pixmap
from studio.ui.thumbnails.rendering import from_jpeg, to_jpeg
from studio.vision.depth import GreyMapping

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CROP_PX = 224
"""Longest side of a crop on disk and in memory."""

CONTEXT = 0.15
"""So much of the object's longer side is shown around it."""

KEPT = 3000
WAITING = 300
DECODED_IMAGES = 3


@dataclass(frozen=True, slots=True)
class Cut:
    """An object's place: ``box`` in pixels of ``image``, whose file is ``path``."""

    image: Image
    path: Path
    box: Box
    mapping: GreyMapping | None = None

    @property
    def key(self) -> str:
        """The name it is kept under: changes with the file and with the box."""
        box = self.box
        text = f"{key_of(self.image, self.mapping, CROP_PX)}|{box.x0}|{box.y0}|{box.x1}|{box.y1}"
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def window_of(box: Box, width: int, height: int) -> Box:
    """What is shown of an image for an object: its box and something around, within the image."""
    margin = max(box.width, box.height, 4.0) * CONTEXT
    return Box(
        min(max(0.0, box.x0 - margin), width - 1.0),
        min(max(0.0, box.y0 - margin), height - 1.0),
        max(min(float(width), box.x1 + margin), 1.0),
        max(min(float(height), box.y1 + margin), 1.0),
    )


class CropLoader(QObject):
    """Crops by ``Cut``, the newest request first.

    Signals:
        ready(): some crops have come.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="crop")
        self._guard = threading.Lock()
        self._waiting: OrderedDict[str, Cut] = OrderedDict()
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._decoded = _Decoded()
        self._cache: ThumbnailCache | None = None
        self._closed = False

    def get(self, cut: Cut) -> QPixmap | None:
        """The crop, or None until ``ready``, or for good where the image cannot be read."""
        key = cut.key
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        with self._guard:
            known = key in self._waiting
            self._waiting[key] = cut
            self._waiting.move_to_end(key)
            while len(self._waiting) > WAITING:
                self._waiting.popitem(last=False)
        if not known and not self._closed:
            future = self._pool.submit(self._newest)
            future.add_done_callback(to_window(self, self._receive))
        return None

    def has_failed(self, cut: Cut) -> bool:
        """Whether the image of an object cannot be read."""
        key = cut.key
        return key in self._kept and self._kept[key] is None

    def close(self) -> None:
        """Stop the threads, waiting for what they are just decoding."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)
        if self._cache is not None:
            self._cache.close()

    def _receive(self, future: Future[tuple[str, NDArray[np.uint8] | None] | None]) -> None:
        done = None if future.cancelled() else future.result()
        if done is None:
            return
        key, rgb = done
        self._kept[key] = None if rgb is None else to_pixmap(rgb)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.ready.emit()

    # On the threads ------------------------------------------------------------------------

    def _newest(self) -> tuple[str, NDArray[np.uint8] | None] | None:
        with self._guard:
            if not self._waiting:
                return None
            key, cut = self._waiting.popitem(last=True)
            if self._cache is None:
                self._cache = ThumbnailCache(cache_folder() / "crops.db")
        stored = self._cache.get(key)
        known = from_jpeg(stored) if stored else None
        if known is not None:
            return key, known
        try:
            rgb = self._decoded.cut(cut)
        except ImageProblem:
            return key, None
        self._cache.put(key, to_jpeg(rgb))
        return key, rgb


class _Decoded:
    """The images that were cut from last, for many objects lie on one image."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._images: OrderedDict[str, NDArray[np.uint8]] = OrderedDict()

    def cut(self, cut: Cut) -> NDArray[np.uint8]:
        """The crop as (h, w, 3) uint8, no side longer than ``CROP_PX``.

        Raises:
            ImageProblem: the file cannot be read.
        """
        import cv2
        import numpy as np

        width, height = cut.image.width, cut.image.height
        window = window_of(cut.box, width, height)
        longest = max(window.width, window.height)
        needed = max(width, height) * min(1.0, CROP_PX / longest)
        rgb = self._image(cut, needed)
        sx, sy = rgb.shape[1] / width, rgb.shape[0] / height
        x0, y0 = int(window.x0 * sx), int(window.y0 * sy)
        x1, y1 = max(x0 + 1, round(window.x1 * sx)), max(y0 + 1, round(window.y1 * sy))
        crop = rgb[y0:y1, x0:x1]
        factor = CROP_PX / max(crop.shape[:2])
        if factor < 1:
            size = (max(1, round(crop.shape[1] * factor)), max(1, round(crop.shape[0] * factor)))
            crop = cv2.resize(crop, size, interpolation=cv2.INTER_AREA)
        return np.ascontiguousarray(crop, dtype=np.uint8)

    def _image(self, cut: Cut, needed_px: float) -> NDArray[np.uint8]:
        from studio.vision import images

        # In steps of two, so that objects of several sizes share one decode.
        step = 256
        while step < needed_px:
            step *= 2
        key = key_of(cut.image, cut.mapping, step)  # another one once the file has changed
        with self._guard:
            known = self._images.get(key)
        if known is None:
            known = images.read_reduced(cut.path, step, cut.mapping)
            with self._guard:
                self._images[key] = known
                while len(self._images) > DECODED_IMAGES:
                    self._images.popitem(last=False)
        return known
