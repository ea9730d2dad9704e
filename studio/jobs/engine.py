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

EXIT_CODES = {"finished": 0, "stopped": 0, "discarded": 0, "failed": 1}


def exit_code(ended: Ended) -> int:
    """The exit code of a process whose work ended so; 130, as after Ctrl+C, where it can go on."""
    return EXIT_CODES.get(ended.state, 130)


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
