"""Geometry as bytes and back: compact, canonical (equal values pack equally), versioned.

The first byte says the kind. Numbers are little-endian; coordinates are float64.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from studio.domain.shapes import (
    Box,
    Geometry,
    Mask,
    Part,
    Point,
    Points,
    Polygon,
    Polyline,
    Ring,
    RotatedBox,
)

_BOX, _ROTATED_BOX, _POLYGON, _MASK, _POLYLINE, _POINTS = b"B", b"R", b"P", b"M", b"L", b"K"


def kind_of(geometry: Geometry) -> str:
    """The name of the geometry's kind as queries and exports use it."""
    match geometry:
        case Box():
            return "box"
        case RotatedBox():
            return "rotated_box"
        case Polygon():
            return "polygon"
        case Mask():
            return "mask"
        case Polyline():
            return "polyline"
        case Points():
            return "points"


def pack(geometry: Geometry) -> bytes:
    """Geometry as bytes."""
    match geometry:
        case Box(x0, y0, x1, y1):
            return _BOX + struct.pack("<4d", x0, y0, x1, y1)
        case RotatedBox(cx, cy, width, height, angle_deg):
            return _ROTATED_BOX + struct.pack("<5d", cx, cy, width, height, angle_deg)
        case Polygon(parts):
            return _POLYGON + struct.pack("<I", len(parts)) + b"".join(map(_pack_part, parts))
        case Mask(x, y, width, height, runs):
            return _MASK + struct.pack("<4i", x, y, width, height) + runs
        case Polyline(points):
            return _POLYLINE + _pack_chain(points)
        case Points(points, occluded, names):
            flags = bytes(index in occluded for index in range(len(points)))
            return _POINTS + _pack_chain(points) + flags + _pack_names(names)


def _pack_part(part: Part) -> bytes:
    rings = (part.outer, *part.holes)
    return struct.pack("<I", len(rings)) + b"".join(map(_pack_chain, rings))


def _pack_chain(points: tuple[Point, ...]) -> bytes:
    return struct.pack(f"<I{2 * len(points)}d", len(points), *chain.from_iterable(points))


def _pack_names(names: tuple[str, ...]) -> bytes:
    encoded = (name.encode() for name in names)
    return b"".join(struct.pack("<I", len(name)) + name for name in encoded)


def unpack(packed: bytes) -> Geometry:
    """The geometry that ``pack`` wrote.

    Raises:
        ValueError: the bytes are of no known kind.
    """
    match packed[:1]:
        case b"B":
            return Box(*struct.unpack_from("<4d", packed, 1))
        case b"R":
            return RotatedBox(*struct.unpack_from("<5d", packed, 1))
        case b"P":
            return Polygon(tuple(_unpack_parts(packed)))
        case b"M":
            return Mask(*struct.unpack_from("<4i", packed, 1), packed[17:])
        case b"L":
            return Polyline(_unpack_chain(packed, 1)[0])
        case b"K":
            return _unpack_points(packed)
        case kind:
            raise ValueError(f"unknown geometry kind {kind!r}")


def _unpack_parts(packed: bytes) -> Iterator[Part]:
    (part_count,) = struct.unpack_from("<I", packed, 1)
    offset = 5
    for _ in range(part_count):
        (ring_count,) = struct.unpack_from("<I", packed, offset)
        offset += 4
        rings: list[Ring] = []
        for _ in range(ring_count):
            ring, offset = _unpack_chain(packed, offset)
            rings.append(ring)
        yield Part(rings[0], tuple(rings[1:]))


def _unpack_chain(packed: bytes, offset: int) -> tuple[tuple[Point, ...], int]:
    """The points that lie at ``offset``, and where they end."""
    (count,) = struct.unpack_from("<I", packed, offset)
    values = iter(struct.unpack_from(f"<{2 * count}d", packed, offset + 4))
    points: Iterator[Point] = zip(values, values, strict=True)
    return tuple(points), offset + 4 + 16 * count


def _unpack_points(packed: bytes) -> Points:
    points, offset = _unpack_chain(packed, 1)
    flags = packed[offset : offset + len(points)]
    offset += len(points)
    names: list[str] = []
    while offset < len(packed):
        (size,) = struct.unpack_from("<I", packed, offset)
        offset += 4 + size
        names.append(packed[offset - size : offset].decode())
    occluded = frozenset(index for index, flag in enumerate(flags) if flag)
    return Points(points, occluded, tuple(names))


@lru_cache(maxsize=256)
def address(geometry: Geometry) -> tuple[str, bytes]:
    """The content address of a geometry, its packed form's SHA-256 in hex, and that form.

    One edit asks for the same geometry several times in a row (row, blob, history).
    """
    packed = pack(geometry)
    return hashlib.sha256(packed).hexdigest(), packed
