"""TIFF: tifffile says what is inside; it, OpenCV or Pillow decodes, whoever knows the kind.

Pillow knows every colour model at 8 bits; tifffile and OpenCV know 16 bits, 32 bits and floats,
tifffile without any compression library, OpenCV with LZW.
"""

from __future__ import annotations

import io
import logging
from typing import BinaryIO

import cv2
import numpy as np
import tifffile
from numpy.typing import NDArray

from studio.vision.containers import (
    Header,
    Unreadable,
    decode_with_pillow,
    size_of,
    valid_orientation,
)

# What it would log about a damaged file is said to the user in one sentence instead.
logging.getLogger("tifffile").setLevel(logging.CRITICAL + 1)

_MINISWHITE, _MINISBLACK, _RGB = 0, 1, 2
ORIENTATION = "Orientation"


def header(file: BinaryIO) -> Header:
    """Header of the first page.

    Raises:
        Unreadable: the structure is damaged, or the picture's data lie beyond the end.
    """
    length = size_of(file)
    try:
        with tifffile.TiffFile(file) as tiff:
            page = _first_page(tiff)
            if page.imagewidth <= 0 or page.imagelength <= 0:
                raise Unreadable("its header says that the picture has no pixels")
            segments = zip(page.dataoffsets, page.databytecounts, strict=False)
            if any(offset + count > length for offset, count in segments):
                raise Unreadable("the end of the file is missing")
            orientation = page.tags.valueof(ORIENTATION)
            return Header(
                "TIFF",
                page.imagewidth,
                page.imagelength,
                valid_orientation(int(orientation) if orientation else 1),
                max(1, len(tiff.pages)),
                _bits(page),
                page.samplesperpixel,
            )
    except Unreadable:
        raise
    except Exception as error:  # tifffile raises anything on damaged data
        raise Unreadable("its structure is damaged") from error


def _first_page(tiff: tifffile.TiffFile) -> tifffile.TiffPage:
    return tiff.pages.first


def _bits(page: tifffile.TiffPage) -> int:
    return int(page.bitspersample)


def decode(data: bytes) -> tuple[NDArray[np.generic], bool]:
    """The first page, and whether its orientation is already applied.

    Grey (H, W), RGB (H, W, 3) or RGBA (H, W, 4) in the file's own type.

    Raises:
        Unreadable: it is damaged, truncated, or of a kind that nobody here decodes.
    """
    with tifffile.TiffFile(io.BytesIO(data)) as tiff:
        page = _first_page(tiff)
        deep = page.dtype is not None and (page.dtype.itemsize > 1 or page.dtype.kind not in "ub")
        if deep and is_plain_colour(page):
            try:
                return arranged(page, page.asarray()), False
            except Unreadable:
                raise
            except Exception:  # a compression that tifffile does not know, or damage
                pixels = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
                if pixels is not None:
                    return _rgb_order(pixels), False
    return decode_with_pillow(data), True


def is_plain_colour(page: tifffile.TiffPage) -> bool:
    """Whether the page's samples are grey values, or red, green and blue."""
    return int(page.photometric) in (_MINISWHITE, _MINISBLACK, _RGB)


def arranged(page: tifffile.TiffPage, pixels: NDArray[np.generic]) -> NDArray[np.generic]:
    """Rows, columns, then one, three or four samples; white-is-zero turned round.

    Raises:
        Unreadable: the samples are laid out in a way that nobody here knows.
    """
    if page.axes == "SYX":
        pixels = np.moveaxis(pixels, 0, -1)
    elif page.axes not in ("YX", "YXS"):
        raise Unreadable("its samples are laid out in an unusual way")
    if pixels.dtype.kind not in "uifb":
        raise Unreadable("its samples are not real numbers")
    if int(page.photometric) == _MINISWHITE and pixels.dtype.kind == "u":
        pixels = np.asarray(2 ** _bits(page) - 1 - pixels.astype(np.int64)).astype(pixels.dtype)
    if pixels.ndim == 3 and pixels.shape[2] in (1, 2):
        return pixels[..., 0]
    if pixels.ndim == 3 and not (pixels.shape[2] == 4 and 2 in page.extrasamples):
        return pixels[..., :3]
    return pixels


def _rgb_order(pixels: NDArray[np.generic]) -> NDArray[np.generic]:
    return pixels[..., [2, 1, 0, 3][: pixels.shape[2]]] if pixels.ndim == 3 else pixels
