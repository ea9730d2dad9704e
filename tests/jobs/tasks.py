"""Work for workers in tests: generators of events that need no torch."""

from __future__ import annotations

import atexit
import ctypes
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from studio.errors import NotEnoughLabels, say
from studio.learning.events import (
    Ended,
    EpochEnded,
    Event,
    ImagePredicted,
    Notice,
    Progress,
    RunStarted,
)

Stop = Callable[[], str]


def count(total: int, should_stop: Stop, pause_s: float = 0.0) -> Iterator[Event]:
    """``total`` progress events; any stop word ends it in the state that the word asks for."""
    for done in range(1, total + 1):
        if word := should_stop():
            state = {"stop": "stopped", "pause": "paused", "discard": "discarded"}[word]
            yield Ended(state, say("Heard {word} after {done}.", word=word, done=done))
            return
        yield Progress("predict", done, total)
        if pause_s:
            time.sleep(pause_s)
    yield Ended("finished", metrics={"accuracy": 1.0})


def noisy(should_stop: Stop) -> Iterator[Event]:
    """Events among everything that a library may print, from Python and from C."""
    yield Progress("load", 1, 2)
    print("library: a line on stdout")
    os.write(1, b"raw bytes on descriptor 1 \xff\n")
    libc = ctypes.CDLL(None)
    libc.puts(b"a line of C's stdio")
    libc.fflush(None)
    sys.stderr.write("library: a warning, 警告\n")
    os.system("echo a child process speaks")
    assert sys.stdin.read() == ""
    yield Progress("load", 2, 2)
    yield Ended("finished")


def echo(file: str, should_stop: Stop) -> Iterator[Event]:
    """A path, there and back."""
    yield ImagePredicted({"file": file, "exists": Path(file).exists(), "scores": {"螺母": 0.5}})
    yield Ended("finished")


def refuse(should_stop: Stop) -> Iterator[Event]:
    """A failure that the user can put right."""
    yield Notice("info", say("Looking at {n} images.", n=3))
    raise NotEnoughLabels("{n} more images of {label} are needed.", n=3, label="washer")


def fail(folder: str, should_stop: Stop) -> Iterator[Event]:
    """A bug in the middle of a run."""
    yield RunStarted(7, folder, "classify", "small_cnn", "cpu", 1, 1, 1, 1)
    raise ZeroDivisionError("float division by zero")


def overfill(what: str, should_stop: Stop) -> Iterator[Event]:
    """No memory is left for a model, or something else is wrong."""
    yield Progress("load", 0, 0)
    raise RuntimeError(what)


def vanish(code: int, should_stop: Stop) -> Iterator[Event]:
    """The process ends without a word, as after a crash in a library."""
    yield Progress("load", 1, 2)
    sys.stderr.write("terminate called: CUDA error 719\n")
    sys.stderr.flush()
    os._exit(code)


def silent(seconds: float, should_stop: Stop) -> Iterator[Event]:
    """One long step that says nothing."""
    time.sleep(seconds)
    yield EpochEnded(1, float("nan"), None, {}, True, seconds, 0.0)
    yield Ended("finished")


def forking(until: str, should_stop: Stop) -> Iterator[Event]:
    """A forked child, as of a loader of images, outlives its parent until a file is there."""
    if os.fork() == 0:
        for _ in range(1000):
            if Path(until).exists():
                break
            time.sleep(0.1)
        os._exit(0)
    yield Ended("finished")


def hanging(should_stop: Stop) -> Iterator[Event]:
    """All is said, but the process does not come to its end."""
    atexit.register(time.sleep, 60)
    yield Ended("finished")


def facts(should_stop: Stop) -> Iterator[Event]:
    """What the process looks like from the inside."""
    modules = [name for name in ("torch", "PySide6", "studio.ui") if name in sys.modules]
    nice = os.nice(0) if sys.platform != "win32" else 10
    values = {"modules": modules, "nice": nice, "threads": os.environ["OMP_NUM_THREADS"]}
    yield ImagePredicted(values)
    yield Ended("finished")


def checkpoint(folder: str, should_stop: Stop) -> Iterator[Event]:
    """Works until it is asked to stop, then leaves a file that says what it was asked."""
    Path(folder, "pid").write_text(str(os.getpid()))
    yield Progress("prepare", 1, 0)
    while not (word := should_stop()):
        time.sleep(0.02)
        yield Progress("prepare", 1, 0)
    Path(folder, "checkpoint.new").write_text(word)
    Path(folder, "checkpoint.new").replace(Path(folder, "checkpoint"))
    yield Ended("paused")
