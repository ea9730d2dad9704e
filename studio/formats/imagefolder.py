"""Class folders: ``cat/1.jpg`` is a cat; above them there may be ``train``, ``val`` and ``test``.

Written the same way, by copying the images; or, to a file ending in ``.csv``, as a table.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from studio.domain.imports import ImportBatch, ImportedImage, Problem
from studio.domain.labels import Label, clean_name
from studio.domain.project import Split
from studio.errors import FormatError, say
from studio.formats import tag_csv
from studio.formats.contract import ExportReport, ImportOptions
from studio.formats.finding import image_files
from studio.storage.reader import Annotated, Reader

_SPLIT_FOLDERS = {
    "train": Split.TRAIN, "training": Split.TRAIN,
    "val": Split.VAL, "valid": Split.VAL, "validation": Split.VAL, "dev": Split.VAL,
    "test": Split.TEST, "testing": Split.TEST,
}  # fmt: skip


def read(source: Path, options: ImportOptions) -> ImportBatch:
    """Read class folders, with or without split folders above them, or a table of tags.

    An image in no class folder is taken without a tag.

    Raises:
        FormatError: there is no such folder, or there are no images in it.
    """
    if source.is_file() and source.suffix.lower() == ".csv":
        return tag_csv.read(source, options)
    if not source.is_dir():
        raise FormatError("{folder} is not a folder of class folders.", folder=source)
    labels: set[str] = set()
    images: list[ImportedImage] = []
    for folder, split in _class_parents(source):
        for path in image_files(folder):
            below = path.relative_to(folder).parts
            tag = clean_name(below[0]) if len(below) > 1 else ""
            if tag:
                labels.add(tag)
            tags = (tag,) if tag else ()
            images.append(
                ImportedImage(path, tags, split=options.split or split, tags_done=bool(tag))
            )
    if not images:
        raise FormatError("There are no images in {folder}.", folder=source)
    problems = _problems(source, images)
    return ImportBatch(tuple(images), tuple(sorted(labels)), problems)


def _class_parents(source: Path) -> Iterator[tuple[Path, Split | None]]:
    """The folders that hold class folders, each with its split."""
    folders = [path for path in sorted(source.iterdir()) if path.is_dir()]
    splits = {path: _SPLIT_FOLDERS.get(path.name.casefold()) for path in folders}
    if not any(splits.values()):
        yield source, None
        return
    for path, split in splits.items():
        if split is not None:
            yield path, split


def _problems(source: Path, images: list[ImportedImage]) -> tuple[Problem, ...]:
    untagged = sum(not image.tags for image in images)
    if untagged == len(images):
        raise FormatError(
            "{folder} has no class folders: put the images of each class into a folder "
            "that is named after it.",
            folder=source,
        )
    if not untagged:
        return ()
    sentence = say("{count} images lie in no class folder; they got no tag", count=untagged)
    return (Problem(str(source), "", sentence),)


def write(reader: Reader, dest: Path) -> ExportReport:
    """Copy every tagged image into a folder of its class; a ``.csv`` becomes a table instead.

    Where every tagged image has a split, the class folders lie in ``train``, ``val`` and ``test``.
    An image with several tags is copied once for each.

    Raises:
        FormatError: nothing is tagged, or ``dest`` is not a new or empty folder.
    """
    if dest.suffix.lower() == ".csv":
        return tag_csv.write(reader, dest)
    tagged = [each for each in reader.annotated() if each.tags]
    if not tagged:
        raise FormatError("No image has a tag yet, so there are no class folders to export.")
    if dest.exists() and (not dest.is_dir() or any(dest.iterdir())):
        raise FormatError("{folder} is not empty; choose a new folder to export to.", folder=dest)
    by_split = all(each.split for each in tagged)
    folders = _folder_names(reader.labels())
    files: list[Path] = []
    problems: list[Problem] = []
    for each in tagged:
        parent = dest / each.split if by_split and each.split else dest
        tags = {tag.label for tag in each.tags}
        for name in (name for label, name in folders.items() if label in tags):
            try:
                files.append(_copy(reader, each, parent / name))
            except OSError as error:
                reason = say("it could not be copied: {reason}", reason=error.strerror or error)
                problems.append(Problem(each.image.path, "", reason))
    return ExportReport(tuple(files), len(tagged), tuple(problems))


def _copy(reader: Reader, each: Annotated, folder: Path) -> Path:
    original = reader.path_of(each.image)
    folder.mkdir(parents=True, exist_ok=True)
    copy, number = folder / original.name, 2
    while copy.exists():
        copy = folder / f"{original.stem}_{number}{original.suffix}"
        number += 1
    return Path(shutil.copy2(original, copy))


def _folder_names(labels: tuple[Label, ...]) -> dict[str, str]:
    """A folder name for each label id: the name, without what file systems refuse."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for label in labels:
        name = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", label.name).strip(" .") or "_"
        while name.casefold() in taken or name.casefold() in _SPLIT_FOLDERS:
            name += "_"
        taken.add(name.casefold())
        names[label.id] = name
    return names
