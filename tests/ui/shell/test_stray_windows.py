"""Nothing flashes up as a window of its own, and takes the keyboard, before it has its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
)

from studio.domain.edits import Title, created
from studio.domain.runs import Task
from studio.domain.shapes import Box, Shape
from studio.storage import runs
from studio.ui.actions_table import WORKSPACES
from studio.ui.shell.main_window import MainWindow
from studio.ui.training.workspace import TrainWorkspace
from tests import making
from tests.ui import playing


@pytest.fixture
def strays(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the labels, buttons and fields that were shown without a parent."""
    found: list[str] = []

    def watch(kind: type) -> None:
        show = kind.setVisible

        def set_visible(self, visible: bool) -> None:
            if visible and self.parent() is None:
                found.append(type(self).__name__)
            show(self, visible)

        monkeypatch.setattr(kind, "setVisible", set_visible)

    for kind in (QLabel, QPushButton, QToolButton, QCheckBox, QComboBox, QLineEdit):
        watch(kind)
    return found


def test_no_part_of_a_workspace_is_shown_before_it_has_its_place(
    window: MainWindow, tmp_path: Path, strays: list[str], qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing.use(monkeypatch)
    session = making.project(tmp_path, images=6)
    [label] = making.labels(session, "bolt")
    project = session.project
    for image_id in session.reader.image_ids():
        for box in (Box(5, 5, 30, 30), Box(40, 5, 40, 30)):  # one of them without area
            [number] = session.store.reserve_ids("shape")
            session.apply(created(Title.DRAW_BOX, Shape(number, image_id, label.id, box)))
    session.close()
    known = [{"id": label.id, "name": label.name, "color": label.color}]
    number = playing.finished_run(project, Task.DETECT, "small_cnn", known)
    runs.write_note(runs.find(project, number), "the first one")
    window.flow.open(project)
    for name in WORKSPACES:
        window.actions_of_window[f"workspace.{name}"].trigger()
        QApplication.processEvents()
    window.actions_of_window["workspace.train"].trigger()
    assert window.view is not None
    train = window.view.workspaces.workspace("train")
    assert isinstance(train, TrainWorkspace)
    qtbot.waitUntil(lambda: bool(train.setup.preflight.rows), timeout=10_000)
    train.runs.choose(number)
    QApplication.processEvents()
    assert strays == []
