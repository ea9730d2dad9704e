from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from studio.errors import ImageProblem
from studio.vision import video
from tests import making


def times(found) -> list[float]:
    return [round(each.time_s, 3) for each in found if isinstance(each, video.Frame)]


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return making.film(tmp_path / "电影.avi", seconds=3, fps=10)


def test_what_a_video_says_of_itself(film: Path) -> None:
    info = video.probe(film)
    assert (info.width, info.height, info.fps, info.frames) == (64, 48, 10, 30)
    assert info.seconds == 3


@pytest.mark.parametrize(
    ("every_s", "expected"),
    [(1.0, [0.0, 1.0, 2.0]), (0.5, [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]), (0.25, None), (100.0, [0.0])],
)
def test_one_frame_every_so_many_seconds(
    film: Path, every_s: float, expected: list[float] | None
) -> None:
    found = times(video.sampled(film, every_s))
    if expected is None:  # between two frames of the video: the next one is taken
        assert found == [0.0, 0.3, 0.5, 0.8, 1.0, 1.3, 1.5, 1.8, 2.0, 2.3, 2.5, 2.8]
    else:
        assert found == expected


def test_frames_are_upright_rgb(film: Path) -> None:
    first = next(iter(video.sampled(film, 1)))
    assert isinstance(first, video.Frame)
    red, _, blue = first.rgb.reshape(-1, 3).mean(axis=0)
    assert red > 150 > 80 > blue


def test_a_frame_for_every_scene(film: Path) -> None:
    """The film is red for a second, then green, then blue."""
    assert times(video.scenes(film)) == [0.0, 1.0, 2.0]


@pytest.mark.parametrize("content", (b"", b"no video at all"))
def test_what_is_no_video_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.mp4"
    path.write_bytes(content)
    with pytest.raises(ImageProblem, match=r"broken\.mp4"):
        video.probe(path)


def test_a_picture_is_no_long_film(tmp_path: Path) -> None:
    path = tmp_path / "one.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 5, (64, 48))
    writer.write(np.zeros((48, 64, 3), np.uint8))
    writer.release()
    assert times(video.sampled(path, 1)) == [0.0]
