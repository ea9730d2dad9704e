"""One thread, so that runs are exactly repeatable on any machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A project of 12 scenes, tagged and masked; of darts where a test's task is keypoints."""
    from studio.domain.runs import Task
    from tests.learning import arrows, scenes

    values = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    drawn = arrows if values.get("task") is Task.KEYPOINTS else scenes
    return drawn.project(tmp_path)
