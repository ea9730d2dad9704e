"""CVAT's own XML, "CVAT for images 1.1" and "CVAT for video 1.1".

``annotations.xml`` lies beside ``images``, in which a project has a folder for each subset
(``Train``, ``Validation``, ``Test``). ``<meta>`` tells the classes; then every image of the task is
listed, labelled or not, or every track through the frames of a video. How far the annotation has
got is not told: an image with shapes is taken for done, one without for unknown, unless our own
export says otherwise.

What stands there of tags becomes tags; ``occluded`` and ``group_id`` become attributes.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio.domain.imports import ImportBatch, ImportedImage
from studio.domain.project import Split
from studio.errors import FormatError, say
from studio.formats.contract import ImportOptions, Progress, Reading
from studio.formats.cvat.file import CvatFile
from studio.formats.cvat.xml_stream import NotXml, root_of
from studio.formats.finding import (
    ImageIndex,
    Problems,
    Whereabouts,
    base_of,
    base_of_file,
    located,
    no_images,
    readable,
)

ROOT = "annotations"
_OF_OTHERS = "annotation"
_CHUNK = 1 << 20


def read(source: Path, options: ImportOptions) -> Reading:
    """Read a file, or every CVAT file in a folder; images are looked for beside each file first.

    Raises:
        FormatError: there is no CVAT file, or none that can be read.
    """
    source = located(source)
    base = base_of(source)
    problems = Problems(base)
    files = _files(source, problems)
    folder = options.images or base
    index = ImageIndex((folder,), options.also_in)
    total, done = sum(map(_announced, files)), 0
    merged: dict[Path, ImportedImage] = {}
    labels: dict[str, None] = {}
    failed: list[NotXml] = []
    for path in files:
        where = Whereabouts() if options.images else _whereabouts(path, files)
        file = CvatFile(path, index, options.images or base_of_file(path), problems, where)
        try:
            for image in file.images():
                if image is not None:
                    merged[image.path] = _merged(merged.get(image.path), image, options.split)
                done += 1
                yield Progress(done, max(total + file.frames, done))
        except NotXml as error:
            failed.append(error)
        total += file.frames
        labels |= dict.fromkeys(file.labels)
    if not merged and len(failed) == len(files):
        raise _unreadable(files[0], failed[0])
    if not merged:
        raise no_images(source, folder, problems)
    return ImportBatch(tuple(merged.values()), tuple(labels), tuple(problems.found))


def _files(source: Path, problems: Problems) -> list[Path]:
    """The CVAT files that are meant; that others lie beside them is a problem."""
    if source.suffix.lower() == ".zip" and source.is_file():
        raise FormatError(
            "{file} is a ZIP file; unpack it and choose the folder.", file=readable(str(source))
        )
    found = [source] if source.is_file() else sorted(source.rglob("*.xml"))
    roots = {path: _root(path) for path in found if path.is_file() and path.name[0] != "."}
    # What cannot be read may be one: it is said why when it is read.
    files = [path for path, root in roots.items() if root in (ROOT, "")]
    others = [path for path in roots if path not in files]
    if not files and others:
        raise _of_another_program(others[0], roots[others[0]])
    if not files:
        raise FormatError("There is no CVAT file (.xml) in {folder}.", folder=readable(str(source)))
    if others:
        sentence = say(
            "{count} other XML file(s), such as {file}, are not CVAT's; they were left out",
            count=len(others),
            file=problems.name_of(others[0]),
        )
        problems.add(source, "", sentence)
    return files


def _root(path: Path) -> str:
    try:
        return root_of(path)
    except NotXml:
        return ""


def _of_another_program(path: Path, root: str) -> FormatError:
    name = readable(str(path))
    if root != _OF_OTHERS:
        return FormatError("{file} is not a CVAT file (no <annotations>).", file=name)
    with path.open("rb") as file:
        start = file.read(_CHUNK)
    if b"<polygon>" in start or b"<sourceImage>" in start:
        return FormatError(
            "{file} is XML of LabelMe 3.0, which is not read; in CVAT, export as "
            '"CVAT for images 1.1".',
            file=name,
        )
    return FormatError("{file} is a Pascal VOC file; import it as Pascal VOC.", file=name)


def _unreadable(path: Path, error: NotXml) -> FormatError:
    return FormatError(
        "{file} cannot be read: {reason}.", file=readable(str(path)), reason=error.sentence
    )


def _announced(path: Path) -> int:
    """About how many images and tracks the file has, found by a glance at its bytes."""
    count, end = 0, b""
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                text = end + chunk
                count += text.count(b"<image ") + text.count(b"<track ")
                end = text[-6:]
    except OSError:  # it is said when the file is read
        return 0
    return count


def _whereabouts(path: Path, files: list[Path]) -> Whereabouts:
    """Beside the file; several exports may each have a frame_000000."""
    base = base_of_file(path)
    others = {base_of_file(file) for file in files} - {base}
    foreign = (o for o in others if not base.is_relative_to(o) and not o.is_relative_to(base))
    return Whereabouts((path.parent, base), tuple(foreign))


def _merged(
    first: ImportedImage | None, second: ImportedImage, split: Split | None
) -> ImportedImage:
    """What is said of an image in two places, jobs that overlap for example: all of it, once."""
    if first is None:
        return replace(second, split=split or second.split)
    return ImportedImage(
        first.path,
        tuple(dict.fromkeys((*first.tags, *second.tags))),
        tuple(dict.fromkeys((*first.shapes, *second.shapes))),
        first.split or second.split,
        first.tags_done or second.tags_done,
        first.shapes_done or second.shapes_done,
    )
