"""Writing "CVAT for images 1.1": ``annotations.xml`` beside ``images``.

Where images have splits, they lie in folders as CVAT's subsets do: ``Train``, ``Validation``,
``Test`` and ``default``. Images are numbered in the order of their names, by which CVAT finds those
that it knows by another folder.

A polygon with holes becomes a mask, one of several parts a group of polygons. Points that are
named, or of which only some are occluded, become a skeleton, for which CVAT wants a class to
itself. A region to ignore has the attribute ``is_crowd``. Attributes of our own, which CVAT passes
over, say which images are done and which polygons are parts of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from studio.domain.imports import Problem
from studio.domain.project import Image, Split, State
from studio.errors import FormatError, ImageProblem, Sentence, say
from studio.formats.contract import ExportReport, Progress, Writing
from studio.formats.cvat.drawing import Drawing
from studio.formats.cvat.file import DONE, SHAPES_DONE, TAGS_DONE
from studio.formats.cvat.labels import Classes
from studio.formats.finding import readable
from studio.formats.new_folder import NewFolder
from studio.formats.xml_text import leaf, opened
from studio.storage.reader import Annotated, Reader

FILE_NAME = "annotations.xml"
IMAGES = "images"

SUBSETS = {Split.TRAIN: "Train", Split.VAL: "Validation", Split.TEST: "Test", None: "default"}
"""What CVAT calls the splits."""


@dataclass(frozen=True, slots=True, order=True)
class _Copy:
    subset: str
    name: str
    image_id: int


def write(reader: Reader, dest: Path) -> Writing:
    """Write the project's labels, with copies of the images, into the new folder ``dest``.

    Images with shapes or tags are written, and those done without any.

    Raises:
        FormatError: there is nothing to write, ``dest`` is not a new or empty folder, or it
            cannot be written.
    """
    ids = reader.labelled_ids()
    has_splits = _has_splits(reader, ids)
    classes = Classes(reader.labels())
    problems: list[Problem] = []
    copies: list[_Copy] = []
    told = 0
    with NewFolder(dest) as folder:
        for done, each in enumerate(reader.annotated(ids), start=1):
            if _is_told(each):
                told += 1
                subset = SUBSETS[each.split] if has_splits else ""
                name = _copied(each.image, reader, folder, subset, problems)
                if name:
                    copies.append(_Copy(subset, name, each.image.id))
                    classes.add(each.shapes)
            yield Progress(done, len(ids))
        if not told:
            raise FormatError(
                "There is nothing to export yet; draw shapes, tag images, or mark images without "
                "any shapes as done."
            )
        copies.sort()
        path = folder.write(FILE_NAME, "")
        lost: Counter[str] = Counter()
        try:
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(_head(readable(reader.project.name), copies, classes))
                for lines in _images(reader, copies, classes, lost):
                    file.write(lines)
                    yield Progress(len(ids), len(ids))
                file.write("</annotations>\n")
        except OSError as error:
            raise FormatError(
                "Cannot write {file}: {reason}.", file=readable(str(path)), reason=error.strerror
            ) from error
        problems += _problems(readable(str(dest)), classes, lost)
        return ExportReport(tuple(folder.files), len(copies), tuple(problems))


def _has_splits(reader: Reader, ids: list[int]) -> bool:
    images, statuses = reader.images(ids).values(), reader.statuses(ids).values()
    return any(i.auto_split for i in images) or any(status.split for status in statuses)


def _is_told(each: Annotated) -> bool:
    done = State.DONE in (each.status.tags, each.status.shapes)
    return bool(each.shapes or each.tags) or done


def _copied(
    image: Image, reader: Reader, folder: NewFolder, subset: str, problems: list[Problem]
) -> str:
    """The name of the image's copy; "", with a problem, where there is none."""
    if not image.width:
        problems.append(Problem(image.path, "", say("its size is unknown; it was left out")))
        return ""
    try:
        # CVAT tells images apart by their names without extension.
        return folder.copy(reader.path_of(image), f"{IMAGES}/{subset}", by_stem=True).name
    except ImageProblem as error:
        problems.append(Problem(image.path, "", error.sentence))
        return ""


def _head(name: str, copies: list[_Copy], classes: Classes) -> Iterator[str]:
    """What stands before the images: one task, or a project with a task for each subset."""
    sizes = Counter(copy.subset for copy in copies)
    yield '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n<meta>\n'
    if "" in sizes or not sizes:
        yield f"<task>\n{_task(0, name, sizes[''])}\n"
        whole = "task"
    else:
        yield f"<project>\n{leaf('id', '0')}{leaf('name', name)}\n<tasks>\n"
        for number, (subset, size) in enumerate(sizes.items()):
            yield f"<task>{_task(number, subset, size)}{leaf('subset', subset)}</task>\n"
        subsets = "\n".join(sizes)
        yield f"</tasks>\n{leaf('subsets', subsets)}\n"
        whole = "project"
    for line in classes.lines():
        yield f"{line}\n"
    yield f"</{whole}>\n</meta>\n"


def _task(number: int, name: str, size: int) -> str:
    told = {
        "id": str(number),
        "name": name,
        "size": str(size),
        "mode": "annotation",
        "overlap": "0",
        "start_frame": "0",
        "stop_frame": str(max(size - 1, 0)),
        "frame_filter": "",
    }
    return "".join(leaf(tag, text) for tag, text in told.items())


def _images(
    reader: Reader, copies: list[_Copy], classes: Classes, lost: Counter[str]
) -> Iterator[str]:
    """Every image, with what is drawn on it."""
    tasks = {subset: str(n) for n, subset in enumerate(dict.fromkeys(c.subset for c in copies))}
    images = reader.annotated([copy.image_id for copy in copies])
    for number, (copy, each) in enumerate(zip(copies, images, strict=True)):
        told = {"id": str(number), "name": copy.name}
        if copy.subset:
            told |= {"subset": copy.subset, "task_id": tasks[copy.subset]}
        told |= {"width": str(each.image.width), "height": str(each.image.height)}
        told |= {DONE: _done(each)}
        drawing = Drawing(classes, each, lost)
        lines = (
            opened("image", told),
            *(line for shape in each.shapes for line in drawing.lines(shape)),
            *_tags(each, classes),
            "</image>\n",
        )
        yield "\n".join(lines)


def _done(each: Annotated) -> str:
    states = {TAGS_DONE: each.status.tags, SHAPES_DONE: each.status.shapes}
    return " ".join(kind for kind, state in states.items() if state is State.DONE)


def _tags(each: Annotated, classes: Classes) -> Iterable[str]:
    given = {tag.label: tag.run for tag in each.tags}
    for label, name in classes.names.items():
        if label in given:
            source = "manual" if given[label] is None else "auto"
            yield opened("tag", {"label": name, "source": source}) + "</tag>"


def _problems(place: str, classes: Classes, lost: Counter[str]) -> Iterator[Problem]:
    mixed = classes.mixed()
    if mixed:
        sentence = say(
            "CVAT wants skeletons in classes of their own; {names} have other shapes too, which "
            "CVAT will not take",
            names=readable(", ".join(mixed)),
        )
        yield Problem(place, "", sentence)
    for kind, count in lost.items():
        yield Problem(place, "", _lost_sentence(kind, count))


def _lost_sentence(kind: str, count: int) -> Sentence:
    match kind:
        case "holes":
            return say("CVAT's polygons have no holes; {count} became mask(s)", count=count)
        case "parts":
            return say(
                "CVAT's polygons have one part; {count} became group(s) of polygons", count=count
            )
        case "ignored":
            return say(
                "CVAT has no regions to ignore; {count} have the attribute is_crowd", count=count
            )
        case _:
            return say(
                "{count} polygon(s) with holes cannot be made masks; they were left out",
                count=count,
            )
