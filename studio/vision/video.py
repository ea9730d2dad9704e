"""Reading frames out of video files, with their times; OpenCV decodes."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.errors import ImageProblem
from studio.vision.images import printable

EXTENSIONS = frozenset(
    {".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv", ".ts"}
)  # fmt: skip

SCENE_DISTANCE = 0.35
"""Histograms (hue and value) whose correlation falls by more than this are of two scenes."""

SCENE_GAP_S = 0.5
"""Scenes are at least so long."""

_LOOKED_AT_PX = 96
_BINS = (16, 8)


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """What a video says of itself; ``frames`` is an estimate of the container."""

    width: int
    height: int
    fps: float
    frames: int

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return self.frames / self.fps


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture: (h, w, 3) uint8 RGB, its number from 0 and when it is shown."""

    index: int
    time_s: float
    rgb: NDArray[np.uint8]


def probe(path: Path) -> VideoInfo:
    """What the video says of itself.

    Raises:
        ImageProblem: it cannot be read.
    """
    with _opened(path) as capture:
        info = VideoInfo(
            int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
            int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
            float(capture.get(cv2.CAP_PROP_FPS)),
            int(capture.get(cv2.CAP_PROP_FRAME_COUNT)),
        )
        if not (info.width and info.height and info.fps > 0 and capture.grab()):
            raise ImageProblem("{file} holds no video that can be read.", file=_name(path))
    return info


def sampled(path: Path, every_s: float) -> Iterator[Frame | float]:
    """The first frame and then one every ``every_s`` seconds; between them, the time in seconds
    that has been reached.

    Raises:
        ImageProblem: the video cannot be read.
    """
    due = 0.0
    for capture, index, time_s in _grabbed(path):
        if time_s + 1e-6 < due:
            yield time_s
            continue
        frame = _retrieved(capture)
        if frame is not None:
            yield Frame(index, time_s, frame)
            # The next multiple: frames never drift from the seconds the user counts.
            due = (int((time_s + 1e-6) / every_s) + 1) * every_s


def scenes(path: Path) -> Iterator[Frame | float]:
    """The first frame of every scene; between them, the time in seconds that has been reached.

    Raises:
        ImageProblem: the video cannot be read.
    """
    known: NDArray[np.float32] | None = None
    since = 0.0
    for capture, index, time_s in _grabbed(path):
        frame = _retrieved(capture)
        if frame is None:
            continue
        colors = _histogram(frame)
        is_new = known is None or (
            time_s - since >= SCENE_GAP_S
            and 1 - cv2.compareHist(known, colors, cv2.HISTCMP_CORREL) > SCENE_DISTANCE
        )
        if is_new:
            yield Frame(index, time_s, frame)
            since = time_s
        else:
            yield time_s
        known = colors


def _grabbed(path: Path) -> Iterator[tuple[cv2.VideoCapture, int, float]]:
    with _opened(path) as capture:
        fps = float(capture.get(cv2.CAP_PROP_FPS)) or 25.0
        index = 0
        while capture.grab():
            stamp = float(capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000
            # Some containers carry no times.
            yield capture, index, stamp if stamp > 0 else index / fps
            index += 1
    if not index:
        raise ImageProblem("{file} holds no video that can be read.", file=_name(path))


def _retrieved(capture: cv2.VideoCapture) -> NDArray[np.uint8] | None:
    ok, bgr = capture.retrieve()
    return np.ascontiguousarray(bgr[:, :, ::-1], dtype=np.uint8) if ok else None


def _histogram(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    factor = _LOOKED_AT_PX / max(rgb.shape[:2])
    small = cv2.resize(rgb, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    hsv = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)
    counted = cv2.calcHist([hsv], [0, 2], None, list(_BINS), [0, 180, 0, 256])
    return np.asarray(cv2.normalize(counted, counted), dtype=np.float32)


@contextmanager
def _opened(path: Path) -> Generator[cv2.VideoCapture]:
    capture = cv2.VideoCapture(str(path))
    try:
        if not capture.isOpened():
            raise ImageProblem("{file} is not a video that can be opened.", file=_name(path))
        yield capture
    finally:
        capture.release()


def _name(path: Path) -> str:
    return printable(path.name)
