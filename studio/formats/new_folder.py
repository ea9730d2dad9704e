"""Filling a folder with an export: wholly, or not at all."""

from __future__ import annotations

import errno
import shutil
import stat
import unicodedata
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from studio.errors import FormatError, ImageProblem
from studio.formats.finding import readable

_OF_THE_DRIVE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
"""What would befall the next file too."""


class NewFolder:
    """A folder that is being filled; whatever ends the work early takes it away again.

    ``files`` are those written so far. Two names are one where they differ in upper and lower
    case or in the composition of accents only, as on Windows and macOS.
    """

    def __init__(self, path: Path) -> None:
        """Raises ``FormatError`` where ``path`` is there and is no empty folder."""
        self.path = path
        self.files: list[Path] = []
        self._folders: list[Path] = []
        self._taken: set[tuple[Path, str]] = set()
        try:
            is_taken = path.exists() and (not path.is_dir() or any(path.iterdir()))
        except OSError as error:
            raise _cannot_write(path, error) from error
        if is_taken:
            raise FormatError(
                "{folder} is not empty; choose a new folder to export to.",
                folder=readable(str(path)),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None:
            return
        for file in self.files:
            with suppress(OSError):
                file.chmod(stat.S_IWRITE | stat.S_IREAD)  # Windows deletes no read-only copy
                file.unlink()
        for folder in reversed(self._folders):
            with suppress(OSError):  # what somebody else has put there stays
                folder.rmdir()

    def copy(self, original: Path, folder: str = "", *, by_stem: bool = False) -> Path:
        """Copy a file into ``folder`` of this one, under its name or, if taken, one like it.

        ``by_stem`` also keeps names apart that differ in their extension only, where other files
        are to be called after them.

        Raises:
            ImageProblem: this image cannot be copied, as a clause about it.
            FormatError: nothing can be written any more.
        """
        copy = self._free(self._folder(folder), original, by_stem=by_stem)
        self.files.append(copy)
        try:
            shutil.copy2(original, copy)
        except OSError as error:
            if error.errno in _OF_THE_DRIVE:
                raise _cannot_write(copy, error) from error
            copy.unlink(missing_ok=True)
            self.files.remove(copy)
            reason = error.strerror or str(error)
            raise ImageProblem("it could not be copied: {reason}", reason=reason) from error
        return copy

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a new file, in UTF-8 where it is a text; ``name`` may begin with folders.

        Raises:
            FormatError: it cannot be written.
        """
        path = self.path / name
        self._folder(str(path.parent.relative_to(self.path)))
        data = content.encode() if isinstance(content, str) else content
        self.files.append(path)
        try:
            path.write_bytes(data)
        except OSError as error:
            raise _cannot_write(path, error) from error
        return path

    def _free(self, folder: Path, original: Path, *, by_stem: bool) -> Path:
        stem, number = original.stem, 1
        while True:
            path = folder / f"{stem}{original.suffix}"
            name = stem if by_stem else path.name
            key = (folder, unicodedata.normalize("NFC", name).casefold())
            if key not in self._taken:
                self._taken.add(key)
                return path
            number += 1
            stem = f"{original.stem}_{number}"

    def _folder(self, name: str) -> Path:
        folder = self.path / name
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        try:
            for each in reversed(missing):
                each.mkdir()
                self._folders.append(each)
        except OSError as error:
            raise _cannot_write(folder, error) from error
        return folder


def _cannot_write(path: Path, error: OSError) -> FormatError:
    return FormatError(
        "Cannot write {file}: {reason}.", file=readable(str(path)), reason=error.strerror
    )
