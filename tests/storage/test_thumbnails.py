from __future__ import annotations

from pathlib import Path

from studio.domain.project import Image
from studio.storage.thumbnails import ThumbnailCache, key_of
from studio.vision.depth import GreyMapping


def test_a_thumbnail_is_there_again_after_a_restart(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails.db")
    cache.put("a", b"jpeg")
    assert cache.get("a") == b"jpeg"
    assert cache.get("b") is None
    cache.close()
    again = ThumbnailCache(tmp_path / "thumbnails.db")
    assert again.get("a") == b"jpeg"
    again.close()
    assert again.get("a") is None


def test_the_oldest_make_room(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails.db", max_bytes=10_000)
    for number in range(100):
        cache.put(str(number), bytes(1000))
    kept = [number for number in range(100) if cache.get(str(number))]
    assert kept == list(range(kept[0], 100))
    assert len(kept) <= 10
    cache.close()


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "thumbnails.db"
    path.write_bytes(b"this is no database" * 100)
    cache = ThumbnailCache(path)
    cache.put("a", b"jpeg")
    assert cache.get("a") == b"jpeg"
    cache.close()


def test_where_nothing_can_be_written_it_only_forgets(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path)
    cache.put("a", b"jpeg")
    assert cache.get("a") is None
    cache.close()


def test_the_key_changes_with_whatever_changes_the_picture() -> None:
    image = Image(1, 1, "a.png", size_bytes=10, mtime_ns=5, quick_hash="x")
    keys = {
        key_of(image, None, 128),
        key_of(image, None, 256),
        key_of(image, GreyMapping(0, 10), 128),
        key_of(Image(1, 1, "a.png", size_bytes=11, mtime_ns=5, quick_hash="y"), None, 128),
    }
    assert len(keys) == 4
