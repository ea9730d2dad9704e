"""Three models to choose from on the page that sets a training up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.runs import Task
from studio.domain.shapes import Box
from studio.learning.catalogue.levels import Level
from studio.learning.pretrained import weights
from studio.ui import language
from studio.ui.training import workspace as workspace_module
from studio.ui.training.workspace import TrainWorkspace
from tests.ui import playing
from tests.ui.workbench import Workbench

HERE = {"mobilenet_v3_small", "mobilenet_v2", "small_cnn"}


@pytest.fixture
def workspace(labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> TrainWorkspace:
    playing.use(monkeypatch)
    monkeypatch.setattr(workspace_module.weights, "weights_present", lambda name: name in HERE)
    assert weights.weights_present("mobilenet_v2")
    shown = labelled.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: bool(shown.setup.levels.cards), timeout=10_000)
    return shown


def test_each_level_shows_what_its_model_takes(workspace: TrainWorkspace) -> None:
    cards = workspace.setup.levels.cards
    assert [card.offer.choice.level for card in cards] == list(Level)
    assert [card.level.text() for card in cards] == ["Fast", "Balanced", "Accurate"]
    titles = [card.title.text() for card in cards]
    assert titles == ["MobileNet v3 small", "MobileNet v2", "EfficientNet v2-S"]
    facts = [[label.text() for label in card.facts] for card in cards]
    assert facts[0][0].startswith("1.5 million parameters · ") and "GB memory" in facts[0][0]
    assert "of ImageNet's pictures named right" in facts[1][1]
    assert "At most about" in facts[1][2] and "epochs" in facts[1][2]
    assert [len(each) for each in facts] == [3, 3, 4] and "Downloaded first" in facts[2][3]
    assert [card.badge.text() for card in cards] == ["", "Recommended", ""]
    assert [card.isChecked() for card in cards] == [False, True, False]


def test_tab_comes_to_the_cards_where_they_stand_also_once_they_are_others(
    workspace: TrainWorkspace, qtbot: QtBot
) -> None:
    setup = workspace.setup
    setup.levels.retranslate()
    qtbot.waitUntil(lambda: all(card.isVisible() for card in setup.levels.cards))
    qtbot.waitUntil(workspace.window().isActiveWindow)
    wanted = [setup.cards.cards[Task.CLASSIFY], *setup.levels.cards, setup.levels.all, setup.train]
    widget = wanted[0]
    stops = []
    widget.setFocus()
    while widget is not setup.train:
        stops.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        assert widget is not None and widget not in stops
    assert [each for each in (*stops, widget) if each in wanted] == wanted


def test_a_click_chooses_a_model_and_the_recommended_one_is_no_choice_of_ones_own(
    workspace: TrainWorkspace, qtbot: QtBot
) -> None:
    setup = workspace.setup
    qtbot.mouseClick(setup.levels.cards[0], Qt.MouseButton.LeftButton)
    assert workspace.plan.overrides == {"model": "mobilenet_v3_small"}
    assert [card.isChecked() for card in setup.levels.cards] == [True, False, False]
    assert setup.form.lines["model"].reason.text() == "Chosen by you"
    assert "To be chosen where time is short." in setup.model.text.text()
    setup.levels.cards[1].setFocus()
    qtbot.keyClick(setup.levels.cards[1], Qt.Key.Key_Space)
    assert workspace.plan.overrides == {}
    assert [card.isChecked() for card in setup.levels.cards] == [False, True, False]
    qtbot.keyClick(setup.levels.cards[0], Qt.Key.Key_Return)
    assert workspace.plan.overrides == {"model": "mobilenet_v3_small"}


def test_another_model_is_shown_in_full_below(workspace: TrainWorkspace) -> None:
    setup = workspace.setup
    assert not setup.model.title.isVisible()  # its card tells
    setup._override("model", "resnet18")
    assert setup.model.title.isVisible() and setup.model.title.text() == "ResNet-18"
    assert not any(card.isChecked() for card in setup.levels.cards)
    setup._override("image_size", 48)
    configs = [card.offer.config for card in setup.levels.cards]
    assert [config.image_size for config in configs if config is not None] == [48, 48, 48]


def test_the_cards_follow_the_language(workspace: TrainWorkspace, qapp: QApplication) -> None:
    cards = workspace.setup.levels
    language.apply(qapp, "zh_CN")
    workspace.retranslate()
    said = [(card.level.text(), card.facts[2].text(), card.toolTip()) for card in cards.cards]
    chosen = [card.isChecked() for card in cards.cards]
    language.apply(qapp, "en")
    workspace.retranslate()
    assert not any(text.isascii() for texts in said for text in texts)
    assert chosen == [False, True, False]
    assert [card.level.text() for card in cards.cards] == ["Fast", "Balanced", "Accurate"]


def test_settings_that_do_not_suit_the_recommended_model_are_said_on_its_card(
    bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing.use(monkeypatch)
    monkeypatch.setattr(workspace_module.weights, "weights_present", lambda name: name == "yolox_s")
    for image_id in bench.document.reader.image_ids():
        bench.box(bench.labels[0], image_id, Box(4, 4, 20, 20))
    setup = bench.show(TrainWorkspace, qtbot).setup
    qtbot.waitUntil(lambda: bool(setup.levels.cards), timeout=10_000)
    assert setup.cards.task is Task.DETECT
    setup._override("model", "fasterrcnn_resnet50_fpn")
    setup._override("image_size", 48)  # yolox_s wants 64 at least
    [recommended] = [card for card in setup.levels.cards if card.offer.choice.recommended]
    assert recommended.offer.choice.card.name == "yolox_s"
    assert "Not with the settings below" in [label.text() for label in recommended.facts]
    assert setup.model.title.isVisible() and "Faster R-CNN" in setup.model.title.text()
