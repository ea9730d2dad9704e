"""``studio find-rate``."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from studio.cli import output
from studio.cli.following import display, follow
from studio.cli.project import ProjectFolder
from studio.cli.training import decide, parse_settings
from studio.domain.runs import Task
from studio.jobs import engine
from studio.jobs.protocol import FindRateRequest
from studio.jobs.stopping import StopRequest
from studio.learning.events import Ended, RateFound, RateTried

ROWS = 20
"""Of the curve, as a table."""


def find_rate(
    project: ProjectFolder,
    task: Annotated[Task, typer.Option(help="What would be learned.", show_default=False)],
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Any setting of train.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the events, a line each.")] = False,
) -> None:
    """Try growing learning rates for some steps, and say at which one the loss fell fastest.

    No run is made. With --json, each line is an event: RateTried ("lr", "loss", the smoothed
    one), RateFound ("lr") and, last, Ended.
    """
    config = decide(project, task, parse_settings(settings or [])).config
    stop = StopRequest()
    tried: list[RateTried] = []
    found, ended = None, Ended("failed")
    events = engine.start(FindRateRequest(project, config), stop)
    for event in follow(events, display(as_json), stop):
        match event:
            case RateTried():
                tried.append(event)
            case RateFound():
                found = event
            case Ended():
                ended = event
            case _:
                pass
    if not as_json and tried:
        every = max(1, len(tried) // ROWS)
        output.print_table(
            ("Learning rate", "Loss"), ((f"{t.lr:.1e}", f"{t.loss:.4f}") for t in tried[::every])
        )
    if found is not None:
        name = shlex.quote(str(project))
        output.note(f"The loss fell fastest at {found.lr:.1e}.")
        output.note(f"Use it with: studio train {name} --task {task} --lr {found.lr:.1e}")
    raise typer.Exit(engine.exit_code(ended) if found else 1)
