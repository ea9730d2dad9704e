"""What a data set in a foreign format says, before any of it enters a project.

A reader in ``formats`` parses files into an ``ImportBatch``; ``editing.importing`` turns the batch
into facts and one undoable edit. Whatever could not be understood is a ``Problem``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.domain.project import Split
from studio.domain.shapes import Geometry
from studio.errors import Sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in one file that was left out, or taken with a doubt.

    ``file`` is the path as the user would look for it, ``field`` the place inside the file, such
    as ``annotations[3].bbox`` ("" for the whole file).
    """

    file: str
    field: str
    sentence: Sentence

    def __str__(self) -> str:
        place = f"{self.file}, {self.field}" if self.field else self.file
        return f"{place}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class ImportedShape:
    """One object; ``label`` is a class's name. An ``ignore`` region may have label ""."""

    label: str
    geometry: Geometry
    ignore: bool = False
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedImage:
    """One image and what the data set says about it.

    ``path`` is absolute. ``tags_done`` and ``shapes_done`` say that the data set annotates this
    kind for this image, so that no tag or no shape there is an answer too.
    """

    path: Path
    tags: tuple[str, ...] = ()
    shapes: tuple[ImportedShape, ...] = ()
    split: Split | None = None
    tags_done: bool = False
    shapes_done: bool = False


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """A whole data set; ``labels`` are the names of its classes in their order.

    ``masks`` are the image files that are annotations of others, no pictures to look at.
    """

    images: tuple[ImportedImage, ...]
    labels: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    masks: tuple[Path, ...] = ()
