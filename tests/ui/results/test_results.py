"""How good a run is, and where it is wrong: read off the page and followed to the images."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from studio.domain.runs import Task
from studio.domain.shapes import Polyline
from studio.ui.results.keypoint_errors import error_lines
from studio.ui.results.workspace import ResultsWorkspace
from tests.ui import playing
from tests.ui.results.conftest import Evaluate
from tests.ui.workbench import Workbench


def captions(workspace: ResultsWorkspace) -> list[str]:
    pictures = workspace.overview.gallery.grid.pictures
    return [pictures.picture(row).caption for row in range(pictures.rowCount())]


def cells(workspace: ResultsWorkspace) -> list[list[str]]:
    table = workspace.overview.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


@pytest.fixture
def workspace(
    bench: Workbench, evaluated: Evaluate, classified: dict[str, Any], qtbot: QtBot
) -> ResultsWorkspace:
    evaluated(classified)
    return bench.show(ResultsWorkspace, qtbot)


def test_without_a_model_the_page_leads_to_training(bench: Workbench, qtbot: QtBot) -> None:
    workspace = bench.show(ResultsWorkspace, qtbot)
    assert workspace.empty.isVisible()
    with qtbot.waitSignal(workspace.training_requested):
        workspace.empty.clicked.emit()


def test_the_figures_are_shown_and_explained(workspace: ResultsWorkspace) -> None:
    tile = workspace.overview.tiles["accuracy"]
    assert tile.value == "83.3%"
    assert "class the model named rightly" in tile.toolTip()
    assert cells(workspace)[0] == ["washer", "100.0%", "66.7%", "83.3%", "3"]


def test_images_come_worst_first_and_say_what_went_wrong(workspace: ResultsWorkspace) -> None:
    assert captions(workspace) == ["washer → nut", "washer", "washer", "screw", "screw", "nut"]


@pytest.mark.parametrize("task", ["classified", "detected"])
def test_the_hint_speaks_of_a_matrix_only_where_there_is_one(
    bench: Workbench, evaluated: Evaluate, qtbot: QtBot, request: pytest.FixtureRequest, task: str
) -> None:
    evaluated(request.getfixturevalue(task))
    workspace = bench.show(ResultsWorkspace, qtbot)
    with qtbot.waitSignal(workspace.hint_changed) as said:
        workspace.refresh()
    is_spoken_of = "matrix" in said.args[0]
    assert is_spoken_of == (not workspace.overview._mistakes.isHidden())
    assert is_spoken_of == (task == "classified")


def test_a_cell_of_the_matrix_shows_its_images(workspace: ResultsWorkspace, qtbot: QtBot) -> None:
    matrix = workspace.overview.confusion
    assert matrix.explanation(0, 2) == "1 of washer taken for nut (33.3% of washer)"
    at = matrix._rect(0, 2).center().toPoint()
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=at)
    assert captions(workspace) == ["washer → nut"]
    assert workspace.overview.gallery.chip.text() == "washer → nut"
    qtbot.mouseClick(workspace.overview.gallery.chip, Qt.MouseButton.LeftButton)
    assert len(captions(workspace)) == 6
    assert matrix.chosen == (-1, -1)


def test_a_class_shows_the_images_that_have_to_do_with_it(workspace: ResultsWorkspace) -> None:
    workspace.overview.table.label_clicked.emit("nut")
    assert captions(workspace) == ["washer → nut", "nut"]


def test_enter_shows_a_class_and_tab_leaves_the_table(
    workspace: ResultsWorkspace, qtbot: QtBot
) -> None:
    table = workspace.overview.table
    qtbot.waitUntil(workspace.window().isActiveWindow)
    table.setFocus()
    table.setCurrentCell(0, 0)
    for _ in range(table.rowCount()):
        if table.item(table.currentRow(), 0).text() != "nut":
            qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert captions(workspace) == ["washer → nut", "nut"]
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert not table.hasFocus()


def test_classes_sort_by_a_number(workspace: ResultsWorkspace) -> None:
    workspace.overview.table.sortItems(1, Qt.SortOrder.AscendingOrder)
    assert cells(workspace)[0][0] == "nut"


def test_an_image_is_seen_large_and_led_to_the_label_workspace(
    workspace: ResultsWorkspace, bench: Workbench, qtbot: QtBot
) -> None:
    grid = workspace.overview.gallery.grid
    at = grid.visualRect(grid.pictures.index(0)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert workspace.detail.isVisible()
    first = workspace.detail.image_id
    bench.actions["results.next"].trigger()
    assert workspace.detail.image_id != first
    with qtbot.waitSignal(workspace.label_requested) as asked:
        bench.actions["results.label"].trigger()
    assert asked.args == [workspace.detail.image_id]
    bench.actions["results.back"].trigger()
    assert workspace.overview.isVisible()


def switches(workspace: ResultsWorkspace, bench: Workbench) -> list[QToolButton]:
    """The buttons in sight that show and hide truth and prediction."""
    both = [bench.actions[name] for name in ("results.truth", "results.prediction")]
    buttons = workspace.detail.findChildren(QToolButton)
    return [b for b in buttons if b.isVisible() and b.defaultAction() in both]


def test_what_a_classifier_says_is_said_in_words_and_not_switched(
    workspace: ResultsWorkspace, bench: Workbench, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(workspace.hint_changed) as hint:
        workspace._open(0)
    assert switches(workspace, bench) == []
    assert hint.args == ["A and D go on; Esc goes back"]


def test_truth_and_prediction_are_drawn_together_or_apart(
    bench: Workbench, evaluated: Evaluate, detected: dict[str, Any], qtbot: QtBot
) -> None:
    evaluated(detected)
    workspace = bench.show(ResultsWorkspace, qtbot)
    workspace._open(0)
    shown = workspace.detail.view
    assert len(switches(workspace, bench)) == 2
    # The nut, at 20 %, is below the model's threshold.
    assert [mark.text for mark in shown.marks] == ["washer 90%", ""]
    bench.actions["results.truth"].trigger()
    assert [mark.text for mark in shown.marks] == ["washer 90%"]
    bench.actions["results.truth"].trigger()
    bench.actions["results.prediction"].trigger()
    assert [mark.text for mark in shown.marks] == [""]


def test_a_class_without_truth_has_dashes_not_zeros(
    bench: Workbench, evaluated: Evaluate, detected: dict[str, Any], qtbot: QtBot
) -> None:
    evaluated(detected)
    workspace = bench.show(ResultsWorkspace, qtbot)
    assert cells(workspace)[1][:3] == ["nut", "–", "–"]
    assert not workspace.overview.confusion.isVisible()


def test_a_run_nobody_measured_is_evaluated_when_it_is_looked_at(
    bench: Workbench,
    classified: dict[str, Any],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = tmp_path / "evaluation.json"
    answer.write_text(json.dumps(classified), encoding="utf-8")
    playing.use(monkeypatch, evaluation=str(answer))
    labels = [{"id": e.id, "name": e.name, "color": e.color} for e in bench.labels]
    playing.finished_run(bench.document.project, Task.CLASSIFY, "small_cnn", labels)
    bench.document.announce(bench.document.session.index_runs())
    workspace = bench.show(ResultsWorkspace, qtbot)
    assert workspace.waiting.isVisible()
    qtbot.waitUntil(workspace.overview.isVisible, timeout=20_000)
    assert workspace.overview.tiles["accuracy"].value == "83.3%"


def test_a_damaged_evaluation_is_told_of_and_can_be_made_again(
    bench: Workbench, evaluated: Evaluate, classified: dict[str, Any], qtbot: QtBot
) -> None:
    number = evaluated(classified)
    path = bench.document.project / "runs" / f"{number:04d}-classify" / "evaluation-val.json"
    path.write_text("{", encoding="utf-8")
    workspace = bench.show(ResultsWorkspace, qtbot)
    assert workspace.empty.isVisible()
    assert "cannot be read" in workspace.empty.text()


@pytest.mark.parametrize("key", ["metrics", "images", "task"])
def test_an_evaluation_without_a_part_is_refused_with_a_sentence(
    bench: Workbench, evaluated: Evaluate, classified: dict[str, Any], qtbot: QtBot, key: str
) -> None:
    complete = dict(classified)
    number = evaluated(complete)
    del complete[key]
    path = bench.document.project / "runs" / f"{number:04d}-classify" / "evaluation-val.json"
    path.write_text(json.dumps(complete), encoding="utf-8")
    workspace = bench.show(ResultsWorkspace, qtbot)
    assert "Evaluate the run again" in workspace.empty.text()


def test_points_are_rings_where_they_are_true_and_dots_where_they_were_predicted(
    bench: Workbench, evaluated: Evaluate, detected: dict[str, Any], qtbot: QtBot
) -> None:
    told = [{"name": "tip", "x": 9, "y": 9, "score": 0.9}, {"name": "tail", "x": 20, "y": 9,
             "score": 0.9}]  # fmt: skip
    [judged] = detected["images"]
    for said in (judged["truth"], judged["prediction"]):
        said["objects"] = [{**said["objects"][0], "keypoints": told}]
    figures = {"oks_map50": 0.9, "oks_map": 0.5, "pck": 0.75}
    detected |= {"task": "keypoints", "metrics": {**figures, "oks_ar": 0.6, "map50": 1.0}}
    detected["per_class"][0] |= figures
    evaluated(detected)
    workspace = bench.show(ResultsWorkspace, qtbot)
    tiles = workspace.overview.tiles
    assert tiles["oks_map50"].value == "90.0%" and "PCK" in tiles["pck"].toolTip()
    assert cells(workspace)[0] == ["washer", "90.0%", "75.0%", "100.0%", "100.0%"]
    pictures = workspace.overview.gallery.grid.pictures
    found, true = pictures.picture(0).marks
    assert found.geometry.points == true.geometry.points == ((9, 9), (20, 9))
    assert (len(found.geometry.occluded), len(true.geometry.occluded)) == (0, 2)


def test_a_line_leads_from_where_a_point_is_to_where_the_model_put_it() -> None:
    def told(*points: tuple[str, float, float]) -> dict[str, Any]:
        named = [{"name": name, "x": x, "y": y, "score": 0.9} for name, x, y in points]
        one = {"label": "ant", "score": 0.9, "bbox": [0, 0, 40, 20], "keypoints": named}
        return {"objects": [one]}

    truth = told(("left", 5, 5), ("right", 35, 5), ("tip", 20, 18))
    found = told(("left", 34, 6), ("right", 6, 4), ("tip", 21, 17))
    assert {mark.geometry for mark in error_lines(truth, found, 0.5)} == {
        Polyline(((5, 5), (34, 6))), Polyline(((35, 5), (6, 4))),
    }  # fmt: skip
    assert not list(error_lines(truth, found, 0.95)) and not list(error_lines(truth, truth, 0.5))
    legs, moved = told(("leg", 5, 5), ("leg", 35, 5)), told(("leg", 5, 18), ("leg", 35, 5))
    assert [mark.geometry for mark in error_lines(legs, moved, 0.5)] == [
        Polyline(((5, 5), (5, 18)))
    ]
