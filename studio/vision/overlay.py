"""Predictions drawn into the picture, without a window.

Text is written with Pillow, in a font of this machine that has the characters. Where there is
none (Chinese names on a bare server), classes are written as the numbers of ``legend``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw, ImageFont

from studio.domain.places import LEAST_SURE
from studio.vision import rle

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

MASK_OPACITY = 0.45
TAGS_SHOWN = 3
MOST_CAPTION = 2.0
"""A caption wider than so many times its box is shortened to the score, then left out."""

DEFAULT_COLOUR = "#E69F00"

# Families that hold Chinese, most common first: Linux, Windows, macOS.
_WIDE_FONTS = (
    "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf", "wqy-microhei.ttc", "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf", "msyh.ttc", "simhei.ttf", "simsun.ttc", "PingFang.ttc",
    "Hiragino Sans GB.ttc", "STHeiti Medium.ttc", "Arial Unicode.ttf",
)  # fmt: skip


def draw(
    rgb: NDArray[np.uint8], prediction: Mapping[str, Any], colours: Mapping[str, str]
) -> NDArray[np.uint8]:
    """A copy of ``rgb`` (H, W, 3) with ``prediction`` drawn into it.

    ``prediction`` is as ``studio predict --json`` prints it: ``scores`` by label for a
    classifier, else ``objects`` with ``bbox`` (x, y, w, h) and perhaps ``segmentation`` (COCO
    RLE) or ``keypoints``. ``colours`` are ``#RRGGBB`` by label, in the order of ``legend``.
    """
    objects = prediction.get("objects", ())
    filled = _fill_masks(rgb, objects, colours)
    picture = Image.fromarray(filled)
    pen = _Pen(picture, colours)
    for each in objects:
        pen.box(each)
        pen.points(each)
    if prediction.get("scores"):
        pen.tags(prediction["scores"])
    return np.asarray(picture)


def legend(colours: Mapping[str, str]) -> tuple[str, ...]:
    """The labels in order: number ``n`` in a picture stands for the ``n``-th of them."""
    return tuple(colours)


def draws_names(colours: Mapping[str, str]) -> bool:
    """Whether a font of this machine has every class's name; else numbers are drawn."""
    return _font_for("".join(colours), 12)[1]


def _fill_masks(
    rgb: NDArray[np.uint8], objects: Iterable[Mapping[str, Any]], colours: Mapping[str, str]
) -> NDArray[np.uint8]:
    filled = rgb.copy()
    for each in objects:
        if each.get("segmentation"):
            bitmap = rle.decode_bitmap(each["segmentation"])
            colour = np.array(_rgb(colours.get(each["label"])), dtype=np.float32)
            covered = filled[bitmap] * (1 - MASK_OPACITY) + colour * MASK_OPACITY
            filled[bitmap] = np.rint(covered).astype(np.uint8)
    return filled


class _Plate(NamedTuple):
    """The ground of a caption, in pixels of the picture."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: _Plate) -> bool:
        """Whether the two overlap."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


class _Pen:
    """Draws outlines and captions at a size that suits the picture."""

    def __init__(self, picture: Image.Image, colours: Mapping[str, str]) -> None:
        self._size = picture.size
        self._draw = ImageDraw.Draw(picture)
        self._colours = colours
        self._plates: list[_Plate] = []
        shorter = min(picture.size)
        self._line_px = max(1, round(shorter / 300))
        self._font, self._has_names = _font_for("".join(colours), max(11, round(shorter / 36)))

    def box(self, each: Mapping[str, Any]) -> None:
        """One object: its box, and above it its label and score, where there is room for them."""
        x, y, width, height = each["bbox"]
        colour = _rgb(self._colours.get(each["label"]))
        self._draw.rectangle((x, y, x + width, y + height), outline=colour, width=self._line_px)
        score = f"{each['score']:.2f}"
        for text in (f"{self._name(each['label'])} {score}", score):
            plate = self._plate((x, y), text)
            if plate.width <= MOST_CAPTION * width and not any(map(plate.meets, self._plates)):
                self._plates.append(plate)
                self._write(plate, text, colour)
                return

    def points(self, each: Mapping[str, Any]) -> None:
        """The points of one object that the model is sure of, ringed to show on any ground."""
        colour = _rgb(self._colours.get(each["label"]))
        radius = max(3, 2 * self._line_px)
        for point in each.get("keypoints", ()):
            if point.get("score", 1.0) >= LEAST_SURE:
                x, y = point["x"], point["y"]
                around = (x - radius, y - radius, x + radius, y + radius)
                self._draw.ellipse(around, fill=colour, outline=_ink(colour), width=self._line_px)

    def tags(self, scores: Mapping[str, float]) -> None:
        """The likeliest labels, one below the other, in the upper left corner."""
        top = 0.0
        best = sorted(scores.items(), key=lambda item: -item[1])[:TAGS_SHOWN]
        for label, score in best:
            colour = _rgb(self._colours.get(label))
            text = f"{self._name(label)} {score:.2f}"
            plate = self._plate((0, 0), text)._replace(y=top)
            self._write(plate, text, colour)
            top += plate.height

    def _plate(self, corner: tuple[float, float], text: str) -> _Plate:
        """Where the caption ``text`` stands: above ``corner`` and within the picture."""
        left, upper, right, lower = self._draw.textbbox((0, 0), text, font=self._font)
        width, height = right - left + 6, lower - upper + 4
        x = max(0.0, min(corner[0], self._size[0] - width))
        return _Plate(x, max(0.0, corner[1] - height), width, height)

    def _write(self, plate: _Plate, text: str, colour: tuple[int, int, int]) -> None:
        x, y, width, height = plate
        self._draw.rectangle((x, y, x + width, y + height), fill=colour)
        left, upper, *_ = self._draw.textbbox((0, 0), text, font=self._font)
        at = (x + 3 - left, y + 2 - upper)
        self._draw.text(at, text, fill=_ink(colour), font=self._font)

    def _name(self, label: str) -> str:
        if self._has_names or label not in self._colours:
            return label
        return f"#{legend(self._colours).index(label) + 1}"


def _ink(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    """Black or white, whichever stands out from ``colour``."""
    luminance = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
    return (0, 0, 0) if luminance > 140 else (255, 255, 255)


def _rgb(colour: str | None) -> tuple[int, int, int]:
    red, green, blue = ImageColor.getrgb(colour or DEFAULT_COLOUR)[:3]
    return red, green, blue


def _font_for(text: str, size_px: int) -> tuple[Font, bool]:
    """A font of ``size_px``, and whether it has the characters of ``text``."""
    if all(ord(character) < 0x250 for character in text):
        return ImageFont.load_default(size_px), True
    path = _wide_font_path()
    if path is None:
        return ImageFont.load_default(size_px), False
    return ImageFont.truetype(str(path), size_px), True


@lru_cache(maxsize=1)
def _wide_font_path() -> Path | None:
    """A font file of this machine that holds Chinese, or None."""
    found = {path.name: path for folder in _font_folders() for path in folder.rglob("*.[ot]t[cf]")}
    return next((found[name] for name in _WIDE_FONTS if name in found), None)


def _font_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        folders = (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",)
    elif sys.platform == "darwin":
        folders = (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    else:
        folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts",
                   home / ".local/share/fonts")  # fmt: skip
    return tuple(folder for folder in folders if folder.is_dir())
