"""What more labelled images would bring: shown in a sentence and a chart, measured when asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import Run, RunState, Task
from studio.editing import actions
from studio.jobs.protocol import TrainRequest
from studio.learning import snapshot
from studio.learning.config import TrainConfig
from studio.learning.snapshot import FrozenImage, Snapshot
from studio.storage import runs
from studio.ui.training.runs.curve_dialog import CurveDialog
from studio.ui.training.workspace import TrainWorkspace
from tests.ui import playing
from tests.ui.workbench import Workbench

LABELS = (Label("a", "ant", "#000000", 0), Label("b", "bee", "#ffffff", 1))
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def write_run(project: Path, learned: int, accuracy: float) -> None:
    """A finished run that learned from so many images and was judged on the same twenty."""
    number, folder = runs.allocate(project, Task.CLASSIFY)
    run = Run(number, folder.name, Task.CLASSIFY, "small_cnn", RunState.FINISHED, 2, "2026-01-01")
    runs.write(folder, Run(**{**_fields(run), "metrics": {"accuracy": accuracy}}))
    images = [
        FrozenImage(each, f"/{each}.png", f"{each}.png", "", 8, 8, split, ("a",))
        for split, first, count in ((Split.VAL, 0, 20), (Split.TRAIN, 100, learned))
        for each in range(first, first + count)
    ]
    snapshot.write(folder, Snapshot(Task.CLASSIFY, LABELS, tuple(images)))
    judged = [
        {"id": each, "badness": 0.5, "truth": {"scores": {"ant": 1.0}}, "prediction": {}}
        for each in range(20)
    ]
    runs.write_json(folder / "evaluation-val.json", {"images": judged})
    runs.write_json(folder / runs.CONFIG, TrainConfig(Task.CLASSIFY, "small_cnn").to_json())


def _fields(run: Run) -> dict[str, object]:
    return {name: getattr(run, name) for name in run.__slots__}


@pytest.fixture
def bench(labelled: Workbench, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    playing.use(monkeypatch)
    yield labelled
    if dialog := QApplication.activeModalWidget():
        dialog.close()


def opened(bench: Workbench, qtbot: QtBot) -> CurveDialog:
    bench.document.announce(bench.document.session.index_runs())
    workspace: TrainWorkspace = bench.workspace or bench.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: bool(workspace.plan.readiness), timeout=10_000)
    QTest.keyClick(workspace, Qt.Key.Key_L, CTRL_SHIFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CurveDialog)
    qtbot.waitUntil(lambda: dialog.curve is not None, timeout=10_000)
    return dialog


def test_three_sizes_tell_what_fifty_more_would_bring(bench: Workbench, qtbot: QtBot) -> None:
    for learned, accuracy in ((20, 0.6), (40, 0.8), (80, 0.9)):
        write_run(bench.document.project, learned, accuracy)
    dialog = opened(bench, qtbot)
    assert dialog.verdict.text() == (
        "50 more labelled images would bring accuracy from 90.0% to about 93.3% (likely between "
        "93.3% and 93.3%)."
    )
    assert "3 runs · judged on 20 validation images." in dialog.basis.text()
    assert dialog.chart.names == {"runs", "law", "more"}
    assert dialog.chart.curve("runs") == ([20, 40, 80], [0.6, 0.8, 0.9])
    assert dialog.chart.curve("more")[0] == [120]
    for caption in ("Runs", "Fitted curve"):
        assert f"</span> {caption}" in dialog.chart._legend.text()
    [buttons] = dialog.findChildren(QDialogButtonBox)
    close = buttons.button(QDialogButtonBox.StandardButton.Close)
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert QApplication.activeModalWidget() is None


def test_the_button_below_the_runs_opens_it_too(bench: Workbench, qtbot: QtBot) -> None:
    write_run(bench.document.project, 20, 0.6)
    opened(bench, qtbot).close()
    button = bench.workspace.runs.curve
    assert button.isVisible() and "more labelled images" in button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CurveDialog)
    qtbot.waitUntil(lambda: "cannot be told yet" in dialog.verdict.text(), timeout=10_000)
    assert "train again after labelling" in dialog.why.text()
    assert dialog.chart.names == {"runs"}


def let_half_judge(bench: Workbench) -> None:
    """Put five images of each class into validation, and the others into training."""
    ids = bench.document.reader.image_ids()
    for split, chosen in ((Split.VAL, (*ids[:5], *ids[10:15])), (Split.TRAIN, ids)):
        statuses = bench.document.reader.statuses(chosen).values()
        free = [status for status in statuses if status.split is None]
        bench.document.apply(actions.assign_split(free, split))


def test_what_too_few_images_would_judge_is_not_measured(bench: Workbench, qtbot: QtBot) -> None:
    dialog = opened(bench, qtbot)
    qtbot.waitUntil(lambda: "only 4 images would judge" in dialog.offer.text(), timeout=10_000)
    assert not dialog.measure.isEnabled()


def test_measuring_queues_marked_runs_on_parts_of_the_images(
    bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing.use(monkeypatch, patient=True)
    let_half_judge(bench)
    dialog = opened(bench, qtbot)
    assert "No finished run" in dialog.why.text() and not dialog.chart.isVisible()
    qtbot.waitUntil(dialog.measure.isEnabled, timeout=10_000)
    assert "(25%, 40%, 65%, 100%)" in dialog.offer.text()
    assert "10 training images" in dialog.offer.text()

    qtbot.mouseClick(dialog.measure, Qt.MouseButton.LeftButton)
    assert "4 trainings to go" in dialog.offer.text() and not dialog.measure.isVisible()
    asked = (job.request for job in bench.queue.jobs)
    requests = [request for request in asked if isinstance(request, TrainRequest)]
    assert [request.config.train_part for request in requests] == [0.25, 0.4, 0.65, 1.0]
    assert len({str(request.config.changed({"train_part": 1})) for request in requests}) == 1
    qtbot.waitUntil(lambda: bool(bench.document.reader.runs()), timeout=20_000)
    [run] = bench.document.reader.runs()
    folder = runs.find(bench.document.project, run.number)
    assert runs.read_note(folder) == "learning curve: 25% of the training images"
    rows = bench.workspace.runs.waiting.rows
    assert [row.waiting.part for row in rows] == [0.4, 0.65, 1.0]
    assert "40%" in rows[0].title.toolTip()

    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bench.queue.jobs, timeout=20_000)
    qtbot.waitUntil(dialog.measure.isVisible, timeout=10_000)
    qtbot.waitUntil(lambda: bench.workspace.jobs.job is None, timeout=20_000)
    [run] = bench.document.reader.runs()
    assert run.state is RunState.PAUSED  # and can go on
