"""One thread, so that runs are exactly repeatable on any machine; and no work done twice."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def little_to_collect() -> Iterator[None]:
    """Sets aside what torch and its like hold in memory, which garbage collection, each time that
    a test has the memory run out, would otherwise go through."""
    import torch._dynamo  # noqa: F401, an optimizer's first step would

    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


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
        drawn.project(original)
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    return tmp_path / "project"
