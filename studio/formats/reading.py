"""Reading a file of a data set whole, or saying why it cannot be read."""

from __future__ import annotations

import codecs
from pathlib import Path

from studio.errors import FormatError
from studio.formats.finding import readable


def read_bytes(path: Path) -> bytes:
    """What is in a file.

    Raises:
        FormatError: it cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise FormatError(
            "{file} cannot be opened: {reason}.", file=readable(str(path)), reason=error.strerror
        ) from error


def read_text(path: Path) -> str:
    """What a text file says, its byte order mark included.

    It is in UTF-8, or in UTF-16 where it begins with that one's mark.

    Raises:
        FormatError: it cannot be opened, or is in neither.
    """
    data = read_bytes(path)
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(
            "{file} is not in UTF-8; save it as such.", file=readable(str(path))
        ) from error
