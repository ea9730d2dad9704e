"""Thumbnails as they are kept on disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from studio.storage.thumbnails import ThumbnailCache
from studio.ui.thumbnails.rendering import Request, render
from tests import making


def test_a_thumbnail_that_was_damaged_on_disk_is_made_anew(tmp_path: Path) -> None:
    request = Request(making.picture(tmp_path / "picture.png"), 48, None)
    cache = ThumbnailCache(tmp_path / "thumbnails.db")
    made = render(request, cache)
    cache.close()
    with closing(sqlite3.connect(tmp_path / "thumbnails.db")) as database, database:
        assert database.execute("UPDATE thumbnail SET jpeg = x'FFD8FF'").rowcount == 1
    cache = ThumbnailCache(tmp_path / "thumbnails.db")
    assert np.array_equal(render(request, cache), made)
    cache.close()
