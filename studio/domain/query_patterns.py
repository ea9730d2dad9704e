"""Regular expressions that end in time: the matching of some takes longer than anyone lives.

Python tries every way to share a text out among repetitions and choices, and nothing can stop it
meanwhile. A repetition within a repetition, as in ``(a+)+$``, doubles the ways with each letter
of the text; those beside each other multiply them.
"""

from __future__ import annotations

import re

from studio.errors import Sentence, say

MOST_WAYS = 14
"""How many choices a pattern may have; a repetition weighs as much as three of them."""

_PIECES = re.compile(
    r"\\."  # an escaped sign
    r"|\[\^?\]?(?:\\.|[^\]\\])*\]"  # a set of signs
    r"|(?P<count>\{(?:\d+|\d*,\d*)\})"
    r"|(?P<opens>\()(?:\?[a-zA-Z-]*[:)]?)?"  # what follows ``(?`` repeats nothing
    r"|(?P<sign>[*+?|)])"
    r"|.",
    re.DOTALL,
)


def endless(regex: str) -> Sentence | None:
    """Why matching a regular expression might not end in time, or None where it will."""
    groups = [False]  # of each open group, whether it matches a text in more than one way
    ways = 0
    ambiguous = repeated = False  # whether the last piece was such a group, or a repetition
    for piece in _PIECES.finditer(regex):
        sign, count = piece["sign"] or "", piece["count"] or ""
        repeats = bool(count) or sign in ("*", "+")
        if repeats and ambiguous:
            return say(
                "/{pattern}/ repeats something that repeats or has a choice itself, which could "
                "take forever; write it without the outer repetition.",
                pattern=regex,
            )
        was_repeated, ambiguous, repeated = repeated, False, repeats
        if piece["opens"]:
            groups.append(False)
        elif sign == ")" and len(groups) > 1:
            ambiguous = groups.pop()
            groups[-1] |= ambiguous
            ways += ambiguous
        elif (sign or "," in count) and not (sign == "?" and was_repeated):
            groups[-1] = True
            ways += 3 if repeats else sign == "?"
    if ways > MOST_WAYS:
        return say(
            "/{pattern}/ has more repetitions than can be tried; write it as several expressions.",
            pattern=regex,
        )
    return None
