"""A decoded image, ready to be painted at any zoom, and the loader that makes it off the window's
thread."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from studio.domain.shapes import Box
from studio.domain.viewport import Viewport
from studio.errors import ImageProblem
from studio.ui.threads.hand_over import to_window
from studio.vision import images
from studio.vision.assist import Crop
from studio.vision.huge import HugeImage
from studio.vision.levels import Tile
from studio.vision.pyramid import Pyramid
from studio.vision.tone import Table

FIRST_PAINT_PX = 1200
"""Longest side of the reduced picture that is shown while the whole one is decoded: a JPEG of 24
megapixels is then decoded at a quarter of its size, which takes a third of the time of a half."""

LEAST_STORED_PX = 32
"""A thumbnail with a shorter side than this is not shown on the canvas."""

SMALL_PIXELS = 2_000_000
"""Pictures up to this many pixels are decoded whole at once."""

CACHE_BYTES = 384 << 20
"""How much memory decoded pictures may take; the one in view is always kept."""

PAINTED_MS = 40
"""So long after a picture has come it is painted; till then nothing is read ahead, which would
take the processor's time, and Python's, from that."""

SHARP_FROM = 2.0
"""From this magnification on, pixels are shown as squares with sharp borders."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be shown: a file, when it was last written, and how deep images are mapped."""

    path: Path
    mtime_ns: int = 0
    mapping: images.GreyMapping | None = None


class Picture:
    """An image and its pyramid.

    ``width``, ``height`` are of the upright image; ``whole`` is False for a reduced decode, whose
    finest level is smaller than the image, and for a thumbnail of it (``is_thumbnail``), which is
    to be seen but not to be worked on. ``mapping`` is how raw values deeper than 8 bits were
    mapped; None where there are none, or in a reduced decode. ``tiles`` is what has to be read
    while it is shown (``TileReader``), None for a picture that is in memory.
    """

    def __init__(
        self,
        pixels: NDArray[np.uint8] | HugeImage,
        width: int,
        height: int,
        mapping: images.GreyMapping | None = None,
        *,
        is_thumbnail: bool = False,
    ) -> None:
        self.is_thumbnail = is_thumbnail
        self.width = width
        self.height = height
        self.mapping = mapping
        self.tiles = pixels if isinstance(pixels, HugeImage) else None
        self._pyramid = self.tiles or Pyramid(np.asarray(pixels))
        self.whole = (self._pyramid.width, self._pyramid.height) == (width, height)
        self.size_bytes = self._pyramid.size_bytes()

    def crop(self, box: Box, max_pixels: int, scale: float = 1.0) -> Crop | None:
        """The pixels of ``box`` (image pixels), for any thread to read; None outside the image.

        They are of the level that has a pixel for every device pixel at ``scale`` device pixels
        per image pixel, or of a coarser one of which ``box`` takes at most ``max_pixels``.
        """
        reduction = self.width / self._pyramid.width
        level = self._pyramid.level_for(scale * reduction)
        while True:
            side = reduction * 2**level
            columns, rows = self._pyramid.level_size(level)
            x0, y0 = max(math.floor(box.x0 / side), 0), max(math.floor(box.y0 / side), 0)
            x1, y1 = min(math.ceil(box.x1 / side), columns), min(math.ceil(box.y1 / side), rows)
            if x0 >= x1 or y0 >= y1:
                return None
            if (x1 - x0) * (y1 - y0) <= max_pixels or level == self._pyramid.level_count - 1:
                rgb = self._pyramid.region(level, x0, y0, x1, y1)
                return Crop(rgb, x0 * side, y0 * side, side, self.width, self.height)
            level += 1

    def paint(
        self,
        painter: QPainter,
        viewport: Viewport,
        area: QRectF,
        ratio: float,
        *,
        table: Table | None = None,
    ) -> None:
        """Draw what lies in ``area`` (logical pixels of the widget), its greys sent through
        ``table``.

        The level drawn is the coarsest that has a pixel for every device pixel; magnified, pixels
        stay sharp squares, so that their borders can be seen.
        """
        reduction = self.width / self._pyramid.width
        scale = viewport.scale * ratio * reduction
        level, x0, y0, x1, y1 = self._seen(viewport, area, ratio)
        side = reduction * 2**level  # image pixels in a pixel of the level
        if x0 >= x1 or y0 >= y1:
            return
        a = viewport.to_widget((x0 * side, y0 * side))
        b = viewport.to_widget((x1 * side, y1 * side))
        end = viewport.to_widget((self.width, self.height))
        painter.save()
        # At the right and lower edge a coarse level may jut out by less than one of its pixels.
        painter.setClipRect(
            QRectF(area.left(), area.top(), end[0] - area.left(), end[1] - area.top()),
            Qt.ClipOperation.IntersectClip,
        )
        painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform, scale * 2**level < SHARP_FROM
        )
        pixels = _bgra(self._pyramid.region(level, x0, y0, x1, y1), table)
        image = QImage(pixels.data, x1 - x0, y1 - y0, 4 * (x1 - x0), QImage.Format.Format_RGB32)
        painter.drawImage(QRectF(a[0], a[1], b[0] - a[0], b[1] - a[1]), image)
        painter.restore()

    def missing(self, viewport: Viewport, ratio: float) -> Sequence[Tile]:
        """The tiles that have to be read for the widget to show all that there is."""
        if self.tiles is None:
            return ()
        whole = QRectF(0, 0, viewport.width, viewport.height)
        level, x0, y0, x1, y1 = self._seen(viewport, whole, ratio)
        return self.tiles.missing(level, x0, y0, x1, y1) if x0 < x1 and y0 < y1 else ()

    def _seen(
        self, viewport: Viewport, area: QRectF, ratio: float
    ) -> tuple[int, int, int, int, int]:
        """The level to draw, and ``x0, y0, x1, y1``: its pixels that lie in ``area``.

        Whole pixels, so that strips drawn at different times meet without a seam.
        """
        reduction = self.width / self._pyramid.width
        level = self._pyramid.level_for(viewport.scale * ratio * reduction)
        side = reduction * 2**level
        width, height = self._pyramid.level_size(level)
        left, top = viewport.to_image((area.left(), area.top()))
        right, bottom = viewport.to_image((area.right(), area.bottom()))
        x0, y0 = max(int(left / side) - 1, 0), max(int(top / side) - 1, 0)
        return level, x0, y0, min(int(right / side) + 2, width), min(int(bottom / side) + 2, height)

    def thumbnail(self, table: Table | None = None) -> QImage:
        """The whole picture in little: its coarsest level, at most ``TILE_PX`` a side."""
        level = self._pyramid.level_count - 1
        width, height = self._pyramid.level_size(level)
        pixels = _bgra(self._pyramid.region(level, 0, 0, width, height), table)
        image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        return image.copy()  # owns its pixels, so that the array may go


def _bgra(rgb: NDArray[np.uint8], table: Table | None) -> NDArray[np.uint8]:
    """``rgb`` (H, W, 3), through ``table``, as the raster engine likes it: it scales pixels of
    32 bits more than twice as fast as those of 24."""
    shown = rgb if table is None else cv2.LUT(rgb, table)
    return np.asarray(cv2.cvtColor(shown, cv2.COLOR_RGB2BGRA), dtype=np.uint8)


def decode_reduced(source: Source) -> Picture:
    """A first, coarse picture; the whole one where that comes as soon, or is read by its tiles.
    Pure: runs on any thread.

    Raises:
        ImageProblem: the file cannot be shown.
    """
    huge = images.open_huge(source.path, source.mapping)
    if huge:
        return Picture(huge, huge.width, huge.height, huge.mapping)
    rgb, size, mapping = images.read_first(source.path, FIRST_PAINT_PX, source.mapping)
    return Picture(rgb, *size, mapping)


def decode_whole(source: Source) -> Picture:
    """The whole picture. Pure: runs on any thread.

    Raises:
        ImageProblem: the file cannot be shown.
    """
    huge = images.open_huge(source.path, source.mapping)
    if huge:
        return Picture(huge, huge.width, huge.height, huge.mapping)
    rgb, mapping = images.read_mapped(source.path, source.mapping)
    return Picture(rgb, rgb.shape[1], rgb.shape[0], mapping)


class PictureLoader(QObject):
    """Decodes pictures on threads of its own and keeps the latest.

    ``stored`` gives, on one of these threads, a thumbnail that was made earlier, as (h, w, 3)
    uint8 RGB, or None.

    Signals:
        arrived(Source, Picture | ImageProblem): a picture (where the image is large first its
            thumbnail, then a reduced one) or the reason why there is none.
    """

    arrived = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stored: Callable[[Source], NDArray[np.uint8] | None] | None = None
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="decode")
        self._cache: OrderedDict[Source, Picture | ImageProblem] = OrderedDict()
        self._pending: dict[tuple[Source, bool], Future[Picture]] = {}
        self._wanted: Source | None = None
        self._is_seen = False  # something of the wanted one has arrived
        self._neighbours: list[Source] = []
        self._prefetched: set[Source] = set()
        self._is_closed = False
        self._painted = QTimer(self, singleShot=True, interval=PAINTED_MS)
        self._painted.timeout.connect(self._prefetch)
        self.destroyed.connect(partial(self._pool.shutdown, wait=False, cancel_futures=True))

    def close(self) -> None:
        """Wait for the decode under way and end the threads."""
        self._is_closed = True  # what has been decoded already may still arrive
        self._painted.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def has(self, source: Source) -> bool:
        """Whether a picture, or the reason why there is none, is at hand."""
        return source in self._cache

    def show(
        self,
        source: Source,
        size: tuple[int, int] = (0, 0),
        neighbours: Iterable[Source] = (),
        *,
        at_once: bool = False,
    ) -> None:
        """Ask for a picture of ``size`` pixels upright ((0, 0): unknown), then for its neighbours.

        ``arrived`` answers, right away where the picture is at hand. ``at_once`` leaves out the
        coarse pictures that come before the whole one.
        """
        if source != self._wanted:
            self._wanted, self._is_seen = source, False
        self._neighbours = list(neighbours)
        self._prefetched.clear()
        self._give_up_others()
        known = self._cache.get(source)
        if known is not None:
            self._cache.move_to_end(source)
            self._tell(source, known)
            self._painted.start()
            return
        at_once = at_once or 0 < math.prod(size) <= SMALL_PIXELS
        if not at_once and all(size) and not self._is_seen:
            self._look_up(source, size)
        # The whole picture is decoded after the coarse one, which it would slow down. Where it is
        # decoded already as a neighbour, the other thread is left to the image that comes next.
        if (source, True) not in self._pending or images.comes_reduced(source.path):
            self._submit(source, whole=at_once)

    def _tell(self, source: Source, result: Picture | ImageProblem) -> None:
        self._is_seen = True
        self.arrived.emit(source, result)

    def _look_up(self, source: Source, size: tuple[int, int]) -> None:
        if self.stored and not self._is_closed:
            future = self._pool.submit(self.stored, source)
            future.add_done_callback(to_window(self, partial(self._take_stored, source, size)))

    def _take_stored(
        self, source: Source, size: tuple[int, int], future: Future[NDArray[np.uint8] | None]
    ) -> None:
        if future.cancelled() or source != self._wanted or self._is_seen:
            return
        rgb = future.result()
        # The fewer pixels a side has, the worse they tell how long it is.
        if rgb is not None and min(rgb.shape[:2]) >= LEAST_STORED_PX:
            self._tell(source, Picture(rgb, *size, is_thumbnail=True))

    def _give_up_others(self) -> None:
        kept = {self._wanted, *self._neighbours}
        for key, future in list(self._pending.items()):
            if key[0] not in kept and future.cancel():
                self._pending.pop(key, None)

    def _submit(self, source: Source, *, whole: bool) -> None:
        key = (source, whole)
        if key in self._pending or self._is_closed:
            return
        decode: Callable[[Source], Picture] = decode_whole if whole else decode_reduced
        future = self._pool.submit(decode, source)
        self._pending[key] = future
        future.add_done_callback(to_window(self, partial(self._keep, key)))

    def _keep(self, key: tuple[Source, bool], future: Future[Picture]) -> None:
        if future.cancelled():
            return
        source, _ = key
        self._pending.pop(key, None)
        try:
            result: Picture | ImageProblem = future.result()
        except ImageProblem as problem:
            result = problem
        came_before = source in self._cache  # where it was asked for in both ways
        if isinstance(result, Picture) and not result.whole:
            if source == self._wanted and not came_before:
                self._submit(source, whole=True)
                self._tell(source, result)
            else:
                self._prefetch()
            return
        if not came_before:
            self._cache[source] = result
            self._shrink()
            if source == self._wanted:
                self._tell(source, result)
                self._painted.start()
                return
        self._prefetch()

    def _prefetch(self) -> None:
        if self._pending or self._painted.isActive():
            return
        for source in self._neighbours:
            known = source in self._cache or source in self._prefetched
            if not known and self._room_for_more():
                self._prefetched.add(source)
                self._submit(source, whole=True)
                return

    def _room_for_more(self) -> bool:
        wanted = self._cache.get(self._wanted) if self._wanted else None
        largest = wanted.size_bytes if isinstance(wanted, Picture) else 0
        near = {self._wanted, *self._neighbours}
        held = sum(
            picture.size_bytes
            for source, picture in self._cache.items()
            if source in near and isinstance(picture, Picture)
        )
        return held + largest <= CACHE_BYTES

    def _shrink(self) -> None:
        def held() -> int:
            return sum(p.size_bytes for p in self._cache.values() if isinstance(p, Picture))

        near = {self._wanted, *self._neighbours}
        for source in [s for s in self._cache if s not in near] + self._neighbours[::-1]:
            if held() <= CACHE_BYTES:
                break
            self._cache.pop(source, None)
