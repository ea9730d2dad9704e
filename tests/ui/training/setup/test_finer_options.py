"""The finer settings: shown with their reasons, changed by hand, looked at before training."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from studio.domain.runs import Task
from studio.domain.shapes import Box
from studio.jobs.protocol import PreviewRequest, TrainRequest
from studio.learning.choices import Loss, Optimizer
from studio.learning.config import TrainConfig
from studio.ui.training.setup import fields
from studio.ui.training.setup.fields import Group
from studio.ui.training.setup.preview_dialog import CELL_PX, IMAGES, PreviewDialog
from studio.ui.training.setup.rate_dialog import RateDialog
from studio.ui.training.workspace import TrainWorkspace
from tests.ui import playing
from tests.ui.workbench import Workbench


@pytest.fixture(autouse=True)
def _no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    playing.use(monkeypatch)


@pytest.fixture
def workspace(labelled: Workbench, qtbot: QtBot) -> TrainWorkspace:
    for image_id in labelled.document.reader.image_ids()[:8]:
        labelled.box(labelled.labels[0], image_id, Box(5, 5, 30, 30))
    shown: TrainWorkspace = labelled.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: bool(shown.plan.readiness), timeout=10_000)
    qtbot.mouseClick(shown.setup.options, Qt.MouseButton.LeftButton)
    return shown


def unfold(workspace: TrainWorkspace, qtbot: QtBot, group: Group) -> Any:
    section = workspace.setup.finer.sections[group]
    click(workspace, qtbot, section.head)
    return section


def click(workspace: TrainWorkspace, qtbot: QtBot, button: Any) -> None:
    """Scroll to a button of the page and press it."""
    QApplication.processEvents()  # what was shown just now has its place
    workspace.setup.findChild(QScrollArea).ensureWidgetVisible(button)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(line: Any, value: object) -> None:
    row = next(r for r in range(line.editor.count()) if line.editor.itemData(r) == value)
    line.editor.setCurrentIndex(row)
    line.editor.activated.emit(row)


def test_every_group_is_folded_up_until_it_is_asked_for(workspace, qtbot):
    sections = workspace.setup.finer.sections
    assert all(not section.form.isVisible() for section in sections.values())
    for group in Group:
        section = unfold(workspace, qtbot, group)
        shown = [line for line in section.form.lines.values() if line.editor.isVisible()]
        assert shown, group
        for line in shown:
            assert line.reason.text(), line.name.text()
            assert line.editor.toolTip(), line.name.text()
    qtbot.mouseClick(workspace.setup.options, Qt.MouseButton.LeftButton)
    assert not workspace.setup.finer.isVisible()


def test_every_finer_setting_has_a_name_and_a_help_text():
    names = [name for group in fields.GROUPS.values() for name in group]
    assert len(set(names)) == len(names)
    for name in names:
        assert fields.field_name(name) != name
        assert len(fields.help_text(name)) > 10, name
    titles = [fields.field_name(name) for name in (*fields.SHOWN, *names)]
    assert len(set(titles)) == len(titles)


def test_a_choice_shows_what_it_brings_and_trains_so(workspace, qtbot, labelled):
    section = unfold(workspace, qtbot, Group.STEPS)
    lines = section.form.lines
    assert not lines["momentum"].editor.isVisible()
    choose(lines["optimizer"], Optimizer.SGD)
    assert lines["momentum"].editor.isVisible()
    assert lines["optimizer"].reason.text() == "Chosen by you"
    assert section.head.text().endswith("1 changed")
    qtbot.keyClick(lines["momentum"].editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(lines["momentum"].editor, "0.8")
    qtbot.keyClick(lines["momentum"].editor, Qt.Key.Key_Return)
    assert section.head.text().endswith("2 changed")
    click(workspace, qtbot, lines["optimizer"].reset)
    assert section.head.text().endswith("1 changed")
    choose(lines["optimizer"], Optimizer.SGD)
    with qtbot.waitSignal(labelled.queue.job_submitted) as submitted:
        qtbot.mouseClick(workspace.setup.train, Qt.MouseButton.LeftButton)
    request = submitted.args[0].request
    assert isinstance(request, TrainRequest)
    assert (request.config.optimizer, request.config.momentum) == (Optimizer.SGD, 0.8)
    qtbot.waitUntil(lambda: workspace.jobs.job is None, timeout=20_000)


def test_switches_and_texts_are_settings_too(workspace, qtbot):
    lines = unfold(workspace, qtbot, Group.WEIGHTS).form.lines
    assert lines["ema_decay"].editor.isVisible()
    choose(lines["ema"], False)
    assert workspace.plan.advice().config.ema is False
    assert not lines["ema_decay"].editor.isVisible()
    freeze = unfold(workspace, qtbot, Group.STEPS).form.lines["freeze"]
    qtbot.keyClicks(freeze.editor, "2")
    qtbot.keyClick(freeze.editor, Qt.Key.Key_Return)
    assert workspace.plan.advice().config.freeze == "2"


def test_a_detector_is_offered_what_it_can_use(workspace, qtbot):
    images = unfold(workspace, qtbot, Group.IMAGES).form.lines
    assert images["crop"].editor.isVisible() and not images["zoom"].editor.isVisible()
    workspace.setup.cards.cards[Task.DETECT].setFocus()
    workspace.setup.cards.choose(Task.DETECT)
    workspace.setup._choose_task(Task.DETECT)
    assert images["zoom"].editor.isVisible() and not images["crop"].editor.isVisible()
    loss = unfold(workspace, qtbot, Group.LOSS).form.lines
    assert not loss["class_weights"].editor.isVisible()
    assert loss["sampling"].editor.isVisible()


def test_the_changes_of_images_follow_the_augmentation(workspace, qtbot):
    lines = unfold(workspace, qtbot, Group.IMAGES).form.lines
    choose(workspace.setup.form.lines["augmentation"], fields.Augmentation.STRONG)
    assert lines["rotation_deg"].editor.text() == "15"
    choose(workspace.setup.form.lines["augmentation"], fields.Augmentation.NONE)
    assert lines["rotation_deg"].editor.text() == "0"


def test_what_cannot_work_is_said_at_its_line(workspace, qtbot):
    workspace.plan.override("loss", Loss.DICE)
    workspace.setup.refresh()
    section = workspace.setup.finer.sections[Group.LOSS]
    assert section.form.isVisible()
    assert section.form.lines["loss"].reason.text() == (
        "Loss cannot be “Dice” for Classify; choose one of “The model's usual one”, "
        "“Cross-entropy”, “Binary cross-entropy”, “Focal”."
    )
    assert not workspace.setup.train.isEnabled()


def test_the_settings_of_a_run_are_taken_over_wholly():
    config = TrainConfig(Task.CLASSIFY, "small_cnn", optimizer=Optimizer.SGD, hue=0.3)
    chosen = fields.chosen_by(config)
    assert (chosen["optimizer"], chosen["hue"]) == (Optimizer.SGD, 0.3)
    assert "blur" not in chosen


# Looking before training ----------------------------------------------------------------------


@pytest.fixture
def preview(workspace: TrainWorkspace, qtbot: QtBot) -> PreviewDialog:
    click(workspace, qtbot, workspace.setup.preview)
    dialog = workspace.findChild(PreviewDialog)
    assert isinstance(dialog, PreviewDialog)
    qtbot.waitUntil(lambda: has_settled(dialog), timeout=20_000)
    return dialog


def has_settled(dialog: PreviewDialog, start: str = "") -> bool:
    model = dialog.grid.pictures
    return (
        dialog._job is None
        and model.rowCount() == IMAGES
        and model.picture(0).path.name.startswith(start)
    )


def test_the_preview_shows_the_images_with_what_is_asked_for(workspace, preview, qtbot):
    assert preview.isVisible()
    assert preview.grid.pictures.picture(0).caption == "washer 75%, nut 25%"
    assert preview.grid.pictures.picture(0).path.exists()
    workspace.setup._choose_task(Task.DETECT)
    qtbot.waitUntil(lambda: bool(preview.grid.pictures.rowCount()) and bool(
        preview.grid.pictures.picture(0).marks), timeout=20_000)  # fmt: skip
    [mark] = preview.grid.pictures.picture(0).marks
    assert mark.geometry == Box(4, 5, 24, 15)


def test_the_preview_leaves_the_settings_that_it_follows_in_sight(workspace, preview, qtbot):
    editor = workspace.setup.form.lines["augmentation"].editor
    assert editor.isVisible()
    edge = editor.mapToGlobal(editor.rect().topRight()).x()
    assert edge < preview.x() and preview.height() < workspace.height()
    place = preview.pos() - QPoint(100, 0)
    preview.move(place)
    preview.close()
    click(workspace, qtbot, workspace.setup.preview)
    assert preview.pos() == place, "where the user left it"


def test_pictures_fill_the_width_of_their_grid_at_every_width(workspace, preview, qtbot):
    grid = preview.grid

    def in_first_row() -> int:
        tops = [grid.visualRect(grid.pictures.index(row, 0)).top() for row in range(IMAGES)]
        return tops.count(tops[0])

    assert in_first_row() == 2
    for width in range(2 * CELL_PX + 60, 3 * CELL_PX + 60, 7):
        preview.resize(width, 500)
        QApplication.processEvents()
        assert in_first_row() * grid.cell.width() > grid.width() - 32


def test_the_preview_follows_the_settings_and_shows_others(workspace, preview, qtbot):
    choose(workspace.setup.form.lines["augmentation"], fields.Augmentation.STRONG)
    qtbot.waitUntil(lambda: has_settled(preview, "strong-0"), timeout=20_000)
    qtbot.mouseClick(preview.others, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: has_settled(preview, "strong-1"), timeout=20_000)


def test_a_closed_preview_asks_no_more_and_leaves_no_files(workspace, preview, qtbot, labelled):
    path = preview.grid.pictures.picture(0).path
    preview.close()
    assert not path.exists()
    asked: list[object] = []
    labelled.queue.job_submitted.connect(asked.append)
    choose(workspace.setup.form.lines["augmentation"], fields.Augmentation.NONE)
    qtbot.wait(700)
    assert not [job for job in asked if isinstance(job.request, PreviewRequest)]
    click(workspace, qtbot, workspace.setup.preview)
    qtbot.waitUntil(lambda: has_settled(preview, "none-0"), timeout=20_000)


def rate_dialog(workspace: TrainWorkspace, qtbot: QtBot) -> RateDialog:
    click(workspace, qtbot, workspace.setup.finer.find_rate)
    dialog = workspace.findChild(RateDialog)
    assert isinstance(dialog, RateDialog)
    assert not dialog.take.isEnabled()
    qtbot.waitUntil(lambda: dialog.job.result is not None, timeout=20_000)
    return dialog


def test_a_rate_that_was_found_can_be_taken(workspace, qtbot):
    dialog = rate_dialog(workspace, qtbot)
    xs, ys = dialog.chart.curve("loss")
    assert xs == pytest.approx(list(range(-9, 1))) and ys[0] == 10
    assert "</span> Loss" in dialog.chart._legend.text()
    assert dialog.take.text() == "Use 0.00031"
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert workspace.setup.form.lines["lr"].editor.text() == "0.00031"
    assert workspace.plan.advice().config.lr == pytest.approx(3.1e-4)


def test_where_no_rate_is_found_it_is_said(workspace, qtbot, monkeypatch):
    playing.use(monkeypatch, runs_away=True)
    dialog = rate_dialog(workspace, qtbot)
    assert dialog.note.text() == "No learning rate made the loss fall."
    assert not dialog.take.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert "lr" not in workspace.plan.overrides
