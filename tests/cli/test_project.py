"""``new``, ``info`` and ``runs``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.domain.edits import Title, created
from studio.domain.labels import Tag
from studio.domain.runs import Run, RunState, Task
from studio.domain.shapes import Box, Part, Points, Polygon, Polyline, RotatedBox, Shape
from studio.storage import runs
from studio.storage.folder import DATABASE
from studio.vision import masks
from tests import making
from tests.cli.conftest import Studio


def test_new_finds_the_images_and_names_the_broken_one(tmp_path: Path, studio: Studio) -> None:
    pictures = tmp_path / "零件"
    for seed in range(4):
        making.picture(pictures / "sub" / f"{seed}.png", seed=seed)
    (pictures / "broken.jpg").write_bytes(b"\xff\xd8 no image")
    single = making.picture(tmp_path / "elsewhere" / "one.png")
    made = studio("new", tmp_path / "project", pictures, single)
    assert made.code == 0
    assert "6 images, 1 of them with problems" in made.out
    facts = studio("info", tmp_path / "project", "--json").json
    assert facts["images"] == 6
    [problem] = facts["problems"]
    assert Path(problem["file"]) == pictures / "broken.jpg"
    assert "broken.jpg" in problem["sentence"]
    assert facts["states"]["tags"]["new"] == 6


def test_new_makes_nothing_where_the_images_are_missing(tmp_path: Path, studio: Studio) -> None:
    made = studio("new", tmp_path / "project", tmp_path / "nowhere")
    assert made.code == 1
    assert "nowhere" in made.err
    assert not (tmp_path / "project").exists()


def test_new_never_replaces_a_project(tmp_path: Path, studio: Studio) -> None:
    making.project(tmp_path, images=1).close()
    made = studio("new", tmp_path / "project", tmp_path / "pictures")
    assert made.code == 1
    assert (tmp_path / "project" / DATABASE).exists()


def test_info_counts_what_is_labelled(tmp_path: Path, studio: Studio) -> None:
    session = making.project(tmp_path, images=3)
    nut, _ = making.labels(session, "螺母", "washer")
    first, *_ = session.reader.image_ids()
    outline = Polygon((Part(((0.0, 0.0), (9.0, 0.0), (9.0, 9.0))),))
    shapes = (
        Box(0, 0, 5, 5),
        RotatedBox(8, 8, 4, 4, 30),
        outline,
        masks.encode(np.ones((4, 4), bool)),
        Polyline(((1, 1), (9, 9))),
        Points(((1, 1),)),
    )
    ids = session.store.reserve_ids("shape", len(shapes))
    rows = [Shape(i, first, nut.id, shape) for i, shape in zip(ids, shapes, strict=True)]
    session.apply(created(Title.IMPORT, Tag(first, 1, nut.id), *rows))
    session.close()
    facts = studio("info", tmp_path / "project", "--json").json
    kinds = {"tags": 1, "boxes": 2, "polygons": 1, "masks": 1, "lines": 1, "points": 1}
    assert facts["labels"] == [
        {"name": "螺母", **kinds},
        {"name": "washer", **dict.fromkeys(kinds, 0)},
    ]
    assert facts["splits"] == {"train": 0, "val": 0, "test": 0, "none": 3}
    text = studio("info", tmp_path / "project")
    assert text.code == 0
    assert "螺母" in text.out


def test_info_reads_beside_the_owner(tmp_path: Path, studio: Studio) -> None:
    owner = making.project(tmp_path, images=2)
    try:
        assert studio("info", tmp_path / "project", "--json").json["images"] == 2
    finally:
        owner.close()


def test_runs_lists_the_folders_of_runs(tmp_path: Path, studio: Studio) -> None:
    making.project(tmp_path, images=1).close()
    project = tmp_path / "project"
    assert studio("runs", project, "--json").json == []
    number, path = runs.allocate(project, Task.DETECT)
    run = Run(number, path.name, Task.DETECT, "small", RunState.FINISHED, 3, "", {"map50": 0.75})
    runs.write(path, run)
    assert studio("runs", project, "--json").json == [
        {
            "run": 1,
            "task": "detect",
            "model": "small",
            "state": "finished",
            "epochs": 3,
            "metrics": {"map50": 0.75},
            "note": "",
            "path": str(path),
        }
    ]
    assert "map50 0.750" in studio("runs", project).out
    runs.write_note(path, "more light\nand it helped")
    assert studio("runs", project, "--json").json[0]["note"] == "more light\nand it helped"
    assert "more light" in studio("runs", project).out


def test_a_run_whose_worker_is_gone_was_interrupted(tmp_path: Path, studio: Studio) -> None:
    making.project(tmp_path, images=1).close()
    number, path = runs.allocate(tmp_path / "project", Task.CLASSIFY)
    runs.write(path, Run(number, path.name, Task.CLASSIFY, "m", RunState.RUNNING))
    assert studio("runs", tmp_path / "project", "--json").json[0]["state"] == "interrupted"


@pytest.mark.parametrize("command", ["info", "runs"])
def test_a_folder_without_a_project_is_refused(
    tmp_path: Path, studio: Studio, command: str
) -> None:
    answer = studio(command, tmp_path, "--json")
    assert answer.code == 1
    assert "not a Vision Studio project" in answer.err
    assert answer.out == ""
