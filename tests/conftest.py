"""Every test has a home of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# The suite tries the same examples everywhere, at whatever speed. New ones are looked for with
# pytest --hypothesis-profile=explore.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", max_examples=3000, deadline=None)
hypothesis.settings.load_profile("suite")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# About as many workers as cores run the tests; each takes one.
os.environ.setdefault("OMP_NUM_THREADS", "1")


def pytest_xdist_auto_num_workers() -> int | None:
    """One worker more than cores: the tests also wait, for the disk and for processes."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None  # xdist reads it
    can_tell = hasattr(os, "sched_getaffinity")
    return 1 + (len(os.sched_getaffinity(0)) if can_tell else os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """User folders (settings, cache, data) below the test's own temporary folder."""
    home = tmp_path / "studio-home"
    monkeypatch.setenv("STUDIO_HOME", str(home))
    monkeypatch.delenv("STUDIO_WEIGHTS", raising=False)
    monkeypatch.setenv("TORCH_HOME", str(home / "torch"))
    yield home


@pytest.fixture
def data_sets() -> Path:
    """The folder of real data sets, or a skip that says why."""
    folder = Path(os.environ.get("STUDIO_TEST_DATA", "../shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"no real data sets at {folder} (set STUDIO_TEST_DATA)")
    return folder.resolve()


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test cuts the power, so nothing has to have reached the disk itself."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
