"""Decoding thumbnails in threads of their own. Nothing here is of Qt: paths in, arrays out."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from studio.domain.project import Image
from studio.errors import ImageProblem
from studio.paths import cache_folder
from studio.storage.thumbnails import ThumbnailCache, key_of
from studio.vision.depth import GreyMapping

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

THREADS = 2
WAITING_LIMIT = 400
STORED_PX = 320
"""Longest side of what is kept on disk; a larger thumbnail is decoded from its file."""

JPEG_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Request:
    """A thumbnail that is wanted: no side longer than ``longest_px``."""

    path: Path
    longest_px: int
    mapping: GreyMapping | None


@dataclass(frozen=True, slots=True)
class Rendered:
    """The answer: ``rgb`` is (h, w, 3) uint8, or None where ``problem`` says why not."""

    request: Request
    rgb: NDArray[np.uint8] | None
    problem: str = ""


class ThumbnailWorker:
    """Threads that decode the newest request first."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="thumbnail")
        self._waiting: OrderedDict[Request, None] = OrderedDict()
        self._at_work: set[Request] = set()
        self._done: SimpleQueue[Rendered | Exception] = SimpleQueue()
        self._guard = threading.Lock()
        self._cache: ThumbnailCache | None = None

    @property
    def idle(self) -> bool:
        """Whether there is nothing left to do or to fetch."""
        with self._guard:
            return not self._waiting and not self._at_work and self._done.empty()

    def ask(self, request: Request) -> None:
        """Want a thumbnail, before all that was asked for earlier."""
        with self._guard:
            if request in self._at_work:
                return
            known = request in self._waiting
            self._waiting[request] = None
            self._waiting.move_to_end(request)
            if len(self._waiting) > WAITING_LIMIT:
                self._waiting.popitem(last=False)
        if not known:
            self._pool.submit(self._render_newest)

    def finished(self) -> list[Rendered]:
        """What has been decoded since the last call; a bug in decoding is raised here."""
        done: list[Rendered] = []
        try:
            while True:
                result = self._done.get_nowait()
                if isinstance(result, Exception):
                    raise result
                done.append(result)
        except Empty:
            return done

    def stored(self, request: Request) -> NDArray[np.uint8] | None:
        """What is on disk of a thumbnail: (h, w, 3) uint8 RGB. For any thread."""
        return stored(_key(request), self._opened_cache())

    def close(self) -> None:
        """Stop the threads, waiting for what they are just decoding."""
        with self._guard:
            self._waiting.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)
        if self._cache is not None:
            self._cache.close()

    def _render_newest(self) -> None:
        with self._guard:
            if not self._waiting:
                return
            request, _ = self._waiting.popitem(last=True)
            self._at_work.add(request)
        result: Rendered | Exception
        try:
            result = Rendered(request, render(request, self._opened_cache()))
        except ImageProblem as problem:
            result = Rendered(request, None, str(problem))
        except Exception as bug:
            result = bug
        with self._guard:
            self._done.put(result)
            self._at_work.discard(request)

    def _opened_cache(self) -> ThumbnailCache:
        with self._guard:
            if self._cache is None:
                self._cache = ThumbnailCache(cache_folder() / "thumbnails.db")
            return self._cache


def render(request: Request, cache: ThumbnailCache) -> NDArray[np.uint8]:
    """The thumbnail as (h, w, 3) uint8 RGB, from the cache where it has it.

    Raises:
        ImageProblem: the file cannot be shown.
    """
    # OpenCV takes a third of a second to import: here it costs the window's start nothing.
    from studio.vision import images

    if request.longest_px > STORED_PX:
        return images.read_reduced(request.path, request.longest_px, request.mapping)
    key = _key(request)
    kept = stored(key, cache)
    if kept is not None:
        return _fit(kept, request.longest_px)
    rgb = images.read_reduced(request.path, STORED_PX, request.mapping)
    if key:
        cache.put(key, to_jpeg(rgb))
    return _fit(rgb, request.longest_px)


def stored(key: str, cache: ThumbnailCache) -> NDArray[np.uint8] | None:
    """What ``cache`` has under ``key``, as (h, w, 3) uint8 RGB; None without a key, too."""
    jpeg = cache.get(key) if key else None
    return from_jpeg(jpeg) if jpeg else None


def _key(request: Request) -> str:
    """What the file and the way it is shown are known by; "" where the file is gone."""
    try:
        stat = request.path.stat()
    except OSError:
        return ""
    size, mtime = stat.st_size, stat.st_mtime_ns
    file = Image(0, 0, str(request.path), size_bytes=size, mtime_ns=mtime)
    return key_of(file, request.mapping, STORED_PX)


def _fit(rgb: NDArray[np.uint8], longest_px: int) -> NDArray[np.uint8]:
    import cv2
    import numpy as np

    height, width = rgb.shape[:2]
    factor = longest_px / max(height, width)
    if factor >= 1:
        return rgb
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def to_jpeg(rgb: NDArray[np.uint8]) -> bytes:
    """An (h, w, 3) picture as it is kept on disk."""
    import cv2

    quality = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
    return cv2.imencode(".jpg", rgb[:, :, ::-1], quality)[1].tobytes()


def from_jpeg(jpeg: bytes) -> NDArray[np.uint8] | None:
    """What ``to_jpeg`` wrote, as (h, w, 3) uint8 RGB; None where it has been damaged since."""
    import cv2
    import numpy as np

    bgr = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    return None if bgr is None else np.ascontiguousarray(np.asarray(bgr, np.uint8)[:, :, ::-1])
