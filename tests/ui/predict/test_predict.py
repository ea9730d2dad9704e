"""What a model sees on new images, and how it becomes labels: read back from the database."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as PillowImage
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QFileSystemModel
from pytestqt.qtbot import QtBot

from studio.domain.runs import Run, RunState, Task
from studio.domain.shapes import Box, Mask, Points
from studio.editing import classes, proposing
from studio.editing.classes import LabelRows
from studio.errors import say
from studio.learning.events import Ended
from studio.storage import runs, search
from studio.storage.search import Query
from studio.ui import language
from studio.ui.predict.saving import Kind
from studio.ui.predict.workspace import PredictWorkspace
from tests import making
from tests.ui.predict.conftest import Open, masked, thing
from tests.ui.workbench import Workbench


def boxes(bench: Workbench) -> dict[str, Any]:
    """Two washers and a doubtful nut on the first image, a nut on the second."""
    return {
        "000.png": {
            "objects": [
                thing(bench, 0, 0.9, 4, 4, 20, 20),
                thing(bench, 0, 0.7, 40, 4, 20, 20),
                thing(bench, 1, 0.3, 4, 28, 10, 10),
            ]
        },
        "001.png": {"objects": [thing(bench, 1, 0.8, 10, 10, 20, 20)]},
        "002.png": {"objects": []},
    }


def predict(workspace: PredictWorkspace, qtbot: QtBot) -> None:
    workspace.predict_unlabelled()
    finish(workspace, qtbot)


def finish(workspace: PredictWorkspace, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: not workspace.finder.looking and workspace.predictions.job is None, timeout=30_000
    )
    workspace.activateWindow()
    workspace.setFocus()


@pytest.fixture
def detector(bench: Workbench, open_workspace: Open, qtbot: QtBot) -> PredictWorkspace:
    workspace = open_workspace(Task.DETECT, boxes(bench))
    predict(workspace, qtbot)
    return workspace


def shapes(bench: Workbench) -> list[tuple[int, str, float | None]]:
    """Image, class and score of every shape in the project."""
    names = {label.id: label.name for label in bench.labels}
    reader = bench.document.reader
    return [
        (image_id, names[shape.label], shape.score)
        for image_id in reader.image_ids()
        for shape in reader.shapes(image_id)
    ]


def listed(workspace: PredictWorkspace) -> list[tuple[str, float]]:
    return [(each.label.name, each.score) for each in workspace.desk.shown]


def test_without_a_model_the_page_leads_to_training(bench: Workbench, qtbot: QtBot) -> None:
    workspace = bench.show(PredictWorkspace, qtbot)
    assert workspace.welcome.untrained.isVisible()
    assert not bench.actions["predict.unlabelled"].isEnabled()
    assert not bench.actions["predict.add"].isEnabled()
    with qtbot.waitSignal(workspace.training_requested):
        workspace.welcome.untrained.clicked.emit()


def test_while_the_first_model_is_trained_the_page_says_so(bench: Workbench, qtbot: QtBot) -> None:
    """Also where it was open before; a training may end without a model."""
    workspace = bench.show(PredictWorkspace, qtbot)
    text = workspace.welcome.untrained.text
    number, folder = runs.allocate(bench.document.project, Task.DETECT)
    run = Run(number, folder.name, Task.DETECT, "a_model", RunState.RUNNING)
    with runs.hold(folder):
        runs.write(folder, run)
        bench.document.announce(bench.document.session.index_runs())
        assert "is being trained" in text()
    runs.write(folder, replace(run, state=RunState.FAILED))
    bench.document.announce(bench.document.session.index_runs())
    assert "Train a model first" in text()


def test_predictions_of_a_merged_class_are_of_the_one_that_it_became(
    detector: PredictWorkspace, bench: Workbench, qtbot: QtBot
) -> None:
    def offered() -> list[str]:
        filters = detector.desk.side.classes
        return [filters.item(row).text() for row in range(filters.count())]

    reader, (washer, nut) = bench.document.reader, bench.labels
    before = listed(detector)
    assert before == [("washer", 0.9), ("washer", 0.7)] and offered() == ["washer  2", "nut  1"]
    used, standing = (LabelRows(*reader.rows_of_label(each.id)) for each in (washer, nut))
    bench.document.apply(classes.merge([washer], nut, [used], standing))
    assert listed(detector) == [("nut", 0.9), ("nut", 0.7)] and offered() == ["nut  3"]
    assert len(search.find(reader, Query("run:1 predicted"))) == 2
    qtbot.keyClick(detector, Qt.Key.Key_Return)
    assert shapes(bench)[0] == (1, "nut", 0.9)
    bench.document.undo()
    bench.document.undo()
    assert listed(detector) == before and offered() == ["washer  2", "nut  1"]
    bench.document.redo()
    predict(detector, qtbot)
    assert [e.label for e in reader.proposals(1)] == [nut.id] * 3, "and what it says from now on"


def test_predictions_are_proposals_not_labels(detector: PredictWorkspace, bench: Workbench) -> None:
    assert shapes(bench) == []
    proposals = [bench.document.reader.proposals(i) for i in bench.document.reader.image_ids()]
    assert [len(each) for each in proposals] == [3, 1, 0]


def test_the_slider_shows_what_the_model_is_that_sure_of(detector: PredictWorkspace) -> None:
    assert detector.desk.side.slider.value() == 50
    assert listed(detector) == [("washer", 0.9), ("washer", 0.7)]
    detector.desk.side.slider.setValue(20)
    assert listed(detector) == [("washer", 0.9), ("washer", 0.7), ("nut", 0.3)]
    assert [mark.text for mark in detector.desk.view.marks] == [
        "washer 90%", "washer 70%", "nut 30%",
    ]  # fmt: skip
    detector.desk.side.slider.setValue(80)
    assert listed(detector) == [("washer", 0.9)]
    assert detector.desk.side.accept_all.text() == "Accept all 2"


def test_a_class_can_be_hidden(detector: PredictWorkspace) -> None:
    detector.desk.side.slider.setValue(20)
    detector.desk.side.classes.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert listed(detector) == [("nut", 0.3)]
    assert detector.desk.side.accept_all.text() == "Accept all 2"


def test_enter_accepts_the_best_and_goes_on(
    detector: PredictWorkspace, bench: Workbench, qtbot: QtBot
) -> None:
    first, second, _ = bench.document.reader.image_ids()
    qtbot.keyClick(detector, Qt.Key.Key_Return)
    assert shapes(bench) == [(first, "washer", 0.9)]
    assert listed(detector) == [("washer", 0.7)]
    qtbot.keyClick(detector, Qt.Key.Key_Return)
    # Nothing is left on the first image: the second one is shown.
    assert detector.desk.entry is not None
    assert detector.desk.entry.image_id == second
    bench.document.undo()
    assert shapes(bench) == [(first, "washer", 0.9)]


def test_x_rejects_for_good(detector: PredictWorkspace, bench: Workbench, qtbot: QtBot) -> None:
    qtbot.keyClick(detector, Qt.Key.Key_X)
    assert listed(detector) == [("washer", 0.7)]
    assert shapes(bench) == []
    bench.document.undo()
    assert listed(detector) == [("washer", 0.9), ("washer", 0.7)]


def test_shift_enter_accepts_the_image(
    detector: PredictWorkspace, bench: Workbench, qtbot: QtBot
) -> None:
    first = bench.document.reader.image_ids()[0]
    qtbot.keyClick(detector, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert shapes(bench) == [(first, "washer", 0.9), (first, "washer", 0.7)]
    bench.document.undo()
    assert shapes(bench) == []


def test_all_above_the_slider_is_one_edit(
    detector: PredictWorkspace, bench: Workbench, qtbot: QtBot
) -> None:
    first, second, _ = bench.document.reader.image_ids()
    detector.desk.side.slider.setValue(75)
    qtbot.mouseClick(detector.desk.side.accept_all, Qt.MouseButton.LeftButton)
    assert shapes(bench) == [(first, "washer", 0.9), (second, "nut", 0.8)]
    bench.document.undo()
    assert shapes(bench) == []
    bench.document.redo()
    assert len(shapes(bench)) == 2


def test_each_line_has_its_signs_to_accept_and_to_reject(
    detector: PredictWorkspace, bench: Workbench, qtbot: QtBot
) -> None:
    findings = detector.desk.side.findings

    def press(row: int, sign: str) -> None:
        at = findings.sign_rect(row, sign).center()
        qtbot.mouseClick(findings.viewport(), Qt.MouseButton.LeftButton, pos=at)

    press(1, "reject")
    assert listed(detector) == [("washer", 0.9)]
    assert shapes(bench) == []
    press(0, "accept")
    assert [score for _, _, score in shapes(bench)] == [0.9]


def test_nothing_above_the_slider_is_said_so(detector: PredictWorkspace) -> None:
    side = detector.desk.side
    assert not side.nothing.isVisible()
    side.slider.setValue(95)
    assert side.nothing.isVisible()
    assert side.nothing.text() == "Nothing found above 95%."
    side.slider.setValue(60)
    assert not side.nothing.isVisible()


def test_a_click_on_a_box_chooses_it(
    detector: PredictWorkspace, bench: Workbench, qtbot: QtBot
) -> None:
    view = detector.desk.view
    at = QPointF(*view.view.viewport.to_widget((50, 14))).toPoint()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    assert detector.desk.chosen is not None
    assert detector.desk.chosen.score == 0.7


def test_a_human_s_shape_keeps_the_same_object_back(
    bench: Workbench, open_workspace: Open, qtbot: QtBot
) -> None:
    first = bench.document.reader.image_ids()[0]
    workspace = open_workspace(Task.DETECT, boxes(bench))
    predict(workspace, qtbot)
    bench.box(bench.labels[0], first, Box(5, 5, 24, 24))
    assert [each.held for each in workspace.desk.shown] == [True, False]
    assert workspace.desk.side.note.text().startswith("1 ")
    workspace.desk.accept_image()
    assert shapes(bench) == [(first, "washer", None), (first, "washer", 0.7)]


def test_masks_arrive_pixel_by_pixel(bench: Workbench, open_workspace: Open, qtbot: QtBot) -> None:
    answers = {"000.png": {"objects": [masked(thing(bench, 0, 0.9, 4, 6, 20, 10))]}}
    workspace = open_workspace(Task.INSTANCES, answers)
    predict(workspace, qtbot)
    workspace.desk.accept_chosen()
    [shape] = bench.document.reader.shapes(bench.document.reader.image_ids()[0])
    assert isinstance(shape.geometry, Mask)
    assert (shape.geometry.x, shape.geometry.y) == (4, 6)
    assert (shape.geometry.width, shape.geometry.height) == (20, 10)


def test_a_tag_is_proposed_with_its_bars(
    bench: Workbench, open_workspace: Open, qtbot: QtBot
) -> None:
    answers = {name: {"scores": {"nut": 0.8, "washer": 0.2}} for name in ("000.png", "001.png")}
    workspace = open_workspace(Task.CLASSIFY, answers)
    predict(workspace, qtbot)
    assert workspace.desk.side.bars.scores == (("nut", 0.8), ("washer", 0.2))
    workspace.desk.accept_all()
    reader = bench.document.reader
    tags = [reader.tags(image_id) for image_id in reader.image_ids()]
    assert [[(tag.label, tag.score) for tag in each] for each in tags] == [
        [(bench.labels[1].id, 0.8)],
        [(bench.labels[1].id, 0.8)],
        [],
    ]
    bench.document.undo()
    assert all(not reader.tags(image_id) for image_id in reader.image_ids())


def test_a_human_s_tag_is_never_replaced(
    bench: Workbench, open_workspace: Open, qtbot: QtBot
) -> None:
    answers = {"000.png": {"scores": {"nut": 0.8, "washer": 0.2}}}
    workspace = open_workspace(Task.CLASSIFY, answers)
    predict(workspace, qtbot)
    first = bench.document.reader.image_ids()[0]
    bench.tag(bench.labels[0], [first])
    workspace.desk.accept_all()
    assert [tag.label for tag in bench.document.reader.tags(first)] == [bench.labels[0].id]


def test_a_dropped_folder_is_predicted_on_and_joins_when_accepted(
    bench: Workbench, open_workspace: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    outside = making.picture(tmp_path / "elsewhere" / "deep" / "new.png", seed=9)
    (tmp_path / "elsewhere" / "notes.txt").write_text("no picture")
    answers = {"new.png": {"objects": [thing(bench, 0, 0.9, 4, 4, 20, 20)]}}
    workspace = open_workspace(Task.DETECT, answers)
    drop(workspace, tmp_path / "elsewhere")
    finish(workspace, qtbot)
    assert [entry.path for entry in workspace.predictions.entries] == [outside]
    assert workspace.desk.side.add.isVisible()
    assert "Accepting or rejecting adds it" in workspace.desk.side.note.text()
    before = bench.document.reader.image_count()
    workspace.desk.accept_chosen()
    qtbot.waitUntil(lambda: bool(shapes(bench)), timeout=10_000)
    assert bench.document.reader.image_count() == before + 1
    assert [(name, score) for _, name, score in shapes(bench)] == [("washer", 0.9)]


def test_images_can_be_chosen_in_every_language(
    detector: PredictWorkspace, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    shown: list[str] = []

    def choose(*asked: Any) -> tuple[list[str], str]:
        model = QFileDialog(*asked).findChild(QFileSystemModel)
        assert model is not None
        shown.extend(model.nameFilters())
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    for code in ("en", "zh_CN"):
        language.apply(qapp, code)
        detector.welcome.add_clicked.emit()
    assert shown.count("*.jpg") == 2


def test_a_file_that_cannot_be_shown_says_why(
    bench: Workbench, open_workspace: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    making.picture(tmp_path / "new" / "a.png", 64, 48)
    (tmp_path / "new" / "b.png").write_bytes(b"no picture")
    workspace = open_workspace(Task.DETECT, {"a.png": {"objects": []}})
    drop(workspace, tmp_path / "new")
    qtbot.waitUntil(lambda: len(workspace.predictions.entries) == 2)
    finish(workspace, qtbot)
    workspace.desk.step(1)
    qtbot.waitUntil(lambda: "b.png" in workspace.desk.view.problem)


def test_a_picture_is_shown_before_it_is_predicted_on(
    bench: Workbench, open_workspace: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    making.picture(tmp_path / "new" / "a.png", 64, 48)
    making.picture(tmp_path / "new" / "b.png", 40, 30)
    workspace = open_workspace(Task.DETECT, {}, patient=True)
    drop(workspace, tmp_path / "new")
    qtbot.waitUntil(lambda: len(workspace.predictions.entries) == 2)
    workspace.desk.strip.pick(1)
    port = workspace.desk.view.view
    qtbot.waitUntil(lambda: (port.viewport.image_width, port.viewport.image_height) == (40, 30))
    workspace.predictions.stop()
    finish(workspace, qtbot)


def drop(workspace: PredictWorkspace, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    hands = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(10, 10), Qt.DropAction.CopyAction, data, *hands)
    QApplication.sendEvent(workspace, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(
        workspace, QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, *hands)
    )


def test_a_failure_is_said_again_in_another_language(
    detector: PredictWorkspace, qapp: QApplication
) -> None:
    detector._on_ended(Ended("failed", say("The background process was killed.")))
    assert detector.bar.said.text() == "The background process was killed."
    language.apply(qapp, "zh_CN")
    detector.retranslate()
    assert not detector.bar.said.text().isascii()


def test_only_what_changed_is_compared_again(
    detector: PredictWorkspace, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = bench.document.reader.image_ids()[0]
    bench.box(bench.labels[0], first, Box(5, 5, 24, 24))
    compared: list[int] = []
    answered = proposing.is_answered
    monkeypatch.setattr(
        proposing,
        "is_answered",
        lambda proposal, standing: compared.append(1) or answered(proposal, standing),
    )
    bench.box(bench.labels[0], first, Box(50, 5, 60, 24))
    assert [each.held for each in detector.desk.shown] == [True, False]
    assert len(compared) == 1  # the new box with the washer that it touches


def test_what_was_not_decided_is_there_again(
    detector: PredictWorkspace, bench: Workbench, qtbot: QtBot
) -> None:
    detector.desk.accept_chosen()
    detector.close()
    again = bench.show(PredictWorkspace, qtbot)
    assert listed(again) == [("washer", 0.7)]
    assert len(again.predictions.entries) == 2


def test_what_is_shown_is_saved_as_a_table(
    detector: PredictWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    with qtbot.waitSignal(detector.saver.said, check_params_cb=lambda text: "Saved" in text):
        detector.save(Kind.CSV, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(Path(r["file"]).name, r["label"], r["score"], r["x"]) for r in rows] == [
        ("000.png", "washer", "0.9000", "4.00"),
        ("000.png", "washer", "0.7000", "40.00"),
        ("001.png", "nut", "0.8000", "10.00"),
    ]


def test_what_is_shown_is_saved_as_coco(
    detector: PredictWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "out.json"
    with qtbot.waitSignal(detector.saver.said, check_params_cb=lambda text: "Saved" in text):
        detector.save(Kind.COCO, path)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert [each["name"] for each in document["categories"]] == ["washer", "nut"]
    assert [(a["image_id"], a["category_id"], a["bbox"]) for a in document["annotations"]] == [
        (1, 1, [4, 4, 20, 20]),
        (1, 1, [40, 4, 20, 20]),
        (2, 2, [10, 10, 20, 20]),
    ]


def test_overlays_are_drawn_into_a_folder(
    detector: PredictWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "overlays"
    folder.mkdir()
    with qtbot.waitSignal(detector.saver.said, check_params_cb=lambda text: "Saved" in text):
        detector.save(Kind.OVERLAYS, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["000.png", "001.png", "002.png"]
    with PillowImage.open(folder / "000.png") as picture:
        assert picture.size == (64, 48)


def test_a_place_that_cannot_be_written_is_told_of(
    detector: PredictWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(detector.saver.said, check_params_cb=lambda text: "Cannot" in text):
        detector.save(Kind.CSV, tmp_path / "nowhere" / "out.csv")


def pointed(found: dict[str, Any], *points: tuple[float, float, float]) -> dict[str, Any]:
    """The same object with points x, y and how sure."""
    named = zip(("left", "right", "tip"), points, strict=True)
    told = [{"name": name, "x": x, "y": y, "score": sure} for name, (x, y, sure) in named]
    return {**found, "keypoints": told}


def test_keypoints_are_drawn_chosen_and_accepted_as_points(
    bench: Workbench, open_workspace: Open, qtbot: QtBot
) -> None:
    first = pointed(thing(bench, 0, 0.9, 2, 2, 24, 24), (5, 5, 0.9), (20, 5, 0.8), (12, 20, 0.1))
    other = pointed(thing(bench, 0, 0.8, 32, 12, 28, 28), (36, 15, 0.9), (55, 15, 1), (45, 35, 1))
    workspace = open_workspace(Task.KEYPOINTS, {"000.png": {"objects": [first, other]}})
    predict(workspace, qtbot)
    view = workspace.desk.view
    assert view.marks[0].geometry == Points(((5, 5), (20, 5)), names=("left", "right"))
    at = view.view.viewport.to_widget((45, 25))  # between its points, not on one
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(*at).toPoint())
    assert view.chosen == 1
    bench.actions["predict.accept"].trigger()
    [shape] = bench.document.reader.shapes(bench.document.reader.image_ids()[0])
    assert shape.geometry == Points(((36, 15), (55, 15), (45, 35)), names=("left", "right", "tip"))
    assert shape.score == 0.8
    assert [each.geometry for each in workspace.desk.shown if not each.held] == [
        Points(((5, 5), (20, 5)), names=("left", "right"))
    ]
