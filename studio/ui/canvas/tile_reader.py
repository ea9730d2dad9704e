"""Reads, off the window's thread, what a picture that is shown by its tiles still lacks."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from PySide6.QtCore import QObject, Signal

from studio.domain.shapes import Box
from studio.errors import ImageProblem
from studio.ui.threads.hand_over import to_window
from studio.vision import images
from studio.vision.containers import Unreadable
from studio.vision.huge import HugeImage
from studio.vision.levels import Tile

THREADS = 2
"""So many read tiles, and as many the overview."""

BETWEEN_S = 0.25
"""The overview that has come so far is shown again after so long."""


class TileReader(QObject):
    """Follows one image at a time: fills its overview, and reads the tiles wanted last.

    Signals:
        arrived(Box): here, in image pixels, is more to be seen.
        progressed(float): the share of the overview that is there.
        completed(): the overview is there.
        failed(ImageProblem): something cannot be read.
    """

    arrived = Signal(object)
    progressed = Signal(float)
    completed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(2 * THREADS, thread_name_prefix="tiles")
        self._image: HugeImage | None = None
        self._wanted: deque[Tile] = deque()
        self._lock = threading.Lock()
        self._at_work = 0  # threads that read tiles, guarded by the lock
        self._is_complete = False
        self._is_closed = False
        self._tell = to_window(self, self._came)
        self._tell_problem = to_window(self, self._problem)
        self.destroyed.connect(partial(self._pool.shutdown, wait=False, cancel_futures=True))

    def close(self) -> None:
        """Wait for what is being read, and end the threads."""
        self._is_closed = True
        self.follow(None)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def follow(self, image: HugeImage | None) -> None:
        """Read for this image from now on; None for none."""
        if image is self._image:
            return
        self.want(())
        self._image, self._is_complete = image, False
        if image and not image.is_filled and not self._is_closed:
            for _ in range(THREADS):
                self._pool.submit(self._fill, image)

    def want(self, tiles: Sequence[Tile]) -> None:
        """Read these, the first ones first, and nothing that was wanted before."""
        image = self._image
        with self._lock:
            self._wanted = deque(tiles)
            starting = min(len(tiles), THREADS) - self._at_work
            if image is None or self._is_closed or starting <= 0:
                return
            self._at_work += starting
        for _ in range(starting):
            self._pool.submit(self._load)

    # On the threads ---------------------------------------------------------------------------

    def _fill(self, image: HugeImage) -> None:
        told = time.monotonic()
        try:
            for share in image.fill():
                if self._image is not image:
                    return  # it goes on from here when the image is shown again
                if time.monotonic() - told > BETWEEN_S:
                    told = time.monotonic()
                    self._tell(image, share)
            self._tell(image, image.share_filled)
        except (OSError, Unreadable) as error:
            self._tell_problem(image, images.problem_of(image.path, error))

    def _load(self) -> None:
        while True:
            with self._lock:
                image = self._image
                if image is None or not self._wanted:
                    self._at_work -= 1
                    return
                tile = self._wanted.popleft()
            try:
                image.load(tile)
            except (OSError, Unreadable) as error:
                self._tell_problem(image, images.problem_of(image.path, error))
            else:
                self._tell(image, tile)

    # On the window's --------------------------------------------------------------------------

    def _came(self, image: HugeImage, what: Tile | float) -> None:
        """A tile of ``image`` is there, or a share of its overview."""
        if image is not self._image:
            return
        if isinstance(what, Tile):
            x, y, width, height = image.placement(what)
            self.arrived.emit(Box(x, y, x + width, y + height))
        elif not self._is_complete:  # of two threads, the slower may tell of less
            self._is_complete = what == 1
            self.arrived.emit(Box(0, 0, image.width, image.height))
            self.progressed.emit(what)
            if self._is_complete:
                self.completed.emit()

    def _problem(self, image: HugeImage, problem: ImageProblem) -> None:
        if image is self._image:
            self.failed.emit(problem)
