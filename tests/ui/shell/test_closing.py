"""Closing while something works in the background: asked for, paused, never hanging."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QMessageBox, QPushButton

from studio.domain.edits import Title, created
from studio.domain.runs import Run, RunState, Task
from studio.domain.shapes import Box, Shape
from studio.editing.session import Session
from studio.jobs.protocol import CallRequest, EvaluateRequest, TrainRequest
from studio.jobs.thread import JobThread
from studio.learning.config import TrainConfig, Weights
from studio.storage import runs
from studio.ui.shell.main_window import MainWindow
from studio.ui.shell.run_watch import RunWatch
from studio.ui.start.recent import LOOK_AFTER_MS
from tests import making
from tests.ui import playing
from tests.ui.modal import Answer


def begin_job(window: MainWindow, qtbot, project: Path) -> JobThread:
    window.flow.open(project)
    assert window.view is not None
    request = CallRequest("tests.jobs.tasks:count", {"total": 100_000, "pause_s": 0.02})
    job = window.view.queue.submit(request)
    with qtbot.waitSignal(job.event_arrived, timeout=30_000):
        pass
    return job


def answer(window: MainWindow, button_text: str) -> list[str]:
    asked: list[str] = []

    def act(box: object) -> None:
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        next(each for each in box.buttons() if each.text() == button_text).click()

    Answer(act, window)
    return asked


def test_a_running_job_is_paused_before_the_window_goes(
    window: MainWindow, qtbot, project: Path
) -> None:
    job = begin_job(window, qtbot, project)
    assert window.status.job.isVisible()
    assert window.status.job.text() == "Working"
    asked = answer(window, "Pause and close")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=30_000)
    assert asked == ["A background job is still at work."]
    assert job.result is not None
    assert job.result.state == "paused"
    Session.open(project).close()


def test_the_user_may_think_better_of_it(window: MainWindow, qtbot, project: Path) -> None:
    job = begin_job(window, qtbot, project)
    answer(window, "Cancel")
    window.close()
    assert window.isVisible()
    assert job.result is None
    answer(window, "Pause and close")


def test_an_evaluation_that_nobody_asked_for_is_given_up_unasked(
    window: MainWindow, qtbot, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing.use(monkeypatch)
    session = Session.open(project)
    known = [{"id": e.id, "name": e.name, "color": e.color} for e in session.reader.labels()]
    session.close()
    playing.finished_run(project, Task.CLASSIFY, "small_cnn", known)
    window.flow.open(project)
    window.actions_of_window["workspace.results"].trigger()
    assert window.view is not None
    [job] = [e for e in window.view.queue.jobs if isinstance(e.request, EvaluateRequest)]
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=30_000)
    assert job.result is not None
    assert job.result.state in ("interrupted", "discarded"), "under way, or not begun yet"


def test_a_training_that_waits_for_it_is_asked_about(
    window: MainWindow, qtbot, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing.use(monkeypatch)
    window.flow.open(project)
    assert window.view is not None
    window.view.queue.submit(EvaluateRequest(project, 1, "val"), expendable=True)
    waiting = window.view.queue.submit(TrainRequest(project, TrainConfig(Task.CLASSIFY, "x"), ""))
    assert window.view.queue.is_waiting(waiting)
    asked = answer(window, "Cancel")
    window.close()
    assert asked == ["A background job is still at work."]
    assert window.isVisible() and waiting.result is None
    answer(window, "Pause and close")


def test_a_scan_under_way_is_cut_short(window: MainWindow, qtbot, project: Path) -> None:
    for number in range(300):
        making.picture(project.parent / "more" / f"{number}.png", seed=number % 5)
    window.flow.open(project)
    assert window.view is not None
    window.view.scanner.scan([project.parent / "more"])
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    Session.open(project).close()


def begin_large_edit(window: MainWindow, project: Path) -> None:
    window.flow.open(project)
    assert window.view is not None
    document = window.view.document
    image_id, label = document.reader.image_ids()[0], document.reader.labels()[0].id
    ids = document.reserve_ids("shape", 2000)
    document.apply(
        created(Title.DRAW_BOX, *(Shape(i, image_id, label, Box(0, 0, 9, 9)) for i in ids))
    )
    assert document.busy


def test_a_large_edit_is_written_to_its_end_before_the_project_goes(
    window: MainWindow, qtbot, project: Path
) -> None:
    begin_large_edit(window, project)
    window.close_project()
    qtbot.waitUntil(lambda: window.view is None, timeout=20_000)
    assert window.start.isVisible()
    assert not window.status.writing.isVisible()
    session = Session.open(project)
    assert len(session.reader.shapes(session.reader.image_ids()[0])) == 2000
    session.close()


def test_another_project_stays_untouched_until_the_present_one_is_given_up(
    window: MainWindow, qtbot, project: Path, tmp_path: Path
) -> None:
    other = making.project(tmp_path / "other")
    other.close()
    begin_job(window, qtbot, project)
    view = window.view
    answer(window, "Cancel")
    window.flow.open(other.project)
    assert window.view is view
    assert Path(window._settings.recent_projects[0]) == project
    Session.open(other.project).close()
    answer(window, "Pause and close")
    window.flow.open(other.project)
    window.flow.open(other.project)  # once more, while the job is pausing
    qtbot.waitUntil(lambda: window.view not in (None, view), timeout=30_000)
    assert window.view is not None
    assert window.view.document.project == other.project
    assert Path(window._settings.recent_projects[0]) == other.project


def test_a_project_that_cannot_be_opened_leaves_the_present_one_open(
    window: MainWindow, qtbot, project: Path, tmp_path: Path
) -> None:
    other = making.project(tmp_path / "other")  # open elsewhere
    window.flow.open(project)
    answer(window, "OK")
    window.flow.open(other.project)
    assert window.view is not None
    assert window.view.document.project == project
    other.close()


def test_the_project_that_is_open_is_simply_shown(window: MainWindow, project: Path) -> None:
    window.flow.open(project)
    view = window.view
    window.flow.open(project)
    assert window.view is view


def test_the_end_of_a_training_is_told_to_whoever_is_elsewhere(
    window: MainWindow, qtbot, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing.use(monkeypatch, missing_weights=True)
    window.flow.open(project)
    assert window.view is not None
    workspaces = window.view.workspaces
    workspaces.show_workspace("train")
    workspaces.show_workspace("label")
    for weights in (Weights.SCRATCH, Weights.PRETRAINED):
        config = TrainConfig(Task.CLASSIFY, "small_cnn", epochs=2, weights=weights)
        jobs = workspaces.workspace("train").jobs  # type: ignore[union-attr]
        jobs.train(config)
        qtbot.waitUntil(lambda jobs=jobs: jobs.job is None, timeout=30_000)
    assert window.toasts.texts() == ["Run 1 finished: Accuracy 70.0%", "No weights here."]
    links = [each for each in window.findChildren(QPushButton) if each.property("role") == "link"]
    button = next(each for each in links if each.text() == "See results")
    button.click()
    assert workspaces.name == "results"
    qtbot.waitUntil(lambda: not window.view.queue.jobs, timeout=30_000)  # type: ignore[union-attr]


def test_a_closed_window_begins_nothing_more(window: MainWindow, qtbot, project: Path) -> None:
    window.flow.open(project)
    window.close_project()
    qtbot.waitUntil(window.start.recent.isVisible)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    qtbot.wait(2 * LOOK_AFTER_MS)
    assert not [t for t in window.start.findChildren(QThread) if t.isRunning() or t.isFinished()]


def test_so_is_the_end_of_one_that_another_program_trained(
    window: MainWindow, qtbot, project: Path
) -> None:
    number, folder = runs.allocate(project, Task.CLASSIFY)
    lock = runs.hold(folder)
    run = Run(number, folder.name, Task.CLASSIFY, "small_cnn", RunState.RUNNING)
    runs.write(folder, run)
    window.flow.open(project)
    assert window.view is not None
    window.view.workspaces.show_workspace("label")
    [watch] = window.view.document.findChildren(RunWatch)
    qtbot.waitUntil(lambda: watch._again.isActive(), timeout=30_000)
    watch._again.start(20)
    lock.release()  # its process was killed
    qtbot.waitUntil(lambda: window.toasts.texts() == ["Run 1 ended early."], timeout=30_000)
