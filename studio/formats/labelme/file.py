"""The list ``shapes`` of one labelme file, checked entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from studio.domain.imports import ImportedShape
from studio.domain.labels import clean_name
from studio.domain.shapes import Points
from studio.errors import say
from studio.formats.finding import Problems, readable
from studio.formats.frames import Frame, fitted
from studio.formats.json_fields import Json, attributes_of, flag_of, id_of
from studio.formats.labelme.objects import Attributes, Entry, Object, objects_of
from studio.formats.labelme.shapes import (
    doubt_about,
    geometry_of,
    holds_points,
    kind_of,
    points_of,
)
from studio.formats.malformed import Malformed

IGNORED = "__ignore__"
"""What labelme calls a region that its converters leave out."""

_TEXTS = ("description", "text")
"""What an entry says about its object in a sentence of the user's."""


def shapes_of(
    path: Path, told: list[Any], frame: Frame, problems: Problems
) -> tuple[tuple[ImportedShape, ...], bool]:
    """The objects of a file's list ``shapes``, and whether all of it was taken over as it is."""
    before = len(problems.found)
    shapes: list[ImportedShape] = []
    for each in objects_of(list(_entries(path, told, frame, problems)), frame):
        if each.doubt is not None:
            problems.add(path, each.place, each.doubt)
        shape = _shape(path, each, frame, problems)
        if shape is not None:
            shapes.append(shape)
    return tuple(shapes), len(problems.found) == before


def _entries(path: Path, told: list[Any], frame: Frame, problems: Problems) -> Iterator[Entry]:
    cuboids = 0
    for number, value in enumerate(told):
        place = f"shapes[{number}]"
        if not isinstance(value, dict):
            problems.add(path, place, say("this should be an object"))
            continue
        shape = cast(Json, value)
        try:
            points = points_of(shape)
            geometry = geometry_of(shape, points, frame)
        except Malformed as error:
            problems.add(path, f"{place}.{error.field}", error.sentence)
            continue
        doubt = doubt_about(shape, points, geometry)
        if doubt is not None:
            problems.add(path, f"{place}.points", doubt)
        cuboids += kind_of(shape) == "cuboid"
        name = _name(shape)
        yield Entry(
            place,
            name,
            clean_name(name),
            geometry,
            _group(shape),
            _attributes(shape, is_point=isinstance(geometry, Points)),
            holds_points(shape, geometry),
        )
    if cuboids:
        sentence = say("{count} cuboid(s) were taken as the outlines around them", count=cuboids)
        problems.add(path, "shapes", sentence)


def _shape(path: Path, found: Object, frame: Frame, problems: Problems) -> ImportedShape | None:
    """An object of the data set, cut to the image; None, with a problem, where nothing is left."""
    if not found.label:
        sentence = say("the object has no class; it was left out")
        problems.add(path, f"{found.place}.label", sentence)
        return None
    cut = fitted(found.geometry, frame)
    if isinstance(found.geometry, Points):
        kept = len(cut.points) if isinstance(cut, Points) else 0
        if lost := len(found.geometry.points) - kept:
            sentence = say(
                "{count} keypoint(s) lie outside the image; they were left out", count=lost
            )
            problems.add(path, f"{found.place}.points", sentence)
    elif cut is None:
        sentence = say("the shape has no area within the image; it was left out")
        problems.add(path, f"{found.place}.points", sentence)
    if cut is None:
        return None
    ignore = found.label == IGNORED
    return ImportedShape("" if ignore else found.label, cut, ignore, found.attributes)


def _name(shape: Json) -> str:
    label = shape.get("label")
    return "" if label is None else readable(str(label))


def _group(shape: Json) -> str:
    group = shape.get("group_id")
    return readable(id_of(group)) if isinstance(group, str | int | float) else ""


def _attributes(shape: Json, *, is_point: bool) -> Attributes:
    """What an entry says besides its class; that a point is difficult says that it is occluded."""
    told = dict(attributes_of(shape.get("attributes")))
    for name in _TEXTS:
        text = shape.get(name)
        if isinstance(text, str) and text.strip():
            told.setdefault(name, readable(text))
    if flag_of(shape.get("difficult")) and not is_point:
        told.setdefault("difficult", "1")
    flags = shape.get("flags")
    for name, value in cast(Json, flags).items() if isinstance(flags, dict) else ():
        if flag_of(value):
            told.setdefault(readable(str(name)), "1")
    return tuple(told.items())
