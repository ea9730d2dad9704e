"""Images whose files are missing: how that is noted, and taken back when the files are there.

What else is wrong with a file stays noted beside it: one that cannot be read is no better for
having been away.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from studio.domain.project import Image
from studio.errors import say
from studio.storage.query_sql import GONE


def is_flagged(image: Image) -> bool:
    """Whether the image's file is known to be missing."""
    return image.problem.endswith(GONE)


def flagged(image: Image) -> Image:
    """The image with its file noted as missing."""
    problem = "\n".join(filter(None, (image.problem, _sentence(image))))
    # Without its time the file is looked at again when a scan finds it back.
    return replace(image, mtime_ns=0, problem=problem)


def unflagged(image: Image) -> Image:
    """The image with what else is known to be wrong with its file, if anything."""
    return replace(image, problem=image.problem.removesuffix(_sentence(image)).rstrip("\n"))


def as_found(image: Image, path: Path) -> Image:
    """The image as it is to be noted, now that its file is at ``path`` or is not."""
    try:
        stat = path.stat()
    except OSError:
        return image if is_flagged(image) else flagged(image)
    return _returned(image, stat) if is_flagged(image) else image


def _returned(image: Image, stat: os.stat_result) -> Image:
    """Without its flag; a file that has changed is looked into by the next scan."""
    same = stat.st_size == image.size_bytes
    return replace(unflagged(image), mtime_ns=stat.st_mtime_ns if same else 0)


def _sentence(image: Image) -> str:
    return str(say("{file} is no longer where it was.", file=image.path))
