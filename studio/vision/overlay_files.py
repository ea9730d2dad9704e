"""Overlays as PNG files: they replace older overlays, never a picture of the user's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

MARK = ("Software", "Vision Studio predictions")
"""The text in a PNG file that says that it is an overlay."""


class OverlayFiles:
    """Names and writes the overlays of one command below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: set[Path] = set()

    def write(self, picture: NDArray[np.uint8], below: Path) -> Path:
        """Write ``picture`` (H, W, 3) as ``below`` the folder, with the suffix ``.png``.

        The name gets a number where this command wrote it before, or where a file lies that is
        no overlay. Returns the path.

        Raises:
            OSError: the file cannot be written.
        """
        target = self._free(self._folder / below.with_suffix(".png"))
        target.parent.mkdir(parents=True, exist_ok=True)
        text = PngImagePlugin.PngInfo()
        text.add_text(*MARK)
        Image.fromarray(picture).save(target, pnginfo=text)
        self._written.add(target)
        return target

    def _free(self, target: Path) -> Path:
        free, number = target, 2
        while free in self._written or _is_foreign(free):
            free, number = target.with_stem(f"{target.stem}-{number}"), number + 1
        return free


def _is_foreign(path: Path) -> bool:
    """Whether something lies at ``path`` that no earlier command drew."""
    if path.is_symlink():
        return True
    if not path.exists():
        return False
    try:
        with Image.open(path) as image:
            return image.info.get(MARK[0]) != MARK[1]
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return True
