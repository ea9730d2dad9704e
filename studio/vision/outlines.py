"""Union, difference, intersection and cuts of outlines with parts and holes.

Clipper (Vatti 1992) works on integers, here 1/16384 px, and is exact there. A vertex that comes
back from it unchanged becomes again the very float that went in, so that nothing drifts however
often an outline is edited, and neighbours that shared a border go on sharing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyclipper as _pyclipper  # pyright: ignore[reportMissingTypeStubs]
from numpy.typing import NDArray

from studio.domain import geometry as geo
from studio.domain.shapes import Part, Point, Polygon, Ring

clipper: Any = _pyclipper  # it comes without types

GridPoint = tuple[int, int]
Path = list[GridPoint]

GRID = 1 << 14
"""Grid steps a pixel: images up to 65,535 px wide stay in Clipper's fast range (30 bits)."""

SLIVER_PX = 0.1
"""A ring that is thinner than this on average was left over where borders nearly agree."""

SPIKE = GRID // 256
"""A vertex whose two edges run back along each other within this many steps is a spike."""

KNIFE = 8
"""Half the width of a cut in steps; what it takes away is given back."""

GIVEN_BACK = GRID // 20
"""How far a vertex beside a cut may be from where the cut truly meets the outline, in steps."""


# Booleans -------------------------------------------------------------------------------------


def union(polygons: Sequence[Polygon]) -> Polygon | None:
    """What any of ``polygons`` covers; None where that is nothing."""
    grid = _Grid()
    paths = [path for polygon in polygons for path in grid.resolved(polygon)]
    return grid.polygon(_run(clipper.CT_UNION, paths))


def difference(base: Polygon, cutters: Sequence[Polygon]) -> Polygon | None:
    """What ``base`` covers and none of ``cutters`` does; None where that is nothing."""
    grid = _Grid()
    paths = grid.resolved(base)
    others = [path for polygon in cutters for path in grid.resolved(polygon)]
    return grid.polygon(_run(clipper.CT_DIFFERENCE, paths, others))


def intersection(polygons: Sequence[Polygon]) -> Polygon | None:
    """What all of ``polygons`` cover; None where that is nothing."""
    grid = _Grid()
    first, *others = (grid.resolved(polygon) for polygon in polygons)
    for other in others:
        common = _run(clipper.CT_INTERSECTION, first, other)
        first = [path for part in common for path in part]
    return grid.polygon(_run(clipper.CT_UNION, first))


def crossings(polygon: Polygon) -> int:
    """At how many places outlines of ``polygon`` cross themselves or each other."""
    grid = _Grid()
    paths = [grid.path(ring) for ring in geo.rings(polygon)]
    known = {point for path in paths for point in path}
    resolved = _run(clipper.CT_UNION, paths, fill=clipper.PFT_EVENODD)
    return len({point for part in resolved for path in part for point in path} - known)


# Cutting --------------------------------------------------------------------------------------


def cut(polygon: Polygon, line: Sequence[Point]) -> list[Polygon]:
    """The pieces that a cut along ``line`` (two points or more) leaves, largest first.

    Pieces share the border between them, vertex by vertex. Connected parts that the line does not
    part stay with the largest piece; where it parts none, the polygon comes back alone.
    """
    grid = _Grid()
    knife = _knife(line)
    whole: list[list[Path]] = []
    pieces: list[list[Path]] = []
    for part in _run(clipper.CT_UNION, grid.resolved(polygon)):
        found = list(_cut_part(part, line, knife))
        if len(found) < 2:
            whole.append(part)
        else:
            pieces += found
    if not pieces:
        return [polygon]
    pieces.sort(key=_size_of, reverse=True)
    made = (grid.polygon([pieces[0], *whole]), *(grid.polygon([piece]) for piece in pieces[1:]))
    return [piece for piece in made if piece]


def _knife(line: Sequence[Point]) -> list[Path]:
    offset = clipper.PyclipperOffset()
    offset.AddPath([_on_grid(point) for point in line], clipper.JT_MITER, clipper.ET_OPENBUTT)
    return offset.Execute(KNIFE)


def _cut_part(part: list[Path], line: Sequence[Point], knife: list[Path]) -> Iterator[list[Path]]:
    places = _meetings(part, line)
    known = {point for path in part for point in path}
    for piece in _run(clipper.CT_DIFFERENCE, part, knife):
        mended = [_given_back(path, known, places) for path in piece]
        # Slits that end within the part have closed by now, and cancel out here.
        for whole in _run(clipper.CT_UNION, mended, fill=clipper.PFT_EVENODD):
            if _is_real(_without_spikes(whole[0])):
                yield whole


def _meetings(part: list[Path], line: Sequence[Point]) -> NDArray[np.float64]:
    """(n, 2) grid points where ``line`` bends or meets an outline of ``part``."""
    bends = np.array([_on_grid(point) for point in line], dtype=np.float64)
    found = [bends]
    for path in part:
        starts = np.array(path, dtype=np.float64)
        along = np.roll(starts, -1, axis=0) - starts
        for a, b in pairwise(bends):
            way = b - a
            det = along[:, 0] * way[1] - along[:, 1] * way[0]
            meets = det != 0
            to_a = (a - starts)[meets]
            edge, det = along[meets], det[meets]
            t = (to_a[:, 0] * way[1] - to_a[:, 1] * way[0]) / det
            s = (to_a[:, 0] * edge[:, 1] - to_a[:, 1] * edge[:, 0]) / det
            inside = (t >= 0) & (t <= 1) & (s >= 0) & (s <= 1)
            found.append(np.rint(starts[meets][inside] + t[inside, None] * edge[inside]))
    return np.concatenate(found)


def _given_back(path: Path, known: set[GridPoint], places: NDArray[np.float64]) -> Path:
    """``path`` with its vertices beside the knife moved onto the line that was cut along."""
    moved: Path = []
    for point in path:
        if point not in known:
            distances = np.abs(places - point).max(axis=1)
            nearest = int(distances.argmin())
            if distances[nearest] <= GIVEN_BACK:
                point = (int(places[nearest, 0]), int(places[nearest, 1]))
        if not moved or moved[-1] != point:
            moved.append(point)
    return moved


def _size_of(part: list[Path]) -> float:
    return sum(clipper.Area(path) for path in part)


# The grid -------------------------------------------------------------------------------------


def _on_grid(point: Point) -> GridPoint:
    return (round(point[0] * GRID), round(point[1] * GRID))


class _Grid:
    """Takes rings to the grid and remembers which vertex and which ring was where."""

    def __init__(self) -> None:
        self._points: dict[GridPoint, Point] = {}
        self._rings: dict[tuple[GridPoint, ...], Ring] = {}

    def path(self, ring: Ring) -> Path:
        """``ring`` on the grid."""
        path: Path = []
        for point in ring:
            at = _on_grid(point)
            self._points.setdefault(at, point)
            path.append(at)
        self._rings.setdefault(_canonical(path), ring)
        return path

    def resolved(self, polygon: Polygon) -> list[Path]:
        """Outer rings one way round, holes the other, and none that crosses itself.

        Within a part the even-odd rule says what is covered, as where it is made a bitmap.
        """
        return [
            path
            for part in polygon.parts
            for resolved in _run(
                clipper.CT_UNION,
                [self.path(ring) for ring in (part.outer, *part.holes)],
                fill=clipper.PFT_EVENODD,
            )
            for path in resolved
        ]

    def polygon(self, parts: Iterable[list[Path]]) -> Polygon | None:
        """Back from the grid, without what is too thin or too small to be meant."""
        made: list[Part] = []
        for paths in parts:
            outer, *holes = map(self._ring, paths)
            if outer:
                made.append(Part(outer, tuple(hole for hole in holes if hole)))
        return Polygon(tuple(made)) if made else None

    def _ring(self, path: Path) -> Ring:
        """The ring that ``path`` was, or is now; empty where it is not to be kept."""
        before = self._rings.get(_canonical(path))
        path = path if before else _without_spikes(path)
        if not _is_real(path):
            return ()
        if before:
            return before
        ring = tuple(self._points.get(at) or (at[0] / GRID, at[1] / GRID) for at in path)
        return ring if geo.ring_area(ring) >= geo.MIN_SIDE_PX else ()


def _canonical(path: Path) -> tuple[GridPoint, ...]:
    """The same for every way to walk around a ring."""
    start = path.index(min(path))
    forward = (*path[start:], *path[:start])
    backward = (forward[0], *reversed(forward[1:]))
    return min(forward, backward)


def _is_real(path: Path) -> bool:
    if len(path) < 3:
        return False
    points = np.array(path, dtype=np.float64) / GRID
    sides = np.roll(points, -1, axis=0) - points
    around = float(np.hypot(sides[:, 0], sides[:, 1]).sum())
    area = abs(clipper.Area(path)) / GRID**2
    return area >= geo.MIN_SIDE_PX and 2 * area >= SLIVER_PX * around


def _without_spikes(path: Path) -> Path:
    kept: Path = []
    for point in path:
        kept.append(point)
        while len(kept) >= 3 and _is_spike(*kept[-3:]):
            del kept[-2]
    while len(kept) >= 3 and _is_spike(kept[-2], kept[-1], kept[0]):
        del kept[-1]
    while len(kept) >= 3 and _is_spike(kept[-1], kept[0], kept[1]):
        del kept[0]
    return kept


def _is_spike(a: GridPoint, b: GridPoint, c: GridPoint) -> bool:
    ux, uy, vx, vy = a[0] - b[0], a[1] - b[1], c[0] - b[0], c[1] - b[1]
    longer = max(ux * ux + uy * uy, vx * vx + vy * vy)
    across = ux * vy - uy * vx
    return a == c or (ux * vx + uy * vy > 0 and across * across <= SPIKE * SPIKE * longer)


# Clipper --------------------------------------------------------------------------------------


def _run(
    kind: int, paths: Iterable[Path], others: Iterable[Path] = (), fill: int = clipper.PFT_NONZERO
) -> list[list[Path]]:
    """The result's parts, each as its outer path and those of its holes."""
    machine = clipper.Pyclipper()
    machine.PreserveCollinear = True
    if not sum(_added(machine, path, clipper.PT_SUBJECT) for path in paths):
        return []
    for path in others:
        _added(machine, path, clipper.PT_CLIP)
    return list(_parts(machine.Execute2(kind, fill, fill)))


def _added(machine: Any, path: Path, role: int) -> bool:
    try:
        machine.AddPath(path, role, True)
    except clipper.ClipperException:  # a ring without an inside
        return False
    return True


def _parts(node: Any) -> Iterator[list[Path]]:
    for outer in node.Childs:
        yield from _untangled([outer.Contour, *(hole.Contour for hole in outer.Childs)])
        for hole in outer.Childs:
            yield from _parts(hole)


def _untangled(paths: list[list[list[int]]]) -> Iterator[list[Path]]:
    """A part whose paths may touch themselves, as parts whose paths do not."""
    loops = [loop for path in paths for loop in _loops(path)]
    outers = [[loop] for loop in loops if clipper.Area(loop) > 0]
    for hole in (loop for loop in loops if clipper.Area(loop) < 0):
        owner = outers if len(outers) == 1 else [each for each in outers if _holds(each[0], hole)]
        if owner:
            owner[0].append(hole)
    yield from outers


def _loops(path: Sequence[Sequence[int]]) -> Iterator[Path]:
    """``path`` taken apart wherever it comes back to a vertex."""
    walked: Path = []
    places: dict[GridPoint, int] = {}
    for x, y in path:
        at = places.get((x, y))
        if at is None:
            places[x, y] = len(walked)
            walked.append((x, y))
        else:
            yield walked[at:]
            for point in walked[at + 1 :]:
                del places[point]
            del walked[at + 1 :]
    yield walked


def _holds(outer: Path, hole: Path) -> bool:
    """Whether ``hole``, which crosses nothing, lies within ``outer``."""
    sides = (clipper.PointInPolygon(point, outer) for point in hole)
    return next((side > 0 for side in sides if side >= 0), True)
