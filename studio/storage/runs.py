"""Run folders: allocating one, describing it, and telling a live run from a dead one.

A run's truth is its folder, ``runs/0007-detect``. ``run.json`` there is written only by the
worker, atomically; ``worker.lock`` is held for as long as the worker lives, so that a run that
says "running" without it was interrupted.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from studio.domain.runs import Run, RunState, Task
from studio.errors import RunError
from studio.storage.folder import cannot_write, runs_folder

RECORD = "run.json"
WORKER_LOCK = "worker.lock"
CONFIG = "config.json"
DATASET = "dataset.json"
EVENTS = "events.jsonl"
MODEL = "model.json"
BEST = "best.safetensors"
RESUME = "resume"
POSITION = "position.json"
"""Where a finished run stood; its checkpoint is gone."""
NOTE = "note.txt"
"""What the user wrote about the run: not in ``run.json``, which is the worker's."""

PATIENCE_S = 2.0
GLANCE_S = 0.5
"""Longer than anybody holds a run who only looks whether it is at work."""

_NAME = re.compile(r"(\d{4,})-(\w+)")


def evaluation_path(folder: Path, split: str) -> Path:
    """Where the evaluation of a run on one split is, or would be."""
    return folder / f"evaluation-{split}.json"


def allocate(project: Path, task: Task) -> tuple[int, Path]:
    """Make the folder of a new run, and take its number, in one atomic step.

    Raises:
        ProjectError: the project cannot be written.
    """
    try:
        return _allocate(runs_folder(project), task)
    except OSError as error:
        raise cannot_write(project, error) from error


def _allocate(runs: Path, task: Task) -> tuple[int, Path]:
    runs.mkdir(exist_ok=True)
    while True:
        number = max((n for n, _ in _numbered(runs)), default=0) + 1
        path = runs / f"{number:04d}-{task}"
        try:
            path.mkdir()
        except FileExistsError:
            continue
        if sum(n == number for n, _ in _numbered(runs)) == 1:
            return number, path
        path.rmdir()


def _numbered(runs: Path) -> Iterator[tuple[int, Path]]:
    for path in runs.iterdir() if runs.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match and path.is_dir():
            yield int(match[1]), path


def find(project: Path, number: int) -> Path:
    """The folder of run ``number``.

    Raises:
        RunError: there is no such run.
    """
    for found, path in _numbered(runs_folder(project)):
        if found == number:
            return path
    raise RunError("{project} has no run {number}.", project=project.name, number=number)


def write(path: Path, run: Run) -> None:
    """Write ``run.json`` of the run in folder ``path``."""
    write_json(path / RECORD, asdict(run) | {"metrics": dict(run.metrics)})


def read(path: Path) -> Run | None:
    """The run in folder ``path``; None where there is no readable record (yet)."""
    run = _record(path)
    if run is None or run.state is not RunState.RUNNING or is_alive(path):
        return run
    run = _record(path)  # it may have come to its end since the record was read
    if run is not None and run.state is RunState.RUNNING:
        return replace(run, state=RunState.INTERRUPTED)
    return run


def _record(path: Path) -> Run | None:
    try:
        values = json.loads((path / RECORD).read_text(encoding="utf-8"))
        return Run(
            number=int(values["number"]),
            folder=path.name,
            task=Task(values["task"]),
            model=str(values["model"]),
            state=RunState(values["state"]),
            epochs=int(values["epochs"]),
            started_at=str(values["started_at"]),
            metrics=_finite(values["metrics"]),
            note=str(values.get("note", "")),
            best_epoch=int(values.get("best_epoch", 0)),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _finite(metrics: Mapping[str, Any]) -> dict[str, float]:
    """What there is of the metrics; JSON has no number for one that could not be computed."""
    known = {str(name): float(value) for name, value in metrics.items() if value is not None}
    return {name: value for name, value in known.items() if math.isfinite(value)}


def read_all(project: Path) -> tuple[Run, ...]:
    """Every run of the project, oldest first."""
    found = (read(path) for _, path in sorted(_numbered(runs_folder(project))))
    return tuple(run for run in found if run is not None)


def newest_first(project: Path) -> list[Path]:
    """The folders of all runs of the project, those without a record too."""
    return [path for _, path in sorted(_numbered(runs_folder(project)), reverse=True)]


def is_alive(path: Path) -> bool:
    """Whether a worker holds the run in folder ``path`` now."""
    lock_path = path / WORKER_LOCK
    if not lock_path.exists():
        return False
    lock = FileLock(lock_path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return True
    lock.release()
    return False


def hold(path: Path) -> FileLock:
    """Take the run in folder ``path`` for this process, until released or the process ends.

    Raises:
        RunError: another worker has it.
    """
    lock = FileLock(path / WORKER_LOCK, timeout=GLANCE_S, thread_local=False)
    try:
        lock.acquire(poll_interval=0.01)
    except Timeout as error:
        raise RunError("Run {run} is still at work.", run=path.name) from error
    return lock


def remove(project: Path, number: int) -> None:
    """Delete run ``number`` from disk, model and all.

    Raises:
        RunError: there is no such run, a worker has it, or the files cannot be deleted.
    """
    path = find(project, number)
    if is_alive(path):
        raise RunError("Run {run} is still at work.", run=path.name)
    delete(path)


def delete(path: Path) -> None:
    """Delete the folder of a run, wholly or, whatever happens, at least from the list of runs.

    Raises:
        RunError: the files cannot be deleted.
    """
    # Under another name it is no run any more, even if deleting its files is cut short.
    gone = path.with_name(f".{path.name}.deleted")
    try:
        if gone.exists():  # that was cut short once, of a run of the same name
            shutil.rmtree(gone)
        path.replace(gone)
        shutil.rmtree(gone)
    except OSError as error:
        raise RunError(
            "Run {run} cannot be deleted: {reason}.", run=path.name, reason=error.strerror
        ) from error


def read_note(path: Path) -> str:
    """What the user wrote about the run in folder ``path``; "" where there is nothing."""
    try:
        return (path / NOTE).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def write_note(path: Path, note: str) -> None:
    """Keep what the user wrote about the run in folder ``path``; nothing takes the note away.

    Raises:
        RunError: it cannot be written.
    """
    try:
        if note:
            _write_text(path / NOTE, note + "\n")
        else:
            (path / NOTE).unlink(missing_ok=True)
    except OSError as error:
        raise RunError(
            "The note of run {run} cannot be kept: {reason}.", run=path.name, reason=error.strerror
        ) from error


def write_json(path: Path, value: Any, *, compact: bool = False) -> None:
    """Replace ``path`` by ``value`` as JSON: the old file or the new one, never half of one.

    ``compact`` is for what may be large: a line for each number takes many times the memory.
    """
    _write_text(path, json.dumps(value, ensure_ascii=False, indent=None if compact else 1))


def _write_text(path: Path, text: str) -> None:
    # Two programs may remember the same thing at the same moment.
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(unfinished, path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def put_in_place(unfinished: Path, path: Path) -> None:
    """Give the finished file its name, over the old one.

    Windows refuses while somebody has the old one open, as the window has when it reads, or a
    virus scanner; they are done in a moment.

    Raises:
        PermissionError: they are not done in ``PATIENCE_S``, or the file may not be written.
    """
    give_up_at = time.monotonic() + PATIENCE_S
    while True:
        try:
            unfinished.replace(path)
            return
        except PermissionError:
            if time.monotonic() > give_up_at:
                raise
        time.sleep(0.02)
