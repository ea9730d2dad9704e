"""Taking frames out of a video into the project, where they are images like any other.

They lie in ``frames/<video>/`` below the project; ``source.json`` beside them says which video
they are from and when each is shown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.errors import ProjectError
from studio.storage.runs import put_in_place, write_json
from studio.vision import video

FRAMES = "frames"
SOURCE = "source.json"
JPEG_QUALITY = 95


@dataclass(frozen=True, slots=True)
class Taking:
    """How far it has got: ``done`` of 0..1, so many frames, and the folder they are in."""

    done: float
    frames: int
    folder: Path


def take_frames(
    project: Path, path: Path, every_s: float | None, should_stop: Callable[[], bool]
) -> Generator[Taking, None, Taking]:
    """Write one frame every ``every_s`` seconds, or with None the first one of every scene.

    Frames that are there already stay as they are, so that a finer choice only adds to them.

    Raises:
        ImageProblem: the video cannot be read.
        ProjectError: the frames cannot be written.
    """
    info = video.probe(path)
    folder = _folder_for(project, path)
    source = _read_source(folder)
    times: dict[str, float] = dict(source.get("frames", {}))
    found = video.scenes(path) if every_s is None else video.sampled(path, every_s)
    taken = 0

    def tell_source() -> None:
        facts = {"video": str(path.resolve()), "fps": info.fps, "width": info.width}
        write_json(folder / SOURCE, {**facts, "height": info.height, "frames": times})

    try:
        folder.mkdir(parents=True, exist_ok=True)
        # First, so that no other video of that name takes the frames of one cut short for its own.
        tell_source()
        for each in found:
            if should_stop():
                break
            time_s = each.time_s if isinstance(each, video.Frame) else each
            if isinstance(each, video.Frame):
                name = f"{path.stem}_{time_s:09.3f}s.jpg"
                if not (folder / name).exists():
                    _write_jpeg(folder / name, each.rgb)
                times[name] = round(time_s, 3)
                taken += 1
            yield Taking(min(1.0, time_s / max(info.seconds, 1e-9)), taken, folder)
        tell_source()
    except OSError as error:
        raise ProjectError(
            "The frames of {video} cannot be written to {folder}: {reason}.",
            video=path.name,
            folder=folder,
            reason=error.strerror or error,
        ) from error
    return Taking(1.0, taken, folder)


def frame_times(folder: Path) -> dict[str, float]:
    """When each frame in a folder is shown in its video, in s by file name; else empty."""
    try:
        return {str(name): float(time) for name, time in _read_source(folder)["frames"].items()}
    except (KeyError, AttributeError, TypeError, ValueError):
        return {}


def _folder_for(project: Path, path: Path) -> Path:
    """The folder of this video's frames: a video of the same name has another."""
    number = 1
    while True:
        name = path.stem if number == 1 else f"{path.stem} {number}"
        folder = project / FRAMES / name
        known = _read_source(folder).get("video")
        if known in (None, str(path.resolve())):
            return folder
        number += 1


def _read_source(folder: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((folder / SOURCE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def _write_jpeg(path: Path, rgb: NDArray[np.uint8]) -> None:
    quality = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
    jpeg = cv2.imencode(".jpg", rgb[:, :, ::-1], quality)[1].tobytes()
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(jpeg)
    put_in_place(unfinished, path)
