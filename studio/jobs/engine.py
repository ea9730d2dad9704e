"""From a request to the generator that carries it out. The engine is imported only then."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Generator
from importlib import import_module

from studio.errors import RunError, is_disk_full
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
from studio.learning.events import Ended, Event

Events = Generator[Event, None, None]

SPINS = "10000"
"""How long a thread of libgomp waits busily for the next piece of work, in turns of a loop.

Its own 300,000 make two threads fight for a core that another program uses as well: an epoch of
the sample took seven times as long beside two busy processes, and three times with this; alone it
took a tenth longer.
"""

REPEATABLE = ":4096:8"
"""Memory that lets cuBLAS multiply matrices the same way each time; deterministic runs need it."""

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""Parameters of glibc's ``mallopt``, from malloc.h."""

LARGEST_BLOCKS = 2**31 - 1, 2**25
"""Bytes of the largest block that is kept; older versions of glibc refuse the first."""

SHARED = (TrainRequest, ResumeRequest, CallRequest)
"""What several processes can do together, as torchrun starts them."""

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


def quiet_threads() -> None:
    """Have torch's threads wait less busily; to be called before torch is imported."""
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)  # read once


def keep_freed_memory() -> None:
    """Have glibc keep what one step frees for the next one; elsewhere nothing is done.

    By itself it returns every block over 32 MB to the system at once, which clears it anew for
    the next step: a fifth of the processor's time where MobileNet v2 is fine-tuned on a CPU.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None and any(mallopt(_M_MMAP_THRESHOLD, size) for size in LARGEST_BLOCKS):
        # Never. By itself this would keep glibc from raising the other from its 128 KB.
        mallopt(_M_TRIM_THRESHOLD, -1)


def start(request: Request, should_stop: Callable[[], str]) -> Events:
    """The events of ``request``; the last one is ``Ended``.

    The generator raises ``StudioError`` for what the user can put right. Of several processes
    each is given the same request.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) > 1 and not isinstance(request, SHARED):
        raise RunError("Only a training can be shared by several processes; use a single one.")
    quiet_threads()
    keep_freed_memory()
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", REPEATABLE)
    try:
        yield from _carried_out(request, should_stop)
    except OSError as error:
        if not is_disk_full(error):
            raise
        raise RunError("The disk is full. Make room, then try again.") from error
    except (RuntimeError, MemoryError) as error:
        from studio.learning import memory  # torch has been imported by now

        told = memory.full(error)
        if told is None:
            raise
        raise told from error


def _carried_out(request: Request, should_stop: Callable[[], str]) -> Events:
    """The events of ``request``; the engine is imported now."""
    match request:
        case TrainRequest(project, config, note):
            from studio.learning.trainer import train

            yield from train(project, config, should_stop, note)
        case ResumeRequest(project, run, more_epochs):
            from studio.learning.trainer import extend, resume

            if more_epochs:
                yield from extend(project, run, more_epochs, should_stop)
            else:
                yield from resume(project, run, should_stop)
        case EvaluateRequest(project, run, split):
            from studio.learning.evaluate import evaluate

            yield from evaluate(project, run, split, should_stop)
        case PredictRequest(project, run, paths, threshold, resumable):
            from studio.learning.predictor import predict

            yield from predict(project, run, paths, threshold, should_stop, resumable=resumable)
        case ProbeRequest():
            from studio.learning.devices import probe

            yield from probe(should_stop)
        case FindRateRequest(project, config):
            from studio.learning.rate_finder import find

            yield from find(project, config, should_stop)
        case PreviewRequest(project, config, folder, count, draw):
            from studio.learning.preview import preview

            yield from preview(project, config, folder, count, draw, should_stop)
        case CallRequest(target, arguments):
            module, _, function = target.partition(":")
            call = getattr(import_module(module), function)
            yield from call(**arguments, should_stop=should_stop)
