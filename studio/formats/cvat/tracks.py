"""Tracks of "CVAT for video": one object through the frames, each a shape on its frame.

CVAT lists the shapes of every frame, those between key frames too. Where a track has key frames
only and skips frames between two of them, its shapes there are worked out. From a shape that is
``outside`` on, the object is gone until the next one; after the last one listed nothing is known.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from studio.domain.interpolation import between
from studio.errors import Sentence, say
from studio.formats.cvat.meta import Meta
from studio.formats.cvat.shapes import CUBOID, SHAPES, Drawn, drawn_of
from studio.formats.cvat.xml_stream import Node
from studio.formats.malformed import Malformed

_FRAME = re.compile(r"frame_(\d{6,18})", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")

FrameKey = tuple[str, int]
"""The subset that a frame is of ("" where none is told), and its number."""

Tell = Callable[[int, Sentence], None]
"""Takes a line of the file and what is wrong there."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where a track is listed; ``drawn`` is None where the object is outside, or not ``known``."""

    frame: int
    is_key: bool
    drawn: Drawn | None
    known: bool


@dataclass(slots=True)
class Frames:
    """What the tracks of a file show, by frame; ``lossy`` are frames that something is missing on.

    ``is_whole`` is False where it is not known on which frames something is missing.
    """

    shapes: dict[FrameKey, list[Drawn]] = field(default_factory=dict[FrameKey, list[Drawn]])
    lossy: set[FrameKey] = field(default_factory=set[FrameKey])
    is_whole: bool = True
    cuboids: int = 0
    _skipping: list[tuple[str, list[_Seen]]] = field(
        default_factory=list[tuple[str, list["_Seen"]]]
    )

    def add(self, track: Node, tell: Tell) -> None:
        """Take a ``<track>``."""
        subset = track.get("subset")
        seen: list[_Seen] = []
        for node in track.children:
            if node.tag not in (*SHAPES, CUBOID):
                continue
            frame = node.get("frame")
            if not (frame.isascii() and frame.isdigit() and len(frame) < 19):
                tell(node.line, say("the shape has no frame; it was left out"))
                self.is_whole = False
                continue
            key = subset, int(frame)
            known, drawn = self._drawn(node, track, tell)
            seen.append(_Seen(key[1], node.get("keyframe") == "1", drawn, known))
            if drawn is not None:
                self.shapes.setdefault(key, []).append(drawn)
            elif not known:
                self.lossy.add(key)
        seen.sort(key=lambda each: each.frame)
        if all(each.is_key for each in seen):
            self._skipping.append((subset, seen))

    def _drawn(self, node: Node, track: Node, tell: Tell) -> tuple[bool, Drawn | None]:
        """Whether it is known what is there, and that."""
        if node.get("outside") == "1":
            return True, None
        if node.tag == CUBOID:
            self.cuboids += 1
            return False, None
        try:
            drawn = drawn_of(node, track.get("label"), track.get("group_id"))
        except Malformed as error:
            tell(node.line, error.sentence)
            return False, None
        if drawn is None or not track.get("id"):
            return True, drawn
        return True, replace(drawn, attributes=(*drawn.attributes, ("track_id", track.get("id"))))

    def fill(self, numbers: Sequence[int], step: int) -> None:
        """Work out the shapes on frames that were skipped; ``numbers`` are those there are."""
        for subset, seen in self._skipping:
            for first, last in pairwise(seen):
                if last.frame - first.frame > step and (first.drawn or not first.known):
                    start = bisect_right(numbers, first.frame)
                    for frame in numbers[start : bisect_left(numbers, last.frame)]:
                        if (frame - first.frame) % step == 0:
                            self._fill((subset, frame), first, last)
        self._skipping.clear()

    def _fill(self, key: FrameKey, first: _Seen, last: _Seen) -> None:
        geometry = None
        if first.drawn is not None and last.drawn is not None:
            t = (key[1] - first.frame) / (last.frame - first.frame)
            geometry = between(first.drawn.geometry, last.drawn.geometry, t)
        elif first.drawn is not None and last.known:
            # An object that is outside at the next key frame stays where it was until then.
            geometry = first.drawn.geometry
        if first.drawn is None or geometry is None:
            self.lossy.add(key)
        else:
            self.shapes.setdefault(key, []).append(replace(first.drawn, geometry=geometry))


class FrameImages:
    """The images of a video's frames: ``frame_000000`` and so on, or, if surely, by order."""

    def __init__(self, paths: Collection[Path], folder: Path, meta: Meta) -> None:
        """``paths`` are the images that there are, of which those in ``folder`` are in order."""
        names = (_FRAME.fullmatch(path.stem) for path in paths)
        self._named = sorted({int(name[1]) for name in names if name})
        within = (path for path in paths if path.is_relative_to(folder))
        self.in_order = {} if self._named else dict(_in_order([*within], folder, meta))

    @property
    def numbers(self) -> Sequence[int]:
        """The frames that there are images of, in order."""
        return self._named or sorted(self.in_order)


def name_of(frame: int) -> str:
    """What CVAT calls the image of a frame, without its extension."""
    return f"frame_{frame:06d}"


def _in_order(paths: list[Path], folder: Path, meta: Meta) -> Iterator[tuple[int, Path]]:
    """The frame of each image, where there are just as many and only one order of their names."""
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    ordered = sorted(names)
    if len(names) == meta.size and ordered == sorted(names, key=_naturally):
        for number, name in enumerate(ordered):
            yield meta.start + number * meta.step, names[name]


def _naturally(name: str) -> list[tuple[bool, int, str]]:
    """A key by which a10 comes after a9."""
    parts = _DIGITS.split(name)
    return [(bool(i % 2), int(part) if i % 2 else 0, part) for i, part in enumerate(parts)]
