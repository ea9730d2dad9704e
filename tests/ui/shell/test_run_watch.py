"""Runs that another program trains beside the open window, and runs that take long to index."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from studio.domain.facts import ProposalsMade
from studio.domain.proposals import Proposal
from studio.domain.runs import Run, RunState, Task
from studio.errors import ProjectError
from studio.learning.config import TrainConfig
from studio.learning.events import Event, RunStarted, StepDone, dumps
from studio.storage import runs
from studio.ui.shell import run_watch
from studio.ui.shell.run_watch import RunWatch
from studio.ui.training.workspace import TrainWorkspace
from studio.ui.widgets.run_choice import RunChoice
from studio.ui.wording import messages
from tests.ui import playing
from tests.ui.training.conftest import bench as bench
from tests.ui.training.conftest import labelled as labelled
from tests.ui.workbench import Workbench

WAIT_MS = 10_000


class Elsewhere:
    """Another program that trains a run of the project, as far as its files tell."""

    def __init__(self, project: Path) -> None:
        number, self.folder = runs.allocate(project, Task.CLASSIFY)
        self.lock: FileLock = runs.hold(self.folder)
        self.run = Run(number, self.folder.name, Task.CLASSIFY, "small_cnn", RunState.RUNNING)
        self.tell(RunStarted(number, str(self.folder), "classify", "small_cnn", "cpu", 2, 2, 9, 3))
        runs.write(self.folder, self.run)

    def tell(self, *told: Event) -> None:
        with (self.folder / runs.EVENTS).open("a", encoding="utf-8") as file:
            file.writelines(dumps(event) + "\n" for event in told)

    def learn_an_epoch(self) -> None:
        epochs = self.run.epochs + 1
        steps = (2 * epochs - 1, 2 * epochs)
        self.tell(*(StepDone(epochs, step, 4, 1.0, 1e-3, 10.0, 5.0) for step in steps))
        self.run = replace(self.run, epochs=epochs, best_epoch=epochs, metrics={"accuracy": 0.75})
        runs.write(self.folder, self.run)

    def finish(self) -> None:
        (self.folder / runs.BEST).write_bytes(b"weights")
        self.run = replace(self.run, state=RunState.FINISHED)
        runs.write(self.folder, self.run)
        self.lock.release()


@pytest.fixture
def workspace(labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> TrainWorkspace:
    playing.use(monkeypatch)
    workspace = labelled.show(TrainWorkspace, qtbot)
    watch = RunWatch(labelled.document, labelled.queue)
    labelled.document.closing.connect(watch.close)
    qtbot.waitUntil(lambda: bool(watch._files.directories()), timeout=WAIT_MS)
    return workspace


def state(workspace: TrainWorkspace, number: int) -> RunState | None:
    run = workspace.jobs.run(number)
    return run.state if run else None


def run_of(workspace: TrainWorkspace, number: int) -> Run:
    run = workspace.jobs.run(number)
    assert run is not None
    return run


def test_a_run_of_another_program_is_followed_from_its_first_step_to_its_end(
    workspace: TrainWorkspace, labelled: Workbench, qtbot: QtBot
) -> None:
    choice = RunChoice(labelled.document)
    qtbot.addWidget(choice)
    elsewhere = Elsewhere(labelled.document.project)
    number = elsewhere.run.number
    qtbot.waitUntil(lambda: workspace.runs.row_of(number) is not None, timeout=WAIT_MS)
    workspace.runs.choose(number)
    page = workspace.page
    assert page.state.text() == "Training"
    assert "Another program trains this run" in page._phase.text()
    assert not page.buttons["delete"].isVisible()
    assert choice.run is None

    for epoch in (1, 2):
        elsewhere.learn_an_epoch()
        qtbot.waitUntil(
            lambda steps=2 * epoch: len(page.charts.loss.curve("raw")[0]) == steps, timeout=WAIT_MS
        )
    assert page.log is not None
    assert list(page.log.steps.step) == [1, 2, 3, 4], "nothing is read twice"
    elsewhere.finish()
    qtbot.waitUntil(lambda: state(workspace, number) is RunState.FINISHED, timeout=WAIT_MS)
    qtbot.waitUntil(page.buttons["results"].isVisible, timeout=WAIT_MS)
    assert page.state.text() == "Finished"
    assert choice.run is not None
    assert choice.run.metrics == {"accuracy": 0.75}


def test_of_one_that_was_killed_one_hears_on_coming_back_to_the_window(
    workspace: TrainWorkspace, labelled: Workbench, qtbot: QtBot
) -> None:
    elsewhere = Elsewhere(labelled.document.project)
    number = elsewhere.run.number
    qtbot.waitUntil(lambda: state(workspace, number) is RunState.RUNNING, timeout=WAIT_MS)
    elsewhere.lock.release()
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: state(workspace, number) is RunState.INTERRUPTED, timeout=WAIT_MS)


def test_of_one_that_was_killed_one_hears_without_touching_the_window(
    workspace: TrainWorkspace, labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    [watch] = labelled.document.findChildren(RunWatch)
    watch._again.setInterval(20)
    told: list[int] = []
    watch.ended.connect(told.append)
    elsewhere = Elsewhere(labelled.document.project)
    number = elsewhere.run.number
    qtbot.waitUntil(lambda: workspace.runs.row_of(number) is not None, timeout=WAIT_MS)
    workspace.runs.choose(number)
    elsewhere.tell(StepDone(1, 1, 4, 1.0, 1e-3, 10.0, 5.0))
    elsewhere.learn_an_epoch()
    page = workspace.page
    qtbot.waitUntil(lambda: page.stats.left.value == "5 s", timeout=WAIT_MS)
    assert told == [] and not page.outcome.isVisible()
    elsewhere.lock.release()
    qtbot.waitUntil(lambda: page.state.text() == "Interrupted", timeout=WAIT_MS)
    assert page.outcome.isVisible()
    assert "was cut off" in page.outcome.text
    assert page.stats.left.value == "–"
    qtbot.waitUntil(lambda: told == [number], timeout=WAIT_MS)


def test_a_run_that_is_taken_up_again_elsewhere_is_followed(
    workspace: TrainWorkspace, labelled: Workbench, qtbot: QtBot
) -> None:
    document = labelled.document
    names = [{"id": "w", "name": "washer", "color": "#ffffff"}]
    number = playing.finished_run(document.project, Task.CLASSIFY, "small_cnn", names)
    qtbot.waitUntil(lambda: state(workspace, number) is RunState.FINISHED, timeout=WAIT_MS)
    folder = runs.find(document.project, number)
    [watch] = document.findChildren(RunWatch)
    qtbot.waitUntil(lambda: str(folder / runs.RECORD) in watch._files.files(), timeout=WAIT_MS)
    finished = runs.read(folder)
    assert finished is not None
    lock = runs.hold(folder)
    for epochs in (1, 2):
        more = finished.epochs + epochs
        runs.write(folder, replace(finished, state=RunState.RUNNING, epochs=more))
        qtbot.waitUntil(lambda epochs=more: run_of(workspace, number).epochs == epochs)
        assert state(workspace, number) is RunState.RUNNING
    runs.write(folder, replace(finished, epochs=finished.epochs + 2))
    lock.release()
    qtbot.waitUntil(lambda: state(workspace, number) is RunState.FINISHED, timeout=WAIT_MS)


def test_a_run_that_was_killed_elsewhere_goes_on_in_the_window(
    workspace: TrainWorkspace, labelled: Workbench, qtbot: QtBot
) -> None:
    elsewhere = Elsewhere(labelled.document.project)
    elsewhere.learn_an_epoch()
    elsewhere.lock.release()
    number = elsewhere.run.number
    qtbot.waitUntil(lambda: workspace.runs.row_of(number) is not None, timeout=WAIT_MS)
    workspace.runs.choose(number)
    page = workspace.page
    qtbot.mouseClick(page.buttons["resume"], Qt.MouseButton.LeftButton)
    for chosen in (0, number):
        workspace.runs.choose(chosen)
    assert page.is_live, "before the process has said a word, as well"
    assert page.buttons["pause"].isVisible()
    assert "Another program" not in page._phase.text()
    qtbot.waitUntil(lambda: workspace.jobs.job is None, timeout=20_000)
    assert state(workspace, number) is RunState.FINISHED


def test_what_a_full_disk_kept_from_being_noted_of_a_run_is_noted_once_there_is_room(
    workspace: TrainWorkspace, labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    [watch] = labelled.document.findChildren(RunWatch)
    watch._again.setInterval(20)
    playing.use(monkeypatch, patient=True)
    workspace.setup.train_requested.emit(TrainConfig(Task.CLASSIFY, "small_cnn", epochs=1))
    qtbot.waitUntil(lambda: state(workspace, 1) is RunState.RUNNING, timeout=20_000)
    qtbot.waitUntil(
        lambda: workspace.jobs.log is not None and len(workspace.jobs.log.epochs) == 1,
        timeout=20_000,
    )

    def refuse(*_: object) -> None:
        raise ProjectError("The disk is full.")

    with monkeypatch.context() as full:
        full.setattr(labelled.document.session, "index_runs", refuse)
        with qtbot.waitSignal(labelled.document.failed, timeout=20_000):
            qtbot.mouseClick(workspace.page.buttons["pause"], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: workspace.jobs.job is None, timeout=20_000)
        assert state(workspace, 1) is RunState.RUNNING
        assert "Another program" not in workspace.page._phase.text()
    qtbot.waitUntil(lambda: state(workspace, 1) is RunState.PAUSED, timeout=WAIT_MS)
    qtbot.waitUntil(workspace.page.buttons["resume"].isVisible, timeout=WAIT_MS)


def test_what_a_deleted_run_proposed_is_taken_away_beside_the_window(
    workspace: TrainWorkspace,
    labelled: Workbench,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = labelled.document
    names = [{"id": "w", "name": "washer", "color": "#ffffff"}]
    number = playing.finished_run(document.project, Task.CLASSIFY, "small_cnn", names)
    qtbot.waitUntil(lambda: workspace.runs.row_of(number) is not None, timeout=WAIT_MS)
    image_id = document.reader.image_ids()[0]
    made = tuple(Proposal(i, number, image_id, labelled.labels[0].id, None, 0.5) for i in range(9))
    document.record(ProposalsMade(number, (image_id,), made))

    threads: set[threading.Thread] = set()
    record = document.session.store.record
    monkeypatch.setattr(
        document.session.store,
        "record",
        lambda *facts: (threads.add(threading.current_thread()), record(*facts))[1],
    )
    monkeypatch.setattr(messages, "ask", lambda *_: True)
    workspace.runs.choose(number)
    qtbot.mouseClick(workspace.page.buttons["delete"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace.runs.row_of(number) is None, timeout=WAIT_MS)
    assert document.reader.proposals(image_id) == ()
    assert threads and threading.main_thread() not in threads


def test_a_folder_that_cannot_be_watched_is_not_looked_at_again_and_again(
    workspace: TrainWorkspace, labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[None] = []
    index_runs = labelled.document.index_runs
    monkeypatch.setattr(
        labelled.document, "index_runs", lambda then: (looks.append(None), index_runs(then))[1]
    )
    runs.runs_folder(labelled.document.project).rmdir()
    qtbot.waitUntil(lambda: bool(looks), timeout=WAIT_MS)
    qtbot.wait(3 * run_watch.PAUSE_MS)
    so_far = len(looks)
    qtbot.wait(8 * run_watch.PAUSE_MS)
    assert len(looks) == so_far
