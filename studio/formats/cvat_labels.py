"""What CVAT has to be told of the classes before their shapes: attributes, and skeletons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from studio.domain.labels import Label
from studio.domain.places import places_for
from studio.domain.shapes import Points, Shape
from studio.formats.cvat_shapes import IS_CROWD
from studio.formats.xml_text import leaf

GROUP = "group_id"
OCCLUDED = ("occluded", "1")


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

    def add(self, shape: Shape) -> None:
        """Take note of a shape that will be written."""
        named = self._attributes.setdefault(shape.label, {})
        named |= dict.fromkeys(name for name, _ in written_attributes(shape))
        if shape.ignore:
            named[IS_CROWD] = None
        self._last_group = max(self._last_group, int(group_of(shape) or 0))
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


def group_of(shape: Shape) -> str:
    """The group that a shape says it is in, as CVAT numbers them; "" for none."""
    told = dict(shape.attributes).get(GROUP, "")
    is_number = told.isascii() and told.isdigit() and len(told) < 10
    return told if is_number and told[0] != "0" else ""


def written_attributes(shape: Shape) -> list[tuple[str, str]]:
    """The attributes of a shape, without those that CVAT has a place of their own for."""
    own = {(GROUP, group_of(shape))}
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
