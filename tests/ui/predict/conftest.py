from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from studio.domain.runs import Task
from studio.ui.predict.workspace import PredictWorkspace
from studio.vision import rle
from tests.ui import playing
from tests.ui.workbench import Workbench, workbench


@pytest.fixture
def bench(tmp_path: Path, qapp: object) -> Iterator[Workbench]:
    """Three images, nothing labelled, and the classes washer and nut."""
    with workbench(tmp_path, images=3) as made:
        made.add_labels("washer", "nut")
        yield made


def thing(bench: Workbench, place: int, score: float, *bbox: float) -> dict[str, Any]:
    """An object of the class at ``place``; ``bbox`` is x, y, width, height."""
    label = bench.labels[place]
    return {"label": label.name, "label_id": label.id, "score": score, "bbox": list(bbox)}


def masked(found: dict[str, Any]) -> dict[str, Any]:
    """The same object with a mask that fills its box."""
    x, y, width, height = (int(value) for value in found["bbox"])
    bitmap = np.zeros((48, 64), dtype=bool)
    bitmap[y : y + height, x : x + width] = True
    return {**found, "segmentation": rle.encode_bitmap(bitmap)}


Open = Callable[..., PredictWorkspace]


@pytest.fixture
def open_workspace(bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens Predict with a run of ``task`` that gives ``answers`` by file name."""

    def make(task: Task, answers: dict[str, Any], **more: Any) -> PredictWorkspace:
        playing.use(monkeypatch, answers=answers, **more)
        labels = [{"id": e.id, "name": e.name, "color": e.color} for e in bench.labels]
        playing.finished_run(bench.document.project, task, "a_model", labels)
        bench.document.announce(bench.document.session.index_runs())
        return bench.show(PredictWorkspace, qtbot)

    return make
