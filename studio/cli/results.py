"""``studio runs`` and ``studio evaluate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from studio.cli import output
from studio.cli.following import display, follow, metrics_text
from studio.cli.project import AsJson, ProjectFolder
from studio.domain.project import Split
from studio.jobs import engine
from studio.jobs.protocol import EvaluateRequest
from studio.jobs.stopping import StopRequest
from studio.learning.events import Ended, Evaluated

EVALUATION_KEYS = ("task", "split", "metrics", "per_class", "confusion")

RunNumber = Annotated[int, typer.Argument(metavar="RUN", help="The run's number; see runs.")]


def runs(project: ProjectFolder, as_json: AsJson = False) -> None:
    """List the project's training runs, oldest first.

    With --json, a list of objects: "run" (its number), "task", "model", "state" (running,
    finished, stopped, paused, interrupted or failed), "epochs" (finished ones), "metrics" (of the
    best epoch on the validation split, by public name), "note" (what was written about it) and
    "path" (the run's folder).
    """
    from studio.storage import folder
    from studio.storage import runs as stored

    folder.database_path(project)
    found = stored.read_all(project.resolve())
    place = folder.runs_folder(project.resolve())
    notes = {run.number: stored.read_note(place / run.folder) for run in found}
    if as_json:
        output.print_json(
            [
                {
                    "run": run.number,
                    "task": run.task,
                    "model": run.model,
                    "state": run.state,
                    "epochs": run.epochs,
                    "metrics": dict(run.metrics),
                    "note": notes[run.number],
                    "path": str(place / run.folder),
                }
                for run in found
            ]
        )
    elif found:
        columns = ("Run", "Task", "Model", "State", "Epochs", "Metrics")
        rows = [
            (run.number, run.task, run.model, run.state, run.epochs, metrics_text(run.metrics))
            for run in found
        ]
        if any(notes.values()):
            columns = (*columns, "Note")
            rows = [(*row, notes[row[0]].partition("\n")[0]) for row in rows]
        output.print_table(columns, rows)
    else:
        output.note(f"No runs yet. Train one with: studio train {project} --task TASK")


def evaluate(
    project: ProjectFolder,
    run: RunNumber,
    split: Annotated[Split, typer.Option(help="The images to judge it on.")] = Split.VAL,
    as_json: AsJson = False,
) -> None:
    """Measure a run on one split of the data set it was trained with.

    With --json, one object: "run", "task", "split", "metrics" (by public name: accuracy,
    macro_f1; map, map50; mask_map, mask_map50; miou, dice, pixel_accuracy; oks_map, oks_map50,
    oks_ar, pck), "per_class" (a list with "label" and its figures), "confusion" ("labels" and
    "matrix", where there is one) and "path" (a JSON file with every image besides).
    """
    stop = StopRequest()
    path = None
    request = EvaluateRequest(project, run, split)
    for event in follow(engine.start(request, stop), display(as_json=False), stop):
        match event:
            case Evaluated():
                path = Path(event.path)
            case Ended():
                require_success(event, stop)
            case _:
                pass
    if output.speaks() and path is not None:
        _print_evaluation(run, path, as_json)


def require_success(ended: Ended, stop: StopRequest) -> None:
    """Leave with the exit code of work that did not come to its end."""
    if stop() and ended.state != "finished":
        output.note("Interrupted before the end.")
        raise typer.Exit(engine.INTERRUPTED)
    if code := engine.exit_code(ended):
        output.note(ended.sentence)
        raise typer.Exit(code)


def _print_evaluation(run: int, path: Path, as_json: bool) -> None:
    found = json.loads(path.read_text(encoding="utf-8"))
    if as_json:
        kept = {name: found[name] for name in EVALUATION_KEYS if name in found}
        output.print_json({"run": run, **kept, "path": str(path)})
        return
    output.print_table(("Metric", "Value"), found["metrics"].items())
    if classes := found.get("per_class"):
        columns = [name for name in classes[0] if name != "label_id"]
        output.print_table(columns, ([each.get(name) for name in columns] for each in classes))
