"""A real training through the window, from the button to predictions: no stand-ins."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.domain.runs import RunState
from studio.ui.predict.workspace import PredictWorkspace
from studio.ui.results.workspace import ResultsWorkspace
from studio.ui.training.workspace import TrainWorkspace
from tests.ui.workbench import Workbench


def paint_apart(bench: Workbench) -> None:
    """The first ten images become light, the others dark, so that they can be told apart."""
    reader = bench.document.reader
    images = reader.images(reader.image_ids()).values()
    for place, image in enumerate(sorted(images, key=lambda each: each.path)):
        tone = 220 if place < 10 else 30
        picture = np.full((48, 64, 3), tone, dtype=np.uint8)
        encoded = cv2.imencode(".png", picture)[1].tobytes()
        reader.path_of(image).write_bytes(encoded)


@pytest.mark.slow
def test_train_look_predict(labelled: Workbench, qtbot: QtBot) -> None:
    paint_apart(labelled)
    workspace = labelled.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: workspace.setup.train.isEnabled(), timeout=10_000)
    choices = {
        "model": "small_cnn", "weights": "scratch", "image_size": 32, "epochs": 3,
        "batch_size": 4, "augmentation": "none", "device": "cpu",
    }  # fmt: skip
    for name, value in choices.items():
        workspace.plan.override(name, value)
    workspace.setup.refresh()
    qtbot.mouseClick(workspace.setup.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace.jobs.job is None, timeout=120_000)
    [run] = labelled.document.reader.runs()
    assert run.state is RunState.FINISHED
    assert len(workspace.page.charts.metrics.curve("accuracy")[0]) == 3
    assert workspace.page.samples.grid.pictures.rowCount() > 0

    results = labelled.show(ResultsWorkspace, qtbot)
    qtbot.waitUntil(results.overview.isVisible, timeout=120_000)
    assert results.overview.tiles["accuracy"].value.endswith("%")

    reader = labelled.document.reader
    ids = reader.image_ids()
    predict = labelled.show(PredictWorkspace, qtbot)
    predict.predict({reader.path_of(reader.image(i)): i for i in ids[:2]})
    qtbot.waitUntil(lambda: predict.predictions.job is None, timeout=120_000)
    assert [len(entry.findings) for entry in predict.predictions.entries] == [1, 1]
