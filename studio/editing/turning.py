"""Turning shapes, as an edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from studio.domain import geometry as geo
from studio.domain import turning
from studio.domain.edits import Change, Edit, Title
from studio.domain.shapes import Shape


def turn(shapes: Iterable[Shape], angle_deg: float, width: int, height: int) -> Edit:
    """Turn shapes clockwise, each about its own centre; masks and locked shapes stay.

    What would reach beyond the border of the ``width`` x ``height`` image is moved inside; only
    the corners of a rotated box may be outside.
    """
    return Edit(Title.ROTATE, tuple(_changes(shapes, angle_deg, width, height)))


def _changes(
    shapes: Iterable[Shape], angle_deg: float, width: int, height: int
) -> Iterator[Change]:
    for shape in shapes:
        turned = None if shape.locked else turning.turned(shape.geometry, angle_deg)
        if turned is not None:
            inside = geo.translate(turned, *geo.translation_within(turned, 0, 0, width, height))
            yield Change(shape, replace(shape, geometry=inside))
