"""What of a geometry lies in the image."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Part, Point, Points, Polygon, Polyline, Ring


def clip(geometry: geo.OfPoints, width: int, height: int) -> geo.OfPoints | None:
    """``geometry`` cut to the image, or None where nothing of it is left.

    A line that leaves the image and comes back stays one line, which goes straight between.
    """
    match geometry:
        case Box(x0, y0, x1, y1):
            a, b = geo.clamp((x0, y0), width, height), geo.clamp((x1, y1), width, height)
            clipped: geo.OfPoints = geo.rectangle(a, b)
        case Polygon(parts):
            clipped = Polygon(tuple(_clip_parts(parts, width, height)))
        case Polyline(points):
            inside = (geo.clamp(p, width, height) for p in _clip_line(points, width, height))
            clipped = Polyline(tuple(inside))
        case Points(points):
            kept = [i for i, point in enumerate(points) if point == geo.clamp(point, width, height)]
            clipped = geo.with_points(geometry, kept)
    return None if geo.is_degenerate(clipped) else clipped


def _clip_parts(parts: tuple[Part, ...], width: int, height: int) -> Iterator[Part]:
    for part in parts:
        outer, *holes = (_clip_ring(ring, width, height) for ring in (part.outer, *part.holes))
        if _is_ring(outer):
            yield Part(outer, tuple(filter(_is_ring, holes)))


def _is_ring(ring: Ring) -> bool:
    return len(ring) >= 3 and geo.ring_area(ring) >= geo.MIN_SIDE_PX


def _clip_ring(ring: Ring, width: float, height: float) -> Ring:
    """``ring`` cut to ``[0, width] x [0, height]`` (Sutherland and Hodgman 1974); may be empty."""
    points = list(ring)
    for axis, limit, keep_below in (
        (0, 0.0, False),
        (0, width, True),
        (1, 0.0, False),
        (1, height, True),
    ):
        result: list[Point] = []
        for index, end in enumerate(points):
            start = points[index - 1]
            start_in = start[axis] <= limit if keep_below else start[axis] >= limit
            end_in = end[axis] <= limit if keep_below else end[axis] >= limit
            if start_in != end_in:
                t = (limit - start[axis]) / (end[axis] - start[axis])
                other = start[1 - axis] + t * (end[1 - axis] - start[1 - axis])
                result.append((limit, other) if axis == 0 else (other, limit))
            if end_in:
                result.append(end)
        points = result
    return tuple(points)


def _clip_line(points: Iterable[Point], width: float, height: float) -> Iterator[Point]:
    """What of each segment is in the image, end to end."""
    last: Point | None = None
    for start, end in pairwise(points):
        enters, leaves = _part_inside(start, end, width, height)
        if enters > leaves:
            continue
        for t in (enters, leaves):
            along = (start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1]))
            point = end if t == 1 else along
            if point != last:
                yield point
            last = point


def _part_inside(start: Point, end: Point, width: float, height: float) -> tuple[float, float]:
    """From which part (0..1) of its way to which a segment is in the image.

    The first is larger than the second where it never is (Liang and Barsky 1984).
    """
    enters, leaves = 0.0, 1.0
    for axis, size in ((0, width), (1, height)):
        way = end[axis] - start[axis]
        for toward, room in ((-way, start[axis]), (way, size - start[axis])):
            if toward < 0:
                enters = max(enters, room / toward)
            elif toward > 0:
                leaves = min(leaves, room / toward)
            elif room < 0:
                leaves = -1.0
    return enters, leaves
