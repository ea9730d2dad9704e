"""COCO's keypoints: ``x, y, v`` for every place that the category names.

``v`` is 0 where nobody has marked the place on this object, 1 where the point is there but
occluded, 2 where it is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from studio.domain.places import assigned
from studio.domain.shapes import Point, Points
from studio.errors import say
from studio.formats.finding import readable
from studio.formats.json_fields import Json, numbers_of
from studio.formats.malformed import Malformed

POINTS = "keypoints"
"""The field that holds them; also what ``drawn`` says of an annotation that has nothing else."""

NOT_MARKED, OCCLUDED, SEEN = 0, 1, 2


def names_of(category: Json) -> tuple[str, ...]:
    """What a category calls its places; none where it does not say."""
    names = category.get("keypoints")
    if not isinstance(names, list):
        return ()
    return tuple(readable(str(name)) for name in cast(list[Any], names))


def points_of(annotation: Json, places: Sequence[str]) -> Points | None:
    """The points that are marked on an object; None where there are none.

    Raises:
        Malformed: these are not three numbers for each point.
    """
    told = annotation.get("keypoints")
    if not told:
        return None
    numbers = numbers_of(told)
    if numbers is None or len(numbers) % 3:
        raise Malformed(say("every keypoint needs three numbers: x, y, v"), "keypoints")
    marked = [i for i in range(len(numbers) // 3) if numbers[3 * i + 2] > NOT_MARKED]
    if not marked:
        return None
    points: list[Point] = [(numbers[3 * i], numbers[3 * i + 1]) for i in marked]
    occluded = (new for new, i in enumerate(marked) if numbers[3 * i + 2] == OCCLUDED)
    numbered = tuple(map(str, range(1, len(places) + 1))) == tuple(places)
    in_order = marked == list(range(len(marked)))
    if len(numbers) == 3 * len(places) and not (numbered and in_order):
        names = tuple(places[i] for i in marked)
    else:
        names = () if in_order else tuple(str(i + 1) for i in marked)
    return Points(tuple(points), frozenset(occluded), names)


def fields_for(shape: Points, places: Sequence[str]) -> dict[str, Any]:
    """``keypoints`` and ``num_keypoints`` of an annotation of a category with these places."""
    values: list[float] = [0.0] * (3 * len(places))
    for index, place in enumerate(assigned(shape, places)):
        if place is not None:
            seen = OCCLUDED if index in shape.occluded else SEEN
            values[3 * place : 3 * place + 3] = *shape.points[index], seen
    return {"keypoints": values, "num_keypoints": len(shape.points)}
