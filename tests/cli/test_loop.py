"""The whole loop from the command line: new, import, train, evaluate, predict."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests import making
from tests.cli.conftest import Studio

TINY = (
    "--task", "classify", "--model", "small_cnn", "--from-scratch", "--image-size", "32",
    "--batch-size", "4", "--device", "cpu", "--set", "workers=0",
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, studio: Studio) -> Path:
    """Two classes of pictures, ten each, imported from class folders; one is unlabelled."""
    for number, name in enumerate(("螺母", "washer")):
        for seed in range(10):
            path = tmp_path / "data" / name / f"{seed}.png"
            making.picture(path, 40, 32, seed=100 * number + seed)
    making.picture(tmp_path / "new" / "unlabelled.png")
    folder = tmp_path / "project"
    assert studio("new", folder, tmp_path / "new").code == 0
    done = studio("import", folder, tmp_path / "data", "--format", "imagefolder")
    assert done.code == 0, done.err
    return folder


def test_a_learning_rate_is_found_and_can_be_used(project: Path, studio: Studio) -> None:
    settings = ("model=small_cnn", "image_size=32", "batch_size=4", "device=cpu", "workers=0")
    options = [part for each in settings for part in ("--set", each)]
    done = studio("find-rate", project, "--task", "classify", *options, "--json")
    assert done.code == 0, done.err
    *tried, found, ended = [each for each in done.events if each["event"] not in ("Progress",)]
    assert {each["event"] for each in tried} <= {"RateTried", "Notice"}
    assert (found["event"], ended["event"]) == ("RateFound", "Ended")
    assert f"--lr {found['lr']:.1e}" in done.err
    assert studio("runs", project, "--json").json == []


def test_the_whole_loop(project: Path, studio: Studio, tmp_path: Path) -> None:
    trained = studio("train", project, *TINY, "--epochs", 1, "--json")
    assert trained.code == 0, trained.err
    events = trained.events
    assert {"Notice", "RunStarted", "StepDone", "EpochEnded"} <= {each["event"] for each in events}
    assert events[-1]["event"] == "Ended"
    assert events[-1]["state"] == "finished"

    [run] = studio("runs", project, "--json").json
    assert (run["run"], run["task"], run["model"]) == (1, "classify", "small_cnn")
    assert (run["state"], run["epochs"]) == ("finished", 1)
    assert 0 <= run["metrics"]["accuracy"] <= 1

    judged = studio("evaluate", project, 1, "--json").json
    assert judged["split"] == "val"
    assert judged["metrics"]["accuracy"] == pytest.approx(run["metrics"]["accuracy"])
    assert {each["label"] for each in judged["per_class"]} == {"螺母", "washer"}

    overlays, table = tmp_path / "overlays", tmp_path / "found.csv"
    options = ("--overlay", overlays, "--csv", table, "--json")
    [found] = studio("predict", project, 1, tmp_path / "new", *options).json
    assert Path(found["file"]) == tmp_path / "new" / "unlabelled.png"
    assert sum(found["scores"].values()) == pytest.approx(1, abs=1e-4)
    assert found["score"] == found["scores"][found["label"]]
    assert (overlays / "unlabelled.png").is_file()
    assert table.is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupt_pauses_and_resume_goes_on(project: Path, studio: Studio) -> None:
    command = [sys.executable, "-m", "studio", "train", str(project), *TINY, "--epochs", "3"]
    process = subprocess.Popen(
        [*command, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == "StepDone":
            process.send_signal(signal.SIGINT)
            break
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert json.loads(out.splitlines()[-1])["state"] == "paused"
    assert "--resume 1" in err
    assert "Traceback" not in err
    assert studio("runs", project, "--json").json[0]["state"] == "paused"

    resumed = studio("train", project, "--resume", 1)
    assert resumed.code == 0, resumed.err
    [run] = studio("runs", project, "--json").json
    assert (run["state"], run["epochs"]) == ("finished", 3)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_prediction_that_was_killed_goes_on(
    project: Path, studio: Studio, tmp_path: Path
) -> None:
    trained = studio("train", project, *TINY, "--epochs", 1)
    assert trained.code == 0, trained.err
    pictures = tmp_path / "many"
    pictures.mkdir()
    for number in range(400):  # with names so long that a reader who waits makes the command wait
        original = tmp_path / "data" / ("washer", "螺母")[number % 2] / f"{number % 10}.png"
        os.link(original, pictures / f"{number:0200d}.png")
    expected = studio("predict", project, 1, pictures, "--json")
    assert "Going on" not in expected.err

    command = [sys.executable, "-m", "studio", "predict", str(project), "1", str(pictures)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate(timeout=60)

    table = tmp_path / "found.csv"
    again = studio("predict", project, 1, pictures, "--json", "--csv", table)
    assert "Going on with an interrupted prediction" in again.err
    assert again.out == expected.out
    with table.open(encoding="utf-8-sig", newline="") as file:
        files = [row["file"] for row in csv.DictReader(file)]
    assert len(set(files)) == 400 and len(files) == 400 * 2


def read_by_two(project: Path) -> subprocess.Popen[str]:
    """A training whose images two more processes read, once it has taken a step."""
    command = [sys.executable, "-m", "studio", "train", str(project), *TINY, "--epochs", "100"]
    process = subprocess.Popen(
        [*command, "--set", "workers=2", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        start_new_session=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == "StepDone":
            break
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_reaches_the_readers_too_and_still_pauses(project: Path) -> None:
    """A terminal interrupts its whole process group."""
    process = read_by_two(project)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    assert json.loads(out.splitlines()[-1])["state"] == "paused"
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_readers_of_a_run_that_is_killed_end_with_it(project: Path) -> None:
    process = read_by_two(project)
    process.kill()
    try:
        process.communicate(timeout=60)  # they hold the pipes for as long as they live
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def test_missing_weights_name_the_ways_on(project: Path, studio: Studio, tmp_path: Path) -> None:
    done = studio("train", project, "--task", "classify", "--model", "resnet18", "--device", "cpu")
    assert done.code == 3
    assert "--from-scratch" in done.err
    assert "STUDIO_WEIGHTS" in done.err
    assert studio("runs", project, "--json").json == []


def test_too_little_is_said_before_anything_starts(project: Path, studio: Studio) -> None:
    done = studio("train", project, "--task", "detect", "--json")
    assert done.code == 1
    assert "Boxes on 4 more images" in done.err
    assert done.events[-1]["code"] == "NotEnoughLabels"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--set", "epochs"), "KEY=VALUE"),
        (("--set", "colour=red"), "colour"),
        (("--epochs", "0"), "epochs"),
        (("--model", "lenet"), "lenet"),
        (("--set", "augmentation=wild"), "augmentation"),
    ],
)
def test_a_setting_that_cannot_work_is_named(
    project: Path, studio: Studio, options: tuple[str, ...], named: str
) -> None:
    done = studio("train", project, "--task", "classify", "--device", "cpu", *options)
    assert done.code in (1, 2)
    assert named in done.err


def test_resume_takes_no_other_settings(project: Path, studio: Studio) -> None:
    done = studio("train", project, "--resume", 1, "--epochs", 3)
    assert done.code == 2
    done = studio("train", project, "--resume", 7)
    assert done.code == 1
    assert "no run 7" in done.err


def test_train_needs_a_task(project: Path, studio: Studio) -> None:
    done = studio("train", project)
    assert done.code == 2
    assert "--task" in done.err
