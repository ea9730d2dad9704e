"""The sample project from the command line: opened in a window, or taken through the whole loop.

Headless, each task is trained with the small network and the settings that the Train button
would choose for it, judged on the validation pictures and asked about the unlabelled ones.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from studio import paths
from studio.cli import checks, output
from studio.cli.following import display, follow
from studio.cli.prediction import Overlays, appearance
from studio.cli.results import require_success
from studio.cli.training import decide
from studio.domain.runs import METRICS, Task
from studio.jobs import engine
from studio.jobs.protocol import EvaluateRequest, PredictRequest, Request, TrainRequest
from studio.jobs.stopping import StopRequest
from studio.learning.catalogue import SMALL, cards
from studio.learning.events import (
    Ended,
    EpochEnded,
    Evaluated,
    Event,
    ImagePredicted,
    RunStarted,
)
from studio.learning.readiness.dataset import readiness
from studio.sample.project import PROJECT, ensure_sample
from studio.storage.folder import is_project
from studio.storage.reader import Reader

OVERLAYS = "overlays"
SHOWN = 2
"""Of a task's metrics so many are in the closing table."""


@dataclass(slots=True)
class Outcome:
    """What became of one task; times in seconds."""

    task: Task
    run: int = 0
    model: str = ""
    val_images: int = 0
    epochs: int = 0
    training_s: float = 0.0
    predicted: int = 0
    predicting_s: float = 0.0
    metrics: Mapping[str, float] = field(default_factory=dict)


def run(folder: Path | None, headless: bool) -> int:
    """Make the sample below ``folder`` (else among the user's data); returns the exit code.

    With ``headless``, or without a display, all tasks that it teaches are trained, judged and
    used there, one after the other, and a table says how it went; otherwise the window opens.

    Raises:
        ProjectError: the folder cannot be written.
    """
    started = time.monotonic()
    target = folder or paths.data_folder() / "sample"
    if not is_project(target / PROJECT):
        output.note("Making the sample project…")
    project = ensure_sample(target)
    output.note(f"{project}: the sample project, ready in {time.monotonic() - started:.1f} s")
    if not headless and not checks.has_display():
        output.note("There is no display, so the sample goes the whole loop without a window.")
        headless = True
    if not headless:
        # The command line knows no Qt, so the window is a process of its own.
        return subprocess.call([sys.executable, "-m", "studio", str(project)])
    show(go_through(project, target / OVERLAYS))
    output.say_line(f"Overlays: {target / OVERLAYS}")
    output.say_line(f"Project:  {project}")
    output.note(f"All of it took {time.monotonic() - started:.0f} s")
    return 0


def go_through(project: Path, overlays: Path, seed: int = 0) -> list[Outcome]:
    """Train, evaluate and predict with the small model of every task that has labels to learn from.

    The predictions on the unlabelled pictures are drawn below ``overlays``.
    """
    stop = StopRequest()
    with Reader.open(project) as reader:
        ready = [task for task, found in readiness(reader).items() if found.ready]
    return [_learn(project, task, overlays / task, seed, stop) for task in ready]


def _learn(project: Path, task: Task, overlays: Path, seed: int, stop: StopRequest) -> Outcome:
    outcome = Outcome(task)
    config = decide(project, task, {"model": small_model(task), "seed": seed}).config
    outcome.model, started = config.model, time.monotonic()
    for event in _events(TrainRequest(project, config), stop):
        match event:
            case RunStarted():
                outcome.run, outcome.val_images = event.run, event.val_images
            case EpochEnded():
                outcome.epochs = event.epoch
            case _:
                pass
    outcome.training_s = time.monotonic() - started
    for event in _events(EvaluateRequest(project, outcome.run), stop):
        if isinstance(event, Evaluated):
            outcome.metrics = event.metrics
    started, files = time.monotonic(), unlabelled(project)
    painter = Overlays(overlays, appearance(project, outcome.run), files)
    for event in _events(PredictRequest(project, outcome.run, tuple(files), None), stop):
        if isinstance(event, ImagePredicted):
            painter.paint(event.prediction)
            outcome.predicted += 1
    outcome.predicting_s = time.monotonic() - started
    return outcome


def _events(request: Request, stop: StopRequest) -> Iterator[Event]:
    """The events of ``request``, shown as they come; leaves the command if it did not succeed."""
    for event in follow(engine.start(request, stop), display(as_json=False), stop):
        yield event
        if isinstance(event, Ended):
            require_success(event, stop)


def small_model(task: Task) -> str:
    """The name of the model that ``task`` builds on the shipped network."""
    return next(card.name for card in cards(task) if card.backbone == SMALL)


def unlabelled(project: Path) -> dict[Path, Path]:
    """The pictures that nobody has labelled, each with its name as a path."""
    with Reader.open(project) as reader:
        labelled = set(reader.labelled_ids())
        rest = [image_id for image_id in reader.image_ids() if image_id not in labelled]
        files = [reader.path_of(image) for image in reader.images(rest).values()]
    return {file: Path(file.name) for file in sorted(files)}


def show(outcomes: list[Outcome]) -> None:
    """Print what became of each task, as a table."""
    output.print_table(
        ("Task", "Model", "Metric", "Value", "Metric", "Value", "Judged on", "Epochs", "Training",
         "Predicting"),
        (
            (each.task, each.model, *_figures(each), f"{each.val_images} pictures", each.epochs,
             f"{each.training_s:.0f} s", f"{each.predicted} in {each.predicting_s:.0f} s")
            for each in outcomes
        ),
    )  # fmt: skip


def _figures(outcome: Outcome) -> Iterator[str | float]:
    for name in METRICS[outcome.task][:SHOWN]:
        yield name
        yield outcome.metrics.get(name, float("nan"))
