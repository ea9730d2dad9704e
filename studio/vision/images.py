"""The only reader of image files: whatever the kind, upright RGB of 8 bits comes out.

Everything that looks at a picture (canvas, thumbnails, training, prediction, export) comes
through here, so that a file is readable everywhere or nowhere:

* EXIF orientation is always applied. Several frames or pages: the first one is the picture.
* Transparency is shown over white; an alpha channel that is zero everywhere is taken for absent.
* Images deeper than 8 bits are mapped by one ``GreyMapping`` for the whole project.
* CMYK is converted without colour profiles; embedded profiles are not applied.
* A picture too large for the memory is read by its tiles or strips where it is a TIFF
  (``open_huge``), reduced it is read by everyone; where its kind has no parts it is refused.
* A truncated file is a problem, for the canvas and for training alike: decoders differ in what
  they make of the missing part, and grey that nobody photographed must not be learned.
"""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from studio.errors import ImageDamaged, ImageProblem
from studio.vision import containers, decoding, tiff, tiff_parts
from studio.vision.containers import Header, Unreadable
from studio.vision.depth import GreyMapping as GreyMapping
from studio.vision.depth import full_range, to_8_bit
from studio.vision.depth import mapping_of as mapping_of
from studio.vision.huge import HugeImage
from studio.vision.tiff_parts import TiffParts

Rgb = NDArray[np.uint8]
"""(H, W, 3) uint8, RGB, upright."""

EXTENSIONS = frozenset(
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".tif", ".tiff", ".bmp", ".dib",
        ".webp", ".gif", ".jp2", ".j2k", ".jpf", ".jpx", ".pgm", ".ppm", ".pbm", ".pnm",
    }
)  # fmt: skip
"""Lower-case suffixes of the files that a scan takes for images."""

MAX_PIXELS = 2**28
"""A picture of more pixels (16,384 x 16,384) is never read whole: it would fill the memory."""

HUGE_FROM_PIXELS = 2**26
"""A TIFF of more pixels (8,192 x 8,192) is shown by its tiles where that can be done."""

MAX_HUGE_PIXELS = 2**34
"""A picture of more pixels (131,072 x 131,072) is refused: looking through it takes too long."""

SAMPLED_IMAGES = 24
"""How many images of a folder decide its mapping."""

SAMPLED_SIDE_PX = 1024
"""About this many rows and columns of an image, spread evenly, tell which values it holds."""

HASHED_END_BYTES = 16 * 1024

# The size is checked here, from the header, before anything is decoded.
Pillow.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What a file's header says.

    ``width`` and ``height`` are of the upright image, ``frames`` counts pages or animation
    frames (only the first is read), ``bit_depth`` is per channel (1 to 64), ``kind`` is the
    format's name, for example ``JPEG``, and ``orientation`` is EXIF's, 1 to 8: how the pixels
    in the file have to be turned to be upright.
    """

    width: int
    height: int
    frames: int
    bit_depth: int
    kind: str
    orientation: int = 1


def probe(path: Path) -> ImageInfo:
    """Look at the header only, and whether a JPEG's or PNG's end is there.

    Raises:
        ImageProblem: no image of a known kind, too large, or cut short.
    """
    try:
        with path.open("rb") as file:
            header = _header(file, path)
    except (OSError, ValueError) as error:
        raise _cannot_open(path, error) from error
    width, height = header.upright_size
    return ImageInfo(
        width, height, header.frames, header.bit_depth, header.kind, header.orientation
    )


def read(path: Path, mapping: GreyMapping | None = None) -> Rgb:
    """Decode the image: (H, W, 3) uint8 RGB, upright.

    ``mapping`` shows images deeper than 8 bits; without one the whole range of their type is
    mapped to 0..255.

    Raises:
        ImageProblem: the file cannot be read, is broken, truncated or too large.
    """
    header, data = _load(path)
    return _read(path, header, data, mapping)[0]


def read_mapped(path: Path, mapping: GreyMapping | None = None) -> tuple[Rgb, GreyMapping | None]:
    """As ``read``, and the mapping that was used; None for an image of 8 bits or less.

    Raises:
        ImageProblem: as ``read``.
    """
    header, data = _load(path)
    return _read(path, header, data, mapping)


def _read(
    path: Path, header: Header, data: bytes, mapping: GreyMapping | None
) -> tuple[Rgb, GreyMapping | None]:
    pixels = _decode(path, header, data)
    shown = decoding.as_rgb(to_8_bit(pixels, header.bit_depth, mapping))
    is_deep = pixels.dtype != np.uint8 and pixels.dtype != np.bool_
    return shown, (mapping or full_range(pixels.dtype, header.bit_depth)) if is_deep else None


def read_deep(path: Path) -> NDArray[np.generic]:
    """Decode without mapping: (H, W), (H, W, 3) or (H, W, 4) in the file's own type, upright.

    Raises:
        ImageProblem: as ``read``.
    """
    header, data = _load(path)
    return _decode(path, header, data)


def sample_deep(path: Path) -> NDArray[np.generic]:
    """Raw values from all over the image, in the file's own type: (h, w) or (h, w, c).

    Raises:
        ImageProblem: as ``read``.
    """
    if open_huge(path) is None:
        pixels = read_deep(path)
        step = max(1, max(pixels.shape[:2]) // SAMPLED_SIDE_PX)
        return pixels[::step, ::step]
    try:
        return TiffParts(path).page.sample(SAMPLED_SIDE_PX)
    except (OSError, Unreadable) as error:
        raise problem_of(path, error) from error


def read_reduced(path: Path, longest_px: int, mapping: GreyMapping | None = None) -> Rgb:
    """The image with its longest side at most ``longest_px``: (h, w, 3) uint8 RGB, upright.

    A JPEG is decoded at 1/2, 1/4 or 1/8 of its size (scaled DCT), which is many times faster.

    Raises:
        ImageProblem: as ``read``.
    """
    huge = open_huge(path, mapping, longest_px)
    if huge:
        return _shrunk(_overview(path, huge), huge.width, huge.height, longest_px)
    header, data = _load(path)
    rgb = _read_scaled(path, header, data, longest_px)
    if rgb is None:
        rgb, _ = _read(path, header, data, mapping)
    return _shrunk(rgb, *header.upright_size, longest_px)


def read_first(
    path: Path, longest_px: int, mapping: GreyMapping | None = None
) -> tuple[Rgb, tuple[int, int], GreyMapping | None]:
    """What can be shown of an image soonest, its width and height, and the mapping that was used.

    It is 1/2, 1/4 or 1/8 of the image where that is decoded many times faster, as in a JPEG, with
    its longest side at least ``longest_px``; else it is all of the image.

    Raises:
        ImageProblem: as ``read``.
    """
    header, data = _load(path)
    rgb, used = _read_scaled(path, header, data, longest_px), None
    if rgb is None:
        rgb, used = _read(path, header, data, mapping)
    return rgb, header.upright_size, used


def comes_reduced(path: Path) -> bool:
    """Whether ``read_first`` may be quicker than ``read``, as far as the file's name tells."""
    return path.suffix.lower() in (".jpg", ".jpeg", ".jpe", ".jfif")


def _shrunk(rgb: Rgb, width: int, height: int, longest_px: int) -> Rgb:
    """``rgb``, which shows an image of that size, with a longest side of ``longest_px``."""
    factor = min(1.0, longest_px / max(width, height))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    if (rgb.shape[1], rgb.shape[0]) == size:
        return rgb
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _read_scaled(path: Path, header: Header, data: bytes, longest_px: int) -> Rgb | None:
    """A JPEG at the least of 1/2, 1/4, 1/8 that has ``longest_px``; None where there is none."""
    at_most = max(header.width, header.height) // longest_px
    if header.kind != "JPEG" or header.channels == 4 or at_most < 2:
        return None
    flag = cv2.IMREAD_REDUCED_COLOR_2
    if at_most >= 4:
        flag = cv2.IMREAD_REDUCED_COLOR_4 if at_most < 8 else cv2.IMREAD_REDUCED_COLOR_8
    try:
        pixels = decoding.decode_with_opencv(data, flag)
    except Unreadable as error:
        raise _cannot_read(path, error) from error
    return np.asarray(decoding.upright(pixels, header.orientation), dtype=np.uint8)


def open_huge(
    path: Path, mapping: GreyMapping | None = None, longest_px: int = 0
) -> HugeImage | None:
    """The image to be read by its tiles, with an overview of ``longest_px`` or (0) as fine a one
    as fits; None for one that is to be read whole.

    Raises:
        ImageProblem: as ``probe``.
    """
    try:
        with path.open("rb") as file:
            if containers.sniff(file.read(8)) != "TIFF":
                return None  # and leave it to be looked at by whoever reads it whole
            file.seek(0)
            header = _header(file, path)
            is_large = header.width * header.height > HUGE_FROM_PIXELS
            if not (is_large and tiff_parts.can_be_read(path)):
                return None
        return HugeImage(path, mapping, longest_px)
    except (OSError, ValueError, Unreadable) as error:
        raise problem_of(path, error) from error


def _overview(path: Path, huge: HugeImage) -> Rgb:
    try:
        for _ in huge.fill():
            pass
    except (OSError, Unreadable) as error:
        raise problem_of(path, error) from error
    return huge.overview


def problem_of(path: Path, error: OSError | ValueError | Unreadable) -> ImageProblem:
    """What a user is told who wanted to see ``path``, and ``error`` came of it."""
    return _cannot_read(path, error) if isinstance(error, Unreadable) else _cannot_open(path, error)


def quick_hash(path: Path) -> str:
    """A hash of the file's size, head and tail: the same picture under another name, quickly.

    Raises:
        ImageProblem: the file cannot be opened.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            digest = hashlib.blake2b(str(size).encode(), digest_size=16)
            digest.update(file.read(HASHED_END_BYTES))
            if size > HASHED_END_BYTES:
                file.seek(max(HASHED_END_BYTES, size - HASHED_END_BYTES))
                digest.update(file.read(HASHED_END_BYTES))
    except OSError as error:
        raise _cannot_open(path, error) from error
    return digest.hexdigest()


def sample_mapping(paths: Sequence[Path]) -> GreyMapping | None:
    """A mapping for a folder, from up to ``SAMPLED_IMAGES`` of ``paths`` spread evenly over it.

    It spans the darkest to the brightest thousandth of what the samples hold; None where none of
    them is readable and deeper than 8 bits, or all are one grey.
    """
    step = max(1, math.ceil(len(paths) / SAMPLED_IMAGES))
    ranges = [found for path in paths[::step] if (found := _sampled_range(path)) is not None]
    if not ranges:
        return None
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    return GreyMapping(low, high) if high > low else None


def _sampled_range(path: Path) -> tuple[float, float] | None:
    try:
        pixels = sample_deep(path)
    except ImageProblem:
        return None
    if pixels.dtype == np.uint8 or pixels.dtype == np.bool_:
        return None
    values = pixels.astype(np.float64)
    values = values[np.isfinite(values)]
    if values.size == 0:
        return None
    low, high = np.percentile(values, (0.1, 99.9))
    return float(low), float(high)


# Underneath -----------------------------------------------------------------------------------


def _load(path: Path) -> tuple[Header, bytes]:
    try:
        with path.open("rb") as file:
            header = _header(file, path)
            if header.width * header.height > MAX_PIXELS:
                raise ImageProblem(
                    "{file} is too large to be read as a whole ({width} x {height} pixels); cut it"
                    " into smaller images.",
                    file=printable(path.name),
                    width=header.width,
                    height=header.height,
                )
            file.seek(0)
            return header, file.read()
    except (OSError, ValueError) as error:
        raise _cannot_open(path, error) from error


def _header(file: BinaryIO, path: Path) -> Header:
    """The header of an image that can be opened, whole or in parts."""
    try:
        header = _header_of_kind(file)
    except Unreadable as error:
        raise _cannot_read(path, error) from error
    pixels = header.width * header.height
    if pixels > MAX_PIXELS and not (
        header.kind == "TIFF" and pixels <= MAX_HUGE_PIXELS and tiff_parts.can_be_read(path)
    ):
        raise ImageProblem(
            "{file} is too large to open ({width} x {height} pixels) and cannot be read in parts:"
            " save it as a tiled TIFF, or cut it into smaller images.",
            file=printable(path.name),
            width=header.width,
            height=header.height,
        )
    return header


def _header_of_kind(file: BinaryIO) -> Header:
    match containers.sniff(file.read(8)):
        case "JPEG":
            return containers.jpeg_header(file)
        case "PNG":
            return containers.png_header(file)
        case "TIFF":
            return tiff.header(file)
        case "BMP":
            return containers.bmp_header(file)
        case _:
            return containers.pillow_header(file)


def _decode(path: Path, header: Header, data: bytes) -> NDArray[np.generic]:
    """The first frame, upright, in the file's own type: (H, W), (H, W, 3) or (H, W, 4)."""
    try:
        pixels = decoding.decode(header, data)
    except Unreadable as error:
        raise _cannot_read(path, error) from error
    except MemoryError as error:
        raise ImageProblem(
            "{file} does not fit into the memory.", file=printable(path.name)
        ) from error
    if (pixels.shape[1], pixels.shape[0]) != header.upright_size:
        raise _cannot_read(path, Unreadable("its header and its data disagree about its size"))
    return pixels


def printable(name: str) -> str:
    r"""``name`` for the eye and the database: bytes that are no UTF-8 appear as ``\xNN``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _cannot_open(path: Path, error: OSError | ValueError) -> ImageProblem:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return ImageProblem(
        "{file} cannot be opened: {reason}.", file=printable(path.name), reason=reason
    )


def _cannot_read(path: Path, error: Unreadable) -> ImageDamaged:
    return ImageDamaged("{file} cannot be read: {reason}.", file=printable(path.name), reason=error)
