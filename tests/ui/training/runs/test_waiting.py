"""Trainings that wait for their turn: added, seen in order, moved up, taken off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.domain.runs import RunState, Task
from studio.jobs.protocol import TrainRequest
from studio.learning.config import TrainConfig
from studio.ui.training.runs.waiting_list import MOST_ROWS
from studio.ui.training.workspace import TrainWorkspace
from tests.ui import playing
from tests.ui.workbench import Workbench

CONFIG = TrainConfig(Task.CLASSIFY, "small_cnn", epochs=1)


@pytest.fixture
def workspace(labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> TrainWorkspace:
    """One training is under way until it is asked to stop; another is being set up."""
    playing.use(monkeypatch, patient=True)
    workspace = labelled.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: workspace.plan.ready, timeout=10_000)
    workspace.setup.train_requested.emit(CONFIG)
    learned(workspace, qtbot, 1)
    workspace.runs.choose(0)
    return workspace


def learned(workspace: TrainWorkspace, qtbot: QtBot, number: int) -> None:
    """Wait until run ``number`` has learned and waits for a word."""
    jobs = workspace.jobs
    qtbot.waitUntil(
        lambda: jobs.live_number == number and jobs.log is not None and bool(jobs.log.epochs),
        timeout=20_000,
    )


def add(workspace: TrainWorkspace, qtbot: QtBot, epochs: int) -> None:
    workspace.plan.override("epochs", epochs)
    workspace.setup.refresh()
    qtbot.mouseClick(workspace.setup.train, Qt.MouseButton.LeftButton)


def epochs_waiting(workspace: TrainWorkspace) -> list[int]:
    """What tells the waiting ones apart, in their order on the screen."""
    requests = [row.waiting.job.request for row in workspace.runs.waiting.rows]
    return [each.config.epochs for each in requests if isinstance(each, TrainRequest)]


def stop(workspace: TrainWorkspace) -> None:
    assert workspace.jobs.job is not None
    workspace.jobs.job.request_stop("stop")


def stop_all(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    workspace._queue.pause_all()
    qtbot.waitUntil(lambda: workspace.jobs.job is None, timeout=20_000)


def test_what_is_added_waits_and_is_listed(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    shown = workspace.runs.waiting
    assert not shown.isVisible()
    add(workspace, qtbot, 3)
    assert workspace.setup.isVisible()
    assert shown.isVisible()
    assert [row.title.text() for row in shown.rows] == [f"1.  {shown.rows[0].waiting.title}"]
    assert "Classify" in shown.rows[0].waiting.title
    assert "begins after 2 training" in workspace.setup.bar.summary.text()
    stop(workspace)
    learned(workspace, qtbot, 2)
    assert not shown.isVisible()
    stop_all(workspace, qtbot)
    states = [run.state for run in workspace._document.reader.runs()]
    assert states == [RunState.STOPPED, RunState.PAUSED]


def test_the_order_is_the_users(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    for epochs in (3, 4, 5):
        add(workspace, qtbot, epochs)
    rows = workspace.runs.waiting.rows
    assert [row.up.isEnabled() for row in rows] == [False, True, True]
    qtbot.mouseClick(rows[2].up, Qt.MouseButton.LeftButton)
    assert epochs_waiting(workspace) == [3, 5, 4]
    qtbot.mouseClick(workspace.runs.waiting.rows[0].remove, Qt.MouseButton.LeftButton)
    assert epochs_waiting(workspace) == [5, 4]
    stop(workspace)
    learned(workspace, qtbot, 2)
    assert workspace.jobs.log is not None
    assert workspace.jobs.log.started is not None
    assert workspace.jobs.log.started.epochs == 5
    assert epochs_waiting(workspace) == [4]
    stop_all(workspace, qtbot)


def test_who_sets_up_another_is_left_there(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    add(workspace, qtbot, 3)
    stop(workspace)
    learned(workspace, qtbot, 2)
    assert workspace.setup.isVisible()
    stop_all(workspace, qtbot)
    assert workspace.setup.isVisible()


def test_who_watches_is_shown_the_next(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    add(workspace, qtbot, 3)
    workspace.runs.choose(1)
    stop(workspace)
    learned(workspace, qtbot, 2)
    assert workspace.page.isVisible()
    assert workspace.runs.number == 2
    stop_all(workspace, qtbot)


def test_the_key_queues_nothing_unseen(
    workspace: TrainWorkspace, qtbot: QtBot, labelled: Workbench
) -> None:
    workspace.runs.choose(1)
    labelled.actions["train.start"].trigger()
    assert workspace.setup.isVisible()
    assert workspace.jobs.waiting == ()
    labelled.actions["train.start"].trigger()
    assert len(workspace.jobs.waiting) == 1
    stop_all(workspace, qtbot)


def test_many_are_counted(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    for epochs in range(3, 3 + MOST_ROWS + 2):
        add(workspace, qtbot, epochs)
    assert len(workspace.runs.waiting.rows) == MOST_ROWS
    assert workspace.runs.waiting._more.text() == "and 2 more"
    stop_all(workspace, qtbot)


def test_closing_loses_only_what_has_not_begun(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    add(workspace, qtbot, 3)
    stop_all(workspace, qtbot)
    [run] = workspace._document.reader.runs()
    assert run.state is RunState.PAUSED
    assert run.state.resumable
