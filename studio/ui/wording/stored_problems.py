"""Problems of images, as sentences that can be said in any language.

A project stores what is wrong with an image as an English sentence, for the command line reads it
too. Here the sentence is taken apart again by the templates it can have been made from.
"""

from __future__ import annotations

import re
from functools import cache

from studio.errors import Sentence

TEMPLATES = (
    "{file} is too large to open ({width} x {height} pixels) and cannot be read in parts: save it"
    " as a tiled TIFF, or cut it into smaller images.",
    "{file} is too large to be read as a whole ({width} x {height} pixels); cut it into smaller"
    " images.",
    "The name of {file} is not valid Unicode; rename the file or its folder.",
    "{file} does not fit into the memory.",
    "{file} is no longer where it was.",
    "{file} cannot be opened: {reason}.",
    "{file} cannot be read: {reason}.",
)
"""What reading and scanning say about one image; a test holds this against the source."""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((template, _pattern(template)) for template in TEMPLATES)


def _pattern(template: str) -> re.Pattern[str]:
    escaped = re.escape(template)
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", escaped), re.DOTALL)


def parsed(problem: str) -> Sentence | None:
    """The sentence that a stored text was made from; None where nobody knows its template."""
    for template, pattern in _patterns():
        if match := pattern.fullmatch(problem):
            return Sentence(template, match.groupdict())
    return None
