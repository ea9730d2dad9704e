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
from studio.learning.events import Event

Events = Generator[Event, None, None]


def start(request: Request, should_stop: Callable[[], str]) -> Events:
    """The events of ``request``; the last one is ``Ended``.

    The generator raises ``StudioError`` for what the user can put right.
    """
    match request:
        case TrainRequest(project, config):
            from studio.learning.trainer import train

            return train(project, config, should_stop)
        case ResumeRequest(project, run):
            from studio.learning.trainer import resume

            return resume(project, run, should_stop)
        case EvaluateRequest(project, run, split):
            from studio.learning.evaluate import evaluate

            return evaluate(project, run, split, should_stop)
        case PredictRequest(project, run, paths, threshold):
            from studio.learning.predictor import predict

            return predict(project, run, paths, threshold, should_stop)
        case ProbeRequest():
            from studio.learning.devices import probe

            return probe(should_stop)
        case CallRequest(target, arguments):
            module, _, function = target.partition(":")
            return getattr(import_module(module), function)(**arguments, should_stop=should_stop)
