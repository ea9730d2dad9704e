"""Problems of images in the user's language.

A project stores what is wrong with an image as an English sentence, for the command line reads it
too. Here the sentence is taken apart again by the templates it can have been made from.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from studio.errors import Sentence
from studio.storage.query_sql import GONE
from studio.ui.wording.messages import SENTENCES, sentence, together

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


def translated(problem: str) -> str:
    """The problem in the user's language; as it is stored where nobody knows its template.

    A file that is missing may have had another problem before, which stands on a line of its own.
    """
    before, _, missing = problem.rpartition("\n")
    if before and missing.endswith(GONE):
        return together(_translated(before), _translated(missing))
    return _translated(problem)


def _translated(problem: str) -> str:
    for template, pattern in _patterns():
        match = pattern.fullmatch(problem)
        if match:
            values = match.groupdict()
            if "reason" in values:
                values["reason"] = QCoreApplication.translate(SENTENCES, values["reason"])
            return sentence(Sentence(template, values))
    return problem
