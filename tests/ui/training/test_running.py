"""A training under way: the curves, the buttons, and what is left of it afterwards."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.runs import RunState, Task
from studio.jobs.protocol import ResumeRequest, TrainRequest
from studio.learning.config import TrainConfig
from studio.storage import runs
from studio.ui.training.chart import Chart
from studio.ui.training.runs import run_page
from studio.ui.training.runs.charts import Charts
from studio.ui.training.runs.run_log import RunLog
from studio.ui.training.workspace import TrainWorkspace
from studio.ui.wording import messages
from tests.ui import playing
from tests.ui.workbench import Workbench

CONFIG = TrainConfig(Task.CLASSIFY, "small_cnn", epochs=2)


@pytest.fixture
def workspace(labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> TrainWorkspace:
    playing.use(monkeypatch)
    return labelled.show(TrainWorkspace, qtbot)


@pytest.fixture
def patient(labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> TrainWorkspace:
    """A training that has done its epochs and waits for a word."""
    playing.use(monkeypatch, patient=True)
    workspace = labelled.show(TrainWorkspace, qtbot)
    workspace.setup.train_requested.emit(CONFIG)
    qtbot.waitUntil(
        lambda: workspace.jobs.log is not None and len(workspace.jobs.log.epochs) == 2,
        timeout=20_000,
    )
    workspace.page.refresh()
    return workspace


def run_through(workspace: TrainWorkspace, qtbot: QtBot, config: TrainConfig = CONFIG) -> Any:
    workspace.setup.train_requested.emit(config)
    qtbot.waitUntil(lambda: workspace.jobs.job is None, timeout=20_000)
    return workspace.page


def press(workspace: TrainWorkspace, qtbot: QtBot, what: str) -> None:
    button = workspace.page.buttons[what]
    # What a run has come to is read on the store's thread.
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled(), timeout=20_000)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace.jobs.job is None, timeout=20_000)


def test_the_charts_get_every_number(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    page = run_through(workspace, qtbot)
    loss, metrics, rate = page.charts.loss, page.charts.metrics, page.charts.rate
    at, raw = loss.curve("raw")
    assert at == [step / 4 for step in range(1, 9)]
    assert raw == [2 / step for step in range(1, 9)]
    assert loss.curve("val") == ([1, 2], [0.6, 0.6])
    assert metrics.curve("accuracy") == ([1, 2], pytest.approx([0.6, 0.7]))
    assert rate.curve("lr")[1] == [1e-3] * 8
    assert page.stats.epoch.value == "2 of 2"
    assert page.stats.best.value == "70.0% in epoch 2"


def test_a_finished_run_is_listed_with_its_score(
    workspace: TrainWorkspace, qtbot: QtBot, labelled: Workbench
) -> None:
    page = run_through(workspace, qtbot)
    [run] = labelled.document.reader.runs()
    assert (run.state, run.metrics["accuracy"]) == (RunState.FINISHED, pytest.approx(0.7))
    assert workspace.runs.number == run.number
    assert page.buttons["results"].isVisible()
    assert not page.buttons["stop"].isVisible()
    with qtbot.waitSignal(workspace.results_requested) as asked:
        qtbot.mouseClick(page.buttons["results"], Qt.MouseButton.LeftButton)
    assert asked.args == [run.number]


def test_what_the_run_said_is_shown_line_by_line(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    page = run_through(workspace, qtbot)
    assert [page.notices.item(row).text() for row in range(page.notices.count())] == [
        "a.png: it is broken"
    ]


def test_stop_keeps_the_best_model(patient: TrainWorkspace, qtbot: QtBot) -> None:
    press(patient, qtbot, "stop")
    [run] = patient._document.reader.runs()
    assert run.state is RunState.STOPPED
    assert patient.page.buttons["predict"].isVisible()


def test_a_paused_run_can_go_on(patient: TrainWorkspace, qtbot: QtBot) -> None:
    press(patient, qtbot, "pause")
    [run] = patient._document.reader.runs()
    assert run.state is RunState.PAUSED
    press(patient, qtbot, "resume")
    [run] = patient._document.reader.runs()
    assert (run.state, run.epochs) == (RunState.FINISHED, 3)
    at, _ = patient.page.charts.loss.curve("raw")
    assert at == [step / 4 for step in range(1, 13)]


def test_a_run_that_goes_on_says_so_in_the_list_at_once(
    patient: TrainWorkspace, qtbot: QtBot
) -> None:
    press(patient, qtbot, "pause")
    qtbot.waitUntil(patient.page.buttons["resume"].isVisible, timeout=20_000)
    assert patient.runs.row_of(1).state.text() == "Paused"
    qtbot.mouseClick(patient.page.buttons["resume"], Qt.MouseButton.LeftButton)
    assert patient.runs.row_of(1).state.text() == "Training"
    qtbot.waitUntil(lambda: patient.jobs.job is None, timeout=20_000)
    assert patient.runs.row_of(1).state.text() == "Finished"


def test_what_is_typed_after_a_button_does_not_become_a_note(
    patient: TrainWorkspace, qtbot: QtBot
) -> None:
    page = patient.page
    patient.activateWindow()
    qtbot.waitUntil(patient.isActiveWindow)
    page.buttons["pause"].setFocus()
    press(patient, qtbot, "pause")
    qtbot.keyClicks(QApplication.focusWidget(), "what now?")
    assert not page.note.toPlainText()
    assert page.buttons["resume"].isVisible()


def test_nor_does_what_is_typed_after_a_question(patient: TrainWorkspace, qtbot: QtBot) -> None:
    page = patient.page
    patient.activateWindow()
    qtbot.waitUntil(patient.isActiveWindow)
    page.buttons["discard"].setFocus()
    question = QWidget()
    question.show()
    question.activateWindow()
    qtbot.waitUntil(question.isActiveWindow)
    assert patient.jobs.job is not None
    patient.jobs.job.request_stop("discard")
    page.refresh()
    question.close()
    assert patient.focusWidget() is page.buttons
    qtbot.waitUntil(lambda: patient.jobs.job is None, timeout=20_000)
    question.deleteLater()


def test_the_curves_fill_their_charts(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    page = run_through(workspace, qtbot)
    page.charts.grab()  # a plot finds its range as it is painted, which a busy machine may put off
    low, high = page.charts.loss._plot.plotItem.viewRange()[1]
    _, losses = page.charts.loss.curve("raw")
    assert 0 < low < min(losses) < max(losses) < high


def test_before_the_first_epoch_no_metric_is_below_zero(qtbot: QtBot) -> None:
    charts = Charts()
    qtbot.addWidget(charts)
    charts.resize(900, 300)
    charts.show_run(Task.CLASSIFY, RunLog())
    charts.grab()
    assert charts.metrics._plot.plotItem.viewRange()[1][0] > -0.05


def test_a_finished_run_is_trained_for_as_many_epochs_more_as_one_says(
    workspace: TrainWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = run_through(workspace, qtbot)
    number = workspace.runs.number
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (0, False))
    press(workspace, qtbot, "extend")
    asked: list[ResumeRequest] = []
    monkeypatch.setattr(QInputDialog, "getInt", lambda *words: (words[3] + 5, True))
    monkeypatch.setattr(workspace._queue, "submit", asked.append)
    press(workspace, qtbot, "extend")
    [request] = asked
    assert (request.run, request.more_epochs) == (number, 25)
    assert not page.buttons["resume"].isVisible()


def test_numbers_on_an_axis_can_be_told_apart(qtbot: QtBot) -> None:
    chart = Chart()
    qtbot.addWidget(chart)
    [plot] = chart.findChildren(pg.PlotWidget)
    axis = plot.getAxis("left")
    epochs = plot.getAxis("bottom")
    assert [level[0] for level in epochs.tickSpacing(0, 11.5, 180)] == [5.0]
    assert epochs.tickSpacing(0, 3, 180)[-1][0] == 1.0
    for step in (5e-5, 2e-5, 1e-6, 1e-3, 0.5):
        told = axis.tickStrings([step * count for count in range(25)], 1.0, step)
        assert [float(text) for text in told] == pytest.approx([step * n for n in range(25)])


def test_why_a_run_cannot_be_trained_for_longer_is_said_on_its_page(
    workspace: TrainWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = run_through(workspace, qtbot)
    number = workspace.runs.number
    playing.use(monkeypatch, refuses=True)
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (5, True))
    press(workspace, qtbot, "extend")
    assert page.isVisible()
    assert workspace.runs.number == number
    assert page.outcome.text == "best.pt is missing."
    assert page.buttons["extend"].isVisible()
    assert page.stats.speed.value == "12.5 images/s", "as it was when the run was at work"
    assert not workspace.setup.failure.text


def test_a_run_that_goes_on_has_no_time_left_over_from_before(
    patient: TrainWorkspace, qtbot: QtBot
) -> None:
    press(patient, qtbot, "pause")
    [run] = patient._document.reader.runs()
    log = patient.jobs.log_of(run)
    log.go_on()
    assert log.eta_s is None
    assert log.fraction == 0


def test_the_reason_of_a_failure_leaves_the_charts_in_sight(
    workspace: TrainWorkspace, qtbot: QtBot
) -> None:
    page = run_through(workspace, qtbot)
    workspace.resize(1280, 700)
    scroll = page.findChild(QScrollArea)
    qtbot.waitUntil(lambda: not scroll.verticalScrollBar().maximum())
    page.outcome.say("The disk is full.", "danger")
    qtbot.waitUntil(page.outcome.isVisible)
    QApplication.processEvents()
    assert scroll.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("damaged", ["{", "[]", "{}"])
def test_settings_that_cannot_be_read_are_told_on_the_page_of_the_run(
    workspace: TrainWorkspace, qtbot: QtBot, damaged: str
) -> None:
    page = run_through(workspace, qtbot)
    [run] = workspace._document.reader.runs()
    (workspace._document.project / "runs" / run.folder / runs.CONFIG).write_text(damaged)
    with qtbot.waitSignal(workspace._document.failed) as told:
        press(workspace, qtbot, "clone")
    assert str(told.args[0]).startswith(f"The settings of run {run.folder} cannot be read: ")
    assert page.isVisible()
    assert not workspace.setup.failure.text


def test_discard_asks_first_and_leaves_nothing(
    patient: TrainWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(messages, "ask", lambda *words: not asked.append(words[1]))
    press(patient, qtbot, "discard")
    assert asked == ["Discard this training?"]
    assert patient._document.reader.runs() == ()
    assert patient.setup.isVisible()


def test_kill_is_offered_only_when_the_worker_falls_silent(
    patient: TrainWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not patient.page.buttons["kill"].isVisible()
    monkeypatch.setattr(run_page, "SILENT_S", -1.0)
    patient.page.refresh()
    press(patient, qtbot, "kill")
    [run] = patient._document.reader.runs()
    assert run.state is RunState.INTERRUPTED
    assert patient.page.outcome.isVisible()


def test_kill_is_not_offered_for_what_was_asked_before_the_pause(
    patient: TrainWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(patient, qtbot, "pause")
    offered: list[bool] = []
    monkeypatch.setattr(run_page, "STOPPING_S", -1.0)
    monkeypatch.setattr(
        patient.page.buttons, "show_live", lambda killable, **_: offered.append(killable)
    )
    press(patient, qtbot, "resume")
    assert offered
    assert not any(offered)


def test_the_hint_speaks_of_the_page_in_front(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    hints: list[str] = []
    workspace.hint_changed.connect(hints.append)
    run_through(workspace, qtbot)
    assert hints[-1] == "", "there is no other run"
    run_through(workspace, qtbot)
    assert hints[-1] == "Tick other runs to lay their curves over these"
    workspace.runs.choose(0)
    assert hints[-1] == "Press Train to start with the automatic choices."


def test_an_earlier_run_is_laid_over_the_charts(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    run_through(workspace, qtbot)
    page = run_through(workspace, qtbot)
    row = workspace.runs.row_of(1)
    assert row is not None
    row.compare.setChecked(True)
    assert page.charts.metrics.curve("run 1") == ([1, 2], pytest.approx([0.6, 0.7]))
    own = workspace.runs.row_of(2)
    assert own is not None
    own.compare.setChecked(True)  # whose curves are there already, in their own colours
    assert row.swatch.isVisible() and not own.swatch.isVisible()
    workspace.runs.choose(1)
    assert own.swatch.isVisible() and not row.swatch.isVisible()
    workspace.runs.choose(2)
    row.compare.setChecked(False)
    assert page.charts.metrics.curve("run 1") == ([], [])


def test_the_settings_of_a_run_can_be_used_again(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(workspace.plan.readiness), timeout=10_000)
    page = run_through(workspace, qtbot, TrainConfig(Task.CLASSIFY, "small_cnn", epochs=2, seed=5))
    qtbot.mouseClick(page.buttons["clone"], Qt.MouseButton.LeftButton)
    assert workspace.setup.isVisible()
    assert workspace.plan.overrides["seed"] == 5
    assert workspace.plan.advice().config.epochs == 2


def test_a_deleted_run_is_gone_from_disk(
    workspace: TrainWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask", lambda *_: True)
    page = run_through(workspace, qtbot)
    [run] = workspace._document.reader.runs()
    qtbot.mouseClick(page.buttons["delete"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace._document.reader.runs() == (), timeout=20_000)
    assert not (workspace._document.project / "runs" / run.folder).exists()


def test_opening_the_project_again_shows_the_curves(
    workspace: TrainWorkspace, qtbot: QtBot, labelled: Workbench
) -> None:
    run_through(workspace, qtbot)
    workspace.close()
    again = labelled.show(TrainWorkspace, qtbot)
    with qtbot.waitSignal(again.jobs.log_read):
        again.runs.choose(1)
    assert again.page.charts.metrics.curve("accuracy")[1] == pytest.approx([0.6, 0.7])
    assert again.page.stats.elapsed.value == "4 s"


def test_while_a_training_is_under_way_no_other_can_go_on(
    patient: TrainWorkspace, qtbot: QtBot, labelled: Workbench
) -> None:
    press(patient, qtbot, "pause")
    patient.setup.train_requested.emit(CONFIG)
    qtbot.waitUntil(lambda: patient.jobs.live_number == 2, timeout=20_000)
    patient.runs.choose(1)
    resume = patient.page.buttons["resume"]
    assert not resume.isEnabled() and "Another training is under way" in resume.toolTip()
    patient.page.asked.emit("resume")
    assert len(labelled.queue.jobs) == 1
    qtbot.waitUntil(lambda: len(patient.jobs.log.epochs) == 2, timeout=20_000)  # type: ignore[union-attr]
    patient.jobs.job.request_stop("stop")  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: patient.jobs.job is None, timeout=20_000)
    assert patient.runs.number == 1
    assert resume.isEnabled() and resume.toolTip() == "Go on from the last checkpoint"


def test_a_training_that_waited_its_turn_is_followed(
    patient: TrainWorkspace, qtbot: QtBot, labelled: Workbench
) -> None:
    waiting = labelled.queue.submit(TrainRequest(labelled.document.project, CONFIG))
    patient.jobs.job.request_stop("stop")  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: patient.jobs.live_number == 2, timeout=20_000)
    assert patient.jobs.job is waiting
    assert patient.page._number() == 2
    waiting.request_stop("stop")
    qtbot.waitUntil(lambda: patient.jobs.job is None, timeout=20_000)


def test_after_a_run_is_deleted_another_is_shown(
    workspace: TrainWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask", lambda *_: True)
    run_through(workspace, qtbot)
    workspace.runs.choose(0)
    page = run_through(workspace, qtbot)
    assert workspace.runs.number == 2
    qtbot.mouseClick(page.buttons["delete"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace.runs.row_of(2) is None, timeout=20_000)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    workspace.runs.choose(1)
    assert page.log is not None
    assert len(page.log.epochs) == 2
