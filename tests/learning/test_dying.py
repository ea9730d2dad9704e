"""A run whose process dies, at any write to its folder, can be taken up and ends as it would."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from studio.domain.runs import RunState, Task
from studio.errors import RunError
from studio.learning import beginning, checkpoint, trainer
from studio.learning.events import EpochEnded, Event, StepDone, loads
from studio.storage import runs
from tests.learning import scenes

CONFIG = scenes.config(Task.CLASSIFY, epochs=1)


class Died(BaseException):
    """As SIGKILL: nothing that waits for an exception hears of it."""


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Has the process die just before its n-th file gets its name; 0 lets it live."""
    plain, count, at = runs.put_in_place, itertools.count(1), 0

    def put_in_place(unfinished: Path, path: Path) -> None:
        if next(count) == at:
            raise Died
        plain(unfinished, path)

    def die(moment: int) -> None:
        nonlocal count, at
        count, at = itertools.count(1), moment

    monkeypatch.setattr(runs, "put_in_place", put_in_place)
    yield die


def _lives(told: Iterator[Event]) -> bool:
    try:
        return bool(list(told))
    except Died:
        return False


def _discarded(project: Path) -> Iterator[Event]:
    """A run that is discarded after its first step."""
    words: list[str] = []
    for event in trainer.train(project, CONFIG, lambda: words[-1] if words else ""):
        if isinstance(event, StepDone):
            words.append("discard")
        yield event


def _weights(folder: Path) -> dict[str, torch.Tensor]:
    return load_file(folder / runs.BEST)


def _are_equal(some: Path, others: Path) -> bool:
    one, other = _weights(some), _weights(others)
    return all(torch.equal(one[name], other[name]) for name in one)


def _losses(folder: Path) -> list[tuple[int, float | None]]:
    """How well the model did after each epoch that was told of."""
    told = map(loads, (folder / runs.EVENTS).read_bytes().decode().splitlines())
    return [(event.epoch, event.val_loss) for event in told if isinstance(event, EpochEnded)]


def test_a_run_that_dies_at_any_moment_ends_as_one_that_lived(project, dying):
    list(trainer.train(project, CONFIG, scenes.never))
    whole = runs.find(project, 1)
    for moment in itertools.count(1):
        dying(moment)
        lived = _lives(trainer.train(project, CONFIG, scenes.never))
        dying(0)
        if lived:
            break
        number, folder = max(runs._numbered(runs.runs_folder(project)))
        if runs.read(folder) is not None:
            list(trainer.resume(project, number, scenes.never))
            assert runs.read(folder).state is RunState.FINISHED
            assert _are_equal(folder, whole), f"died at write {moment}"
            assert _losses(folder) == _losses(whole), f"died at write {moment}"
            assert not (folder / runs.RESUME).exists()
    assert moment > 12


def test_a_run_that_dies_while_it_learns_for_longer_is_never_lost(
    tmp_path, project, dying, monkeypatch
):
    with monkeypatch.context() as died_when_finished:
        died_when_finished.setattr(beginning, "forget_checkpoint", lambda folder: None)
        list(trainer.train(project, CONFIG, scenes.never))
    before = shutil.copytree(runs.find(project, 1), tmp_path / "before")
    folder = runs.find(project, 1)
    assert (folder / runs.RESUME).exists()
    list(trainer.extend(project, 1, 1, scenes.never))
    whole = shutil.copytree(folder, tmp_path / "whole")
    for moment in itertools.count(1):
        shutil.rmtree(folder)
        shutil.copytree(before, folder)
        dying(moment)
        lived = _lives(trainer.extend(project, 1, 1, scenes.never))
        dying(0)
        if lived:
            break
        if runs.read(folder).state is RunState.FINISHED:
            list(trainer.extend(project, 1, 1, scenes.never))
        else:
            list(trainer.resume(project, 1, scenes.never))
        assert runs.read(folder).epochs == 2
        assert _are_equal(folder, whole), f"died at write {moment}"
        assert _losses(folder) == _losses(whole), f"died at write {moment}"
    assert moment > 8


def test_a_line_that_was_cut_off_is_written_anew(project, dying):
    list(trainer.train(project, CONFIG, scenes.never))
    told = trainer.train(project, CONFIG, scenes.never)
    while not isinstance(next(told), EpochEnded):
        pass
    folder = runs.find(project, 2)
    log = folder / runs.EVENTS
    log.write_bytes(log.read_bytes()[:-20])
    told.close()
    list(trainer.resume(project, 2, scenes.never))
    assert _losses(folder) == _losses(runs.find(project, 1))


@pytest.mark.parametrize("again", [False, True])
def test_a_disk_without_room_for_the_first_checkpoint_is_said_and_costs_nothing(
    project, monkeypatch, again
):
    if again:
        list(trainer.train(project, CONFIG, scenes.never))

    def save(value, path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(torch, "save", save)
    begun = trainer.train(project, CONFIG, scenes.never)
    if again:
        begun = trainer.extend(project, 1, 1, scenes.never)
    with pytest.raises(RunError, match=r"The disk that holds .* is full.*continue the run"):
        list(begun)
    monkeypatch.undo()
    *_, ended = trainer.resume(project, 1, scenes.never)
    assert ended.state == "finished"
    assert runs.read(runs.find(project, 1)).epochs == (2 if again else 1)


def test_a_run_whose_checkpoint_was_deleted_is_not_begun_anew(project):
    told = trainer.train(project, CONFIG.changed({"epochs": 3}), scenes.never)
    while not isinstance(next(told), EpochEnded):
        pass
    told.close()
    folder = runs.find(project, 1)
    assert runs.read(folder).epochs == 1
    (folder / runs.RESUME / checkpoint.STATE).unlink()
    with pytest.raises(RunError, match="no checkpoint to go on from"):
        list(trainer.resume(project, 1, scenes.never))


def test_a_run_that_dies_while_it_is_discarded_is_no_run_any_more(project, monkeypatch):
    def rmtree(path: Path) -> None:
        raise Died

    monkeypatch.setattr(shutil, "rmtree", rmtree)
    assert not _lives(_discarded(project))
    assert runs.read_all(project) == ()
    monkeypatch.undo()
    assert _lives(_discarded(project))
    assert not list(runs.runs_folder(project).iterdir())


def test_what_no_longer_fits_on_the_disk_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "run.json"
    runs.write_json(path, {"epochs": 1})

    def fsync(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match="No space"):
        runs.write_json(path, {"epochs": 2})
    assert [each.name for each in tmp_path.iterdir()] == ["run.json"]
    assert '"epochs": 1' in path.read_text()
