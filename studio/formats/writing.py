"""Writing a file whole or not at all, and never over one that is somebody else's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from uuid import uuid4

from studio.errors import FormatError
from studio.formats.finding import readable
from studio.storage.reader import Annotated, Reader

_LONGEST_LINE = 1 << 16


@contextmanager
def replacing(
    path: Path, is_ours: Callable[[str], bool], encoding: str = "utf-8"
) -> Generator[TextIO]:
    """Open a file that takes the place of ``path`` once all is written; folders are made.

    ``is_ours`` is asked, with its first line, about a file that is there.

    Raises:
        FormatError: it cannot be written, or what is there is no export of ours.
    """
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}.new")
    try:
        if path.exists() and not is_ours(_first_line(path)):
            raise FormatError(
                "{file} is there already and is no export of Vision Studio; "
                "choose another name, or remove it first.",
                file=readable(str(path)),
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with unfinished.open("w", encoding=encoding, newline="\n") as file:
                yield file
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise FormatError(
            "Cannot write {file}: {reason}.", file=readable(str(path)), reason=error.strerror
        ) from error


def file_names(reader: Reader, told: Iterable[Annotated]) -> list[str]:
    """What to call each image: its path below its root.

    Where one of these paths names an image in another root too, be it told of or not, all are
    called by their absolute paths.
    """
    images = [each.image for each in told]
    roots = reader.roots()
    if len(roots) > 1:
        known = Counter(path for root in roots for path in reader.images_of_root(root.id))
        if any(known[image.path] > 1 for image in images):
            return [readable(reader.path_of(image).as_posix()) for image in images]
    return [image.path for image in images]


def _first_line(path: Path) -> str:
    """What the file begins with, byte order mark and all; "" where that is no text, or no file."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline(_LONGEST_LINE)
    except (UnicodeDecodeError, IsADirectoryError):
        return ""
