"""Training images as they were decoded and resized, so that later epochs need not do it again.

A photograph of 12 megapixels takes a tenth of a second to decode, and what the network sees of it
is a hundred times smaller. Each is kept as a file of raw pixels in the user's cache folder, mapped
into memory when it is read: the system's page cache then serves all reading processes. The folder
may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from studio.learning.snapshot import FrozenImage
from studio.paths import cache_folder
from studio.vision import images
from studio.vision.depth import GreyMapping
from studio.vision.images import Rgb

MOST_BYTES = 16 * 2**30
MOST_PART = 0.25
"""Part of the disk's free space, together with what is kept already, that may be filled."""
WORTH_PX = 1_000_000
"""Smaller images are decoded as fast as they are read back."""
SHRINKS = 2.0
"""Only images that lose more than this factor of pixels are kept."""
HEADER_BYTES = 128
"""Of NumPy's file format."""
OLD_S = 60.0
"""A half-written file older than this was left by a process that died."""


@dataclass(frozen=True, slots=True)
class ResizedCache:
    """Decoded images by content and size; picklable, and used by many processes at once.

    Only images with an id in ``allowed`` are written: so many as there is room for.
    """

    folder: Path
    allowed: frozenset[int]
    mapping: GreyMapping | None = None

    @classmethod
    def none(cls, mapping: GreyMapping | None = None) -> ResizedCache:
        """Keeps nothing."""
        return cls(Path(), frozenset(), mapping)

    @classmethod
    def for_images(
        cls,
        sources: Iterable[tuple[FrozenImage, int]],
        mapping: GreyMapping | None = None,
        folder: Path | None = None,
        most_bytes: int | None = None,
    ) -> ResizedCache:
        """A cache for images, each with the longer side in pixels that it will be read at.

        Makes room by deleting what was not used for longest. Where the disk is too small for all
        of ``sources``, the first ones are kept.
        """
        folder = folder or cache_folder() / "resized"
        folder.mkdir(parents=True, exist_ok=True)
        kept = sorted(_files(folder))
        room = most_bytes if most_bytes is not None else _room(folder, sum(k[1] for k in kept))
        cache = cls(folder, frozenset(), mapping)
        allowed: set[int] = set()
        own: set[Path] = set()
        needed = 0
        for source, longest_px in sources:
            size = _bytes_of(source, longest_px)
            place = cache._place_of(source, longest_px) if _is_worth(source, size) else None
            if place is not None and needed + size <= room:
                needed += size
                allowed.add(source.id)
                own.add(place)
        _make_room([each for each in kept if each[2] not in own], room - needed)
        for place in own:
            with suppress(OSError):  # not there yet
                os.utime(place)
        return replace(cache, allowed=frozenset(allowed))

    def read(self, source: FrozenImage, longest_px: int) -> Rgb:
        """(h, w, 3) uint8 RGB with a longest side of ``longest_px``, not to be written to.

        A small image is larger as a rule: it is resized once, by whoever knows to what size.

        Raises:
            ImageProblem: the image is not kept and cannot be decoded.
        """
        path = Path(source.path)
        if source.width * source.height < WORTH_PX:
            return images.read_first(path, longest_px, self.mapping)[0]
        if source.id not in self.allowed:
            return images.read_reduced(path, longest_px, self.mapping)
        kept = self._place_of(source, longest_px)
        if kept is not None and (found := _load(kept)) is not None:
            return found
        rgb = images.read_reduced(path, longest_px, self.mapping)
        if kept is not None:
            _store(kept, rgb)
        return rgb

    def _place_of(self, source: FrozenImage, longest_px: int) -> Path | None:
        try:
            stat = Path(source.path).stat()
        except OSError:
            return None
        low, high = (self.mapping.low, self.mapping.high) if self.mapping else ("", "")
        parts = (
            source.hash or source.path, stat.st_size, stat.st_mtime_ns, longest_px, low, high,
        )  # fmt: skip
        name = hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
        return self.folder / name[:2] / f"{name}.npy"


def _is_worth(source: FrozenImage, size: int) -> bool:
    pixels = source.width * source.height
    return pixels >= WORTH_PX and 3 * pixels >= SHRINKS * size


def _bytes_of(source: FrozenImage, longest_px: int) -> int:
    """What an image takes, an unknown size being that of nothing."""
    longest = max(source.width, source.height, 1)
    scale = min(1.0, longest_px / longest)
    return HEADER_BYTES + 3 * round(source.width * scale) * round(source.height * scale)


def _room(folder: Path, kept: int) -> int:
    """Bytes that the cache may have in all."""
    return min(MOST_BYTES, int(MOST_PART * (shutil.disk_usage(folder).free + kept)))


def _files(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """When each file was last used, its bytes and its place."""
    for path in folder.glob("??/*"):
        with suppress(OSError):  # another process deleted it
            stat = path.stat()
            yield stat.st_mtime, stat.st_size, path


def _make_room(others: list[tuple[float, int, Path]], most: int) -> None:
    """Delete files, those first that were not used for longest, until ``most`` bytes are left."""
    left = sum(size for _, size, _ in others)
    for used, size, path in others:
        is_rest = path.suffix != ".npy" and used < time.time() - OLD_S
        if left > most or is_rest:
            with suppress(OSError):
                path.unlink()
                left -= size


def _load(path: Path) -> Rgb | None:
    """What is kept, mapped into memory; None where there is nothing, or nothing sound."""
    try:
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    is_sound = found.dtype == np.uint8 and found.ndim == 3 and found.shape[2] == 3
    return np.asarray(found) if is_sound else None


def _store(path: Path, rgb: Rgb) -> None:
    """Keep an image; where that fails it is decoded again next time, and nobody is told."""
    unfinished = path.with_name(f"{path.stem}.{os.getpid()}.new")
    try:
        path.parent.mkdir(exist_ok=True)
        with unfinished.open("wb") as file:
            np.save(file, np.ascontiguousarray(rgb), allow_pickle=False)
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
