"""``studio import``, ``studio export`` and ``studio convert``."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from studio.cli import output
from studio.cli.project import ProjectFolder
from studio.domain.project import Split
from studio.errors import FormatError

if TYPE_CHECKING:
    from studio.editing.importing import Imported
    from studio.editing.session import Session
    from studio.formats.contract import ImportOptions, Progress, ReadFormat, WriteFormat
    from studio.storage.reader import Reader

T = TypeVar("T")

SHOWN_PROBLEMS = 20
"""Of the things left out, so many are shown one by one."""

Source = Annotated[Path, typer.Argument(metavar="SOURCE", help="The data set: a file or a folder.")]
Destination = Annotated[Path, typer.Argument(metavar="DEST", help="The file or folder to write.")]
Images = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Where the images are, if elsewhere.")
]
Names = Annotated[
    Path | None, typer.Option(metavar="FILE", help="masks: the names of the classes.")
]
Ignore = Annotated[int | None, typer.Option(metavar="N", help="masks: the index that is no class.")]
PutInto = Annotated[
    Split | None,
    typer.Option("--split", help="Put every image into this split.", show_default=False),
]
READ = "coco, yolo, labelme, cvat, voc, masks, imagefolder or csv; recognised where it is not said."
WRITTEN = (
    "coco, yolo (or yolo-detect, yolo-segment, yolo-obb, yolo-pose), labelme, cvat, voc, masks, "
    "imagefolder or csv."
)


def import_(
    project: ProjectFolder,
    source: Source,
    format_name: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help=READ, show_default=False)
    ] = "",
    images: Images = None,
    names: Names = None,
    ignore: Ignore = None,
    split: PutInto = None,
) -> None:
    """Bring a labelled data set into a project: one edit, which undo takes back."""
    from studio.editing.session import Session
    from studio.formats.contract import ImportOptions
    from studio.storage.folder import root_path

    read = _reader(source, format_name, images)
    with closing(Session.open(project)) as session:
        known = tuple(root_path(session.project, root) for root in session.reader.roots())
        done = _take_in(session, source, read, ImportOptions(images, known, names, ignore, split))
    output.say_line(
        f"{project}: {done.images} images, {done.tags} tags and {done.shapes} shapes imported, "
        f"{len(done.problems)} problems"
    )


def export(
    project: ProjectFolder,
    destination: Destination,
    format_name: Annotated[str, typer.Option("--format", metavar="FORMAT", help=WRITTEN)],
) -> None:
    """Write a project's labels for other programs."""
    from studio.formats.base import writer_of
    from studio.storage.reader import Reader

    write = writer_of(format_name)
    with Reader.open(project) as reader:
        _write_out(reader, destination, write)


def convert(
    source: Source,
    destination: Destination,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=WRITTEN)],
    from_: Annotated[
        str, typer.Option("--from", metavar="FORMAT", help=READ, show_default=False)
    ] = "",
    images: Images = None,
    names: Names = None,
    ignore: Ignore = None,
) -> None:
    """Write a labelled data set in another format, without a project."""
    from studio.editing.session import Session
    from studio.formats.base import writer_of
    from studio.formats.contract import ImportOptions

    write = writer_of(to)
    read = _reader(source, from_, images)
    name = source.resolve().stem or "data"
    with (
        TemporaryDirectory(prefix="vision-studio-") as folder,
        closing(Session.create(Path(folder) / name)) as session,
    ):
        _take_in(session, source, read, ImportOptions(images, (), names, ignore))
        _write_out(session.reader, destination, write)


def _reader(source: Path, format_name: str, images: Path | None) -> ReadFormat:
    from studio.formats.base import reader_of

    if not source.exists():
        raise FormatError("{source} does not exist.", source=source)
    read = reader_of(format_name or _recognised(source))
    if images is not None and not images.is_dir():
        raise FormatError("{folder} is not a folder of images.", folder=images)
    return read


def _take_in(session: Session, source: Path, read: ReadFormat, options: ImportOptions) -> Imported:
    from studio.editing.importing import import_batch

    with output.status(f"Reading {source}") as tell:
        batch = _watched(read(source, options), tell, f"Reading {source}")
    with output.status(f"Importing {len(batch.images)} images"):
        done = import_batch(session, batch)
    _show_problems(done.problems)
    return done


def _write_out(reader: Reader, destination: Path, write: WriteFormat) -> None:
    with output.status(f"Writing {destination}") as tell:
        report = _watched(write(reader, destination), tell, f"Writing {destination}")
    _show_problems(report.problems)
    output.say_line(
        f"{destination}: {report.images} images exported, {len(report.problems)} problems"
    )


def _recognised(source: Path) -> str:
    from studio.formats.recognition import recognise

    name = recognise(source)
    if name is None:
        raise FormatError("The format of {source} was not recognised; say --format.", source=source)
    output.note(f"{source}: recognised as {name}")
    return name


def _watched(steps: Generator[Progress, None, T], tell: Callable[[str], None], text: str) -> T:
    """What the steps end with; ``tell`` is told ``text`` and how far they are."""
    percent = -1
    while True:
        try:
            progress = next(steps)
        except StopIteration as end:
            return end.value
        if progress.total and percent != (percent := 100 * progress.done // progress.total):
            tell(f"{text}: {percent} %")


def _show_problems(problems: Sequence[object]) -> None:
    for problem in problems[:SHOWN_PROBLEMS]:
        output.note(str(problem))
    if len(problems) > SHOWN_PROBLEMS:
        output.note(f"... and {len(problems) - SHOWN_PROBLEMS} more problems")
