"""A query as conditions of SQL, over ``image`` joined with ``image_status``.

Values never stand in the SQL itself. What few images have on them is a set of image ids from one
pass over an index; what most have is looked up image by image, which ends at the first one found.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from studio.domain.labels import clean_name
from studio.domain.query import (
    Compared,
    Comparison,
    Condition,
    InSplit,
    InState,
    Is,
    Mark,
    Measure,
    Noted,
    OfClass,
    OfRun,
    Pattern,
    Tagged,
    Term,
    Word,
    expression,
)

Sql = tuple[str, list[str | int | float]]

GONE = " is no longer where it was."
"""How the problem of an image ends whose file is missing (``editing/scan.py`` says it)."""

UNDECIDED = "proposal.id NOT IN (SELECT proposal_id FROM verdict)"
_OF_NAME = "label IN (SELECT id FROM label WHERE name_key = ?)"
HAS: Mapping[Mark, str] = {
    Mark.PROBLEM: "problem != ''",
    Mark.MISSING: f"problem LIKE '%{GONE}'",
    Mark.LABELLED: "(EXISTS (SELECT 1 FROM tag WHERE tag.image_id = image.id)"
    " OR EXISTS (SELECT 1 FROM shape WHERE shape.image_id = image.id))",
    Mark.PREDICTED: "EXISTS (SELECT 1 FROM proposal WHERE proposal.image_id = image.id"
    f" AND {UNDECIDED})",
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


def of_term(term: Term, state: str) -> Sql:
    """The condition of one term; ``state`` is the expression for an image's state."""
    sql, values = _of(term.condition, state)
    return (f"NOT ({sql})" if term.negated else sql), values


def _of(condition: Condition, state: str) -> Sql:
    match condition:
        case Word(text):
            return "path LIKE ? ESCAPE '\\'", [f"%{_escaped(text)}%"]
        case Pattern(regex):
            return "path REGEXP ?", [regex]
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
        case Compared(Measure.SHAPES, comparison, value):
            return _shape_count(comparison, value)
        case Compared(measure, comparison, value):
            return _compared(measure, comparison, value)
        case OfRun(run):
            waiting = "SELECT 1 FROM proposal WHERE proposal.image_id = image.id AND run = ?"
            return f"EXISTS ({waiting} AND {UNDECIDED})", [run]
        case Noted(text):
            return "image_status.note LIKE ? ESCAPE '\\'", [f"%{_escaped(text)}%"]
        case Is(mark):
            return HAS[mark], []


def _shape_count(comparison: Comparison, value: float) -> Sql:
    """Images without shapes are in no group: the images that do not fit are looked for instead."""
    counted = "SELECT image_id FROM shape GROUP BY image_id HAVING"
    if _HOLDS[comparison](0, value):
        return f"image.id NOT IN ({counted} NOT (count(*) {comparison} ?))", [value]
    return f"image.id IN ({counted} count(*) {comparison} ?)", [value]


def _compared(measure: Measure, comparison: Comparison, value: float) -> Sql:
    if measure in _OF_IMAGE:
        # The size of an image that was not looked at yet is 0, which is no size.
        return f"(width > 0 AND {_OF_IMAGE[measure]} {comparison} ?)", [value]
    drawn = f"SELECT image_id FROM shape WHERE {measure} {comparison} ?"
    if measure is Measure.AREA:
        return f"image.id IN ({drawn})", [value]
    waiting = f"SELECT image_id FROM proposal WHERE score {comparison} ? AND {UNDECIDED}"
    return f"image.id IN ({drawn} UNION ALL {waiting})", [value, value]


def matches(regex: str, text: str) -> bool:
    """SQLite's ``text REGEXP regex``: found anywhere, without regard to case."""
    return expression(regex).search(text) is not None


def _escaped(word: str) -> str:
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, "\\" + sign)
    return word
