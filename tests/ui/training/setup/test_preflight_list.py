"""What is said before training: put right with a click, or gone to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.domain.project import Split, State
from studio.domain.runs import Task
from studio.domain.shapes import Box
from studio.editing import actions
from studio.errors import say
from studio.learning.readiness.preflight import Finding, Kind
from studio.settings import Settings
from studio.ui.shell.workspaces import Parts, Workspaces
from studio.ui.training.setup.preflight_list import FindingRow, PreflightList
from studio.ui.training.workspace import TrainWorkspace
from tests.ui import playing
from tests.ui.workbench import Workbench


@pytest.fixture(autouse=True)
def _no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    playing.use(monkeypatch)


@pytest.fixture
def flawed(bench: Workbench) -> Workbench:
    """Boxes on all images; a flat one on the second, which nobody marked done."""
    ids = bench.document.reader.image_ids()
    for image_id in ids:
        bench.box(bench.labels[0], image_id, Box(5, 5, 30, 30))
    bench.box(bench.labels[0], ids[1], Box(40, 5, 40, 30))
    others = bench.document.reader.statuses([ids[0], *ids[2:]]).values()
    bench.document.apply(actions.mark(others, State.DONE))
    return bench


def shown(workspace: TrainWorkspace) -> dict[Kind, FindingRow]:
    return {row.finding.kind: row for row in workspace.setup.preflight.rows}


def open_workspace(bench: Workbench, qtbot: QtBot) -> TrainWorkspace:
    workspace = bench.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: workspace.setup.cards.task is Task.DETECT, timeout=10_000)
    qtbot.waitUntil(lambda: Kind.SHAPES in shown(workspace), timeout=10_000)
    return workspace


def test_repairs_are_one_click_and_one_undo(flawed: Workbench, qtbot: QtBot) -> None:
    workspace, reader = open_workspace(flawed, qtbot), flawed.document.reader
    second = reader.image_ids()[1]
    assert set(shown(workspace)) == {Kind.SHAPES, Kind.UNFINISHED}
    qtbot.mouseClick(shown(workspace)[Kind.SHAPES].repair, Qt.MouseButton.LeftButton)
    assert len(reader.shapes(second)) == 1
    qtbot.waitUntil(lambda: Kind.SHAPES not in shown(workspace), timeout=10_000)
    qtbot.mouseClick(shown(workspace)[Kind.UNFINISHED].repair, Qt.MouseButton.LeftButton)
    assert reader.status(second).shapes is State.DONE
    qtbot.waitUntil(lambda: not workspace.setup.preflight.isVisible(), timeout=10_000)
    flawed.document.undo()
    flawed.document.undo()
    assert len(reader.shapes(second)) == 2
    qtbot.waitUntil(lambda: len(shown(workspace)) == 2, timeout=10_000)


def test_the_keyboard_stays_in_the_list_after_a_repair(flawed: Workbench, qtbot: QtBot) -> None:
    workspace = open_workspace(flawed, qtbot)
    workspace.activateWindow()
    qtbot.waitUntil(workspace.isActiveWindow)
    shown(workspace)[Kind.SHAPES].repair.setFocus()
    qtbot.keyClick(shown(workspace)[Kind.SHAPES].repair, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: Kind.SHAPES not in shown(workspace), timeout=10_000)
    assert shown(workspace)[Kind.UNFINISHED].repair.hasFocus()


def test_nothing_that_is_found_keeps_one_from_training(flawed: Workbench, qtbot: QtBot) -> None:
    workspace = open_workspace(flawed, qtbot)
    assert workspace.setup.train.isEnabled()


def test_show_leads_to_the_shape_in_label(flawed: Workbench, qtbot: QtBot) -> None:
    parts = Parts(flawed.document, flawed.queue, flawed.actions, Settings())
    window = flawed.workspace = Workspaces(parts)
    window.resize(1200, 700)
    window.show_workspace("train")
    window.show()
    train = window.workspace("train")
    assert isinstance(train, TrainWorkspace)
    qtbot.waitUntil(lambda: Kind.SHAPES in shown(train), timeout=10_000)
    row = shown(train)[Kind.SHAPES]
    qtbot.mouseClick(row.look, Qt.MouseButton.LeftButton)
    assert window.name == "label"
    assert flawed.document.image_id == flawed.document.reader.image_ids()[1]
    assert flawed.document.selection == frozenset(row.finding.shapes)
    window.close_all()


def test_a_class_can_be_moved_into_validation(bench: Workbench, qtbot: QtBot) -> None:
    ids = bench.document.reader.image_ids()
    bench.tag(bench.labels[0], ids[:10])
    bench.tag(bench.labels[1], ids[10:])
    statuses = bench.document.reader.statuses(ids[1:]).values()
    bench.document.apply(actions.assign_split(statuses, Split.TRAIN))
    first = bench.document.reader.statuses(ids[:1]).values()
    bench.document.apply(actions.assign_split(first, Split.VAL))
    workspace = bench.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: Kind.NOT_JUDGED in shown(workspace), timeout=10_000)
    row = shown(workspace)[Kind.NOT_JUDGED]
    assert "nut" in row.text.text()
    qtbot.mouseClick(row.repair, Qt.MouseButton.LeftButton)
    splits = [bench.document.reader.status(i).split for i in ids[10:]]
    assert splits.count(Split.VAL) == 3  # with the first, a fifth of twenty
    qtbot.waitUntil(lambda: Kind.NOT_JUDGED not in shown(workspace), timeout=10_000)


def test_many_findings_are_counted(bench: Workbench, qtbot: QtBot) -> None:
    listed = PreflightList(bench.document)
    qtbot.addWidget(listed)
    sentence = say("{count} more problems were left out.", count=1)
    listed._receive(tuple(Finding(Kind.OTHER, sentence) for _ in range(11)))
    assert (len(listed.rows), listed.more.text()) == (8, "and 3 more")
    listed.close()
