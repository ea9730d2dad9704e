"""One CVAT file, read piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from studio.domain.imports import ImportedImage, ImportedShape
from studio.domain.labels import clean_name
from studio.domain.project import Split
from studio.domain.shapes import Geometry, Mask, Points
from studio.errors import Sentence, say
from studio.formats.cvat.meta import Meta, meta_of
from studio.formats.cvat.shapes import CUBOID, SHAPES, Drawn, attributes_of, drawn_of, joined
from studio.formats.cvat.tracks import FrameImages, FrameKey, Frames, name_of
from studio.formats.cvat.xml_stream import Node, NotXml, pieces
from studio.formats.finding import ImageIndex, Problems, Whereabouts, readable, split_named
from studio.formats.frames import Frame, fitted, frame_of
from studio.formats.malformed import Malformed
from studio.vision import masks

DONE = "done"
"""An attribute of our own: which of "tags" and "shapes" of the image a human has done."""

TAGS_DONE, SHAPES_DONE = "tags", "shapes"


class CvatFile:
    """What one file says; ``labels`` are its classes in their order, once it has been read.

    ``frames`` is how many images are still to come when all of the file has been read, which is
    so with tracks.
    """

    def __init__(
        self,
        path: Path,
        index: ImageIndex,
        folder: Path,
        problems: Problems,
        where: Whereabouts,
    ) -> None:
        """``folder`` is where the frames of videos lie, ``where`` tells which images are meant."""
        self.labels: dict[str, None] = {}
        self.frames = 0
        self._path = path
        self._index = index
        self._folder = folder
        self._problems = problems
        self._where = where
        self._meta = Meta()
        self._cuboids = 0
        self._bare = 0
        self._whereabouts_of = lru_cache(maxsize=None)(self._whereabouts)

    def images(self) -> Iterator[ImportedImage | None]:
        """What is said of each image; None after each step that led to none.

        Raises:
            NotXml: nothing of the file can be read.
        """
        tracks = Frames()
        begun = False
        try:
            for piece in pieces(self._path):
                begun = True
                if piece.tag == "meta":
                    self._meta = meta_of(piece)
                    self.labels |= dict.fromkeys(self._meta.labels)
                elif piece.tag == "image":
                    yield self._image(piece)
                elif piece.tag == "track":
                    tracks.add(piece, self._tell)
                    yield None
        except NotXml as error:
            self._tell(error.line, error.sentence)
            if not begun:
                raise
            tracks.is_whole = False
        yield from self._frames(tracks)
        self._cuboids += tracks.cuboids
        self._tell_counted()

    # Images --------------------------------------------------------------------------------

    def _image(self, node: Node) -> ImportedImage | None:
        name, subset = node.get("name"), node.get("subset") or self._meta.subset
        if not name:
            self._tell(node.line, say("the image has no name; it was left out"))
            return None
        path = self._find(name, node.get("subset"), subset)
        if path is None:
            sentence = say("{name} was not found among the images", name=readable(name))
            self._tell(node.line, sentence)
            return None
        drawn: list[Drawn] = []
        is_whole = True
        for child in node.children:
            if child.tag in SHAPES:
                is_whole &= self._draw(child, drawn)
            elif child.tag == CUBOID:
                self._cuboids += 1
                is_whole = False
        tags = self._tags(node)
        image = self._on(path, drawn, _declared(node), is_whole)
        told = node.attributes.get(DONE)
        return replace(
            image,
            tags=tags,
            split=self._split(subset),
            tags_done=bool(tags) if told is None else TAGS_DONE in told.split(),
            shapes_done=image.shapes_done
            and (bool(image.shapes) if told is None else SHAPES_DONE in told.split()),
        )

    def _draw(self, node: Node, drawn: list[Drawn]) -> bool:
        """Take a shape; False where it had to be left out."""
        try:
            found = drawn_of(node, node.get("label"), node.get("group_id"))
        except Malformed as error:
            self._tell(node.line, error.sentence)
            return False
        if found is not None:
            drawn.append(found)
        if node.tag == "skeleton":
            inner = (attribute for place in node.children for attribute in place.children)
            self._bare += sum(child.tag == "attribute" for child in inner)
        return True

    def _tags(self, node: Node) -> tuple[str, ...]:
        tags: dict[str, None] = {}
        for child in node.children:
            if child.tag == "tag":
                tags[clean_name(child.get("label"))] = None
                self._bare += sum(each.tag == "attribute" for each in child.children)
        tags.pop("", None)
        self.labels |= tags
        return tuple(tags)

    def _on(
        self, path: Path, drawn: list[Drawn], declared: tuple[int, int] | None, is_whole: bool
    ) -> ImportedImage:
        """The image with what is drawn on it; done if ``is_whole`` and nothing was lost."""
        frame = frame_of(path, declared, self._problems)
        if frame is None:
            return ImportedImage(path)
        told = len(self._problems.found)
        shapes: list[ImportedShape] = []
        whole = list(joined(drawn))
        for each, attributes in zip(whole, attributes_of(whole), strict=True):
            geometry = self._fitted(each, frame)
            if geometry is None:
                continue
            self.labels[each.label] = None
            shapes.append(ImportedShape(each.label, geometry, each.ignore, attributes))
        is_whole &= len(self._problems.found) == told
        return ImportedImage(path, shapes=tuple(shapes), shapes_done=is_whole)

    def _fitted(self, each: Drawn, frame: Frame) -> Geometry | None:
        geometry = each.geometry
        if isinstance(geometry, Mask):
            width, height = frame.told_size
            if geometry.width > width or geometry.height > height:
                self._tell(each.line, say("the mask is larger than its image; it was left out"))
                return None
            # Its window may be wider than what it covers.
            tight = masks.encode(masks.decode(geometry), geometry.x, geometry.y)
            kept = fitted(tight, frame) if tight else None
        else:
            kept = fitted(geometry, frame)
        if isinstance(geometry, Points):
            lost = len(geometry.points) - (len(kept.points) if isinstance(kept, Points) else 0)
            if lost:
                self._tell(
                    each.line,
                    say(
                        "{count} keypoint(s) lie outside the image; they were left out", count=lost
                    ),
                )
        elif kept is None:
            self._tell(each.line, say("the shape has no area within the image; it was left out"))
        return kept

    # Videos --------------------------------------------------------------------------------

    def _frames(self, tracks: Frames) -> Iterator[ImportedImage | None]:
        if not tracks.shapes:
            return
        images = FrameImages(self._index.paths, self._folder, self._meta)
        tracks.fill(images.numbers, self._meta.step)
        self.frames = len(tracks.shapes)
        missing = 0
        for key, drawn in sorted(tracks.shapes.items(), key=lambda item: item[0]):
            path = images.in_order.get(key[1]) or self._frame(key)
            if path is None:
                missing += 1
                yield None
                continue
            image = self._on(path, drawn, None, tracks.is_whole and key not in tracks.lossy)
            is_done = image.shapes_done and bool(image.shapes)
            split = self._split(key[0] or self._meta.subset)
            yield replace(image, split=split, shapes_done=is_done)
        self._tell_frames(images, missing)

    def _frame(self, key: FrameKey) -> Path | None:
        subset, frame = key
        return self._find(name_of(frame), subset, subset or self._meta.subset)

    def _tell_frames(self, images: FrameImages, missing: int) -> None:
        if images.in_order:
            sentence = say(
                "the file names no images; the {count} images were taken for its frames in the "
                "order of their names",
                count=len(images.in_order),
            )
            self._tell(0, sentence)
        elif not images.numbers:
            sentence = say(
                "the file names no images, and none is called frame_000000 and so on, as CVAT "
                'calls the frames of videos; export "CVAT for images 1.1" instead'
            )
            self._tell(0, sentence)
        elif missing:
            self._tell(0, say("{count} of its frames have no image", count=missing))

    # ---------------------------------------------------------------------------------------

    def _find(self, name: str, folder: str, subset: str) -> Path | None:
        """The image of that name, rather in the ``folder`` of its subset."""
        where = self._whereabouts_of(subset)
        inside = self._index.find(f"{folder}/{name}", where) if folder else None
        return inside or self._index.find(name, where)

    def _whereabouts(self, subset: str) -> Whereabouts:
        split = self._split(subset)
        own = split if self._index.has_folder_of(split) else None
        return replace(self._where, split=own, rather=split)

    def _split(self, subset: str) -> Split | None:
        """That of a subset, or else of the file: Datumaro writes one for each, ``train.xml``."""
        return split_named(subset) or split_named(self._path.stem)

    def _tell_counted(self) -> None:
        if self._cuboids:
            sentence = say("{count} cuboid(s) were left out: there is no such shape here",
                           count=self._cuboids)  # fmt: skip
            self._tell(0, sentence)
        if self._bare:
            sentence = say(
                "{count} attribute(s) of tags and of the points of skeletons were left out: "
                "these have none here",
                count=self._bare,
            )
            self._tell(0, sentence)

    def _tell(self, line: int, sentence: Sentence) -> None:
        self._problems.add(self._path, f"line {line}" if line else "", sentence)


def _declared(node: Node) -> tuple[int, int] | None:
    sides = node.get("width"), node.get("height")
    if not all(side.isascii() and side.isdigit() and len(side) < 10 for side in sides):
        return None
    width, height = map(int, sides)
    return (width, height) if width and height else None
