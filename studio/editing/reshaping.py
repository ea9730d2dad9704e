"""Verbs that make shapes out of shapes: booleans, cuts, conversions, fewer vertices -> ``Edit``.

Pure, like ``actions``. Shapes come from bottom to top; ``size`` is the image's width and height in
pixels. What cannot be done is refused with an ``EditConflict``, and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from studio.domain import geometry as geo
from studio.domain.edits import Change, Edit, Title
from studio.domain.shapes import Box, Geometry, Mask, Point, Polygon, RotatedBox, Shape
from studio.errors import EditConflict
from studio.vision import booleans, masks
from studio.vision.booleans import Size, Solid
from studio.vision.simplifying import simplify

Pair = tuple[Shape, Solid]

MANY_PX = 1 << 18
"""Work on more pixels than this takes longer than a window may wait."""

VERTEX_PX = 100
"""A vertex is as much work as this many pixels."""


class Kind(Enum):
    """What a shape can be turned into."""

    BOX = Box
    ROTATED_BOX = RotatedBox
    POLYGON = Polygon
    MASK = Mask


@dataclass(frozen=True, slots=True)
class Outcome:
    """An edit, and how many shapes or holes it passed over or lost on the way."""

    edit: Edit
    count: int = 0


def takes_long(shapes: Iterable[Shape], kind: Kind | None = None) -> bool:
    """Whether work on ``shapes`` is too much for the thread of a window."""
    return sum(_work_of(shape.geometry, kind) for shape in shapes) > MANY_PX


def _work_of(geometry: Geometry, kind: Kind | None) -> float:
    match geometry:
        case Mask(_, _, width, height):
            return width * height
        case Polygon() if kind is not Kind.MASK:
            return VERTEX_PX * sum(len(ring) for ring in geo.rings(geometry))
        case _ if kind is Kind.MASK:
            bounds = geo.bounds(geometry)
            return bounds.width * bounds.height
        case _:
            return 0


# Several into one -----------------------------------------------------------------------------


def unite(shapes: Sequence[Shape], size: Size) -> Edit:
    """Make one shape of all, which is the lowest of them: its class and all it says stay."""
    return _merged(Title.UNITE, shapes, shapes[0] if shapes else None, size)


def join(shapes: Sequence[Shape], size: Size) -> Edit:
    """Make the pieces of one object its parts; the topmost says what it is."""
    return _merged(Title.JOIN, shapes, shapes[-1] if shapes else None, size)


def _merged(title: Title, shapes: Sequence[Shape], kept: Shape | None, size: Size) -> Edit:
    solids = [solid for _, solid in _changeable(shapes, least=2)]
    assert kept is not None
    return _into(title, kept, booleans.union(solids, size), shapes)


def subtract(shapes: Sequence[Shape], size: Size) -> Edit:
    """Cut the upper shapes out of the lowest; they are used up.

    Raises:
        EditConflict: nothing would be left.
    """
    (base, solid), *upper = _changeable(shapes, least=2)
    rest = booleans.difference(solid, [each for _, each in upper], size)
    if rest is None:
        raise EditConflict("Nothing would be left of the lowest shape, so it stays as it is.")
    return _into(Title.SUBTRACT, base, rest, shapes)


def intersect(shapes: Sequence[Shape], size: Size) -> Edit:
    """Keep what all shapes have in common, as the lowest of them.

    Raises:
        EditConflict: they have nothing in common.
    """
    pairs = _changeable(shapes, least=2)
    common = booleans.intersection([solid for _, solid in pairs], size)
    if common is None:
        raise EditConflict("The selected shapes have no area in common.")
    return _into(Title.INTERSECT, pairs[0][0], common, shapes)


def _into(title: Title, kept: Shape, solid: Solid | None, shapes: Sequence[Shape]) -> Edit:
    """``kept`` becomes ``solid``, the others go."""
    if solid is None or geo.is_degenerate(solid):
        raise EditConflict("The result would be too small to be an object.")
    gone = (Change(shape, None) for shape in shapes if shape.id != kept.id)
    return Edit(title, (Change(kept, replace(kept, geometry=solid)), *gone))


# Cutting --------------------------------------------------------------------------------------


def take_overlap(selected: Sequence[Shape], shapes: Sequence[Shape], size: Size) -> Outcome:
    """Take the area of each selected shape away from those of ``shapes`` that lie below it.

    ``shapes`` are those that may be changed; locked ones stay as they are, and so does what would
    vanish wholly: the outcome counts those.

    Raises:
        EditConflict: nothing below overlaps, or all that does is covered wholly.
    """
    takers = _solid(selected)
    changes: list[Change] = []
    covered = 0
    for shape, solid in _solids(shape for shape in shapes if not shape.locked):
        above = [
            other
            for taker, other in takers
            if (taker.z, taker.id) > (shape.z, shape.id)
            and geo.iou(geo.bounds(other), geo.bounds(solid)) > 0
            and booleans.intersection([solid, other], size)
        ]
        if above:
            rest = booleans.difference(solid, above, size)
            covered += rest is None
            if rest is not None and rest != solid:
                changes.append(Change(shape, replace(shape, geometry=rest)))
    if not changes and covered:
        raise EditConflict("What lies below is covered wholly, so it stays as it is.")
    if not changes:
        raise EditConflict("Nothing below overlaps the selected shapes.")
    return Outcome(Edit(Title.TAKE_OVERLAP, tuple(changes)), covered)


def slice_shapes(
    shapes: Iterable[Shape], line: Sequence[Point], new_ids: Callable[[int], Iterable[int]]
) -> Edit:
    """Cut every shape along ``line`` that it parts; locked ones and lines let it pass.

    The largest piece stays the shape it was, the others are copies of it under ``new_ids``.

    Raises:
        EditConflict: the line parts none.
    """
    changes: list[Change] = []
    for shape, solid in _solids(shape for shape in shapes if not shape.locked):
        largest, *others = booleans.cut(solid, line)
        if others:
            changes.append(Change(shape, replace(shape, geometry=largest)))
            changes += (
                Change(None, replace(shape, id=new_id, geometry=piece))
                for new_id, piece in zip(new_ids(len(others)), others, strict=True)
            )
    if not changes:
        raise EditConflict(
            "This line cuts no shape in two; draw it right across one. While shapes are selected, "
            "only those are cut."
        )
    return Edit(Title.SLICE, tuple(changes))


# Each by itself -------------------------------------------------------------------------------


def fill_holes(shapes: Sequence[Shape]) -> Edit:
    """Fill all holes of the shapes.

    Raises:
        EditConflict: there are none.
    """
    pairs = ((shape, booleans.without_holes(solid)) for shape, solid in _changeable(shapes))
    return _reshaped(
        Title.FILL_HOLES, pairs, EditConflict("The selected shapes have no holes to fill.")
    )


def convert(shapes: Sequence[Shape], kind: Kind, size: Size) -> Edit:
    """Turn the shapes into geometries of one kind; those of that kind stay as they are.

    Raises:
        EditConflict: they are of that kind already, or cover no pixel.
    """
    pairs = ((shape, _converted(solid, kind, size)) for shape, solid in _changeable(shapes))
    return _reshaped(
        Title.CONVERT, pairs, EditConflict("The selected shapes are of this kind already.")
    )


def _converted(solid: Solid, kind: Kind, size: Size) -> Solid:
    if type(solid) is kind.value:
        return solid
    match kind:
        case Kind.BOX:
            found = geo.bounds(solid)
        case Kind.ROTATED_BOX:
            found = booleans.to_rotated_box(solid)
        case Kind.POLYGON:
            found = booleans.to_polygon(solid)
        case Kind.MASK:
            found = masks.to_mask(solid, *size)
    if found is None or geo.is_degenerate(found):
        raise EditConflict("A shape is too small for this, so nothing was changed.")
    return found


def simplify_outlines(shapes: Sequence[Shape], tolerance_px: float) -> Outcome:
    """Leave vertices of polygons out; see ``vision.simplifying``. Other shapes stay as they are.

    The outcome counts the holes that were too small to stay.
    """
    found = [
        (shape, simplify(shape.geometry, tolerance_px))
        for shape in shapes
        if isinstance(shape.geometry, Polygon) and not shape.locked
    ]
    changes = (
        Change(shape, replace(shape, geometry=after.polygon))
        for shape, after in found
        if after.polygon != shape.geometry
    )
    return Outcome(
        Edit(Title.SIMPLIFY, tuple(changes)), sum(after.lost_holes for _, after in found)
    )


def _reshaped(title: Title, pairs: Iterable[Pair], nothing: EditConflict) -> Edit:
    changes = tuple(
        Change(shape, replace(shape, geometry=solid))
        for shape, solid in pairs
        if solid != shape.geometry
    )
    if not changes:
        raise nothing
    return Edit(title, changes)


# What can be worked on ------------------------------------------------------------------------


def _changeable(shapes: Sequence[Shape], least: int = 1) -> list[Pair]:
    """The shapes with what they cover, or a refusal."""
    if len(shapes) < least:
        raise (
            EditConflict("Select two or more shapes first.")
            if least > 1
            else EditConflict("Select a shape first.")
        )
    if any(shape.locked for shape in shapes):
        raise EditConflict("A selected shape is locked; unlock it first.")
    return _solid(shapes)


def _solid(shapes: Sequence[Shape]) -> list[Pair]:
    pairs = list(_solids(shapes))
    if not shapes:
        raise EditConflict("Select a shape first.")
    if len(pairs) < len(shapes):
        raise EditConflict("Lines and points cover nothing, so this cannot be done with them.")
    return pairs


def _solids(shapes: Iterable[Shape]) -> Iterable[Pair]:
    for shape in shapes:
        if booleans.is_solid(shape.geometry):
            yield shape, shape.geometry
