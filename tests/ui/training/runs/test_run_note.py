"""Notes about runs: written on the run's page, kept in its folder, seen in the list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.domain.runs import Task
from studio.storage import runs
from studio.ui.training.workspace import TrainWorkspace
from tests.ui import playing
from tests.ui.workbench import Workbench


@pytest.fixture
def workspace(labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> TrainWorkspace:
    """Two finished runs, the first of which is shown."""
    playing.use(monkeypatch)
    names = [{"id": "w", "name": "washer", "color": "#ffffff"}]
    for _ in range(2):
        playing.finished_run(labelled.document.project, Task.CLASSIFY, "small_cnn", names)
    labelled.document.announce(labelled.document.session.index_runs())
    workspace = labelled.show(TrainWorkspace, qtbot)
    workspace.runs.choose(1)
    qtbot.waitUntil(workspace.page.note.isVisible, timeout=10_000)
    return workspace


def write(workspace: TrainWorkspace, text: str) -> None:
    note = workspace.page.note
    note.setFocus()
    note.selectAll()
    QTest.keyClicks(note, text)


def kept(workspace: TrainWorkspace, number: int) -> str:
    return runs.read_note(runs.find(workspace._document.project, number))


def test_a_note_is_kept_and_listed(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    row = workspace.runs.row_of(1)
    assert row is not None
    assert not row.note.isVisible()
    with qtbot.waitSignal(workspace.page.note.kept, timeout=10_000):
        write(workspace, "more light")
        QTest.keyClick(workspace.page.note, Qt.Key.Key_Return)
        QTest.keyClicks(workspace.page.note, "and it helped")
    assert kept(workspace, 1) == "more light\nand it helped"
    assert row.note.isVisible()
    assert row.note.text() == "more light"
    assert row.note.toolTip() == "more light\nand it helped"


def test_each_run_has_its_own(workspace: TrainWorkspace) -> None:
    write(workspace, "first")
    workspace.runs.choose(2)
    assert workspace.page.note.toPlainText() == ""
    assert (kept(workspace, 1), kept(workspace, 2)) == ("first", "")
    workspace.runs.choose(1)
    assert workspace.page.note.toPlainText() == "first"


def test_an_empty_note_leaves_no_file(workspace: TrainWorkspace) -> None:
    folder = runs.find(workspace._document.project, 1)
    write(workspace, "x")
    workspace.page.note.keep()
    assert (folder / runs.NOTE).is_file()
    workspace.page.note.selectAll()
    QTest.keyClick(workspace.page.note, Qt.Key.Key_Backspace)
    workspace.page.note.keep()
    assert not (folder / runs.NOTE).exists()


def test_closing_keeps_what_was_just_typed(workspace: TrainWorkspace, labelled: Workbench) -> None:
    write(workspace, "last words")
    workspace.close()
    assert kept(workspace, 1) == "last words"


def test_a_deleted_run_does_not_come_back(workspace: TrainWorkspace) -> None:
    write(workspace, "gone")
    folder = runs.find(workspace._document.project, 1)
    runs.remove(workspace._document.project, 1)
    workspace.page.note.keep()
    assert not folder.exists()


def test_it_is_as_high_as_its_lines(workspace: TrainWorkspace, qtbot: QtBot) -> None:
    note = workspace.page.note
    assert not note.verticalScrollBar().isVisible()
    write(workspace, "more light")
    QTest.keyClick(note, Qt.Key.Key_Return)
    QTest.keyClicks(note, "and it helped")
    qtbot.waitUntil(lambda: not note.verticalScrollBar().isVisible(), timeout=10_000)
