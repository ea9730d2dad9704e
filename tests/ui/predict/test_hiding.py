"""Hiding predictions for a look at the bare picture."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from studio.domain.runs import Task
from tests.ui.predict.conftest import Open, thing
from tests.ui.predict.test_predict import predict
from tests.ui.workbench import Workbench


def test_predictions_stay_hidden_in_the_next_project(
    bench: Workbench, open_workspace: Open, qtbot: QtBot
) -> None:
    hide = bench.actions["predict.overlay"]
    hide.setChecked(True)  # as it was left in another project
    found = {"objects": [thing(bench, 0, 0.9, 4, 4, 40, 30)]}
    answers = dict.fromkeys(("000.png", "001.png", "002.png"), found)
    workspace = open_workspace(Task.DETECT, answers)
    assert not workspace.bar.hide_marks.isVisible(), "there is nothing to hide yet"
    predict(workspace, qtbot)
    view = workspace.desk.view
    qtbot.waitUntil(lambda: view._picture is not None)

    def seen() -> QImage:
        return view.grab().toImage()

    bare = seen()
    hide.trigger()
    assert not hide.isChecked()
    assert seen() != bare
    qtbot.mouseClick(workspace.bar.hide_marks, Qt.MouseButton.LeftButton)
    assert hide.isChecked() and seen() == bare
