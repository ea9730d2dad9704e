"""A TIFF read part by part: what is asked for is decoded, the rest of the file is left alone.

A compressed tile or strip is decoded as a little TIFF of its own, made of the file's own tags, so
that whatever is known of whole files (``tiff.decode``) is known here too. Where pixels lie plainly
in the file they are read as they are, also a few rows out of one great strip.
"""

from __future__ import annotations

import io
import math
import struct
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import tifffile
from numpy.typing import NDArray

from studio.vision import tiff
from studio.vision.containers import Unreadable, valid_orientation

Pixels = NDArray[np.generic]
"""(h, w), (h, w, 3) or (h, w, 4) in the file's own type, as stored (not turned upright)."""

SEGMENT_PIXELS = 2**24
"""A tile or strip that has to be decoded at once may have so many."""

KEPT_TILES_BYTES, KEPT_STRIPS_BYTES = 16 << 20, 64 << 20
"""How much memory the segments decoded last may take: strips are as wide as the image."""

MOST_PAGES = 32
"""Smaller copies are looked for among this many pages; a stack may have thousands."""

GRID = 8
"""A sample is taken from so many places across and down."""

_WIDTH, _LENGTH, _OFFSETS, _ROWS_PER_STRIP, _COUNTS = 256, 257, 273, 278, 279
_COPIED = (258, 259, 262, 266, 277, 284, 317, 320, 332, 338, 339, 347, 530, 531, 532)
"""Tags that say how a segment is to be decoded: bits, compression, colours, samples, tables."""
_PLAIN, _CONTIGUOUS, _LONG = 1, 1, 4
_REDUCED = 1
_UNASSOCIATED = 2


class Page:
    """One page of the file: ``width`` and ``height`` as stored, in segments of ``segment_width``
    x ``segment_height`` pixels (the last strip is shorter)."""

    def __init__(self, page: tifffile.TiffPage, source: _Source) -> None:
        self.width, self.height = page.imagewidth, page.imagelength
        self.is_tiled = page.is_tiled
        rows = self.height if self.is_tiled else min(page.rowsperstrip, self.height)
        self.segment_width = page.tilewidth if self.is_tiled else self.width
        self.segment_height = page.tilelength if self.is_tiled else rows
        self.dtype = np.dtype(page.dtype or np.uint8)
        self._page = page
        self._source = source
        self._across = math.ceil(self.width / self.segment_width)
        self._down = math.ceil(self.height / self.segment_height)
        self._is_plain = _is_plain(page)
        self._entries = [] if self._is_plain else source.entries(page)
        self._kept: OrderedDict[int, Pixels] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def can_be_read(self) -> bool:
        """Whether a part of the page can be read without decoding very much more."""
        return self._is_plain or self.segment_width * self.segment_height <= SEGMENT_PIXELS

    def read(self, x0: int, y0: int, x1: int, y1: int) -> Pixels:
        """Pixels ``[x0, x1) x [y0, y1)``, which lie on the page.

        Raises:
            Unreadable: they are damaged, or of a kind that nobody here decodes.
            OSError: the file cannot be read any more.
        """
        wide, high = self.segment_width, self.segment_height
        found: Pixels | None = None  # of the kind that the first segment is
        for row in range(y0 // high, math.ceil(y1 / high)):
            for column in range(x0 // wide, math.ceil(x1 / wide)):
                left, top = column * wide, row * high
                a, b = max(x0 - left, 0), min(x1 - left, wide)
                c, d = max(y0 - top, 0), min(y1 - top, high)
                segment = self._segment(row, column, c, d)
                if segment is None:
                    continue
                part = segment[:, a:b]
                if found is None:
                    found = np.zeros((y1 - y0, x1 - x0, *part.shape[2:]), part.dtype)
                if part.shape[2:] != found.shape[2:]:
                    raise Unreadable("its parts are not of one kind")
                found[top + c - y0 : top + d - y0, left + a - x0 : left + b - x0] = part
        return np.zeros((y1 - y0, x1 - x0), self.dtype) if found is None else found

    def sample(self, side_px: int) -> Pixels:
        """Pixels from ``GRID`` x ``GRID`` places all over the page, about ``side_px`` a side.

        Raises:
            Unreadable, OSError: as ``read``.
        """
        wide, high = min(side_px // GRID, self.width), min(side_px // GRID, self.height)
        lefts = np.linspace(0, self.width - wide, GRID).astype(int)
        tops = np.linspace(0, self.height - high, GRID).astype(int)
        rows = [[self.read(x, y, x + wide, y + high) for x in lefts] for y in tops]
        return np.concatenate([np.concatenate(row, axis=1) for row in rows])

    def _segment(self, row: int, column: int, first: int, last: int) -> Pixels | None:
        """Rows ``[first, last)`` of a segment; None where it was left out, as zeros may be."""
        index = row * self._across + column
        if self._page.databytecounts[index] == 0:
            return None
        if self._is_plain:
            return self._plain_rows(index, first, last)
        with self._lock:
            known = self._kept.get(index)
            if known is not None:
                self._kept.move_to_end(index)
                return known[first:last]
        decoded = self._decoded(index, row)
        with self._lock:
            self._kept[index] = decoded
            limit = KEPT_TILES_BYTES if self.is_tiled else KEPT_STRIPS_BYTES
            while sum(each.nbytes for each in self._kept.values()) > limit:
                self._kept.popitem(last=False)
        return decoded[first:last]

    def _plain_rows(self, index: int, first: int, last: int) -> Pixels:
        page = self._page
        samples = page.samplesperpixel
        dtype = self.dtype.newbyteorder(page.parent.byteorder)
        row_bytes = self.segment_width * samples * dtype.itemsize
        shape = (last - first, self.segment_width, samples)
        offset = page.dataoffsets[index] + first * row_bytes
        data = self._source.read(offset, (last - first) * row_bytes)
        if len(data) < (last - first) * row_bytes:
            raise Unreadable("the end of the file is missing")
        pixels = np.frombuffer(data, dtype).reshape(shape).astype(dtype.newbyteorder("="))
        return tiff.arranged(page, _squeezed(pixels))

    def _decoded(self, index: int, row: int) -> Pixels:
        page = self._page
        planes = 1 if page.planarconfig == _CONTIGUOUS else page.samplesperpixel
        step = self._across * self._down
        places = [index + plane * step for plane in range(planes)]
        offsets = [page.dataoffsets[place] for place in places]
        counts = [page.databytecounts[place] for place in places]
        height = self.segment_height
        if not self.is_tiled:
            height = min(height, self.height - row * height)
        data = [self._source.read(*each) for each in zip(offsets, counts, strict=True)]
        size = (self.segment_width, height)
        order = page.parent.byteorder
        pixels, _ = tiff.decode(_little_tiff(order, size, self._entries, data))
        if pixels.shape[:2] != (height, self.segment_width):
            raise Unreadable("its header and its data disagree about its size")
        return pixels


class TiffParts:
    """The first page of a TIFF, and smaller copies of it that the file holds.

    ``bit_depth`` is per channel, ``orientation`` EXIF's. Any thread may read.
    """

    def __init__(self, path: Path) -> None:
        """Raises:
        Unreadable: the structure is damaged.
        OSError: the file cannot be opened.
        """
        source = _Source(path)
        try:
            with path.open("rb") as file, tifffile.TiffFile(file) as opened:
                first = opened.pages.first
                orientation = first.tags.valueof(tiff.ORIENTATION)
                self.orientation = valid_orientation(int(orientation) if orientation else 1)
                self.bit_depth = int(first.bitspersample)
                self.page = Page(first, source)
                self._smaller = [Page(each, source) for each in _reduced(opened)]
        except (OSError, Unreadable):
            raise
        except Exception as error:  # tifffile raises anything on damaged data
            raise Unreadable("its structure is damaged") from error

    def at_level(self, level: int) -> Page | None:
        """The page that holds the image ``2 ** level`` times smaller, if there is one."""
        if level == 0:
            return self.page
        for page in self._smaller:
            sizes = ((self.page.width, page.width), (self.page.height, page.height))
            # Some round down and some up, and some do so at each halving.
            if all(abs(whole / 2**level - part) <= 1 for whole, part in sizes):
                return page
        return None


class _Source:
    """The file, opened for each part: so it may be read by any thread, and is never held on to."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, offset: int, count: int) -> bytes:
        with self._path.open("rb") as file:
            file.seek(offset)
            return file.read(count)

    def entries(self, page: tifffile.TiffPage) -> list[tuple[int, int, int, bytes]]:
        """(tag, type, count, value as bytes) of the tags that decode a segment."""
        tags = [page.tags[code] for code in _COPIED if code in page.tags]
        return [
            (tag.code, int(tag.dtype), tag.count, self.read(tag.valueoffset, tag.valuebytecount))
            for tag in tags
        ]


def can_be_read(path: Path) -> bool:
    """Whether parts of the TIFF ``path`` can be read by themselves.

    Raises:
        OSError: the file cannot be opened.
    """
    try:
        return TiffParts(path).page.can_be_read
    except Unreadable:
        return False


def _is_plain(page: tifffile.TiffPage) -> bool:
    """Whether the numbers in the file are the pixels."""
    deep = page.dtype is not None and page.dtype.kind in "uif"
    whole = deep and page.bitspersample == 8 * np.dtype(page.dtype or np.uint8).itemsize
    as_they_are = (page.compression, page.predictor, page.fillorder) == (1, 1, 1)
    samples = page.samplesperpixel
    known = samples in (1, 3) or (samples == 4 and tuple(page.extrasamples) == (_UNASSOCIATED,))
    together = samples == 1 or page.planarconfig == _CONTIGUOUS
    return whole and as_they_are and known and together and tiff.is_plain_colour(page)


def _squeezed(pixels: Pixels) -> Pixels:
    return pixels[..., 0] if pixels.shape[-1] == 1 else pixels


def _reduced(file: tifffile.TiffFile) -> Iterator[tifffile.TiffPage]:
    """Pages that are said to be smaller copies of the first."""
    first = file.pages.first
    inner: Sequence[object] = first.pages or ()
    for page in (*inner, *file.pages[1:MOST_PAGES]):
        if isinstance(page, tifffile.TiffPage) and page.subfiletype & _REDUCED:
            same = page.samplesperpixel == first.samplesperpixel and page.dtype == first.dtype
            if same and not page.subfiletype & ~_REDUCED:
                yield page


def _little_tiff(
    order: str,
    size: tuple[int, int],
    copied: Sequence[tuple[int, int, int, bytes]],
    planes: Sequence[bytes],
) -> bytes:
    """A TIFF of one segment, of ``size`` (width, height); ``planes`` are its data."""
    longs = f"{order}{len(planes)}I"
    lengths = struct.pack(longs, *(len(each) for each in planes))

    def one(tag: int, value: int) -> tuple[int, int, int, bytes]:
        return tag, _LONG, 1, struct.pack(order + "I", value)

    entries = [
        *copied, one(_WIDTH, size[0]), one(_LENGTH, size[1]), one(_ROWS_PER_STRIP, size[1]),
        (_COUNTS, _LONG, len(planes), lengths), (_OFFSETS, _LONG, len(planes), bytes(len(lengths))),
    ]  # fmt: skip
    entries.sort()
    body = 8 + 2 + 12 * len(entries) + 4
    ends = np.cumsum([len(value) if len(value) > 4 else 0 for *_, value in entries])
    data = body + int(ends[-1])
    starts = np.cumsum([data, *(len(each) for each in planes[:-1])])
    offsets = struct.pack(longs, *(int(start) for start in starts))
    out = io.BytesIO()
    out.write((b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8))
    out.write(struct.pack(order + "H", len(entries)))
    values = bytearray()
    for tag, kind, count, raw in entries:
        value = offsets if tag == _OFFSETS else raw
        out.write(struct.pack(order + "HHI", tag, kind, count))
        if len(value) <= 4:
            out.write(value.ljust(4, b"\0"))
        else:
            out.write(struct.pack(order + "I", body + len(values)))
            values += value
    out.write(bytes(4) + values + b"".join(planes))
    return out.getvalue()
