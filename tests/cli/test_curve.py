"""``studio learning-curve``: what can be told, and the trainings that make it so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import making
from tests.cli.conftest import Studio

TINY = (
    "--set", "model=small_cnn", "--set", "weights=scratch", "--set", "image_size=32",
    "--set", "batch_size=4", "--set", "device=cpu", "--set", "workers=0", "--set", "epochs=1",
    "--set", "val_fraction=0.5",
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, studio: Studio) -> Path:
    """Two classes of twelve pictures each."""
    for number, name in enumerate(("nut", "washer")):
        for seed in range(12):
            path = tmp_path / "data" / name / f"{seed}.png"
            making.picture(path, 40, 32, seed=100 * number + seed)
    folder = tmp_path / "project"
    assert studio("new", folder, tmp_path / "data").code == 0
    assert studio("import", folder, tmp_path / "data", "--format", "imagefolder").code == 0
    return folder


def test_the_curve_is_measured_once_by_runs_like_any_other(project: Path, studio: Studio) -> None:
    command = ("learning-curve", project, "--task", "classify")
    told = studio(*command)
    assert told.code == 0
    assert told.out.startswith("Cannot be told yet: No finished run has been judged yet.")
    assert studio(*command, *TINY).code == 2  # settings are for --measure

    found = studio(*command, "--measure", *TINY, "--json")
    assert found.code == 0, found.err
    assert "4 training(s) to make" in found.err
    curve = found.json
    assert [(point["run"], point["images"]) for point in curve["points"]] == [
        (1, 3), (2, 5), (3, 8), (4, 12)
    ]  # fmt: skip
    assert (curve["task"], curve["metric"]) == ("classify", "accuracy")
    assert (curve["law"] is None) == (curve["gain"] is None) == bool(curve["why"])
    notes = [run["note"] for run in studio("runs", project, "--json").json]
    assert notes == [
        f"learning curve: {percent}% of the training images" for percent in (25, 40, 65, 100)
    ]

    again = studio(*command, "--measure", *TINY)
    assert again.code == 0 and "0 training(s) to make" in again.err
    assert len(studio("runs", project, "--json").json) == 4
    assert again.out.splitlines()[0].split() == ["Run", "Images", "Objects", "accuracy"]
