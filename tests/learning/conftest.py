"""One thread, so that runs are exactly repeatable on any machine; and no work done twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest


@pytest.fixture(autouse=True)
def nothing_to_collect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a test has the memory run out it is not full, and looking through all that torch
    holds would take longer than the test."""
    monkeypatch.setattr("studio.learning.memory.gc", SimpleNamespace(collect=lambda: 0))


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def drawn_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the projects of ``project`` are kept to be copied."""
    return tmp_path_factory.mktemp("drawn")


@pytest.fixture
def project(request: pytest.FixtureRequest, tmp_path: Path, drawn_once: Path) -> Path:
    """A project of 12 scenes, tagged and masked; of darts where a test's task is keypoints."""
    from studio.domain.runs import Task
    from tests.learning import arrows, scenes

    values = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    drawn = arrows if values.get("task") is Task.KEYPOINTS else scenes
    original = drawn_once / drawn.__name__
    if not original.exists():
        unfinished = tmp_path / "drawn"
        drawn.project(unfinished)
        unfinished.rename(original)
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    return tmp_path / "project"
