"""From a request to the generator that carries it out. The engine is imported only then."""

from __future__ import annotations

from collections.abc import Callable, Generator
from importlib import import_module

from studio.jobs.protocol import (
    CallRequest,
    EvaluateRequest,
    PredictRequest,
    ProbeRequest,
    Request,
    ResumeRequest,
    TrainRequest,
)
from studio.learning.events import Ended, Event

Events = Generator[Event, None, None]

INTERRUPTED = 130
"""Exit code of work that was interrupted or paused, as a shell gives it after Ctrl+C."""


def exit_code(ended: Ended) -> int:
    """The exit code of a process whose work ended so; 0 only where there is a result."""
    match ended.state:
        case "finished" | "stopped" | "discarded":
            return 0
        case "failed":
            return 1
        case _:
            return INTERRUPTED


def start(request: Request, should_stop: Callable[[], str]) -> Events:
    """The events of ``request``; the last one is ``Ended``.

    The generator raises ``StudioError`` for what the user can put right.
    """
    match request:
        case TrainRequest(project, config):
            from studio.learning.trainer import train

            yield from train(project, config, should_stop)
        case ResumeRequest(project, run):
            from studio.learning.trainer import resume

            yield from resume(project, run, should_stop)
        case EvaluateRequest(project, run, split):
            from studio.learning.evaluate import evaluate

            yield from evaluate(project, run, split, should_stop)
        case PredictRequest(project, run, paths, threshold):
            from studio.learning.predictor import predict

            yield from predict(project, run, paths, threshold, should_stop)
        case ProbeRequest():
            from studio.learning.devices import probe

            yield from probe(should_stop)
        case CallRequest(target, arguments):
            module, _, function = target.partition(":")
            call = getattr(import_module(module), function)
            yield from call(**arguments, should_stop=should_stop)
