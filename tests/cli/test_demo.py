"""``studio demo``, on fewer pictures and for fewer epochs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from studio.cli import sample_loop
from studio.cli.training import decide
from studio.domain.runs import METRICS, RunState, Task
from studio.learning.advice.recipe import Advice
from studio.sample.project import create_sample
from studio.storage import runs


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's own settings, but one epoch of small pictures."""

    def decide_quickly(project: Path, task: Task, overrides: dict[str, Any]) -> Advice:
        small = {"epochs": 1, "image_size": 64, "workers": 0, "device": "cpu"}
        return decide(project, task, {**overrides, **small})

    monkeypatch.setattr(sample_loop, "decide", decide_quickly)


@pytest.mark.slow
def test_headless_takes_every_task_through_the_whole_loop(
    tmp_path: Path, quick: None, capsys: pytest.CaptureFixture[str]
) -> None:
    project = create_sample(tmp_path, images=24)
    assert sample_loop.run(tmp_path, headless=True) == 0
    found = runs.read_all(project)
    taught = [task for task in Task if task is not Task.KEYPOINTS]
    assert [run.task for run in found] == taught
    assert all(run.state is RunState.FINISHED for run in found)
    assert all("small_cnn" in run.model for run in found)
    for run in found:
        report = json.loads((project / "runs" / run.folder / "evaluation-val.json").read_text())
        assert METRICS[run.task][0] in report["metrics"]
        assert len(list((tmp_path / sample_loop.OVERLAYS / run.task).glob("*.png"))) == 4
    printed = capsys.readouterr().out
    assert all(METRICS[task][0] in printed for task in taught)
    assert str(tmp_path / sample_loop.OVERLAYS) in printed


def test_without_headless_the_window_opens_on_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = create_sample(tmp_path, images=4)
    started: list[list[str]] = []
    monkeypatch.setattr(sample_loop.checks, "has_display", lambda: True)
    monkeypatch.setattr(
        sample_loop.subprocess, "call", lambda command: started.append(command) or 0
    )
    assert sample_loop.run(tmp_path, headless=False) == 0
    assert started[0][1:] == ["-m", "studio", str(project)]


def test_the_sample_goes_among_the_users_data(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_sample(own_home / "data" / "sample", images=4)
    monkeypatch.setattr(sample_loop.checks, "has_display", lambda: True)
    monkeypatch.setattr(sample_loop.subprocess, "call", lambda command: 7)
    assert sample_loop.run(None, headless=False) == 7


def test_what_takes_seconds_is_told_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []

    def make(folder: Path) -> Path:
        told.append(capsys.readouterr().err)
        return create_sample(folder, images=4)

    monkeypatch.setattr(sample_loop, "ensure_sample", make)
    monkeypatch.setattr(sample_loop.checks, "has_display", lambda: True)
    monkeypatch.setattr(sample_loop.subprocess, "call", lambda command: 0)
    sample_loop.run(tmp_path, headless=False)
    assert told == ["Making the sample project…\n"]


def test_the_unlabelled_pictures_are_the_last_ones(tmp_path: Path) -> None:
    project = create_sample(tmp_path, images=20)
    names = [file.name for file in sample_loop.unlabelled(project)]
    assert names == ["bench-018.jpg", "bench-019.jpg", "bench-020.jpg"]
