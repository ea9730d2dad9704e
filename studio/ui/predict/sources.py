"""Which images to predict on: files, folders, or what nobody has labelled yet."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from studio.storage.reader import Reader
from studio.vision.images import EXTENSIONS


def unlabelled(reader: Reader) -> Mapping[Path, int]:
    """The project's images that nobody has labelled or marked done, by path, with their ids."""
    labelled = set(reader.labelled_ids())
    ids = [image_id for image_id in reader.image_ids() if image_id not in labelled]
    sound = {i: image for i, image in reader.images(ids).items() if not image.problem}
    paths = reader.paths_of(sound.values())
    return {paths[i]: i for i in ids if i in sound}


def images_of(
    reader: Reader, paths: Iterable[Path], should_stop: Callable[[], bool] = lambda: False
) -> Mapping[Path, int]:
    """The image files among ``paths`` and in the folders among them, each once.

    The value is the image's id where the project has it already, else 0. ``should_stop`` ends
    the search early, with what was found.
    """
    known = _known(reader)
    found = (place for path in paths for place in _files(path, should_stop))
    return {path: known.get(path, 0) for path in dict.fromkeys(found)}


def _files(path: Path, should_stop: Callable[[], bool]) -> Iterator[Path]:
    path = path.resolve()
    if path.is_file():
        if path.suffix.lower() in EXTENSIONS:
            yield path
        return
    for folder, folders, names in os.walk(path):
        if should_stop():
            return
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in EXTENSIONS:
                yield Path(folder) / name


def _known(reader: Reader) -> dict[Path, int]:
    images = reader.images(reader.image_ids())
    return {path: image_id for image_id, path in reader.paths_of(images.values()).items()}
