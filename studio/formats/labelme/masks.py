"""labelme's masks: a PNG in base64, whose pixels other than 0 are the object's.

``points`` are the PNG's first pixel in the image and its last one, the last one included.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from typing import Any, cast

import cv2
import numpy as np

from studio.domain.shapes import Geometry, Part, Point, Polygon, Ring
from studio.errors import EditConflict, say
from studio.formats.frames import Frame
from studio.formats.json_fields import numbers_of
from studio.formats.malformed import Malformed
from studio.vision import masks
from studio.vision.containers import Unreadable, open_pillow, png_header
from studio.vision.masks import Bitmap


def packed(bitmap: Bitmap) -> str:
    """A bitmap (H, W) as labelme keeps it."""
    return base64.b64encode(cv2.imencode(".png", bitmap.astype(np.uint8))[1].tobytes()).decode()


def mask_of(told: Any, points: Sequence[Point], frame: Frame, drawn: Any) -> Geometry:
    """The mask of a PNG whose first pixel is at the first of ``points``.

    Where ``drawn`` tells rings of a polygon that covers these very pixels, it is that polygon. The
    PNG may be larger than its two points say, as old versions wrote it: all of it counts.

    Raises:
        Malformed: it is no mask, or there is nothing in it.
    """
    if len(points) != 2:
        raise Malformed(say("a mask needs two corners; it was left out"), "points")
    (x, y), _ = points
    mask = masks.encode(_bitmap(told, frame), round(x), round(y))
    polygon = _polygon(drawn)
    if polygon is not None and _covered(polygon, frame) == mask:
        return polygon
    if mask is None:
        raise Malformed(say("the mask is empty; it was left out"), "mask")
    return mask


def _bitmap(told: Any, frame: Frame) -> Bitmap:
    try:
        data = base64.b64decode(told if isinstance(told, str) else "")
        header = png_header(io.BytesIO(data))
        image = open_pillow(io.BytesIO(data))
    except (ValueError, Unreadable) as error:
        raise _no_mask() from error
    width, height = frame.told_size
    if header.width > 2 * width or header.height > 2 * height:
        raise Malformed(
            say(
                "the mask has {width} x {height} pixels, many more than the image; it was left out",
                width=header.width,
                height=header.height,
            ),
            "mask",
        )
    try:
        pixels = np.array(image)
    except Exception as error:  # decoders raise anything on damaged data
        raise _no_mask() from error
    if pixels.ndim == 3:  # colours; an alpha channel says nothing
        pixels = pixels[..., : 1 if pixels.shape[2] == 2 else 3].any(axis=2)
    return pixels.astype(bool)


def _no_mask() -> Malformed:
    return Malformed(say("the mask is no PNG in base64; it was left out"), "mask")


def _covered(polygon: Polygon, frame: Frame) -> Geometry | None:
    try:
        return masks.within(polygon, *frame.told_size)
    except EditConflict:  # more than fits into the memory: no export of ours
        return None


def _polygon(drawn: Any) -> Polygon | None:
    """Lists of parts, of rings, of points; None where they are none."""
    if not isinstance(drawn, list) or not drawn:
        return None
    parts: list[Part] = []
    for each in cast(list[Any], drawn):
        rings = [_ring(ring) for ring in cast(list[Any], each)] if isinstance(each, list) else []
        if not rings or not all(rings):
            return None
        outer, *holes = rings
        parts.append(Part(outer, tuple(holes)))
    return Polygon(tuple(parts))


def _ring(told: Any) -> Ring:
    """Empty where these are not three points or more."""
    pairs = [numbers_of(pair) for pair in cast(list[Any], told)] if isinstance(told, list) else []
    points = tuple((pair[0], pair[1]) for pair in pairs if pair and len(pair) == 2)
    return points if len(points) == len(pairs) >= 3 else ()
