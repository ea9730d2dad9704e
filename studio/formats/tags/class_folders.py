"""Class folders: ``cat/1.jpg`` is a cat; above them there may be ``train``, ``val`` and ``test``.

Written the same way, by copying the images; or, to a file ending in ``.csv``, as a table.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from studio.domain.imports import ImportBatch, ImportedImage, Problem
from studio.domain.labels import Label, clean_name
from studio.domain.project import Split
from studio.errors import FormatError, ImageProblem, say
from studio.formats import left_out
from studio.formats.contract import ExportReport, ImportOptions, Progress, Reading, Writing
from studio.formats.finding import (
    Problems,
    image_files,
    located,
    readable,
    split_named,
)
from studio.formats.new_folder import NewFolder
from studio.formats.tags import table
from studio.storage.reader import Reader
from studio.vision import images

_LIKE_SPLITS = re.compile(r"train(ing)?|val(id(ation)?)?|dev|test(ing)?", re.IGNORECASE)


def read(source: Path, options: ImportOptions) -> Reading:
    """Read class folders, with or without split folders above them, or a table of tags.

    An image in no class folder is taken without a tag. All may lie in one folder more.

    Raises:
        FormatError: there is no such folder, or there are no images in it.
    """
    if source.is_file() and source.suffix.lower() == ".csv":
        return (yield from table.read(source, options))
    source = located(source)
    if not source.is_dir():
        raise FormatError("{folder} is not a folder of class folders.", folder=_name(source))
    problems = Problems(source)
    labels: set[str] = set()
    found: list[ImportedImage] = []
    for folder, split in _class_parents(source, problems):
        for path in image_files(folder):
            below = path.relative_to(folder).parts
            tag = clean_name(readable(below[0])) if len(below) > 1 else ""
            if tag:
                labels.add(tag)
            tags = (tag,) if tag else ()
            found.append(
                ImportedImage(path, tags, split=options.split or split, tags_done=bool(tag))
            )
            yield Progress(len(found))
    if not found:
        raise FormatError("There are no images in {folder}.", folder=_name(source))
    _say_untagged(source, found, problems)
    return ImportBatch(tuple(found), tuple(sorted(labels)), tuple(problems.found))


def _name(folder: Path) -> str:
    return readable(str(folder))


def _class_parents(source: Path, problems: Problems) -> Iterator[tuple[Path, Split | None]]:
    """The folders that hold class folders, each with its split.

    Where class folders lie in ``train``, other folders beside it are left out, with a problem;
    but ``test`` beside ``cat`` and ``dog`` is a class.
    """
    source = _unwrapped(source)
    folders = _folders_with_images(source)
    splits = {path: split for path in folders if (split := split_named(path.name))}
    holds_classes = Split.TRAIN in splits.values() and any(map(_folders_with_images, splits))
    if not splits or not (holds_classes or len(splits) == len(folders)):
        yield source, None
        return
    yield from splits.items()
    for path in (*(folder for folder in folders if folder not in splits), *_own_images(source)):
        sentence = say("it lies beside the folders of splits and in none of them; it was left out")
        problems.add(path, "", sentence)


def _unwrapped(source: Path) -> Path:
    """``source``, or the folder within it that holds everything, if it is not a class itself."""
    folders = _folders_with_images(source)
    while len(folders) == 1 and not _own_images(source) and not split_named(folders[0].name):
        if _own_images(folders[0]):
            break
        inner = _folders_with_images(folders[0])
        if len(inner) == 1 and _own_images(inner[0]) and not _is_split(inner[0]):
            break
        source, folders = folders[0], inner
    return source


def _is_split(folder: Path) -> bool:
    return split_named(folder.name) is not None


def _folders_with_images(folder: Path) -> list[Path]:
    _, names, _ = _listing(folder)
    wanted = (name for name in sorted(names) if name[0] != "." and name != "__MACOSX")
    return [folder / name for name in wanted if any(image_files(folder / name))]


def _own_images(folder: Path) -> list[Path]:
    """The images that lie in ``folder`` itself."""
    _, _, names = _listing(folder)
    wanted = (name for name in sorted(names) if name[0] != ".")
    return [folder / name for name in wanted if Path(name).suffix.lower() in images.EXTENSIONS]


def _listing(folder: Path) -> tuple[str, list[str], list[str]]:
    """The names of folders and files in ``folder``; none where it cannot be listed."""
    return next(os.walk(folder), ("", list[str](), list[str]()))


def _say_untagged(source: Path, found: list[ImportedImage], problems: Problems) -> None:
    untagged = sum(not image.tags for image in found)
    if untagged == len(found):
        raise FormatError(
            "{folder} has no class folders: put the images of each class into a folder "
            "that is named after it.",
            folder=_name(source),
        )
    if untagged:
        sentence = say("{count} images lie in no class folder; they got no tag", count=untagged)
        problems.found.append(Problem(_name(source), "", sentence))


def write(reader: Reader, dest: Path) -> Writing:
    """Copy every tagged image into a folder of its class; a ``.csv`` becomes a table instead.

    Where every tagged image has a split, the class folders lie in ``train``, ``val`` and ``test``.
    An image with several tags is copied once for each.

    Raises:
        FormatError: nothing is tagged, or ``dest`` is not a new or empty folder.
    """
    if dest.suffix.lower() == ".csv":
        return (yield from table.write(reader, dest))
    tagged = [each for each in reader.annotated() if each.tags]
    if not tagged:
        raise FormatError("No image has a tag yet, so there are no class folders to export.")
    unsplit = sum(each.split is None for each in tagged)
    folders = _folder_names(reader.labels())
    problems = [
        *left_out.splits(dest, unsplit, len(tagged)),
        *left_out.shapes(dest, reader),
    ]
    copied = 0
    with NewFolder(dest) as folder:
        for number, each in enumerate(tagged, start=1):
            parent = "" if unsplit else f"{each.split}/"
            before = len(folder.files)
            tags = {tag.label for tag in each.tags}
            for name in (name for label, name in folders.items() if label in tags):
                try:
                    folder.copy(reader.path_of(each.image), parent + name)
                except ImageProblem as error:
                    problems.append(Problem(each.image.path, "", error.sentence))
            copied += len(folder.files) > before
            yield Progress(number, len(tagged))
    return ExportReport(tuple(folder.files), copied, tuple(problems))


def _folder_names(labels: tuple[Label, ...]) -> dict[str, str]:
    """A folder name for each label id: the name, without what file systems refuse."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for label in labels:
        name = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", label.name).strip(" .") or "_"
        while name.casefold() in taken or _LIKE_SPLITS.fullmatch(name):
            name += "_"
        taken.add(name.casefold())
        names[label.id] = name
    return names
