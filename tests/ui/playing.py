"""Stand-ins for the engine that need no torch: generators of events, run by a real worker."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.domain.runs import Run, RunState, Task
from studio.errors import say
from studio.jobs import launch
from studio.jobs.protocol import (
    CallRequest,
    EvaluateRequest,
    FindRateRequest,
    PredictRequest,
    PreviewRequest,
    ProbeRequest,
    Request,
    ResumeRequest,
    TrainRequest,
)
from studio.learning.events import (
    Ended,
    EpochEnded,
    Event,
    ImagePredicted,
    Notice,
    Probed,
    Progress,
    RateFound,
    RateTried,
    RunStarted,
    SamplesDrawn,
    StepDone,
    dumps,
)
from studio.storage import runs
from tests import making

STEPS_PER_EPOCH = 4
FACTS = {"best": "cpu", "devices": ["auto", "cpu"], "gpus": [], "unused_gpu": ""}

ShouldStop = Callable[[], str]


def use(monkeypatch: pytest.MonkeyPatch, **known: Any) -> None:
    """From now on jobs are played; ``known`` are further arguments of the functions below."""
    prepare = launch.prepare

    def played(request: Request) -> Path:
        call = _call(request)
        return prepare(CallRequest(call.target, {**call.arguments, **known}))

    monkeypatch.setattr(launch, "prepare", played)


def _call(request: Request) -> CallRequest:
    here = "tests.ui.playing"
    match request:
        case TrainRequest(project, config, note):
            values = {"project": str(project), "config": config.to_json(), "note": note}
            return CallRequest(f"{here}:train", values)
        case ResumeRequest(project, run):
            return CallRequest(f"{here}:resume", {"project": str(project), "run": run})
        case EvaluateRequest(project, run, split):
            values = {"project": str(project), "run": run, "split": split}
            return CallRequest(f"{here}:evaluate", values)
        case PredictRequest(project, run, paths, _):
            values = {"project": str(project), "run": run, "paths": [str(p) for p in paths]}
            return CallRequest(f"{here}:predict", values)
        case FindRateRequest():
            return CallRequest(f"{here}:find_rate")
        case PreviewRequest(project, config, folder, count, draw):
            values = {"project": str(project), "config": config.to_json(), "count": count}
            return CallRequest(f"{here}:preview", values | {"folder": str(folder), "draw": draw})
        case ProbeRequest():
            return CallRequest(f"{here}:probe")
        case CallRequest():
            return request


def probe(
    should_stop: ShouldStop, facts: dict[str, Any] | None = None, **_: Any
) -> Iterator[Event]:
    yield Probed(facts or FACTS)
    yield Ended("finished")


def measure(
    should_stop: ShouldStop, step_s: float = 3.0, unmeasurable: bool = False, **_: Any
) -> Iterator[Event]:
    """The time of a step."""
    if unmeasurable:
        yield Ended("failed", say("A batch does not fit."))
        return
    yield Probed({"step_s": step_s})
    yield Ended("finished")


def train(
    project: str,
    config: dict[str, Any],
    should_stop: ShouldStop,
    patient: bool = False,
    missing_weights: bool = False,
    note: str = "",
    **_: Any,
) -> Iterator[Event]:
    """A run of ``config["epochs"]`` epochs; a ``patient`` one waits in the last for a word."""
    if missing_weights and config["weights"] == "pretrained":
        yield Ended("failed", say("No weights here."), code="WeightsMissing")
        return
    number, folder = runs.allocate(Path(project), Task(config["task"]))
    run = Run(number, folder.name, Task(config["task"]), config["model"], RunState.RUNNING)
    runs.write_json(folder / runs.CONFIG, config)
    runs.write_note(folder, note)
    yield from _epochs(run, folder, config["epochs"], 0, should_stop, patient)


def resume(
    project: str, run: int, should_stop: ShouldStop, refuses: bool = False, **_: Any
) -> Iterator[Event]:
    """Three epochs in all, or a refusal before the first event."""
    if refuses:
        yield Ended("failed", say("{file} is missing.", file="best.pt"), code="RunError")
        return
    folder = runs.find(Path(project), run)
    known = runs.read(folder)
    assert known is not None
    yield from _epochs(known, folder, 3, known.epochs, should_stop, False)


def _epochs(
    run: Run, folder: Path, epochs: int, done: int, should_stop: ShouldStop, patient: bool
) -> Iterator[Event]:
    metric = "accuracy" if run.task is Task.CLASSIFY else "map50"
    with runs.hold(folder), (folder / runs.EVENTS).open("a", encoding="utf-8") as log:

        def told(event: Event) -> Event:
            log.write(dumps(event) + "\n")
            log.flush()
            return event

        _write(folder, run, RunState.RUNNING, done, {})
        yield told(
            RunStarted(
                run.number, str(folder), run.task, run.model, "cpu", epochs, STEPS_PER_EPOCH,
                16, 4, resumed_epoch=done and done + 1,
            )
        )  # fmt: skip
        yield told(Notice("warning", say("{file}: it is broken", file="a.png")))
        word = ""
        for epoch in range(done + 1, epochs + 1):
            for step in range(STEPS_PER_EPOCH):
                number = (epoch - 1) * STEPS_PER_EPOCH + step + 1
                steps = epochs * STEPS_PER_EPOCH
                yield told(StepDone(epoch, number, steps, 2 / number, 1e-3, 12.5, 3.0))
            value = 0.5 + 0.1 * epoch
            _write(folder, run, RunState.RUNNING, epoch, {metric: value})
            (folder / runs.BEST).write_bytes(b"weights")
            yield told(EpochEnded(epoch, 0.5, 0.6, {metric: value}, True, 2.0 * epoch, 1.0))
            (folder / "samples.json").write_text("[]", encoding="utf-8")
            yield told(SamplesDrawn(epoch, "samples.json"))
            if patient and epoch == epochs:
                word = _wait_for_word(should_stop)
        state = {"stop": "stopped", "pause": "paused", "discard": "discarded"}.get(word, "finished")
        if state != "discarded":
            _write(folder, run, RunState(state), epochs, {metric: 0.5 + 0.1 * epochs})
        told(Ended(state))
    if state == "discarded":
        runs.remove(folder.parent.parent, run.number)
    yield Ended(state)


def find_rate(should_stop: ShouldStop, runs_away: bool = False, **_: Any) -> Iterator[Event]:
    """Ten rates, and the best of them unless the loss only grows."""
    for number in range(10):
        yield RateTried(
            10.0 ** (number - 9), float(number if runs_away else 10 - number), number, 10
        )
    if runs_away:
        yield Ended("failed", say("No learning rate made the loss fall."))
        return
    yield RateFound(3.14e-4)
    yield Ended("finished")


def preview(
    config: dict[str, Any], folder: str, count: int, draw: int, should_stop: ShouldStop, **_: Any
) -> Iterator[Event]:
    """``count`` grey images, each with one box, which tell of the settings by their names."""
    Path(folder).mkdir(parents=True)
    for number in range(count):
        path = Path(folder) / f"{config['augmentation']}-{draw}-{number}.png"
        making.picture(path, 40, 30, seed=number)
        box = {"label": "washer", "label_id": "w", "score": 1.0, "bbox": [4, 5, 20, 10]}
        heading = {"file": str(path), "width": 40, "height": 30}
        if config["task"] == "classify":
            yield ImagePredicted(heading | {"scores": {"washer": 0.75, "nut": 0.25}})
        else:
            yield ImagePredicted(heading | {"objects": [box]})
    yield Ended("finished")


def _wait_for_word(should_stop: ShouldStop) -> str:
    pause = threading.Event()
    while not should_stop():
        pause.wait(0.01)
    return should_stop()


def _write(folder: Path, run: Run, state: RunState, epochs: int, metrics: dict[str, float]) -> None:
    started = "2026-01-02T03:04:05+00:00"
    record = Run(run.number, run.folder, run.task, run.model, state, epochs, started, metrics)
    runs.write(folder, record)


def evaluate(
    project: str, run: int, split: str, should_stop: ShouldStop, evaluation: str = "", **_: Any
) -> Iterator[Event]:
    """Writes the file ``evaluation`` as the run's."""
    yield Progress("evaluate", 1, 2)
    folder = runs.find(Path(project), run)
    (folder / f"evaluation-{split}.json").write_text(
        Path(evaluation).read_text(encoding="utf-8"), encoding="utf-8"
    )
    yield Ended("finished")


def predict(
    project: str,
    run: int,
    paths: list[str],
    should_stop: ShouldStop,
    answers: dict[str, Any] | None = None,
    patient: bool = False,
    told_before: int = 0,
    epoch: int | None = None,
    **_: Any,
) -> Iterator[Event]:
    """Says of each file what ``answers`` has under its name, of the first ones again; a ``patient``
    one stays at the first until it hears a word. The model is that of ``epoch``."""
    yield Progress("load", 0, 0)
    for done, path in enumerate(paths, start=1):
        answer = (answers or {}).get(Path(path).name)
        if answer is not None:
            heading = {"file": path, "width": 64, "height": 48}
            yield ImagePredicted(heading | answer, again=done <= told_before, epoch=epoch)
        yield Progress("predict", done, len(paths), eta_s=3.0 * (len(paths) - done))
        while patient and not should_stop():
            time.sleep(0.02)
        if should_stop():
            yield Ended("stopped")
            return
    yield Ended("finished")


def finished_run(project: Path, task: Task, model: str, labels: list[dict[str, str]]) -> int:
    """A run of the past with a model in its folder; returns its number."""
    number, folder = runs.allocate(project, task)
    run = Run(number, folder.name, task, model, RunState.FINISHED)
    _write(folder, run, RunState.FINISHED, 3, {"accuracy": 0.8, "map50": 0.8})
    (folder / runs.BEST).write_bytes(b"weights")
    value = {
        "version": 1, "task": task, "labels": labels, "multi_label": False, "grey": {},
        "thresholds": {"score": 0.5}, "config": {"task": task, "model": model},
    }  # fmt: skip
    (folder / runs.MODEL).write_text(json.dumps(value), encoding="utf-8")
    (folder / runs.CONFIG).write_text(json.dumps(value["config"]), encoding="utf-8")
    return number
