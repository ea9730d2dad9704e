"""A folder an image, with ``images/ID.png`` and ``masks/*.png``, one mask an object."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from studio.domain.imports import ImportedImage, ImportedShape
from studio.errors import say
from studio.formats.contract import ImportOptions, Progress
from studio.formats.finding import Problems, image_files, split_named, split_of
from studio.formats.frames import frame_of
from studio.formats.masks.files import image_core, indices_of, mask_core
from studio.vision import masks


@dataclass(frozen=True, slots=True)
class InstanceFolder:
    """One folder of the layout: all that lies in its ``images`` and ``masks``."""

    path: Path
    images: tuple[Path, ...]
    masks: tuple[Path, ...]


def instance_folders(source: Path) -> list[InstanceFolder]:
    """The folders in ``source`` of this layout, none where it is not that of the data set.

    It is where some folder has one image, and masks of other names. With it come the folders
    that have another number of images.
    """
    found: list[InstanceFolder] = []
    for folder in sorted((source, *(path for path in source.glob("**/*") if path.is_dir()))):
        if (folder / "images").is_dir() and (folder / "masks").is_dir():
            pictures, files = (image_files(folder / name) for name in ("images", "masks"))
            found.append(InstanceFolder(folder, tuple(pictures), tuple(files)))
    return found if any(map(_is_of_one_image, found)) else []


def _is_of_one_image(folder: InstanceFolder) -> bool:
    if len(folder.images) != 1:
        return False
    stem = folder.images[0].stem
    return not {stem, image_core(stem)} & {mask_core(path.stem) for path in folder.masks}


def read_instances(
    folders: list[InstanceFolder], label: str, options: ImportOptions, problems: Problems
) -> Generator[Progress, None, tuple[ImportedImage, ...]]:
    """The image of each folder with its objects, all of class ``label``."""
    images: list[ImportedImage] = []
    for number, folder in enumerate(folders, start=1):
        if len(folder.images) == 1:
            images.append(_read(folder.images[0], folder.masks, label, options, problems))
        elif folder.images or folder.masks:
            sentence = say(
                "there should be one image in its folder images, but there are {count}; "
                "it was left out",
                count=len(folder.images),
            )
            problems.add(folder.path, "", sentence)
        yield Progress(number, len(folders))
    return tuple(images)


def _read(
    image: Path, files: tuple[Path, ...], label: str, options: ImportOptions, problems: Problems
) -> ImportedImage:
    base = problems.base
    split = options.split or split_of(image.parent.relative_to(base)) or split_named(base.name)
    frame = frame_of(image, None, problems)
    if frame is None:
        return ImportedImage(image, split=split)
    shapes: list[ImportedShape] = []
    for path in files:
        indices = indices_of(path, image, frame, problems)
        mask = masks.encode(indices != 0) if indices is not None else None
        if mask is not None:
            shapes.append(ImportedShape(label, mask))
        elif indices is not None:
            problems.add(path, "", say("the mask is empty; it was left out"))
    done = len(shapes) == len(files)
    return ImportedImage(image, shapes=tuple(shapes), split=split, shapes_done=done)
