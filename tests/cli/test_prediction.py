"""What ``predict`` takes and prints, apart from the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from studio.cli import output
from studio.cli.prediction import (
    Appearance,
    Overlays,
    PredictionPrinter,
    entries,
    files_of,
    summary,
)
from studio.errors import ConfigError
from studio.formats.predictions import write_csv
from studio.vision import images
from studio.vision.depth import GreyMapping
from tests import making

LOOK = Appearance({"nut": "#FF0000"})

TAGGED: dict[str, Any] = {
    "file": "/p/nut.jpg",
    "width": 8,
    "height": 6,
    "scores": {"washer": 0.1, "螺母": 0.9},
}
FOUND: dict[str, Any] = {
    "file": "/p/bench.jpg",
    "width": 64,
    "height": 48,
    "objects": [
        {"label": "nut", "label_id": "a", "score": 0.9, "bbox": [4.0, 4.0, 20.0, 20.0]},
        {"label": "nut", "label_id": "a", "score": 0.8, "bbox": [30.0, 4.0, 9.0, 9.0]},
    ],
}


def test_a_classifier_gives_one_entry_an_image() -> None:
    assert list(entries(TAGGED)) == [
        {
            "file": "/p/nut.jpg",
            "label": "螺母",
            "score": 0.9,
            "scores": {"washer": 0.1, "螺母": 0.9},
        }
    ]
    assert summary(TAGGED) == "/p/nut.jpg: 螺母 0.90, washer 0.10"


def test_a_detector_gives_one_entry_an_object() -> None:
    first, second = entries(FOUND)
    assert first == {
        "file": "/p/bench.jpg",
        "label": "nut",
        "score": 0.9,
        "bbox": [4.0, 4.0, 20.0, 20.0],
    }
    assert second["score"] == 0.8
    assert summary(FOUND) == "/p/bench.jpg: 2 nut"
    assert list(entries({**FOUND, "objects": []})) == []
    assert summary({**FOUND, "objects": []}) == "/p/bench.jpg: nothing"


def test_what_is_told_one_by_one_is_the_list_and_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for predictions in ([], [TAGGED], [FOUND, {**FOUND, "objects": []}, FOUND]):
        output.print_json([entry for each in predictions for entry in entries(each)])
        expected = capsys.readouterr().out
        with PredictionPrinter(tmp_path / "told.csv", as_json=True) as told:
            for each in predictions:
                told.tell(each)
        assert capsys.readouterr().out == expected
        write_csv(tmp_path / "expected.csv", predictions)
        assert (tmp_path / "told.csv").read_bytes() == (tmp_path / "expected.csv").read_bytes()


def test_a_mistake_costs_no_older_table_and_what_was_told_stays_a_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "told.csv"
    table.write_text("of yesterday")
    with pytest.raises(ConfigError), PredictionPrinter(table, as_json=True):
        raise ConfigError("There is no such run.")
    assert (table.read_text(), capsys.readouterr().out) == ("of yesterday", "")
    with pytest.raises(ConfigError), PredictionPrinter(table, as_json=True) as told:
        told.tell(TAGGED)
        raise ConfigError("The disk is gone.")
    assert [each["label"] for each in json.loads(capsys.readouterr().out)] == ["螺母"]


def test_folders_are_searched_and_files_are_taken(tmp_path: Path) -> None:
    inner = making.picture(tmp_path / "a" / "b" / "x.png")
    single = making.picture(tmp_path / "y.png")
    making.picture(tmp_path / "a" / ".hidden" / "z.png")
    (tmp_path / "a" / "notes.txt").write_text("no image")
    assert files_of([tmp_path / "a", single]) == {inner: Path("b/x.png"), single: Path("y.png")}


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.png"):
        files_of([tmp_path / "nowhere.png"])
    with pytest.raises(ConfigError, match="no images"):
        files_of([tmp_path])


def test_overlays_keep_their_folders_and_never_their_namesakes(tmp_path: Path) -> None:
    pictures = [making.picture(tmp_path / "in" / name) for name in ("a/x.png", "x.png")]
    twin = making.picture(tmp_path / "other" / "x.png")
    painter = Overlays(tmp_path / "out", LOOK, files_of([tmp_path / "in", twin]))
    for path in (*pictures, twin):
        painter.paint({**FOUND, "file": str(path)})
    written = sorted(path.relative_to(tmp_path / "out") for path in tmp_path.glob("out/**/*.png"))
    assert written == [Path("a/x.png"), Path("x-2.png"), Path("x.png")]
    drawn, original = images.read(tmp_path / "out" / "x.png"), images.read(pictures[1])
    assert drawn.shape == original.shape
    assert np.any(drawn != original)


def test_overlays_replace_overlays_but_never_a_picture(tmp_path: Path) -> None:
    mine = making.picture(tmp_path / "x.png")
    before = mine.read_bytes()
    for _ in range(2):
        Overlays(tmp_path, LOOK, files_of([mine])).paint({**FOUND, "file": str(mine)})
    assert mine.read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["x-2.png", "x.png"]


def test_deep_pictures_are_drawn_as_the_model_saw_them(tmp_path: Path) -> None:
    deep = tmp_path / "deep.png"
    cv2.imwrite(str(deep), np.linspace(200, 1200, 64 * 48).reshape(48, 64).astype(np.uint16))
    look = Appearance({}, GreyMapping(200, 1200))
    Overlays(tmp_path / "out", look, files_of([deep])).paint({"file": str(deep), "objects": []})
    drawn = images.read(tmp_path / "out" / "deep.png")
    assert drawn.min() < 5
    assert drawn.max() > 250
