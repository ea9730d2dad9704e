"""Turning geometry, and rotated boxes in their own frame. Angles are clockwise on screen."""

from __future__ import annotations

import math
from dataclasses import replace

from studio.domain import geometry as geo
from studio.domain.shapes import (
    Box,
    Geometry,
    Mask,
    Point,
    Points,
    Polygon,
    Polyline,
    Ring,
    RotatedBox,
)

STEP_DEG = 45.0
"""Shift turns in steps of this."""

_DIGITS = 6
"""To so many decimals are angles kept, so that a thousand fine steps come out even."""


def rotated(point: Point, centre: Point, angle_deg: float) -> Point:
    """``point`` turned clockwise about ``centre``."""
    cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    dx, dy = point[0] - centre[0], point[1] - centre[1]
    return (centre[0] + dx * cos - dy * sin, centre[1] + dx * sin + dy * cos)


def bearing(start: Point, end: Point) -> float:
    """The direction from ``start`` to ``end`` in degrees: 0 is to the right, 90 is down."""
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))


def normal(angle_deg: float) -> float:
    """The same angle in (-180, 180]."""
    return round(180.0 - (180.0 - angle_deg) % 360.0, _DIGITS)


def stepped(start: Point, end: Point, step_deg: float = STEP_DEG) -> Point:
    """``end`` moved to the nearest place on a ray from ``start`` in steps of ``step_deg``."""
    angle = math.radians(round(bearing(start, end) / step_deg) * step_deg)
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = dx * math.cos(angle) + dy * math.sin(angle)
    return (start[0] + along * math.cos(angle), start[1] + along * math.sin(angle))


# Rotated boxes --------------------------------------------------------------------------------


def box_on_edge(a: Point, b: Point, reach: Point) -> RotatedBox:
    """The box of which ``a`` to ``b`` is one side, and whose opposite side goes through ``reach``.

    Its angle is in (-90, 90], so that its top side is up on screen, whichever way it was drawn.
    """
    angle = bearing(a, b)
    depth = rotated(reach, a, -angle)[1] - a[1]
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    cx, cy = rotated((middle[0], middle[1] + depth / 2), middle, angle)
    upright = 90.0 - (90.0 - angle) % 180.0
    return RotatedBox(cx, cy, math.dist(a, b), abs(depth), upright)


def in_own_frame(box: RotatedBox, point: Point) -> Point:
    """``point`` from the centre of ``box``, to its own right and down."""
    x, y = rotated(point, (box.cx, box.cy), -box.angle_deg)
    return (x - box.cx, y - box.cy)


def from_own_frame(box: RotatedBox, point: Point) -> Point:
    """Where a point of ``in_own_frame`` is on the image."""
    return rotated((box.cx + point[0], box.cy + point[1]), (box.cx, box.cy), box.angle_deg)


def with_frame(box: RotatedBox, own: Box) -> RotatedBox:
    """The box that is ``own`` in the frame of ``box``, and turned as it is."""
    cx, cy = from_own_frame(box, ((own.x0 + own.x1) / 2, (own.y0 + own.y1) / 2))
    return RotatedBox(cx, cy, own.width, own.height, box.angle_deg)


# Turning --------------------------------------------------------------------------------------


def turned(geometry: Geometry, angle_deg: float) -> Geometry | None:
    """``geometry`` turned clockwise about its centre; None for a mask, whose pixels cannot turn.

    An upright box becomes a rotated one. To turn back gives the same again: outlines turn about
    the centre of their area, lines and points about the mean of their points.
    """
    match geometry:
        case Box(x0, y0, x1, y1):
            box = RotatedBox((x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0, 0.0)
            return replace(box, angle_deg=normal(angle_deg))
        case RotatedBox():
            return replace(geometry, angle_deg=normal(geometry.angle_deg + angle_deg))
        case Polygon() | Polyline() | Points():
            centre = _centre(geometry)
            return geo.map_points(geometry, lambda point: rotated(point, centre, angle_deg))
        case Mask():
            return None


def _centre(geometry: Polygon | Polyline | Points) -> Point:
    if isinstance(geometry, Polygon):
        moments = [
            (sign * area, x, y)
            for part in geometry.parts
            for sign, ring in ((1, part.outer), *((-1, hole) for hole in part.holes))
            for area, (x, y) in [_centroid(ring)]
        ]
        whole = sum(area for area, _, _ in moments)
        if whole > 0:
            x = sum(area * x for area, x, _ in moments) / whole
            return (x, sum(area * y for area, _, y in moments) / whole)
    return _mean([point for chain in geo.chains(geometry) for point in chain])


def _centroid(ring: Ring) -> tuple[float, Point]:
    """Area and centre of area of a ring, both of the shoelace formula."""
    ox, oy = ring[0]
    twice = cx = cy = 0.0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        ax, ay, bx, by = ax - ox, ay - oy, bx - ox, by - oy
        cross = ax * by - bx * ay
        twice += cross
        cx += (ax + bx) * cross
        cy += (ay + by) * cross
    if not twice:
        return 0.0, ring[0]
    return abs(twice) / 2, (ox + cx / (3 * twice), oy + cy / (3 * twice))


def _mean(points: list[Point]) -> Point:
    xs, ys = zip(*points, strict=True)
    return (sum(xs) / len(points), sum(ys) / len(points))
