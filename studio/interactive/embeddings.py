"""What encoders made of images, kept: the latest in memory, more on disk, both bounded.

The key is the image's content with how its raw values are shown, and the model's id, which is
its content; so nothing kept can be out of date.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np

from studio.errors import ImageProblem
from studio.interactive.asking import ImageFile
from studio.interactive.pair import Embedding, Pair
from studio.vision import images

MEMORY_BYTES = 256 << 20
DISK_BYTES = 1 << 30
SIZE = "width, height"
"""The name of the array that holds the image's size, which no output of a model has."""


class Embeddings:
    """The embeddings of one pair; ``folder`` is shared by all of them."""

    def __init__(
        self,
        pair: Pair,
        model_id: str,
        folder: Path,
        memory_bytes: int = MEMORY_BYTES,
        disk_bytes: int = DISK_BYTES,
    ) -> None:
        self._pair = pair
        self._model_id = model_id
        self._folder = folder
        self._memory_bytes, self._disk_bytes = memory_bytes, disk_bytes
        self._kept: OrderedDict[str, Embedding] = OrderedDict()
        self._keys: dict[tuple[ImageFile, int, int], str] = {}

    def of(self, image: ImageFile) -> Embedding:
        """The image's embedding, made if it is not at hand.

        Raises:
            ImageProblem: the image cannot be read.
            WeightsUnusable: the encoder fails.
        """
        key = self._key(image)
        embedding = self._kept.get(key) or self._load(key)
        if embedding is None:
            embedding = self._pair.embed(images.read(image.path, image.mapping))
            self._save(key, embedding)
        self._kept[key] = embedding
        self._kept.move_to_end(key)
        while len(self._kept) > 1 and self._held() > self._memory_bytes:
            self._kept.popitem(last=False)
        return embedding

    def _held(self) -> int:
        return sum(each.size_bytes for each in self._kept.values())

    def _key(self, image: ImageFile) -> str:
        try:
            facts = image.path.stat()
            known = (image, facts.st_mtime_ns, facts.st_size)
            if known not in self._keys:
                with image.path.open("rb") as file:
                    content = hashlib.file_digest(file, "sha256")
                content.update(repr((image.mapping, self._model_id)).encode())
                self._keys[known] = content.hexdigest()
            return self._keys[known]
        except OSError as error:
            raise ImageProblem(
                "{file} cannot be opened: {reason}.", file=image.path, reason=error.strerror
            ) from error

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.npz"

    def _load(self, key: str) -> Embedding | None:
        path = self._path(key)
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
            width, height = (int(length) for length in arrays.pop(SIZE))
            os.utime(path)  # the latest used are kept longest
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        return Embedding(arrays, width, height)

    def _save(self, key: str, embedding: Embedding) -> None:
        """Keep it on disk; a full or read-only disk means that it is made again next time."""
        unfinished = self._folder / f"{key}.{os.getpid()}.partial"
        arrays = {SIZE: np.array([embedding.width, embedding.height]), **embedding.arrays}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as file:
                np.savez(file, allow_pickle=False, **arrays)
            unfinished.replace(self._path(key))
            self._shrink()
        except OSError:
            unfinished.unlink(missing_ok=True)

    def _shrink(self) -> None:
        """Delete the longest unused, and what another process left half written."""
        found = [(path, path.stat()) for path in self._folder.iterdir()]
        found.sort(key=lambda each: each[1].st_mtime_ns, reverse=True)
        held = 0
        for path, facts in found:
            held += facts.st_size
            if held > self._disk_bytes and path != found[0][0]:
                path.unlink(missing_ok=True)
