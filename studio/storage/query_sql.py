"""A query as conditions of SQL, over ``image`` joined with ``image_status``.

Values never stand in the SQL itself. What few images have on them is a set of image ids from one
pass over an index; what most have is looked up image by image, which ends at the first one found.
``image_status`` keeps the number of an image's shapes and its weakest waiting prediction.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence

from studio.domain.labels import clean_name
from studio.domain.query import (
    Compared,
    Condition,
    InSplit,
    InState,
    Is,
    Noted,
    OfClass,
    OfRun,
    Over,
    Pattern,
    Tagged,
    Term,
    Word,
)
from studio.domain.query_words import Comparison, Mark, Measure

Sql = tuple[str, list[str | int | float]]

GONE = " is no longer where it was."
"""How the problem of an image ends whose file is missing (``editing/scan.py`` says it)."""

NEAR = 1.0
"""An object is over a place if it comes within so many hundredths of the image's sides."""

_OF_NAME = "label IN (SELECT id FROM label WHERE name_key = ?)"
HAS: Mapping[Mark, str] = {
    Mark.PROBLEM: "problem != ''",
    Mark.MISSING: f"problem LIKE '%{GONE}'",
    Mark.LABELLED: "(image_status.shape_count > 0"
    " OR EXISTS (SELECT 1 FROM tag WHERE tag.image_id = image.id))",
    Mark.PREDICTED: "image_status.weakest IS NOT NULL",
    Mark.NOTE: "image_status.note != ''",
}
"""What it takes to have each sign."""

_OF_IMAGE: Mapping[Measure, str] = {
    Measure.SIZE: "width * height",
    Measure.WIDTH: "width",
    Measure.HEIGHT: "height",
}
_HOLDS: Mapping[Comparison, Callable[[float, float], bool]] = {
    Comparison.LESS: operator.lt,
    Comparison.AT_MOST: operator.le,
    Comparison.MORE: operator.gt,
    Comparison.AT_LEAST: operator.ge,
    Comparison.EQUAL: operator.eq,
}


def of_terms(
    terms: Sequence[Term], state: str, losses: Callable[[], Mapping[int, float]]
) -> Iterator[Sql]:
    """The conditions of all terms; ``state`` is the expression for an image's state.

    ``losses`` gives those of images by id, which are not in the database.
    """
    of_object = [term for term in terms if _is_of_object(term)]
    for term in terms:
        if term not in of_object:
            sql, values = _of(term.condition, state, losses)
            yield (f"NOT ({sql})" if term.negated else sql), values
    if of_object:
        classes = [
            each.condition.name
            for each in terms
            if isinstance(each.condition, OfClass) and not each.negated
        ]
        yield _of_object([term.condition for term in of_object], classes)


def _is_of_object(term: Term) -> bool:
    """Whether a term is about the one object that several terms together describe."""
    match term.condition:
        case Compared(Measure.AREA | Measure.ASPECT) | Over():
            return not term.negated
        case _:
            return False


def _of(condition: Condition, state: str, losses: Callable[[], Mapping[int, float]]) -> Sql:
    match condition:
        case Word(text):
            return "path LIKE ? ESCAPE '\\'", [f"%{_escaped(text)}%"]
        case OfClass(name):
            key = clean_name(name).casefold()
            tagged = f"SELECT image_id FROM tag WHERE {_OF_NAME}"
            drawn = f"SELECT image_id FROM shape WHERE {_OF_NAME}"
            return f"image.id IN ({tagged} UNION ALL {drawn})", [key, key]
        case Tagged(name):
            key = clean_name(name).casefold()
            return f"image.id IN (SELECT image_id FROM tag WHERE {_OF_NAME})", [key]
        case InState(wanted):
            return f"{state} = ?", [str(wanted)]
        case InSplit(split):
            return "coalesce(split, auto_split, '') = ?", [str(split or "")]
        case Compared(Measure.AREA | Measure.ASPECT) | Over():
            return _of_object([condition], ())
        case Compared(Measure.LOSS, comparison, value):
            holds = _HOLDS[comparison]
            known = [image_id for image_id, loss in losses().items() if holds(loss, value)]
            return "image.id IN (SELECT value FROM json_each(?))", [json.dumps(known)]
        case Compared(measure, comparison, value):
            return _compared(measure, comparison, value)
        case OfRun(run):
            waiting = "SELECT 1 FROM waiting WHERE waiting.image_id = image.id AND run = ?"
            return f"EXISTS ({waiting})", [run]
        case Noted(text):
            return "image_status.note LIKE ? ESCAPE '\\'", [f"%{_escaped(text)}%"]
        case Is(mark):
            return HAS[mark], []
        case Pattern():
            raise ValueError(condition)  # the paths are not searched in SQL


def _compared(measure: Measure, comparison: Comparison, value: float) -> Sql:
    if measure is Measure.SHAPES:
        return f"image_status.shape_count {comparison} ?", [value]
    if measure in _OF_IMAGE:
        # The size of an image that was not looked at yet is 0, which is no size.
        return f"(width > 0 AND {_OF_IMAGE[measure]} {comparison} ?)", [value]
    drawn = f"image.id IN (SELECT image_id FROM shape WHERE score {comparison} ?)"
    if comparison in (Comparison.LESS, Comparison.AT_MOST):
        # NOT of an unknown weakest would be unknown too.
        return f"(coalesce(weakest {comparison} ?, 0) OR {drawn})", [value, value]
    waiting = f"waiting.image_id = image.id AND score {comparison} ?"
    return f"(EXISTS (SELECT 1 FROM waiting WHERE {waiting}) OR {drawn})", [value, value]


def _of_object(conditions: Sequence[Condition], classes: Sequence[str]) -> Sql:
    """An object fits all conditions, and is of one of the classes, where any are given.

    A class that the image is tagged with is that of all its objects.
    """
    wanted: list[str] = []
    values: list[str | int | float] = []
    for condition in conditions:
        match condition:
            case Compared(Measure.AREA, comparison, value):
                wanted.append(f"area {comparison} ?")
                values.append(value)
            case Compared(_, comparison, value):
                wanted.append(f"(x1 - x0) / max(y1 - y0, 1e-9) {comparison} ?")
                values.append(value)
            case Over(across, down):
                for low, high, side, at in (
                    ("x0", "x1", "width", across),
                    ("y0", "y1", "height", down),
                ):
                    wanted.append(f"{low} * 100 <= ? * shown.{side}")
                    wanted.append(f"{high} * 100 >= ? * shown.{side}")
                    values += (at + NEAR, at - NEAR)
            case _:
                raise ValueError(condition)
    if classes:
        marks = ", ".join("?" * len(classes))
        named = f"label IN (SELECT id FROM label WHERE name_key IN ({marks}))"
        tagged = f"shape.image_id IN (SELECT image_id FROM tag WHERE {named})"
        wanted.append(f"(shape.{named} OR {tagged})")
        values += [clean_name(name).casefold() for name in classes] * 2
    found = "FROM shape"
    if any(isinstance(condition, Over) for condition in conditions):
        found += " JOIN image AS shown ON shown.id = shape.image_id"
    found += f" WHERE {' AND '.join(wanted)}"
    # Of areas alone there is an index image by image.
    if all(isinstance(c, Compared) and c.measure is Measure.AREA for c in conditions):
        return f"EXISTS (SELECT 1 {found} AND shape.image_id = image.id)", values
    return f"image.id IN (SELECT shape.image_id {found})", values


def _escaped(word: str) -> str:
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, "\\" + sign)
    return word
