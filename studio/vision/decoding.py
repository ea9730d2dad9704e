"""Decoding: for each kind of file the library that reads it best, and one form at the end."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.vision import containers, tiff
from studio.vision.containers import Header, Unreadable

# What they log about a damaged file is said to the user in one sentence instead.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def decode(header: Header, data: bytes) -> NDArray[np.generic]:
    """The first frame, upright, in the file's own type: (H, W), (H, W, 3) or (H, W, 4).

    Raises:
        Unreadable: the data are damaged.
    """
    pixels, is_upright = _first_frame(header, data)
    return upright(pixels, 1 if is_upright else header.orientation)


def _first_frame(header: Header, data: bytes) -> tuple[NDArray[np.generic], bool]:
    """The first frame, and whether its orientation is already applied."""
    match header.kind:
        case "JPEG" if header.channels == 4:
            return _decode_cmyk_jpeg(header, data), False
        case "JPEG":
            return decode_with_opencv(data, cv2.IMREAD_COLOR), False
        case "PNG":
            return decode_with_opencv(data, cv2.IMREAD_UNCHANGED), False
        case "TIFF":
            return tiff.decode(data)
        case "BMP":
            return _decode_bmp(data), False
        case _:
            return containers.decode_with_pillow(data), False


def _decode_bmp(data: bytes) -> NDArray[np.generic]:
    """Pillow knows most kinds; OpenCV knows more layouts of bit fields."""
    try:
        return containers.decode_with_pillow(data)
    except Unreadable:
        return decode_with_opencv(data, cv2.IMREAD_UNCHANGED)


def decode_with_opencv(data: bytes, flags: int) -> NDArray[np.generic]:
    """Grey, RGB or RGBA as it lies in the file; ``flags`` are OpenCV's ``IMREAD``.

    Raises:
        Unreadable: the data are damaged.
    """
    if flags != cv2.IMREAD_UNCHANGED:
        flags |= cv2.IMREAD_IGNORE_ORIENTATION
    try:
        pixels = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), flags)
    except cv2.error as error:
        raise Unreadable("its data are damaged") from error
    if pixels is None:
        raise Unreadable("its data are damaged")
    match pixels.shape:
        case (_, _, 4):
            return cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGBA)
        case (_, _, 3):
            return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)
        case _:
            return pixels


def _decode_cmyk_jpeg(header: Header, data: bytes) -> NDArray[np.generic]:
    """Adobe writes inverted CMYK and leaves a mark; others write it as it is.

    Pillow takes every CMYK JPEG for Adobe's, so the others are turned round again.
    """
    rgb_or_cmyk = containers.decode_with_pillow(data, keep_cmyk=True)
    ink = rgb_or_cmyk.astype(np.uint16)
    if not header.adobe:
        ink = 255 - ink
    paper = 255 - ink
    return ((paper[..., :3] * paper[..., 3:] + 127) // 255).astype(np.uint8)


def upright(pixels: NDArray[np.generic], orientation: int) -> NDArray[np.generic]:
    """``pixels`` turned and mirrored as EXIF's ``orientation`` (1 to 8) says; contiguous."""
    if orientation >= 5:
        pixels = np.swapaxes(pixels, 0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)


def as_rgb(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Grey, RGB or RGBA (over white) as RGB. Alpha that is zero everywhere is taken for absent."""
    if pixels.ndim == 3 and pixels.shape[2] == 4 and pixels[..., 3].max() == 0:
        return np.ascontiguousarray(pixels[..., :3])
    return over_white(pixels)


def over_white(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """As ``as_rgb``, of a part of an image: its alpha is never taken for absent."""
    if pixels.ndim == 2:
        return np.repeat(pixels[..., None], 3, axis=2)
    if pixels.shape[2] == 3:
        return pixels
    alpha = pixels[..., 3:].astype(np.uint16)
    if alpha.min() == 255:
        return np.ascontiguousarray(pixels[..., :3])
    shown = pixels[..., :3] * alpha + 255 * (255 - alpha)
    return ((shown + 127) // 255).astype(np.uint8)
