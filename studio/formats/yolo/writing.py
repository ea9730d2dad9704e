"""Writing a YOLO data set that Ultralytics loads as it is.

``images/train``, ``images/val`` and ``images/test`` hold copies of the images, ``labels/train``
and so on a text file for each, empty where an image is done without shapes, and ``data.yaml`` the
class names in the project's order. What a row can say depends on the task: a box (detect), one
outline (segment), four corners (obb), or a box and keypoints (pose).

``data.yaml`` has no ``path``: Ultralytics counts from the file's own folder only where there is
none, and else from wherever it was started.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from studio.domain.imports import Problem
from studio.domain.places import mirrored, places_for, tell_sides
from studio.domain.project import Split, State
from studio.domain.shapes import Points
from studio.errors import FormatError, ImageProblem, Sentence, say
from studio.formats import left_out
from studio.formats.contract import ExportReport, Progress, Writing
from studio.formats.finding import readable
from studio.formats.new_folder import NewFolder
from studio.formats.yolo.conversion import Conversion, Task
from studio.storage.reader import Annotated, Reader

FILE_NAME = "data.yaml"

_TASKS = {
    "points": Task.POSE,
    "polygon": Task.SEGMENT,
    "mask": Task.SEGMENT,
    "rotated_box": Task.OBB,
    "box": Task.DETECT,
}
"""What a data set is for that is mostly of one kind of shape; of two the first."""

_READ_BY_ULTRALYTICS = frozenset(
    {".bmp", ".dng", ".jpeg", ".jpg", ".mpo", ".png", ".tif", ".tiff", ".webp"}
)


def write(reader: Reader, dest: Path) -> Writing:
    """Write the data set for the task that most of the project's shapes are for, and say which.

    Raises:
        FormatError: see ``write_detect``.
    """
    counts = Counter[Task]()
    for (_, kind), count in reader.shape_counts().items():
        if kind in _TASKS:
            counts[_TASKS[kind]] += count
    task = max(dict.fromkeys(_TASKS.values()), key=lambda each: counts[each])
    why = _reason(task, counts[task], counts.total()) if counts.total() else None
    return (yield from _written(reader, dest, task if why else Task.DETECT, why))


def write_detect(reader: Reader, dest: Path) -> Writing:
    """Write boxes, those around everything else that has an area, into the new folder ``dest``.

    Images with shapes that can be written are, and those that are done without any.

    Raises:
        FormatError: there is nothing to write, or ``dest`` is no new or empty folder.
    """
    return (yield from _written(reader, dest, Task.DETECT))


def write_segment(reader: Reader, dest: Path) -> Writing:
    """Write the outlines of everything that has an area; see ``write_detect``."""
    return (yield from _written(reader, dest, Task.SEGMENT))


def write_obb(reader: Reader, dest: Path) -> Writing:
    """Write rotated and upright boxes by their corners; see ``write_detect``."""
    return (yield from _written(reader, dest, Task.OBB))


def write_pose(reader: Reader, dest: Path) -> Writing:
    """Write keypoints with the box of their object; see ``write_detect``.

    That is the smallest one of the same class around them, be it around a polygon or mask, or
    else that around the points. All classes share the places of their keypoints.
    """
    return (yield from _written(reader, dest, Task.POSE))


def _reason(task: Task, count: int, total: int) -> Sentence:
    numbers = {"count": count, "total": total}
    match task:
        case Task.POSE:
            return say(
                "{count} of {total} shapes are keypoints, so it was written for YOLO pose",
                **numbers,
            )
        case Task.SEGMENT:
            return say(
                "{count} of {total} shapes are polygons and masks, so it was written for "
                "YOLO segment",
                **numbers,
            )
        case Task.OBB:
            return say(
                "{count} of {total} shapes are rotated boxes, so it was written for YOLO obb",
                **numbers,
            )
        case Task.DETECT:
            return say(
                "{count} of {total} shapes are boxes, so it was written for YOLO detect",
                **numbers,
            )


class _Export:
    """One data set on its way into a folder."""

    def __init__(self, reader: Reader, folder: NewFolder, conversion: Conversion) -> None:
        self.problems: list[Problem] = []
        self.images = Counter[Split]()
        self.notes = Counter[str]()
        self._reader = reader
        self._folder = folder
        self._conversion = conversion
        self._odd_kind = ""

    def add(self, each: Annotated) -> None:
        """Write one image, if anything is to be said of it."""
        image = each.image
        self.notes["tags"] += len(each.tags)
        if not each.shapes and each.status.shapes is not State.DONE:
            return
        if not image.width:
            sentence = say("its size is unknown; it was left out")
            self.problems.append(Problem(image.path, "", sentence))
            return
        rows = self._conversion.rows(each.shapes, image.width, image.height)
        if each.shapes and not rows:
            self.notes["images"] += 1
            return
        split = each.split or Split.TRAIN
        try:
            copy = self._folder.copy(self._reader.path_of(image), f"images/{split}", by_stem=True)
        except ImageProblem as error:
            self.problems.append(Problem(image.path, "", error.sentence))
            return
        self._folder.write(f"labels/{split}/{copy.stem}.txt", "".join(f"{row}\n" for row in rows))
        self.images[split] += 1
        self.notes["unsplit"] += each.split is None
        if copy.suffix.lower() not in _READ_BY_ULTRALYTICS:
            self.notes["kind"] += 1
            self._odd_kind = self._odd_kind or image.path

    def say(self, sentence: Sentence) -> None:
        """Say something about the whole data set."""
        self.problems.append(Problem(FILE_NAME, "", sentence))

    def say_notes(self) -> None:
        """Say what there was to note about many images."""
        for sentence in self._conversion.lost():
            self.say(sentence)
        for kind, count in self.notes.items():
            match kind if count else "":
                case "images":
                    sentence = say(
                        "{count} image(s) were left out, since none of their shapes could be "
                        "written",
                        count=count,
                    )
                case "unsplit":
                    sentence = say(
                        "{count} image(s) without a split were put into train", count=count
                    )
                case "tags":
                    sentence = say("YOLO has no tags; {count} tag(s) were left out", count=count)
                case "kind":
                    sentence = say(
                        "{count} image(s) are of a kind that Ultralytics does not read, such as "
                        "{name}",
                        count=count,
                        name=readable(self._odd_kind),
                    )
                case _:
                    continue
            self.say(sentence)


def _written(reader: Reader, dest: Path, task: Task, why: Sentence | None = None) -> Writing:
    ids = reader.labelled_ids()
    labels = reader.labels()
    places = _places(reader, ids) if task is Task.POSE else []
    classes = {label.id: number for number, label in enumerate(labels)}
    conversion = Conversion(task, classes, places)
    with NewFolder(dest) as folder:
        export = _Export(reader, folder, conversion)
        for done, each in enumerate(reader.annotated(ids), start=1):
            export.add(each)
            yield Progress(done, len(ids))
        if not export.images:
            raise _nothing(export, task)
        if why is not None:
            export.say(why)
        parts = _parts(export)
        names = {number: readable(label.name) for number, label in enumerate(labels)}
        folder.write(FILE_NAME, _description(task, parts, names, places))
        export.say_notes()
        if len(labels) > 1 and places:
            sentence = say(
                "YOLO has the same keypoints for all classes; each class got all {count}",
                count=len(places),
            )
            export.say(sentence)
    return ExportReport(tuple(folder.files), export.images.total(), tuple(export.problems))


def _places(reader: Reader, ids: Sequence[int]) -> list[str]:
    """The keypoints that any class has.

    Raises:
        FormatError: there are none.
    """
    places = places_for(
        shape.geometry
        for each in reader.annotated(ids)
        for shape in each.shapes
        if isinstance(shape.geometry, Points) and not shape.ignore
    )
    if not places:
        raise FormatError("There are no keypoints to export as YOLO pose yet.")
    return places


def _nothing(export: _Export, task: Task) -> FormatError:
    if export.notes["images"]:
        return FormatError(
            "None of the shapes can be written as YOLO {task}; choose another format.", task=task
        )
    if export.problems:
        return FormatError("No image could be exported ({first}).", first=str(export.problems[0]))
    return left_out.everything()


def _parts(export: _Export) -> dict[Split, Split]:
    """The folder of each split; Ultralytics wants one to train and one to validate on."""
    parts = {split: split for split in Split if export.images[split]}
    if Split.TRAIN not in parts:
        parts[Split.TRAIN] = next(iter(parts.values()))
        sentence = say(
            "no image is in train, which Ultralytics needs; data.yaml lets it train on {split}",
            split=parts[Split.TRAIN],
        )
        export.say(sentence)
    if Split.VAL not in parts:
        parts[Split.VAL] = parts[Split.TRAIN]
        sentence = say(
            "no image is in val, which Ultralytics needs; data.yaml lets it validate on {split}",
            split=parts[Split.VAL],
        )
        export.say(sentence)
    return {split: parts[split] for split in Split if split in parts}


def _description(
    task: Task, parts: Mapping[Split, Split], names: Mapping[int, str], places: Sequence[str]
) -> str:
    """``data.yaml``; names that YAML would take for something else are in quotes."""
    lines = [f"# Ultralytics YOLO {task}; folders are counted from that of this file"]
    lines += [f"{split}: images/{folder}" for split, folder in parts.items()]
    told = [yaml.safe_dump({"names": dict(names)}, allow_unicode=True, width=1 << 20)]
    if places:
        lines.append(f"kpt_shape: [{len(places)}, 3]")
        if tell_sides(places):
            lines.append(f"flip_idx: {mirrored(places)}")
        called = {"kpt_names": {number: [readable(name) for name in places] for number in names}}
        told.append(
            yaml.safe_dump(called, allow_unicode=True, width=1 << 20, default_flow_style=None)
        )
    return "\n".join(lines) + "\n" + "".join(told)
