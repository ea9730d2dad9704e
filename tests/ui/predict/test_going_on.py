"""A prediction that was stopped, asked for again: what was decided meanwhile stays decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.domain.runs import RunState, Task
from studio.storage import runs
from studio.ui.predict.recording import record
from studio.ui.predict.workspace import PredictWorkspace
from tests.ui import playing
from tests.ui.predict.conftest import Open, thing
from tests.ui.workbench import Workbench


def finish(workspace: PredictWorkspace, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: not workspace.finder.looking and workspace.predictions.job is None, timeout=30_000
    )
    workspace.activateWindow()
    workspace.setFocus()


def open_scores(bench: Workbench) -> list[list[float]]:
    reader = bench.document.reader
    return [[each.score for each in reader.proposals(i)] for i in reader.image_ids()]


def test_what_is_told_again_brings_back_nothing_that_was_rejected(
    bench: Workbench, open_workspace: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    washers = [thing(bench, 0, score, 40 * n, 4, 20, 20) for n, score in enumerate((0.9, 0.7))]
    answers = {name: {"objects": washers} for name in ("000.png", "001.png", "002.png")}
    workspace = open_workspace(Task.DETECT, answers, patient=True)
    workspace.predict_unlabelled()
    qtbot.waitUntil(lambda: open_scores(bench) == [[0.9, 0.7], [], []], timeout=30_000)
    assert "of 3" in workspace.bar.said.text() and "left" in workspace.bar.said.text()
    workspace.predictions.stop()
    finish(workspace, qtbot)
    qtbot.keyClick(workspace, Qt.Key.Key_X)
    assert open_scores(bench) == [[0.7], [], []]

    playing.use(monkeypatch, told_before=1)
    workspace.predict_unlabelled()
    qtbot.waitUntil(lambda: workspace.predictions.job is not None)
    qtbot.waitUntil(lambda: workspace.predictions.progress is not None, timeout=30_000)
    workspace.predictions.stop()
    finish(workspace, qtbot)
    assert open_scores(bench)[0] == [0.7]
    assert [each.score for each in workspace.desk.shown] == [0.7]


def test_what_a_run_proposed_before_it_was_trained_for_longer_counts_as_nothing(
    bench: Workbench, open_workspace: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("000.png", "001.png", "002.png")
    before = {"objects": [thing(bench, 0, 0.6, 4, 4, 20, 20)]}
    answers = dict.fromkeys(names, before)
    workspace = open_workspace(Task.DETECT, answers)
    workspace.predict_unlabelled()
    finish(workspace, qtbot)
    assert open_scores(bench) == [[0.6], [0.6], [0.6]]

    # The longer trained one had said these when the window died, and none of it was recorded.
    now = {"objects": [thing(bench, 0, score, 4, 4, 20, 20) for score in (0.9, 0.6)]}
    answers.update({"000.png": now, "001.png": {"objects": []}})
    playing.use(monkeypatch, told_before=3)
    workspace.predict_unlabelled()
    finish(workspace, qtbot)
    assert open_scores(bench) == [[0.9, 0.6], [], [0.6]]


def test_what_the_window_had_not_recorded_when_it_died_is_recorded(
    bench: Workbench, open_workspace: Open, qtbot: QtBot
) -> None:
    found = {"objects": [thing(bench, 0, 0.9, 4, 4, 20, 20)]}
    answers = dict.fromkeys(("000.png", "001.png", "002.png"), found)
    workspace = open_workspace(Task.DETECT, answers, told_before=2)
    workspace.predict_unlabelled()
    finish(workspace, qtbot)
    assert open_scores(bench) == [[0.9], [0.9], [0.9]]


def test_a_model_that_was_replaced_offers_nothing_any_more(
    bench: Workbench, open_workspace: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"objects": [thing(bench, 0, 0.9, 4, 4, 20, 20)]}
    answers = dict.fromkeys(("000.png", "001.png", "002.png"), found)
    workspace = open_workspace(Task.DETECT, answers)
    document = bench.document
    folder = runs.find(document.project, 1)
    run = runs.read(folder)
    assert run is not None

    def train_to(best_epoch: int) -> None:
        runs.write(folder, replace(run, best_epoch=best_epoch))
        document.announce(document.session.index_runs())

    train_to(3)
    workspace.predict_unlabelled()
    finish(workspace, qtbot)
    assert open_scores(bench) == [[0.9], [0.9], [0.9]]
    train_to(5)
    assert open_scores(bench) == [[], [], []]
    assert workspace.predictions.entries == [] and workspace.welcome.isVisible()

    # One that had loaded the model of epoch 5 when the run got to a better one.
    playing.use(monkeypatch, answers=answers, epoch=5, patient=True)
    workspace.predict_unlabelled()
    qtbot.waitUntil(lambda: open_scores(bench)[0] == [0.9], timeout=30_000)
    late = list(workspace.predictions.entries)
    train_to(8)
    assert open_scores(bench) == [[], [], []]
    record(document, 1, {late[1].image_id: {**found}}, multi_label=False, epoch=5)
    assert open_scores(bench) == [[], [], []]
    assert document.reader.images_predicted(1) == set()
    qtbot.waitUntil(lambda: not bench.queue.jobs, timeout=30_000)


def test_while_its_model_is_trained_the_page_says_so_and_nothing_of_before(
    bench: Workbench, open_workspace: Open, qtbot: QtBot
) -> None:
    workspace = open_workspace(Task.CLASSIFY, {"000.png": {"scores": {"washer": 0.9}}})
    workspace.predict_unlabelled()
    finish(workspace, qtbot)
    assert workspace.bar.said.text() == "1 image predicted"
    folder = runs.find(bench.document.project, 1)
    run = runs.read(folder)
    assert run is not None
    with runs.hold(folder):
        runs.write(folder, replace(run, state=RunState.RUNNING))
        bench.document.announce(bench.document.session.index_runs())
        assert workspace.welcome.untrained.isVisible()
        assert "is being trained" in workspace.welcome.untrained.text()
        assert workspace.bar.said.text() == ""
    runs.write(folder, run)
    bench.document.announce(bench.document.session.index_runs())
    assert [entry.path.name for entry in workspace.predictions.entries] == ["000.png"]
