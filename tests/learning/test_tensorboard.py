"""Curves for TensorBoard: written where they are wanted, read back with TensorBoard itself."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from studio.domain.runs import Task
from studio.learning import tensorboard, trainer
from studio.learning.events import EpochEnded, Event, Notice, RunStarted, StepDone
from studio.storage import runs
from tests.learning import scenes


def of(told: list[Event], kind: type) -> list:
    return [event for event in told if isinstance(event, kind)]


def logs(told: list[Event]) -> Path:
    [started] = of(told, RunStarted)
    return Path(started.folder) / tensorboard.FOLDER


def scalars(folder: Path, name: str) -> list[tuple[int, float]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
        found = reader.EventAccumulator(str(folder))
        found.Reload()
    return [(each.step, each.value) for each in found.Scalars(name)]


def test_nothing_is_written_unasked(project):
    config = scenes.config(Task.CLASSIFY, epochs=1)
    assert not logs(list(trainer.train(project, config, scenes.never))).exists()


def test_without_the_package_it_is_said_and_training_goes_on(project, monkeypatch):
    monkeypatch.setattr(tensorboard, "is_installed", lambda: False)
    config = scenes.config(Task.CLASSIFY, epochs=1, tensorboard=True)
    told = list(trainer.train(project, config, scenes.never))
    said = [str(notice.sentence) for notice in of(told, Notice) if notice.level == "warning"]
    assert len([each for each in said if "TensorBoard" in each]) == 1
    assert told[-1].state == "finished"
    assert not logs(told).exists()


def test_every_number_is_there_once_even_when_a_run_goes_on_from_its_checkpoint(project):
    pytest.importorskip("tensorboard")
    config = scenes.config(Task.CLASSIFY, epochs=3, tensorboard=True)
    told: list[Event] = []
    dying = trainer.train(project, config, scenes.never)
    for event in dying:
        told.append(event)
        if isinstance(event, StepDone) and event.epoch == 2:
            dying.close()  # a step after the last checkpoint
            break
    folder, lost = logs(told), told[-1].step
    assert scalars(folder, "loss/step")[-1][0] == lost
    number = runs.read_all(project)[-1].number
    rest = list(trainer.resume(project, number, scenes.never))
    steps = [*of(told, StepDone)[:-1], *of(rest, StepDone)]
    found = scalars(folder, "loss/step")
    assert [step for step, _ in found] == [each.step for each in steps]
    assert [value for _, value in found] == pytest.approx([each.loss for each in steps], rel=1e-5)
    epochs = [*of(told, EpochEnded), *of(rest, EpochEnded)]
    accuracies = [value for _, value in scalars(folder, "validation/accuracy")]
    assert accuracies == pytest.approx([each.metrics["accuracy"] for each in epochs])
