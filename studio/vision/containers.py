"""What the header of an image file says, found without decoding the picture.

JPEG and PNG are walked by hand, because only the structure of the file tells whether its end is
missing: libjpeg fills what is not there with grey and says so to nobody.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

PILLOW_FORMATS = ("BMP", "DIB", "GIF", "JPEG", "JPEG2000", "PNG", "PPM", "TIFF", "WEBP", "AVIF")
"""What Pillow may open here; its rarer plug-ins read whole files before they look at a size."""

EXIF_ORIENTATION = 0x0112
_TAIL_BYTES = 64 * 1024
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Unreadable(Exception):
    """The file is damaged or unknown; the text completes "cannot be read: ..."."""


@dataclass(frozen=True, slots=True)
class Header:
    """Size as stored (before ``orientation``, EXIF's 1 to 8, is applied) and how it is stored.

    ``channels`` is 0 where it does not matter.
    """

    kind: str
    width: int
    height: int
    orientation: int = 1
    frames: int = 1
    bit_depth: int = 8
    channels: int = 0
    adobe: bool = False

    @property
    def upright_size(self) -> tuple[int, int]:
        """(width, height) after the orientation is applied."""
        turned = self.orientation >= 5
        return (self.height, self.width) if turned else (self.width, self.height)


def sniff(start: bytes) -> str:
    """The kind of file by its first bytes: JPEG, PNG, TIFF, BMP, or "" for any other."""
    if start.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if start[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "TIFF"
    if start.startswith(b"BM"):
        return "BMP"
    return ""


def size_of(file: BinaryIO) -> int:
    """The length of an open file in bytes; leaves it at its start."""
    length = file.seek(0, os.SEEK_END)
    file.seek(0)
    return length


# JPEG -----------------------------------------------------------------------------------------


def jpeg_header(file: BinaryIO) -> Header:
    """Header of a JPEG whose end-of-image marker is there.

    Raises:
        Unreadable: the structure is damaged or the end is missing.
    """
    length = size_of(file)
    orientation, adobe = 1, False
    frame: tuple[int, int, int, int] | None = None
    for marker, segment in _jpeg_segments(file):
        if marker in _FRAME_MARKERS and frame is None and len(segment) >= 6:
            frame = struct.unpack_from(">BHHB", segment)
        elif marker == 0xE1 and segment.startswith(b"Exif\0\0"):
            orientation = exif_orientation(segment[6:])
        elif marker == 0xEE and segment.startswith(b"Adobe"):
            adobe = True
    if frame is None:
        raise Unreadable("the description of the picture is missing")
    if not _has_end_of_image(file, length):
        raise Unreadable("the end of the file is missing")
    bits, height, width, channels = frame
    return Header("JPEG", *_positive(width, height), orientation, 1, bits, channels, adobe)


def _jpeg_segments(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """(marker, payload) up to the start of the scan, where the file is left."""
    file.seek(2)
    while True:
        byte = file.read(1)
        while byte and byte != b"\xff":
            byte = file.read(1)
        while byte == b"\xff":
            byte = file.read(1)
        if not byte:
            raise Unreadable("the file ends before the picture begins")
        marker = byte[0]
        if marker in (0x00, 0x01) or 0xD0 <= marker <= 0xD8:
            continue
        if marker == 0xD9:
            raise Unreadable("the file ends before the picture begins")
        length = file.read(2)
        if len(length) < 2:
            raise Unreadable("the file ends before the picture begins")
        payload = file.read(max(0, int.from_bytes(length, "big") - 2))
        if marker == 0xDA:
            return
        yield marker, payload


def _has_end_of_image(file: BinaryIO, length: int) -> bool:
    """Whether a marker FFD9 follows; within the scan FF is always followed by 00 or RSTn."""
    scan = file.tell()
    file.seek(max(scan, length - _TAIL_BYTES))
    if b"\xff\xd9" in file.read():
        return True
    file.seek(scan)
    return b"\xff\xd9" in file.read()


def exif_orientation(exif: bytes) -> int:
    """The orientation (1 to 8) in an EXIF block that begins with its TIFF header; 1 if absent."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    try:
        if order is None:
            return 1
        (offset,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, offset)
        for index in range(count):
            entry = offset + 2 + 12 * index
            tag, kind = struct.unpack_from(f"{order}HH", exif, entry)
            if tag == EXIF_ORIENTATION:
                code = "I" if kind == 4 else "H"
                (value,) = struct.unpack_from(f"{order}{code}", exif, entry + 8)
                return valid_orientation(value)
    except struct.error:
        return 1
    return 1


def valid_orientation(value: object) -> int:
    """``value`` if it is one of EXIF's eight orientations, else 1 (as it lies)."""
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


# PNG ------------------------------------------------------------------------------------------


def png_header(file: BinaryIO) -> Header:
    """Header of a PNG whose picture is whole.

    Raises:
        Unreadable: the structure is damaged or the end is missing.
    """
    length = size_of(file)
    width = height = bits = 0
    orientation = frames = 1
    kinds: set[bytes] = set()
    for kind, size in _png_chunks(file, length):
        kinds.add(kind)
        if kind == b"IHDR":
            width, height, bits = struct.unpack(">IIB", _exactly(file, 9))
        elif kind == b"acTL":
            (frames,) = struct.unpack(">I", _exactly(file, 4))
        elif kind == b"eXIf":
            orientation = exif_orientation(file.read(size))
    if b"IEND" not in kinds:
        raise Unreadable("the end of the file is missing")
    if not {b"IHDR", b"IDAT"} <= kinds:
        raise Unreadable("there is no picture in it")
    return Header("PNG", *_positive(width, height), orientation, max(1, frames), bits)


def _png_chunks(file: BinaryIO, length: int) -> Iterator[tuple[bytes, int]]:
    """(type, size) of each chunk that the file holds whole, the file being at its data."""
    position = 8
    while position + 12 <= length:
        file.seek(position)
        size, kind = struct.unpack(">I4s", _exactly(file, 8))
        position += 12 + size
        if position <= length:
            yield kind, size
        if kind == b"IEND":
            return


def _exactly(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise Unreadable("the end of the file is missing")
    return data


# BMP ------------------------------------------------------------------------------------------


def bmp_header(file: BinaryIO) -> Header:
    """Header of a BMP, OS/2's first version included.

    Raises:
        Unreadable: the header is cut short or senseless.
    """
    file_bytes = size_of(file)
    file.seek(10)
    start, length = struct.unpack("<II", _exactly(file, 8))
    compression = 0
    if length == 12:
        width, height, _, bits = struct.unpack("<HHHH", _exactly(file, 8))
    else:
        width, height, _, bits, compression = struct.unpack("<iiHHI", _exactly(file, 16))
    if not 12 <= length <= 256 or bits not in (1, 2, 4, 8, 16, 24, 32):
        raise Unreadable("its header is damaged")
    row_bytes = (width * bits + 31) // 32 * 4
    padding = 4  # of the last row, which some programs do not write
    if compression == 0 and start + row_bytes * abs(height) > file_bytes + padding:
        raise Unreadable("the end of the file is missing")
    # A negative height says that the rows run from top to bottom.
    return Header("BMP", *_positive(width, abs(height)), bit_depth=8 if bits > 8 else bits)


# Everything else ------------------------------------------------------------------------------


def pillow_header(file: BinaryIO) -> Header:
    """Header of a file that Pillow knows.

    Raises:
        Unreadable: it is of no known kind, or damaged.
    """
    length = size_of(file)
    start = file.read(8)
    # RIFF, which holds WebP, says how long it is.
    if start.startswith(b"RIFF") and int.from_bytes(start[4:], "little") + 8 > length:
        raise Unreadable("the end of the file is missing")
    with open_pillow(file) as image:
        try:
            frames = int(getattr(image, "n_frames", 1))
            orientation = valid_orientation(image.getexif().get(EXIF_ORIENTATION))
        except Exception as error:  # decoders raise anything on damaged data
            raise Unreadable(_reason(error)) from error
        kind = image.format or "?"
        bits = {"1": 1, "I;16": 16, "I;16B": 16, "I": 16 if kind == "PPM" else 32, "F": 32}
        size = _positive(*image.size)
        return Header(kind, *size, orientation, frames, bits.get(image.mode, 8))


def open_pillow(file: BinaryIO) -> Pillow.Image:
    """Open (not decode) with Pillow.

    Raises:
        Unreadable: it is of no known kind, or damaged.
    """
    file.seek(0)
    try:
        return Pillow.open(file, formats=PILLOW_FORMATS)
    except Pillow.UnidentifiedImageError as error:
        raise Unreadable("it is not an image of a known kind, or its header is damaged") from error
    except Exception as error:  # decoders raise anything on damaged data
        raise Unreadable(_reason(error)) from error


def decode_with_pillow(data: bytes, *, keep_cmyk: bool = False) -> NDArray[np.generic]:
    """First frame: grey (H, W) of 8 or more bits, RGB (H, W, 3) or RGBA (H, W, 4) uint8.

    With ``keep_cmyk`` an image in CMYK comes as (H, W, 4) ink, 255 for full.

    Raises:
        Unreadable: it is damaged or truncated.
    """
    with open_pillow(io.BytesIO(data)) as image:
        try:
            image.load()
            return np.array(image) if keep_cmyk else _array(image)
        except Exception as error:  # decoders raise anything on damaged data
            raise Unreadable(_reason(error)) from error


def _array(image: Pillow.Image) -> NDArray[np.generic]:
    mode = image.mode
    if mode in ("I;16", "I;16L", "I;16B", "I", "F"):
        deep = np.array(image)
        return deep.astype(np.uint16) if image.format == "PPM" and mode == "I" else deep
    if mode == "LAB":
        import cv2

        return np.asarray(cv2.cvtColor(np.array(image), cv2.COLOR_LAB2RGB))
    if mode in ("L", "RGB", "RGBA"):
        wanted = "RGBA" if "transparency" in image.info else mode
    elif mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info:
        wanted = "RGBA"
    else:
        wanted = "L" if mode == "1" else "RGB"
    return np.array(image if wanted == mode else image.convert(wanted))


def _positive(width: int, height: int) -> tuple[int, int]:
    if width <= 0 or height <= 0:
        raise Unreadable("its header says that the picture has no pixels")
    return width, height


def _reason(error: Exception) -> str:
    """What a decoder says, unless it means one of the two usual things."""
    text = str(error).strip().rstrip(".")
    if "truncated" in text.lower():
        return "the end of the file is missing"
    vague = ("decoder error", "broken data stream", "cannot decode", "not enough image data")
    return "its data are damaged" if not text or text.lower().startswith(vague) else text
