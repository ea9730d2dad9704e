"""Saying what of a project a format cannot carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from studio.domain.imports import Problem
from studio.errors import FormatError, say
from studio.formats.finding import readable
from studio.storage.reader import Annotated, Reader


def everything() -> FormatError:
    """The error to raise where no shapes, and no images that have none, can be written."""
    return FormatError(
        "There are no shapes to export yet; draw some, or mark images without any as done."
    )


def splits(dest: Path, unsplit: int, images: int) -> Iterator[Problem]:
    """Of so many images these have no split: where only some have none, all splits are left out."""
    if 0 < unsplit < images:
        sentence = say(
            "{count} image(s) have no split, so none was put into a folder of its split",
            count=unsplit,
        )
        yield Problem(readable(str(dest)), "", sentence)


def tags(dest: Path, images: Iterable[Annotated]) -> Iterator[Problem]:
    """The tags of these images are left out."""
    if count := sum(len(each.tags) for each in images):
        sentence = say("this format has no tags; {count} were left out", count=count)
        yield Problem(readable(str(dest)), "", sentence)


def shapes(dest: Path, reader: Reader) -> Iterator[Problem]:
    """All shapes of the project are left out."""
    if count := sum(reader.shape_counts().values()):
        sentence = say("this format has tags only; {count} shape(s) were left out", count=count)
        yield Problem(readable(str(dest)), "", sentence)
