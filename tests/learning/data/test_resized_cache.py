"""Decoded images are kept, used again, and never stand in the way."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import cv2
import numpy as np
import pytest

from studio.domain.project import Split
from studio.errors import ImageProblem
from studio.learning.data import resized_cache
from studio.learning.data.resized_cache import ResizedCache
from studio.learning.snapshot import FrozenImage
from studio.vision import images

SIZE = (1200, 900)
LONGEST_PX = 160
KEPT_BYTES = 128 + 160 * 120 * 3


def photograph(folder: Path, number: int, size: tuple[int, int] = SIZE) -> FrozenImage:
    path = folder / f"{number}.jpg"
    noise = np.random.default_rng(number).integers(0, 255, (9, 12, 3), dtype=np.uint8)
    cv2.imwrite(str(path), cv2.resize(noise, size))
    return FrozenImage(number, str(path), path.name, f"h{number}", *size, Split.TRAIN)


@pytest.fixture
def photographs(tmp_path: Path) -> list[FrozenImage]:
    return [photograph(tmp_path, number) for number in range(4)]


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were decoded."""
    plain, names = images.read_reduced, []

    def read_reduced(path, longest_px, mapping=None):
        names.append(path.name)
        return plain(path, longest_px, mapping)

    monkeypatch.setattr(images, "read_reduced", read_reduced)
    return names


def cache_of(folder: Path, sources: list[FrozenImage], **known: int) -> ResizedCache:
    pairs = [(source, LONGEST_PX) for source in sources]
    return ResizedCache.for_images(pairs, folder=folder / "cache", **known)


def files(folder: Path) -> set[Path]:
    return set((folder / "cache").glob("??/*"))


def test_each_image_is_decoded_once_and_read_back_the_same(tmp_path, photographs, decoded) -> None:
    cache = pickle.loads(pickle.dumps(cache_of(tmp_path, photographs)))
    first = [cache.read(source, LONGEST_PX) for source in photographs]
    again = [cache_of(tmp_path, photographs).read(source, LONGEST_PX) for source in photographs]
    assert decoded == [Path(source.path).name for source in photographs]
    for source, before, after in zip(photographs, first, again, strict=True):
        assert after.shape == (120, 160, 3)
        assert np.array_equal(before, after)
        assert np.array_equal(after, images.read_reduced(Path(source.path), LONGEST_PX))


def test_another_size_and_a_changed_file_are_decoded_anew(tmp_path, photographs, decoded) -> None:
    source = photographs[0]
    cache = cache_of(tmp_path, photographs)
    cache.read(source, LONGEST_PX)
    assert cache.read(source, 80).shape == (60, 80, 3)
    photograph(tmp_path, 0, (1500, 900))
    assert cache.read(source, LONGEST_PX).shape == (96, 160, 3)
    assert decoded == ["0.jpg"] * 3


def test_small_images_are_not_worth_keeping(tmp_path) -> None:
    small, hardly_shrunk = photograph(tmp_path, 1, (640, 480)), photograph(tmp_path, 2)
    for source, longest_px in ((small, LONGEST_PX), (hardly_shrunk, 1100)):
        cache = ResizedCache.for_images([(source, longest_px)], folder=tmp_path / "cache")
        cache.read(source, longest_px)
    assert not files(tmp_path)


def test_no_more_is_kept_than_there_is_room_for(tmp_path, photographs, decoded) -> None:
    for _ in range(2):
        cache = cache_of(tmp_path, photographs, most_bytes=3 * KEPT_BYTES)
        for source in photographs:
            cache.read(source, LONGEST_PX)
    assert len(files(tmp_path)) == 3
    assert decoded == ["0.jpg", "1.jpg", "2.jpg", "3.jpg", "3.jpg"]


def test_what_was_not_used_for_longest_makes_room(tmp_path, photographs) -> None:
    for age, source in enumerate(photographs[:3]):
        before = files(tmp_path)
        cache_of(tmp_path, [source]).read(source, LONGEST_PX)
        [new] = files(tmp_path) - before
        os.utime(new, (1000 - age, 1000 - age))
    cache_of(tmp_path, photographs[2:3])  # used now
    cache = cache_of(tmp_path, photographs[3:], most_bytes=3 * KEPT_BYTES)
    cache.read(photographs[3], LONGEST_PX)
    assert len(files(tmp_path)) == 3
    left = cache_of(tmp_path, photographs)
    places = [left._place_of(source, LONGEST_PX) for source in photographs]
    assert [place in files(tmp_path) for place in places] == [True, False, True, True]


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY nonsense", os.urandom(3000)])
def test_a_damaged_file_is_decoded_again_and_replaced(tmp_path, photographs, content) -> None:
    cache = cache_of(tmp_path, photographs)
    right = np.array(cache.read(photographs[0], LONGEST_PX))
    [kept] = files(tmp_path)
    kept.write_bytes(content)
    assert np.array_equal(cache.read(photographs[0], LONGEST_PX), right)
    assert kept.stat().st_size == KEPT_BYTES


def test_rests_of_dead_processes_go(tmp_path, photographs) -> None:
    cache_of(tmp_path, photographs).read(photographs[0], LONGEST_PX)
    [kept] = files(tmp_path)
    rest = kept.with_name("x.77.new")
    rest.write_bytes(b"half")
    cache_of(tmp_path, photographs)
    assert rest.exists(), "it may be at work"
    os.utime(rest, (1000, 1000))
    cache_of(tmp_path, photographs)
    assert files(tmp_path) == {kept}


def test_where_nothing_can_be_written_images_are_decoded(
    tmp_path, photographs, monkeypatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(resized_cache.np, "save", full)
    assert cache_of(tmp_path, photographs).read(photographs[0], LONGEST_PX).shape == (120, 160, 3)
    assert not files(tmp_path)
    Path(photographs[1].path).unlink()
    with pytest.raises(ImageProblem):
        cache_of(tmp_path, photographs).read(photographs[1], LONGEST_PX)
