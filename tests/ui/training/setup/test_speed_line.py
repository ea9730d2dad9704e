"""How long a training takes here is measured when one asks, shown, and remembered."""

from __future__ import annotations

from math import ceil

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.ui.training.setup import speed_line
from studio.ui.training.workspace import TrainWorkspace
from tests.ui import playing
from tests.ui.workbench import Workbench


@pytest.fixture(autouse=True)
def _no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed_line, "CALIBRATION", "tests.ui.playing:measure")
    playing.use(monkeypatch)


def opened(bench: Workbench, qtbot: QtBot) -> TrainWorkspace:
    workspace = bench.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: bool(workspace.plan.readiness), timeout=10_000)
    qtbot.waitUntil(lambda: not bench.queue.jobs, timeout=20_000)  # the device is known
    return workspace


def test_the_time_is_measured_and_stands_for_these_settings(
    labelled: Workbench, qtbot: QtBot
) -> None:
    workspace = opened(labelled, qtbot)
    line = workspace.setup.speed
    workspace.plan.override("epochs", 60)
    workspace.setup.refresh()
    assert line.button.isVisible() and not line.text.isVisible()

    with qtbot.waitSignal(line.measured, timeout=20_000):
        qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)
        assert line.text.text() == "Measuring…" and not line.button.isVisible()

    assert line.text.text().startswith("Measured on this computer: 3 s a step · at most about")
    assert not line.button.isVisible()
    assert f"at most about {ceil(line.minutes())} minute" in workspace.setup.bar.summary.text()
    qtbot.waitUntil(lambda: not labelled.queue.jobs, timeout=20_000)  # so are the other levels'
    cards = workspace.setup.levels.cards
    assert all("as measured" in card.accessibleDescription() for card in cards)
    workspace.setup._override("image_size", 128)
    assert line.button.isVisible() and not line.text.isVisible()
    workspace.setup._reset("image_size")
    assert "3 s a step" in line.text.text()


def test_what_cannot_be_measured_says_why(
    labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing.use(monkeypatch, unmeasurable=True)
    workspace = opened(labelled, qtbot)
    line = workspace.setup.speed

    with qtbot.waitSignal(line.measured, timeout=20_000):
        qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)

    assert line.text.text() == "A batch does not fit."
    assert line.button.isVisible()
