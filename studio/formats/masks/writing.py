"""Writing index masks: copies in ``images``, a PNG each in ``masks``, and a list of classes.

A pixel is 0 where no class was drawn, else the number that ``classes.txt`` gives its class; where
shapes lie over each other the upper one counts. 255 is to be ignored. The PNGs have the classes'
colours as a palette, so that they can be looked at as they are.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from studio.domain.imports import Problem
from studio.domain.labels import Label
from studio.domain.project import State
from studio.domain.shapes import Points, Polyline, Shape
from studio.errors import EditConflict, FormatError, ImageProblem, say
from studio.formats import left_out
from studio.formats.class_names import BACKGROUND
from studio.formats.contract import ExportReport, Progress, Writing
from studio.formats.finding import readable
from studio.formats.masks.class_masks import BORDER
from studio.formats.new_folder import NewFolder
from studio.storage.reader import Annotated, Reader
from studio.vision import masks

NAMES_FILE = "classes.txt"


def write(reader: Reader, dest: Path) -> Writing:
    """Copy every image with areas, or done without any, and write its mask.

    Where all of them have a split they lie in ``images/train``, ``masks/train`` and so on.

    Raises:
        FormatError: there is nothing to write, ``dest`` is not a new or empty folder, or there are
            more classes than a byte can number.
    """
    labels = reader.labels()
    told = [each for each in reader.annotated() if _areas(each) or each.status.shapes is State.DONE]
    if not told:
        raise left_out.everything()
    if len(labels) >= BORDER:
        raise FormatError(
            "Masks of one byte a pixel can tell {most} classes apart, and the project has {count}.",
            most=BORDER - 1,
            count=len(labels),
        )
    values = {label.id: number for number, label in enumerate(labels, start=1)}
    unsplit = sum(each.split is None for each in told)
    problems = [
        *_like_background(labels),
        *_lost(reader),
        *left_out.tags(dest, told),
        *left_out.splits(dest, unsplit, len(told)),
    ]
    palette = _palette(labels)
    written = 0
    with NewFolder(dest) as folder:
        names = ("background", *(readable(label.name) for label in labels))
        lines = (f"{number} {name}\n" for number, name in enumerate(names))
        folder.write(NAMES_FILE, "".join(lines))
        for number, each in enumerate(told, start=1):
            part = f"/{each.split}" if not unsplit else ""
            try:
                png = _png(_indices(each, values), palette)
                copy = folder.copy(reader.path_of(each.image), f"images{part}", by_stem=True)
            except (EditConflict, ImageProblem) as error:
                problems.append(Problem(each.image.path, "", error.sentence))
            else:
                folder.write(f"masks{part}/{copy.stem}.png", png)
                written += 1
            yield Progress(number, len(told))
    return ExportReport(tuple(folder.files), written, tuple(problems))


def _areas(each: Annotated) -> list[Shape]:
    return [shape for shape in each.shapes if not isinstance(shape.geometry, Polyline | Points)]


def _like_background(labels: Sequence[Label]) -> Iterator[Problem]:
    for label in labels:
        if label.name.casefold() in BACKGROUND:
            sentence = say(
                "the class {name} is called as what is no object; other programs may take it "
                "for that",
                name=label.name,
            )
            yield Problem(NAMES_FILE, "", sentence)


def _lost(reader: Reader) -> Iterator[Problem]:
    counts = reader.shape_counts().items()
    lines = sum(n for (_, kind), n in counts if kind in ("polyline", "points"))
    if lines:
        sentence = say("masks have no lines and points; {count} were left out", count=lines)
        yield Problem(NAMES_FILE, "", sentence)


def _indices(each: Annotated, values: Mapping[str, int]) -> NDArray[np.uint8]:
    """The number of each pixel's class, (H, W).

    Raises:
        EditConflict: the size of the image is not known, or a shape is too large for the memory.
    """
    width, height = each.image.width, each.image.height
    if not width:
        raise EditConflict("its size is unknown; it was left out")
    indices = np.zeros((height, width), np.uint8)
    for shape in _areas(each):
        mask = masks.within(shape.geometry, width, height)
        if mask is not None:
            window = indices[mask.y : mask.y + mask.height, mask.x : mask.x + mask.width]
            window[masks.decode(mask)] = BORDER if shape.ignore else values[shape.label]
    return indices


def _palette(labels: Sequence[Label]) -> bytes:
    """256 colours, three bytes each: black, the classes', then grey, and white for 255."""
    colors = np.full((256, 3), 128, np.uint8)
    colors[0], colors[BORDER] = 0, 255
    for number, label in enumerate(labels, start=1):
        colors[number] = tuple(bytes.fromhex(label.color.removeprefix("#")))
    return colors.tobytes()


def _png(indices: NDArray[np.uint8], palette: bytes) -> bytes:
    picture = PillowImage.fromarray(indices)
    picture.putpalette(palette)
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()
