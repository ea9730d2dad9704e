"""Ticked runs beside the chosen one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyqtgraph import PlotWidget
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QScrollArea, QTableWidget
from pytestqt.qtbot import QtBot

from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import Run, RunState, Task
from studio.learning import snapshot
from studio.learning.analysis.comparison import ComparedRun, Difference
from studio.learning.config import TrainConfig
from studio.learning.snapshot import FrozenImage, Snapshot
from studio.storage import runs
from studio.ui.training.runs.comparison_dialog import ComparisonDialog
from studio.ui.training.runs.comparison_text import verdict
from studio.ui.training.workspace import TrainWorkspace
from tests.ui import playing
from tests.ui.workbench import Workbench

LABELS = (Label("a", "ant", "#000000", 0), Label("b", "bee", "#ffffff", 1))


def write_run(project: Path, right: int, task: Task = Task.CLASSIFY, **changes: object) -> None:
    """A finished run that named ``right`` of forty validation images rightly."""
    number, folder = runs.allocate(project, task)
    accuracy = {"accuracy": right / 40}
    run = Run(number, folder.name, task, "small_cnn", RunState.FINISHED, 2, "2026-01-01", accuracy)
    images = [
        FrozenImage(each, f"/{each}.png", f"{each}.png", "", 8, 8, Split.VAL, ("a",))
        for each in range(40)
    ]
    learned = FrozenImage(100, "/l.png", "l.png", "", 8, 8, Split.TRAIN, ("b",))
    snapshot.write(folder, Snapshot(task, LABELS, (*images, learned)))
    judged = [
        {
            "id": image.id, "badness": 0.5, "truth": {"scores": {"ant": 1.0}},
            "prediction": {"scores": {"ant" if image.id < right else "bee": 0.9}},
        }
        for image in images
    ]  # fmt: skip
    config = TrainConfig(task, "small_cnn").changed(changes)
    runs.write_json(folder / runs.CONFIG, config.to_json())
    runs.write_json(folder / "evaluation-val.json", {"images": judged})
    runs.write(folder, run)


@pytest.fixture
def workspace(
    labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TrainWorkspace]:
    playing.use(monkeypatch)
    project = labelled.document.project
    write_run(project, 20, lr=0.001)
    write_run(project, 38, lr=0.002, optimizer="sgd", image_size=320)
    write_run(project, 21, lr=0.001)
    write_run(project, 1, Task.DETECT)
    labelled.document.announce(labelled.document.session.index_runs())
    yield labelled.show(TrainWorkspace, qtbot)
    if dialog := QApplication.activeModalWidget():
        dialog.close()


def compare(workspace: TrainWorkspace, qtbot: QtBot, chosen: int, *ticked: int) -> ComparisonDialog:
    workspace.runs.choose(chosen)
    for number in ticked:
        row = workspace.runs.row_of(number)
        assert row is not None
        qtbot.mouseClick(row.compare, Qt.MouseButton.LeftButton)
    QTest.keyClick(workspace, Qt.Key.Key_C, CTRL_SHIFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ComparisonDialog)
    qtbot.waitUntil(lambda: "Reading" not in dialog.text, timeout=10_000)
    return dialog


CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_a_better_run_is_called_better_and_luck_is_called_noise(
    workspace: TrainWorkspace, qtbot: QtBot
) -> None:
    dialog = compare(workspace, qtbot, 3, 1, 2)
    assert "Run 2 is better than Run 1 by 45.0 points in accuracy" in dialog.text
    assert "Run 3 against Run 1: within noise." in dialog.text
    assert "judged on 40 images" in dialog.text
    tables = dialog.findChildren(QTableWidget)
    shown = [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for table in tables
        for row in range(table.rowCount())
    ]
    assert shown == [
        ["Accuracy", "50.0%", "95.0%", "52.5%"],
        ["Image size", "224 px", "320 px", "224 px"],
        ["Learning rate", "0.001", "0.002", "0.001"],
        ["Optimizer", "AdamW", "SGD", "AdamW"],
    ]
    assert "Run 2 saw the same images with the same labels as Run 1." in dialog.text


def test_where_there_is_no_interval_none_is_told(qapp: QApplication) -> None:
    base, other = (
        ComparedRun(number, Task.CLASSIFY, {}, Snapshot(Task.CLASSIFY, (), ()), {}, {})
        for number in (1, 2)
    )
    alike = verdict(base, other, Difference(0.0, 0.0, 0.0, 30, 0))
    assert alike == "Run 2 and Run 1 are as right in accuracy on each of 30 images."
    few = verdict(base, other, Difference(1.0, 1.0, 1.0, 1, 0))
    assert few == "Run 2 against Run 1: cannot be told from 1 image that both were judged on."


def test_another_base_turns_the_sentence_round(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    dialog = compare(workspace, qtbot, 1, 2)
    dialog.base.setFocus()
    QTest.keyClick(dialog.base, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "Run 1 is worse than Run 2 by 45.0 points" in dialog.text)


def test_its_button_closes_it(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    buttons = compare(workspace, qtbot, 1, 2).findChild(QDialogButtonBox)
    assert buttons is not None
    close = buttons.button(QDialogButtonBox.StandardButton.Close)
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert QApplication.activeModalWidget() is None


def test_runs_of_another_task_do_not_take_part(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    workspace.runs.choose(1)
    row = workspace.runs.row_of(4)
    assert row is not None
    qtbot.mouseClick(row.compare, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(workspace.hint_changed) as hint:
        QTest.keyClick(workspace, Qt.Key.Key_C, CTRL_SHIFT)
    assert hint.args == ["Tick another run of the same task to compare with."]


def test_tab_passes_the_runs_in_one_step_and_arrows_and_space_choose_and_tick(
    workspace: TrainWorkspace, qtbot: QtBot
) -> None:
    panel = workspace.runs
    panel.choose(0)
    qtbot.waitUntil(workspace.window().isActiveWindow)
    panel._new.setFocus()
    QTest.keyClick(panel._new, Qt.Key.Key_Tab)
    assert panel.list.hasFocus()
    assert panel.number == 0 and workspace.setup.isVisible()
    QTest.keyClick(panel.list, Qt.Key.Key_Tab)
    assert not panel.list.isAncestorOf(QApplication.focusWidget())
    panel.list.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.number == 4
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    assert (panel.number, panel.compared_numbers) == (3, {3})
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    assert panel.compared_numbers == set()


def test_tab_stops_nowhere_unseen(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    dialog = compare(workspace, qtbot, 1, 2)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    before, widget, stops = dialog.grab().toImage(), dialog.focusWidget(), []
    assert widget is not None
    while widget not in stops:
        stops.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget, after = dialog.focusWidget(), dialog.grab().toImage()
        assert widget is not None
        place = widget.rect().translated(widget.mapTo(dialog, QPoint()))
        assert before.copy(place) != after.copy(place), widget
        before = after
    assert len(stops) == 3


def test_what_cannot_be_used_by_key_is_no_stop_of_tab(workspace: TrainWorkspace) -> None:
    for kind in (PlotWidget, QScrollArea):
        for page in (workspace.setup, workspace.page.charts):
            for widget in page.findChildren(kind):
                assert widget.focusPolicy() is Qt.FocusPolicy.NoFocus, widget


def test_with_no_run_chosen_the_task_of_most_ticked_runs_is_compared(
    workspace: TrainWorkspace, qtbot: QtBot
) -> None:
    dialog = compare(workspace, qtbot, 0, 4, 1, 2)
    assert "Run 1" in dialog.text and "Run 2" in dialog.text


def test_damaged_files_are_a_sentence(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    (runs.find(workspace._document.project, 2) / runs.CONFIG).write_text("[")
    dialog = compare(workspace, qtbot, 1, 2)
    assert "Run 0002-classify cannot be compared: its files are damaged." in dialog.text
