"""Which image a file of labels describes that is called after it, and names it besides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.errors import say
from studio.formats.finding import ImageIndex, Problems, Whereabouts, readable, split_of


@dataclass(frozen=True, slots=True)
class Named:
    """What a file calls its image, "" for nothing, and in which field."""

    field: str
    name: str


def image_of(
    file: Path, named: Named, index: ImageIndex, problems: Problems, near: tuple[Path, ...]
) -> Path | None:
    """The image that ``file`` describes; images in the folders ``near`` go before others.

    Files are renamed more often than what they say is put right, so an image of the file's own
    name goes before one that only the name in it leads to.
    """
    where = Whereabouts(near=near, split=split_of(file.parent.relative_to(problems.base)))
    told = index.find(named.name, where) if named.name else None
    if told is not None and told.stem.casefold() == file.stem.casefold():
        return told
    own = index.with_stem(file.stem, file, where)
    if told is not None and own is not None:
        sentence = say(
            "it names the image {name}, but {own} has its own name; that one was taken",
            name=named.name,
            own=readable(own.name),
        )
        problems.add(file, named.field, sentence)
    return own or told
