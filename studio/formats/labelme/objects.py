"""What entries of ``shapes`` are one object, by their ``group_id``.

For labelme, entries of one label in one group are parts of one object: so are polygons and masks
here, and single points. In X-AnyLabeling points in the group of a box or outline are the keypoints
of that object, each called after its place: they are taken as points of the box's class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from studio.domain import geometry as geo
from studio.domain.shapes import Geometry, Mask, Points, Polygon, Polyline
from studio.errors import Sentence, say
from studio.formats.frames import Frame
from studio.vision import masks

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry that was understood; ``place`` is where it stands in the file.

    ``name`` is its label as it stands there, ``label`` the class of that name; ``group`` is "" for
    one in no group. One that ``holds_points`` only tells of what class the points of its group are.
    """

    place: str
    name: str
    label: str
    geometry: Geometry
    group: str = ""
    attributes: Attributes = ()
    holds_points: bool = False


@dataclass(frozen=True, slots=True)
class Object:
    """One object; ``place`` is that of its first entry, ``doubt`` what has to be said of it."""

    place: str
    label: str
    geometry: Geometry
    attributes: Attributes = ()
    doubt: Sentence | None = None


def objects_of(entries: Sequence[Entry], frame: Frame) -> Iterator[Object]:
    """The objects that the entries of one image are, in order of their first entries."""
    owners, doubtful = _owners(entries)
    gathered: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        owner = owners.get(entry.group)
        if entry is owner and entry.holds_points:
            continue
        match entry.geometry:
            case Points() if owner is not None:
                key = ("keypoints", entry.group)
            case Points() if entry.group:
                key = ("points", entry.group, entry.label)
            case Polygon() | Mask() if entry.group:
                key = ("parts", entry.group, entry.label)
            case _:
                key = ("alone", entry.place)
        gathered.setdefault(key, []).append(entry)
    for (kind, *_), members in gathered.items():
        first = members[0]
        if kind == "keypoints":
            yield _keypoints(members, owners[first.group])
        elif kind == "points":
            doubt = doubtful.pop(first.group, None)
            yield Object(first.place, first.label, _points(members), _attributes(members), doubt)
        else:
            yield _object(members, frame)


def _owners(entries: Iterable[Entry]) -> tuple[dict[str, Entry], dict[str, Sentence]]:
    """By group, the object that its points are keypoints of, and where there is no telling."""
    points: set[str] = set()
    bodies: dict[str, list[Entry]] = {}
    for entry in entries:
        match entry.geometry:
            case Points():
                points.add(entry.group)
            case Polyline():
                pass
            case _:
                bodies.setdefault(entry.group, []).append(entry)
    owners: dict[str, Entry] = {}
    doubtful: dict[str, Sentence] = {}
    for group in points & bodies.keys() - {""}:
        owner = _owner(bodies[group])
        if owner is not None:
            owners[group] = owner
        else:
            doubtful[group] = say(
                "group {group} holds several objects, so there is no telling whose keypoints its "
                "points are; they were taken as objects of their own",
                group=group,
            )
    return owners, doubtful


def _owner(bodies: Sequence[Entry]) -> Entry | None:
    holders = [body for body in bodies if body.holds_points]
    if holders:
        return holders[0] if len(holders) == 1 else None
    whole = [body for body in bodies if not isinstance(body.geometry, Polygon | Mask)]
    alike = len({body.label for body in bodies}) == 1 and len(whole) <= 1
    return (whole or list(bodies))[0] if alike else None


def _keypoints(members: Sequence[Entry], owner: Entry) -> Object:
    """The points of a group as keypoints of ``owner``, called after their places."""
    points = _points(members)
    names = tuple(each.name for each in members for _ in _points([each]).points)
    if not owner.holds_points and {each.label for each in members} == {owner.label}:
        names = ()
    named = Points(points.points, points.occluded, names)
    return Object(members[0].place, owner.label, named, _attributes([owner, *members]))


def _points(members: Iterable[Entry]) -> Points:
    """All points of some entries."""
    points: list[tuple[float, float]] = []
    occluded: set[int] = set()
    for entry in members:
        if isinstance(entry.geometry, Points):
            occluded |= {len(points) + index for index in entry.geometry.occluded}
            points += entry.geometry.points
    return Points(tuple(points), frozenset(occluded))


def _object(members: Sequence[Entry], frame: Frame) -> Object:
    """The parts of one object; with a mask among them, the mask of all."""
    first = members[0]
    geometry, doubt = first.geometry, None
    if len(members) > 1:
        polygons = [each.geometry for each in members if isinstance(each.geometry, Polygon)]
        if len(polygons) == len(members):
            geometry = Polygon(tuple(part for polygon in polygons for part in polygon.parts))
        else:
            geometry, doubt = _mask([each.geometry for each in members], frame)
    return Object(first.place, first.label, geometry, _attributes(members), doubt)


def _mask(parts: Sequence[Geometry], frame: Frame) -> tuple[Geometry, Sentence | None]:
    """The pixels of the image that any of ``parts`` covers."""
    width, height = frame.told_size
    boxes = [geo.bounds(part) for part in parts]
    x0, y0 = max(0, int(min(box.x0 for box in boxes))), max(0, int(min(box.y0 for box in boxes)))
    x1 = min(width, int(max(box.x1 for box in boxes)) + 1)
    y1 = min(height, int(max(box.y1 for box in boxes)) + 1)
    if x1 <= x0 or y1 <= y0:
        return parts[0], None
    if (x1 - x0) * (y1 - y0) > masks.MOST_PIXELS:
        return parts[0], say("its parts do not fit into the memory; all but one were left out")
    canvas = np.zeros((y1 - y0, x1 - x0), dtype=bool)
    for part in parts:
        masks.burn(part, canvas, x0, y0)
    return masks.encode(canvas, x0, y0) or parts[0], None


def _attributes(members: Sequence[Entry]) -> Attributes:
    """What is said of an object; where its entries say different things, all of them."""
    merged: dict[str, list[str]] = {}
    for name, text in (each for entry in members for each in entry.attributes):
        texts = merged.setdefault(name, [])
        if text not in texts:
            texts.append(text)
    return tuple((name, "; ".join(texts)) for name, texts in merged.items())
