"""``studio train``."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from studio.cli import output
from studio.cli.following import display, follow, metrics_text
from studio.cli.project import ProjectFolder
from studio.domain.runs import Task
from studio.errors import ConfigError, NotEnoughLabels, say
from studio.jobs import engine, together
from studio.jobs.protocol import ResumeRequest, TrainRequest
from studio.jobs.stopping import StopRequest
from studio.learning.events import Ended, Event, Notice, RunStarted

if TYPE_CHECKING:
    from studio.learning.advice.recipe import Advice
    from studio.learning.readiness.dataset import Readiness


def train(
    project: ProjectFolder,
    task: Annotated[Task | None, typer.Option(help="What to learn.", show_default=False)] = None,
    model: Annotated[str | None, typer.Option(help="Architecture.", show_default="chosen")] = None,
    epochs: Annotated[int | None, typer.Option(help="Most passes over the images.")] = None,
    image_size: Annotated[int | None, typer.Option(help="Longer side in pixels.")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Images a step learns from.")] = None,
    lr: Annotated[float | None, typer.Option(help="Peak learning rate.")] = None,
    device: Annotated[str | None, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")] = None,
    devices: Annotated[
        int, typer.Option(min=1, help="GPUs that share each batch, a process each.")
    ] = 1,
    seed: Annotated[int | None, typer.Option(help="Seed of everything random.")] = None,
    from_scratch: Annotated[
        bool, typer.Option("--from-scratch", help="Start from random weights.")
    ] = False,
    resume: Annotated[
        int | None, typer.Option(metavar="RUN", help="Go on with this run instead.")
    ] = None,
    more_epochs: Annotated[
        int, typer.Option(min=0, help="With --resume: train a finished run for so many more.")
    ] = 0,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Any other setting.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the events, a line each.")] = False,
) -> None:
    """Train a model on what is labelled; what is not given is chosen, with its reason.

    Ctrl+C pauses the run; --resume RUN goes on with it. Exits with 0 only when the run ended
    well, with 3 when pretrained weights are missing, with 130 when it was paused.

    With --json, each line is an event: an object whose "event" is RunStarted, Progress, Notice,
    StepDone, EpochEnded, SamplesDrawn, Stopping or, last, Ended ("state", "sentence", "metrics").
    """
    given = {
        "model": model,
        "epochs": epochs,
        "image_size": image_size,
        "batch_size": batch_size,
        "lr": lr,
        "device": device,
        "seed": seed,
        "weights": "scratch" if from_scratch else None,
    }
    overrides = {name: value for name, value in given.items() if value is not None}
    overrides |= parse_settings(settings or [])
    stop = StopRequest()
    if resume is not None:
        if task or overrides:
            raise typer.BadParameter(
                "a run goes on with its own settings; leave the other options out.",
                param_hint="--resume",
            )
        request = ResumeRequest(project, resume, more_epochs)
        events = _started(request, devices, run_device(project, resume), stop)
    elif more_epochs:
        raise typer.BadParameter("says how to go on; name a run.", param_hint="--more-epochs")
    elif task is None:
        raise typer.BadParameter(f"is missing; choose {', '.join(Task)}.", param_hint="--task")
    else:
        events = _events(project, task, overrides, devices, stop)
    raise typer.Exit(_follow_run(project, resume or 0, follow(events, display(as_json), stop)))


def _follow_run(project: Path, number: int, events: Iterable[Event]) -> int:
    """Say how the run ended and what can be done next; returns the exit code."""
    ended = Ended("failed")
    for event in events:
        match event:
            case RunStarted(run=run):
                number = run
            case Ended():
                ended = event
            case _:
                pass
    _conclude(project, number, ended)
    return engine.exit_code(ended)


def _events(
    project: Path, task: Task, overrides: Mapping[str, Any], devices: int, stop: StopRequest
) -> Iterator[Event]:
    """A new run, from the choice of what was left open, each with its reason, to its end."""
    advice = decide(project, task, overrides)
    yield from choices(advice, overrides)
    if stop():
        raise KeyboardInterrupt
    request = TrainRequest(project, advice.config)
    yield from _started(request, devices, advice.config.device, stop)


def _started(
    request: TrainRequest | ResumeRequest, count: int, device: str, stop: StopRequest
) -> Iterator[Event]:
    """The events of a training, in this process or in ``count`` of their own."""
    if count == 1:
        yield from engine.start(request, stop)
        return
    yield from check_devices(count, device)
    yield from together.start(request, count, stop)


def run_device(project: Path, number: int) -> str:
    """The device that a run is set to; see ``devices.resolve``."""
    from studio.learning.config import read_config
    from studio.storage import runs

    return read_config(runs.find(project.resolve(), number)).device


def check_devices(count: int, device: str) -> Iterator[Event]:
    """Whether ``count`` processes have a device each; processors are shared, with a warning.

    Raises:
        ConfigError: there are not so many.
    """
    from studio.learning.devices import facts, resolve

    there = facts()
    kind = resolve(device).type
    have = {"cuda": len(there["gpus"]), "cpu": there["cpu_count"]}.get(kind, 1)
    if ":" in device:
        raise ConfigError(
            "--devices takes the first GPUs: choose cuda, not {device}.", device=device
        )
    if count > have:
        raise ConfigError(
            "--devices is {count}, but this machine offers {have}: choose at most that many.",
            count=count,
            have={"cuda": f"{have} GPU(s)", "cpu": f"{have} processor core(s)"}.get(kind, kind),
        )
    if kind == "cpu":
        yield Notice(
            "warning",
            say(
                "{count} processes share the processor: that is for trying it out, one is seldom "
                "slower.",
                count=count,
            ),
        )


def choices(advice: Advice, overrides: Mapping[str, Any]) -> Iterator[Notice]:
    """What was chosen, with its reasons, and what the user set in vain."""
    from studio.learning.advice.refinements import applies, is_worth_telling

    for field, reason in advice.reasons.items():
        value = getattr(advice.config, field)
        if field in overrides and not applies(advice.config, field):
            vain = say(
                "{field} = {value} has no effect on this training.", field=field, value=value
            )
            yield Notice("warning", vain)
        elif field not in overrides and is_worth_telling(advice.config, field):
            choice = say("{field} = {value}: {reason}", field=field, value=value, reason=reason)
            yield Notice("info", choice)


def parse_settings(settings: list[str]) -> dict[str, str]:
    """``KEY=VALUE`` texts as a mapping; values are checked where they are used."""
    pairs = [text.partition("=") for text in settings]
    for text, (_, equals, _) in zip(settings, pairs, strict=True):
        if not equals:
            raise typer.BadParameter(f"{text} is not KEY=VALUE.", param_hint="--set")
    return {key.strip().replace("-", "_"): value.strip() for key, _, value in pairs}


def decide(project: Path, task: Task, overrides: Mapping[str, Any]) -> Advice:
    """A complete configuration; see ``set_up``."""
    return set_up(project, task, overrides)[1]


def set_up(project: Path, task: Task, overrides: Mapping[str, Any]) -> tuple[Readiness, Advice]:
    """What the project holds for a task, and a complete configuration, with a reason for each
    choice that ``overrides`` leaves open.

    Raises:
        NotEnoughLabels: there is too little to train on.
        ConfigError: a setting is unknown or cannot work.
    """
    from studio.learning import devices
    from studio.learning.advice import recipe
    from studio.learning.pretrained import weights
    from studio.learning.readiness import dataset
    from studio.storage.reader import Reader

    if "task" in overrides:
        raise ConfigError("The task is chosen with --task, not with --set.")
    with Reader.open(project) as reader:
        readiness = dataset.readiness(reader)[task]
    if not readiness.ready:
        raise NotEnoughLabels(
            "{project} holds too little for {task}: {missing}",
            project=project,
            task=task,
            missing=" ".join(map(str, readiness.missing)),
        )
    machine = devices.facts()
    return readiness, recipe.advise(task, readiness, machine, weights.weights_present, overrides)


def _conclude(project: Path, run: int, ended: Ended) -> None:
    """Say how it ended and what can be done next."""
    name = shlex.quote(str(project))
    if sentence := str(ended.sentence):
        output.note(sentence)
    match ended.state:
        case "finished" | "stopped":
            output.note(f"Run {run} {ended.state}: {metrics_text(ended.metrics)}")
            output.note(f"Look closer with: studio evaluate {name} {run}")
        case "paused" | "interrupted" if run:
            output.note(f"Go on with: studio train {name} --resume {run}")
        case _:
            pass
