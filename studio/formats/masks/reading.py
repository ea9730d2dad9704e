"""Masks as PNG, in two layouts.

*Index masks*: one PNG an image, of the image's name, whose pixels are class numbers; beside the
images (``train`` and ``trainannot``, ``images`` and ``masks`` ...), in a folder of their own, or
in one folder with them (``a.jpg`` and ``a_mask.png``).
*Instance masks*: a folder an image with ``images/ID.png`` and ``masks/*.png``, one an object.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from studio.domain.imports import ImportBatch
from studio.errors import FormatError
from studio.formats import class_names
from studio.formats.contract import ImportOptions, Reading
from studio.formats.finding import Problems, is_file, located, no_images, readable
from studio.formats.masks.class_masks import ClassMasks
from studio.formats.masks.instance_masks import instance_folders, read_instances
from studio.storage import natural_order


def read(source: Path, options: ImportOptions) -> Reading:
    """Read a folder of either layout.

    Raises:
        FormatError: there are no masks, no images that belong to them, or too many values to be
            classes.
    """
    source = located(source)
    if not source.is_dir():
        raise FormatError("{folder} is not a folder of masks.", folder=readable(str(source)))
    names = class_names.read(_names_file(source, options))
    problems = Problems(source)
    folders = instance_folders(source)
    if folders:
        label = names.first() or readable(source.name).strip() or "object"
        images = yield from read_instances(folders, label, options, problems)
        labels: tuple[str, ...] = (label,)
        masks = tuple(path for folder in folders for path in folder.masks)
    else:
        reader = ClassMasks(source, names, options, problems)
        images = yield from reader.read()
        labels = names.labels(options.ignore) or _in_order(reader.used)
        masks = tuple(reader.files)
    if not images:
        raise no_images(source, options.images or source)
    return ImportBatch(images, labels, tuple(problems.found), masks)


def _in_order(names: Collection[str]) -> tuple[str, ...]:
    """In the order in which a person counts: 2 before 10."""
    keys = natural_order.keys("\0".join(names).encode()) if names else []
    return tuple(name for _, name in sorted(zip(keys, names, strict=True)))


def _names_file(source: Path, options: ImportOptions) -> Path | None:
    if options.names is not None:
        return options.names
    beside = (source / name for name in class_names.FILE_NAMES)
    return next((path for path in beside if is_file(path)), None)
