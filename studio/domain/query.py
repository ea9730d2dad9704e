"""The search language of the Images workspace: text in, terms and sentences out.

A query is terms with blanks between them, and an image must fit all of them::

    class:car -state:done shapes>20 "big bolt" /img_\\d+/

Reading never fails. What cannot be understood is left out of the search and told as a ``Fault``,
so that the list stays useful while one types.

Terms of ``area``, ``aspect`` and ``at`` that stand together are about one and the same object, and
``class`` beside them says of which class it is.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from studio.domain.project import Split, State
from studio.domain.query_patterns import endless
from studio.domain.query_tokens import Token, tokens
from studio.domain.query_words import Comparison, Mark, Measure
from studio.errors import Sentence, say


@dataclass(frozen=True, slots=True)
class Word:
    """The path holds this text, without regard to the case of Latin letters."""

    text: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression is found in the path, without regard to case."""

    regex: str


@dataclass(frozen=True, slots=True)
class OfClass:
    """A tag or a shape of this class is on the image."""

    name: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """The image as a whole carries this class."""

    name: str


@dataclass(frozen=True, slots=True)
class InState:
    """The image is in this state."""

    state: State


@dataclass(frozen=True, slots=True)
class InSplit:
    """The image belongs to this split; None is no split yet."""

    split: Split | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure of the image, or of an object on it, compares so with ``value``."""

    measure: Measure
    comparison: Comparison
    value: float


@dataclass(frozen=True, slots=True)
class Over:
    """An object's bounds lie over this place, in hundredths of the image's width and height."""

    across: float
    down: float


@dataclass(frozen=True, slots=True)
class OfRun:
    """Predictions of this run wait on the image."""

    run: int


@dataclass(frozen=True, slots=True)
class Noted:
    """The image's note holds this text."""

    text: str


@dataclass(frozen=True, slots=True)
class Is:
    """The image has this sign."""

    mark: Mark


Condition = (
    Word | Pattern | OfClass | Tagged | InState | InSplit | Compared | Over | OfRun | Noted | Is
)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition, and the stretch ``text[start:end]`` that says it."""

    condition: Condition
    negated: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with ``text[start:end]``; ``unfinished`` where something only is missing."""

    sentence: Sentence
    start: int
    end: int
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as it was understood."""

    terms: tuple[Term, ...] = ()
    faults: tuple[Fault, ...] = ()


NO_SPLIT = "none"
LARGEST_NUMBER = 1e15
_UNITS: Mapping[str, float] = {"": 1, "k": 1e3, "mp": 1e6}
_PLACE = re.compile(r"(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)", re.ASCII)
_STOPS = str.maketrans("。《》", ".<>")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?|\.\d+)([a-z]*)", re.ASCII)


class _Wrong(Exception):
    """A term that cannot be understood."""

    def __init__(self, sentence: Sentence, unfinished: bool = False) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.unfinished = unfinished


def parse(text: str) -> Parsed:
    """Understand a query; never raises."""
    terms: list[Term] = []
    faults: list[Fault] = []
    for token in tokens(text):
        try:
            negated = token.negated != (token.key == "no")
            terms.append(Term(_condition(token), negated, token.start, token.end))
        except _Wrong as wrong:
            faults.append(Fault(wrong.sentence, token.start, token.end, wrong.unfinished))
    return Parsed(tuple(terms), tuple(faults))


@lru_cache(maxsize=32)
def expression(regex: str) -> re.Pattern[str]:
    """A pattern's regular expression, which is found without regard to case.

    Raises:
        re.error: it is none.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about signs that a later Python may read otherwise
        return re.compile(regex, re.IGNORECASE)


# Understanding one term -----------------------------------------------------------------------


def _condition(token: Token) -> Condition:
    if token.pattern:
        return _regular_expression(token)
    if not token.closed:
        raise _Wrong(say("The quotes are not closed."), unfinished=True)
    if token.key:
        return _keyed(token)
    if not token.value:
        raise _Wrong(say("After the minus sign say what must not be there."), unfinished=True)
    if not token.quoted and token.value.lower() in tuple(Mark):
        return Is(Mark(token.value.lower()))
    return Word(token.value)


def _regular_expression(token: Token) -> Pattern:
    if not token.closed:
        raise _Wrong(
            say("A regular expression ends with a second slash, as in {example}.", example="/a+/"),
            unfinished=True,
        )
    try:
        expression(token.value)
    except (re.error, RecursionError, OverflowError) as error:
        raise _Wrong(
            say(
                "/{pattern}/ is no regular expression: {reason}.",
                pattern=token.value,
                reason=getattr(error, "msg", error),
            )
        ) from error
    if reason := endless(token.value):
        raise _Wrong(reason)
    return Pattern(token.value)


def _keyed(token: Token) -> Condition:
    if token.key in tuple(Measure):
        return _compared(token, Measure(token.key))
    read = _READERS.get(token.key)
    if read is None:
        raise _Wrong(
            say(
                "“{term}” is not a search term. To find it as text, put quotes around it.",
                term=f"{token.key}{token.sign}",
            )
        )
    if token.sign not in (":", "="):
        raise _Wrong(say("Write {term}: with a colon.", term=token.key))
    if not token.value.strip():
        raise _Wrong(
            say("After {term} comes a value, as in {example}.", term=token.key + ":",
                example=EXAMPLES[token.key]),
            unfinished=True,
        )  # fmt: skip
    return read(token.value)


def _compared(token: Token, measure: Measure) -> Compared:
    sign, value = token.sign, _half_width(token.value)
    if sign == ":":  # shapes:>20 is what some are used to
        for each in ("<=", ">=", "<", ">", "="):
            if value.startswith(each):
                sign, value = each, value.removeprefix(each)
                break
    comparison = Comparison.EQUAL if sign == ":" else Comparison(sign)
    number = _NUMBER.fullmatch(value.lower())
    unit = number[2] if number else ""
    if number is None or (unit and (measure is not Measure.SIZE or unit not in _UNITS)):
        raise _Wrong(
            say("After {term} comes a number, as in {example}.", term=measure,
                example=EXAMPLES[measure]),
            unfinished=not value,
        )  # fmt: skip
    return Compared(measure, comparison, min(float(number[1]) * _UNITS[unit], LARGEST_NUMBER))


def _half_width(value: str) -> str:
    """Numbers and their signs as a Latin keyboard writes them: ``２０`` is 20."""
    return unicodedata.normalize("NFKC", value.translate(_STOPS))


def _state(value: str) -> InState:
    try:
        return InState(State(value.lower().replace("-", "_")))
    except ValueError:
        raise _one_of("state", State) from None


def _split(value: str) -> InSplit:
    if value.lower() == NO_SPLIT:
        return InSplit(None)
    try:
        return InSplit(Split(value.lower()))
    except ValueError:
        raise _one_of("split", (*Split, NO_SPLIT)) from None


def _one_of(key: str, values: type[State] | tuple[str, ...]) -> _Wrong:
    return _Wrong(
        say("After {term} comes one of: {values}.", term=f"{key}:", values=", ".join(values))
    )


def _place(value: str) -> Over:
    found = _PLACE.fullmatch(_half_width(value))
    across, down = (float(number) for number in found.groups()) if found else (-1.0, -1.0)
    if not (0 <= across <= 100 and 0 <= down <= 100):
        raise _Wrong(
            say(
                "A place is two numbers from 0 to 100, across and down, as in {example}.",
                example=EXAMPLES["at"],
            ),
            unfinished=not found,
        )
    return Over(across, down)


def _run(value: str) -> OfRun:
    value = _half_width(value)
    if not (value.isascii() and value.isdigit()) or len(value) > 9:
        raise _Wrong(say("A run is known by its number, as in {example}.", example="run:7"))
    return OfRun(int(value))


_READERS: Mapping[str, Callable[[str], Condition]] = {
    "class": OfClass,
    "no": OfClass,
    "tag": Tagged,
    "state": _state,
    "split": _split,
    "at": _place,
    "run": _run,
    "note": Noted,
}

EXAMPLES: Mapping[str, str] = {
    "class": "class:car",
    "no": "no:person",
    "tag": "tag:day",
    "state": "state:new",
    "split": "split:val",
    "at": "at:50,20",
    "run": "run:7",
    "note": "note:blurred",
    Measure.SHAPES: "shapes>20",
    Measure.AREA: "area<32",
    Measure.ASPECT: "aspect>2",
    Measure.SCORE: "score<0.5",
    Measure.LOSS: "loss>0.5",
    Measure.SIZE: "size>2mp",
    Measure.WIDTH: "width>1000",
    Measure.HEIGHT: "height<=600",
}
"""One example a term."""
