"""Taking a query apart into its terms as they stand.

Signs of a Chinese keyboard (``：``, ``＞``, ``“``) mean the same as their Latin ones; where the
Latin one has ``<`` and ``>`` it has the marks of book titles, ``《`` and ``》``, which compare
where a number follows. They stand in file names too, so they are signs only after a word that a
value follows: ``img《2024》`` is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from studio.domain.query_words import KEYS

_LATIN = str.maketrans("：＜＞＝“”－／＂　", ':<>=""-/" ')
_TITLE_MARKS = re.compile(r"[《》](?=[\d.=．＝\s]|$)")
_QUOTES = '"“”＂'
_KEYED = re.compile(r"([A-Za-z_]+)(<=|>=|[:<>=≤≥])")


@dataclass(frozen=True, slots=True)
class Token:
    """One term as it stands: ``-key>=value`` with its parts; key "" for a word or a pattern.

    ``value_start`` is where the value begins, with its quotes; ``closed`` tells whether quotes
    and slashes that were opened are closed again.
    """

    start: int
    end: int
    negated: bool
    key: str
    sign: str
    value: str
    value_start: int
    quoted: bool = False
    pattern: bool = False
    closed: bool = True


def quoted(name: str) -> str:
    """``name`` as a value, in quotes where it would fall apart without."""
    plain = name and not any(sign.isspace() or sign in _QUOTES for sign in name)
    if plain:
        return name
    return '"' + re.sub(rf"[\\{_QUOTES}]", r"\\\g<0>", name) + '"'


def tokens(text: str) -> Iterator[Token]:
    """The terms of a query as they stand, in their order."""
    latin = _TITLE_MARKS.sub(lambda mark: "<>"["《》".index(mark[0])], text).translate(_LATIN)
    position = 0
    while position < len(latin):
        if latin[position].isspace():
            position += 1
            continue
        token = _token(text, latin, position)
        yield token
        position = token.end


def _token(text: str, latin: str, start: int) -> Token:
    negated = latin[start] == "-"
    first = start + negated
    if latin.startswith("/", first):
        value, end, closed = _pattern(text, latin, first)
        return Token(start, end, negated, "", "", value, first, pattern=True, closed=closed)
    keyed = _KEYED.match(latin, first)
    if keyed and not text[slice(*keyed.span(2))].isascii() and keyed[1].lower() not in KEYS:
        keyed = None
    key, sign = (keyed[1].lower(), keyed[2]) if keyed else ("", "")
    sign = {"≤": "<=", "≥": ">="}.get(sign, sign)
    begin = keyed.end() if keyed else first
    is_quoted = latin.startswith('"', begin)
    value, end, closed = _quoted(text, latin, begin) if is_quoted else _bare(text, latin, begin)
    return Token(start, end, negated, key, sign, value, begin, is_quoted, False, closed)


def _bare(text: str, latin: str, start: int) -> tuple[str, int, bool]:
    end = start
    while end < len(latin) and not latin[end].isspace():
        end += 1
    return text[start:end], end, True


def _quoted(text: str, latin: str, start: int) -> tuple[str, int, bool]:
    """What stands between quotes, where it ends, and whether it does; ``\\"`` is a quote in it."""
    signs: list[str] = []
    position = start + 1
    while position < len(latin):
        if latin[position] == '"':
            return "".join(signs), position + 1, True
        escaped = latin[position] == "\\" and latin[position + 1 : position + 2] in ('"', "\\")
        position += escaped
        signs.append(text[position])
        position += 1
    return "".join(signs), position, False


def _pattern(text: str, latin: str, start: int) -> tuple[str, int, bool]:
    """What stands between slashes; a slash within is one that no blank follows."""
    position = start + 1
    while position < len(latin):
        at_end = position + 1 == len(latin) or latin[position + 1].isspace()
        if latin[position] == "/" and at_end and position > start + 1:
            return text[start + 1 : position], position + 1, True
        position += 1
    return text[start + 1 :], len(latin), False
