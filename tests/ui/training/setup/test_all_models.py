"""All models: from the plan's list to one of eighty, by mouse and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.domain.runs import Task
from studio.learning import catalogue
from studio.ui.training.setup.all_models import DOWNLOAD, PARAMETERS, AllModels, card_of
from studio.ui.training.setup.fields import field_name
from studio.ui.training.workspace import TrainWorkspace
from tests.ui import playing
from tests.ui.modal import Answer
from tests.ui.workbench import Workbench


@pytest.fixture(autouse=True)
def _no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    playing.use(monkeypatch)


def shown(qtbot: QtBot, task: Task = Task.CLASSIFY, current: str = "resnet18") -> AllModels:
    dialog = AllModels(task, current, lambda name: name == "resnet18")
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def test_numbers_stand_on_the_line_of_the_names_and_under_their_headings(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    table = dialog.table
    row = table.topLevelItem(0)
    assert row is not None
    for column in (PARAMETERS, DOWNLOAD):
        at_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        assert row.textAlignment(column) == at_right
        assert table.headerItem().textAlignment(column) == at_right


def test_weights_that_cannot_be_downloaded_are_no_download_of_nothing(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    said = {card_of(row).name: row.text(DOWNLOAD) for row in dialog._rows()}
    assert said["resnet18"] == "here" and said["resnet50"] == "98 MB"
    assert said["small_cnn"] == "missing" and "0 MB" not in said.values()


def test_the_list_of_models_ends_in_all_of_them(labelled: Workbench, qtbot: QtBot) -> None:
    workspace = labelled.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: bool(workspace.plan.readiness), timeout=10_000)
    qtbot.mouseClick(workspace.setup.options, Qt.MouseButton.LeftButton)
    editor = workspace.setup.form.lines["model"].editor

    def choose(dialog: QWidget) -> None:
        assert isinstance(dialog, AllModels)
        qtbot.keyClicks(dialog.search, "densenet 121")
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)

    answer = Answer(choose, workspace)
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_End)

    assert answer.given
    assert workspace.setup.model.title.text() == "DenseNet-121"
    assert editor.currentText().startswith("DenseNet-121")
    assert editor.itemText(editor.count() - 1) == "All models…"
    assert workspace.plan.overrides["model"] == "densenet121"

    qtbot.keyClick(editor, Qt.Key.Key_Home)
    assert workspace.plan.overrides["model"] == catalogue.cards(Task.CLASSIFY)[0].name


def test_giving_up_leaves_the_model_as_it_was(labelled: Workbench, qtbot: QtBot) -> None:
    workspace = labelled.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: bool(workspace.plan.readiness), timeout=10_000)
    qtbot.mouseClick(workspace.setup.options, Qt.MouseButton.LeftButton)
    editor = workspace.setup.form.lines["model"].editor
    before = editor.currentText()

    answer = Answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape), workspace)
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_End)

    assert answer.given
    assert editor.currentText() == before
    assert "model" not in workspace.plan.overrides


def test_words_narrow_the_list_and_arrows_walk_it(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    assert dialog.names() == [card.name for card in catalogue.every(Task.CLASSIFY)]
    assert "ResNet-18" in dialog.view.title.text()

    qtbot.keyClicks(dialog.search, "resnet 5")
    assert set(dialog.names()) == {"resnet50", "resnet152", "wide_resnet50_2"}
    first = dialog.names()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.view.title.text() == catalogue.card(Task.CLASSIFY, first[1]).title
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.chosen == first[1]


def test_where_nothing_fits_nothing_can_be_chosen(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    qtbot.keyClicks(dialog.search, "no such model")

    assert dialog.names() == [] and not ok.isEnabled() and not dialog.view.isVisible()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.chosen == "" and dialog.isVisible()
    dialog.search.clear()
    assert ok.isEnabled()


@pytest.mark.parametrize("column", [PARAMETERS, DOWNLOAD])
def test_columns_of_numbers_are_sorted_as_numbers(column: int, qtbot: QtBot) -> None:
    dialog = shown(qtbot, Task.SEGMENT)
    header = dialog.table.header()
    place = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
    point = header.rect().topLeft()
    point.setX(place)
    point.setY(header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=point)

    cards = [catalogue.card(Task.SEGMENT, name) for name in dialog.names()]
    sizes = [c.parameters_m if column == PARAMETERS else c.download_mb for c in cards]
    assert sizes in (sorted(sizes), sorted(sizes, reverse=True))


def test_a_size_that_the_model_does_not_take_is_said_at_the_size(
    labelled: Workbench, qtbot: QtBot
) -> None:
    workspace = labelled.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: bool(workspace.plan.readiness), timeout=10_000)
    workspace.plan.override("model", "vit_b_16")
    workspace.plan.override("image_size", 100)
    workspace.setup.refresh()

    line = workspace.setup.form.lines["image_size"]
    assert "so choose 112" in line.reason.text()
    assert field_name("image_size") == line.name.text()
    assert not workspace.setup.train.isEnabled()
