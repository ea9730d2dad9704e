"""Pascal VOC: one XML file an image, boxes in whole pixels counted from 1, the last one included.

So a box of ours, counted from 0 with its end excluded, is ``xmin - 1, ymin - 1, xmax, ymax``.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape
from studio.domain.labels import clean_name
from studio.domain.project import Split
from studio.domain.shapes import Box
from studio.errors import FormatError, say
from studio.formats.contract import ImportOptions, Progress, Reading
from studio.formats.finding import (
    ImageIndex,
    Problems,
    base_of,
    base_of_file,
    files_below,
    located,
    no_images,
    readable,
    split_named,
)
from studio.formats.frames import ROTATION, Frame, fitted, frame_of, turned_as_in_cvat
from studio.formats.image_of import Named, image_of

Element = ElementTree.Element

IMAGES = "JPEGImages"
"""Where the images lie beside ``Annotations``, and masks of the same names in other folders."""

_CHINESE = re.compile(
    rb"""<\?xml\s+version\s*=\s*["'][\d.]+["']\s+encoding\s*=\s*["'](gb2312|gbk|gb18030)["']""",
    re.IGNORECASE,
)

FLAGS = ("difficult", "truncated", "occluded")
"""What VOC says about an object besides its box; kept as attributes where set."""


def read(source: Path, options: ImportOptions) -> Reading:
    """Read ``Annotations/*.xml``, or the XML files beside the images, or a single file.

    ``source`` may be the folder of all, that of the annotations alone, or a file of them.

    ``ImageSets/Main/{train,val,test}.txt`` decide the split.

    Raises:
        FormatError: there is no XML file.
    """
    source = located(source)
    files = [source] if source.is_file() else sorted(files_below(source, {".xml"}))
    if not files:
        raise FormatError(
            "There is no Pascal VOC file (.xml) in {folder}.", folder=readable(str(source))
        )
    base = base_of(source)
    folders = (options.images,) if options.images else (base,)
    index = ImageIndex(folders, options.also_in)
    problems = Problems(base)
    splits = _splits(base, {path.stem for path in files}, problems)
    images: dict[Path, ImportedImage] = {}
    for number, path in enumerate(files, start=1):
        yield Progress(number, len(files))
        split = options.split or _split_of(path, splits)
        image = _read_file(path, index, problems, split)
        if image is not None and image.path in images:
            problems.add(path, "", say("another file describes the same image; it was left out"))
            images[image.path] = replace(images[image.path], shapes_done=False)
        elif image is not None:
            images[image.path] = image
    if not images:
        raise no_images(source, folders[0], problems)
    labels = dict.fromkeys(shape.label for image in images.values() for shape in image.shapes)
    return ImportBatch(tuple(images.values()), tuple(labels), tuple(problems.found))


Splits = dict[Path, dict[str, Split]]
"""By the folder that ``ImageSets`` lies in, and the image's name without extension."""


def _split_of(path: Path, splits: Splits) -> Split | None:
    """What the nearest of the data sets that the file lies in says about its image."""
    nearest = next((folder for folder in path.parents if folder in splits), None)
    return splits[nearest].get(path.stem) if nearest else None


def _splits(base: Path, stems: Collection[str], problems: Problems) -> Splits:
    """What every list says; ``stems`` are the names that there are."""
    splits: Splits = {}
    for path in sorted(base.glob("**/ImageSets/Main/*.txt")):
        split = split_named(path.stem) if path.stem in ("train", "val", "test") else None
        if split is None:
            continue
        try:
            text = path.read_text(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            problems.add(path, "", say("it cannot be opened: {reason}", reason=error.strerror))
            continue
        for line in filter(None, map(str.strip, text.splitlines())):
            splits.setdefault(path.parents[2], {}).setdefault(_listed_name(line, stems), split)
    return splits


def _listed_name(line: str, stems: Collection[str]) -> str:
    """The image's name in a line that may go on with 1 or -1, be quoted, or have an extension.

    "cat 1" is a name where there is one like that.
    """
    whole = _stem_of(line)
    name, _, rest = line.rpartition(" ")
    if whole in stems or not name or rest not in ("1", "-1", "0"):
        return whole
    return _stem_of(name.strip())


def _stem_of(text: str) -> str:
    text = text.strip("\"'")
    known = (".jpg", ".jpeg", ".png", ".bmp", ".xml")
    return Path(text).stem if text.lower().endswith(known) else Path(text).name


def _read_file(
    path: Path, index: ImageIndex, problems: Problems, split: Split | None
) -> ImportedImage | None:
    root = _parse(path, problems)
    if root is None:
        return None
    name = _text(root, "filename")
    near = (path.parent, base_of_file(path), problems.base / IMAGES)
    image = image_of(path, Named("filename", name), index, problems, near)
    if image is None:
        problems.add(path, "filename", say("the image {name} was not found", name=name or "?"))
        return None
    width, height = (_number(root, f"size/{side}") or 0.0 for side in ("width", "height"))
    declared = (int(width), int(height)) if width > 0 and height > 0 else None
    frame = frame_of(image, declared, problems)
    if frame is None:
        return ImportedImage(image, split=split)
    objects = [
        _shape(element, f"object[{number}]", frame, path, problems)
        for number, element in enumerate(root.iter("object"))
    ]
    shapes = tuple(shape for shape in objects if shape is not None)
    return ImportedImage(image, shapes=shapes, split=split, shapes_done=len(shapes) == len(objects))


def _parse(path: Path, problems: Problems) -> Element | None:
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add(path, "", say("it cannot be opened: {reason}", reason=error.strerror))
        return None
    data = _without_chinese_encoding(data)
    # Entities can be made to fill the memory or to read other files; VOC needs none.
    if b"<!DOCTYPE" in data.replace(b"\0", b"") or b"<!ENTITY" in data.replace(b"\0", b""):
        problems.add(path, "", say("it has a DOCTYPE, which is not read for safety"))
        return None
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        problems.add(path, "", say("it is not valid XML: {reason}", reason=error))
        return None
    if root.tag != "annotation":
        problems.add(path, "", say("it is not a Pascal VOC file (no <annotation>)"))
        return None
    return root


def _without_chinese_encoding(data: bytes) -> bytes:
    """``data`` in UTF-8 where it says that it is in GBK or the like, which the parser has not."""
    declared = _CHINESE.match(data)
    if declared is None:
        return data
    try:
        rest = data[declared.end() :].decode("gb18030")
    except UnicodeDecodeError:
        return data
    return b"<?xml version='1.0'" + rest.encode()


def _shape(
    element: Element, place: str, frame: Frame, path: Path, problems: Problems
) -> ImportedShape | None:
    name = clean_name(_text(element, "name"))
    if not name:
        problems.add(path, f"{place}.name", say("the object has no class; it was left out"))
        return None
    corners = [_number(element, f"bndbox/{side}") for side in ("xmin", "ymin", "xmax", "ymax")]
    if None in corners:
        problems.add(
            path, f"{place}.bndbox", say("the box needs xmin, ymin, xmax and ymax; it was left out")
        )
        return None
    x0, y0, x1, y1 = (corner for corner in corners if corner is not None)
    drawn = turned_as_in_cvat(Box(x0 - 1, y0 - 1, x1, y1), _angle(element))
    box = fitted(drawn, frame) if x1 > x0 and y1 > y0 else None
    if box is None:
        problems.add(
            path,
            f"{place}.bndbox",
            say("the box has no area within the image; it was left out"),
        )
        return None
    flags = ((flag, "1") for flag in FLAGS if _text(element, flag) in ("1", "true", "True"))
    attributes = (*flags, *_attributes(element))
    if _text(element, "ignore") != "1":
        return ImportedShape(name, box, attributes=attributes)
    # An export of ours; that it is difficult says so to other programs.
    told = tuple(each for each in attributes if each != ("difficult", "1"))
    return ImportedShape(name, box, ignore=True, attributes=told)


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    """What CVAT and others say besides about an object."""
    for each in element.iterfind("attributes/attribute"):
        name = _text(each, "name")
        if name and name not in FLAGS:
            yield name, _text(each, "value")


def _angle(element: Element) -> float:
    """By how many degrees the box of an object is turned."""
    told = dict(_attributes(element)).get(ROTATION, "")
    return _finite(told) or 0.0


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _number(element: Element, path: str) -> float | None:
    return _finite(_text(element, path))


def _finite(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
