"""Requests travel as JSON and come back equal."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.jobs import protocol
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
from studio.learning.config import TrainConfig

PROJECT = Path("/tmp/零件").absolute()


@pytest.mark.parametrize(
    "request_",
    [
        TrainRequest(PROJECT, TrainConfig(Task.DETECT, "ssdlite320_mobilenet_v3_large", lr=0.01)),
        ResumeRequest(PROJECT, 3),
        EvaluateRequest(PROJECT, 3, "test"),
        PredictRequest(PROJECT, 3, (PROJECT / "a.png", PROJECT / "é.png"), 0.5),
        ProbeRequest(),
        FindRateRequest(PROJECT, TrainConfig(Task.CLASSIFY, "small_cnn")),
        PreviewRequest(PROJECT, TrainConfig(Task.CLASSIFY, "small_cnn"), PROJECT / "seen", 9, 2),
        CallRequest("package.module:function", {"n": 1}),
    ],
    ids=lambda request: type(request).__name__,
)
def test_a_request_comes_back_equal(request_: Request, tmp_path: Path) -> None:
    protocol.save(request_, tmp_path / "request.json")
    assert protocol.load(tmp_path / "request.json") == request_


def test_ten_thousand_paths_and_names_that_are_not_text(tmp_path: Path) -> None:
    paths = tuple(PROJECT / f"{number:05d}\udcff.png" for number in range(10_000))
    protocol.save(PredictRequest(PROJECT, 1, paths, 0.1), tmp_path / "request.json")
    loaded = protocol.load(tmp_path / "request.json")
    assert isinstance(loaded, PredictRequest)
    assert loaded.paths == paths


def test_relative_paths_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    values = protocol.to_json(ResumeRequest(Path("project"), 1))
    assert values["project"] == str(tmp_path / "project")


@pytest.mark.parametrize("values", [{}, {"request": "Format"}, {"request": "ResumeRequest"}])
def test_what_is_no_request_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="not a"):
        protocol.from_json(values)


def test_a_setting_that_cannot_work_is_named() -> None:
    config = TrainConfig(Task.CLASSIFY, "resnet18").to_json() | {"epochs": 0}
    values = {"request": "TrainRequest", "project": str(PROJECT), "config": config}
    with pytest.raises(ConfigError, match="epochs"):
        protocol.from_json(values)
