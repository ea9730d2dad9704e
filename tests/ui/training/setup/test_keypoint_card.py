"""Keypoints in the window's Train page: a card where there are points, and a plan from a click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.domain.edits import Title, created
from studio.domain.runs import Task
from studio.domain.shapes import Points, Shape
from studio.ui.training.workspace import TrainWorkspace
from tests.ui import playing
from tests.ui.workbench import Workbench


@pytest.fixture(autouse=True)
def _no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    playing.use(monkeypatch)


def set_points(bench: Workbench, images: list[int]) -> None:
    ids = bench.document.reserve_ids("shape", len(images))
    points = Points(((10, 10), (40, 12), (25, 30)), names=("left", "right", "tip"))
    shapes = (
        Shape(number, image_id, bench.labels[0].id, points)
        for number, image_id in zip(ids, images, strict=True)
    )
    bench.document.apply(created(Title.SET_POINTS, *shapes))


def test_the_card_comes_with_the_first_points_and_trains_with_enough(
    bench: Workbench, qtbot: QtBot
) -> None:
    workspace = bench.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: bool(workspace.plan.readiness), timeout=10_000)
    setup, card = workspace.setup, workspace.setup.cards.cards[Task.KEYPOINTS]
    assert not card.isVisible()
    ids = bench.document.reader.image_ids()
    set_points(bench, ids[:1])
    qtbot.waitUntil(card.isVisible, timeout=10_000)
    assert not card.ready and card.status.text() == "Points on 3 more images."
    set_points(bench, ids[1:9])
    qtbot.waitUntil(lambda: card.ready, timeout=10_000)
    assert card.status.text() == "9 images\n9 objects · 1 class"
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: setup.train.isEnabled(), timeout=10_000)
    with qtbot.waitSignal(setup.train_requested) as asked:
        qtbot.mouseClick(setup.train, Qt.MouseButton.LeftButton)
    [config] = asked.args
    assert config.task is Task.KEYPOINTS and config.model.startswith("keypointrcnn_")
    assert config.flip_horizontal == 0.5, "left and right change places"
