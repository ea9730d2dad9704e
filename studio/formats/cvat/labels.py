"""What CVAT has to be told of the classes before their shapes: attributes, and skeletons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from studio.domain.labels import Label
from studio.domain.places import places_for
from studio.domain.shapes import Points, Polygon, Shape
from studio.formats.cvat.shapes import GROUP, IS_CROWD, OCCLUDED
from studio.formats.xml_text import leaf

_GROUP_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


class Classes:
    """Gathers what the shapes of a project need of their classes; ``names`` are by label id."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._labels = tuple(labels)
        self.names: Mapping[str, str] = {label.id: label.name for label in self._labels}
        self._attributes: dict[str, dict[str, None]] = {}
        self._points: dict[str, dict[tuple[tuple[str, ...], int], Points]] = {}
        self._told_apart: set[str] = set()
        self._with_others: set[str] = set()
        self._places: dict[str, list[str]] = {}
        self._last_group = 0

    def add(self, shapes: Sequence[Shape]) -> None:
        """Take note of the shapes of an image that will be written."""
        groups = groups_of(shapes)
        self._last_group = max(self._last_group, *map(int, groups.values()), 0)
        for shape in shapes:
            self._add(shape, groups.get(shape.id, ""))

    def _add(self, shape: Shape, group: str) -> None:
        named = self._attributes.setdefault(shape.label, {})
        named |= dict.fromkeys(name for name, _ in written_attributes(shape, group))
        if shape.ignore:
            named[IS_CROWD] = None
        geometry = shape.geometry
        if not isinstance(geometry, Points):
            self._with_others.add(shape.label)
            return
        alike = geometry.names, len(geometry.points)
        self._points.setdefault(shape.label, {})[alike] = geometry
        if geometry.names or 0 < len(geometry.occluded) < len(geometry.points):
            self._told_apart.add(shape.label)
        self._places.pop(shape.label, None)

    def places(self, label: str) -> list[str]:
        """The places of the class's skeleton; none where its points are only points.

        CVAT tells points apart, by name or as occluded ones, in skeletons alone.
        """
        if label not in self._told_apart:
            return []
        if label not in self._places:
            self._places[label] = places_for(self._points[label].values())
        return self._places[label]

    def mixed(self) -> list[str]:
        """The names of the classes that have skeletons and other shapes."""
        both = self._told_apart & self._with_others
        return [label.name for label in self._labels if label.id in both]

    def new_group(self) -> str:
        """A number that no group of shapes has yet."""
        self._last_group += 1
        return str(self._last_group)

    def lines(self) -> Iterator[str]:
        """``<labels>``, a class a line; the places of skeletons follow theirs."""
        yield "<labels>"
        for label in self._labels:
            places = self.places(label.id)
            attributes = "".join(map(_attribute, self._attributes.get(label.id, ())))
            yield _label(label.name, label.color, "skeleton" if places else "any", attributes)
            for place in places:
                yield _label(place, label.color, "points", "", leaf("parent", label.name))
        yield "</labels>"


def groups_of(shapes: Iterable[Shape]) -> dict[int, str]:
    """The groups, as CVAT numbers them, that shapes of one image share, by the shapes' ids.

    A polygon of several parts has a group of its own there.
    """
    told = {
        shape.id: dict(shape.attributes).get(GROUP, "")
        for shape in shapes
        if not (isinstance(shape.geometry, Polygon) and len(shape.geometry.parts) > 1)
    }
    members = Counter(told.values())
    return {
        number: group
        for number, group in told.items()
        if members[group] > 1 and _GROUP_NUMBER.fullmatch(group)
    }


def written_attributes(shape: Shape, group: str) -> list[tuple[str, str]]:
    """The attributes of a shape, without those that CVAT has a place of their own for."""
    own = {(GROUP, group)}
    if not isinstance(shape.geometry, Points):
        own.add(OCCLUDED)
    return [each for each in shape.attributes if each not in own]


def _label(name: str, color: str, kind: str, attributes: str, parent: str = "") -> str:
    told = "".join((leaf("name", name), leaf("color", color.lower()), leaf("type", kind)))
    return f"<label>{told}<attributes>{attributes}</attributes>{parent}</label>"


def _attribute(name: str) -> str:
    is_flag = name == IS_CROWD
    told = (
        leaf("name", name),
        leaf("mutable", "False"),
        leaf("input_type", "checkbox" if is_flag else "text"),
        leaf("default_value", "false" if is_flag else ""),
        leaf("values", "false" if is_flag else ""),
    )
    return f"<attribute>{''.join(told)}</attribute>"
