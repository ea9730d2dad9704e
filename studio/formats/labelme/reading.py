"""labelme's JSON, versions 3 to 7, which X-AnyLabeling and converters of ISAT write too.

One file an image, called after it, beside it or in a folder of its own. ``shapes`` are the objects
(``labelme_shapes``; of several entries, ``labelme_objects``), in continuous pixels of the upright
image. ``flags`` that are true are tags of the image; so are X-AnyLabeling's ``tags``.

A file without any shape says that there is nothing on its image. Not so where no file of a data
set of flags has a shape, as only flags were asked for there; nor where ``drawn``, a field of our
own, is false, as nobody has looked. X-AnyLabeling's ``checked`` says that somebody has for
certain, or, where it is "failed", that the labels are wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from studio.domain.imports import ImportBatch, ImportedImage
from studio.domain.labels import clean_name
from studio.domain.project import Split
from studio.errors import FormatError, Sentence, say
from studio.formats.contract import ImportOptions, Progress, Reading
from studio.formats.finding import (
    ImageIndex,
    Problems,
    base_of,
    located,
    no_images,
    readable,
    split_of,
)
from studio.formats.frames import frame_of
from studio.formats.image_of import Named, image_of
from studio.formats.json_fields import DRAWN, Json, flag_of, whole_of
from studio.formats.labelme.file import IGNORED, shapes_of
from studio.formats.reading import read_bytes

_LARGE_BYTES = 2**26
_END_BYTES = 2**16
"""A file larger than ``_LARGE_BYTES`` is read whole only where one of its ends mentions shapes."""


def read(source: Path, options: ImportOptions) -> Reading:
    """Read every labelme file in a folder and below, or a single one.

    JSON files of other programs are passed over. Folders called ``train``, ``val`` and ``test``
    decide the split.

    Raises:
        FormatError: there is no labelme file, or none that can be read.
    """
    source = located(source)
    files = [source] if source.is_file() else _json_files(source)
    base = base_of(source)
    folders = (options.images,) if options.images else (base,)
    index = ImageIndex(folders, options.also_in)
    problems = Problems(base)
    found = _Found()
    for done, path in enumerate(files, start=1):
        document = _document(path, problems)
        if document is not None:
            image = _image(path, document, index, problems, options)
            found.take(path, document, image, problems)
        yield Progress(done, len(files))
    if not found.files:
        raise _nothing_read(source, problems)
    if not found.images:
        raise no_images(source, folders[0], problems)
    return ImportBatch(found.in_the_end(), tuple(found.labels), tuple(problems.found))


@dataclass(slots=True)
class _Found:
    """What the files told so far: how many there were, how many with shapes, and of which images.

    ``checked`` are the images that somebody has looked through for certain.
    """

    files: int = 0
    drawn: int = 0
    images: dict[Path, ImportedImage] = field(default_factory=dict[Path, ImportedImage])
    labels: dict[str, None] = field(default_factory=dict[str, None])
    checked: set[Path] = field(default_factory=set[Path])

    def take(
        self, path: Path, document: Json, image: ImportedImage | None, problems: Problems
    ) -> None:
        """Add what the file at ``path`` told of ``image``, if there is such an image."""
        self.files += 1
        self.drawn += bool(document["shapes"])
        if image is None:
            return
        if image.path in self.images:
            problems.add(path, "", say("another file describes the same image; it was left out"))
            self.images[image.path] = replace(self.images[image.path], shapes_done=False)
            return
        self.images[image.path] = image
        self.labels |= dict.fromkeys(shape.label for shape in image.shapes if shape.label)
        self.labels |= dict.fromkeys((*image.tags, *_flags(document)))
        if document.get("checked") is True:
            self.checked.add(image.path)

    def in_the_end(self) -> tuple[ImportedImage, ...]:
        """The images; where only flags were asked for, nobody has looked for shapes."""
        only_flags = not self.drawn and any(image.tags_done for image in self.images.values())
        return tuple(
            replace(image, shapes_done=False) if only_flags and path not in self.checked else image
            for path, image in self.images.items()
        )


def _json_files(folder: Path) -> list[Path]:
    """The JSON files in ``folder`` and below, hidden ones left out."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() == ".json" and not _is_hidden(path.relative_to(folder).parts)
        if path.is_file()
    )


def _is_hidden(parts: Iterable[str]) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _nothing_read(source: Path, problems: Problems) -> FormatError:
    name = readable(str(source))
    if problems.found:
        first = problems.found[0]
        return FormatError(
            "{file} cannot be read as a labelme file: {reason}.",
            file=readable(first.file),
            reason=first.sentence,
        )
    if source.is_file():
        return FormatError('{file} is not a labelme file: it has no list "shapes".', file=name)
    return FormatError("There is no labelme file (.json) in {folder}.", folder=name)


# One file ---------------------------------------------------------------------------------------


def _document(path: Path, problems: Problems) -> Json | None:
    """What a labelme file holds; None for another program's, or, with a problem, a broken one."""
    try:
        if not _may_be_labelme(path):
            return None
        document = json.loads(read_bytes(path).decode("utf-8-sig"))
    except FormatError as error:
        problems.add(path, "", error.sentence)
    except OSError as error:
        problems.add(path, "", say("it cannot be opened: {reason}", reason=error.strerror))
    except UnicodeDecodeError:
        problems.add(path, "", say("it is not in UTF-8; save it as such"))
    except (ValueError, RecursionError) as error:
        problems.add(path, "", say("it is not valid JSON: {reason}", reason=error))
    else:
        if isinstance(document, dict):
            found = cast(Json, document)
            return found if isinstance(found.get("shapes"), list) else None
    return None


def _may_be_labelme(path: Path) -> bool:
    """Whether the file is worth reading whole: other programs' may be of any size."""
    size = path.stat().st_size
    if size <= _LARGE_BYTES:
        return True
    with path.open("rb") as file:
        start = file.read(_END_BYTES)
        file.seek(max(0, size - _END_BYTES))
        return b'"shapes"' in start + file.read()


def _image(
    path: Path, document: Json, index: ImageIndex, problems: Problems, options: ImportOptions
) -> ImportedImage | None:
    told = document.get("imagePath")
    name = readable(told) if isinstance(told, str) else ""
    image = image_of(path, Named("imagePath", name), index, problems, (path.parent,))
    if image is None:
        problems.add(path, "imagePath", _not_found(name, document))
        return None
    split = options.split or _split_of(path, image, problems.base)
    flags = _flags(document)
    flagged = (name for name, is_set in flags.items() if is_set)
    tags = tuple(dict.fromkeys((*flagged, *_tags(document))))
    about = ImportedImage(image, tags, split=split, tags_done=bool(flags or tags))
    sides = (whole_of(document.get("imageWidth")), whole_of(document.get("imageHeight")))
    frame = frame_of(image, sides if min(sides) > 0 else None, problems)
    if frame is None:
        return about
    shapes, all_taken = shapes_of(path, document["shapes"], frame, problems)
    looked = bool(document["shapes"]) or document.get(DRAWN) is not False
    done = all_taken and looked and document.get("checked") != "failed"
    return replace(about, shapes=shapes, shapes_done=done)


def _not_found(name: str, document: Json) -> Sentence:
    if not document.get("imageData"):
        return say("the image {name} was not found", name=name or "?")
    return say(
        "the image {name} was not found; the picture exists only inside this file (imageData): "
        "save it beside the file, under the file's name, and import again",
        name=name or "?",
    )


def _split_of(path: Path, image: Path, base: Path) -> Split | None:
    """The split that the folders of the file speak of, or else those of the image."""
    split = split_of(path.parent.relative_to(base))
    if split is None and image.is_relative_to(base):
        split = split_of(image.parent.relative_to(base))
    return split


def _flags(document: Json) -> Mapping[str, bool]:
    """The flags of the image, and whether each is set."""
    flags = document.get("flags")
    if not isinstance(flags, dict):
        return {}
    named = ((clean_name(readable(str(name))), value) for name, value in cast(Json, flags).items())
    return {name: flag_of(value) for name, value in named if name not in ("", IGNORED)}


def _tags(document: Json) -> list[str]:
    """X-AnyLabeling's tags of the image."""
    tags = document.get("tags")
    told = cast(list[Any], tags) if isinstance(tags, list) else []
    names = (clean_name(readable(tag)) for tag in told if isinstance(tag, str))
    return [name for name in names if name]
