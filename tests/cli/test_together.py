"""``studio train --devices N``: several processes, one of which is heard."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from studio.domain.runs import Task
from studio.learning import trainer
from studio.learning.devices import usable_cpus
from studio.learning.events import Ended
from studio.storage import runs
from tests.cli.conftest import Studio
from tests.learning import scenes

TINY = (
    "--task", "classify", "--model", "small_cnn", "--from-scratch", "--image-size", "32",
    "--batch-size", "4", "--device", "cpu", "--set", "workers=0",
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Twelve tagged scenes."""
    return scenes.project(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.skipif(usable_cpus() < 2, reason="one core")
@pytest.mark.slow
def test_two_processes_are_paused_together_and_the_run_goes_on(project: Path, studio: Studio):
    options = [*TINY, "--epochs", "40", "--set", "patience=0", "--devices", "2", "--json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "studio", "train", str(project), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert process.stdout is not None
    steps = []
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] == "StepDone":
            steps.append(event["step"])
        if len(steps) == 3:
            process.send_signal(signal.SIGINT)
            break
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    assert json.loads(out.splitlines()[-1])["state"] == "paused"
    assert steps == [1, 2, 3], "one process alone tells"
    assert "--resume 1" in err and "Traceback" not in err
    [run] = studio("runs", project, "--json").json
    assert run["state"] == "paused"
    *_, ended = trainer.resume(project, 1, lambda: "stop")
    assert isinstance(ended, Ended)
    assert ended.state == "stopped", "alone, for the checkpoint is that of all"


def test_more_devices_than_there_are_is_a_sentence(project: Path, studio: Studio):
    done = studio("train", project, *TINY, "--devices", usable_cpus() + 1)
    assert done.code == 1
    assert f"this machine offers {usable_cpus()} processor core(s)" in done.err
    assert studio("runs", project, "--json").json == []


@pytest.mark.parametrize("command", ["predict", "evaluate"])
def test_what_one_process_does_alone_is_refused_by_each_and_writes_nothing(
    project: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch, command: str
):
    list(trainer.train(project, scenes.config(Task.CLASSIFY, epochs=1), scenes.never))
    written = sorted(project.parent.rglob("*"))
    table = project.parent / "table.csv"
    images = [project.parent / "pictures", "--csv", table] if command == "predict" else []
    for rank in ("0", "1"):
        monkeypatch.setenv("WORLD_SIZE", "2")
        monkeypatch.setenv("RANK", rank)
        done = studio(command, project, 1, *images)
        assert done.code == 1 and not done.out
        assert ("use a single one" in done.err) == (rank == "0")
        assert sorted(project.parent.rglob("*")) == written


def test_a_full_disk_is_a_sentence(project: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch):
    list(trainer.train(project, scenes.config(Task.CLASSIFY, epochs=1), scenes.never))

    def write_json(path: Path, value: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(runs, "write_json", write_json)
    for command in (("evaluate", project, 1), ("train", project, *TINY)):
        done = studio(*command)
        assert done.code == 1 and "The disk is full. Make room" in done.err
