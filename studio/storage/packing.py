"""Geometry as bytes and back: compact, canonical (equal values pack equally), versioned.

The first byte says the kind. Numbers are little-endian; coordinates are float64.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from studio.domain.shapes import Box, Geometry, Mask, Part, Point, Polygon, Ring, RotatedBox

_BOX, _ROTATED_BOX, _POLYGON, _MASK = b"B", b"R", b"P", b"M"


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


def _pack_part(part: Part) -> bytes:
    rings = (part.outer, *part.holes)
    return struct.pack("<I", len(rings)) + b"".join(map(_pack_ring, rings))


def _pack_ring(ring: Ring) -> bytes:
    return struct.pack(f"<I{2 * len(ring)}d", len(ring), *chain.from_iterable(ring))


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
            (point_count,) = struct.unpack_from("<I", packed, offset)
            values = struct.unpack_from(f"<{2 * point_count}d", packed, offset + 4)
            offset += 4 + 16 * point_count
            points: Iterator[Point] = zip(values[::2], values[1::2], strict=True)
            rings.append(tuple(points))
        yield Part(rings[0], tuple(rings[1:]))


@lru_cache(maxsize=256)
def address(geometry: Geometry) -> tuple[str, bytes]:
    """The content address of a geometry, its packed form's SHA-256 in hex, and that form.

    One edit asks for the same geometry several times in a row (row, blob, history).
    """
    packed = pack(geometry)
    return hashlib.sha256(packed).hexdigest(), packed
