"""``studio new`` and ``studio info``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from studio.cli import output
from studio.errors import ProjectError
from studio.jobs.stopping import StopRequest, pausing_on_signals

if TYPE_CHECKING:
    from studio.editing.session import Session
    from studio.storage.reader import Reader

ProjectFolder = Annotated[Path, typer.Argument(metavar="PROJECT", help="The project's folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def new(
    project: ProjectFolder,
    images: Annotated[
        list[Path], typer.Argument(metavar="IMAGES...", help="Folders of images, or image files.")
    ],
) -> None:
    """Make a project of the images in folders (and all folders below them).

    The images stay where they are and are never written to.
    """
    from studio.editing.session import Session

    for path in images:
        if not path.exists():
            raise ProjectError("{path} does not exist.", path=path)
    session = Session.create(project)
    try:
        _scan(session, images)
        count, problems = session.reader.image_count(), session.reader.problems()
    finally:
        session.close()
    for image in problems[:10]:
        output.note(image.problem)
    if len(problems) > 10:
        output.note(f"... and {len(problems) - 10} more; see: studio info {project}")
    output.say_line(f"{project}: {count} images, {len(problems)} of them with problems")


def _scan(session: Session, images: Iterable[Path]) -> None:
    """Bring every folder and file into the project; Ctrl+C keeps what was found."""
    from studio.editing.scan import add_images, scan

    stop = StopRequest()
    files = [path for path in images if not path.is_dir()]
    with pausing_on_signals(stop), output.status("Looking for images") as status:
        if files:
            add_images(session, files)
        for folder in (path for path in images if path.is_dir()):
            for progress in scan(session, folder, lambda: bool(stop())):
                done = (
                    f"{progress.inspected}/{progress.total} looked at, " if progress.total else ""
                )
                status(f"{folder}: {progress.found} images, {done}{progress.problems} problems")
                for notice in progress.notices:
                    output.note(notice)
    if stop():
        output.note("Interrupted: the images found so far are in the project.")


def info(project: ProjectFolder, as_json: AsJson = False) -> None:
    """Say what a project holds.

    With --json, one object: "project" (its folder), "images" (how many), "problems" (a list of
    "file" and "sentence"), "labels" (a list of "name" and the counts "tags", "boxes", "polygons",
    "masks", "lines", "points"), "splits" (images in "train", "val", "test" and "none"), "states"
    ("tags" and "shapes", each the images that are "new", "in_progress", "done" and "skipped").
    """
    from studio.storage.reader import Reader

    with Reader.open(project) as reader:
        facts = describe(reader)
    if as_json:
        output.print_json(facts)
    else:
        _print_facts(facts)


def describe(reader: Reader) -> dict[str, Any]:
    """What ``info --json`` prints."""
    from studio.domain.project import Split, State

    usage, shapes = reader.label_usage(), reader.shape_counts()
    splits, tag_states, shape_states = Counter[str](), Counter[str](), Counter[str]()
    ids = reader.image_ids()
    images, statuses = reader.images(ids), reader.statuses(ids)
    for image_id in ids:
        status = statuses[image_id]
        splits[status.split or images[image_id].auto_split or "none"] += 1
        tag_states[status.tags] += 1
        shape_states[status.shapes] += 1
    return {
        "project": str(reader.project),
        "images": len(ids),
        "problems": [
            {"file": str(reader.path_of(image)), "sentence": image.problem}
            for image in reader.problems()
            if image.id in images
        ],
        "labels": [
            {
                "name": label.name,
                "tags": usage[label.id].tags if label.id in usage else 0,
                "boxes": shapes.get((label.id, "box"), 0)
                + shapes.get((label.id, "rotated_box"), 0),
                "polygons": shapes.get((label.id, "polygon"), 0),
                "masks": shapes.get((label.id, "mask"), 0),
                "lines": shapes.get((label.id, "polyline"), 0),
                "points": shapes.get((label.id, "points"), 0),
            }
            for label in reader.labels()
        ],
        "splits": {split: splits[split] for split in (*Split, "none")},
        "states": {
            "tags": {state: tag_states[state] for state in State},
            "shapes": {state: shape_states[state] for state in State},
        },
    }


def _print_facts(facts: dict[str, Any]) -> None:
    output.say_line(f"{facts['project']}: {facts['images']} images")
    for name, counts in (("Splits", facts["splits"]), *_state_lines(facts["states"])):
        used = ", ".join(f"{count} {key}" for key, count in counts.items() if count)
        if used:
            output.say_line(f"{name}: {used.replace('_', ' ')}")
    if facts["labels"]:
        columns = ("name", "tags", "boxes", "polygons", "masks", "lines", "points")
        rows = ([label[column] for column in columns] for label in facts["labels"])
        output.print_table(("Class", *columns[1:]), rows)
    for problem in facts["problems"]:
        output.say_line(problem["sentence"])


def _state_lines(states: dict[str, Any]) -> list[tuple[str, dict[str, int]]]:
    return [(kind.capitalize(), counts) for kind, counts in states.items()]
