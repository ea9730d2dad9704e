"""The choice of a trained model."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.runs import Task
from studio.ui.widgets.run_choice import RunChoice
from tests.ui import playing
from tests.ui.workbench import workbench


@pytest.mark.parametrize("runs", [1, 12])
def test_the_list_shows_whole_titles_however_narrow_the_field(
    tmp_path: Path, qtbot: QtBot, runs: int
) -> None:
    with workbench(tmp_path, images=1) as bench:
        for _ in range(runs):
            playing.finished_run(bench.document.project, Task.DETECT, "fcos_resnet50_fpn", [])
        with qtbot.waitSignal(bench.document.changed):
            bench.document.index_runs()
        choice = RunChoice(bench.document, bench.window)
        choice.setFixedWidth(100)
        bench.window.show()
        choice.showPopup()
        view = choice.view()
        qtbot.waitUntil(view.isVisible)
        assert view.viewport().width() >= view.sizeHintForColumn(0)
        choice.hidePopup()
