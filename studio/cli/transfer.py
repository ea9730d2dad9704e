"""``studio import`` and ``studio export``."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from studio.cli import output
from studio.cli.project import ProjectFolder
from studio.domain.project import Split
from studio.errors import FormatError

if TYPE_CHECKING:
    from studio.formats.contract import Progress

T = TypeVar("T")

SHOWN_PROBLEMS = 20
"""Of the things left out, so many are shown one by one."""


def import_(
    project: ProjectFolder,
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE", help="The data set: a file or a folder.")
    ],
    format_name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="imagefolder, coco, labelme, voc, masks or csv; recognised where it is not said.",
            show_default=False,
        ),
    ] = "",
    images: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the images are, if elsewhere.")
    ] = None,
    names: Annotated[
        Path | None, typer.Option(metavar="FILE", help="masks: the names of the classes.")
    ] = None,
    ignore: Annotated[
        int | None, typer.Option(metavar="N", help="masks: the index that is no class.")
    ] = None,
    split: Annotated[
        Split | None, typer.Option(help="Put every image into this split.", show_default=False)
    ] = None,
) -> None:
    """Bring a labelled data set into a project: one edit, which undo takes back."""
    from studio.editing.importing import import_batch
    from studio.editing.session import Session
    from studio.formats.base import ImportOptions, reader_of
    from studio.storage.folder import root_path

    if not source.exists():
        raise FormatError("{source} does not exist.", source=source)
    read = reader_of(format_name or _recognised(source))
    if images is not None and not images.is_dir():
        raise FormatError("{folder} is not a folder of images.", folder=images)
    session = Session.open(project)
    try:
        known = tuple(root_path(session.project, root) for root in session.reader.roots())
        with output.status(f"Reading {source}") as tell:
            options = ImportOptions(images, known, names, ignore, split)
            batch = _watched(read(source, options), tell, f"Reading {source}")
        with output.status(f"Importing {len(batch.images)} images"):
            done = import_batch(session, batch)
    finally:
        session.close()
    _show_problems(done.problems)
    output.say_line(
        f"{project}: {done.images} images, {done.tags} tags and {done.shapes} shapes imported, "
        f"{len(done.problems)} problems"
    )


def export(
    project: ProjectFolder,
    destination: Annotated[
        Path, typer.Argument(metavar="DEST", help="The file or folder to write.")
    ],
    format_name: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", help="coco, imagefolder, labelme, masks or csv."
        ),
    ],
) -> None:
    """Write a project's labels for other programs: COCO for shapes, class folders for tags."""
    from studio.formats.base import writer_of
    from studio.storage.reader import Reader

    write = writer_of(format_name)
    with Reader.open(project) as reader, output.status(f"Writing {destination}") as tell:
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
