"""Walking through folders in search of image files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from studio.errors import Sentence, say
from studio.storage.folder import is_project, runs_folder
from studio.vision import images

SKIPPED_FOLDERS = frozenset({"__MACOSX"})
_HIDDEN_ON_WINDOWS = 0x2

ShouldStop = Callable[[], bool]


def image_files(
    folder: Path, project: Path, should_stop: ShouldStop, notices: list[Sentence]
) -> Iterator[tuple[Path, os.stat_result]]:
    """Image files below ``folder``, those of a folder before those of its subfolders.

    Hidden files and folders, ``__MACOSX``, projects and the runs of ``project`` are passed over.
    Links are followed, but each real folder only once. A folder that cannot be listed is told in
    ``notices``.
    """
    pending, visited = [folder], set[tuple[int, int]]()
    while pending and not should_stop():
        current = pending.pop()
        try:
            identity = current.stat()
            with os.scandir(current) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            notices.append(_unlisted(current, error))
            continue
        # Some network drives number nothing: 0 says nothing about being the same folder.
        key = (identity.st_dev, identity.st_ino)
        if identity.st_ino and key in visited:
            continue
        visited.add(key)
        subfolders: list[Path] = []
        for entry in entries:
            if _is_folder(entry):
                if _is_wanted(entry, current / entry.name, project):
                    subfolders.append(current / entry.name)
            elif stat := _stat_of_image(entry):
                yield current / entry.name, stat
        pending.extend(reversed(subfolders))


def _is_wanted(entry: os.DirEntry[str], path: Path, project: Path) -> bool:
    return not (
        _is_hidden(entry)
        or entry.name in SKIPPED_FOLDERS
        or path == runs_folder(project)
        or is_project(path)
    )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a loop of links
        return False


def _stat_of_image(entry: os.DirEntry[str]) -> os.stat_result | None:
    """The entry's size and time if it is a visible image file, else None."""
    if Path(entry.name).suffix.lower() not in images.EXTENSIONS or _is_hidden(entry):
        return None
    try:
        return entry.stat() if entry.is_file() else None
    except OSError:  # removed meanwhile, or a link in a loop of links
        return None


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return True
    if os.name != "nt":
        return False
    return bool(entry.stat(follow_symlinks=False).st_file_attributes & _HIDDEN_ON_WINDOWS)


def _unlisted(folder: Path, error: OSError) -> Sentence:
    return say(
        "The folder {folder} cannot be listed: {reason}.",
        folder=images.printable(str(folder)),
        reason=error.strerror or error,
    )
