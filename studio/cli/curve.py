"""``studio learning-curve``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studio.cli import output
from studio.cli.following import display, follow
from studio.cli.project import AsJson, ProjectFolder
from studio.cli.training import parse_settings, set_up
from studio.domain.runs import Task
from studio.jobs import engine
from studio.jobs.protocol import ResumeRequest, TrainRequest
from studio.jobs.stopping import StopRequest
from studio.learning.events import Ended

if TYPE_CHECKING:
    from studio.learning.analysis.learning_curve import Curve, Gain

MORE = 50
"""Labelled images to look ahead by; ``learning_curve.MORE``, which is not imported for a help."""


def learning_curve(
    project: ProjectFolder,
    task: Annotated[Task, typer.Option(help="What is learned.", show_default=False)],
    more: Annotated[int, typer.Option(min=1, help="Labelled images to look ahead by.")] = MORE,
    measure: Annotated[
        bool,
        typer.Option("--measure", help="First train on parts of the images: 25, 40, 65 and 100%."),
    ] = False,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="With --measure: any setting of train."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Estimate from the project's runs what more labelled images would bring.

    At least three finished runs with other numbers of training images are needed, alike in all
    else; --measure makes them, each a run like any other. It passes over those that are there,
    and goes on with one that was paused, so after Ctrl+C the same command goes on.

    With --json, one object: "task", "metric", "points" (a list with "run", "images", "objects"
    and "figure", the metric), "law" ("scale" and "exponent" of error = scale * images^-exponent),
    "gain" ("labelled" more images, "learned" of them learned from, "now", "then" and the 80%
    interval "low" to "high") and "why", which says what is missing where "law" is null.
    """
    from studio.learning.analysis import learning_curve as curves

    if measure:
        _measure(project, task, settings or [])
    elif settings:
        raise typer.BadParameter("is for --measure.", param_hint="--set")
    found = curves.estimate(project.resolve(), task, more)
    if as_json:
        output.print_json(curves.to_json(found))
    else:
        _print(found)


def _measure(project: Path, task: Task, settings: list[str]) -> None:
    """Train on the parts that are missing, one after the other.

    Raises:
        typer.Exit: one of them did not come to its end.
    """
    from studio.learning.analysis import learning_curve as curves

    readiness, advice = set_up(project, task, parse_settings(settings))
    steps = curves.steps_left(project.resolve(), advice.config, readiness)
    minutes = advice.minutes * sum(step.part for step in steps)
    output.note(
        f"{len(steps)} training(s) to make"
        + (f", at most about {minutes:.0f} minute(s) in all." if minutes >= 1 else ".")
    )
    stop = StopRequest()
    for step in steps:
        output.note(step.note)
        config = advice.config.changed({"train_part": step.part})
        new = TrainRequest(project, config, str(step.note))
        _train(ResumeRequest(project, step.run) if step.run else new, stop)


def _train(request: TrainRequest | ResumeRequest, stop: StopRequest) -> None:
    ended = Ended("failed")
    for event in follow(engine.start(request, stop), display(as_json=False), stop):
        if isinstance(event, Ended):
            ended = event
    if ended.state != "finished":
        output.note(ended.sentence)
        output.note("The same command goes on.")
        raise typer.Exit(engine.exit_code(ended) or engine.INTERRUPTED)


def _print(curve: Curve) -> None:
    if curve.points:
        rows = ((p.run, p.images, p.objects, p.figure) for p in curve.points)
        output.print_table(("Run", "Images", "Objects", curve.metric), rows)
    for line in _lines(curve):
        output.say_line(line)


def _lines(curve: Curve) -> Iterator[str]:
    if curve.gain is None:
        yield f"Cannot be told yet: {curve.why}"
        return
    yield _said(curve.gain, curve.metric)
    if curve.law is not None:
        yield f"error = {curve.law.scale:.3g} * images^-{curve.law.exponent:.3g}"


def _said(gain: Gain, metric: str) -> str:
    return (
        f"{gain.labelled} more labelled images would bring {metric} from {gain.now:.1%} to about "
        f"{gain.then:.1%} (likely between {gain.low:.1%} and {gain.high:.1%})."
    )
