"""What can stand where one is typing in a query: names of terms, then values of a term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.domain import query
from studio.domain.labels import same_name
from studio.domain.project import Split, State
from studio.domain.query_tokens import Token, quoted, tokens
from studio.domain.query_words import Mark, Measure


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values that a project gives: names of its classes, and numbers of its runs."""

    classes: Sequence[str] = ()
    runs: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One proposal: ``text`` takes the place of what was typed.

    ``key`` is the term that it is a value of, "" for a term of its own. A candidate that is
    ``open`` is to be typed on.
    """

    text: str
    key: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """Candidates for ``text[start:end]``, the best first."""

    start: int = 0
    end: int = 0
    candidates: tuple[Candidate, ...] = ()

    def accepted(self, text: str, candidate: Candidate) -> tuple[str, int]:
        """The text with a candidate in its place, and where the cursor is then."""
        blank = "" if candidate.open or text[self.end : self.end + 1].isspace() else " "
        before = text[: self.start] + candidate.text + blank
        skip = 1 if not candidate.open and not blank else 0
        return before + text[self.end :], len(before) + skip


TERMS = (
    *(f"{key}:" for key in ("class", "no", "tag", "state", "split")),
    *Mark,
    *(f"{measure}>" for measure in (Measure.SHAPES,)),
    *(f"{measure}<" for measure in (Measure.AREA, Measure.ASPECT, Measure.SCORE)),
    *(f"{Measure.LOSS}>", "at:", "run:", "note:"),
    *(f"{measure}>" for measure in (Measure.SIZE, Measure.WIDTH, Measure.HEIGHT)),
)
"""Every term as it begins, or as it is where no value follows; the most used first."""


def complete(text: str, cursor: int, vocabulary: Vocabulary) -> Completion:
    """What may stand at ``cursor``; nothing where no term is begun."""
    token = next((t for t in tokens(text) if t.start < cursor <= t.end), None)
    if token is None or token.pattern:
        return Completion()
    if token.key:
        if cursor < token.value_start:
            return Completion()
        return _values(token, vocabulary)
    if token.quoted:
        return Completion()
    start = token.start + token.negated
    typed = text[start:cursor].lower()
    found = [term for term in TERMS if typed and term.startswith(typed) and term != typed]
    return Completion(start, token.end, tuple(Candidate(t, open=_is_open(t)) for t in found))


def _is_open(term: str) -> bool:
    return term[-1] in ":<>"


def _values(token: Token, vocabulary: Vocabulary) -> Completion:
    typed = token.value.casefold()
    values = _values_of(token.key, vocabulary)
    if any(value.casefold() == typed for value in values) and token.closed:
        return Completion()
    begins = [value for value in values if value.casefold().startswith(typed)]
    holds = [value for value in values if typed in value.casefold() and value not in begins]
    found = tuple(Candidate(quoted(value), token.key) for value in (*begins, *holds))
    return Completion(token.value_start, token.end, found)


def _values_of(key: str, vocabulary: Vocabulary) -> Sequence[str]:
    match key:
        case "class" | "no" | "tag":
            return vocabulary.classes
        case "state":
            return tuple(State)
        case "split":
            return (*Split, query.NO_SPLIT)
        case "run":
            return tuple(str(number) for number in vocabulary.runs)
        case _:
            return ()


def with_term(text: str, term: str) -> str:
    """``text`` with one more term; without it where it stands there already.

    A state or split takes the place of another one, since no image is in two.
    """
    [new] = tokens(term)
    kept: list[str] = []
    stood = False
    for token in tokens(text):
        same = (token.key, token.sign, token.negated) == (new.key, new.sign, new.negated)
        if same and token.value.casefold() == new.value.casefold():
            stood = True
        elif not (same and new.key in ("state", "split")):
            kept.append(text[token.start : token.end])
    return " ".join(kept if stood else [*kept, term])


def with_class_renamed(text: str, old: str, new: str) -> str:
    """``text`` as it has to be to find the same once class ``old`` is called ``new``."""
    for token in reversed(list(tokens(text))):
        if token.key in ("class", "no", "tag") and token.closed and same_name(token.value, old):
            text = text[: token.value_start] + quoted(new) + text[token.end :]
    return text
