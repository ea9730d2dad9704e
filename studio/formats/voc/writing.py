"""Writing Pascal VOC: ``JPEGImages``, ``Annotations`` and ``ImageSets/Main``.

Corners are whole pixels counted from 1, the last one included: many readers of the format stop at
a decimal point, so that a box with fractions of a pixel is widened to the pixels that it touches.
What is no box becomes the box around it. A region to ignore is ``difficult``, which evaluation
leaves out, and has an element ``ignore`` of our own besides. Of lines, points, tags and further
attributes VOC knows nothing.

``ImageSets/Main`` lists the names of each split, ``default.txt`` those that are in none, and
``labelmap.txt`` the classes, without which CVAT knows those of Pascal VOC only.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from studio.domain import geometry as geo
from studio.domain.imports import Problem
from studio.domain.labels import Label
from studio.domain.project import Image, State
from studio.domain.shapes import Box, Points, Polyline, Shape
from studio.errors import ImageProblem, Sentence, say
from studio.formats import left_out
from studio.formats.contract import ExportReport, Progress, Writing
from studio.formats.finding import readable
from studio.formats.new_folder import NewFolder
from studio.formats.voc.reading import FLAGS
from studio.formats.xml_text import leaf, written
from studio.storage.reader import Annotated, Reader

IMAGES, ANNOTATIONS, SETS = "JPEGImages", "Annotations", "ImageSets/Main"
LABEL_MAP = "labelmap.txt"
_MAP_HEAD = "# label:color_rgb:parts:actions"

NO_SPLIT = "default"
"""The list of the images that are in no split, as CVAT calls it; without a list it takes none."""

_SET = {(flag, text) for flag in FLAGS for text in ("1", "true", "True")}
_CARRIED = {*_SET, *((flag, "0") for flag in FLAGS)}
"""The attributes that VOC has a place for."""


def write(reader: Reader, dest: Path) -> Writing:
    """Write the project's boxes, with copies of the images, into the new folder ``dest``.

    Images with shapes are written, and those done without any (an XML file without objects says
    "nothing here").

    Raises:
        FormatError: there is nothing to write, ``dest`` is not a new or empty folder, or it
            cannot be written.
    """
    ids = reader.labelled_ids()
    with NewFolder(dest) as folder:
        voc = _Voc(folder, reader.labels())
        for done, each in enumerate(reader.annotated(ids), start=1):
            voc.add(each, reader.path_of(each.image))
            yield Progress(done, len(ids))
        if not voc.told:
            raise left_out.everything()
        voc.write_lists(reader.labels())
        return ExportReport(tuple(folder.files), voc.written, tuple(voc.problems()))


class _Voc:
    """A data set that is being written.

    ``told`` counts the images that have something to say, ``written`` those that could be.
    """

    def __init__(self, folder: NewFolder, labels: tuple[Label, ...]) -> None:
        self.told = 0
        self.written = 0
        self._folder = folder
        self._names = {label.id: label.name for label in labels}
        self._sets: dict[str, list[str]] = {}
        self._problems: list[Problem] = []
        self._lost: Counter[str] = Counter()

    def add(self, each: Annotated, original: Path) -> None:
        """Write one image, if there is something to say about it."""
        shapes = [shape for shape in each.shapes if _has_box(shape)]
        self._lost["lines"] += sum(isinstance(s.geometry, Polyline) for s in each.shapes)
        self._lost["points"] += sum(isinstance(s.geometry, Points) for s in each.shapes)
        self._lost["tags"] += len(each.tags)
        if not shapes and each.status.shapes is not State.DONE:
            return
        self.told += 1
        if not each.image.width:
            self._say(each.image, say("its size is unknown; it was left out"))
            return
        try:
            copy = self._folder.copy(original, IMAGES, by_stem=True)
        except ImageProblem as error:
            self._say(each.image, error.sentence)
            return
        self._folder.write(
            f"{ANNOTATIONS}/{copy.stem}.xml", self._annotation(copy.name, each.image, shapes)
        )
        self._sets.setdefault(each.split or NO_SPLIT, []).append(copy.stem)
        self.written += 1

    def write_lists(self, labels: Iterable[Label]) -> None:
        """Write the lists of names and of classes; to be called last."""
        for name, stems in self._sets.items():
            lines = "".join(f"{stem}\n" for stem in stems)
            self._folder.write(f"{SETS}/{name}.txt", lines)
        lines = (_mapped(label) for label in labels if ":" not in label.name)
        self._folder.write(LABEL_MAP, f"{_MAP_HEAD}\n{''.join(lines)}")

    def problems(self) -> Iterator[Problem]:
        """What could not be written, or not as it was."""
        yield from self._problems
        for kind, count in self._lost.items():
            if count:
                yield Problem(readable(str(self._folder.path)), "", _lost_sentence(kind, count))

    def _annotation(self, name: str, image: Image, shapes: list[Shape]) -> str:
        size = (
            leaf("width", str(image.width)),
            leaf("height", str(image.height)),
            leaf("depth", "3"),
        )
        lines = (
            "<annotation>",
            f"  {leaf('folder', IMAGES)}",
            f"  {leaf('filename', name)}",
            f"  <size>{''.join(size)}</size>",
            f"  {leaf('segmented', '0')}",
            *(f"  {self._object(shape, image)}" for shape in shapes),
            "</annotation>\n",
        )
        return "\n".join(lines)

    def _object(self, shape: Shape, image: Image) -> str:
        # Some readers find the corners by their place: the fifth element, in this order.
        flags = {name for name, text in shape.attributes if (name, text) in _SET}
        if shape.ignore:
            flags.add("difficult")
        self._lost["ignored"] += shape.ignore
        self._lost["attributes"] += sum(each not in _CARRIED for each in shape.attributes)
        parts = (
            leaf("name", self._names[shape.label]),
            leaf("pose", "Unspecified"),
            leaf("truncated", str(int("truncated" in flags))),
            leaf("difficult", str(int("difficult" in flags))),
            self._corners(shape, image),
            leaf("occluded", "1") if "occluded" in flags else "",
            leaf("ignore", "1") if shape.ignore else "",
        )
        return f"<object>{''.join(parts)}</object>"

    def _corners(self, shape: Shape, image: Image) -> str:
        box = geo.bounds(shape.geometry)
        first = math.floor(box.x0) + 1, math.floor(box.y0) + 1
        last = math.ceil(box.x1), math.ceil(box.y1)
        if not isinstance(shape.geometry, Box):
            self._lost["outlines"] += 1
        elif (first[0] - 1, first[1] - 1, *last) != (box.x0, box.y0, box.x1, box.y1):
            self._lost["fractions"] += 1
        # The corners of a rotated box may lie outside the image.
        corners = {
            "xmin": min(max(first[0], 1), image.width),
            "ymin": min(max(first[1], 1), image.height),
            "xmax": min(max(last[0], 1), image.width),
            "ymax": min(max(last[1], 1), image.height),
        }
        return f"<bndbox>{''.join(leaf(side, str(at)) for side, at in corners.items())}</bndbox>"

    def _say(self, image: Image, sentence: Sentence) -> None:
        self._problems.append(Problem(image.path, "", sentence))


def _has_box(shape: Shape) -> bool:
    return not isinstance(shape.geometry, (Polyline, Points))


def _mapped(label: Label) -> str:
    """A class in the label map: its name, its colour, no parts and no actions."""
    color = ",".join(str(channel) for channel in bytes.fromhex(label.color.removeprefix("#")))
    return f"{written(label.name)}:{color}::\n"


def _lost_sentence(kind: str, count: int) -> Sentence:
    match kind:
        case "outlines":
            return say(
                "Pascal VOC has upright boxes only; {count} outline(s), mask(s) and rotated "
                "box(es) became the boxes around them",
                count=count,
            )
        case "fractions":
            return say(
                "Pascal VOC counts whole pixels; {count} box(es) were widened to the pixels that "
                "they touch",
                count=count,
            )
        case "ignored":
            return say(
                'Pascal VOC has no regions to ignore; {count} became "difficult" objects',
                count=count,
            )
        case "attributes":
            return say(
                "Pascal VOC has no attributes but difficult, truncated and occluded; "
                "{count} other(s) were left out",
                count=count,
            )
        case "lines":
            return say("Pascal VOC has no lines; {count} were left out", count=count)
        case "points":
            return say("Pascal VOC has no points; {count} set(s) were left out", count=count)
        case _:
            return say("Pascal VOC has no tags; {count} were left out", count=count)
