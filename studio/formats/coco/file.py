"""One COCO file, checked entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, cast

from studio.domain.imports import ImportedImage, ImportedShape
from studio.domain.labels import clean_name
from studio.domain.project import Split
from studio.domain.shapes import Geometry, Part, Point, Points, Polygon
from studio.errors import Sentence, say
from studio.formats.coco.fields import drawn_of, mask_of, turned_box_of
from studio.formats.contract import Progress
from studio.formats.finding import ImageIndex, Problems, Whereabouts, readable
from studio.formats.frames import Frame, fitted, frame_of
from studio.formats.json_fields import (
    DRAWN,
    Json,
    attributes_of,
    flag_of,
    id_of,
    numbers_of,
    whole_of,
)
from studio.formats.keypoints import POINTS, names_of, points_of
from studio.formats.malformed import Malformed


@dataclass(slots=True)
class _Entry:
    """One image of the file that was found on disk."""

    path: Path
    name: str
    place: str
    declared: tuple[int, int]
    frame: Frame | None = None
    tags: dict[str, None] = field(default_factory=dict[str, None])
    shapes: list[ImportedShape] = field(default_factory=list[ImportedShape])


class CocoFile:
    """What a document says: ``categories`` are names by id, in the order of the file.

    ``incomplete`` gathers the images of which something was left out.
    """

    def __init__(
        self,
        path: Path,
        document: Json,
        index: ImageIndex,
        problems: Problems,
        where: Whereabouts,
        split: Split | None,
    ) -> None:
        """``where`` tells which images are meant, ``split`` is what they are put into."""
        self._path = path
        self._index = index
        self._problems = problems
        self._where = where
        self._split = split
        self.incomplete: set[Path] = set()
        self._places_of: dict[str, tuple[str, ...]] = {}
        self.categories = self._categories(document)
        self._is_told = isinstance(document.get("annotations"), list)
        self._annotations = self._entries(document, "annotations")
        # A file without any place is one of image-level labels.
        self._places = any(
            field in a for _, a in self._annotations for field in ("bbox", "segmentation", POINTS)
        )
        self._images = self._entries(document, "images")
        self._found: dict[str, _Entry] = {}

    def read(self) -> Iterator[Progress]:
        """Look at the images and take over what the file says about each."""
        found = self._found = self._found_images()
        total = len(found) + len(self._annotations)
        for done, entry in enumerate(found.values(), start=1):
            declared = entry.declared if all(entry.declared) else None
            entry.frame = frame_of(entry.path, declared, self._problems)
            yield Progress(done, total)
        known = {id_of(entry.get("id")) for _, entry in self._images}
        seen: set[tuple[str, str]] = set()
        for done, (place, annotation) in enumerate(self._annotations, start=len(found) + 1):
            key = id_of(annotation.get("image_id"))
            entry = found.get(key)
            if key not in known:
                sentence = say("there is no image {image} in the file", image=readable(key))
                self._say(f"{place}.image_id", sentence)
            elif entry is not None and not (
                self._is_first(annotation, place, key, seen)
                and self._annotate(entry, place, annotation)
            ):
                self.incomplete.add(entry.path)
            yield Progress(done, total)

    def images(self) -> Iterator[ImportedImage]:
        """The images that were found, each with what the file, now read, says about it."""
        for entry in self._found.values():
            yield ImportedImage(
                entry.path,
                tuple(entry.tags),
                tuple(entry.shapes),
                self._split,
                tags_done=not self._places and bool(entry.tags),
                shapes_done=self._places_known(entry),
            )

    def _places_known(self, entry: _Entry) -> bool:
        said = self._is_told and (self._places or not self._annotations)
        return said and entry.frame is not None and entry.path not in self.incomplete

    def _is_first(
        self, annotation: Json, place: str, image: str, seen: set[tuple[str, str]]
    ) -> bool:
        """Whether no earlier annotation of the image has the same id; many tools count anew."""
        if annotation.get("id") is None:
            return True
        key = (image, id_of(annotation["id"]))
        if key in seen:
            self._say(f"{place}.id", _repeated(key[1]))
            return False
        seen.add(key)
        return True

    # Parts of the file ---------------------------------------------------------------------

    def _entries(self, document: Json, name: str) -> list[tuple[str, Json]]:
        """The objects of the list ``name``, each with its place in the file."""
        values = document.get(name, [])
        if not isinstance(values, list):
            self._say(name, say("this should be a list"))
            return []
        entries: list[tuple[str, Json]] = []
        for number, value in enumerate(cast(list[Any], values)):
            if isinstance(value, dict):
                entries.append((f"{name}[{number}]", cast(Json, value)))
            else:
                self._say(f"{name}[{number}]", say("this should be an object"))
        return entries

    def _categories(self, document: Json) -> dict[str, str]:
        names: dict[str, str] = {}
        for place, category in self._entries(document, "categories"):
            if "id" not in category:
                self._say(f"{place}.id", say("the category has no id"))
                continue
            key = id_of(category["id"])
            if key in names:
                self._say(f"{place}.id", _repeated(key))
                continue
            told = category.get("name")
            name = clean_name(readable("" if told is None else str(told)))  # 0 is a name
            if not name:
                self._say(f"{place}.name", say("the category has no name; its id is used"))
            elif name in names.values():
                sentence = say("another category has the same name; both became one class")
                self._say(f"{place}.name", sentence)
            names[key] = name or readable(key)
            self._places_of[key] = names_of(category)
        return names

    def _found_images(self) -> dict[str, _Entry]:
        """Entries by id; each image on disk has one, that which names it best."""
        found: dict[str, _Entry] = {}
        for place, entry in self._images:
            name = entry.get("file_name")
            if not isinstance(name, str) or not name or "id" not in entry:
                self._say(place, say("the image needs an id and a file_name"))
                continue
            key = id_of(entry["id"])
            if key in found:
                self._say(f"{place}.id", _repeated(key))
                self.incomplete.add(found[key].path)
                continue
            path = self._index.find(name, self._where)
            if path is None:
                self._not_found(place, name)
                continue
            declared = (whole_of(entry.get("width")), whole_of(entry.get("height")))
            found[key] = _Entry(path, name, place, declared)
        for key in tuple(self._mistaken(found)):
            self._not_found(found[key].place, found[key].name)
            del found[key]
        return found

    def _mistaken(self, found: Mapping[str, _Entry]) -> Iterator[str]:
        """Ids of entries whose image is rather that of another entry, or of no telling whose.

        ``train/1.png`` and ``val/1.png`` are not both in ``val``. Entries that name one image
        equally well are kept, with a problem.
        """
        by_path: dict[Path, list[str]] = {}
        for key, entry in found.items():
            by_path.setdefault(entry.path, []).append(key)
        for path, keys in by_path.items():
            if len(keys) == 1:
                continue
            common = {key: _common_parts(found[key].name, path) for key in keys}
            most = max(each for each, _ in common.values())
            whole = (most, 0) in common.values()
            kept = [key for key in keys if whole and common[key][0] == most]
            for key in kept[1:]:
                sentence = say(
                    "this is the same image as {other}; what both say was put together",
                    other=found[kept[0]].place,
                )
                self._say(f"{found[key].place}.file_name", sentence)
            yield from (key for key in keys if key not in kept)

    def _not_found(self, place: str, name: str) -> None:
        sentence = say("{name} was not found among the images", name=readable(name))
        self._say(f"{place}.file_name", sentence)

    # Annotations ---------------------------------------------------------------------------

    def _annotate(self, entry: _Entry, place: str, annotation: Json) -> bool:
        """Take the annotation over; False where some of it had to be left out."""
        label = self.categories.get(id_of(annotation.get("category_id")))
        if label is None:
            category = readable(str(annotation.get("category_id")))
            self._say(
                f"{place}.category_id", say("there is no category {category}", category=category)
            )
            return False
        if not self._places:
            entry.tags[label] = None
            return True
        if entry.frame is None:
            return False
        problems = len(self._problems.found)
        ignore = flag_of(annotation.get("iscrowd")) or flag_of(annotation.get("ignore"))
        attributes = attributes_of(annotation.get("attributes"))
        points = self._points(place, annotation, entry.frame)
        only_points = annotation.get(DRAWN) == POINTS or (points and not _has_body(annotation))
        if not only_points:
            geometry = self._geometry(place, annotation, entry.frame)
            if geometry is not None:
                entry.shapes.append(ImportedShape(label, geometry, ignore, attributes))
        if points is not None:
            entry.shapes.append(ImportedShape(label, points, ignore, attributes))
        return len(self._problems.found) == problems

    def _points(self, place: str, annotation: Json, frame: Frame) -> Geometry | None:
        """The keypoints that are marked, those outside the image left out with a problem."""
        places = self._places_of.get(id_of(annotation.get("category_id")), ())
        try:
            found = points_of(annotation, places)
        except Malformed as error:
            self._say(f"{place}.{error.field}", error.sentence)
            return None
        if found is None:
            return None
        kept = fitted(found, frame)
        lost = len(found.points) - (len(kept.points) if isinstance(kept, Points) else 0)
        if lost:
            sentence = say(
                "{count} keypoint(s) lie outside the image; they were left out", count=lost
            )
            self._say(f"{place}.{POINTS}", sentence)
        return kept

    def _geometry(self, place: str, annotation: Json, frame: Frame) -> Geometry | None:
        """What the annotation covers, cut to the image; None, with a problem, if nothing."""
        segmentation = annotation.get("segmentation")
        try:
            found = drawn_of(annotation)
            if found is None and isinstance(segmentation, dict):
                found = mask_of(cast(Json, segmentation), frame)
            elif found is None:
                found = self._polygon(place, segmentation) or turned_box_of(annotation)
        except Malformed as error:
            self._say(f"{place}.{error.field}", error.sentence)
            return None
        cut = fitted(found, frame) if found is not None else None
        if cut is None:
            self._say(place, say("the shape has no area within the image; it was left out"))
        return cut

    def _polygon(self, place: str, segmentation: Any) -> Polygon | None:
        """The parts that are polygons; None where only the box can be used."""
        if not segmentation:
            return None
        if not isinstance(segmentation, list):
            raise Malformed(say("this should be a list or run lengths"), "segmentation")
        rings = cast(list[Any], segmentation)
        if not isinstance(rings[0], list):
            rings = [rings]
        parts: list[Part] = []
        for number, ring in enumerate(rings):
            if ring == []:
                continue
            numbers = numbers_of(ring)
            if numbers is None or len(numbers) < 6 or len(numbers) % 2:
                self._say(
                    f"{place}.segmentation[{number}]",
                    say("a polygon needs three points or more, two numbers each; it was left out"),
                )
                continue
            points: Iterator[Point] = zip(numbers[::2], numbers[1::2], strict=True)
            parts.append(Part(tuple(points)))
        return Polygon(tuple(parts)) if parts else None

    def _say(self, place: str, sentence: Sentence) -> None:
        self._problems.add(self._path, place, sentence)


def _has_body(annotation: Json) -> bool:
    return bool(annotation.get("bbox") or annotation.get("segmentation"))


def _repeated(key: str) -> Sentence:
    return say("the id {id} stands here a second time; this one was left out", id=readable(key))


def _common_parts(name: str, path: Path) -> tuple[int, int]:
    """How many parts at the end a reference and a path share, and how many more it has."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part != "."]
    common = 0
    for mine, theirs in zip(reversed(parts), reversed(path.parts), strict=False):
        if mine.casefold() != theirs.casefold():
            break
        common += 1
    return common, len(parts) - common
