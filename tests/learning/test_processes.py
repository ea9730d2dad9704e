"""Two processes that learn one model (gloo, on the CPU), beside one that does it alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file

from studio.domain.project import Split
from studio.domain.runs import RunState
from studio.learning import events, snapshot
from studio.learning.events import StepDone
from studio.storage import runs
from tests.learning import rank, scenes

pytestmark = pytest.mark.slow

WHATS = (
    "plain", "fit", "pause", "memory", "away", "nothing fits", "norms", "norms of one",
    "norms and memory", "norms and nothing fits",
)  # fmt: skip

Noticed = dict[str, tuple[dict[str, Any], dict[str, Any]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project of 13 scenes for each of ``WHATS``, and for one process alone."""
    folder = tmp_path_factory.mktemp("together")
    for what in (*WHATS, "alone", "norms alone"):
        (folder / what).mkdir()
        scenes.project(folder / what, 13)
    return folder


@pytest.fixture(scope="module")
def noticed(folder: Path) -> Noticed:
    """What the first and the second process saw of each of ``WHATS``."""
    done = subprocess.run(
        [
            sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2",
            "-m", "tests.learning.rank", folder, *WHATS,
        ],
        env={**os.environ, "OMP_NUM_THREADS": "1", "USE_LIBUV": "0"},
        capture_output=True,
        text=True,
        timeout=400,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-6000:]
    return {
        what: tuple(json.loads((folder / what / f"{n}.json").read_text()) for n in (0, 1))
        for what in WHATS
    }  # type: ignore[return-value]


@pytest.fixture(scope="module")
def alone(folder: Path) -> dict[str, Any]:
    """What one process noticed with the same batches."""
    return rank.watch("plain", folder / "alone" / "project")


def weights(folder: Path, what: str) -> dict[str, Any]:
    [run] = (folder / what / "project" / "runs").iterdir()
    return load_file(run / runs.BEST)


def test_two_learn_what_one_learns(folder, noticed, alone):
    for each in noticed["plain"]:
        assert each["losses"] == pytest.approx(alone["losses"], rel=1e-4)
        assert each["epochs"] == [pytest.approx(epoch, rel=1e-4) for epoch in alone["epochs"]]
    expected, found = weights(folder, "alone"), weights(folder, "plain")
    for name, value in expected.items():
        assert found[name].sub(value).abs().max() < 1e-4, name


def test_batch_norm_that_learns_sees_the_whole_batch(folder, noticed):
    alone = rank.watch("norms alone", folder / "norms alone" / "project")
    for each in (*noticed["norms"], *noticed["norms of one"]):
        assert each["losses"] == pytest.approx(alone["losses"], rel=1e-4)
    expected, found = weights(folder, "norms alone"), weights(folder, "norms")
    assert expected.keys() == found.keys(), "so that it can go on in one process"
    for name, value in expected.items():
        assert found[name].sub(value).abs().max() < 1e-4, name


def test_nor_does_it_wait_for_one_that_is_short_of_memory(noticed):
    for each in noticed["norms and memory"]:
        assert each["ended"] == ["finished"]
    assert "instead of 2" in " ".join(noticed["norms and memory"][1]["notices"])
    first, second = noticed["norms and memory"]
    assert first["losses"] == second["losses"]
    for each in noticed["norms and nothing fits"]:
        assert "too much for the memory" in each["failure"] and not each["losses"]


def test_each_validation_image_is_judged_by_one_of_them(folder, noticed):
    [run] = (folder / "plain" / "project" / "runs").iterdir()
    images = [image.id for image in snapshot.read(run).of(Split.VAL)]
    first, second = (each["judged"] for each in noticed["plain"])
    assert len(images) % 2 and sorted(first + second) == sorted(images * rank.CONFIG.epochs)
    report = json.loads((run / "evaluation-val.json").read_text())
    assert sorted(image["id"] for image in report["images"]) == sorted(images)


def test_only_the_first_writes(folder, noticed):
    [run] = (folder / "plain" / "project" / "runs").iterdir()
    lines = (run / runs.EVENTS).read_text().splitlines()
    steps = [event for event in map(events.loads, lines) if isinstance(event, StepDone)]
    assert [step.loss for step in steps] == noticed["plain"][0]["losses"]
    kept = runs.read(run)
    assert kept is not None and kept.state is RunState.FINISHED


def test_a_word_said_to_one_is_heard_by_both_and_both_go_on(noticed):
    for each in noticed["pause"]:
        assert each["ended"] == ["paused", "finished"]
        assert each["losses"] == pytest.approx(noticed["plain"][0]["losses"], rel=1e-6)


def test_one_that_is_short_of_memory_learns_the_same_a_little_at_a_time(noticed):
    assert "instead of 2" in " ".join(noticed["memory"][1]["notices"])
    for each in noticed["memory"]:
        assert each["losses"] == pytest.approx(noticed["plain"][0]["losses"], rel=1e-4)


def test_both_go_back_where_the_loss_of_one_is_no_number(noticed):
    for each in noticed["away"]:
        assert each["ended"] == ["finished"]
        assert sum("half the learning rate" in notice for notice in each["notices"]) == 1
    assert noticed["away"][0]["losses"] == noticed["away"][1]["losses"]


def test_where_nothing_fits_both_end_with_the_sentence(noticed):
    for each in noticed["nothing fits"]:
        assert "too much for the memory" in each["failure"] and not each["losses"]


def test_both_begin_with_the_weights_of_the_first(noticed):
    first, second = (each["notices"][-1] for each in noticed["fit"])
    assert first == second
    assert [each["ended"] for each in noticed["fit"]] == [["finished"]] * 2
