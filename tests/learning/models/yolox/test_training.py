"""Runs of the one-stage detector through the trainer."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file

from studio.domain.runs import Task
from studio.learning import trainer
from studio.learning.events import Event, RunStarted, StepDone
from studio.storage import runs
from tests.learning import scenes

SETTINGS = scenes.config(
    Task.DETECT, model="yolox_nano", epochs=2, image_size=64, mosaic=0.8, mixup=0.5
)


def train(project: Path, pause_after: int = 1000) -> list[Event]:
    told: list[Event] = []

    def should_stop() -> str:
        return "pause" if len(losses(told)) >= pause_after else ""

    for event in trainer.train(project, SETTINGS, should_stop):
        told.append(event)
    return told


def losses(told: list[Event]) -> list[float]:
    return [each.loss for each in told if isinstance(each, StepDone)]


def test_a_run_with_mosaic_paused_and_resumed_equals_one_that_never_stopped(
    project: Path,
) -> None:
    whole = train(project)
    before = train(project, pause_after=2)
    run = runs.read(folder_of(before))
    assert run is not None
    rest = list(trainer.resume(project, run.number, scenes.never))

    assert len(losses(before)) == 2
    assert losses(before) + losses(rest) == losses(whole)
    expected, found = (load_file(folder_of(each) / runs.BEST) for each in (whole, rest))
    assert all(torch.equal(expected[name], found[name]) for name in expected)


def folder_of(told: list[Event]) -> Path:
    return next(Path(each.folder) for each in told if isinstance(each, RunStarted))
