"""``import`` and ``export``."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from studio.formats.base import FORMATS
from tests import making
from tests.cli.conftest import Studio


def class_folders(folder: Path, images: int = 3) -> Path:
    for name in ("螺母", "washer"):
        for seed in range(images):
            making.picture(folder / name / f"{seed}.png", seed=seed)
    return folder


def test_class_folders_come_in_and_go_out(tmp_path: Path, studio: Studio) -> None:
    source = class_folders(tmp_path / "data")
    project = tmp_path / "project"
    making.project(tmp_path, images=0).close()
    done = studio("import", project, source, "--format", "imagefolder", "--split", "val")
    assert done.code == 0, done.err
    facts = studio("info", project, "--json").json
    assert {label["name"]: label["tags"] for label in facts["labels"]} == {"螺母": 3, "washer": 3}
    assert facts["splits"]["val"] == 6
    assert facts["states"]["tags"]["done"] == 6

    done = studio("export", project, tmp_path / "tags.csv", "--format", "csv")
    assert done.code == 0, done.err
    text = (tmp_path / "tags.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.reader(text.splitlines()))) == 7


def test_the_format_is_recognised_where_it_is_not_said(tmp_path: Path, studio: Studio) -> None:
    source = class_folders(tmp_path / "data")
    making.project(tmp_path, images=0).close()
    done = studio("import", tmp_path / "project", source)
    assert done.code == 0, done.err
    assert "recognised as imagefolder" in done.err
    assert studio("info", tmp_path / "project", "--json").json["images"] == 6
    done = studio("import", tmp_path / "project", tmp_path / "data" / "washer")
    assert done.code == 1
    assert "was not recognised; say --format" in done.err


def test_help_names_every_format(studio: Studio) -> None:
    for command, ways in (("import", "read"), ("export", "write"), ("convert", "write")):
        text = re.sub(r"[\s│]+", "", studio(command, "--help").out)  # however it was broken
        missing = {n for n, each in FORMATS.items() if getattr(each, ways) and n not in text}
        assert not missing, command


def test_a_data_set_is_converted_without_a_project(tmp_path: Path, studio: Studio) -> None:
    source = class_folders(tmp_path / "data")
    done = studio("convert", source, tmp_path / "tags.csv", "--to", "csv")
    assert done.code == 0, done.err
    text = (tmp_path / "tags.csv").read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 7
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "tags.csv"]
    done = studio("convert", source, tmp_path / "x", "--to", "jpeg")
    assert done.code == 1
    assert "choose one of" in done.err


def test_an_unknown_format_names_the_known_ones(tmp_path: Path, studio: Studio) -> None:
    making.project(tmp_path, images=0).close()
    done = studio("import", tmp_path / "project", tmp_path, "--format", "jpeg")
    assert done.code == 1
    assert "imagefolder" in done.err
    done = studio("export", tmp_path / "project", tmp_path / "x", "--format", "jpeg")
    assert done.code == 1
    assert "coco" in done.err


def test_a_source_that_is_missing_is_named(tmp_path: Path, studio: Studio) -> None:
    making.project(tmp_path, images=0).close()
    done = studio("import", tmp_path / "project", tmp_path / "nowhere", "--format", "coco")
    assert done.code == 1
    assert "nowhere" in done.err


def test_a_folder_of_images_that_is_missing_is_named(tmp_path: Path, studio: Studio) -> None:
    making.project(tmp_path, images=0).close()
    source = class_folders(tmp_path / "data", images=1)
    more = ("--format", "coco", "--images", tmp_path / "nowhere")
    done = studio("import", tmp_path / "project", source, *more)
    assert done.code == 1
    assert "nowhere is not a folder of images" in done.err


def test_import_is_refused_beside_an_open_window(tmp_path: Path, studio: Studio) -> None:
    owner = making.project(tmp_path, images=0)
    source = class_folders(tmp_path / "data", images=1)
    try:
        done = studio("import", tmp_path / "project", source, "--format", "imagefolder")
        assert done.code == 1
        assert "already open" in done.err
    finally:
        owner.close()
    assert studio("info", tmp_path / "project", "--json").json["images"] == 0
