"""Predictions as files: what other programs read."""

from __future__ import annotations

import csv
import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.errors import FormatError
from studio.formats import predictions

TAGGED = {"file": "/a/垫圈.png", "width": 8, "height": 6, "scores": {"nut": 0.25, "垫圈": 0.75}}
FOUND = {
    "file": "/a/b.png",
    "width": 8,
    "height": 6,
    "objects": [{"label": "nut", "label_id": "n", "score": 0.5, "bbox": [1, 2, 3, 4]}],
}


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_tags_are_written_best_first(tmp_path: Path) -> None:
    predictions.write_csv(tmp_path / "a.csv", [TAGGED])
    assert rows(tmp_path / "a.csv") == [
        ["file", "label", "score"],
        ["/a/垫圈.png", "垫圈", "0.7500"],
        ["/a/垫圈.png", "nut", "0.2500"],
    ]


def test_objects_have_their_box(tmp_path: Path) -> None:
    predictions.write_csv(tmp_path / "a.csv", [FOUND])
    assert rows(tmp_path / "a.csv")[1] == [
        "/a/b.png",
        "nut",
        "0.5000",
        "1.00",
        "2.00",
        "3.00",
        "4.00",
    ]


def test_coco_ids_start_at_one_and_unknown_classes_are_added(tmp_path: Path) -> None:
    predictions.write_coco(tmp_path / "a.json", [FOUND, TAGGED], ["washer"])
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert "\n" not in text, "of many images a line for each number fills the memory"
    document = json.loads(text)
    names = {each["id"]: each["name"] for each in document["categories"]}
    assert names == {1: "washer", 2: "nut", 3: "垫圈"}
    assert [a["id"] for a in document["annotations"]] == [1, 2, 3]
    assert document["annotations"][0]["bbox"] == [1, 2, 3, 4]
    assert document["annotations"][0]["area"] == 12
    assert "bbox" not in document["annotations"][1]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    for write in (
        lambda path: predictions.write_csv(path, [FOUND]),
        lambda path: predictions.write_coco(path, [FOUND], []),
    ):
        with pytest.raises(FormatError, match="nowhere"):
            write(tmp_path / "nowhere" / "a")


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "found.csv"
    path.write_text("mine")

    def cut_short() -> Iterator[predictions.Prediction]:
        yield FOUND
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(FormatError, match=r"found\.csv: No space left"):
        predictions.write_csv(path, cut_short())
    assert [each.read_text() for each in tmp_path.iterdir()] == ["mine"]


POINTED = {
    **FOUND,
    "objects": [
        {
            **FOUND["objects"][0],
            "keypoints": [
                {"name": "head", "x": 1.5, "y": 2.5, "score": 0.9},
                {"name": "tail", "x": 3.0, "y": 5.0, "score": 0.1},
            ],
        }
    ],
}


def test_points_have_a_line_each(tmp_path: Path) -> None:
    predictions.write_csv(tmp_path / "a.csv", [{**FOUND, "objects": []}, POINTED])
    head, first, second = rows(tmp_path / "a.csv")
    assert head[-5:] == ["object", "point", "point_x", "point_y", "point_score"]
    assert first[-5:] == ["1", "head", "1.50", "2.50", "0.9000"] and second[-4] == "tail"
    assert first[:-5] == second[:-5]


def test_coco_has_the_points_that_are_sure(tmp_path: Path) -> None:
    predictions.write_coco(tmp_path / "a.json", [POINTED], ["nut"])
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert document["categories"] == [{"id": 1, "name": "nut", "keypoints": ["head", "tail"]}]
    [annotation] = document["annotations"]
    assert annotation["keypoints"] == [1.5, 2.5, 2, 0, 0, 0] and annotation["num_keypoints"] == 1
