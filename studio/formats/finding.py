"""Finding the image that an annotation speaks of, and whether the two belong together."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from studio.domain import geometry as geo
from studio.domain.imports import Problem
from studio.domain.project import Split
from studio.domain.shapes import Box, Geometry, Mask, Polygon, RotatedBox
from studio.errors import FormatError, ImageProblem, Sentence, say
from studio.vision import images, masks
from studio.vision.decoding import upright

_SPLIT = re.compile(
    r"(?<![a-z])((?P<train>train(ing)?)|(?P<val>val(id(ation)?)?|dev)|(?P<test>test(ing)?))"
    r"(?=$|[^a-z]|annot|mask|label|gt|seg|im(g|age)|set|data)",
    re.IGNORECASE,
)


def split_named(name: str) -> Split | None:
    """The split that a file's or folder's name speaks of, such as ``instances_val2017``."""
    found = _SPLIT.search(name)
    return next((split for split in Split if found and found[split.value]), None)


@dataclass(slots=True)
class Problems:
    """Collects what could not be taken over from one data set; paths are told from ``base``."""

    base: Path
    found: list[Problem] = field(default_factory=list[Problem])

    def add(self, file: Path | str, place: str, sentence: Sentence) -> None:
        """Take note of one."""
        path = Path(file)
        if path.is_absolute() and path.is_relative_to(self.base):
            path = path.relative_to(self.base)
        self.found.append(Problem(images.printable(str(path)), place, sentence))


def no_images(source: Path, folder: Path, problems: Problems | None = None) -> FormatError:
    """The error to raise where none of the images that ``source`` speaks of was found."""
    first = f" ({problems.found[0]})" if problems and problems.found else ""
    return FormatError(
        "None of the images of {source} was found in {folder}{first}; "
        "say in which folder the images are.",
        source=source,
        folder=folder,
        first=first,
    )


def image_files(folder: Path) -> Iterator[Path]:
    """Image files in ``folder`` and below, hidden ones left out, in order of path."""
    for current, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name != "__MACOSX"
        )
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in images.EXTENSIONS:
                yield Path(current) / name


class ImageIndex:
    """The images in some folders, found again by whatever an annotation file calls them."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Earlier folders go first."""
        self._by_name: dict[str, list[Path]] = {}
        self._by_stem: dict[str, list[Path]] = {}
        self._folders = tuple(folders)
        seen: set[Path] = set()
        for folder in self._folders:
            for path in image_files(folder):
                if path not in seen:
                    seen.add(path)
                    self._by_name.setdefault(_key(path.name), []).append(path)
                    self._by_stem.setdefault(_key(path.stem), []).append(path)

    def find(self, reference: str, split: Split | None = None) -> Path | None:
        """The image that ``reference`` names, or None when there is none or no telling which.

        ``reference`` may be absolute, relative to any of the folders or to a folder above, with
        either kind of slash, and without an extension or with another one. Of several images of
        one name the one in the longest common path is taken, then the one in a folder of
        ``split``.
        """
        text = reference.replace("\\", "/")
        if Path(text).is_absolute() and Path(text).is_file():
            return Path(text)
        for folder in self._folders:
            if (folder / text).is_file():
                return Path(os.path.normpath(folder / text))
        wanted = PurePosixPath(text)
        candidates = self._by_name.get(_key(wanted.name)) or [
            *self._by_stem.get(_key(wanted.stem), ()),
            *(self._by_stem.get(_key(wanted.name), ()) if wanted.suffix else ()),
        ]
        return _best(candidates, wanted, split)

    def with_stem(
        self, stem: str, near: Path, split: Split | None = None, but: Collection[Path] = ()
    ) -> Path | None:
        """The image called ``stem`` with any extension; neither ``near`` nor one of ``but``.

        Of several the one whose folders are most like those of ``near`` is taken.
        """
        found = self._by_stem.get(_key(stem), ())
        candidates = [path for path in found if path != near and path not in but]
        return _best(candidates, PurePosixPath(near.as_posix()), split)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _best(candidates: list[Path], wanted: PurePosixPath, split: Split | None) -> Path | None:
    if not candidates:
        return None
    folders = [_key(part) for part in wanted.parent.parts]

    def rank(path: Path) -> tuple[int, bool]:
        common = 0
        for mine, theirs in zip(reversed(path.parent.parts), reversed(folders), strict=False):
            if _key(mine) != theirs:
                break
            common += 1
        in_split = split is not None and any(
            split_named(part) is split for part in path.parent.parts[-3:]
        )
        return common, in_split

    ranked = sorted(candidates, key=rank, reverse=True)
    if len(ranked) > 1 and rank(ranked[0]) == rank(ranked[1]):
        return None
    return ranked[0]


@dataclass(frozen=True, slots=True)
class Frame:
    """The image that shapes are drawn on: its upright size in pixels.

    ``orientation`` is EXIF's where the data set counts pixels in the image as it lies in the
    file, unturned; else 1.
    """

    width: int
    height: int
    orientation: int = 1

    @property
    def told_size(self) -> tuple[int, int]:
        """(width, height) in which the data set counts."""
        turned = self.orientation >= 5
        return (self.height, self.width) if turned else (self.width, self.height)


def frame_of(path: Path, declared: tuple[int, int] | None, problems: Problems) -> Frame | None:
    """The frame of the image at ``path``; None, with a problem, where it cannot be read.

    ``declared`` is the (width, height) that the data set states, if it states one. Another size
    than the image's is a problem too.
    """
    try:
        info = images.probe(path)
    except ImageProblem as problem:
        problems.add(path, "", problem.sentence)
        return None
    if declared in (None, (info.width, info.height)):
        return Frame(info.width, info.height)
    sizes = {"width": info.width, "height": info.height,
             "said_width": declared[0], "said_height": declared[1]}  # fmt: skip
    if info.orientation >= 5 and declared == (info.height, info.width):
        sentence = say(
            "the data set says {said_width} x {said_height} pixels, but upright (as its EXIF "
            "orientation says) the image has {width} x {height}; its shapes were turned with it",
            **sizes,
        )
        problems.add(path, "", sentence)
        return Frame(info.width, info.height, info.orientation)
    sentence = say(
        "the data set says {said_width} x {said_height} pixels, but the image has "
        "{width} x {height}; check whether its shapes fit",
        **sizes,
    )
    problems.add(path, "", sentence)
    return Frame(info.width, info.height)


def fitted(geometry: Geometry, frame: Frame) -> Geometry | None:
    """``geometry`` upright and cut to the image; None where nothing worth an object is left."""
    if frame.orientation != 1:
        turned = _turned(geometry, frame)
        return fitted(turned, Frame(frame.width, frame.height)) if turned is not None else None
    match geometry:
        case Box() | Polygon():
            box = geo.bounds(geometry)
            inside = min(box.x0, box.y0) >= 0 and box.x1 <= frame.width and box.y1 <= frame.height
            if inside and not geo.is_degenerate(geometry):
                return geometry
            return geo.clip(geometry, frame.width, frame.height)
        case RotatedBox():
            return None if geo.is_degenerate(geometry) else geometry
        case Mask(x, y, width, height):
            if x >= 0 and y >= 0 and x + width <= frame.width and y + height <= frame.height:
                return geometry
            return masks.encode(masks.rasterise(geometry, frame.width, frame.height))


def _turned(geometry: Geometry, frame: Frame) -> Geometry | None:
    """``geometry``, told on the image as it lies in the file, on the upright image."""
    width, height = frame.told_size
    move: Mapping[int, geo.MovePoint] = {
        5: lambda point: (point[1], point[0]),
        6: lambda point: (height - point[1], point[0]),
        7: lambda point: (height - point[1], width - point[0]),
        8: lambda point: (point[1], width - point[0]),
    }
    match geometry:
        case Box() | Polygon():
            return geo.map_points(geometry, move[frame.orientation])
        case RotatedBox():
            return geo.map_points(geo.as_polygon(geometry), move[frame.orientation])
        case Mask():
            lying = masks.rasterise(geometry, width, height)
            return masks.encode(upright(lying, frame.orientation).astype(bool))
